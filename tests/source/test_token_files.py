"""A brand's tokens in files: which are read, which win, and where a mistake in one of them is shown."""

import json

import pytest

from themekit.model import Alias, Dimension


def px(value):
    return {"$type": "dimension", "$value": {"value": value, "unit": "px"}}


def files(**contents):
    return {f"brands/{name}": json.dumps(content) for name, content in contents.items()}


BASE = {"brands/_shared/base.tokens.json": json.dumps({"gap": {"a": px(1), "b": px(2)}})}
OWN = {"brands/acme/own.tokens.json": json.dumps({"gap": {"b": px(3), "c": {"$value": "{gap.a}"}}})}


def values(reading):
    assert [] == reading.messages
    return {str(token.id): token.value for token in reading.brand.tokens}


def test_later_files_win(read_fields):
    reading = read_fields('"tokens": ["../_shared/base.tokens.json", "own.tokens.json"]', {**BASE, **OWN})
    expected = {"gap.a": Dimension(1.0, "px"), "gap.b": Dimension(3.0, "px"), "gap.c": Alias("gap.a")}
    assert expected == values(reading)
    origins = {str(token.id): str(token.origin.path) for token in reading.brand.tokens}
    assert "brands/_shared/base.tokens.json" == origins["gap.a"]
    assert "brands/acme/own.tokens.json" == origins["gap.b"] == origins["gap.c"]


def test_one_file_by_its_name(read_fields):
    assert {"gap.a", "gap.b"} == set(values(read_fields('"tokens": "../_shared/base.tokens.json"', BASE)))


def test_tokens_in_place_over_the_files_of_a_base(read_fields):
    """Neither replaces the other: that would lose tokens in silence."""
    base = {"brands/_shared/base.json": '{"tokens": ["base.tokens.json"]}'}
    tokens = json.dumps({"gap": {"a": px(9)}})
    reading = read_fields(f'"extends": "../_shared/base.json", "tokens": {tokens}', {**BASE, **base})
    assert {"gap.a": Dimension(9.0, "px"), "gap.b": Dimension(2.0, "px")} == values(reading)


def test_null_removes_the_files_of_a_base(read_fields):
    base = {"brands/_shared/base.json": '{"tokens": ["base.tokens.json"]}'}
    reading = read_fields('"extends": "../_shared/base.json", "tokens": null', {**BASE, **base})
    assert {} == values(reading)


def test_a_mistake_is_shown_in_its_file(read_fields):
    broken = '{\n  "gap": { "$type": "dimension",\n    "x": { "$value": { "value": 4, "unit": "parsec" } } }\n}'
    reading = read_fields('"tokens": ["a.tokens.json"]', {"brands/acme/a.tokens.json": broken})
    assert ["invalid-dimension"] == reading.codes
    place = reading.diagnostics[0].place
    assert ("brands/acme/a.tokens.json", 3, 22) == (str(place.path), place.line, place.column)


@pytest.mark.parametrize(
    ("tokens", "code"),
    [
        ('"../../secret.json"', "invalid-path"),
        ('["/etc/x.json"]', "invalid-path"),
        ('["a.yaml"]', "invalid-path"),
        ('["none.json"]', "missing-file"),
        ("[3]", "wrong-type"),
        ("[]", "wrong-type"),
        ("7", "wrong-type"),
        (json.dumps(["a.json"] * 33), "too-long"),
    ],
)
def test_what_is_wrong_with_names_of_files(read_fields, tokens, code):
    reading = read_fields(f'"tokens": {tokens}', {"brands/acme/a.json": "{}"})
    assert code in reading.codes
    assert not any("secret" in path or path.startswith("/") for path in reading.asked)


def test_a_token_in_the_place_of_a_group_is_refused(read_fields):
    """The last one would win, and what was below the group would be lost."""
    other = {"brands/acme/o.json": json.dumps({"gap": px(1)})}
    reading = read_fields('"tokens": ["../_shared/base.tokens.json", "o.json"]', {**BASE, **other})
    assert ["token-is-group"] == reading.codes
    assert "`gap` is a token here and a group in what it is laid over" == reading.messages[0]
    assert "brands/_shared/base.tokens.json" == str(reading.diagnostics[0].notes[0].place.path)


COLOR, LENGTH = {"$type": "color", "$value": "#000000"}, px(1)


@pytest.mark.parametrize(
    ("below", "above", "types"),
    [
        ({"x": COLOR}, {"x": LENGTH}, ("dimension", "color")),
        ({"x": COLOR}, {"x": {**COLOR, "$value": "#ffffff"}}, None),
        ({"$type": "color", "x": {"$value": "#000000"}}, {"x": LENGTH}, ("dimension", "color")),
        ({"$type": "color", "x": {"$value": "#000000"}}, {"x": {"$value": "#ffffff"}}, None),
        ({"g": {"$type": "color", "x": {"$value": "#000000"}}}, {"g": {"x": LENGTH}}, ("dimension", "color")),
        ({"$type": "color", "g": {"x": {"$value": "#000000"}}}, {"g": {"x": LENGTH}}, ("dimension", "color")),
        ({"g": {"x": LENGTH}}, {"g": {"x": COLOR, "$type": "dimension"}}, ("color", "dimension")),
        ({"a": COLOR, "x": {"$value": "{a}"}}, {"x": LENGTH}, None),
    ],
)
def test_a_token_of_another_type_is_told_of(read_fields, below, above, types):
    """The last one counts, as DTCG says; but a length where a colour was is most likely a slip."""
    files = {"brands/acme/a.json": json.dumps(below), "brands/acme/b.json": json.dumps(above)}
    reading = read_fields('"tokens": ["a.json", "b.json"]', files)
    expected = [] if types is None else [f"is a {types[0]} here and a {types[1]} in what it is laid over"]
    assert expected == [message.partition("` ")[2] for message in reading.messages]
    assert reading.brand is not None
    if types:
        assert "token-type-replaced" == reading.codes[0]
        assert "brands/acme/b.json" == str(reading.diagnostics[0].place.path)
        assert "brands/acme/a.json" == str(reading.diagnostics[0].notes[0].place.path)
