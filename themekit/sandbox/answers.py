"""The answers of an operation: for each status and media type a body that is valid by its schema, and headers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from themekit.sandbox import bodies
from themekit.sandbox.generator import NoValue
from themekit.source.api.bodies import ITEM_SCHEMA
from themekit.source.openapi import INVALID_OPENAPI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sandbox.described import Described, DescribedOperation, Description
    from themekit.sandbox.generator import Generator
    from themekit.sandbox.pool import Pool
    from themekit.sandbox.schemas import Schema, SchemaTable
    from themekit.source.json_value import JsonValue

Made = dict[str, Any]
"""A part of the sandbox's data, as JSON."""

PROBE = 'What is wrong with a request, in words of any length, with `marks`, "quotes" and {braces}: ' + "x" * 120
PROBLEM_MEMBERS: dict[str, JsonValue] = {"type": "about:blank", "title": PROBE, "status": 599}
SAID = ("detail", "message", "error_description", "description", "error", "title")


@dataclass(slots=True)
class AnswerMaker:
    """Makes answers. `counted` tells how many bodies were made, and how many of these are their author's example."""

    description: Description
    table: SchemaTable
    generator: Generator
    pool: Pool
    counted: dict[str, int] = field(default_factory=lambda: {"bodies": 0, "written": 0, "refused": 0})
    _known: dict[tuple[object, ...], Made] = field(default_factory=dict)

    def answers(self, operation: DescribedOperation) -> dict[str, Made]:
        """The operation's answers by status, as the description writes it."""
        found = {}
        for status, response in self.description.members(operation.said, "responses"):
            key = (response.origin.path, response.origin.pointer, status[:1])
            if key not in self._known:
                self._known[key] = self.answer(response, f"{status} of `{operation.method} {operation.path}`", status)
            found[status] = self._known[key]
        return found

    def answer(self, response: Described, name: str, status: str) -> Made:
        """One answer: `h` its headers and `c` its contents; `name` is for messages."""
        made: Made = {}
        headers = [self.header(*each) for each in self.description.members(response, "headers")]
        if any(headers):
            made["h"] = self.pool.value([list(each) for each in headers if each is not None])
        contents = [self.content(media_type, each, name) for media_type, each in self.contents(response)]
        if contents:
            made["c"] = contents
        if not status.startswith("2"):
            for content, (_, media) in zip(contents, self.contents(response), strict=True):
                if "v" in content:
                    self.say(content, media)
        return made

    def contents(self, response: Described) -> list[tuple[str, Described]]:
        """The media types, JSON first, as that is what most callers want."""
        listed = list(self.description.members(response, "content"))
        return sorted(listed, key=lambda each: not bodies.is_json(each[0]))

    def content(self, media_type: str, media: Described, name: str) -> Made:
        """A body in one media type: `v` a JSON value, `t` a text, `b` bytes, `s` chunks, each by number."""
        self.counted["bodies"] += 1
        schema = self.schema(media)
        written = list(self.written(media))
        concrete = concrete_type(media_type, self.is_textual(schema))
        if bodies.is_events(concrete) or bodies.is_lines(concrete):
            return {
                "m": concrete,
                "s": [self.pool.value(each) for each in self.chunks(concrete, self.streamed(media), media, name=name)],
            }
        value, number = self.value(schema, media, written, name=name)
        if bodies.is_json(concrete):
            made = {"m": concrete, "v": number}
            named = {key: self.pool.value(each) for key, each in written if self.generator.validity.holds(schema, each)}
            return made | ({"n": named} if len(named) > 1 else {})
        if bodies.is_xml(concrete) and not isinstance(value, str):
            return {"m": concrete, "t": self.pool.value(bodies.xml_text(value))}
        text = value if isinstance(value, str) else bodies.json_text(value)
        return {"m": concrete, ("t" if bodies.is_text(concrete) else "b"): self.pool.value(text)}

    def schema(self, media: Described) -> Schema:
        """The schema of a media type."""
        return self.table.schema(media.value.get("schema"), media.below("schema"))

    def streamed(self, media: Described) -> Schema:
        """The schema of one event or line; that of a list is one of its items, as SDKs take it."""
        key = next((each for each in ITEM_SCHEMA if each in media.value), "schema")
        schema = self.table.schema(media.value.get(key), media.below(key))
        target = self.table.target(schema) if key == "schema" else schema
        items = target.get("items")
        return items if target.get("type") in ("array", ["array"]) and isinstance(items, dict) else schema

    def is_textual(self, schema: Schema) -> bool:
        """The schema is one of texts."""
        return "string" in self.table.target(schema).get("type", ())

    def written(self, media: Described) -> Iterator[tuple[str, JsonValue]]:
        """The examples of the author, by name."""
        for name, example in self.description.members(media, "examples"):
            if "value" in example.value:
                yield name, example.value["value"]
        if "example" in media.value:
            yield "example", media.value["example"]

    def value(
        self, schema: Schema, media: Described, written: list[tuple[str, JsonValue]], *, name: str
    ) -> tuple[JsonValue, int]:
        """The first example that is valid, else a value that is made, and its number."""
        for _, example in written:
            for each in (example, parsed(example)):
                if self.generator.validity.holds(schema, each):
                    self.counted["written"] += 1
                    return each, self.pool.value(each)
            self.counted["refused"] += 1
        try:
            found = self.generator.value(schema)
        except NoValue:
            place = media.below("schema")
            message = f"no body could be found that the schema allows, for the answer {name}"
            hint = "look for conditions that contradict each other, or give an example that is valid"
            self.description.files.report(INVALID_OPENAPI, place, message, hint=hint)
            found = None
        return found, self.pool.value(found)

    def chunks(self, media_type: str, schema: Schema, media: Described, *, name: str) -> list[str]:
        """What a stream sends."""
        is_events = bodies.is_events(media_type)
        for _, example in self.written(media):
            found = bodies.events_in(example) if is_events and isinstance(example, str) else []
            if found and (self.is_textual(schema) or self.are_valid(schema, found)):
                self.counted["written"] += 1
                return found
        values = self.generator.several(schema, bodies.EVENTS)
        if not values:
            values = [self.value(schema, media, [], name=name)[0]]
        values = [values[index % len(values)] for index in range(bodies.EVENTS)]
        return bodies.event_chunks(values) if is_events else [bodies.json_text(each) + "\n" for each in values]

    def are_valid(self, schema: Schema, events: list[str]) -> bool:
        """The data of every event is JSON and valid; comments have none."""
        data = [bodies.data_of(each) for each in events]
        return all(self.generator.validity.holds(schema, parsed(each)) for each in data if each)

    def header(self, name: str, header: Described) -> tuple[str, str] | None:
        """The name and a valid value; None for what the message itself says, or what cannot be written."""
        if name.lower() in {"content-type", "content-length", "transfer-encoding", "connection"}:
            return None
        schema = self.table.schema(header.value.get("schema", {"type": "string"}), header.below("schema"))
        for _, example in self.written(header):
            if self.generator.validity.holds(schema, example):
                return name, bodies.header_text(example)
        try:
            return name, bodies.header_text(self.generator.value(schema, name.lower()))
        except NoValue:
            place = header.below("schema")
            self.description.files.report(
                INVALID_OPENAPI, place, f"no value that the schema allows for the header {name}"
            )
            return None

    def say(self, content: Made, media: Described) -> None:
        """Where an answer of failure can say what is wrong: `e`, a member that takes any text.

        `p` has the members of a problem document that nobody wrote and that take what its status says.
        """
        value, schema = self.pool.values[content["v"]], self.schema(media)
        if not isinstance(value, dict):
            return
        if content["m"] == "application/problem+json" and not any(True for _ in self.written(media)):
            told = {name: each for name, each in PROBLEM_MEMBERS.items() if name in value}
            if told and self.generator.validity.holds(schema, {**value, **told}):
                content["p"] = list(told)
        for name in SAID:
            if isinstance(value.get(name), str) and self.generator.validity.holds(schema, {**value, name: PROBE}):
                content["e"] = name
                return


def parsed(example: JsonValue) -> JsonValue:
    """The JSON value that an example is as a text; the example itself if it is none."""
    if isinstance(example, str) and example.lstrip()[:1] in {"{", "["}:
        try:
            found: JsonValue = json.loads(example)
        except (ValueError, RecursionError):
            return example
        return found
    return example


def concrete_type(media_type: str, is_textual: bool) -> str:  # noqa: FBT001 - the second of two
    """A media type for a range of them: `*/*` is JSON, or plain text where the schema is one."""
    if "*" not in media_type:
        return media_type
    kind = bodies.bare(media_type).partition("/")[0]
    if kind in {"*", "application"}:
        return "text/plain" if is_textual and kind == "*" else "application/json"
    return {"text": "text/plain", "image": "image/png", "audio": "audio/mpeg", "video": "video/mp4"}.get(
        kind, "application/octet-stream"
    )
