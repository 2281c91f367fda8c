"""DTCG groups: types, modes, `$root`, `$extends`, names; and each composite."""

import pytest

from themekit.model import (
    Alias,
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    GradientStop,
    Mode,
    ModeValue,
    ShadowLayer,
    StrokeStyle,
    TransitionValue,
    TypographyValue,
    WrittenColor,
)
from themekit.model.token_names import Casing, collisions_in, css_name

PX1 = Dimension(1.0, "px")
BLACK = Color("srgb", (0.0, 0.0, 0.0))


def values(reading):
    assert [] == reading.messages
    return {token.id: token.value for token in reading.brand.tokens}


@pytest.mark.parametrize(
    ("type_", "written", "value"),
    [
        ("color", '"#000"', BLACK),
        (
            "color",
            '{"colorSpace": "oklch", "components": [0.5, 0.1, "none"], "alpha": 0}',
            WrittenColor("oklch", (0.5, 0.1, 0), 0, (False, False, True)),
        ),
        ("dimension", '{"value": -1.5, "unit": "rem"}', Dimension(-1.5, "rem")),
        ("dimension", '"1px"', PX1),
        ("fontFamily", '"Inter"', FontNames(("Inter",))),
        ("fontFamily", '["Inter", "sans-serif"]', FontNames(("Inter", "sans-serif"))),
        ("fontWeight", "350", 350.0),
        ("fontWeight", '"semi-bold"', 600.0),
        ("duration", '{"value": 0.2, "unit": "s"}', Duration(0.2, "s")),
        ("duration", '"200ms"', Duration(200.0, "ms")),
        ("cubicBezier", "[0.2, -1, 1, 7]", CubicBezier((0.2, -1.0, 1.0, 7.0))),
        ("number", "-1.5", -1.5),
        ("strokeStyle", '"dashed"', StrokeStyle("dashed")),
        (
            "strokeStyle",
            '{"dashArray": ["1px", "{a.b}"], "lineCap": "round"}',
            StrokeStyle(None, (PX1, Alias("a.b")), "round"),
        ),
        ("strokeStyle", '{"dashArray": ["1px"], "lineCap": "butt"}', StrokeStyle(None, (PX1,), "butt")),
        ("strokeStyle", '{"dashArray": ["1px"], "lineCap": "square"}', StrokeStyle(None, (PX1,), "square")),
        (
            "border",
            '{"color": "#000", "width": {"$ref": "#/w"}, "style": "{s}"}',
            BorderValue(BLACK, Alias("w"), Alias("s")),
        ),
        (
            "transition",
            '{"duration": "1s", "delay": "{d}", "timingFunction": [0, 0, 1, 1]}',
            TransitionValue(Duration(1, "s"), Alias("d"), CubicBezier((0, 0, 1, 1))),
        ),
        (
            "shadow",
            '{"color": "#000", "offsetX": "1px", "offsetY": "1px", "blur": "1px", "spread": "{x}"}',
            (ShadowLayer(BLACK, PX1, PX1, PX1, Alias("x")),),
        ),
        (
            "shadow",
            '[{"color": "{c}", "offsetX": "1px", "offsetY": "1px", "blur": "1px", "spread": "1px", "inset": true}]',
            (ShadowLayer(Alias("c"), PX1, PX1, PX1, PX1, inset=True),),
        ),
        (
            "gradient",
            '[{"color": "#000", "position": 42}, {"color": "{c}", "position": "{p}"}]',
            (GradientStop(BLACK, 1.0), GradientStop(Alias("c"), Alias("p"))),
        ),
        (
            "typography",
            (
                '{"fontFamily": ["Inter"], "fontSize": "1px", "fontWeight": 400, "letterSpacing": "1px",'
                ' "lineHeight": 1.5}'
            ),
            TypographyValue(FontNames(("Inter",)), PX1, 400.0, PX1, 1.5),
        ),
    ],
)
def test_every_type_is_read(read_tokens, type_, written, value):
    assert {"t": value} == values(read_tokens(f'{{"t": {{"$type": "{type_}", "$value": {written}}}}}'))


@pytest.mark.parametrize(
    ("type_", "written", "code"),
    [
        ("color", "3", "invalid-color"),
        ("dimension", "3", "invalid-dimension"),
        ("dimension", '{"value": "3", "unit": "px"}', "invalid-dimension"),
        ("dimension", '{"value": 3, "unit": "parsec"}', "invalid-dimension"),
        ("fontFamily", "[]", "invalid-token-value"),
        ("fontFamily", "3", "invalid-token-value"),
        ("fontFamily", '["Inter", 3]', "invalid-token-value"),
        ("fontFamily", '["Inter, Arial"]', "invalid-font-family"),
        ("fontFamily", '"Inter\\";}@import url(//evil.test);x{a:\\""', "invalid-alias"),
        ("fontWeight", "0", "invalid-token-value"),
        ("fontWeight", '"Bold"', "invalid-token-value"),
        ("fontWeight", "true", "invalid-token-value"),
        ("fontWeight", "[]", "invalid-token-value"),
        ("duration", '"-1s"', "out-of-range"),
        ("duration", '"1px"', "invalid-dimension"),
        ("cubicBezier", "[0, 0, 1]", "invalid-token-value"),
        ("cubicBezier", '[0, 0, 1, "1"]', "invalid-token-value"),
        ("cubicBezier", "[2, 0, 1, 1]", "invalid-token-value"),
        ("cubicBezier", '"ease"', "invalid-token-value"),
        ("number", '"1"', "invalid-token-value"),
        ("strokeStyle", '"wavy"', "invalid-token-value"),
        ("strokeStyle", "3", "invalid-token-value"),
        ("strokeStyle", '{"dashArray": [], "lineCap": "round"}', "invalid-token-value"),
        ("strokeStyle", '{"dashArray": ["x"], "lineCap": "round"}', "invalid-dimension"),
        ("strokeStyle", '{"dashArray": ["1px"], "lineCap": "pointed"}', "invalid-token-value"),
        ("border", '"1px solid"', "invalid-token-value"),
        ("border", '{"color": "#00", "width": "1px", "style": "solid"}', "invalid-color"),
        ("border", '{"color": "#000", "width": "1px"}', "invalid-token-value"),
        ("border", '{"color": "#000", "width": "1px", "style": "solid", "radius": "1px"}', "invalid-token-value"),
        ("transition", "3", "invalid-token-value"),
        ("transition", '{"duration": "1", "delay": "0", "timingFunction": [0, 0, 1, 1]}', "invalid-dimension"),
        ("shadow", "[]", "invalid-token-value"),
        ("shadow", '[{"color": "#000"}]', "invalid-token-value"),
        (
            "shadow",
            '{"color": "#000", "offsetX": "x", "offsetY": "1px", "blur": "1px", "spread": "1px"}',
            "invalid-dimension",
        ),
        (
            "shadow",
            '{"color": "#000", "offsetX": "0", "offsetY": "0", "blur": "0", "spread": "0", "inset": 1}',
            "invalid-token-value",
        ),
        ("gradient", "[]", "invalid-token-value"),
        ("gradient", '[{"color": "#000"}]', "invalid-token-value"),
        ("gradient", '[{"color": "#000", "position": "x"}]', "invalid-token-value"),
        ("typography", "{}", "invalid-token-value"),
        (
            "typography",
            (
                '{"fontFamily": "Inter", "fontSize": "1px", "fontWeight": 400, "letterSpacing": "1px",'
                ' "lineHeight": "1.5"}'
            ),
            "invalid-token-value",
        ),
    ],
)
def test_what_does_not_fit_its_type_is_reported(read_tokens, type_, written, code):
    """Never silently dropped, never passed on as text: what research found other tools to do."""
    assert {code} == set(read_tokens(f'{{"t": {{"$type": "{type_}", "$value": {written}}}}}').codes)


def test_a_mistyped_member_is_not_a_missing_one_too(read_tokens):
    border = '{"color": "#000", "width": "1px", "stile": "solid"}'
    reading = read_tokens(f'{{"t": {{"$type": "border", "$value": {border}}}}}')
    assert ["`tokens.t.$value` has no key `stile`"] == reading.messages
    assert ["did you mean `style`?"] == reading.hints


def test_types_descriptions_and_deprecation_are_inherited(read_tokens):
    reading = read_tokens(
        """{"$type": "color", "a": {"$value": "#000", "$description": "  Ink\\n on paper "},
            "g": {"$type": "number", "$deprecated": "use h", "$description": "Group", "b": {"$value": 1},
                  "c": {"$value": "{a}"}, "d": {"$value": 2, "$deprecated": false},
                  "e": {"$type": "color", "$value": "{a}", "$deprecated": true}}}"""
    )
    tokens = reading.brand.tokens.by_id()
    assert ["a", "g.b", "g.c", "g.d", "g.e"] == list(tokens)
    assert ["color", "number", None, "number", "color"] == [token.type for token in tokens.values()]
    assert [None, "use h", "use h", None, ""] == [token.deprecated for token in tokens.values()]
    assert "Ink on paper" == tokens["a"].description
    assert ("/tokens/g/b", "key") == (tokens["g.b"].origin.pointer, tokens["g.b"].origin.part)


def test_a_group_has_a_token_of_its_own(read_tokens):
    found = values(read_tokens('{"a": {"$type": "number", "$root": {"$value": 1}, "b": {"$value": "{a.$root}"}}}'))
    assert {"a.$root": 1.0, "a.b": Alias("a.$root")} == found


def test_modes(read_tokens):
    reading = read_tokens(
        """{"a": {"$type": "color", "$value": "{x}", "$extensions": {"com.other": 3, "themekit": {"modes":
            {"dark": "#000", "light-contrast": "{y}", "dark-contrast": null}}}}}"""
    )
    (token,) = reading.brand.tokens
    assert "color" == token.type
    assert (ModeValue(Mode.DARK, BLACK), ModeValue(Mode.LIGHT_CONTRAST, Alias("y"))) == token.modes


@pytest.mark.parametrize(
    ("extensions", "codes"),
    [
        ('{"themekit": []}', ["wrong-type"]),
        ('{"themekit": {"mode": {}}}', ["unknown-key"]),
        ('{"themekit": {"modes": []}}', ["wrong-type"]),
        ('{"themekit": {"modes": {"drak": "#000"}}}', ["unknown-mode"]),
        ('{"themekit": {"modes": {"dark": "#00"}}}', ["missing-token-type"]),
        ('{"themekit": {"modes": {"dark": "{a"}}}', ["invalid-alias"]),
        ('{"themekit": null}', []),
    ],
)
def test_extensions_of_ours_are_checked(read_tokens, extensions, codes):
    assert codes == read_tokens(f'{{"a": {{"$value": "{{x}}", "$extensions": {extensions}}}}}').codes


@pytest.mark.parametrize(
    ("tokens", "codes"),
    [
        ('{"a": {"$value": 1}}', ["missing-token-type"]),
        ('{"a": {"$value": {"colorSpace": "srgb"}}}', ["missing-token-type"]),
        ('{"a": {"$value": {"x": 1}}}', ["missing-token-type"]),
        ('{"a": {"$value": [1]}}', ["missing-token-type"]),
        ('{"a": {"$value": "1s"}}', ["missing-token-type"]),
        ('{"a": {"$value": "1px"}}', ["missing-token-type"]),
        ('{"a": {"$value": "x"}}', ["missing-token-type"]),
        ('{"a": {"$value": "#000", "$type": "colour"}}', ["unknown-token-type"]),
        ('{"$type": "x", "a": {"$value": "{b}"}}', ["unknown-token-type"]),
        ('{"a": {"$value": "{b}", "$type": 3}}', ["wrong-type"]),
        ('{"a": {"$value": "{b}", "alpha": 0}}', ["unknown-key"]),
        ('{"a": {"$value": 1, "foo": 2, "$type": "numbr"}}', ["unknown-key", "unknown-token-type"]),
        ('{"a": {"$value": "1em", "foo": 2, "$type": "dimension"}}', ["unknown-key", "invalid-dimension"]),
        ('{"a": {"$value": "{b}", "type": "color"}}', ["unknown-key"]),
        ('{"a": {"$value": "{b}", "$descripton": "x"}}', ["unknown-key"]),
        ('{"a": {"$value": "{b}", "$description": "a\\u202eb"}}', ["invalid-text"]),
        ('{"a": {"$value": "{b}", "$deprecated": "a\\u0007b"}}', ["invalid-text"]),
        ('{"a": {"$value": "{b}", "$description": "for <h1>", "$deprecated": "A -> B"}}', []),
        ('{"a": {"$value": "{b}", "$description": null, "$extends": null, "x": null}}', ["unknown-key"]),
        ('{"a": {"$value": "{b}", "$ref": "#/b"}}', ["invalid-token"]),
        ('{"a": {"$value": "{b}", "c": {"$value": "{b}"}}}', ["invalid-token"]),
        ('{"a": {"value": "#000", "type": "color"}}', ["wrong-type", "wrong-type"]),
        ('{"a": "{b}", "c": 3}', ["wrong-type", "wrong-type"]),
        ('{"$descripton": "x"}', ["unknown-key"]),
        ('{"$description": 3, "$deprecated": 3}', ["wrong-type", "wrong-type"]),
        ('{"$extensions": {"themekit": {}}}', ["unsupported-token-feature"]),
        ('{"$extensions": {"other": {}}}', []),
        ('{"$root": {"$value": "{b}"}}', ["invalid-token"]),
        ('{"a": {"$root": {}}}', ["invalid-token"]),
        ('{"a.b": {}, "{": {}, "}x": {}, "\\u0001": {}, "": {}, "–": {}}', ["invalid-token-name"] * 6),
        ('{"a": {"$value": "{}"}, "b": {"$value": "x{a}"}, "c": {"$value": "{a}{b}"}}', ["invalid-alias"] * 3),
        (
            '{"a": {"$ref": "a"}, "b": {"$ref": 3}, "c": {"$ref": "#/$x"}, "d": {"$ref": "#/$value"}}',
            ["invalid-alias", "wrong-type", "unknown-token", "invalid-alias"],
        ),
        (
            (
                '{"a": {"$type": "border", "$value":'
                ' {"color": {"$ref": "#/a", "x": 1}, "width": "1px", "style": {"$ref": 3}}}}'
            ),
            ["invalid-alias"] * 2,
        ),
        ('{"a": {"$ref": "#/b/$value/components/0"}}', ["unknown-token"]),
        (
            '{"a": {"$extends": 3}, "b": {"$extends": "a"}, "c": {"$extends": "{x}"}, "d": {"$extends": "#/a/x"}}',
            ["wrong-type", "invalid-alias", "unknown-group", "unknown-group"],
        ),
        ('{"a": {"$extends": "{b}"}, "b": {"$value": "{x}"}}', ["unknown-group"]),
        ('{"a": {"b": {"$extends": "{a}"}}}', ["group-cycle"]),
        ('{"a": {"$extends": "{a}"}}', ["group-cycle"]),
        ('{"a": {"$extends": "{b}"}, "b": {"$extends": "{c}"}}', ["unknown-group"]),
        ('{"a": {"$extends": "{b}"}, "b": {"$extends": "c"}}', ["invalid-alias"]),
        ('{"a": {"$extends": "{b}"}, "b": {"$extends": "{t}"}, "t": {"$value": "{x}"}}', ["unknown-group"]),
        ('{"a": {"$extends": "{b}"}, "b": {"$type": 3, "x": {"$value": "{y}"}}}', ["wrong-type"]),
        ('{"a": {"$description": NaN, "x": {"$value": "{y}", "$description": NaN}}}', ["json-number"] * 2),
        ('{"a": {"$extends": "{b}"}, "b": {"$extends": "{c}"}, "c": {"$extends": "{b}"}}', ["group-cycle"]),
    ],
)
def test_what_is_wrong_with_groups_and_tokens(read_tokens, tokens, codes):
    assert codes == read_tokens(tokens).codes


def test_a_reference_by_pointer(read_tokens):
    found = values(read_tokens('{"a": {"$ref": "#/color/x~1y/9"}, "b": {"$ref": "#/color/z/$value"}}'))
    assert {"a": Alias("color.x/y.9"), "b": Alias("color.z")} == found


def test_a_group_extends_another_and_overrides_it_token_by_token(read_tokens):
    reading = read_tokens(
        """{"base": {"$type": "number", "x": {"$value": 1}, "g": {"y": {"$value": 2}, "z": {"$value": 3}}},
            "own": {"$extends": "{base}", "g": {"z": {"$value": 4}}, "new": {"$value": 5}},
            "third": {"$extends": "#/own", "x": {"q": {"$value": 6}}}}"""
    )
    found = {str(key): value for key, value in values(reading).items()}
    assert {"own.x": 1, "own.g.y": 2, "own.g.z": 4, "own.new": 5}.items() <= found.items()
    assert {"third.x.q": 6, "third.g.y": 2, "third.g.z": 4, "third.new": 5}.items() <= found.items()
    assert "third.x" not in found
    tokens = reading.brand.tokens.by_id()
    assert "/tokens/base/x" == tokens["own.x"].origin.pointer
    assert "number" == tokens["third.x.q"].type


def test_a_mistake_in_an_extended_group_is_reported_where_it_stands(read_tokens):
    reading = read_tokens('{"base": {"a.b": {}, "x": 3, "$y": 1, "$root": {}}, "own": {"$extends": "{base}"}}')
    assert ["invalid-token-name", "wrong-type", "unknown-key", "invalid-token"] == reading.codes


@pytest.mark.parametrize(
    ("token_id", "name"),
    [
        ("color.primary.9", "color-primary-9"),
        ("color.stringRegexp", "color-string-regexp"),
        ("color.string-regexp", "color-string-regexp"),
        ("size.2xLarge", "size-2x-large"),
        ("size.2XL", "size-2-xl"),
        ("a.HTMLText", "a-html-text"),
        ("a.b2B", "a-b2-b"),
        ("a.gray100", "a-gray100"),
        ("acid green._x_", "acid-green-x"),
        ("accent.$root", "accent"),
        ("a.ÄpfelUnd", "a-äpfel-und"),
        ('a.x";}', "a-x"),
    ],
)
def test_names_in_css(token_id, name):
    assert name == css_name(token_id)


@pytest.mark.parametrize("token_id", ["", "$root", "a.---", "a..b"])
def test_a_name_without_letters_is_refused(token_id):
    with pytest.raises(ValueError, match="without letter or digit"):
        css_name(token_id)


def test_collisions_name_both_places(read_tokens):
    reading = read_tokens('{"$type": "number", "a-b": {"$value": 1}, "a": {"b": {"$value": 2}}, "aB": {"$value": 3}}')
    assert ["token-name-collision"] * 2 == reading.codes
    assert "`a.b` and `a-b` would both be named `--tk-a-b`" == reading.messages[0]
    assert ["`a-b` is defined here"] * 2 == [each.notes[0].message for each in reading.diagnostics]
    assert (("a-b", "a.b"), ("a-b", "aB")) == collisions_in(Casing.KEBAB, ["a-b", "a.b", "x", "aB", "x"])


def test_a_root_token_collides_with_a_token_named_like_its_group(read_tokens):
    tokens = '{"$type": "number", "accent": {"$root": {"$value": 1}}, "Accent": {"$value": 2}}'
    assert ["token-name-collision"] == read_tokens(tokens).codes


def test_names_that_meet_in_another_casing_only(read_tokens):
    """CSS can tell `space-1` from `space1`; Swift's `space1` is both."""
    reading = read_tokens('{"$type": "number", "space": {"1": {"$value": 1}}, "space1": {"$value": 2}}')
    message = "`space1` and `space.1` would both be named `space1` in camelCase, which some outputs use"
    assert [message] == reading.messages


def test_extensions_and_descriptions_are_kept(read_tokens):
    """Tools MUST preserve what they do not understand: DTCG 2025.10, 5.2.3 and 6.3.2."""
    reading = read_tokens(
        '{"$extensions": {"org.x": [1, {"y": null}]}, "a": {"$type": "number", "$description": "Of a group", '
        '"b": {"$value": 1, "$extensions": {"org.x": "ü", "themekit": {"modes": {"dark": 2}}}}}}'
    )
    assert [] == reading.messages
    tokens = reading.brand.tokens
    assert ('{"org.x":"ü"}',) == tuple(token.extensions for token in tokens)
    assert [("", "", '{"org.x":[1,{"y":null}]}'), ("a", "Of a group", "")] == [
        (group.id, group.description, group.extensions) for group in tokens.groups
    ]
