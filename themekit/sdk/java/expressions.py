"""JSON values as expressions of Java, as a person would write them for the type."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model.api_types import ListOf, MapOf, ObjectType, Primitive, UnionType
from themekit.sdk.java import members
from themekit.sdk.java.names import camel
from themekit.sdk.java.reserved import SETTER_WORDS
from themekit.sdk.java.text import literal

if TYPE_CHECKING:
    from themekit.model.api_types import Type
    from themekit.sdk.java.operations import Setting
    from themekit.sdk.java.types import JavaApi

MAX_DEPTH = 5
MAX_PAIRS = 10  # that `Map.of` takes

_READ = {
    "date": ("LocalDate.parse({})", "java.time.LocalDate"),
    "date-time": ("OffsetDateTime.parse({})", "java.time.OffsetDateTime"),
    "base64": ("Base64.getDecoder().decode({})", "java.util.Base64"),
}


class Expressions:
    """Writes values, and remembers what they need: imports of the language, and classes of the SDK."""

    def __init__(self, java: JavaApi) -> None:
        """Nothing is needed yet."""
        self.java = java
        self.imports: set[str] = set()
        self.classes: set[str] = set()

    def value(self, wanted: Type, value: object, *, depth: int = 0) -> str:
        """The value for a parameter of this type; it may be null only if the type may be."""
        inner, _ = members.without_null(wanted, self.java)
        if value is None:
            return "null"
        followed = self.java.followed(inner)
        if isinstance(followed, ListOf):
            return self._list(followed, value, depth)
        if isinstance(followed, MapOf):
            return self._map(followed, value, depth)
        declared = self.java.declaration(inner)
        if isinstance(declared, ObjectType):
            return self._object(declared, value, depth)
        if isinstance(declared, UnionType):
            return self._union(declared, value, depth)
        if isinstance(followed, Primitive):
            return self._primitive(followed, value)
        return self._scalar(self.java.type_of(inner).name, value)

    def _primitive(self, wanted: Primitive, value: object) -> str:
        if wanted.kind == "binary":
            return self.file("example.txt")
        if wanted.kind in _READ and isinstance(value, str):
            text, name = _READ[wanted.kind]
            self.imports.add(name)
            return text.format(literal(value))
        if wanted.kind in {"any", "null"}:
            return self.any(value)
        return self._scalar(self.java.type_of(wanted).name, value)

    def setting(self, each: Setting, value: object) -> str:
        """The value for a setter of parameters; null as its own type, as it may have two setters."""
        return f"({each.java.boxed}) null" if value is None else self.value(each.type, value)

    def file(self, name: str) -> str:
        """A small file to send."""
        self.classes.add("Upload")
        self.imports.add("java.nio.charset.StandardCharsets")
        return f'Upload.of("Example".getBytes(StandardCharsets.UTF_8), {literal(name)})'

    def _scalar(self, kind: str, value: object) -> str:
        if kind == "int" and isinstance(value, int | float) and not isinstance(value, bool):
            return str(int(value))
        if kind == "long" and isinstance(value, int | float) and not isinstance(value, bool):
            return f"{int(value)}L" if abs(int(value)) > 2**31 - 1 else str(int(value))
        if kind == "double" and isinstance(value, int | float):
            return repr(float(value))
        if kind == "boolean":
            return "true" if value else "false"
        return literal(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))

    def any(self, value: object) -> str:
        """Any JSON."""
        if isinstance(value, dict | list) or value is None:
            self.classes.add("Json")
            return f"Json.parse({literal(json.dumps(value, ensure_ascii=False, separators=(',', ':')))})"
        return members.java_scalar(value)

    def _list(self, wanted: ListOf, value: object, depth: int) -> str:
        self.imports.add("java.util.List")
        items = value if isinstance(value, list) else [value]
        shown = [self.boxed(wanted.item, item, depth=depth + 1) for item in items if item is not None]
        return f"List.of({', '.join(shown)})"

    def _map(self, wanted: MapOf, value: object, depth: int) -> str:
        self.imports.add("java.util.Map")
        pairs = value.items() if isinstance(value, dict) else ()
        shown = [
            (literal(key), self.boxed(wanted.value, item, depth=depth + 1)) for key, item in pairs if item is not None
        ]
        if len(shown) > MAX_PAIRS:
            return f"Map.ofEntries({', '.join(f'Map.entry({key}, {item})' for key, item in shown)})"
        return f"Map.of({', '.join(f'{key}, {item}' for key, item in shown)})"

    def boxed(self, wanted: Type, value: object, *, depth: int) -> str:
        """The value where a generic type stands: the literal's own type has to be the right one."""
        inner, _ = members.without_null(wanted, self.java)
        kind = self.java.type_of(inner).name
        shown = self.value(wanted, value, depth=depth)
        if kind == "long" and not shown.endswith("L"):
            return f"{shown}L"
        return f"(Object) {shown}" if kind == "Object" else shown

    def _object(self, declared: ObjectType, value: object, depth: int) -> str:
        name = self.java.names.types[declared.id]
        self.classes.add(name)
        if not isinstance(value, dict) or depth > MAX_DEPTH or not self._is_whole(declared, value):
            return f"{name}.from({self.any(value if isinstance(value, dict) else {})})"
        fields = {each.wire: each for each in declared.fields}
        calls = []
        for wire, item in value.items():
            each = fields.get(wire)
            if each is None or (item is None and not members.without_null(each.type, self.java)[1]):
                calls.append(f".putExtra({literal(wire)}, {self.any(item)})")
            elif not (each.is_required and members.plain_constant(each.type, self.java) is not None):
                calls.append(f".{camel(each.name, SETTER_WORDS)}({self._set(each.type, item, depth)})")
        return f"{name}.builder(){''.join(calls)}.build()"

    def _set(self, wanted: Type, item: object, depth: int) -> str:
        if item is None:
            return f"({self.java.type_of(members.without_null(wanted, self.java)[0]).boxed}) null"
        return self.value(wanted, item, depth=depth + 1)

    def _is_whole(self, declared: ObjectType, value: dict[str, object]) -> bool:
        return all(
            each.wire in value or members.plain_constant(each.type, self.java) is not None
            for each in declared.fields
            if each.is_required and each.access != "read"
        )

    def _union(self, declared: UnionType, value: object, depth: int) -> str:
        name = self.java.names.types[declared.id]
        if isinstance(value, dict) and declared.discriminator:
            tag = value.get(declared.discriminator)
            for variant in declared.variants:
                found = self.java.object_type(variant.type)
                if found is not None and isinstance(tag, str) and tag in variant.tags:
                    return self._object(found, value, depth)
        self.classes.add(name)
        return f"{name}.from({self.any(value)})"
