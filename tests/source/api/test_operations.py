"""Operations: parameters, bodies, answers, links, callbacks, webhooks, security and servers."""

import pytest

from tests.source.api.described import answering, described, read
from themekit.model.api import Flow, Requirement, Server
from themekit.model.api_types import Constant, ListOf, Primitive, Reference
from themekit.source.api.bodies import kind_of

STRING = {"type": "string"}
OBJECT = {"type": "object", "properties": {"id": STRING, "name": STRING}}


def operation_of(
    path="/a", method="post", *, item=None, schemas=None, components=None, version="3.1.0", warned=(), **members
):
    """The one operation of a description, and its model."""
    operation = {"operationId": "op", "responses": {"200": {"description": ""}}, **members}
    document = described(
        {path: {**(item or {}), method: operation}}, schemas=schemas, version=version, components=components or {}
    )
    model, found = read(document)
    assert list(warned) == [each.message for each in found]
    return model.operations[0], model


def named(operation):
    return {"_".join(each.name): each for each in operation.parameters}


def test_parameters_have_the_defaults_of_their_places():
    parameters = [
        {"name": "p", "in": "path", "required": True, "schema": STRING},
        {"name": "q", "in": "query", "schema": {"type": "array", "items": STRING}},
        {"name": "d", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
        {"name": "s", "in": "query", "style": "spaceDelimited", "schema": {"type": "array"}},
        {"name": "X-H", "in": "header", "schema": {"type": "integer"}},
        {"name": "c", "in": "cookie", "schema": STRING},
        {"name": "j", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
        {"name": "r", "in": "query", "allowReserved": True, "explode": False, "schema": STRING},
    ]
    operation, _ = operation_of("/a/{p}", parameters=parameters)
    found = [(each.wire, each.style, each.explode, each.is_required) for each in operation.parameters]
    expected = [
        ("p", "simple", False, True),
        ("q", "form", True, False),
        ("d", "deepObject", True, False),
        ("s", "spaceDelimited", False, False),
        ("X-H", "simple", False, False),
        ("c", "form", True, False),
        ("j", "form", True, False),
        ("r", "form", False, False),
    ]
    assert expected == found
    assert "application/json" == named(operation)["j"].content_type
    assert named(operation)["r"].allow_reserved
    assert "x_h" in named(operation)


def test_parameters_of_the_path_are_merged():
    item = {
        "parameters": [{"name": "a", "in": "query", "schema": STRING}, {"name": "b", "in": "query", "schema": STRING}]
    }
    operation, _ = operation_of(item=item, parameters=[{"name": "b", "in": "query", "schema": {"type": "integer"}}])
    assert [("a", Primitive("string")), ("b", Primitive("integer"))] == [
        (each.wire, each.type) for each in operation.parameters
    ]


def test_a_parameter_named_like_a_member_of_the_body_says_where_it_is():
    body = {"content": {"application/json": {"schema": OBJECT}}}
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": STRING},
        {"name": "id", "in": "query", "schema": STRING},
        {"name": "limit", "in": "query", "schema": STRING},
    ]
    operation, _ = operation_of("/a/{id}", parameters=parameters, requestBody=body)
    assert ["path_id", "query_id", "limit"] == list(named(operation))


def test_a_parameter_named_like_a_body_that_is_no_object():
    body = {"content": {"application/json": {"schema": {"type": "array"}}}}
    operation, _ = operation_of(parameters=[{"name": "body", "in": "query", "schema": STRING}], requestBody=body)
    assert ["query_body"] == list(named(operation))


def test_headers_that_are_made_otherwise_are_ignored():
    parameters = [{"name": "Authorization", "in": "header", "schema": STRING}]
    message = "a parameter `Authorization` is ignored: the header is made from bodies or security"
    operation, _ = operation_of(parameters=parameters, warned=[message])
    assert () == operation.parameters


def test_a_path_and_its_parameters_must_agree():
    parameters = [{"name": "other", "in": "path", "required": True, "schema": STRING}]
    warned = [
        "the path has no `{other}`, so that parameter is left out",
        "the path's `{id}` is described nowhere; it is a string",
    ]
    operation, _ = operation_of("/a/{id}", parameters=parameters, warned=warned)
    assert [("id", "path", True)] == [(each.wire, each.place, each.is_required) for each in operation.parameters]


def test_a_parameter_says_what_it_takes():
    both = {"schema": STRING, "content": {"text/plain": {"schema": STRING}}}
    parameters = [{"name": "a", "in": "query"}, {"name": "b", "in": "query", **both}]
    warned = [
        "a `schema` or `content` is missing; any text is taken",
        "it is not read, as there is a `schema` beside it",
    ]
    operation, _ = operation_of(parameters=parameters, warned=warned)
    assert [("a", Primitive("string"), ""), ("b", Primitive("string"), "")] == [
        (each.wire, each.type, each.content_type) for each in operation.parameters
    ]


@pytest.mark.parametrize("parameter", [{"name": "a", "in": "body"}, {"in": "query"}, {"name": "a b", "in": "header"}])
def test_a_parameter_that_cannot_be_sent_is_refused(parameter):
    model, found = read(described({"/a": {"get": {"parameters": [parameter], "responses": {}}}}))
    assert model is None
    assert ["/paths/~1a/get/parameters/0"] == [each.place.pointer for each in found]


def test_a_path_is_written_as_urls_are():
    operation, _ = operation_of('/a"b/ü:act/x')
    assert "/a%22b/%C3%BC:act/x" == operation.path


@pytest.mark.parametrize("path", ["a", "/a b", "/{a", "/a\\b", "/a\u202eb"])
def test_what_is_no_path_is_refused(path):
    model, found = read(described({path: {"get": {"responses": {}}}}))
    assert model is None
    assert ["invalid-openapi"] == [each.code for each in found]


def test_a_query_in_a_path_is_a_constant():
    operation, _ = operation_of("/a?beta=true")
    assert "/a" == operation.path
    assert [("beta", Constant('"true"'), True)] == [
        (each.wire, each.type, each.is_required) for each in operation.parameters
    ]


def test_a_fragment_in_a_path_is_never_sent():
    message = "`#x` in a path is never sent; it only tells operations apart"
    operation, _ = operation_of("/a#x", warned=[message])
    assert "/a" == operation.path


@pytest.mark.parametrize(
    ("expected", "media_type"),
    [
        ("json", "application/json; charset=utf-8"),
        ("json", "application/problem+json"),
        ("json", "*/*"),
        ("form", "application/x-www-form-urlencoded"),
        ("multipart", "multipart/form-data"),
        ("text", "text/plain"),
        ("text", "text/html"),
        ("events", "text/event-stream"),
        ("json-lines", "application/x-ndjson"),
        ("json-lines", "application/jsonl"),
        ("json-lines", "application/json-seq"),
        ("xml", "application/xml"),
        ("xml", "application/atom+xml"),
        ("binary", "image/svg+xml"),
        ("binary", "application/octet-stream"),
        ("binary", "application/pdf"),
    ],
)
def test_kinds_of_bodies(expected, media_type):
    assert expected == kind_of(media_type)


def test_json_is_preferred():
    content = {
        "text/plain": {"schema": STRING},
        "application/xml": {"schema": OBJECT},
        "application/json": {"schema": OBJECT},
    }
    operation, _ = operation_of(requestBody={"required": True, "content": content, "description": "What."})
    assert ["json", "text", "xml"] == [each.kind for each in operation.body.contents]
    assert operation.body.is_required
    assert "What." == operation.body.docs.description


def test_parts_of_a_form():
    schema = {
        "type": "object",
        "required": ["file"],
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "photo": {"type": "string", "contentMediaType": "image/png"},
            "more": {"type": "array", "items": {"type": "string", "format": "binary"}},
            "any": {},
            "meta": {"type": "object"},
            "tags": {"type": "array", "items": STRING},
        },
    }
    encoding = {
        "file": {"contentType": "image/png, image/jpeg"},
        "any": {"contentType": "application/pdf"},
        "meta": {"contentType": "application/json"},
        "tags": {"style": "pipeDelimited"},
    }
    operation, _ = operation_of(
        requestBody={"content": {"multipart/form-data": {"schema": schema, "encoding": encoding}}}
    )
    parts = {each.field.wire: each for each in operation.body.contents[0].parts}
    assert ["file", "photo", "more", "any"] == [wire for wire, each in parts.items() if each.is_file]
    assert ("", "application/pdf", "application/json") == tuple(
        parts[wire].content_type for wire in ("file", "any", "meta")
    )
    assert ListOf(Primitive("binary")) == parts["more"].field.type
    assert Primitive("binary") == parts["any"].field.type
    assert ("pipeDelimited", False) == (parts["tags"].style, parts["tags"].explode)
    assert ("form", True) == (parts["meta"].style, parts["meta"].explode)


def test_streams_have_the_type_of_one_event():
    event = {"Event": OBJECT}
    reference = {"$ref": "#/components/schemas/Event"}
    content = {
        "text/event-stream": {"schema": STRING, "x-itemSchema": reference},
        "application/jsonl": {"itemSchema": reference},
        "application/x-ndjson": {"schema": {"type": "array", "items": reference}},
        "application/json-seq": {"schema": reference},
    }
    operation, _ = operation_of(schemas=event, responses={"200": {"description": "", "content": content}})
    assert [Reference("event")] * 4 == [each.type for each in operation.responses[0].contents]


def test_binary_answers_are_bytes_whatever_their_schema():
    content = {
        "application/pdf": {"schema": OBJECT},
        "*/*": {"schema": {"type": "string", "format": "binary"}},
        "text/csv": {},
    }
    operation, _ = operation_of(responses={"200": {"description": "", "content": content}})
    found = [(each.kind, each.type) for each in operation.responses[0].contents]
    assert [("binary", Primitive("binary")), ("binary", Primitive("binary")), ("text", Primitive("string"))] == found


def test_a_media_type_that_is_none_is_refused():
    model, found = read(
        described({"/a": {"post": {"requestBody": {"content": {"json\r\nX: y": {}}}, "responses": {}}}})
    )
    assert model is None
    assert {"invalid-openapi"} == {each.code for each in found if each.is_error}


def test_answers():
    responses = {
        "2xx": {
            "description": "Good.",
            "headers": {"X-Rate": {"required": True, "schema": {"type": "integer"}}, "Content-Type": {}},
        },
        "default": {"$ref": "#/components/responses/Bad"},
        "x-more": {},
    }
    bad = {
        "description": "Bad.",
        "content": {"application/problem+json": {"schema": OBJECT, "examples": {"one": {"value": {"id": "1"}}}}},
    }
    operation, _ = operation_of(responses=responses, components={"responses": {"Bad": bad}})
    good, other = operation.responses
    assert ("2XX", "Good.", True) == (good.status, good.docs.description, good.is_success)
    assert [("X-Rate", ("x", "rate"), True)] == [(each.wire, each.name, each.is_required) for each in good.headers]
    assert ("default", (("one", '{"id":"1"}'),)) == (other.status, other.contents[0].examples)
    assert (good,) == operation.successes


def test_links_lead_to_operations():
    links = {
        "byId": {"operationId": "b", "parameters": {"id": "$response.body#/id", "n": 1}, "description": "Next."},
        "byRef": {"operationRef": "#/paths/~1b/get"},
        "lost": {"operationId": "nowhere"},
    }
    paths = {
        "/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "links": links}}}},
        "/b": {"get": answering(STRING, operationId="b")},
    }
    model, found = read(described(paths))
    assert ["the link leads to no operation: `nowhere`"] == [each.message for each in found]
    one, two = model.operations[0].responses[0].links
    assert ("byId", "b", (("id", "$response.body#/id"), ("n", "1")), "Next.") == (
        one.name,
        one.operation,
        one.arguments,
        one.description,
    )
    assert "b" == two.operation


def test_callbacks_and_webhooks():
    body = {"content": {"application/json": {"schema": OBJECT}}}
    callback = {"onDone": {"{$request.body#/url}": {"post": {"requestBody": body, "summary": "Done", "responses": {}}}}}
    hooks = {"order.paid": {"post": {"requestBody": body, "summary": "Paid", "responses": {}}}}
    document = described({"/a": {"post": {"operationId": "a", "callbacks": callback, "responses": {}}}}, webhooks=hooks)
    model, found = read(document)
    assert () == found
    (called,) = model.operations[0].callbacks
    assert (("on", "done"), "{$request.body#/url}", "POST") == (called.name, called.expression, called.method)
    (hook,) = model.webhooks
    assert (("order", "paid"), "order.paid", "Paid") == (hook.name, hook.title, hook.docs.summary)
    assert {"a_on_done_request", "order_paid_webhook_request"} == {each.id for each in model.types}


SCHEMES = {
    "bearer": {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"},
    "basic": {"type": "http", "scheme": "basic"},
    "digest": {"type": "http", "scheme": "digest"},
    "key": {"type": "apiKey", "in": "query", "name": "api_key"},
    "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/token", "scopes": {"read": "Read."}}}},
    "openid": {"type": "openIdConnect", "openIdConnectUrl": "https://id.example.com"},
    "tls": {"type": "mutualTLS"},
}


def test_security_schemes():
    model, found = read(described({}, components={"securitySchemes": SCHEMES}))
    assert () == found
    assert ["bearer", "basic", "http", "api-key", "oauth2", "openid", "mutual-tls"] == [
        each.kind for each in model.schemes
    ]
    by_id = {each.id: each for each in model.schemes}
    assert ("query", "api_key") == (by_id["key"].place, by_id["key"].wire)
    assert ("bearer", "JWT") == (by_id["bearer"].scheme, by_id["bearer"].bearer_format)
    assert (Flow("client-credentials", "/token", scopes=(("read", "Read."),)),) == by_id["oauth"].flows


@pytest.mark.parametrize(
    ("expected", "members"),
    [
        (((Requirement("bearer"),),), {}),
        ((), {"security": []}),
        (((), (Requirement("key"),)), {"security": [{}, {"key": []}]}),
        (((Requirement("key"), Requirement("oauth", ("read",))),), {"security": [{"key": [], "oauth": ["read"]}]}),
    ],
)
def test_what_an_operation_requires(expected, members):
    paths = {"/a": {"get": answering(STRING, **members)}}
    model, found = read(described(paths, components={"securitySchemes": SCHEMES}, security=[{"bearer": []}]))
    assert () == found
    assert expected == model.operations[0].security


def test_a_flow_without_its_token_address_is_told_of():
    flows = {"clientCredentials": {"scopes": {}}, "implicit": {"authorizationUrl": "/in", "scopes": {}}}
    schemes = {"oauth": {"type": "oauth2", "flows": flows}}
    _, found = read(described({}, components={"securitySchemes": schemes}))
    assert [("/components/securitySchemes/oauth/flows/clientCredentials", False)] == [
        (each.place.pointer, each.is_error) for each in found
    ]


def test_an_unknown_scheme_is_reported():
    model, found = read(
        described({"/a": {"get": answering(STRING, security=[{"bearr": []}])}}, components={"securitySchemes": SCHEMES})
    )
    assert [("no security scheme has the name `bearr`", True)] == [
        (each.message, "`bearer`" in each.hint) for each in found
    ]
    assert model is None


def test_servers():
    servers = [
        {
            "url": "https://{region}.example.com/v1/",
            "variables": {"region": {"default": "eu", "enum": ["eu", "us"]}},
            "description": "Live",
        },
        {"url": "/"},
    ]
    paths = {"/a": {"servers": [{"url": "https://files.example.com"}], "get": answering(STRING)}}
    model, _ = read(described(paths, servers=servers))
    assert (Server("https://eu.example.com/v1", "Live"), Server("")) == model.servers
    assert (Server("https://files.example.com"),) == model.operations[0].servers


@pytest.mark.parametrize(
    ("expected", "members"),
    [
        ("idempotency-key", {"parameters": [{"name": "idempotency-key", "in": "header", "schema": STRING}]}),
        ("Idempotency-Key", {"x-idempotency": True}),
        ("X-Once", {"x-idempotency": "X-Once"}),
        ("", {"x-idempotency": False, "parameters": [{"name": "Idempotency-Key", "in": "header", "schema": STRING}]}),
        ("", {}),
    ],
)
def test_idempotency(expected, members):
    operation, _ = operation_of(**members)
    assert expected == operation.idempotency


def test_texts_of_operations():
    operation, model = operation_of(
        summary="One\nline", description="Two\n\nparagraphs\n", deprecated=True, tags=["A", "B"]
    )
    assert ("One line", "Two\n\nparagraphs", True) == (
        operation.docs.summary,
        operation.docs.description,
        operation.docs.is_deprecated,
    )
    assert ("A", "B") == operation.tags
    assert ("T", "1") == (model.title, model.version)
    assert "/paths/~1a/post" == operation.origin.pointer


def test_examples_of_parameters():
    parameters = [
        {
            "name": "a",
            "in": "query",
            "example": "x",
            "description": "An a.",
            "deprecated": True,
            "schema": {"type": "string", "example": "y"},
        }
    ]
    operation, _ = operation_of(parameters=parameters)
    docs = operation.parameters[0].docs
    assert ("An a.", ('"x"', '"y"'), True) == (docs.description, docs.examples, docs.is_deprecated)


@pytest.mark.parametrize("version", ["2.0", "3.3.0", "3", None, 3.1])
def test_other_versions_are_refused(version):
    model, found = read({"openapi": version, "paths": {}})
    assert model is None
    assert ["invalid-openapi"] == [each.code for each in found]


def test_the_digest_is_of_the_value():
    one, _ = read(b'{"openapi": "3.1.0", "paths": {}}')
    two, _ = read(b'{"openapi":"3.1.0",\n"paths":{}}')
    three, _ = read(b'{"openapi":"3.1.1","paths":{}}')
    assert one.digest == two.digest != three.digest


ANSWERED = {"responses": {"200": {"description": ""}}}


@pytest.mark.parametrize(
    ("said", "members"),
    [
        ("`GET` is no method", {"GET": ANSWERED}),
        ("`qet` is no method", {"qet": ANSWERED}),
        ("`query` is no method", {"query": ANSWERED}),
        ("`additionalOperations` is no method", {"additionalOperations": {"COPY": ANSWERED}}),
        ("`post` is not read beside `$ref`", {"$ref": "#/components/pathItems/P", "post": ANSWERED}),
        ("is no operation: expected an object", {"post": None}),
    ],
)
@pytest.mark.parametrize("place", ["paths", "webhooks"])
def test_no_operation_is_lost_in_silence(said, members, place):
    """What would be an operation, and is not read, is an error at its place."""
    name = "/a" if place == "paths" else "a"
    model, found = read(described(**{place: {name: members}}, components={"pathItems": {"P": {"get": ANSWERED}}}))
    assert model is None
    assert [said] == [said for each in found if each.is_error and said in each.message]


@pytest.mark.parametrize(
    ("said", "member"),
    [
        ("`security`: expected a list", {"security": "key"}),
        ("cannot be the name of a header", {"x-idempotency": "a\nb"}),
    ],
)
def test_an_operation_is_not_read_without_what_guards_it(said, member):
    """Read over, a call would have no credentials, or a header that no client can send."""
    model, found = read(described({"/a": {"get": {**ANSWERED, **member}}}))
    assert model is None
    assert [said] == [said for each in found if each.is_error and said in each.message]


def test_other_members_of_a_path_are_told_of():
    model, found = read(described({"/a": {"get": ANSWERED, "parametres": [], "x-a": 1}}))
    assert model is not None
    assert ["`parametres` is no member of a path; it is passed over"] == [each.message for each in found]


def test_members_of_what_is_no_object_are_told_of():
    schema = {"type": "string", "properties": {"a": {"type": "string"}}}
    model, found = read(described({"/a": {"get": answering(schema, operationId="a")}}))
    assert model is not None
    assert ["they are not read, as the type is `string`"] == [each.message for each in found]


def test_a_body_with_files_is_sent_in_parts_and_not_as_json():
    """JSON has no bytes. What has none of them is sent as JSON, whatever stands first."""
    schema = {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
    for body, expected in ((schema, "multipart"), ({"type": "object", "properties": {"a": {}}}, "json")):
        content = {
            name: {"schema": {"$ref": "#/components/schemas/B"}} for name in ("application/json", "multipart/form-data")
        }
        paths = {"/a": {"post": answering({}, requestBody={"content": content})}}
        model, _ = read(described(paths, schemas={"B": body}))
        assert expected == model.operations[0].body.contents[0].kind


def test_an_id_that_is_made_is_never_one_that_another_operation_has():
    paths = {"/a": {"get": answering(True)}, "/b": {"get": answering(True, operationId="get_a")}}
    model, found = read(described(paths))
    assert [] == [each.message for each in found]
    assert ["get_a_2", "get_a"] == [each.id for each in model.operations]
