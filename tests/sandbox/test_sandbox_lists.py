"""Lists of every kind of pagination, followed to their end as an SDK follows them."""

import json
import re
from urllib.parse import urlsplit

import pytest

from tests.sandbox.sandbox_calls import Caller
from tests.sandbox.small_apis import description, sandbox_of
from themekit.trial.sandbox import serving_data

ITEM = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}, "n": {"type": "integer"}}}
LIST = {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}


def query(name, kind="integer", **more):
    return {"name": name, "in": "query", "schema": {"type": kind, **more}}


def paged(schema, parameters, said, headers=None, body=None):
    """An API with one list."""
    answer = {"description": "ok", "content": {"application/json": {"schema": schema}}, "headers": headers or {}}
    operation = {
        "operationId": "listItems",
        "parameters": parameters,
        "responses": {"200": answer},
        "x-pagination": said,
    }
    if body:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return description({"/items": {"post" if body else "get": operation}}, schemas={"Item": ITEM})


def with_members(**members):
    return {"type": "object", "required": ["data"], "properties": {"data": LIST, **members}}


CURSOR = paged(
    with_members(next={"type": ["string", "null"]}),
    [query("cursor", "string"), query("size")],
    {"kind": "cursor", "items": "data", "next": "next", "parameter": "cursor", "size": "size"},
)
CASES = {
    "cursor": CURSOR,
    "a cursor that is left out": paged(
        with_members(meta={"type": "object", "properties": {"next": {"type": "string", "pattern": "^c[0-9]{5}$"}}}),
        [query("cursor", "string", pattern="^c[0-9]{5}$"), query("size")],
        {"kind": "cursor", "items": "data", "next": "meta.next", "parameter": "cursor", "size": "size"},
    ),
    "a number as cursor": paged(
        with_members(next={"type": ["integer", "null"]}),
        [query("cursor"), query("size")],
        {"kind": "cursor", "items": "data", "next": "next", "parameter": "cursor", "size": "size"},
    ),
    "last-id": paged(
        with_members(more={"type": "boolean"}),
        [query("after", "string"), query("size")],
        {"kind": "last-id", "items": "data", "more": "more", "parameter": "after", "size": "size", "idField": "id"},
    ),
    "offset": paged(LIST, [query("skip"), query("size")], {"kind": "offset", "parameter": "skip", "size": "size"}),
    "page": paged(LIST, [query("page"), query("size")], {"kind": "page", "parameter": "page", "size": "size"}),
    "pages from 0": paged(
        LIST, [query("page", default=0), query("size")], {"kind": "page", "parameter": "page", "size": "size"}
    ),
    "next-url": paged(
        with_members(next={"type": ["string", "null"], "format": "uri"}),
        [query("size")],
        {"kind": "next-url", "items": "data", "next": "next", "size": "size"},
    ),
    "link-header": paged(LIST, [query("size")], {"kind": "link-header", "size": "size"}),
    "a body": paged(
        with_members(next={"type": ["string", "null"]}),
        [],
        {"kind": "cursor", "items": "data", "next": "next", "parameter": "cursor", "in": "body", "size": "size"},
        body={"type": "object", "properties": {"cursor": {"type": "string"}, "size": {"type": "integer"}}},
    ),
}


def data_of(document):
    data, errors = sandbox_of(document)
    assert [] == errors
    assert "page" in json.loads(data.text)["operations"][0], "the reader knows how the list goes on"
    return data


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("size", [1, 3, 7])
def test_seven_items_to_the_end(name, size):
    with serving_data(data_of(CASES[name])) as base_url:
        pages = list(followed(Caller(base_url), CASES[name], size))
    assert 7 == sum(map(len, pages))
    assert 7 == len({each["id"] for page in pages for each in page})
    assert {size} >= {len(page) for page in pages[: 7 // size]}


def followed(call, document, size):
    """The items, page by page, as `Pagination` of the model says."""
    (operation,) = document["paths"]["/items"].values()
    said = operation["x-pagination"]
    counts_from_0 = operation["parameters"][:1] == [query("page", default=0)]
    sent, path = {"size": size} | ({"page": 0} if counts_from_0 else {}), None
    for _ in range(20):
        asked = "&".join(f"{name}={value}" for name, value in sent.items())
        got = call("POST", "/items", sent) if said.get("in") == "body" else call("GET", path or f"/items?{asked}")
        assert got.status == 200, got
        items = got.json["data"] if "items" in said else got.json
        if not items:
            return
        yield items
        if said["kind"] in {"next-url", "link-header"}:
            path = next_path(said, got)
            if path is None:
                return
        else:
            value = next_value(said, got.json, items, sent.get(said["parameter"]))
            if value is None:
                return
            sent[said["parameter"]] = value
    raise AssertionError("the list has no end")


def next_value(said, body, items, before):
    """What is sent as the parameter; None at the end."""
    if said["kind"] == "last-id":
        return items[-1]["id"] if body["more"] else None
    if said["kind"] == "offset":
        return (before or 0) + len(items)
    if said["kind"] == "page":
        return 2 if before is None else before + 1
    for part in said["next"].split("."):
        body = (body or {}).get(part)
    return body


def next_path(said, got):
    found = re.search("<(.*)>", got.headers.get("link", ""))
    link = got.json["next"] if said["kind"] == "next-url" else found and found[1]
    return link and urlsplit(link)._replace(scheme="", netloc="").geturl().removeprefix("/v1")


def test_a_page_is_no_larger_than_the_schema_allows():
    document = paged(
        with_members(next={"type": ["string", "null"]}) | {"properties": {"data": {**LIST, "maxItems": 2}, "next": {}}},
        [query("cursor", "string"), query("size")],
        {"kind": "cursor", "items": "data", "next": "next", "parameter": "cursor", "size": "size"},
    )
    with serving_data(data_of(document)) as base_url:
        pages = list(followed(Caller(base_url), document, 5))
    assert [2, 2, 2, 1] == [len(page) for page in pages]


def test_a_cursor_that_nobody_gave_is_the_beginning():
    with serving_data(data_of(CURSOR)) as base_url:
        call = Caller(base_url)
        assert call("GET", "/items").json == call("GET", "/items?cursor=nobody").json


NUMBER = {"type": "integer", "minimum": 0}
COUNTED = {
    "pages": (
        with_members(page=NUMBER, total_pages=NUMBER, perPage=NUMBER),
        {"kind": "page", "items": "data", "parameter": "page", "size": "size"},
        "size=3&page=3",
        {"page": 3, "total_pages": 3, "perPage": 3},
    ),
    "offset": (
        with_members(meta={"type": "object", "properties": {"total": NUMBER, "offset": NUMBER, "size": NUMBER}}),
        {"kind": "offset", "items": "data", "parameter": "offset", "size": "size"},
        "size=2&offset=4",
        {"meta": {"total": 7, "offset": 4, "size": 2}},
    ),
    "a number that the schema forbids": (
        with_members(total={"type": "integer", "maximum": 5, "example": 5}),
        {"kind": "page", "items": "data", "parameter": "page", "size": "size"},
        "size=3",
        {"total": 5},
    ),
    "another number": (
        with_members(price={"type": "object", "properties": {"total": {"type": "integer", "example": 1290}}}),
        {"kind": "page", "items": "data", "parameter": "page", "size": "size"},
        "size=3",
        {"price": {"total": 1290}},
    ),
}


@pytest.mark.parametrize("name", COUNTED)
def test_numbers_about_the_list_are_true(name):
    """A client that goes on while `page` is below `total_pages` gets all items."""
    schema, said, asked, expected = COUNTED[name]
    document = paged(schema, [query(said["parameter"]), query("size")], said)
    with serving_data(data_of(document)) as base_url:
        body = Caller(base_url)("GET", f"/items?{asked}").json
    assert expected == {key: value for key, value in body.items() if key != "data"}
