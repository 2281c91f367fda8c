"""An API with examples of what it takes that are all valid: generated tests and samples are made of these.

An author's example is kept if the schema allows it. Where none is left a value is made, as small as it can be: models
of types know no patterns, no tuples and not which members must come together, so emitters could only guess.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.model.api_types import Reference, UnionType
from themekit.sandbox.described import Description
from themekit.sandbox.generator import Generator, NoValue
from themekit.sandbox.schemas import SchemaTable
from themekit.sandbox.validity import Validity
from themekit.source.api.reading import ApiFiles, json_text
from themekit.source.sweeps import without_sweeps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import PurePosixPath

    from themekit.model.api import ApiModel, Content, Operation, Parameter, RequestBody
    from themekit.model.api_types import Declaration, JsonText, Type, TypeId
    from themekit.sandbox.described import Described, DescribedOperation
    from themekit.sandbox.schemas import Schema
    from themekit.source.json_value import JsonValue

MAX_TEXT = 20_000
"""Characters of a made example as JSON; a longer one is in nobody's interest."""

_MADE = frozenset({"json", "form", "multipart", "text"})


@without_sweeps()
def with_valid_requests(
    api: ApiModel, path: PurePosixPath, *, content: bytes, read: Callable[[PurePosixPath], bytes | None]
) -> ApiModel:
    """The API that the file at `path` describes, without examples of requests that are not valid, and with made ones.

    `read` gives the bytes of another file of the project, or None. Answers stay as they are.
    """
    files = ApiFiles(read, Reporter())
    document = files.parsed(path, content)
    root = document.value if document is not None and isinstance(document.value, dict) else {}
    maker = _Maker(Description(files, path, root), api.declarations())
    described = {each.said.origin: each for each in maker.description.operations()}
    pairs = ((each, None if each.origin is None else described.get(each.origin)) for each in api.operations)
    return replace(
        api, operations=tuple(each if known is None else maker.operation(each, known) for each, known in pairs)
    )


@dataclass(slots=True)
class _Maker:
    description: Description
    declared: Mapping[TypeId, Declaration]
    table: SchemaTable = field(init=False)
    lean: Generator = field(init=False)
    full: Generator = field(init=False)
    made: dict[str, JsonText | None] = field(default_factory=dict)
    """By the reference to a component: many operations take the same."""

    def __post_init__(self) -> None:
        self.table = SchemaTable(self.description.files, "request", self.description.is_3_0)
        validity = Validity(self.table)
        self.lean, self.full = Generator(validity, is_lean=True), Generator(validity)

    def operation(self, operation: Operation, known: DescribedOperation) -> Operation:
        parameters = tuple(self._parameter(each, known) for each in operation.parameters)
        body = None if operation.body is None else self._body(operation.body, known)
        if parameters == operation.parameters and body == operation.body:
            return operation
        return replace(operation, parameters=parameters, body=body)

    def _parameter(self, parameter: Parameter, known: DescribedOperation) -> Parameter:
        described = known.parameters.get((parameter.place, parameter.wire))
        if described is None or not (parameter.is_required or parameter.docs.examples):
            return parameter
        content = next(iter(self.description.members(described, "content")), None)
        owner = described if content is None else content[1]
        schema = self._schema(owner)
        valid = self._valid(schema, parameter.docs.examples)
        if not valid and parameter.is_required:
            made = self._made(schema, parameter.wire)
            valid = () if made is None else (made,)
        return replace(parameter, docs=replace(parameter.docs, examples=valid))

    def _body(self, body: RequestBody, known: DescribedOperation) -> RequestBody:
        described = self.description.member(known.said, "requestBody")
        by_place = {media.origin.pointer: media for _, media in self.description.members(described, "content")}
        contents = []
        for each in body.contents:
            media = by_place.get(each.origin.pointer) if each.origin is not None else None
            contents.append(each if media is None or each.kind not in _MADE else self._content(each, media))
        return replace(body, contents=tuple(contents))

    def _content(self, content: Content, media: Described) -> Content:
        schema = self._schema(media)
        valid = set(self._valid(schema, (text for _, text in content.examples)))
        kept = tuple((name, text) for name, text in content.examples if text in valid)
        made = None if kept else self._made(schema, "")
        if made is not None and content.parts:
            made = self._filled(schema, made)
        kept = kept if made is None else (("", made),)
        kept = tuple((name, text) for name, text in kept if self._is_told(content.type, json.loads(text)))
        if content.kind == "text":  # a number in a text is the text of it
            kept = tuple((name, text if text.startswith('"') else json_text(text)) for name, text in kept)
        return replace(content, examples=kept)

    def _is_told(self, type_: Type, value: JsonValue) -> bool:
        """The value says which variant it is: a base with a discriminator allows what is none of its children."""
        union = self.declared.get(type_.id) if isinstance(type_, Reference) else None
        if not isinstance(union, UnionType) or not union.discriminator or not isinstance(value, dict):
            return True
        return any(value.get(union.discriminator) == tag for each in union.variants for tag in each.tags)

    def _schema(self, owner: Described) -> Schema:
        return self.table.schema(owner.value.get("schema"), owner.below("schema"))

    def _valid(self, schema: Schema, texts: Iterable[JsonText]) -> tuple[JsonText, ...]:
        return tuple(text for text in texts if self.lean.validity.holds(schema, json.loads(text)))

    def _made(self, schema: Schema, name: str) -> JsonText | None:
        """A small value that is valid, and says something if there is anything to say; None if there is none."""
        reference = schema.get("$ref") if len(schema) == 1 else None
        if reference is None:
            return self._text(schema, name)
        if reference not in self.made:
            self.made[reference] = self._text(schema, name)
        return self.made[reference]

    def _text(self, schema: Schema, name: str) -> JsonText | None:
        try:
            value = self.lean.value(schema, name)
            if value == {}:
                value = self._first_member(schema, self.full.value(schema, name))
        except NoValue:
            return None
        text = json_text(value)
        return text if len(text) <= MAX_TEXT else None

    def _filled(self, schema: Schema, text: JsonText) -> JsonText:
        """The value of a form with something in each of its members: of an empty object or list nothing is sent."""
        value = json.loads(text)
        try:
            full = self.full.value(schema, "")
        except NoValue:
            return text
        if not isinstance(value, dict) or not isinstance(full, dict):
            return text
        found = {key: full.get(key, each) if each in ({}, []) else each for key, each in value.items()}
        made = json_text(found)
        return made if len(made) <= MAX_TEXT and self.full.validity.holds(schema, found) else text

    def _first_member(self, schema: Schema, value: JsonValue) -> JsonValue:
        """Of an object that may be empty the first member that may stand alone; in a request nothing would be sent."""
        members = value.items() if isinstance(value, dict) else ()
        alone: Iterable[JsonValue] = ({key: each} for key, each in members)
        return next((each for each in alone if self.full.validity.holds(schema, each)), value)
