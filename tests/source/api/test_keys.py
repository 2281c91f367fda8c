"""Keys that are nearly one of the specification's are told of, wherever they stand; all others are left alone."""

import json
from pathlib import PurePosixPath

import pytest

from themekit.source.api import read_api
from themekit.source.api.keys import KINDS

PATH = PurePosixPath("openapi.json")
STRING = {"type": "string"}
ANSWER = {"200": {"description": "", "content": {"application/json": {"schema": STRING}}}}


def told(value, files=None):
    """The places of keys that were told of, with the hints."""
    given = {PurePosixPath(name): json.dumps(each).encode() for name, each in (files or {}).items()}
    _, found = read_api(PATH, json.dumps(value).encode(), read=given.get)
    assert [] == [each.message for each in found if each.is_error]
    return [(str(each.place.pointer), each.hint) for each in found if "is no key here" in each.message]


def described(**more):
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, **more}


def operation(**more):
    return described(paths={"/a": {"get": {"operationId": "a", "responses": ANSWER, **more}}})


@pytest.mark.parametrize(
    ("value", "pointer", "meant"),
    [
        (described(component={}), "/component", "components"),
        (described(info={"title": "T", "version": "1", "licence": {}}), "/info/licence", "license"),
        (described(servers=[{"url": "https://a.example", "variable": {}}]), "/servers/0/variable", "variables"),
        (described(tags=[{"name": "a", "descripton": ""}]), "/tags/0/descripton", "description"),
        (operation(operationID="b"), "/paths/~1a/get/operationID", "operationId"),
        (operation(parametres=[]), "/paths/~1a/get/parametres", "parameters"),
        (
            operation(parameters=[{"name": "q", "in": "query", "requried": True, "schema": STRING}]),
            "/paths/~1a/get/parameters/0/requried",
            "required",
        ),
        (
            operation(requestBody={"content": {"text/plain": {"schema": STRING, "exampels": {}}}}),
            "/paths/~1a/get/requestBody/content/text~1plain/exampels",
            "examples",
        ),
        (
            operation(callbacks={"c": {"{$url}": {"post": {"deprecatd": True, "responses": ANSWER}}}}),
            "/paths/~1a/get/callbacks/c/{$url}/post/deprecatd",
            "deprecated",
        ),
        (
            described(components={"schemas": {"A": {"properties": {"b": {"items": {"maxlength": 3}}}}}}),
            "/components/schemas/A/properties/b/items/maxlength",
            "maxLength",
        ),
        (
            described(components={"schemas": {"A": {"allOf": [{"additionalProperty": False}]}}}),
            "/components/schemas/A/allOf/0/additionalProperty",
            None,
        ),
        (
            described(components={"securitySchemes": {"k": {"type": "http", "scheme": "bearer", "bearerformat": "x"}}}),
            "/components/securitySchemes/k/bearerformat",
            "bearerFormat",
        ),
    ],
)
def test_a_misspelled_key_is_told_of_at_its_place(value, pointer, meant):
    expected = [] if meant is None else [(pointer, f"did you mean `{meant}`?")]
    assert expected == told(value)


def test_what_is_free_is_left_alone():
    """Extensions, names, examples, values, and keywords of other vocabularies."""
    wrong = {"descripton": 1, "operationID": 2}
    schema = {
        "type": "object",
        "properties": {"descripton": STRING, "requried": STRING},
        "x-operationID": 1,
        "default": wrong,
        "examples": [wrong],
        "enum": [wrong],
        "title-case": True,
    }
    value = operation(
        **{
            "x-parametres": [],
            "requestBody": {"content": {"application/json": {"schema": schema, "example": wrong, "x-a": wrong}}},
        }
    )
    assert [] == told({**value, "x-info": wrong})


def test_a_key_in_another_file_is_told_of_there():
    value = operation(requestBody={"content": {"application/json": {"schema": {"$ref": "other.json#/a"}}}})
    _, found = read_api(
        PATH,
        json.dumps(value).encode(),
        read={PurePosixPath("other.json"): json.dumps({"a": {"type": "string", "minlength": 2}}).encode()}.get,
    )
    assert [("other.json", "/a/minlength", "key")] == [
        (str(each.place.path), each.place.pointer, each.place.part) for each in found
    ]


def test_every_kind_that_is_named_is_described():
    """A name that leads nowhere would leave what is below it unread."""
    named = {kind.strip("[]{}") for each in KINDS.values() for kind in each.inner.values()}
    assert {"callback"} == named - KINDS.keys()


def test_it_tells_of_so_many_at_most():
    """A long list of mistakes is read by nobody, and nearness costs time."""
    properties = {f"p{index}": {"descripton": ""} for index in range(5000)}
    assert 200 == len(told(described(components={"schemas": {"A": {"type": "object", "properties": properties}}})))
