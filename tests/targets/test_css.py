"""Custom properties: what a browser computes from them, in every mode, however it is chosen."""

import re
from collections import Counter
from dataclasses import dataclass, replace

import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st
from themes import GOLDEN, emitted, mini, theme

from themekit.model import (
    Alias,
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    Mode,
    ResolvedToken,
    ResolvedTokens,
    StrokeStyle,
    TargetOptions,
    TokenId,
    TransitionValue,
)
from themekit.model.token_columns import ColumnTokens, TokenColumns
from themekit.render import css
from themekit.render.custom_properties import custom_properties
from themekit.targets import tailwind
from themekit.targets.css import TARGET, minified, pretty, rules_of

LIGHT, DARK, LIGHT_MORE, DARK_MORE = Mode


@dataclass(frozen=True)
class Reader:
    """What the browser knows: the medium, the wishes of the system, and whether the screen shows Display P3."""

    medium: str = "screen"
    dark: bool = False
    more: bool = False
    p3: bool = False
    rec2020: bool = False
    still: bool = False

    def meets(self, condition: str) -> bool:
        facts = {
            "screen": self.medium == "screen",
            "print": self.medium == "print",
            "(prefers-color-scheme: dark)": self.dark,
            "(prefers-contrast: more)": self.more,
            "(color-gamut: p3)": self.p3 or self.rec2020,
            "(color-gamut: rec2020)": self.rec2020,
            "(prefers-reduced-motion: reduce)": self.still,
        }
        if condition.startswith("@supports"):
            return True
        return all(facts[part] for part in condition.removeprefix("@media ").split(" and "))


def parsed(text, conditions=()):
    """(conditions, selectors, declarations) of each rule; anything that is no rule or declaration fails."""
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        prelude = tinycss2.serialize(rule.prelude).strip()
        if rule.type == "at-rule":
            inner = tinycss2.serialize(rule.content)
            yield from parsed(inner, (*conditions, f"@{rule.at_keyword} {prelude}"))
        else:
            assert "qualified-rule" == rule.type
            found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            assert {"declaration"} == {each.type for each in found}
            declarations = {each.name: tinycss2.serialize(each.value).strip() for each in found}
            assert len(found) == len(declarations)
            yield conditions, [part.strip() for part in prelude.split(",")], declarations


def matches(selector, attributes, *, is_root):
    if selector.startswith(":root"):
        excluded = re.findall(r":not\(\[([\w-]+)\]\)", selector)
        return is_root and not any(name in attributes for name in excluded)
    name, _, value = selector.strip("[]").partition("=")
    return name in attributes and (not value or attributes[name] == value.strip('"'))


def computed(rules, reader, path):
    """Custom properties of the last element of a path of attribute dicts, the root first. All have one specificity."""
    inherited = {}
    for depth, attributes in enumerate(path):
        declared = {}
        for conditions, selectors, declarations in rules:
            applies = all(reader.meets(condition) for condition in conditions)
            if applies and any(matches(selector, attributes, is_root=depth == 0) for selector in selectors):
                declared |= declarations
        raw = {**inherited, **declared}
        inherited = {name: substituted(text, raw) for name, text in raw.items()}
    return inherited


def substituted(text, raw):
    while found := re.search(r"var\((--[^()]+)\)", text):
        text = text.replace(found[0], raw[found[1]])
    return text


def expected(tokens, mode, *, p3=False, rec2020=False):
    paint = css.exact_color if rec2020 else css.best_color if p3 else css.color
    index = tokens.modes.index(mode)
    return {each.name: css.text_of(each.values[index], paint=paint) for each in custom_properties(tokens, "tk")} | {
        "color-scheme": "dark" if mode.is_dark else "light"
    }


SYSTEM = {(False, False): LIGHT, (True, False): DARK, (False, True): LIGHT_MORE, (True, True): DARK_MORE}
PLACES = [
    *(
        (Reader(dark=dark, more=more, p3=p3), [{}], mode)
        for (dark, more), mode in SYSTEM.items()
        for p3 in (False, True)
    ),
    *((Reader(dark=dark, more=more), [{"data-tk-mode": str(mode)}], mode) for dark, more in SYSTEM for mode in Mode),
    *(
        (Reader(dark=dark, p3=True), [{"data-tk-mode": str(outer)}, {"data-tk-mode": str(inner)}], inner)
        for dark in (False, True)
        for outer in Mode
        for inner in Mode
    ),
    *(
        (Reader(dark=dark, more=more), [{}, {"data-md-color-scheme": scheme}], mode)
        for dark in (False, True)
        for scheme, more, mode in (
            ("default", False, LIGHT),
            ("default", True, LIGHT_MORE),
            ("slate", False, DARK),
            ("slate", True, DARK_MORE),
            ("contrast", False, DARK_MORE if dark else LIGHT_MORE),
            ("contrast", True, DARK_MORE if dark else LIGHT_MORE),
        )
    ),
    (Reader(), [{}, {"data-md-color-scheme": "slate"}, {"data-md-color-scheme": "default"}], LIGHT),
    *((Reader(dark=dark, more=more, rec2020=True), [{}], mode) for (dark, more), mode in SYSTEM.items()),
    (Reader(rec2020=True), [{"data-tk-mode": "dark"}, {"data-tk-mode": "light"}], LIGHT),
    (Reader("print", dark=True), [{}, {"data-md-color-scheme": "slate"}], LIGHT),
    (Reader("print", dark=True), [{"data-tk-mode": "dark"}], LIGHT),
    (Reader("print", more=True), [{}], LIGHT_MORE),
]


@pytest.mark.parametrize(("tokens", "places"), [(mini(), PLACES), (theme("wide"), PLACES[::5])], ids=["mini", "wide"])
def test_a_browser_computes_the_values_of_the_mode(tokens, places):
    """By the system's wish, by attribute at the root and inside another mode, by Material's scheme, and on paper."""
    rules = list(parsed(emitted(TARGET, tokens)["tokens.css"]))
    for reader, path, mode in places:
        assert expected(tokens, mode, p3=reader.p3, rec2020=reader.rec2020) == computed(rules, reader, path), (
            reader,
            path,
        )


@given(st.data())
@settings(max_examples=40)
def test_any_values_and_aliases_reach_every_mode(data):
    """Tokens with any values, each alias pointing at any earlier token in any of its modes."""
    tokens = []
    for number in range(data.draw(st.integers(1, 6))):
        values, references = [], []
        for mode in range(4):
            earlier = data.draw(st.integers(-2, number - 1))
            value = Dimension(float(data.draw(st.integers(0, 3))), "px")
            references.append(TokenId(f"t.{earlier}") if earlier >= 0 else None)
            values.append(tokens[earlier].values[mode] if earlier >= 0 else value)
        tokens.append(ResolvedToken(TokenId(f"t.{number}"), "dimension", tuple(values), tuple(references)))
    resolved = ResolvedTokens(tuple(tokens))
    rules = list(parsed(pretty(tuple(rules_of(resolved, TargetOptions())))))
    for reader, path, mode in PLACES:
        assert expected(resolved, mode) == computed(rules, reader, path), (reader, path)


def test_modes_declare_only_what_differs():
    """At the root an alias is written once: it follows the token that it points at."""
    rules = {
        rule.conditions: rule.declarations for rule in rules_of(mini(), TargetOptions()) if ":root" in rule.selectors[0]
    }
    declared = rules[("@media screen and (prefers-color-scheme: dark)",)]
    assert {"--tk-color-brand", "--tk-color-page", "--tk-color-focus"} <= set(declared)
    assert not {"--tk-color-link", "--tk-edge", "--tk-font-body", "--tk-copy", "--tk-color-veil"} & set(declared)


@pytest.mark.parametrize("modes", [tuple(Mode), ("cozy", "compact", "dense", "huge")], ids=["theme", "contexts"])
def test_what_follows_others_in_all_modes_is_declared_once(modes):
    """Also where attributes choose the mode: references and shorthands are most of what a large set has."""
    rules = list(rules_of(ResolvedTokens(mini().tokens, modes), TargetOptions()))
    declared = Counter(name for rule in rules for name in rule.declarations)
    assert {"--tk-color-link": 1, "--tk-edge": 1} == {name: declared[name] for name in ("--tk-color-link", "--tk-edge")}
    assert min(declared["--tk-color-focus"], declared["--tk-color-brand"]) >= len(modes), "each mode has another"
    assert "[data-tk-mode]" in next(rule.selectors for rule in rules if "--tk-edge" in rule.declarations)


def test_reduced_motion_takes_the_time_away():
    """Almost: with no time at all `transitionend` would never come."""
    rules = list(parsed(emitted(TARGET, mini())["tokens.css"]))
    values = computed(rules, Reader(still=True), [{}])
    assert (".01ms", ".01ms", "0ms") == (values["--tk-time-fast"], values["--tk-time-slow"], values["--tk-move-delay"])
    assert ".01ms cubic-bezier(.2, 0, 0, 1) 0ms" == values["--tk-move"]
    inside = computed(rules, Reader(still=True), [{}, {"data-tk-mode": "dark"}])
    assert ".01ms" == inside["--tk-time-fast"]


def test_reduced_motion_takes_the_time_of_a_transition_written_whole():
    """As one is that follows another in some mode: it has no members whose time could be taken."""
    curve = CubicBezier((0.0, 0.0, 1.0, 1.0))
    fast, slow = (TransitionValue(Duration(value, "ms"), Duration(value, "ms"), curve) for value in (100.0, 900.0))
    one = ResolvedToken(TokenId("fast"), "transition", (fast, fast), (None, None))
    mixed = ResolvedToken(TokenId("move"), "transition", (slow, fast), (None, TokenId("fast")))
    columns = [
        TokenColumns(("fast", "move"), ("transition",) * 2, (fast, value), (None, reference), ("", ""))
        for value, reference in zip(mixed.values, mixed.references, strict=True)
    ]
    for tokens in (ResolvedTokens((one, mixed), (LIGHT, DARK)), ColumnTokens(columns, (LIGHT, DARK))):
        rules = list(parsed(emitted(TARGET, tokens)["tokens.css"]))
        for path in ([{}], [{"data-tk-mode": "dark"}], [{}, {"data-tk-mode": "light"}]):
            values = computed(rules, Reader(still=True), path)
            assert (".01ms linear 0ms", ".01ms") == (
                values["--tk-fast"].replace("cubic-bezier(0, 0, 1, 1)", "linear"),
                values["--tk-move"],
            )


def test_the_minified_twin_says_the_same():
    files = emitted(TARGET, theme("violet"))
    assert [*parsed(files["tokens.css"])] == [*parsed(files["tokens.min.css"])]
    assert len(files["tokens.min.css"]) < 0.9 * len(files["tokens.css"])
    assert "\n" not in files["tokens.min.css"].rstrip("\n")


def test_another_prefix_is_everywhere():
    text = emitted(TARGET, mini(), prefix="acme")["tokens.css"]
    assert "tk-" not in text
    assert '[data-acme-mode="dark"]' in text


def test_fewer_modes_make_fewer_rules():
    values = (Dimension(1.0, "px"), Dimension(2.0, "px"))
    tokens = ResolvedTokens((ResolvedToken(TokenId("a"), "dimension", values, (None, None)),), (LIGHT, DARK))
    rules = list(parsed(minified(tuple(rules_of(tokens, TargetOptions())))))
    assert "2px" == computed(rules, Reader(dark=True, more=True), [{}])["--tk-a"]


def test_a_token_named_like_a_member_keeps_its_name():
    """`edge` has the member `--tk-edge-width`; a token `edge.width` of that name would be overwritten by it."""
    edge = next(token for token in mini() if token.id == "edge")
    other = ResolvedToken(TokenId("edge-width"), "dimension", (Dimension(9.0, "px"),) * 4, (None,) * 4)
    tokens = ResolvedTokens((edge, other))
    names = [each.name for each in custom_properties(tokens, "tk")]
    assert ["--tk-edge", "--tk-edge-width"] == names
    values = computed(list(parsed(emitted(TARGET, tokens)["tokens.css"])), Reader(), [{}])
    assert ("1px dotted #00be58", "9px") == (values["--tk-edge"], values["--tk-edge-width"])


def test_an_unresolved_member_is_our_bug():
    border = BorderValue(Alias(TokenId("a")), Dimension(1.0, "px"), StrokeStyle("solid"))
    with pytest.raises(TypeError, match="`a` is not resolved"):
        css.text_of(border)


NASTY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(NASTY, min_size=1, max_size=3))
@settings(max_examples=80)
def test_no_font_family_breaks_out_of_its_string(names):
    token = ResolvedToken(TokenId("f"), "fontFamily", (FontNames(tuple(names)),) * 4, (None,) * 4)
    text = emitted(TARGET, ResolvedTokens((token,)))["tokens.css"]
    (_, _, declarations), *_ = parsed(text)
    assert ["color-scheme", "--tk-f"] == list(declarations)
    values = tinycss2.parse_component_value_list(declarations["--tk-f"])
    found = [value.value for value in values if value.type in {"string", "ident"}]
    assert [name.replace("\0", "\ufffd") for name in names] == found
    assert "<" not in text


@given(NASTY.filter(bool))
@settings(max_examples=80)
def test_an_identifier_reads_back(text):
    tokens = tinycss2.parse_component_value_list(f"--x-{css.identifier(text)}")
    assert ["ident"] == [token.type for token in tokens]
    assert f"--x-{text}".replace("\0", "\ufffd") == tokens[0].value


@given(st.floats(-1e6, 1e6))
def test_a_number_reads_back(value):
    token = tinycss2.parse_one_component_value(css.number(value))
    assert "number" == token.type
    assert pytest.approx(value, abs=0.5e-5) == token.value


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_css_has_not_is_refused(value):
    with pytest.raises(ValueError, match="CSS has no number"):
        css.number(value)


@pytest.mark.parametrize(
    ("text", "value"), [(".5", 0.5), ("-.5", -0.5), ("0", -0.0), ("0", 0.0000001), ("10", 10.0), ("1.25", 1.25)]
)
def test_numbers_are_short(text, value):
    assert text == css.number(value)


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#fff", Color("srgb", (1, 1, 1))),
        ("#0006", Color("srgb", (0, 0, 0), 0.4)),
        ("#12345680", Color("srgb", (0x12 / 255, 0x34 / 255, 0x56 / 255), 0.5)),
        ("color(display-p3 0 1 0 / .5)", Color("display-p3", (0, 1, 0), 0.5)),
    ],
)
def test_colours_are_short(text, color):
    assert text == css.best_color(color)


def test_golden(golden):
    for name, text in emitted(TARGET, mini()).items():
        golden(GOLDEN / "mini" / name, text)


def test_dark_classes_of_tailwind_ask_the_system_where_tokens_do():
    """Beside a context of another name `dark` is chosen by the attribute alone, on paper too."""
    every = mini()
    three = (replace(each, values=each.values[:3], references=each.references[:3]) for each in every)
    contexts = ResolvedTokens(tuple(three), (LIGHT, DARK, "ocean"))
    for tokens, does_ask in ((every, True), (contexts, False)):
        sheets = emitted(TARGET, tokens)["tokens.css"], emitted(tailwind.TARGET, tokens)["theme.css"]
        assert [does_ask] * 2 == ["prefers-color-scheme" in sheet for sheet in sheets]
        assert [does_ask] * 2 == ["@media screen" in sheet for sheet in sheets]
        assert '[data-tk-mode^="dark"]' in sheets[1]
