"""Laws of the source stage: the schema and the reader agree, and no text whatever is too much for the reader."""

import copy
import json
from pathlib import PurePosixPath

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from themekit.diagnostics import Severity, Span
from themekit.diagnostics.text import render_text
from themekit.model import BrandId
from themekit.model.token_names import css_name
from themekit.source.brand import BrandInputs, parse_brand
from themekit.source.brand_fields import BRAND
from themekit.source.codes import STRUCTURAL
from themekit.source.field_table import ColorValue, DimensionValue, Leaf, Listing, Members
from themekit.source.json_scan import scan_json
from themekit.source.json_text import decoded_text, read_json
from themekit.source.locate import all_located
from themekit.source.schema import brand_schema_object
from themekit.source.token_values import TOKEN_TYPES

PATH = PurePosixPath("brands/acme/brand.json")
VALIDATOR = jsonschema.Draft202012Validator(brand_schema_object())

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-10, 2000),
    st.floats(-10, 2000, allow_nan=False),
    st.sampled_from(["", "x", "Acme", "#0b5fff", "6px", "https://a.example/", "{a.b}", "guides", "400", "x" * 500]),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "name", "$value"]), inner),
    max_leaves=4,
)

TOKEN_NAMES = st.sampled_from(["a", "b c", "$root", "x.y", "{", "$", "$x", "\u0001", "é"])
TOKEN = st.fixed_dictionaries(
    {},
    optional={
        "$value": st.sampled_from(["{a.b}", "#fff", 1, None, {"value": 1, "unit": "px"}]),
        "$ref": st.sampled_from(["#/a", "a", 3, None]),
        "$type": st.sampled_from([*TOKEN_TYPES, "colour", None, 3]),
        "$description": st.sampled_from(["x", 3, None]),
        "$deprecated": st.sampled_from([True, "x", 3, None]),
        "$extensions": st.sampled_from(
            [{}, 3, None, {"other": 1}, {"themekit": {"modes": {"dark": "#fff"}}}, {"themekit": {"x": 1}}]
        ),
        "$extends": st.sampled_from(["{a}", 3, None]),
        "typo": st.sampled_from([1, None]),
    },
)
TOKENS = st.recursive(TOKEN, lambda inner: st.dictionaries(TOKEN_NAMES, inner | SCALARS, max_size=3), max_leaves=6)


URL = "https://a.example/x"
RIGHT = {
    "email": "a@b.example",
    "phone": "+49 30 123456",
    "version": "1.2.3",
    "sections": ["guides", "sdks"],
    "client": "Acme",
    "module": "acme.example/go",
    "path": None,
    "light": None,
    "dark": None,
    "mark": None,
    "files": [],
}
"""Values without a fault, by the name of their field, where neither the table's examples nor its kind give one."""


def right(field):
    """A value for a field in which no reader finds a fault."""
    kind = field.kind
    if field.name in RIGHT:
        value = RIGHT[field.name]
        return st.just("acme" if field.summary == "Import name" else value)
    if isinstance(kind, Members):
        return right_members(kind)
    if isinstance(kind, Listing):
        return st.lists(right_members(kind.item) if isinstance(kind.item, Members) else st.just("Inter"), max_size=2)
    if isinstance(kind, ColorValue):
        return st.sampled_from(["#0b5fff", "oklch(0.5 0.1 200)", {"colorSpace": "srgb", "components": [0, "none", 1]}])
    if isinstance(kind, DimensionValue):
        return st.sampled_from(["16px", "1rem", {"value": 14, "unit": "px"}] if field.name == "base" else ["1px", "0"])
    if isinstance(kind, Leaf):
        return right_leaf(field, kind)
    return OTHERS_RIGHT.get(field.name, TOKENS_RIGHT)


def right_leaf(field, kind):
    if kind.types == ("boolean",):
        return st.booleans()
    if kind.choices:
        return st.sampled_from(kind.choices)
    given = list(field.examples) or [URL if kind.max_length == 2000 else "400" if field.name == "weight" else "Acme"]
    return st.sampled_from(given)


def right_members(table):
    fields = {field.name: right(field) for field in table.fields if field.name != "extends"}
    required = {field.name: fields.pop(field.name) for field in table.fields if field.is_required}
    return st.fixed_dictionaries(required, optional=fields)


OTHERS_RIGHT = {
    "targets": st.sampled_from([{}, {"tailwind": {}}, {"less": {}, "tailwind": {"palette": "replace"}}]),
    "lint": st.sampled_from([{}, {"small-text": "error"}, {"unused-token": "warning", "tight-lines": "off"}]),
}
TOKENS_RIGHT = st.sampled_from(
    [
        {},
        {"$type": "color", "a": {"$value": "#fff", "$description": "x"}, "g": {"b": {"$value": "{a}"}}},
        {"n": {"$type": "number", "$root": {"$value": 1}, "$deprecated": True, "x": {"$ref": "#/n/$root"}}},
        {"m": {"$type": "color", "$value": "#fff", "$extensions": {"themekit": {"modes": {"dark": "#000"}}}}},
    ]
)


@st.composite
def changed(draw, document):
    """The document with up to two changes at any depth: a value replaced, a key added or taken away."""
    for _ in range(draw(st.integers(0, 2))):
        places = list(containers(document))
        place = draw(st.sampled_from(places))
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        change = draw(st.sampled_from(["replace", "replace", "add", "remove"]))
        if change == "add" and isinstance(place, dict):
            place[draw(st.sampled_from(KEYS))] = copy.deepcopy(draw(ANYTHING | TOKENS))
        elif keys and change == "remove":
            del place[draw(st.sampled_from(keys))]
        elif keys:
            place[draw(st.sampled_from(keys))] = copy.deepcopy(draw(ANYTHING | TOKENS))
    return document


def containers(value):
    """The value and all objects and arrays in it."""
    if isinstance(value, dict | list):
        yield value
        for inner in value.values() if isinstance(value, dict) else value:
            yield from containers(inner)


KEYS = ["x", "__proto__", "name", "color", "tokens", "urls", "$value", "$ref", "$type", "$root", "$extends", "family"]
GOOD_BRANDS = right_members(BRAND)
BRANDS = GOOD_BRANDS.map(copy.deepcopy).flatmap(changed)


def parsed(content, files=None):
    inputs = BrandInputs((files or {}).get, lambda _: ())
    return parse_brand(PATH, content, brand_id=BrandId("acme"), inputs=inputs)


@given(BRANDS)
@example({"name": "Acme", "color": {"primary": "#0b5fff"}})
@example({"name": None, "color": {"primary": "#0b5fff"}})
@example({"name": "Acme", "color": None})
@example({"name": "Acme", "color": {"primary": None}})
@example({"name": "Acme", "color": {"primary": "#000"}, "tokens": {"a": {"$value": None, "b": {}}}})
@example({"name": "Acme", "color": {"primary": "#000"}, "tokens": {"a": {"$ref": "#/a", "typo": None, "": None}}})
@example({"name": "Acme", "color": {"primary": "#000"}, "typography": {"families": {"body": {"fallback": []}}}})
@settings(max_examples=250)
def test_schema_and_reader_agree(document):
    """Where the schema says no, the reader says no; where the reader finds a structural fault, so does the schema."""
    document.pop("extends", None)
    brand, diagnostics = parsed(json.dumps(document).encode())
    errors = [error.message for error in VALIDATOR.iter_errors(document)]
    if errors:
        assert brand is None, errors
    structural = [diagnostic for diagnostic in diagnostics if diagnostic.code in STRUCTURAL - {"out-of-range"}]
    if structural:
        assert errors, structural
    assert brand is None or not errors


@given(TOKENS)
@settings(max_examples=150)
def test_schema_and_reader_agree_about_tokens(tokens):
    """The same law, for the one part of the schema that is not made from the table."""
    test_schema_and_reader_agree.hypothesis.inner_test(
        {"name": "Acme", "color": {"primary": "#0b5fff"}, "tokens": tokens}
    )


@given(GOOD_BRANDS)
@settings(max_examples=60)
def test_good_brands_are_good(document):
    """The law above starts from these. A tint beside a given neutral changes nothing, which is told."""
    if "neutral" in document["color"]:
        document["color"].get("options", {}).pop("neutralTint", None)
    assert VALIDATOR.is_valid(document)
    assert () == parsed(json.dumps(document).encode())[1]


@pytest.mark.parametrize("code", sorted(STRUCTURAL - {"invalid-name"}))  # only policies have names of their author's
def test_the_schema_sees_each_structural_fault(code):
    """One document for each code, so that the law above is not about nothing."""
    smallest = {"name": "Acme", "color": {"primary": "#0b5fff"}}
    documents = {
        "unknown-key": {**smallest, "x": 1},
        "wrong-type": {**smallest, "version": 1},
        "missing-field": {"name": "Acme"},
        "unknown-choice": {**smallest, "locale": "fr"},
        "out-of-range": {**smallest, "typography": {"scale": {"ratio": 3}}},
        "too-long": {**smallest, "name": "x" * 81},
        "unknown-token-type": {**smallest, "tokens": {"a": {"$type": "colour", "$value": "{b}"}}},
    }
    assert VALIDATOR.is_valid(smallest)
    assert not VALIDATOR.is_valid(documents[code])
    assert [code] == [diagnostic.code for diagnostic in parsed(json.dumps(documents[code]).encode())[1]]


@given(BRANDS, BRANDS)
@settings(max_examples=60)
def test_a_brand_over_a_base_is_read_without_a_crash(document, base):
    files = {PurePosixPath("brands/_shared/base.json"): json.dumps(base).encode()}
    own = json.dumps({**document, "extends": "../_shared/base.json"}).encode()
    brand, diagnostics = parsed(own, files)
    assert (brand is None) == any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


@given(BRANDS)
@settings(max_examples=60)
def test_a_file_that_only_extends_another_is_that_other(document):
    """Nothing is lost or gained on the way through `extends`."""
    content = json.dumps({**document, "$schema": "x"}).encode()
    base = PurePosixPath("brands/_shared/base.json")
    direct, _ = parsed(content)
    through, _ = parsed(b'{"extends": "../_shared/base.json"}', {base: content})
    assert (direct is None) == (through is None)
    if direct is not None and through is not None:
        for name in ("name", "urls", "color", "typography", "shape", "portal", "api", "sdk"):
            assert getattr(direct, name) == getattr(through, name)


@given(BRANDS, st.data())
@settings(max_examples=80)
def test_every_mistake_has_a_line_and_a_column(document, data):
    text = json.dumps(document, indent=data.draw(st.sampled_from([None, 1, 4])), ensure_ascii=data.draw(st.booleans()))
    _, diagnostics = parsed(text.encode("utf-8", "surrogatepass"))
    lines = text.split("\n")
    for diagnostic in all_located(diagnostics, lambda _: text):
        span = diagnostic.place
        assert isinstance(span, Span)
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1


@given(st.binary(max_size=200) | st.text('{}[]":,\\ntrue0.eE-#/ \n\t\x00', max_size=80).map(str.encode))
@example(b"")
@settings(max_examples=250)
def test_any_bytes_are_a_document_or_a_diagnostic(content):
    """And what is a document without a diagnostic is what the standard library reads."""
    document, diagnostics = read_json(PATH, content)
    assert document is not None or diagnostics
    render_text(diagnostics).encode()
    if not diagnostics:
        assert document.value == json.loads(decoded_text(content))
    else:
        assert all(diagnostic.place.line >= 1 for diagnostic in diagnostics)


@given(ANYTHING, st.sampled_from([None, 2]))
def test_the_careful_reader_reads_what_the_fast_one_reads(value, indent):
    scan = scan_json(json.dumps(value, indent=indent))
    assert ((), True) == (scan.problems, scan.is_whole)
    assert value == scan.value


@given(st.lists(st.text("aAbB1-_ é", min_size=1, max_size=6), min_size=1, max_size=3).map(".".join))
def test_css_names_are_stable(token_id):
    """A name in CSS is its own name, so names can be made again from names."""
    try:
        name = css_name(token_id)
    except ValueError:
        return
    assert name == css_name(name)
    assert not set(name) & set(" _.")
    assert name == name.strip("-")
