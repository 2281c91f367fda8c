"""Every independent mistake in a brand's tokens in one run, and none that only follows from another."""

import json

import pytest

from brands import PATH, alias, literal
from themekit.build.brands import tokens
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId

GREY = {"color": {"text": literal("#cccccc")}}
"""Text that cannot be read on any light page."""


def told(written, **fields):
    """Code and place of each diagnostic of a brand, from its file to its resolved tokens."""
    document = {"name": "Acme", "color": {"primary": "#0b5fff"}, "tokens": written, **fields}
    content = json.dumps(document).encode()
    engine = Engine(MemoryHost({PATH: content}), MemoryStore(), code="")
    places = []
    for each in engine.diagnostics(tokens, BrandId("acme")):
        line = content.decode().split("\n")[each.place.line - 1]
        places.append((each.code, line[each.place.column - 1 :][: each.place.length]))
    return sorted(places)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"radius": {"m": {"$type": "dimension", "$value": "x"}}}, "invalid-dimension"),
        ({"radius": {"m": {"$type": "color", "$value": "#000000"}}}, "override-type"),
        ({"a": {"b": alias("color.nope")}}, "unknown-token"),
        ({"a": {"b": alias("a.c"), "c": alias("a.b")}}, "alias-cycle"),
        ({"a": {"b": {"$value": "#000000"}}}, "missing-token-type"),
        ({"a": {"b-c": literal("#000000"), "b": {"c": literal("#000000")}}}, "token-name-collision"),
        ({"a": {"b": "#000000"}}, "wrong-type"),
        ({"a": {"b": {"$type": "colour", "$value": "#000000"}}}, "unknown-token-type"),
    ],
)
def test_one_mistake_does_not_hide_low_contrast(other, code):
    assert [code, "low-contrast"] == sorted((one for one, _ in told({**GREY, **other})), key="low-contrast".__eq__)


def test_a_name_that_collides_with_a_default_does_not_hide_low_contrast():
    color = {**GREY["color"], "primary-9": literal("#111111")}
    assert ["low-contrast", "token-name-collision"] == [code for code, _ in told({"color": color})]


def test_a_mistake_elsewhere_in_the_brand_does_not_hide_those_of_tokens():
    found = told({**GREY, "a": {"b": alias("color.nope")}}, urls={"site": "nope"})
    assert ["invalid-url", "low-contrast", "unknown-token"] == [code for code, _ in found]


def test_one_broken_literal_hides_no_mistake_of_references():
    written = {
        **GREY,
        "radius": {"m": {"$type": "color", "$value": "#000000"}},
        "a": {
            "bad": {"$type": "dimension", "$value": "x"},
            "one": alias("a.two"),
            "two": alias("a.one"),
            "gone": alias("color.nope"),
        },
    }
    codes = [code for code, _ in told(written)]
    assert ["alias-cycle", "invalid-dimension", "low-contrast", "override-type", "unknown-token"] == codes


@pytest.mark.parametrize(
    "written",
    [
        {"a": {"bad": {"$type": "color", "$value": "x"}, "good": alias("a.bad")}},
        {"a": {"bad": "#000000", "good": alias("a.bad")}},
        {"a": {"bad": literal("#000000", dark="x"), "good": alias("a.bad")}},
        {"a": {"bad": literal("#000000", drak="#ffffff"), "good": alias("a.bad")}},
        {"a": {"bad": {"$value": "#000000"}, "good": alias("a.bad")}},
        {"a": {"$type": "colour", "one": {"$value": "#000000"}, "two": alias("a.one")}},
        {"a": {"$type": 3, "one": {"$value": "#000000"}, "two": alias("a.one")}},
        {"a": {"$type": "colour", "b": {"c": {"$value": "#000000"}}}},
        {"a": {"$extends": "{nope}"}, "b": {"c": alias("a.inherited")}},
        {"a": {"$extends": 3}, "b": {"c": alias("a.inherited")}},
        {"a": {"$root": {"b": literal("#000000")}}, "b": {"c": alias("a.$root")}},
        {"a": {"$root": 3}, "b": {"c": alias("a.$root")}},
        {"color": {"primary-9": literal("#111111")}, "a": {"b": alias("color.primary-9")}},
        {"a": {"$root": literal("#000000"), "--": literal("#000000"), "b": alias("a.--")}},
        # What the text or its ground should be is not known.
        {"color": {"text": literal("#222222", dark="x")}},
        {"color": {"text": literal("#222222", drak="#ffffff")}},
        {"color": {"page": {"$type": "color", "$value": "x"}, "overlay": literal("#cccccc80")}},
        {"color": {"text": alias("a.bad")}, "a": {"bad": {"$type": "color", "$value": "x"}}},
    ],
    ids=lambda written: json.dumps(written)[:60],
)
def test_what_follows_from_a_mistake_is_not_reported(written):
    (one,) = told(written)
    assert "low-contrast" != one[0]


def test_a_broken_mode_leaves_the_others_to_be_judged():
    written = {"color": {"text": literal("#cccccc", dark="x")}}
    assert [("invalid-color", '"x"'), ("low-contrast", '"#cccccc"')] == told(written)


def test_high_contrast_falls_back_as_if_nothing_were_broken():
    """Giving the solved value back where an override names no high contrast works beside a broken token."""
    written = {"color": {"solid": literal("#0b5fff")}, "a": {"b": alias("color.nope")}}
    assert ["unknown-token"] == [code for code, _ in told(written)]


def test_contrast_is_not_judged_without_the_colours_it_depends_on():
    for color in ({"primary": "x"}, {"primary": "#0b5fff", "accent": "x"}, {}, {"primry": "#0b5fff"}):
        found = told({**GREY, "a": {"b": alias("color.nope")}}, color=color)
        assert "unknown-token" in [code for code, _ in found]
        assert "low-contrast" not in [code for code, _ in found]


def test_what_may_stand_in_a_file_that_cannot_be_read_is_not_judged():
    assert ["missing-file"] == [code for code, _ in told({"a": {"b": alias("color.nope")}}, extends="../_base.json")]
    engine = Engine(MemoryHost({PATH: b"{"}), MemoryStore(), code="")
    assert {"json-syntax"} == {each.code for each in engine.diagnostics(tokens, BrandId("acme"))}


def test_a_value_that_is_no_json_is_lost_as_well():
    for lost in ("nope", '{"$value": nope}', '{"$type": "color", "$value": "x", "$extensions": nope}'):
        broken = '{"a": {"b": LOST, "c": {"$value": "{a.b}"}}}'.replace("LOST", lost)
        text = f'{{"name": "A", "color": {{"primary": "#0b5fff"}}, "tokens": {broken}}}'
        engine = Engine(MemoryHost({PATH: text}), MemoryStore(), code="")
        told = {each.code for each in engine.diagnostics(tokens, BrandId("acme"))}
        assert {"json-syntax", "invalid-color"} >= told, lost
    text = '{"name": "A", "color": {"primary": "#0b5fff"}, "tokens": nope, "urls": {}}'
    engine = Engine(MemoryHost({PATH: text}), MemoryStore(), code="")
    assert ["json-syntax"] == [each.code for each in engine.diagnostics(tokens, BrandId("acme"))]


def test_a_brand_without_a_file_has_no_tokens_and_no_mistakes():
    engine = Engine(MemoryHost({}), MemoryStore(), code="")
    assert None is engine.get(tokens, BrandId("acme"))
    assert () == engine.diagnostics(tokens, BrandId("acme"))


@pytest.mark.parametrize(
    ("color", "hint"),
    [
        (
            {"gone": alias("color.nope"), "none": alias("color.gone"), "nopa": literal("#000000")},
            "did you mean `color.nopa`?",
        ),
        ({"gone": literal("#000000", dark="{color.gon}"), "gona": literal("#000000")}, "did you mean `color.gona`?"),
    ],
)
def test_a_token_is_not_proposed_to_itself_nor_what_leads_to_it(color, hint):
    """Either would be a circle, the next mistake."""
    document = {"name": "A", "color": {"primary": "#0b5fff"}, "tokens": {"color": color}}
    engine = Engine(MemoryHost({PATH: json.dumps(document)}), MemoryStore(), code="")
    (one,) = engine.diagnostics(tokens, BrandId("acme"))
    assert hint == one.hint


def test_what_a_group_holds_is_listed_though_all_of_it_leads_back():
    written = {"a": {"one": alias("a.nothing"), "two": alias("a.one"), "three": alias("a.two")}}
    document = {"name": "A", "color": {"primary": "#0b5fff"}, "tokens": written}
    engine = Engine(MemoryHost({PATH: json.dumps(document)}), MemoryStore(), code="")
    (one,) = engine.diagnostics(tokens, BrandId("acme"))
    assert "`a` holds `two`, `three`" == one.hint
