"""Descriptions made to do harm: refused or read, in bounded time, and nothing outside the project is asked for."""

import json
from pathlib import PurePosixPath
from time import process_time

import pytest

from tests.source.api.described import PATH, answering, described, of_schemas, read, type_of
from tests.source.api.model_laws import broken_laws
from themekit.source.api import read_api

STRING = {"type": "string"}
MAX_SECONDS = 20  # a loaded machine; each takes a tenth of it elsewhere


def reference(name):
    return {"$ref": f"#/components/schemas/{name}"}


def errors_of(document):
    """The codes of the errors that refuse the description."""
    model, found = read(document)
    assert model is None
    return {each.code for each in found if each.is_error}


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("unresolved-reference", "http://127.0.0.1:5088/x"),  # OPENAPI-01
        ("unresolved-reference", "file:///etc/passwd"),  # OPENAPI-03
        ("invalid-path", "../../../../etc/passwd"),  # OPENAPI-04
        ("invalid-path", "../../../../etc/passwd.json"),
        ("unresolved-reference", "//127.0.0.1:5088/x"),  # OPENAPI-06
        ("invalid-path", "/etc/passwd.yaml"),
        ("invalid-path", "..\\x.yaml"),
        ("missing-file", "gone.yaml"),
        ("unresolved-reference", "#/components/schemas/None"),
        ("unresolved-reference", "#/components/schemas/A/~2"),
    ],
)
def test_references_that_lead_out_or_nowhere(code, written):
    asked = []

    def look(path):
        asked.append(path)

    content = json.dumps(of_schemas({"A": {"$ref": written}})).encode()
    model, found = read_api(PATH, content, read=look)
    assert model is None
    assert [code] == [each.code for each in found if each.is_error]
    assert asked == ([PurePosixPath("api/gone.yaml")] if code == "missing-file" else [])


def test_a_definition_that_is_only_itself():
    """OPENAPI-07."""
    schemas = {
        "A": {
            "$defs": {"a": {"$ref": "#/components/schemas/A/$defs/a"}},
            "allOf": [{"$ref": "#/components/schemas/A/$defs/a"}],
        }
    }
    assert {"invalid-openapi"} == errors_of(of_schemas(schemas))


@pytest.mark.parametrize(
    "id_", ["../../../evil", "a/b", "class", "\u202eevil", "${jndi:x}", "'; DROP", "__proto__", "1", "-", "名前"]
)
def test_ids_as_code(id_):
    """OPENAPI-09."""
    model, _ = read(described({"/a": {"get": answering(STRING, operationId=id_)}}))
    (operation,) = model.operations
    assert [] == broken_laws(model)
    assert operation.id.replace(".", "").replace("-", "").isidentifier()


def test_schema_names_as_code():
    """OPENAPI-10."""
    names = [
        "X; import os; os.system('touch PWNED') #",
        '"""',
        "*/",
        "__class__",
        "constructor",
        "${x}",
        "a\nb",
        "../x",
        "",
    ]
    document = of_schemas({})
    document["components"]["schemas"] = {name: {"properties": {name: STRING}} for name in names}
    pointers = ["#/components/schemas/" + name.replace("~", "~0").replace("/", "~1") for name in names]
    document["paths"] = {f"/p{index}": {"get": answering({"$ref": each})} for index, each in enumerate(pointers)}
    model, found = read(document)
    assert [] == [each.message for each in found]
    assert len(names) == len(model.types)
    assert [] == broken_laws(model)


def test_values_with_quotes():
    """OPENAPI-12."""
    values = ['a"; process.exit() //', "${jndi:x}", "`", '"""', "\\u0022", "\u2028"]
    found, declared = type_of({"enum": values})
    assert values == [json.loads(each.value) for each in declared[found.id].members]


def test_a_pattern_is_never_run():
    """OPENAPI-13."""
    schema = {"type": "string", "pattern": "^(a+)+$", "example": "a" * 40 + "!"}
    start = process_time()
    type_of(schema)
    assert process_time() - start < MAX_SECONDS


def test_two_operations_with_one_id():
    """OPENAPI-15."""
    paths = {"/a": {"get": answering(STRING, operationId="x")}, "/b": {"get": answering(STRING, operationId="x")}}
    assert {"invalid-openapi"} == errors_of(described(paths))


def test_a_hundred_thousand_paths():
    """OPENAPI-16."""
    start = process_time()
    assert {"openapi-limit"} == errors_of(
        described({f"/p{index}": {"get": {"responses": {}}} for index in range(100_000)})
    )
    assert process_time() - start < MAX_SECONDS


@pytest.mark.parametrize("text", ["\ufdd0name\ufdd2plain\ufdd1", "\ufdd1", "\uffff"])
@pytest.mark.parametrize("place", ["description", "title", "enum", "name"])
def test_noncharacters_are_refused(place, text):
    """SDKs mark the places of brands' values with some of them."""
    schema = (
        {"enum": [text, "b"]}
        if place == "enum"
        else {"properties": {text: STRING}}
        if place == "name"
        else {place: text}
    )
    model, found = read(of_schemas({"A": schema}))
    assert model is None
    assert 1 == len([each for each in found if each.is_error])
    assert "the character U+F" in found[0].message


def test_half_a_surrogate_pair_is_refused():
    content = json.dumps(of_schemas({"A": {"description": "x"}})).replace('"x"', '"\\ud800"').encode()
    assert errors_of(content)


def test_control_characters():
    model, found = read(
        of_schemas(
            {"A": {"properties": {"a": {"type": "string", "description": "one\u0007two", "example": "\u001b[0m"}}}}
        )
    )
    (field,) = model.types[0].fields
    assert ("one\ufffdtwo", ('"\ufffd[0m"',)) == (field.docs.description, field.docs.examples)
    assert ["openapi-fault"] * 2 == [each.code for each in found]
    assert {"invalid-openapi"} == errors_of(of_schemas({"A": {"enum": ["\u0007", "b"]}}))
    assert {"invalid-openapi"} == errors_of(of_schemas({"A": {"const": "\u0007"}}))
    assert {"invalid-openapi"} == errors_of(of_schemas({"A": {"properties": {"a\u0000": STRING}}}))


def chain(length, link):
    schemas = {f"A{index}": link(reference(f"A{index + 1}")) for index in range(length)}
    return of_schemas({**schemas, f"A{length}": {"properties": {"a": STRING}}})


BOMBS = {
    "allOf": lambda: chain(300, lambda inner: {"allOf": [inner, {"properties": {"b": STRING}}]}),
    "wrappers": lambda: chain(300, lambda inner: {"allOf": [inner], "type": "object"}),
    "references": lambda: chain(300, lambda inner: inner),
    "lists": lambda: chain(300, lambda inner: {"type": "array", "items": inner}),
    "alternatives": lambda: chain(300, lambda inner: {"oneOf": [inner, {"type": "integer"}]}),
    "doubled alternatives": lambda: of_schemas(
        {
            f"A{index}": {
                "properties": {f"x{index}": STRING},
                "oneOf": [reference(f"A{(index + other) % 12}") for other in range(1, 9)],
            }
            for index in range(12)
        }
    ),
    "products": lambda: of_schemas(
        {"A": {"allOf": [{"oneOf": [{"properties": {f"p{i}q{j}": STRING}} for j in range(40)]} for i in range(10)]}}
    ),
    "all of all": lambda: of_schemas(
        {
            f"A{index}": {
                "allOf": [reference(f"A{other}") for other in range(300) if other != index]
                + [{"properties": {f"x{index}": STRING}}]
            }
            for index in range(300)
        }
    ),
    "members": lambda: of_schemas(
        {
            "Base": {"properties": {f"m{index}": STRING for index in range(5000)}},
            **{f"A{index}": {"allOf": [reference("Base"), {"properties": {"a": STRING}}]} for index in range(400)},
        }
    ),
    "values": lambda: of_schemas({"A": {"enum": list(range(100_000))}}),
    "base of itself": lambda: of_schemas(
        {
            "A": {"discriminator": {"propertyName": "t"}, "properties": {"t": STRING}, "allOf": [reference("B")]},
            "B": {"discriminator": {"propertyName": "t"}, "properties": {"u": STRING}, "allOf": [reference("A")]},
        }
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_bombs(bomb):
    """A model or a limit, but no traceback and no hang."""
    document = BOMBS[bomb]()
    start = process_time()
    model, found = read(document)
    assert process_time() - start < MAX_SECONDS
    if model is None:
        assert {each.code for each in found if each.is_error} <= {"openapi-limit", "invalid-openapi"}
    else:
        assert [] == broken_laws(model)


def test_files_that_refer_to_each_other():
    one = described(
        {"/a": {"get": answering({"$ref": "two.json#/B"}, operationId="a")}},
        schemas={"A": {"properties": {"b": {"$ref": "two.json#/B"}}}},
    )
    two = {"B": {"properties": {"a": {"$ref": "openapi.json#/components/schemas/A"}}}}
    model, found = read(one, {"api/two.json": json.dumps(two)})
    assert () == found
    assert ["b", "a"] == [each.id for each in model.types]


WRONG = [None, True, 0, -1.5, "", "x", [], [None], [[]], {}, {"": None}, {"$ref": 1}, {"$ref": "#"}, {"a": {"b": []}}]
PLACES = """
    /paths /paths/~1a /paths/~1a/get /paths/~1a/get/parameters /paths/~1a/get/parameters/0
    /paths/~1a/get/parameters/0/schema /paths/~1a/get/requestBody /paths/~1a/get/requestBody/content
    /paths/~1a/get/requestBody/content/multipart~1form-data
    /paths/~1a/get/requestBody/content/multipart~1form-data/encoding /paths/~1a/get/responses
    /paths/~1a/get/responses/200 /paths/~1a/get/responses/200/headers /paths/~1a/get/responses/200/links
    /paths/~1a/get/responses/200/links/l /paths/~1a/get/callbacks /paths/~1a/get/callbacks/c /paths/~1a/get/tags
    /paths/~1a/get/security /paths/~1a/get/security/0 /paths/~1a/get/servers /paths/~1a/get/summary
    /paths/~1a/get/description /paths/~1a/get/deprecated /paths/~1a/get/operationId /paths/~1a/get/x-pagination
    /components /components/schemas /components/schemas/A /components/schemas/A/properties
    /components/schemas/A/properties/x /components/schemas/A/required /components/schemas/A/oneOf
    /components/schemas/A/allOf /components/schemas/A/discriminator /components/schemas/A/discriminator/mapping
    /components/schemas/A/type /components/schemas/A/enum /components/schemas/A/format
    /components/schemas/A/items /components/schemas/A/additionalProperties /components/schemas/A/title
    /components/schemas/A/examples /components/schemas/A/maxLength /components/securitySchemes
    /components/securitySchemes/s /components/securitySchemes/s/flows /info /info/title /info/license /servers
    /servers/0 /tags /tags/0 /security /webhooks /webhooks/w
""".split()


def whole():
    """A description with a bit of everything."""
    schema = {
        "type": "object",
        "title": "T",
        "format": "f",
        "properties": {"x": STRING},
        "required": ["x"],
        "items": STRING,
        "maxLength": 1,
        "additionalProperties": STRING,
        "oneOf": [{"properties": {"x": {"const": "a"}}}],
        "allOf": [{"properties": {"y": STRING}}],
        "discriminator": {"propertyName": "x", "mapping": {"a": "A"}},
        "examples": [1],
    }
    answer = {
        "description": "",
        "headers": {"H": {"schema": STRING}},
        "links": {"l": {"operationId": "a"}},
        "content": {"application/json": {"schema": reference("A")}},
    }
    operation = {
        "operationId": "a",
        "tags": ["t"],
        "summary": "s",
        "description": "d",
        "deprecated": False,
        "security": [{"s": []}],
        "servers": [{"url": "/x"}],
        "parameters": [{"name": "p", "in": "query", "schema": STRING}],
        "requestBody": {
            "content": {"multipart/form-data": {"schema": reference("A"), "encoding": {"x": {"contentType": "a/b"}}}}
        },
        "responses": {"200": answer},
        "callbacks": {"c": {"{$url}": {"post": {"responses": {}}}}},
        "x-pagination": False,
    }
    return described(
        {"/a": {"get": operation}},
        schemas={"A": schema},
        components={"securitySchemes": {"s": {"type": "oauth2", "flows": {"implicit": {"scopes": {}}}}}},
        servers=[{"url": "https://{h}", "variables": {"h": {"default": "x"}}}],
        tags=[{"name": "t"}],
        security=[{"s": []}],
        webhooks={"w": {"post": {"responses": {}}}},
    )


@pytest.mark.parametrize("pointer", PLACES)
def test_wrong_values_in_every_place(pointer):
    """A wrong value anywhere is said or read over; nothing raises, and what is read keeps the laws."""
    for wrong in WRONG:
        document = whole()
        *owners, last = [part.replace("~1", "/") for part in pointer.split("/")[1:]]
        owner = document
        for part in owners:
            owner = owner[int(part)] if isinstance(owner, list) else owner[part]
        owner[int(last) if isinstance(owner, list) else last] = wrong
        model, _ = read(document)
        assert model is None or [] == broken_laws(model), wrong


def test_two_large_enumerations_are_compared_in_bounded_time():
    """Each value with each other one would be a billion looks; then there are too many, and that is said."""
    values = [f"v{index}" for index in range(30_000)]
    both = {"allOf": [{"type": "string", "enum": values}, {"type": "string", "enum": values[::-1]}]}
    start = process_time()
    assert {"openapi-limit"} == errors_of(of_schemas({"A": both}))
    assert process_time() - start < MAX_SECONDS


def test_values_are_compared_by_kind():
    """True is no 1, and an object is equal in any order."""
    one, other = [1, "a", {"a": 1, "b": [2]}, True], [{"b": [2], "a": 1}, "a", 1.5, 1]
    model, _ = read(of_schemas({"A": {"allOf": [{"enum": one}, {"enum": other}]}}))
    assert model is not None
    assert "True" not in str(model.types)
