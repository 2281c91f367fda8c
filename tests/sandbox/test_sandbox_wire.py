"""Requests as they are written on the wire: every style of parameter, forms and parts, and every kind of credential."""

import json
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.sandbox.sandbox_calls import Caller
from tests.sandbox.small_apis import description, sandbox_of
from themekit.trial.sandbox import is_rebound, serving_data

OK = {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}
NUMBERS = {"type": "array", "items": {"type": "integer"}, "minItems": 2}
POINT = {
    "type": "object",
    "required": ["x"],
    "properties": {"x": {"type": "integer"}, "tags": {"type": "array", "items": {"type": "integer"}}},
    "additionalProperties": False,
}


def status(operation, path="/it", sent="/it", method="get", body=None, headers=None, **components):
    """What a call of an API with one operation is answered."""
    document = description({path: {method: {"operationId": "doIt", "responses": OK, **operation}}}, **components)
    data, errors = sandbox_of(document)
    assert [] == errors
    with serving_data(data) as base_url:
        return Caller(base_url).raw(method.upper(), sent, body, headers or {}).status


def query(schema, **more):
    return {"parameters": [{"name": "q", "in": "query", "required": True, "schema": schema, **more}]}


AS_JSON = {"application/json": {"schema": POINT}}


@pytest.mark.parametrize(
    ("operation", "good", "bad"),
    [
        (query({"type": "integer"}), "q=5", "q=5.5"),
        (query({"type": "boolean"}), "q=true", "q=1"),
        (query({"type": "string"}), "q=5", ""),
        (query({"type": ["integer", "null"]}), "q=null", "q=no"),
        (query(NUMBERS), "q=1&q=2", "q=1"),
        (query(NUMBERS, explode=False), "q=1,2", "q=1,b"),
        (query(NUMBERS, style="pipeDelimited", explode=False), "q=1%7C2", "q=1,2"),
        (query(NUMBERS, style="spaceDelimited", explode=False), "q=1%202", "q=1"),
        (query(POINT, style="deepObject"), "q[x]=1&q[tags][]=2&q[tags][]=3", "q[x]=a"),
        (query(POINT, style="deepObject"), "q%5Bx%5D=1", "q[y]=1"),
        (query(POINT), "x=1&tags=2", "x=a"),
        (query({"type": "array", "items": {"enum": ["a,b", "c"]}}, explode=False), "q=a%2Cb,c", "q=a,b,c"),
        (query({"type": "object", "additionalProperties": {"type": "integer"}}), "any=1&other=2", "any=x"),
        ({"parameters": [{"name": "q", "in": "query", "required": True, "content": AS_JSON}]},
         "q=%7B%22x%22%3A1%7D", "q=%7B%22x%22%3Atrue%7D"),
    ],
)  # fmt: skip
def test_a_query(operation, good, bad):
    assert 200 == status(operation, sent=f"/it?{good}")
    assert 400 == status(operation, sent=f"/it?{bad}")


@pytest.mark.parametrize(
    ("schema", "style", "good", "bad"),
    [
        ({"type": "integer"}, "simple", "5", "a"),
        (NUMBERS, "simple", "1,2", "1"),
        (NUMBERS, "label", ".1.2", ".1"),
        ({"type": "integer"}, "matrix", ";p=5", ";p=a"),
        ({"type": "string", "pattern": "^a/b$"}, "simple", "a%2Fb", "ab"),
    ],
)
def test_a_path(schema, style, good, bad):
    operation = {"parameters": [{"name": "p", "in": "path", "required": True, "style": style, "schema": schema}]}
    assert 200 == status(operation, path="/it/{p}", sent=f"/it/{good}")
    assert 400 == status(operation, path="/it/{p}", sent=f"/it/{bad}")


@pytest.mark.parametrize(
    ("style", "good", "bad"),
    [
        ("simple", "x=1", "x=a"),
        ("simple", "x=1,tags=2", "y=1"),
        ("label", ".x=1", ".x=a"),
        ("matrix", ";x=1", ";x=a"),
        ("matrix", ";x=1;tags=2", ";y=1"),
    ],
)
def test_an_object_in_a_path_member_by_member(style, good, bad):
    parameter = {"name": "p", "in": "path", "required": True, "style": style, "explode": True, "schema": POINT}
    assert 200 == status({"parameters": [parameter]}, path="/it/{p}", sent=f"/it/{good}")
    assert 400 == status({"parameters": [parameter]}, path="/it/{p}", sent=f"/it/{bad}")


def test_a_list_in_a_path_name_by_name():
    parameter = {"name": "p", "in": "path", "required": True, "style": "matrix", "explode": True, "schema": NUMBERS}
    assert 200 == status({"parameters": [parameter]}, path="/it/{p}", sent="/it/;p=1;p=2")
    assert 400 == status({"parameters": [parameter]}, path="/it/{p}", sent="/it/;p=1")


def test_a_path_that_is_described_in_percent_encoding():
    assert 200 == status({}, path="/%7Ba%7D/é", sent="/%7Ba%7D/%C3%A9")
    assert 404 == status({}, path="/%7Ba%7D/é", sent="/a/%C3%A9")


def test_a_file_of_no_known_kind_is_one_of_a_range():
    operation = {"requestBody": {"content": {"image/*": {}}}}
    for media_type, expected in (("image/png", 200), ("application/octet-stream", 200), ("text/plain", 415)):
        headers = {"content-type": media_type}
        assert expected == status(operation, method="post", body=b"x", headers=headers)


def test_a_concrete_path_wins_and_more_of_a_segment_can_be_one():
    at = {"operationId": "at", "responses": {**OK, "404": {"description": "no"}}}
    at["parameters"] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}]
    mine = {"operationId": "mine", "responses": {"204": {"description": "ok"}}}
    data, _ = sandbox_of(description({"/a/{id}.json": {"get": at}, "/a/mine.json": {"get": mine}}))
    with serving_data(data) as base_url:
        call = Caller(base_url)
        assert [200, 204, 404, 404] == [
            call("GET", path).status for path in ("/a/7.json", "/a/mine.json", "/a/x.json", "/a/7")
        ]


def test_headers_and_cookies():
    parameters = [
        {"name": "X-N", "in": "header", "required": True, "schema": NUMBERS},
        {"name": "c", "in": "cookie", "schema": {"type": "integer"}},
        {"name": "Accept", "in": "header", "required": True, "schema": {"type": "integer"}},
    ]
    assert 200 == status({"parameters": parameters}, headers={"X-N": "1, 2", "Cookie": "a=b; c=5"})
    assert 400 == status({"parameters": parameters}, headers={"X-N": "1, 2", "Cookie": "c=x"})
    assert 400 == status({"parameters": parameters}, headers={"Cookie": "c=5"})


LINES = {"type": "array", "items": {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}}
FORM = {
    "type": "object",
    "required": ["a"],
    "properties": {"a": NUMBERS, "p": POINT, "lines": LINES, "s": {"type": "string"}},
}
URL_ENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "good",
    [
        "a=1&a=2",
        "a=1,2",
        "a[]=1&a[]=2",
        "a[0]=1&a[1]=2",
        "a=1&a=2&p[x]=1&p[tags][0]=4",
        "a=1&a=2&lines[0][n]=1&lines[1][n]=2",
        'a=1&a=2&p={"x":1}',
        "a=1&a=2&s=5",
    ],
)
def test_a_form(good):
    body = {"requestBody": {"required": True, "content": {URL_ENCODED: {"schema": FORM}}}}
    assert 200 == status(body, method="post", body=good.encode(), headers={"content-type": URL_ENCODED})


@pytest.mark.parametrize("bad", ["s=1", "a=1", "a=1&a=b", "a=1&a=2&p[y]=1", "a=1&a=2&lines[0][n]=x", "%"])
def test_a_form_that_is_not_valid(bad):
    body = {"requestBody": {"required": True, "content": {URL_ENCODED: {"schema": FORM}}}}
    assert 400 == status(body, method="post", body=bad.encode(), headers={"content-type": URL_ENCODED})


SCHEMES = {
    "basic": {"type": "http", "scheme": "basic"},
    "header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "query": {"type": "apiKey", "in": "query", "name": "key"},
    "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "open": {"type": "openIdConnect", "openIdConnectUrl": "https://a.example/.well-known/openid-configuration"},
    "mutual": {"type": "mutualTLS"},
}
GOOD = {
    "basic": {"Authorization": "Basic YTpi"},
    "header": {"X-Key": "k"},
    "query": {},
    "cookie": {"Cookie": "sid=k"},
    "open": {"Authorization": "Bearer t"},
}


@pytest.mark.parametrize("name", GOOD)
def test_a_credential_of_every_kind(name):
    operation = {"security": [{name: []}]}
    sent = "/it?key=k" if name == "query" else "/it"
    assert 200 == status(operation, sent=sent, headers=GOOD[name], securitySchemes=SCHEMES)
    assert 401 == status(operation, headers={}, securitySchemes=SCHEMES)


@pytest.mark.parametrize(("explode", "sent"), [(True, "x=1; tags=2"), (False, "q=x,1"), (False, "q=x%2C1")])
def test_an_object_in_cookies(explode, sent):
    parameter = {"name": "q", "in": "cookie", "required": True, "schema": POINT, "explode": explode}
    assert 200 == status({"parameters": [parameter]}, headers={"cookie": sent})
    assert 400 == status({"parameters": [parameter]}, headers={"cookie": sent.replace("1", "a")})


def test_all_of_an_alternative_are_needed():
    operation = {"security": [{"basic": [], "header": []}, {"cookie": []}]}
    for headers, expected in (
        (GOOD["basic"], 401),
        ({**GOOD["basic"], **GOOD["header"]}, 200),
        ({**GOOD["cookie"], "X-Key": "invalid"}, 200),
        ({**GOOD["basic"], "X-Key": "invalid"}, 401),
    ):
        assert expected == status(operation, headers=headers, securitySchemes=SCHEMES)
    assert 200 == status({"security": [{"mutual": []}]}, securitySchemes=SCHEMES)
    assert 200 == status({"security": [{}, {"basic": []}]}, securitySchemes=SCHEMES)


def test_what_is_refused_is_422_where_that_alone_is_described():
    body = {"requestBody": {"required": True, "content": {"application/json": {"schema": POINT}}}}
    described = {**body, "responses": {**OK, "422": {"description": "no"}}}
    assert 422 == status(described, method="post", body=b"{}", headers={"content-type": "application/json"})
    assert 400 == status(body, method="post", body=b"{}", headers={"content-type": "application/json"})


def test_media_types_are_chosen_by_accept_and_by_stream():
    content = {
        "text/csv": {"schema": {"type": "string"}, "example": "a,b"},
        "application/json": {"schema": {"type": "object"}, "example": {"a": 1}},
        "text/event-stream": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}},
        "application/xml": {"schema": {"type": "object"}, "example": {"a": ["<", 2]}},
        "application/x-ndjson": {"schema": {"type": "integer"}},
    }
    operation = {"operationId": "go", "responses": {"200": {"description": "ok", "content": content}}}
    operation["requestBody"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
    data, errors = sandbox_of(description({"/it": {"post": operation}}))
    assert [] == errors
    with serving_data(data) as base_url:
        call = Caller(base_url)
        assert {"a": 1} == call("POST", "/it").json
        assert b"a,b" == call("POST", "/it", accept="text/csv, */*;q=0.1").content
        assert {"a": 1} == call("POST", "/it", accept="image/png").json
        assert call("POST", "/it", accept="application/xml").content.endswith(b"<a>&lt;</a><a>2</a></response>\n")
        assert 3 == len(
            [json.loads(each) for each in call("POST", "/it", accept="application/x-ndjson").content.splitlines()]
        )
        for got in (call("POST", "/it", {"stream": True}), call("POST", "/it", accept="text/event-stream")):
            assert 3 == len([json.loads(each[5:]) for each in got.content.decode().split("\n") if each])
        assert {"a": 1} == call("POST", "/it", {"stream": False}, accept="*/*").json


@pytest.mark.parametrize("token_url", ["https://a.example/v1/oauth/token", "/v1/oauth/token", "oauth/token"])
def test_a_token_where_no_operation_gives_one(token_url):
    flows = {"clientCredentials": {"tokenUrl": token_url, "scopes": {}}}
    data, _ = sandbox_of(
        description({"/it": {"get": {"operationId": "it", "responses": OK}}},
                    securitySchemes={"o": {"type": "oauth2", "flows": flows}})
    )  # fmt: skip
    form = b"grant_type=client_credentials&client_id=a&client_secret="
    for base_path, sent in ((None, "/oauth/token"), ("/own", "/oauth/token")):
        with serving_data(data, base_path=base_path) as base_url:
            call = Caller(base_url)
            got = call.raw("POST", sent, form + b"s", {"content-type": URL_ENCODED})
            assert (200, "Bearer", 3600) == (got.status, got.json["token_type"], got.json["expires_in"])
            assert 401 == call.raw("POST", sent, form + b"invalid", {"content-type": URL_ENCODED}).status
            assert 401 == call.raw("POST", sent, b"grant_type=x", {"content-type": URL_ENCODED}).status


@pytest.mark.parametrize(
    ("refused", "headers"),
    [
        (True, {"host": "evil.example", "accept-language": "en"}),
        (True, {"host": "127.0.0.1.evil.example:80", "user-agent": "Mozilla/5.0"}),
        (True, {"accept-language": "en"}),
        (False, {"host": "127.0.0.1:8370", "accept-language": "en"}),
        (False, {"host": "[::1]:8370", "user-agent": "Mozilla/5.0"}),
        (False, {"host": "LOCALHOST", "user-agent": "Mozilla/5.0"}),
        (False, {"host": "api.acme.example", "user-agent": "acme-sdk-go/1.0.0"}),
    ],
)
def test_a_browser_asks_for_this_machine_or_not_at_all(refused, headers):
    """A page whose name was turned to this machine would read the answers as its own; a gateway keeps its host."""
    assert refused == is_rebound(headers)


def test_a_rebound_browser_gets_nothing(sample_data):
    with serving_data(sample_data) as base_url:
        asked = Request(f"{base_url}/payments", headers={"Host": "evil.example", "Accept-Language": "en"})
        with pytest.raises(HTTPError) as refusal:
            urlopen(asked)
        with refusal.value as answer:
            assert 421 == answer.code
            assert b"pay_" not in answer.read()
