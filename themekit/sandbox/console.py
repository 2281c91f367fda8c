"""A description to what the portal's console offers: for each operation its inputs, filled with values that are valid.

The outcome is an OpenAPI document that is small and says no text of the description: no reference, no schema but of
single inputs, no answer but its media types. Pages say the rest. A body in JSON is an example that can be edited, a
form an input for each member. What a request needs to be allowed is in `x-security`, as the page asks for it itself;
the first of an operation's own servers is in `x-server`, where it is asked live.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from themekit.diagnostics import Reporter
from themekit.sandbox import bodies
from themekit.sandbox.credentials import credential_kinds
from themekit.sandbox.described import Description
from themekit.sandbox.generator import Generator, NoValue
from themekit.sandbox.making import UNREAD_HEADERS
from themekit.sandbox.schemas import SchemaTable
from themekit.sandbox.validity import Validity
from themekit.source.api.reading import ApiFiles
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import PurePosixPath

    from themekit.model import Origin
    from themekit.model.api import ApiModel
    from themekit.sandbox.described import Described, DescribedOperation
    from themekit.sandbox.schemas import Schema
    from themekit.source.json_value import JsonValue

Made = dict[str, Any]

VERSION = "3.1.0"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MAX_DEPTH = 6
_OF_INPUTS = ("type", "enum", "const", "format", "default", "minimum", "maximum", "contentMediaType", "contentEncoding")
_OF_ENCODING = ("contentType", "style", "explode", "allowReserved")
FRESH_LENGTH = 36
"""Of a UUID, which a key that makes two requests one is, unless it may not be so long."""


@without_sweeps()
def console_document(
    path: PurePosixPath, content: bytes, *, read: Callable[[PurePosixPath], bytes | None], api: ApiModel
) -> str:
    """The document as JSON, from a description that was read without a mistake, which `api` is too."""
    files = ApiFiles(read, Reporter())
    document = files.parsed(path, content)
    root = document.value if document is not None and isinstance(document.value, dict) else {}
    keys = {each.origin: each.idempotency.lower() for each in api.operations if each.origin is not None}
    made = _Maker(Description(files, path, root), keys)
    paths: dict[str, Made] = {}
    for each in made.description.operations():
        paths.setdefault(each.path, {})[each.method.lower()] = made.operation(each)
    info = {"title": api.title, "version": api.version or "1"}
    whole = {"openapi": VERSION, "info": info, "x-schemes": made.schemes, "paths": paths}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class _Maker:
    description: Description
    keys: Mapping[Origin, str]
    """By the place of an operation the header that makes two requests one, in lower case."""
    schemes: dict[str, list[str]] = field(init=False)
    table: SchemaTable = field(init=False)
    generator: Generator = field(init=False)

    def __post_init__(self) -> None:
        self.schemes = dict(credential_kinds(self.description))
        self.table = SchemaTable(self.description.files, "request", self.description.is_3_0)
        self.generator = Generator(Validity(self.table))

    def operation(self, each: DescribedOperation) -> Made:
        made: Made = {"responses": self.responses(each)}
        parameters = [
            self.parameter(each, place, name, parameter)
            for (place, name), parameter in each.parameters.items()
            if not (place == "header" and name.lower() in UNREAD_HEADERS) and place != "cookie"
        ]
        if parameters:
            made["parameters"] = parameters
        body = self.description.member(each.said, "requestBody")
        content = {name: self.media(name, media) for name, media in self.description.members(body, "content")}
        if content:
            made["requestBody"] = {"required": body.flag("required"), "content": content}
        security = each.said.value.get("security", self.description.root.get("security"))
        if isinstance(security, list) and security:
            made["x-security"] = [list(option) for option in security if isinstance(option, dict)]
        if each.servers:
            made["x-server"] = each.servers[0]
        return made

    def responses(self, each: DescribedOperation) -> Made:
        found: Made = {}
        for status, response in self.description.members(each.said, "responses"):
            found[status] = {"description": ""}
            if status.startswith("2"):  # what the request says it accepts
                types = sorted((name for name, _ in self.description.members(response, "content")), key=_is_not_json)
                found[status]["content"] = {name: {} for name in types}
        return found or {"default": {"description": ""}}

    def parameter(self, each: DescribedOperation, place: str, name: str, parameter: Described) -> Made:
        is_required = place == "path" or parameter.flag("required")
        made: Made = {"name": name, "in": place, "required": is_required}
        content = next(iter(self.description.members(parameter, "content")), None)
        owner = parameter if content is None else content[1]
        schema = self.schema(owner)
        shown: Made = {"schema": self.input(schema, 0)}
        if is_required:
            shown |= self.example(owner, schema, name)
        if content is not None:
            return made | {"content": {content[0]: shown}}
        made |= {key: parameter.value[key] for key in ("style", "explode") if key in parameter.value}
        if place == "header" and name.lower() == self.keys.get(each.said.origin) and self.is_free(schema):
            made["x-fresh"] = True
        return made | shown

    def media(self, name: str, media: Described) -> Made:
        schema = self.schema(media)
        found = self.example(media, schema, "")
        if bodies.bare(name) not in FORMS:
            return {"schema": {"type": "string"} if not bodies.is_json(name) else {}} | found
        shown = self.input(schema, 0)
        value = found.get("example")
        for member, inner in shown.get("properties", {}).items():
            if isinstance(value, dict) and member in value:
                inner["example"] = value[member]
        encoding = {
            member: {key: each.value[key] for key in _OF_ENCODING if isinstance(each.value.get(key), str | bool)}
            for member, each in self.description.members(media, "encoding")
        }
        return {"schema": shown} | ({"encoding": encoding} if encoding else {})

    def schema(self, owner: Described) -> Schema:
        return self.table.schema(owner.value.get("schema"), owner.below("schema"))

    def example(self, owner: Described, schema: Schema, name: str) -> Made:
        """The first of the author's examples that is valid, else a value that is made; nothing if there is none."""
        written = [each.value.get("value") for _, each in self.description.members(owner, "examples")]
        for each in (owner.value.get("example"), *written):
            if each is not None and self.generator.validity.holds(schema, each):
                return {"example": each}
        try:
            return {"example": self.generator.value(schema, name)}
        except NoValue:
            return {}

    def is_free(self, schema: Schema) -> bool:
        """A text of any kind may be sent."""
        known = self.table.target(schema)
        longest: JsonValue = known.get("maxLength", FRESH_LENGTH)
        is_bound = {"pattern", "enum", "const", "format"} & set(known)
        return not is_bound and isinstance(longest, int | float) and longest >= FRESH_LENGTH

    def input(self, schema: Schema, depth: int) -> Made:
        """What an input is made by: its type, its values, and of a form its members."""
        whole = self.merged(schema, depth)
        types = [each for each in whole.get("type", ()) if each != "null"]
        found = {key: whole[key] for key in _OF_INPUTS if key in whole and key != "type"}
        if types:
            found["type"] = types[0]
        if depth >= MAX_DEPTH:
            return found
        if "items" in whole:
            found["items"] = self.input(whole["items"], depth + 1)
        elif found.get("type") == "array":
            found["items"] = {}
        if whole.get("properties") and depth == 0:
            shown = {
                name: each for name, each in whole["properties"].items() if not self.merged(each, 0).get("readOnly")
            }
            found |= {"type": "object", "properties": {name: self.input(each, 1) for name, each in shown.items()}}
            found["required"] = [name for name in whole.get("required", ()) if name in shown]
        return found

    def merged(self, schema: Schema, depth: int) -> Schema:
        """The schema with what it refers to, all of `allOf`, and the first of the others that says a type."""
        found: Schema = {key: value for key, value in schema.items() if key not in {"$ref", "allOf", "oneOf", "anyOf"}}
        if depth > 2 * MAX_DEPTH:
            return found
        others = [self.table.target({"$ref": schema["$ref"]})] if "$ref" in schema else []
        others += schema.get("allOf", [])
        others += [each for key in ("oneOf", "anyOf") for each in schema.get(key, [])[:1]]
        for each in others:
            inner = self.merged(each, depth + 1)
            properties = {**inner.get("properties", {}), **found.get("properties", {})}
            required = [*inner.get("required", ()), *found.get("required", ())]
            found = {**inner, **found}
            found |= {"properties": properties} if properties else {}
            found |= {"required": list(dict.fromkeys(required))} if required else {}
        return found


def _is_not_json(media_type: str) -> bool:
    return not bodies.is_json(media_type)
