"""Examples of requests that emitters get: valid ones and no others, and as small as they can be."""

import json

import pytest

from tests.sandbox.small_apis import PATH, description
from themekit.sandbox.requests import with_valid_requests
from themekit.source.api import read_api

STRING = {"type": "string"}
CODE = {"type": "string", "pattern": "^x-[0-9]{3}$"}


def operation_of(operation, path="/it"):
    """The operation as emitters get it."""
    document = description({path: {"post": {"responses": {"200": {"description": ""}}, **operation}}})
    content = json.dumps(document).encode()
    api, _ = read_api(PATH, content, read=lambda _: None)
    (found,) = with_valid_requests(api, PATH, content=content, read=lambda _: None).operations
    return found


def examples_of(schema, media_type="application/json", **media):
    """The values of a body's examples, with their names."""
    found = operation_of({"requestBody": {"content": {media_type: {"schema": schema, **media}}}})
    return [(name, json.loads(text)) for name, text in found.body.contents[0].examples]


def test_an_example_that_is_not_valid_gives_way_to_one_that_is():
    schema = {"type": "object", "required": ["a"], "properties": {"a": CODE, "b": STRING}}
    ((name, value),) = examples_of(schema, example={"a": "wrong", "b": "more"})
    assert "" == name
    assert ["a"] == list(value)
    assert "x-" == value["a"][:2]


def test_valid_examples_of_the_author_are_kept_with_their_names():
    schema = {"type": "object", "properties": {"a": CODE}}
    examples = {"one": {"value": {"a": "no"}}, "two": {"value": {"a": "x-123"}}}
    assert [("two", {"a": "x-123"})] == examples_of(schema, examples=examples)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "object", "properties": {"a": {"const": 1}, "b": STRING}}, {"a": 1}),
        ({"properties": {"a": {"const": 1}, "b": {"const": 2}}, "oneOf": [{"required": ["b"]}, {"required": ["c"]}]},
         {"b": 2}),
        ({"type": "array", "prefixItems": [{"const": "p"}, {"const": 7}], "minItems": 2}, ["p", 7]),
        ({"type": "object", "required": ["r"], "properties": {"r": {"const": 1, "readOnly": True}, "w": {"const": 2}}},
         {"w": 2}),
    ],
)  # fmt: skip
def test_what_types_do_not_say_is_kept(schema, expected):
    assert [("", expected)] == examples_of(schema)


def test_a_text_has_the_text_of_a_number():
    assert [("", "7")] == examples_of({"const": 7}, media_type="text/plain")


def test_where_nothing_is_valid_there_is_no_example():
    assert [] == examples_of({"type": "string", "minLength": 2, "maxLength": 1}, example="no")


def test_parameters_that_must_be_there_have_a_valid_example():
    """Also at a path that is percent-encoded in the model."""
    parameters = [
        {"name": "code", "in": "path", "required": True, "schema": CODE, "example": "wrong"},
        {"name": "where", "in": "query", "required": True, "style": "deepObject",
         "schema": {"type": "object", "properties": {"a": {"const": "b"}}}},
        {"name": "other", "in": "query", "schema": CODE, "example": "wrong"},
        {"name": "as-json", "in": "query", "required": True, "content": {"application/json": {"schema": {"const": 3}}}},
    ]  # fmt: skip
    found = operation_of({"parameters": parameters}, path="/é/{code}").parameters
    assert ("code", "x-") == (found[0].wire, json.loads(found[0].docs.examples[0])[:2])
    assert [('{"a":"b"}',), (), ("3",)] == [each.docs.examples for each in found[1:]]


def test_members_of_a_form_that_must_be_there_hold_something():
    """Of an empty object or list nothing is sent."""
    inner = {"type": "object", "properties": {"x": {"const": "in"}}}
    schema = {"type": "object", "required": ["o"], "properties": {"o": inner}}
    ((_, made),) = examples_of(schema, media_type="application/x-www-form-urlencoded")
    assert {"o": {"x": "in"}} == made
