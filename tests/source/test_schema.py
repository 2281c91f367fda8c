"""The schema that editors use."""

import json
from pathlib import Path

import jsonschema

from themekit.source.schema import BEYOND_THE_SCHEMA, brand_schema, brand_schema_object

BRANDS = Path(__file__).parents[2] / "brands"


def walk(schema, path=()):
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        if isinstance(inner, dict):
            yield from walk(inner, (*path, name))
    if isinstance(schema.get("items"), dict):
        yield from walk(schema["items"], (*path, "[]"))


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(brand_schema_object())
    assert brand_schema_object() == json.loads(brand_schema())


def test_the_file_beside_the_brands_is_the_schema():
    """`themekit schema brand > brands/brand.schema.json` brings it up to date."""
    assert brand_schema() == (BRANDS / "brand.schema.json").read_text(encoding="utf-8")


def test_every_field_has_a_description():
    bare = [
        path
        for path, schema in walk(brand_schema_object())
        if path and path[-1] != "[]" and "description" not in schema
    ]
    assert [] == bare


def test_every_example_is_valid():
    definitions = {"$defs": brand_schema_object()["$defs"]}
    checked = 0
    for path, schema in walk(brand_schema_object()):
        for instance in schema.get("examples", []):
            jsonschema.Draft202012Validator({**definitions, **schema}).validate(instance)
            checked += 1 + len(path) * 0
    assert checked > 20


def test_what_it_cannot_see_is_written_down():
    assert len(BEYOND_THE_SCHEMA) > 5
