"""A description's parts in lists, from one walk through it: rules look at these, and none walks again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from themekit.model.outline import METHODS
from themekit.source.json_value import child_pointer, pointer_parts

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.source.json_value import JsonObject, JsonValue

MAX_DEPTH = 100
_METHODS = tuple(method.lower() for method in METHODS)

_ONE_SCHEMA = ("additionalProperties", "contains", "else", "if", "items", "not", "propertyNames", "then")
_MANY_SCHEMAS = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED_SCHEMAS = ("$defs", "dependentSchemas", "patternProperties", "properties")


@dataclass(frozen=True, slots=True)
class Part:
    """An object of the description, and where it is."""

    pointer: str
    members: JsonObject


@dataclass(frozen=True, slots=True)
class DescribedOperation:
    """An operation as it is written. `path` is "" for one of a webhook or a callback; `shared` are its path's."""

    pointer: str
    members: JsonObject
    method: str
    path: str
    shared: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.method.upper()} {self.path or pointer_parts(self.pointer)[-2]}"


@dataclass(slots=True)
class Description:
    """The parts of a description. References within the file are followed, others are left alone."""

    path: PurePosixPath
    root: JsonObject
    operations: list[DescribedOperation] = field(default_factory=list)
    parameters: list[Part] = field(default_factory=list)
    responses: list[tuple[str, Part]] = field(default_factory=list)
    """With the status, "" for a component."""
    contents: list[Part] = field(default_factory=list)
    schemas: list[Part] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    """Where a `$ref` stands, and what it says."""

    @classmethod
    def of(cls, path: PurePosixPath, value: JsonValue) -> Description:
        """The parts of the description that a file has."""
        found = cls(path, value if isinstance(value, dict) else {})
        found._walk()
        return found

    @property
    def is_3_0(self) -> bool:
        """It is of OpenAPI 3.0, whose schemas are not those of JSON Schema 2020-12."""
        return str(self.root.get("openapi", "")).startswith("3.0")

    def resolved(self, value: JsonValue) -> JsonValue:
        """What the value is, or refers to in this file; itself if that leads nowhere."""
        for _ in range(16):
            if not isinstance(value, dict) or not isinstance(reference := value.get("$ref"), str):
                return value
            target = self.target(reference)
            if target is None:
                return value
            value = target
        return value

    def target(self, reference: str) -> JsonValue:
        """What a reference within the file leads to; None if it leads elsewhere or nowhere."""
        if not reference.startswith("#"):
            return None
        value: JsonValue = self.root
        for part in pointer_parts(unquote(reference[1:])):
            if isinstance(value, dict):
                value = value.get(part)
            elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
                value = value[int(part)]
            else:
                return None
        return value

    def responses_of(self, operation: DescribedOperation) -> dict[str, JsonObject]:
        """An operation's responses by status, references followed."""
        found = {str(status): self.resolved(each) for status, each in object_at(operation.members, "responses").items()}
        return {status: each for status, each in found.items() if isinstance(each, dict) and status[:2] != "x-"}

    def _walk(self) -> None:
        for path, item in object_at(self.root, "paths").items():
            if not path.startswith("x-"):
                self._path_item(item, child_pointer("/paths", path), path)
        for name, item in object_at(self.root, "webhooks").items():
            self._path_item(item, child_pointer("/webhooks", name), "")
        components = object_at(self.root, "components")
        for kind, read in (
            ("schemas", self._schema),
            ("parameters", self._parameter),
            ("headers", self._header),
            ("responses", self._component_response),
            ("requestBodies", self._body),
            ("pathItems", self._component_path),
            ("callbacks", self._callback),
        ):
            for name, value in object_at(components, kind).items():
                read(value, child_pointer(f"/components/{kind}", name))

    def _component_response(self, value: JsonValue, pointer: str) -> None:
        self._response("", value, pointer)

    def _component_path(self, value: JsonValue, pointer: str) -> None:
        self._path_item(value, pointer, "")

    def _callback(self, value: JsonValue, pointer: str) -> None:
        if isinstance(value, dict) and not self._refers(value, pointer):
            for expression, item in value.items():
                self._path_item(item, child_pointer(pointer, expression), "")

    def _refers(self, value: JsonObject, pointer: str) -> bool:
        reference = value.get("$ref")
        if isinstance(reference, str):
            self.references.append((f"{pointer}/$ref", reference))
            return True
        return False

    def _path_item(self, value: JsonValue, pointer: str, path: str) -> None:
        if not isinstance(value, dict) or self._refers(value, pointer):
            return
        shared = tuple(
            Part(f"{pointer}/parameters/{index}", each)
            for index, each in enumerate(items_of(value.get("parameters")))
            if isinstance(each, dict)
        )
        for part in shared:
            self._parameter(part.members, part.pointer)
        for method in _METHODS:
            members = value.get(method)
            if isinstance(members, dict):
                self._operation(DescribedOperation(f"{pointer}/{method}", members, method, path, shared))

    def _operation(self, operation: DescribedOperation) -> None:
        pointer, members = operation.pointer, operation.members
        self.operations.append(operation)
        for index, each in enumerate(items_of(members.get("parameters"))):
            self._parameter(each, f"{pointer}/parameters/{index}")
        self._body(members.get("requestBody"), f"{pointer}/requestBody")
        for status, each in object_at(members, "responses").items():
            self._response(str(status), each, child_pointer(f"{pointer}/responses", str(status)))
        for name, callback in object_at(members, "callbacks").items():
            self._callback(callback, child_pointer(f"{pointer}/callbacks", name))

    def _parameter(self, value: JsonValue, pointer: str) -> None:
        if isinstance(value, dict) and not self._refers(value, pointer):
            self.parameters.append(Part(pointer, value))
            self._schema(value.get("schema"), f"{pointer}/schema")
            self._contents(value, pointer)

    def _header(self, value: JsonValue, pointer: str) -> None:
        if isinstance(value, dict) and not self._refers(value, pointer):
            self._schema(value.get("schema"), f"{pointer}/schema")
            self._contents(value, pointer)

    def _body(self, value: JsonValue, pointer: str) -> None:
        if isinstance(value, dict) and not self._refers(value, pointer):
            self._contents(value, pointer)

    def _response(self, status: str, value: JsonValue, pointer: str) -> None:
        if not isinstance(value, dict) or self._refers(value, pointer):
            return
        self.responses.append((status, Part(pointer, value)))
        for name, header in object_at(value, "headers").items():
            self._header(header, child_pointer(f"{pointer}/headers", name))
        for name, link in object_at(value, "links").items():
            if isinstance(link, dict):
                self._refers(link, child_pointer(f"{pointer}/links", name))
        self._contents(value, pointer)

    def _contents(self, value: JsonObject, pointer: str) -> None:
        for media_type, content in object_at(value, "content").items():
            own = child_pointer(f"{pointer}/content", media_type)
            if isinstance(content, dict) and not self._refers(content, own):
                self.contents.append(Part(own, content))
                for key in ("schema", "itemSchema", "x-itemSchema"):  # the others are of one item of a stream
                    self._schema(content.get(key), f"{own}/{key}")
                for name, example in object_at(content, "examples").items():
                    if isinstance(example, dict):
                        self._refers(example, child_pointer(f"{own}/examples", name))

    def _schema(self, value: JsonValue, pointer: str, *, depth: int = 0) -> None:
        if not isinstance(value, dict) or depth > MAX_DEPTH:
            return
        self._refers(value, pointer)
        self.schemas.append(Part(pointer, value))
        for key in value:
            if key not in _KEYS:
                continue
            below = value[key]
            own = f"{pointer}/{key}"
            if key in _ONE_SCHEMA:
                self._schema(below, own, depth=depth + 1)
            elif key in _MANY_SCHEMAS:
                for index, each in enumerate(items_of(below)):
                    self._schema(each, f"{own}/{index}", depth=depth + 1)
            elif isinstance(below, dict):
                for name, each in below.items():
                    self._schema(each, child_pointer(own, name), depth=depth + 1)
        self._mapping(value, pointer)

    def _mapping(self, value: JsonObject, pointer: str) -> None:
        for name, reference in object_at(object_at(value, "discriminator"), "mapping").items():
            if isinstance(reference, str):
                found = reference if "#" in reference else f"#/components/schemas/{reference}"
                self.references.append((child_pointer(f"{pointer}/discriminator/mapping", name), found))


_KEYS = frozenset({*_ONE_SCHEMA, *_MANY_SCHEMAS, *_NAMED_SCHEMAS})


def object_at(members: JsonObject, key: str) -> JsonObject:
    """The member if it is an object, else an empty one."""
    found = members.get(key)
    return found if isinstance(found, dict) else {}


def items_of(value: JsonValue) -> list[JsonValue]:
    """The value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []
