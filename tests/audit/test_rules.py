"""Rules are found by looking, each has its page, and none finds anything in a description that is well made.

What each finds is held by its page in the handbook, whose examples are run (tests/literate).
"""

from pathlib import Path, PurePosixPath
from time import process_time

import pytest

from themekit.source.audit import rules
from themekit.source.audit.description import Description
from themekit.source.audit.example_check import ExampleCheck
from themekit.source.audit.lint import lint
from themekit.source.audit.registry import all_rules
from themekit.source.yaml_text import read_yaml

ROOT = Path(__file__).parents[2]
PATH = PurePosixPath("docs_src/api/openapi.yaml")


def test_every_module_is_a_rule_with_a_code_of_its_own():
    modules = [path.stem for path in Path(rules.__path__[0]).glob("*.py") if path.stem != "__init__"]
    names = [rule.code.name for rule in all_rules()]
    assert len(modules) == len(names) == len(set(names)) >= 25


def test_every_rule_has_its_page():
    pages = ROOT / "docs_src" / "handbook" / "diagnostics"
    assert [] == [rule.code.name for rule in all_rules() if not (pages / f"{rule.code.name}.md").exists()]


def test_the_sample_api_breaks_no_rule():
    document, _ = read_yaml(PATH, (ROOT / PATH).read_bytes())
    assert () == lint(PATH, document.value)


def test_a_rule_can_be_left_out():
    value = {"openapi": "3.1.0", "servers": [{"url": "http://a.example/"}]}
    assert {"insecure-server", "server-trailing-slash"} == {each.code for each in lint(PATH, value)}
    assert {"insecure-server"} == {each.code for each in lint(PATH, value, without={"server-trailing-slash"})}


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"paths": []},
        {"paths": {"/a": None, "/b": {"get": []}}, "tags": {}, "servers": [1], "components": []},
        {"paths": {"/a": {"get": {"parameters": {}, "responses": {"200": 1}, "tags": [1], "security": [[]]}}}},
        {"components": {"schemas": {"A": {"enum": 1, "required": 1, "properties": [], "allOf": {}, "items": 1}}}},
        {"components": {"schemas": {"A": {"$ref": "#/components/schemas/A", "example": 1}}}},
        {"components": {"schemas": {"A": {"properties": {"a": {"$ref": "#/components/schemas/A"}}, "example": {}}}}},
    ],
)
def test_what_is_no_description_breaks_no_rule_of_ours(value):
    """Rules look at documents before anybody has said that these are well formed."""
    lint(PATH, value)


def test_a_deep_schema_is_walked_to_a_depth():
    schema = {"type": "array", "items": {}}
    for _ in range(5000):
        schema = {"type": "array", "items": schema}
    assert 101 == len(Description.of(PATH, {"components": {"schemas": {"A": schema}}}).schemas)


@pytest.mark.parametrize(
    ("value", "schema", "fits"),
    [
        (1, {"type": "integer"}, True),
        (1.0, {"type": "integer"}, True),
        (1.5, {"type": "integer"}, False),
        (True, {"type": "integer"}, False),
        (None, {"type": ["string", "null"]}, True),
        (None, {"type": "string", "nullable": True}, True),
        (None, {"type": "string"}, False),
        ("a", {"enum": ["b"]}, False),
        (True, {"enum": [1]}, False),
        ("ab", {"pattern": "^a"}, True),
        ("ba", {"pattern": "^a"}, False),
        ("a" * 40, {"pattern": "^(a+)+$"}, True),
        ("x", {"pattern": "(?<broken"}, True),
        ({"a": 1}, {"required": ["b"]}, False),
        ({}, {"required": ["b"], "properties": {"b": {"readOnly": True}}}, True),
        ({"a": 1}, {"properties": {}, "additionalProperties": False}, False),
        ({"a": 1}, {"additionalProperties": {"type": "string"}}, False),
        ([1, "a"], {"items": {"type": "integer"}}, False),
        ("a", {"oneOf": [{"type": "integer"}, {"type": "string"}]}, True),
        ([], {"anyOf": [{"type": "integer"}, {"type": "string"}]}, False),
        (5, {"allOf": [{"maximum": 4}]}, False),
        (4, {"maximum": 4, "exclusiveMaximum": True}, False),
        ("abc", {"maxLength": 2}, False),
        ([1], {"minItems": 2}, False),
        ("anything", {"$ref": "other.yaml#/x"}, True),
    ],
)
def test_examples_are_held_against_schemas(value, schema, fits):
    fault = ExampleCheck(lambda each: each).fault(value, schema)
    assert fits == (fault is None), fault


def test_the_place_of_a_fault_is_in_the_value():
    schema = {"properties": {"a/b": {"items": {"type": "string"}}}}
    fault = ExampleCheck(lambda each: each).fault({"a/b": ["x", 1]}, schema)
    assert "/a~1b/1" == fault.pointer


@pytest.mark.parametrize("pattern", ["a*a*a*a*a*a*a*b", "(a+)+$", ".{0,900}.{0,900}.{0,900}.{0,900}x"])
def test_a_pattern_that_takes_long_is_not_tried(pattern):
    """Each of its repetitions may end anywhere in a text of a thousand characters."""
    start = process_time()
    assert ExampleCheck(lambda each: each).fault("a" * 999, {"type": "string", "pattern": pattern}) is None
    assert process_time() - start < 20  # no timing: it would take hours


@pytest.mark.parametrize("key", ["itemSchema", "x-itemSchema"])
def test_the_schema_of_an_event_is_looked_at(key):
    """What only a stream refers to is no unused component, and is held to the rules."""
    content = {"text/event-stream": {key: {"$ref": "#/components/schemas/Event"}}}
    event = {"type": "object", "properties": {"a": {"type": "array"}}}
    streaming = {"text/event-stream": {key: {"type": "array"}}}
    value = {
        "openapi": "3.1.0",
        "paths": {"/a": {"get": {"responses": {"200": {"content": content}, "400": {"content": streaming}}}}},
        "components": {"schemas": {"Event": event}},
    }
    codes = [each.code for each in lint(PATH, value)]
    assert "unused-component" not in codes
    assert 2 == codes.count("array-without-items")
