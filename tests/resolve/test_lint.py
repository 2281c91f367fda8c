"""The lint of tokens: each rule finds what breaks it, at its place, and passes over what does not."""

import pytest

from brands import alias, brand, literal
from themekit.diagnostics import Code, Severity
from themekit.model import TokenId
from themekit.resolve import resolve_tokens
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.lint.lint import MAX_FOUND, lint, lint_tokens, rules_without_brand
from themekit.resolve.lint.registry import all_rules
from themekit.resolve.lint.rule import Finding, Rule, Theme
from themekit.resolve.lint.rules.mixed_naming import style_of

NAMES = [rule.code.name for rule in all_rules()]


def findings(*names, levels=None, **fields):
    """What rules find in a brand; the named alone, or all that are on by default."""
    chosen = {name: "warning" if name in names else "off" for name in NAMES} if names else {}
    made = brand(lint=chosen | (levels or {}), **fields)
    tokens, _ = resolve_tokens(made)
    return lint(made, tokens)


def places(*names, **fields):
    return [each.place.pointer for each in findings(*names, **fields)]


def messages(*names, **fields):
    return [each.message for each in findings(*names, **fields)]


def dimension(value):
    return {"$type": "dimension", "$value": value}


def number(value):
    return {"$type": "number", "$value": value}


def style(**members):
    whole = {
        "fontFamily": "{font.family.body}",
        "fontSize": "{font.size.m}",
        "fontWeight": 400,
        "letterSpacing": "0px",
        "lineHeight": 1.6,
    }
    return {"$type": "typography", "$value": whole | members}


def sizes(**named):
    return {"font": {"size": {name: dimension(value) for name, value in named.items()}}}


DEPRECATED = {
    "old": literal("#123456") | {"$deprecated": "use `new`"},
    "new": literal("#123457"),
}
HITS = {
    "deprecated-alias": [
        ({**DEPRECATED, "a": alias("old")}, ["/tokens/a/$value"]),
        (
            {**DEPRECATED, "a": {"$type": "border", "$value": {"color": "{old}", "width": "1px", "style": "solid"}}},
            ["/tokens/a/$value/color"],
        ),
        ({**DEPRECATED, "a": literal("{new}", dark="{old}")}, ["/tokens/a/$extensions/themekit/modes/dark"]),
        ({"old": literal("#123456") | {"$deprecated": True}, "a": alias("old")}, ["/tokens/a/$value"]),
        (
            {"g": {"$deprecated": True, "old": literal("#123456")}, "a": alias("g.old"), "b": alias("a")},
            ["/tokens/a/$value"],
        ),
    ],
    "mixed-naming": [
        ({"a-b": literal("#123"), "c-d": literal("#456"), "eF": literal("#789")}, ["/tokens/eF"]),
        ({"a-b": {"c-d": literal("#456"), "e_f": literal("#789")}}, ["/tokens/a-b/e_f"]),
        ({"a-b": literal("#123"), "c-d": literal("#111"), "Ef": {"x": literal("#222"), "y": literal("#333")}}, None),
    ],
    "small-text": [
        (sizes(xs="11px"), ["/tokens/font/size/xs/$value"]),
        (sizes(xs="0.7rem"), ["/tokens/font/size/xs/$value"]),
        ({"note": style(fontSize="11.5px")}, ["/tokens/note/$value/fontSize"]),
        ({"tiny": dimension("9px"), "note": style(fontSize="{tiny}")}, ["/tokens/tiny/$value"]),
        (
            {"tiny": dimension("9px"), "small": alias("tiny"), "note": style(fontSize="{small}")},
            ["/tokens/tiny/$value"],
        ),
    ],
    "tight-lines": [
        ({"font": {"line-height": {"normal": number(1.4)}}}, ["/tokens/font/line-height/normal/$value"]),
        ({"typography": {"body": style(lineHeight=1.2)}}, ["/tokens/typography/body/$value/lineHeight"]),
        (
            {"close": number(1.3), "typography": {"body": style(lineHeight="{close}")}},
            ["/tokens/close/$value"],
        ),
        (
            {"typography": {"body": style(lineHeight="{font.line-height.tight}")}},
            ["/tokens/typography/body/$value/lineHeight"],
        ),
    ],
    "uneven-type-scale": [
        (sizes(l="15px"), ["/tokens/font/size/l/$value"]),
        (sizes(l="5rem"), ["/tokens/font/size/l/$value"]),
    ],
    "unused-token": [
        ({"a": literal("#123"), "b": alias("a")}, ["/tokens/b"]),
    ],
    "repeated-value": [
        ({"a": literal("#123456"), "b": literal("#123456")}, ["/tokens/b/$value"]),
        (
            {"a": dimension("4px"), "b": dimension("4px"), "c": dimension("4px")},
            ["/tokens/b/$value", "/tokens/c/$value"],
        ),
    ],
    "missing-description": [
        ({"a": literal("#123456"), "b": literal("#123457") | {"$description": " "}}, ["/tokens/a", "/tokens/b"]),
    ],
    "outside-srgb": [
        ({"a": literal("color(display-p3 0 1 0)")}, ["/tokens/a/$value"]),
        ({"a": literal("#00ff00", dark="oklch(0.7 0.3 145)")}, ["/tokens/a/$extensions/themekit/modes/dark"]),
        (
            {
                "a": {
                    "$type": "gradient",
                    "$value": [
                        {"color": "#123456", "position": 0},
                        {"color": "oklch(0.7 0.3 145)", "position": 1},
                    ],
                }
            },
            ["/tokens/a/$value/1/color"],
        ),
    ],
    "redundant-override": [
        ({"color": {"text": alias("color.neutral.12")}}, ["/tokens/color/text"]),
        ({"duration": {"fast": {"$type": "duration", "$value": "120ms"}}}, ["/tokens/duration/fast"]),
    ],
}
PASSES = {
    "deprecated-alias": [
        {**DEPRECATED, "a": alias("new")},
        {**DEPRECATED, "a": alias("old") | {"$deprecated": True}},
        {"old": literal("#123456") | {"$deprecated": False}, "a": alias("old")},
    ],
    "mixed-naming": [
        {"a-b": literal("#123"), "c": literal("#456"), "2xl": literal("#789"), "x9": literal("#777")},
        {"aB": literal("#123"), "cD": {"eF": literal("#456")}},
        {"aB": literal("#123"), "font": {"line-height": {"normal": number(1.7)}}},
    ],
    "small-text": [
        sizes(xs="12px", s="0.75rem"),
        {"gap": dimension("4px")},
        {"gap": dimension("4px"), "space": {"1": alias("gap")}},
        {"note": style(fontSize="{font.size.xs}")},
    ],
    "tight-lines": [
        {"font": {"line-height": {"normal": number(1.5), "tight": number(1.0)}}},
        {"note": style(lineHeight=1.2)},
        {"typography": {"body": style(lineHeight="{font.line-height.loose}")}},
    ],
    "uneven-type-scale": [sizes(l="1rem"), sizes(l="20px", xl="20px", **{"2xl": "40px", "3xl": "41px", "4xl": "42px"})],
    "unused-token": [
        {"color": {"link": literal("{color.accent.11}")}},
        {"a": literal("#123456"), "color": {"shadow": literal("#000", dark="{a}")}},
        {"color": {"text": alias("color.neutral.12")}},
    ],
    "repeated-value": [
        {"a": literal("#123456"), "b": alias("a"), "c": alias("a")},
        {"a": literal("#123456"), "b": literal("#123456", dark="#fff")},
        {"a": dimension("4px"), "b": number(4)},
    ],
    "missing-description": [
        {"a": literal("#123456") | {"$description": "Ground of tiles"}},
        {"color": {"text": alias("color.neutral.12")}},
    ],
    "outside-srgb": [
        {"a": literal("oklch(0.6 0.1 145)"), "b": literal("color(display-p3 0.5 0.5 0.5)"), "c": alias("a")}
    ],
    "redundant-override": [
        {"color": {"text": alias("color.primary.12")}},
        {"color": {"text": literal("{color.neutral.12}", dark="{color.primary.12}")}},
        {"a": alias("color.neutral.12")},
    ],
}


@pytest.mark.parametrize(("name", "tokens", "expected"), [(name, *each) for name in HITS for each in HITS[name]])
def test_what_breaks_a_rule_is_found_at_its_place(name, tokens, expected):
    found = findings(name, tokens=tokens)
    assert found
    assert {(name, Severity.WARNING)} == {(each.code, each.severity) for each in found}
    assert expected in (None, [each.place.pointer for each in found])


@pytest.mark.parametrize(("name", "tokens"), [(name, each) for name in PASSES for each in PASSES[name]])
def test_what_keeps_a_rule_is_passed_over(name, tokens):
    assert () == findings(name, tokens=tokens)


def test_every_rule_has_hits_and_passes():
    assert NAMES == sorted(HITS) == sorted(PASSES)


def test_every_rule_is_a_warning_and_some_wait_to_be_asked():
    """What a matter of style is, a brand asks for; what harms readers is on."""
    assert {Severity.WARNING} == {rule.code.severity for rule in all_rules()}
    on = [rule.code.name for rule in all_rules() if rule.is_on]
    assert ["deprecated-alias", "mixed-naming", "small-text", "tight-lines", "uneven-type-scale"] == on


DEFAULTS = {token.id for token in default_tokens(brand())}
WITHOUT_BRAND = {rule.code.name for rule in rules_without_brand()}
NEW_ONLY = [
    (name, tokens)
    for name in HITS
    for tokens, *_ in HITS[name]
    if name in WITHOUT_BRAND and DEFAULTS.isdisjoint(brand(tokens=tokens).tokens.by_id())
]


@pytest.mark.parametrize(("name", "tokens"), NEW_ONLY)
def test_rules_that_need_no_brand_find_the_same_without_one(name, tokens):
    """Where tokens override no default."""
    levels = {rule: "warning" if rule == name else "off" for rule in WITHOUT_BRAND}
    found = lint_tokens(brand(tokens=tokens).tokens, levels)
    expected = [(name, each.place) for each in findings(name, tokens=tokens)]
    assert expected == [(each.code, each.place) for each in found] != []


def test_rules_about_defaults_need_a_brand():
    assert {"redundant-override", "tight-lines", "uneven-type-scale"} == set(NAMES) - WITHOUT_BRAND
    assert {name for name, _ in NEW_ONLY} <= WITHOUT_BRAND


def test_a_rule_is_as_severe_as_the_brand_says():
    tokens = sizes(xs="11px")
    assert ["warning"] == [each.severity for each in findings(tokens=tokens)]
    assert ["error"] == [each.severity for each in findings(tokens=tokens, levels={"small-text": "error"})]
    assert [] == list(findings(tokens=tokens, levels={"small-text": "off"}))


def test_a_rule_that_there_is_not_is_an_error_with_a_hint():
    (found,) = findings(levels={"small-txt": "error"})
    assert ("unknown-rule", Severity.ERROR, "/lint/small-txt") == (found.code, found.severity, found.place.pointer)
    assert "`small-text`" in found.hint


def test_a_rare_style_is_named_once_for_each_word():
    """Not once for each token below a group."""
    tokens = {"a-b": literal("#123"), "c-d": literal("#111"), "Ef": {"x": literal("#222"), "y": literal("#333")}}
    assert ["`Ef` in `Ef.x` is PascalCase, where most names are kebab-case"] == messages("mixed-naming", tokens=tokens)


@pytest.mark.parametrize(
    ("part", "style"),
    [
        ("a-b", "kebab-case"),
        ("a_b", "snake_case"),
        ("aB", "camelCase"),
        ("Ab", "PascalCase"),
        ("A_B", "CONSTANT_CASE"),
        ("red", None),
        ("2xl", None),
        ("XL", None),
        ("ü", None),
        ("a b", None),
    ],
)
def test_styles_of_names(part, style):
    assert style == style_of(part)


def test_a_scale_that_the_defaults_make_uneven_is_shown_where_it_is_set():
    """With a base of 12 px, 13 px of the smallest prints are larger than body text."""
    found = findings("uneven-type-scale", typography={"scale": {"base": "12px", "ratio": 1.1}})
    assert ["/typography/scale/base"] == [each.place.pointer for each in found]
    assert "`font.size.m` is 12 px, smaller than `font.size.s`, which is 13 px" == found[0].message


def test_reasons_of_deprecation_are_notes():
    (found,) = findings("deprecated-alias", tokens={**DEPRECATED, "a": alias("old")})
    assert ["its author says: `use `new``"] == [note.message for note in found.notes]


def test_new_tokens_are_those_that_no_brand_has_by_default():
    """They are told by their place behind the last default: also where a brand overrides just that one."""
    last = [token.id for token in default_tokens(brand())][-1]
    made = brand(tokens={"a": literal("#123"), "transition": {"default": alias("snap")}, "snap": snap()})
    theme = Theme(made.tokens, made, resolve_tokens(made)[0])
    assert TokenId("transition.default") == last
    assert ["a", "snap"] == [token.id for token in made.tokens if theme.is_new(token)]


def snap():
    return {"$type": "transition", "$value": {"duration": "90ms", "delay": "0ms", "timingFunction": [0, 0, 1, 1]}}


def test_of_one_rule_not_more_is_said_than_anybody_reads():
    tokens = {f"t{index}": literal("#123456") for index in range(MAX_FOUND + 7)}
    found = findings("missing-description", tokens=tokens)
    assert MAX_FOUND + 1 == len(found)
    assert f"and 7 more places like the {MAX_FOUND} before" == found[-1].message


def test_what_has_no_place_is_shown_where_the_rule_is_asked_for():
    rule = Rule(Code("nowhere", Severity.WARNING), lambda _: iter([Finding(None, "x")]))
    made = brand(lint={"nowhere": "error"})
    (found,) = lint(made, resolve_tokens(made)[0], rules=(rule,))
    assert ("/lint/nowhere", Severity.ERROR) == (found.place.pointer, found.severity)


def test_references_in_a_circle_cannot_come_here_but_would_end():
    """The walk from `typography.body` is as long as the brand has tokens, at most."""
    tokens = {f"h{index}": alias(f"h{index + 1}") for index in range(40)}
    tokens |= {"h40": number(1.1), "typography": {"body": style(lineHeight="{h0}")}}
    assert ["/tokens/h40/$value"] == places("tight-lines", tokens=tokens)
