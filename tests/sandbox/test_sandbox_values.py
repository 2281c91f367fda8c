"""Values by schemas: valid ones for what is hard, and a loud refusal for what nothing can satisfy."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.sandbox.sandbox_calls import SAMPLE
from tests.sandbox.small_apis import PATH, answer_of, answering, sandbox_of
from themekit.sandbox.making import make_sandbox
from themekit.source.yaml_text import read_yaml

HARD = {
    "one of two that overlap": {
        "oneOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}},
            {"type": "object", "properties": {"b": {"type": "integer"}}},
        ]
    },
    "required in another part": {
        "allOf": [{"properties": {"a": {"type": "integer", "minimum": 3}}}, {"type": "object", "required": ["a", "b"]}]
    },
    "closed by its base": {
        "allOf": [
            {"type": "object", "properties": {"a": {}, "b": {}}, "additionalProperties": False},
            {"properties": {"b": {"type": "string", "maxLength": 2}, "c": {}}, "required": ["b"]},
        ]
    },
    "different items": {"type": "array", "items": {"enum": ["x", "y", "z"]}, "minItems": 3, "uniqueItems": True},
    "different objects": {
        "type": "array",
        "uniqueItems": True,
        "minItems": 3,
        "items": {"type": "object", "required": ["k"], "properties": {"k": {"type": "string", "format": "uuid"}}},
    },
    "a multiple in a range": {"type": "integer", "minimum": 13, "exclusiveMaximum": 22, "multipleOf": 7},
    "a step of cents": {"type": "number", "multipleOf": 0.25, "exclusiveMinimum": 1.5},
    "a pattern and a length": {"type": "string", "pattern": "^[A-F0-9]+$", "minLength": 24, "maxLength": 24},
    "two patterns": {"allOf": [{"type": "string", "pattern": "^[a-z]+$"}, {"pattern": "^.{7}$"}]},
    "not the first": {"type": "string", "enum": ["a", "b"], "not": {"const": "a"}},
    "a map with names of a kind": {
        "type": "object",
        "propertyNames": {"pattern": "^x-[a-z]{3}$"},
        "additionalProperties": {"type": "integer"},
        "minProperties": 2,
    },
    "members by pattern": {
        "type": "object",
        "patternProperties": {"^n[0-9]$": {"type": "number"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "if and then": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": ["a", "b"]}, "x": {"type": "integer"}},
        "if": {"properties": {"kind": {"const": "a"}}},
        "then": {"required": ["x"]},
    },
    "nothing unevaluated": {
        "type": "object",
        "allOf": [{"properties": {"a": {"type": "string"}}, "required": ["a"]}],
        "unevaluatedProperties": False,
    },
    "a tuple": {
        "type": "array",
        "prefixItems": [{"type": "string"}, {"type": "integer"}],
        "items": False,
        "minItems": 2,
    },
    "one that it must contain": {"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 90}},
    "a dependent member": {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "dependentRequired": {"a": ["b"]},
        "required": ["a"],
    },
    "null alone": {"type": "null"},
    "many types": {"type": ["string", "integer"], "minimum": 3, "minLength": 40},
    "anything": {},
    "a wrong default": {"type": "integer", "default": "x", "examples": ["y", 5]},
}


@pytest.mark.parametrize("name", HARD)
def test_a_hard_schema_has_a_valid_value(name):
    Draft202012Validator(HARD[name]).validate(answer_of(HARD[name]))


def test_an_authors_example_comes_first_and_its_parts_next():
    schema = {"type": "object", "properties": {"a": {"type": "string", "examples": ["Mara"]}}}
    assert {"a": "Mara"} == answer_of(schema)
    data, _ = sandbox_of(answering(schema, media={"example": {"a": "Ida"}}))
    assert '{"a":"Ida"}' in data.text
    assert (1, 1, 0) == (data.bodies, data.written, data.refused)


def test_an_example_that_is_not_valid_is_not_used():
    data, errors = sandbox_of(
        answering({"type": "integer"}, media={"examples": {"a": {"value": "1"}, "b": {"value": 7}}})
    )
    assert ([], 1, 1) == (errors, data.written, data.refused)
    assert json.loads(data.text)["values"] == [7]


def test_an_example_as_the_text_of_json():
    data, _ = sandbox_of(answering({"type": "object"}, media={"example": '{"a": 1}'}))
    assert [{"a": 1}] == json.loads(data.text)["values"]


def test_the_dialect_of_3_0():
    limits = {"type": "integer", "minimum": 4, "exclusiveMinimum": True, "maximum": 5}
    schema = {
        "type": "object",
        "required": ["n", "s"],
        "properties": {"n": limits, "s": {"$ref": "#/components/schemas/S"}},
    }
    text = {"type": "string", "nullable": True, "enum": ["x", None], "example": None}
    assert {"n": 5, "s": None} == answer_of(schema, "3.0.3", S=text)


def test_what_goes_the_other_way_is_left_out():
    schema = {
        "type": "object",
        "required": ["id", "secret"],
        "properties": {"id": {"type": "string", "readOnly": True}, "secret": {"type": "string", "writeOnly": True}},
    }
    assert ["id"] == list(answer_of(schema))


def test_a_discriminator_tells_the_branch():
    cat = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}},
    }
    schema = {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}],
        "discriminator": {"propertyName": "kind", "mapping": {"tom": "#/components/schemas/Cat"}},
    }
    assert "tom" == answer_of(schema, Cat=cat)["kind"]


def test_a_base_is_one_of_its_kinds():
    base = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": {"dog": "#/components/schemas/Dog"}},
    }
    dog = {
        "allOf": [
            {"$ref": "#/components/schemas/Pet"},
            {"required": ["barks"], "properties": {"barks": {"type": "boolean"}}},
        ]
    }
    assert {"kind": "dog", "barks": True} == answer_of({"$ref": "#/components/schemas/Pet"}, Pet=base, Dog=dog)


def test_recursion_ends():
    tree = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "parts": {"type": "array"}}}
    tree["properties"]["parts"]["items"] = tree["properties"]["above"] = {"$ref": "#/components/schemas/Tree"}
    assert 1 == answer_of({"$ref": "#/components/schemas/Tree"}, Tree=tree)["id"]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^a$", "minLength": 5},
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "integer", "minimum": 3, "maximum": 2},
        {"type": "object", "required": ["a"], "properties": {"a": False}},
        {"type": "array", "minItems": 100_000_000, "items": {"type": "string"}},
        {"type": "string", "minLength": 100_000_000},
        {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True, "minItems": 3},
        {"$ref": "#/components/schemas/Never"},
    ],
)
def test_what_nothing_can_satisfy_is_an_error_at_its_line(schema):
    never = {"type": "object", "required": ["in"], "properties": {"in": {"$ref": "#/components/schemas/Never"}}}
    content = json.dumps(answering(schema, Never=never)).encode()
    data, diagnostics = make_sandbox(PATH, content, read=lambda _path: None)
    assert data is None
    (found,) = diagnostics
    assert "/paths/~1it/get/responses/200/content/application~1json/schema" == found.place.pointer
    assert "`GET /it`" in found.message


MANY = {"type": "array", "minItems": 1000}


@pytest.mark.parametrize(
    "schema",
    [
        {**MANY, "items": {**MANY, "items": {**MANY, "items": {"type": "string"}}}},
        {
            "type": "object",
            "required": [f"r{n}" for n in range(2000)],
            "properties": {f"r{n}": {**MANY, "items": {"type": "integer"}} for n in range(2000)},
        },
    ],
)
def test_a_value_that_would_fill_the_memory_is_an_error(schema):
    """Lists in lists multiply: nobody reads such an answer."""
    data, errors = sandbox_of(answering(schema))
    assert data is None
    assert 1 == len(errors)


def test_a_tree_whose_branches_are_needed_ends():
    """Both may be null; a tree with all of them would have sixteen million leaves."""
    branch = {"oneOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "null"}]}
    members = {"left": {"$ref": "#/components/schemas/Branch"}, "right": {"$ref": "#/components/schemas/Branch"}}
    tree = {"type": "object", "required": ["left", "right"], "properties": members}
    found = answer_of({"$ref": "#/components/schemas/Tree"}, Tree=tree, Branch=branch)
    assert {"left", "right"} == set(found)


def test_a_chain_of_thousands_of_schemas_is_an_error():
    """Each holds the next one: deeper than Python's stack."""
    names = [f"C{n}" for n in range(3000)]
    chain = {
        name: {"type": "object", "required": ["a"], "properties": {"a": {"$ref": f"#/components/schemas/{after}"}}}
        for name, after in itertools.pairwise([*names, "End"])
    }
    data, errors = sandbox_of(answering({"$ref": "#/components/schemas/C0"}, **chain, End={"type": "string"}))
    assert data is None
    assert "too deeply for a sandbox" in str(errors)


def test_an_example_is_not_held_against_a_pattern_that_explodes():
    """It is taken as it is; without a limit, looking at it would take years."""
    schema = {"type": "string", "pattern": "^(a+)+$", "example": "a" * 60 + "!"}
    assert "a" * 60 + "!" == answer_of(schema)


def test_the_same_description_has_the_same_data():
    one, other = (make_sandbox(PATH, SAMPLE_AS_JSON, read=lambda _path: None)[0].text for _ in range(2))
    assert one == other


SAMPLE_AS_JSON = json.dumps(read_yaml(PATH, SAMPLE.read_bytes())[0].value).encode()
ODD = [None, 0, -1, 1.5, "", "x", "#/components", "__proto__", [], [None], {}, {"$ref": "#"}, {"$ref": 5}, True, 2**53]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from(ODD)), min_size=1, max_size=12))
def test_a_broken_description_breaks_nothing(changes):
    """Whoever reads the description reports its mistakes; here nothing is raised, whatever stands where."""
    document = answering({"$ref": "#/components/schemas/A"}, A={"allOf": [HARD[name] for name in list(HARD)[:9]]})
    document["paths"]["/it/{id}"] = {
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "get": document["paths"]["/it"]["get"],
        "put": {"requestBody": {"content": {"application/json": {"schema": HARD["if and then"]}}}, "responses": {}},
    }
    document = json.loads(json.dumps(document))
    for number, odd in changes:
        places = list(below(document))
        holder, key = places[number % len(places)]
        holder[key] = json.loads(json.dumps(odd))
    make_sandbox(PATH, json.dumps(document).encode(), read=lambda _path: None)


def below(value):
    """Every place in the value where something stands."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(members):
        yield value, key
        yield from below(inner)


@pytest.mark.parametrize("is_merged", [False, True])
def test_alternatives_that_double_end(is_merged):
    """Fifty levels of two branches each are 2^50 ways; what is not found in a number of steps is an error."""
    schemas = {}
    for level in range(50):
        below_it = {"$ref": f"#/components/schemas/L{level + 1}"}
        schemas[f"L{level}"] = {"oneOf": [_step(name, below_it, is_merged=is_merged) for name in ("a", "b")]}
    schemas["L50"] = {"type": "object", "properties": {"end": {"type": "string"}}}
    data, found = sandbox_of(answering({"$ref": "#/components/schemas/L0"}, **schemas))
    assert data is None
    assert "no body could be found" in str(found)


def _step(name, below_it, *, is_merged):
    if is_merged:
        return {"allOf": [below_it, {"type": "object", "properties": {name: {"type": "string"}}}]}
    return {"type": "object", "required": [name], "properties": {name: below_it}}


@pytest.mark.parametrize("reference", [{"$ref": "#here"}, {"$dynamicRef": "#here"}])
def test_a_schema_that_is_known_by_its_anchor(reference):
    other = {"type": "object", "properties": {"in": {"$anchor": "here", "type": "integer", "minimum": 7, "maximum": 7}}}
    assert 7 == answer_of(reference, Other=other)


@pytest.mark.parametrize(
    ("expected", "media"),
    [
        ('"text"', {"schema": {"type": "array", "items": {"const": "text"}}}),
        ('"text"', {"itemSchema": {"const": "text"}}),
        ('"text"', {"schema": {"const": "text"}}),
    ],
)
def test_each_line_of_a_stream_is_one_value(expected, media):
    document = answering({})
    document["paths"]["/it"]["get"]["responses"]["200"]["content"] = {"application/jsonl": media}
    data, errors = sandbox_of(document)
    made = json.loads(data.text)
    assert [] == errors
    sent = made["operations"][0]["answers"]["200"]["c"][0]["s"]
    assert {f"{expected}\n"} == {made["values"][each] for each in sent}


def test_bytes_are_base64():
    """An author's example that is none is not shown, since SDKs could not read it."""
    schema = {"type": "string", "contentEncoding": "base64", "example": "no base64"}
    assert "aGVsbG8=" == answer_of(schema)
