"""The example answers of an OpenAPI description: for each operation a status, a media type and the example in it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.model import Origin
from themekit.source.json_value import child_pointer
from themekit.source.openapi import Files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePosixPath

    from themekit.model.outline import ApiOutline
    from themekit.source.json_value import JsonObject, JsonValue

_STATUS = re.compile(r"[1-5][0-9]{2}")


@dataclass(frozen=True, slots=True)
class ExampleAnswer:
    """What an operation answers. Without an example `content` is empty, and so is `media_type`."""

    operation: str
    status: int
    media_type: str = ""
    content: bytes = b""


def example_answers(
    api: ApiOutline, content: bytes, *, read: Callable[[PurePosixPath], bytes | None]
) -> tuple[ExampleAnswer, ...]:
    """The answer of each operation: its first of success, else its first.

    The API was read from this content without a mistake; what cannot be followed in an example is as if not there.
    """
    files = Files(read, Reporter())
    document = files.parsed(api.origin.path, content)
    value = None if document is None else document.value
    top = _Place(value if isinstance(value, dict) else {}, Origin(api.origin.path, ""), files)
    paths = top.at("paths")
    return tuple(_answer(each.id, paths.at(each.path).at(each.method.lower())) for each in api.operations)


@dataclass(frozen=True, slots=True)
class _Place:
    """An object of a description, and where it stands: references in it start from there."""

    members: JsonObject
    origin: Origin
    files: Files

    def at(self, name: str) -> _Place:
        """The member, or what it refers to; empty if that is no object."""
        return self.placed(self.members.get(name), Origin(self.origin.path, child_pointer(self.origin.pointer, name)))

    def placed(self, value: JsonValue, origin: Origin) -> _Place:
        found = self.files.target(value, origin)
        if found is None or not isinstance(found[0], dict):
            return _Place({}, origin, self.files)
        return _Place(found[0], found[1], self.files)


def _answer(operation: str, found: _Place) -> ExampleAnswer:
    responses = found.at("responses")
    chosen = min(responses.members, key=_preference, default="")
    status = int(chosen) if _STATUS.fullmatch(chosen) else 200
    contents = responses.at(chosen).at("content")
    for media_type in contents.members:
        for example in _examples(contents.at(media_type)):
            return ExampleAnswer(operation, status, media_type, _written(example, media_type))
    return ExampleAnswer(operation, status)


def _examples(media: _Place) -> Iterator[JsonValue]:
    """In the order of preference: of the answer, then of its schema."""
    if "example" in media.members:
        yield media.members["example"]
    named = media.at("examples")
    for name in named.members:
        shown = named.at(name).members
        if "value" in shown:
            yield shown["value"]
    schema = media.at("schema").members
    listed = schema.get("examples")
    yield from listed if isinstance(listed, list) else ()
    if "example" in schema:
        yield schema["example"]


def _preference(status: str) -> tuple[bool, str]:
    return not status.startswith("2"), status


def _written(example: JsonValue, media_type: str) -> bytes:
    """JSON for media types of JSON; a text is itself for all others."""
    if isinstance(example, str) and "json" not in media_type:
        return example.encode()
    return json.dumps(example, ensure_ascii=False).encode()
