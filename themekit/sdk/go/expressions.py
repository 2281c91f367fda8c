"""JSON values as Go expressions of a type."""

from __future__ import annotations

import base64
import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from themekit.model.api_types import (
    Constant,
    EnumType,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
)
from themekit.sdk.go.declarations import object_fields
from themekit.sdk.go.layout import Composite
from themekit.sdk.go.literals import string

if TYPE_CHECKING:
    from themekit.model.api_types import Declaration, Type
    from themekit.sdk.go.example_values import Json
    from themekit.sdk.go.layout import Expression
    from themekit.sdk.go.plan import Plan
    from themekit.sdk.go.types import Alternative

_INTEGERS = {"integer": 63, "int32": 31}
MAX_DEPTH = 24


@dataclass(frozen=True, slots=True)
class Writer:
    """Expressions for a package that imports the SDK under the name in `qualifier`, as in `acme.`; "" is within it."""

    plan: Plan
    qualifier: str = ""

    def field(self, kind: Type, value: Json, *, go_type: str) -> Expression | None:
        """The value of a field of that Go type; None if there is no way to write it, or if it need not be set."""
        if value is None:
            return None
        found = self.value(kind, value)
        if found is None or not go_type.startswith("*"):
            return found
        if isinstance(found, Composite):
            return Composite(f"&{found.head}", found.entries)
        if found.endswith("{}"):
            return f"&{found}"
        inner = self.named(go_type.removeprefix("*"))
        return f"{self.qualifier}Ptr[{inner}]({found})" if _needs_type(inner) else f"{self.qualifier}Ptr({found})"

    def named(self, go_type: str) -> str:
        """A Go type of the package, as it is written here."""
        if not self.qualifier:
            return go_type
        return re.sub(r"(?<![\w.])([A-Z]\w*)", lambda found: f"{self.qualifier}{found[1]}", go_type)

    def value(self, kind: Type, value: Json, depth: int = 0) -> Expression | None:
        """The value; None if it is not of the type."""
        if depth > MAX_DEPTH:
            return None
        match self.plan.types.resolved(kind):
            case Primitive(kind=name):
                return self._primitive(name, value)
            case Constant():
                return _scalar(value)
            case ListOf(item=item):
                return self._list(kind, item, value, depth) if isinstance(value, list) else None
            case MapOf(value=inner):
                return self._map(kind, inner, value, depth) if isinstance(value, dict) else None
            case Nullable(inner=inner):
                return self.value(inner, value, depth + 1)
            case Reference(id=id):
                return self._declared(self.plan.types.by_id[id], value, depth)

    def _declared(self, declared: Declaration, value: Json, depth: int) -> Expression | None:
        match declared:
            case ObjectType():
                return self._object(declared, value, depth) if isinstance(value, dict) else None
            case EnumType():
                return self._enum(declared, value)
            case UnionType():
                return self._union(declared, value, depth)
        return None

    def _primitive(self, name: str, value: Json) -> Expression | None:
        if name in {"any", "null"}:
            return "nil" if value is None else self._any(value)
        if name in _INTEGERS:
            is_whole = (
                isinstance(value, int | float)
                and not isinstance(value, bool)
                and math.isfinite(value)
                and value == int(value)
            )
            return str(int(value)) if is_whole and abs(int(value)) < 2 ** _INTEGERS[name] else None  # type: ignore[arg-type]
        if name in {"number", "float"}:
            return json.dumps(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
        if name == "boolean":
            return _scalar(value) if isinstance(value, bool) else None
        if not isinstance(value, str):
            return None
        return self._text(name, value)

    def _text(self, name: str, value: str) -> str | None:
        try:
            if name == "date":
                day = date.fromisoformat(value)
                return f"{self.qualifier}Date{{Year: {day.year}, Month: {day.month}, Day: {day.day}}}"
            if name == "date-time":
                moment = datetime.fromisoformat(value).astimezone(UTC)
                texts = [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second]
                return f"time.Date({', '.join(map(str, texts))}, {moment.microsecond * 1000}, time.UTC)"
            if name == "base64":
                return f"[]byte({_bytes(base64.b64decode(value, validate=True))})"
        except (ValueError, OverflowError):
            return None
        return string(value)

    def _any(self, value: Json) -> Expression | None:
        if isinstance(value, list):
            items = [self._any(each) or "nil" for each in value]
            return _collected("[]any", tuple(("", each) for each in items))
        if isinstance(value, dict):
            return _collected(
                "map[string]any", tuple((string(key), self._any(each) or "nil") for key, each in value.items())
            )
        return "nil" if value is None else _scalar(value)

    def _list(self, kind: Type, item: Type, value: list[Json], depth: int) -> Expression | None:
        head = self.named(self.plan.types.of(kind))
        item_type = self.plan.types.of(ListOf(item)).removeprefix("[]")
        items: list[tuple[str, Expression]] = []
        for each in value:
            found = "nil" if each is None else self._item(item, each, go_type=item_type, depth=depth)
            if found is None:
                return None
            items.append(("", found))
        return _collected(head, tuple(items))

    def _map(self, kind: Type, inner: Type, value: dict[str, Json], depth: int) -> Expression | None:
        head = self.named(self.plan.types.of(kind))
        item_type = self.plan.types.of(ListOf(inner)).removeprefix("[]")
        entries: list[tuple[str, Expression]] = []
        for key, each in value.items():
            found = "nil" if each is None else self._item(inner, each, go_type=item_type, depth=depth)
            if found is None:
                return None
            entries.append((string(key), found))
        return _collected(head, tuple(entries))

    def _item(self, kind: Type, value: Json, *, go_type: str, depth: int) -> Expression | None:
        found = self.value(kind, value, depth + 1)
        if found is None or not go_type.startswith("*"):
            return _elided(found, self.named(go_type))
        return self.field(kind, value, go_type=go_type)

    def _object(self, declared: ObjectType, value: dict[str, Json], depth: int) -> Expression | None:
        entries: list[tuple[str, Expression]] = []
        for member, each in zip(declared.fields, object_fields(declared, self.plan), strict=True):
            if member.wire not in value or member.access == "read":
                continue
            if isinstance(self.plan.types.resolved(member.type), Constant):
                continue  # written without being asked for
            inner = value[member.wire]
            found = self._member(member.type, inner, go_type=each.go_type, depth=depth)
            if found is None and inner is not None:
                return None
            if found is not None:
                entries.append((each.name, found))
        return _collected(f"{self.qualifier}{self.plan.types.names[declared.id]}", tuple(entries))

    def _member(self, kind: Type, value: Json, *, go_type: str, depth: int) -> Expression | None:
        if value is None:
            return None
        found = self.value(kind, value, depth + 1)
        return found if found is None or not go_type.startswith("*") else self.field(kind, value, go_type=go_type)

    def _enum(self, declared: EnumType, value: Json) -> Expression | None:
        for member, constant in self.plan.constants[declared.id]:
            if json.loads(member.value) == value and isinstance(value, bool) is False:
                return f"{self.qualifier}{constant}"
        if declared.kind == "string":
            return string(value) if isinstance(value, str) else None
        return _scalar(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def _union(self, union: UnionType, value: Json, depth: int) -> Expression | None:
        alternatives = self.plan.types.alternatives(union)
        tag = value.get(union.discriminator) if isinstance(value, dict) and union.discriminator else None
        tagged = [each for each in alternatives if tag in each.tags]
        for each in [*tagged, *(each for each in alternatives if each not in tagged)]:
            found = self._alternative(each, value, depth)
            if found is not None:
                return found
        return None

    def _alternative(self, each: Alternative, value: Json, depth: int) -> Expression | None:
        declared = self.plan.types.object_of(each.type)
        if declared is not None and not self._has_all(declared, value):
            return None
        found = self.value(each.type, value, depth + 1)
        if found is None:
            return None
        if declared is not None:
            return Composite(f"&{found.head}", found.entries) if isinstance(found, Composite) else f"&{found}"
        if not each.wraps:
            return (
                found
                if not isinstance(found, str) or not found.startswith('"')
                else f"{self.named(each.go_type)}({found})"
            )
        kind = self.plan.types.resolved(each.type)
        name = self.named(each.go_type)
        if isinstance(kind, Primitive) and kind.kind in {"any", "date", "date-time"}:
            return f"{name}{{Value: {found}}}" if isinstance(found, str) else Composite(name, (("Value", found),))
        if isinstance(found, Composite):
            return Composite(name, found.entries) if found.head == self.named(each.wraps) else None
        return f"{name}({found})"

    def _has_all(self, declared: ObjectType, value: Json) -> bool:
        """Its required members are there, its constants are right, and it knows all members."""
        if not isinstance(value, dict):
            return False
        known = {each.wire for each in declared.fields}
        for each in declared.fields:
            if each.is_required and each.access != "read" and each.wire not in value:
                return False
            kind = self.plan.types.resolved(each.type)
            if isinstance(kind, Constant) and each.wire in value and json.loads(kind.value) != value[each.wire]:
                return False
        return declared.extra is not None or set(value) <= known


def _scalar(value: Json) -> str | None:
    if isinstance(value, str):
        return string(value)
    return json.dumps(value) if isinstance(value, bool | int | float) else None


def _bytes(content: bytes) -> str:
    texts = (chr(each) if 32 <= each < 127 and chr(each) not in '"\\' else f"\\x{each:02x}" for each in content)
    return f'"{"".join(texts)}"'


def _needs_type(go_type: str) -> bool:
    """Go would make another type of the literal alone."""
    return go_type not in {"bool", "string"}


def _elided(found: Expression | None, go_type: str) -> Expression | None:
    """An item of a list of structs leaves its type out."""
    if isinstance(found, Composite) and found.head == go_type:
        return Composite("", found.entries)
    if isinstance(found, str) and found.startswith(f"{go_type}{{"):
        return found.removeprefix(go_type)
    return found


def _collected(head: str, entries: tuple[tuple[str, Expression], ...]) -> Expression:
    """On one line if it is short and simple."""
    if all(isinstance(each, str) for _, each in entries):
        text = ", ".join(f"{key}: {each}" if key else f"{each}" for key, each in entries)
        if len(entries) <= 1 or (len(text) <= 60 and not any(key for key, _ in entries if not key.startswith('"'))):
            return f"{head}{{{text}}}"
    return Composite(head, entries)
