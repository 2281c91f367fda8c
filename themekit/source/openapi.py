"""An OpenAPI 3.0 or 3.1 description, YAML or JSON, to an `ApiOutline`, with every mistake a gateway would stumble on.

References may lead anywhere in the description and into other files of the project; nothing is ever fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast, get_args
from urllib.parse import unquote

from themekit.diagnostics import Code, Note, Reporter
from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.model.outline import METHODS, ApiOutline, Body, Operation, OperationId, Parameter, ParameterPlace
from themekit.source.codes import INVALID_PATH, MISSING_FILE, WRONG_TYPE
from themekit.source.did_you_mean import did_you_mean
from themekit.source.json_text import read_json
from themekit.source.json_value import child_pointer, json_type, noun, pointer_parts
from themekit.source.relative_path import resolved_from
from themekit.source.yaml_text import MAX_BYTES, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model.outline import Method
    from themekit.source.json_text import Document
    from themekit.source.json_value import JsonObject, JsonValue

INVALID_OPENAPI = Code("invalid-openapi", summary="An OpenAPI description is not one that can be used.")
UNRESOLVED_REFERENCE = Code("unresolved-reference", summary="A `$ref` leads to nothing in the project.")

MAX_OPERATIONS = 5000
MAX_REFERENCES = 16  # a longer chain of references is a circle
SUFFIXES = (".yaml", ".yml", ".json")

_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")  # RFC 6901, section 4
_VERSION = re.compile(r"3\.[01]\.\d+")
_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,119}")
_PATH = re.compile(r"(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|\{[A-Za-z0-9_.-]{1,60}\})*)+")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,200}")  # a token of RFC 9110, section 5.6.2
_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,200}")
_PLACES = frozenset(get_args(ParameterPlace))
_EXPRESSION = re.compile(r"\{[^{}]*\}")


def parse_openapi(
    path: PurePosixPath, content: bytes, *, read: Callable[[PurePosixPath], bytes | None]
) -> tuple[ApiOutline | None, tuple[Diagnostic, ...]]:
    """The API that the file at `path` describes, and every mistake in it; None if there is an error.

    `read` gives the bytes of another file of the project, or None.
    """
    files = Files(read, Reporter())
    document = files.parsed(path, content)
    api = None if document is None else _Reader(files, path).api(document.value)
    if any(diagnostic.is_error for diagnostic in files.report.found):
        return None, files.report.diagnostics
    return api, files.report.diagnostics


def resolved_path(path: PurePosixPath, written: str) -> PurePosixPath | None:
    """The file that `written` means in the file `path`; None if it is not a description inside the project."""
    return None if "@" in written else resolved_from(path, written, suffixes=SUFFIXES)


@dataclass(slots=True)
class Files:
    """The description and the files it refers to, each read once."""

    read: Callable[[PurePosixPath], bytes | None]
    report: Reporter
    known: dict[PurePosixPath, Document | None] = field(default_factory=dict)

    def parsed(self, path: PurePosixPath, content: bytes) -> Document | None:
        """The file with this content; None if that was reported."""
        if path.suffix == ".json":
            document, diagnostics = read_json(path, content, max_bytes=MAX_BYTES)
        else:
            document, diagnostics = read_yaml(path, content)
        self.report.found.extend(diagnostics)
        self.known[path] = document
        return document

    def document(self, path: PurePosixPath, place: Origin) -> Document | None:
        """The file at `path`, which `place` refers to; None if that was reported."""
        if path not in self.known:
            content = self.read(path)
            if content is None:
                self.report(MISSING_FILE, place, f"`$ref`: there is no file `{path}`")
                self.known[path] = None
            else:
                self.parsed(path, content)
        return self.known[path]

    def target(self, value: JsonValue, origin: Origin) -> tuple[JsonValue, Origin] | None:
        """What the value is, or what it refers to, with its place; None if that was reported."""
        for _ in range(MAX_REFERENCES):
            if not isinstance(value, dict) or "$ref" not in value:
                return value, origin
            reference, place = value["$ref"], Origin(origin.path, child_pointer(origin.pointer, "$ref"))
            if not isinstance(reference, str):
                self.report(INVALID_OPENAPI, place, f"`$ref`: expected a text, found {noun(json_type(reference))}")
                return None
            found = self.followed(reference, place)
            if found is None:
                return None
            value, origin = found
        self.report(UNRESOLVED_REFERENCE, origin, "references lead in a circle, or on for too long")
        return None

    def followed(self, reference: str, place: Origin) -> tuple[JsonValue, Origin] | None:
        """What a reference at `place` leads to, with its place; None if that was reported."""
        file, _, fragment = reference.partition("#")
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", file):
            message = f"`$ref`: {quoted(reference)} is outside the project; nothing is fetched"
            self.report(UNRESOLVED_REFERENCE, place, message, hint="copy the file into the project, and refer to that")
            return None
        path = resolved_path(place.path, file) if file else place.path
        if path is None:
            message = f"`$ref`: {quoted(file)} is not a YAML or JSON file inside the project"
            self.report(INVALID_PATH, place, message, hint="write a relative path, as in `common.yaml#/components/…`")
            return None
        document = self.document(path, place)
        if document is None:
            return None
        pointer = unquote(fragment)
        value: JsonValue = document.value
        for part in pointer_parts(pointer):
            if isinstance(value, dict) and part in value:
                value = value[part]
            elif isinstance(value, list) and _INDEX.fullmatch(part) and int(part) < len(value):
                value = value[int(part)]
            else:
                message = f"`$ref`: {quoted(reference)} leads to nothing"
                names = list(value) if isinstance(value, dict) else []
                hint = did_you_mean(part, names, before=len(self.report.found))
                self.report(UNRESOLVED_REFERENCE, place, message, hint=hint)
                return None
        return value, Origin(path, pointer)


@dataclass(slots=True)
class _Reader:
    files: Files
    path: PurePosixPath
    ids: dict[str, Origin] = field(default_factory=dict)
    places: dict[tuple[str, str], Origin] = field(default_factory=dict)

    def fault(self, place: Origin, message: str, *, hint: str | None = None, notes: tuple[Note, ...] = ()) -> None:
        self.files.report(INVALID_OPENAPI, place, message, hint=hint, notes=notes)

    def object(self, value: JsonValue, place: Origin, what: str) -> JsonObject | None:
        if isinstance(value, dict):
            return value
        self.files.report(WRONG_TYPE, place, f"{what}: expected an object, found {noun(json_type(value))}")
        return None

    def listed(self, members: JsonObject, key: str, owner: Origin) -> list[JsonValue]:
        """The member, empty if it is absent or was reported."""
        value = members.get(key, [])
        if isinstance(value, list):
            return value
        place = Origin(owner.path, child_pointer(owner.pointer, key))
        self.fault(place, f"`{key}`: expected a list, found {noun(json_type(value))}")
        return []

    def is_required(self, members: JsonObject, owner: Origin) -> bool:
        value = members.get("required", False)
        if not isinstance(value, bool):
            place = Origin(owner.path, child_pointer(owner.pointer, "required"))
            self.fault(place, f"`required`: expected true or false, found {noun(json_type(value))}")
        return value is True

    def api(self, value: JsonValue) -> ApiOutline | None:
        top = Origin(self.path, "")
        root = self.object(value, top, "a description")
        if root is None:
            return None
        version = root.get("openapi")
        if not isinstance(version, str) or not _VERSION.fullmatch(version):
            place = Origin(self.path, "/openapi") if "openapi" in root else top
            found = quoted(str(version)) if "openapi" in root else "none"
            self.fault(place, f"the description needs a version of OpenAPI 3.0 or 3.1, found {found}")
            return None
        paths = self.object(root.get("paths", {}), Origin(self.path, "/paths"), "`paths`")
        info = self.object(root.get("info", {}), Origin(self.path, "/info"), "`info`") or {}
        operations = tuple(self.operations(paths or {}))
        if len(operations) > MAX_OPERATIONS:
            message = f"the description has {len(operations)} operations; at most {MAX_OPERATIONS} are read"
            self.fault(Origin(self.path, "/paths"), message)
        return ApiOutline(str(info.get("title", "")), str(info.get("version", "")), top, operations)

    def operations(self, paths: JsonObject) -> Iterator[Operation]:
        for template, value in paths.items():
            place = Origin(self.path, child_pointer("/paths", template), "key")
            if template.startswith("x-"):
                continue
            if not _PATH.fullmatch(template):
                self.fault(place, f"{quoted(template)} is no path", hint="write it like `/payments/{payment_id}`")
                continue
            if unseen := _unseen(template):
                message = f"{quoted(template)} has {unseen}, which gateways and clients take out: nobody can call it"
                self.fault(place, message, hint="write the path as it is called")
                continue
            found = self.files.target(value, Origin(self.path, place.pointer))
            item = None if found is None else self.object(found[0], found[1], quoted(template))
            if found is None or item is None:
                continue
            shared = list(self.parameters(item, found[1]))
            for method in METHODS:
                if method.lower() in item:
                    yield from self.operation(
                        template, method, value=item[method.lower()], item=found[1], shared=shared
                    )

    def operation(
        self, template: str, method: Method, *, value: JsonValue, item: Origin, shared: list[Parameter]
    ) -> Iterator[Operation]:
        pointer = child_pointer(item.pointer, method.lower())
        place = Origin(item.path, pointer, "key")
        members = self.object(value, place, f"`{method} {template}`")
        if members is None or not self.is_new_place(template, method, place):
            return
        written = members.get("operationId")
        if not isinstance(written, str) or not _ID.fullmatch(written):
            said = "has no `operationId`" if written is None else f"cannot have the id {quoted(str(written))}"
            hint = "write a name of letters, digits, `_`, `.` and `-`, as in `listPayments`"
            self.fault(place, f"`{method} {template}` {said}", hint=hint)
            return
        own = Origin(item.path, child_pointer(pointer, "operationId"))
        if written in self.ids:
            notes = (Note("first used here", self.ids[written]),)
            self.fault(own, f"two operations have the id {quoted(written)}", notes=notes)
            return
        self.ids[written] = own
        parameters = {(each.place, each.name): each for each in shared}
        parameters |= {(each.place, each.name): each for each in self.parameters(members, Origin(item.path, pointer))}
        yield Operation(
            id=OperationId(written),
            method=method,
            path=template,
            origin=place,
            tags=tuple(self.tags(members, Origin(item.path, pointer))),
            parameters=tuple(parameters.values()),
            bodies=tuple(self.bodies(members, Origin(item.path, pointer))),
        )

    def is_new_place(self, template: str, method: str, place: Origin) -> bool:
        """Templates that differ in the names of their parameters only are one path."""
        key = (method, _EXPRESSION.sub("{}", template))
        first = self.places.setdefault(key, place)
        if first is not place:
            self.fault(place, f"`{method} {template}` is described twice", notes=(Note("first here", first),))
        return first is place

    def tags(self, members: JsonObject, owner: Origin) -> Iterator[str]:
        for index, tag in enumerate(self.listed(members, "tags", owner)):
            if isinstance(tag, str):
                yield tag
            else:
                place = Origin(owner.path, f"{owner.pointer}/tags/{index}")
                self.fault(place, f"a tag: expected a text, found {noun(json_type(tag))}")

    def parameters(self, members: JsonObject, owner: Origin) -> Iterator[Parameter]:
        for index, value in enumerate(self.listed(members, "parameters", owner)):
            place = Origin(owner.path, f"{owner.pointer}/parameters/{index}")
            found = self.files.target(value, place)
            item = None if found is None else self.object(found[0], found[1], "a parameter")
            if found is None or item is None:
                continue
            name, where = item.get("name"), item.get("in")
            if not isinstance(name, str) or not isinstance(where, str) or where not in _PLACES:
                self.fault(found[1], "a parameter needs a `name`, and `in` with `path`, `query`, `header` or `cookie`")
                continue
            if not (_HEADER if where == "header" else _NAME).fullmatch(name):
                self.fault(found[1], f"no request has a parameter of the name {quoted(name)} in `{where}`")
                continue
            schema = Origin(found[1].path, child_pointer(found[1].pointer, "schema")) if "schema" in item else None
            yield Parameter(name, cast("ParameterPlace", where), self.is_required(item, found[1]), schema)

    def bodies(self, members: JsonObject, owner: Origin) -> Iterator[Body]:
        if "requestBody" not in members:
            return
        found = self.files.target(members["requestBody"], Origin(owner.path, f"{owner.pointer}/requestBody"))
        body = None if found is None else self.object(found[0], found[1], "a request body")
        if found is None or body is None:
            return
        place = Origin(found[1].path, f"{found[1].pointer}/content")
        content = self.object(body.get("content", {}), place, "`content`") or {}
        is_required = self.is_required(body, found[1])
        for media_type, value in content.items():
            own = Origin(place.path, child_pointer(place.pointer, media_type))
            media = self.object(value, own, quoted(media_type)) or {}
            schema = Origin(own.path, f"{own.pointer}/schema") if "schema" in media else None
            yield Body(media_type, is_required, schema)


def _unseen(template: str) -> str:
    """The segment that no request has when an operation is chosen, in words; empty if there is none.

    Source: RFC 3986, section 5.2.4, and what gateways do with double slashes.
    """
    segments = template.split("/")[1:]
    if dots := next((each for each in segments if each in {".", ".."}), ""):
        return f"a segment `{dots}`"
    return "two slashes in a row" if "" in segments[:-1] else ""
