"""An object that requires itself is told of where it stands, before a sandbox looks for a value of it in vain."""

import json
from pathlib import PurePosixPath

import pytest

from themekit.source.api import read_api

STRING = {"type": "string"}


def told(schemas):
    """The places and messages of endless schemas, where `A` is what an operation answers."""
    answer = {
        "200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
    }
    value = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "a", "responses": answer}}},
        "components": {"schemas": schemas},
    }
    _, found = read_api(PurePosixPath("openapi.json"), json.dumps(value).encode(), read=lambda _: None)
    assert [] == [each.message for each in found if each.is_error]
    return [
        (each.place.pointer, each.message.partition("requires ")[2]) for each in found if "has an end" in each.message
    ]


def to(name):
    return {"$ref": f"#/components/schemas/{name}"}


def thing(*required, **properties):
    return {"type": "object", "required": list(required), "properties": properties}


@pytest.mark.parametrize(
    ("schemas", "expected"),
    [
        ({"A": thing("next", next=to("A"))}, [("/components/schemas/A", "`next`, and so itself")]),
        (
            {"A": thing("b", b=to("B")), "B": thing("a", a=to("A"))},
            [("/components/schemas/A", "`b` and then `a`, and so itself")],
        ),
        (
            {"A": thing("b", b=to("B")), "B": thing("b", b={"oneOf": [to("B"), to("C")]}), "C": thing("c", c=to("C"))},
            [("/components/schemas/B", "`b`, and so itself"), ("/components/schemas/C", "`c`, and so itself")],
        ),
    ],
)
def test_an_object_that_requires_itself(schemas, expected):
    assert expected == told(schemas)


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": thing(next=to("A"))},
        {"A": thing("next", next={"type": "array", "items": to("A")})},
        {"A": thing("next", next={"type": "object", "additionalProperties": to("A")})},
        {"A": thing("next", next={"oneOf": [to("A"), {"type": "null"}]})},
        {"A": thing("next", next={"oneOf": [to("A"), STRING]})},
        {"A": thing("b", b={"oneOf": [to("A"), to("B")]}), "B": thing("c", c=STRING)},
        {"A": {"oneOf": [thing("not", **{"not": to("A")}), STRING]}},
    ],
)
def test_an_end_is_possible(schemas):
    assert [] == told(schemas)


def test_long_ways_are_found_in_time():
    """Thousands of objects in one circle, told of once."""
    schemas = {f"A{number or ''}": thing("n", n=to(f"A{(number + 1) % 3000 or ''}")) for number in range(3000)}
    assert 1 == len(told(schemas))
