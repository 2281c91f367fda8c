"""`light-dark()` computes to what the rules of the target `css` compute to, wherever a mode is chosen."""

import re
from dataclasses import replace

import pytest
from test_css import PLACES, computed, expected, parsed
from themes import emitted, mini, theme

from themekit.model import Dimension, Mode, ResolvedToken, ResolvedTokens, TokenId
from themekit.targets.css import TARGET as CSS
from themekit.targets.css_light_dark import TARGET

SCHEME = "color-scheme"


def chosen(values, *, is_system_dark):
    """The values with `light-dark()` decided, as an element that uses them decides."""
    scheme = values[SCHEME]
    is_dark = is_system_dark if scheme == "light dark" else scheme == "dark"
    found = {}
    for name, value in values.items():
        text = value
        while (start := text.find("light-dark(")) >= 0:
            inside, end = arguments(text, start + len("light-dark("))
            text = text[:start] + inside[is_dark] + text[end:]
        found[name] = text
    return found


def arguments(text, start):
    depth, parts, at = 0, [], start
    for index in range(start, len(text)):
        if text[index] == "(":
            depth += 1
        elif text[index] == ")" and depth:
            depth -= 1
        elif text[index] in ",)" and not depth:
            parts.append(text[at:index].strip())
            at = index + 1
            if text[index] == ")":
                return parts, at
    raise AssertionError(text)


def plain(values):
    return {name: text for name, text in values.items() if name != SCHEME}


ODD = ResolvedTokens(
    (
        ResolvedToken(TokenId("a"), "dimension", tuple(Dimension(float(n), "px") for n in range(4)), (None,) * 4),
        ResolvedToken(
            TokenId("b"), "dimension", tuple(Dimension(float(n), "px") for n in range(4)), (TokenId("a"),) * 4
        ),
    )
)


@pytest.mark.parametrize("tokens", [mini(), theme("wide"), ODD], ids=["mini", "wide", "lengths"])
def test_a_browser_computes_the_values_of_the_mode(tokens):
    rules = list(parsed(emitted(TARGET, tokens)["tokens.css"]))
    for reader, path, mode in PLACES:
        wanted = plain(expected(tokens, mode, p3=reader.p3, rec2020=reader.rec2020))
        values = chosen(computed(rules, reader, path), is_system_dark=reader.dark and reader.medium == "screen")
        assert wanted == plain(values), (reader, path)


def test_it_is_smaller():
    one, other = (len(emitted(each, theme("violet"))["tokens.min.css"]) for each in (TARGET, CSS))
    assert one < 0.75 * other


def test_the_minified_twin_says_the_same():
    files = emitted(TARGET, theme("wide"))
    assert [*parsed(files["tokens.css"])] == [*parsed(files["tokens.min.css"])]


def test_a_colour_that_is_the_same_is_written_once():
    text = emitted(TARGET, mini())["tokens.css"]
    assert "--tk-color-veil: #0006;" in text
    assert "--tk-color-page: light-dark(#fff, #101114);" in text
    assert "--tk-color-focus: light-dark(var(--tk-color-brand), var(--tk-color-text));" in text
    assert not re.search(r"light-dark\(([^(),]*), \1\)", text)


@pytest.mark.parametrize("modes", [tuple(Mode), ("cozy", "compact", "dense", "huge"), ("default",)])
def test_wide_colours_and_still_times_are_those_of_css(modes):
    """Contexts are no schemes, so their sheet is that of the target `css`; motion is asked for in every form."""
    every = [*theme("wide"), *mini()]
    of_modes = (
        replace(each, values=each.values[: len(modes)], references=each.references[: len(modes)]) for each in every
    )
    tokens = ResolvedTokens(tuple({each.id: each for each in of_modes}.values()), modes)
    ours, theirs = (emitted(target, tokens)["tokens.css"] for target in (TARGET, CSS))
    for condition in ("(color-gamut: p3)", "(prefers-reduced-motion: reduce)"):
        names = [
            {name for conditions, _, found in parsed(text) if f"@media {condition}" in conditions for name in found}
            for text in (ours, theirs)
        ]
        assert names[0] == names[1] != set()
    assert modes[0] is Mode.LIGHT or ours == theirs
