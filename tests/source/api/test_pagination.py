"""How lists go on: what is said, what is recognised, and that nothing is guessed."""

import pytest

from tests.source.api.described import described, read
from themekit.model.api_types import Reference

STRING, INTEGER, BOOLEAN = {"type": "string"}, {"type": "integer"}, {"type": "boolean"}
ITEM = {"type": "object", "properties": {"id": STRING}}
DATA = {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}


def paginated(query, answer, *, method="get", headers=(), warned=(), **members):
    """The pagination of an operation with these query parameters and members of its answer."""
    schema = (
        answer if "type" in answer and isinstance(answer["type"], str) else {"type": "object", "properties": answer}
    )
    response = {
        "description": "",
        "content": {"application/json": {"schema": schema}},
        "headers": {name: {"schema": STRING} for name in headers},
    }
    operation = {
        "operationId": "op",
        "parameters": [{"name": name, "in": "query", "schema": kind} for name, kind in query.items()],
        "responses": {"200": response},
        **members,
    }
    model, found = read(described({"/a": {method: operation}}, schemas={"Item": ITEM}))
    assert list(warned) == [each.message for each in found]
    pagination = model.operations[0].pagination
    assert pagination is None or Reference("item") == pagination.item_type
    return pagination


@pytest.mark.parametrize(
    ("expected", "query", "answer"),
    [
        (
            ("cursor", ("data",), "starting_after", ("next_cursor",), ("has_more",), "limit"),
            {"limit": INTEGER, "starting_after": STRING},
            {"data": DATA, "has_more": BOOLEAN, "next_cursor": {"type": ["string", "null"]}},
        ),
        (
            ("cursor", ("items",), "pageToken", ("nextPageToken",), (), "maxResults"),
            {"maxResults": INTEGER, "pageToken": STRING},
            {"items": DATA, "nextPageToken": STRING},
        ),
        (
            ("cursor", ("results",), "cursor", ("meta", "next"), (), ""),
            {"cursor": STRING},
            {"results": DATA, "meta": {"type": "object", "properties": {"next": STRING}}},
        ),
        (
            ("last-id", ("data",), "after", (), ("has_more",), "limit"),
            {"limit": INTEGER, "after": STRING},
            {"data": DATA, "has_more": BOOLEAN, "last_id": STRING},
        ),
        (("offset", ("entries",), "offset", (), (), "limit"), {"limit": INTEGER, "offset": INTEGER}, {"entries": DATA}),
        (
            ("page", ("users",), "page", (), (), "per_page"),
            {"page": INTEGER, "per_page": INTEGER},
            {"users": DATA, "total": INTEGER},
        ),
        (("page", (), "page", (), (), "per_page"), {"page": INTEGER, "per_page": INTEGER}, DATA),
        (
            ("next-url", ("data",), "", ("next_page_uri",), (), ""),
            {},
            {"data": DATA, "next_page_uri": {"type": ["string", "null"], "format": "uri"}},
        ),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_recognised(expected, query, answer):
    found = paginated(query, answer)
    assert expected == (found.kind, found.items, found.parameter, found.next, found.more, found.size)


def test_a_link_header():
    assert "link-header" == paginated({"page": INTEGER, "per_page": INTEGER}, DATA, headers=["Link"]).kind


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({}, {"data": DATA}),
        ({"limit": INTEGER}, {"data": DATA, "has_more": BOOLEAN}),
        ({"cursor": STRING}, {"data": DATA}),
        ({"page": INTEGER}, {"data": DATA}),
        ({"cursor": STRING}, {"next_cursor": STRING}),
        ({"cursor": STRING}, {"one": DATA, "two": DATA, "next_cursor": STRING}),
        ({}, DATA),
    ],
)
def test_nothing_is_guessed(query, answer):
    assert paginated(query, answer) is None


def test_only_a_get_is_recognised():
    query, answer = {"cursor": STRING}, {"data": DATA, "next_cursor": STRING}
    assert paginated(query, answer, method="post") is None
    said = {"kind": "cursor", "items": "data", "parameter": "cursor", "next": "next_cursor"}
    assert ("next_cursor",) == paginated(query, answer, method="post", **{"x-pagination": said}).next


def test_it_can_be_said_that_there_is_none():
    assert paginated({"cursor": STRING}, {"data": DATA, "next_cursor": STRING}, **{"x-pagination": False}) is None


def test_a_cursor_in_the_body():
    said = {"kind": "cursor", "items": ["page", "rows"], "parameter": "cursor", "next": "page.cursor", "in": "body"}
    body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"cursor": STRING}}}}}
    answer = {"page": {"type": "object", "properties": {"rows": DATA, "cursor": STRING}}}
    found = paginated({}, answer, method="post", requestBody=body, **{"x-pagination": said})
    assert ("body", ("page", "rows"), ("page", "cursor")) == (found.place, found.items, found.next)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("`x-pagination`: there is no kind `pages`", {"kind": "pages"}),
        ("`x-pagination`: the answer has no list at `rows`", {"kind": "cursor", "items": "rows"}),
        (
            "`x-pagination`: the request has no parameter `next` in its query",
            {"kind": "cursor", "items": "data", "parameter": "next"},
        ),
        ("`x-pagination`: expected an object, or false", True),
    ],
)
def test_what_is_said_wrongly(message, said):
    assert paginated({}, {"data": DATA}, warned=[message], **{"x-pagination": said}) is None
