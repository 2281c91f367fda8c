"""Any seed colour becomes an accessible theme: the promise, on seeds from all over the cube, with coloraide to judge.

The pairs are written out here on their own, not taken from `contract.py`, so that a pair lost there turns this red.
The full thousand seeds are counted by tests/bench/bench_tokens.py.
"""

import json
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import PurePosixPath

import pytest
from coloraide import Color as Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from themekit.model import Alias, BrandId, Color, Mode, ModeValue, Token, TokenId, TokenSet
from themekit.resolve import contrast_report, resolve_tokens
from themekit.resolve.aliases import resolve_aliases
from themekit.resolve.colour import apca_lc
from themekit.resolve.colour import hex as hex_of
from themekit.source.brand import BrandInputs, parse_brand

SCALES = ("primary", "accent", "neutral", "success", "warning", "danger", "info")
SURFACES = ("page", "surface", "surface-raised", "surface-sunken")
SYNTAX = (
    "text number special function constant keyword string name operator punctuation comment generic variable".split()
)
ADMONITIONS = "note abstract info tip success question warning failure danger bug example quote".split()
EXTREMES = [
    "#000000",
    "#ffffff",
    "#ffff00",
    "#0000ff",
    "#00ff00",
    "#ff00ff",
    "#d800de",
    "#808080",
    "#fffffe",
    "#010000",
]
SEEDS = EXTREMES + [f"#{i * 0x9E3779 & 0xFFFFFF:06x}" for i in range(1, 17)]  # spread by the golden ratio


def brand(primary, **color):
    document = {"name": "Acme", "color": {"primary": primary, **color}}
    inputs = BrandInputs(lambda _: None, lambda _: ())
    path = PurePosixPath("brands/acme/brand.json")
    return parse_brand(path, json.dumps(document).encode(), brand_id=BrandId("acme"), inputs=inputs)[0]


@cache
def resolved(primary, solid="keep"):
    tokens, diagnostics = resolve_tokens(brand(primary, solid=solid))
    assert () == diagnostics
    return tokens


@cache
def luminance(color):
    return Oracle(color).luminance()


def ratio(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def promised(is_high):
    """Text, ground and ratio: what the theme promises in a mode."""
    body, ui = (7, 4.5) if is_high else (4.5, 3)
    for scale in SCALES:
        for other in SCALES:  # any text on any surface of any scale
            for step in range(1, 6):
                yield f"{scale}.11", f"{other}.{step}", body
                yield f"{scale}.12", f"{other}.{step}", 7
        for step in (9, 10):
            yield f"{scale}.on", f"{scale}.{step}", body
        borders, grounds = ((6, 7, 8), range(1, 6)) if is_high else ((8,), (1, 2))
        for border in borders:
            yield from ((f"{scale}.{border}", f"{scale}.{ground}", 3) for ground in grounds)
        yield f"{scale}.8", "page", 3
        yield f"{scale}.edge", "page", 3
    for surface in SURFACES:
        yield "text", surface, 7
        yield from (
            (text, surface, body) for text in ("text-muted", "text-subtle", "link", "link-hover", "link-visited")
        )
        yield from ((line, surface, 3) for line in ("border-strong", "focus"))
    yield from (("selection-text", "selection", body), ("text", "mark", body))
    for place in ("header", "footer"):
        yield from ((f"{place}-text", place, body), (f"{place}-text-muted", place, body))
    yield from (("on-solid", "solid", body), ("on-solid", "solid-hover", body), ("on-accent", "accent-solid", body))
    yield from ((f"code.{name}", f"code.{ground}", body) for name in SYNTAX for ground in ("background", "highlight"))
    for kind in ADMONITIONS:
        yield from ((f"admonition.{kind}", ground, ui) for ground in ("page", f"admonition-ground.{kind}"))
        yield from ((text, f"admonition-ground.{kind}", body) for text in ("text", "link"))


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_promise_is_kept(seed, mode):
    colors = {
        name.removeprefix("color."): hex_of(value)
        for name, value in resolved(seed).in_mode(mode).items()
        if isinstance(value, Color)
    }
    broken = [
        (text, ground, ratio(colors[text], colors[ground]), wanted)
        for text, ground, wanted in promised(mode.is_high_contrast)
        # The coefficients of coloraide are not those WCAG rounds to: the two differ in the fourth digit.
        if ratio(colors[text], colors[ground]) < wanted - 0.002
    ]
    assert [] == broken


@pytest.mark.parametrize("seed", SEEDS)
def test_the_report_has_every_pair_and_all_pass(seed):
    report = contrast_report(resolved(seed))
    assert all(pair.passes and pair.ratio >= pair.required for pair in report)
    listed = {(pair.mode, pair.text, pair.ground) for pair in report}
    for mode in Mode:
        missing = [
            (text, ground)
            for text, ground, _ in promised(is_high=False)
            if (mode, f"color.{text}", f"color.{ground}") not in listed and not is_cross(text, ground)
        ]
        assert [] == missing


def is_cross(text, ground):
    """Text of one scale on a surface of another: promised, but too many to list; the neutral's surfaces are listed."""
    one, other = text.split(".")[0], ground.split(".")[0]
    return {one, other} <= set(SCALES) and other not in {one, "neutral"}


@pytest.mark.parametrize("seed", SEEDS)
def test_dark_text_has_a_floor_of_apca(seed):
    """A ramp that hits exactly 4.5:1 in the dark has Lc 48, which is hard to read."""
    tokens = resolved(seed)
    for mode, muted, text in ((Mode.DARK, 60, 90), (Mode.DARK_CONTRAST, 75, 95)):
        colors = tokens.in_mode(mode)
        for scale in SCALES:
            grounds = [colors[f"color.{scale}.{step}"] for step in range(1, 6)]
            assert all(-apca_lc(colors[f"color.{scale}.11"], ground) >= muted for ground in grounds)
            assert all(-apca_lc(colors[f"color.{scale}.12"], ground) >= text for ground in grounds)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_seed_is_the_solid(seed):
    """Always in the ordinary modes; in high contrast unless neither black nor white has 7:1 on it."""
    values = next(token for token in resolved(seed) if token.id == "color.primary.9").values
    can_carry = max(ratio(seed, "#ffffff"), ratio(seed, "#000000")) >= 7
    expected = [seed, seed] + [seed] * 2 * can_carry
    assert expected == [hex_of(value) for value in values[: len(expected)]]
    if not can_carry:
        assert seed not in {hex_of(value) for value in values[2:]}


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_ramps_are_smooth(seed):
    """Steps 1 to 8 go one way, each at least as far as an eye sees; the two texts go on."""
    tokens = resolved(seed)
    for mode in Mode:
        sign = 1 if mode.is_dark else -1
        colors = tokens.in_mode(mode)
        for scale in SCALES:
            levels = [colors[f"color.{scale}.{step}"].components[0] for step in range(1, 9)]
            assert all((b - a) * sign > 0.008 for a, b in pairwise(levels))
            muted, text = (colors[f"color.{scale}.{step}"].components[0] for step in (11, 12))
            assert (muted - levels[-1]) * sign > 0.02
            assert (text - muted) * sign > 0.04


@pytest.mark.parametrize("seed", SEEDS[::3])
def test_surfaces_are_calm(seed):
    """A page and its surfaces are tinted, not coloured."""
    tokens = resolved(seed)
    for mode in Mode:
        chromas = [tokens.in_mode(mode)[f"color.{scale}.{step}"].components[1] for scale in SCALES for step in (1, 2)]
        assert max(chromas) < 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_status_colours_can_be_told_apart(seed):
    tokens = resolved(seed)
    for mode in Mode:
        solids = [
            Oracle(hex_of(tokens.in_mode(mode)[f"color.{name}.9"])) for name in ("success", "warning", "danger", "info")
        ]
        assert min(one.delta_e(other, method="ok") for one, other in combinations(solids, 2)) > 0.1


@pytest.mark.parametrize("seed", ["#ffe600", "#101010", "#fafafa", "#777777"])
def test_an_adjusted_solid_is_seen_and_keeps_the_promise(seed):
    tokens = resolved(seed, "adjust")
    assert all(pair.passes for pair in contrast_report(tokens))
    for mode in Mode:
        colors = tokens.in_mode(mode)
        for scale in SCALES:
            assert ratio(hex_of(colors[f"color.{scale}.9"]), hex_of(colors["color.page"])) >= 3 - 0.002


@pytest.mark.parametrize("seed", ["color(display-p3 0 0.4 1)", "color(display-p3 1 0 0.3)", "oklch(0.9 0.3 130)"])
def test_a_wide_seed_keeps_the_promise_in_srgb(seed):
    assert all(pair.passes for pair in contrast_report(resolved(seed)))


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_resolving_is_deterministic(seed):
    assert resolve_tokens(brand(seed)) == resolve_tokens(brand(seed))


@pytest.mark.parametrize("seed", SEEDS[::8])
def test_resolving_is_idempotent(seed):
    """The resolved tokens, written down as a brand's own, resolve to themselves."""
    once = resolved(seed)
    own = TokenSet(
        tuple(
            Token(
                token.id,
                token.type,
                written[0],
                tuple(ModeValue(mode, value) for mode, value in zip(Mode, written, strict=True)),
            )
            for token in once
            for written in [[Alias(r) if r else v for v, r in zip(token.values, token.references, strict=True)]]
        )
    )
    twice, diagnostics = resolve_tokens(replace(brand(seed), tokens=own))
    assert () == diagnostics
    assert [(t.id, t.values, t.references) for t in once] == [(t.id, t.values, t.references) for t in twice]


NAMES = st.integers(0, 11)
TABLES = st.lists(st.one_of(st.none(), NAMES), min_size=1, max_size=12)


def follow(table, index):
    """A naive resolver: the index the chain ends at, or None for a cycle or a missing token."""
    seen = set()
    while index not in seen:
        seen.add(index)
        if index >= len(table):
            return None
        if table[index] is None:
            return index
        index = table[index]
    return None


@settings(max_examples=200)
@given(TABLES)
def test_references_resolve_as_following_them_does(table):
    """None is a literal, a number a reference to the token of that number."""
    tokens = [
        Token(TokenId(f"t{i}"), "number", float(i))
        if target is None
        else Token(TokenId(f"t{i}"), None, Alias(TokenId(f"t{target}")))
        for i, target in enumerate(table)
    ]
    found, diagnostics = resolve_aliases(tokens)
    ends = [follow(table, index) for index in range(len(table))]
    if None in ends:
        assert found is None
        missing = {target for target in table if target is not None and target >= len(table)}
        cycles = {frozenset(cycle(table, index)) for index in range(len(table)) if cycle(table, index)}
        codes = [one.code for one in diagnostics]
        assert len(cycles) == codes.count("alias-cycle")
        assert sum(target in missing for target in table) == codes.count("unknown-token")
    else:
        assert () == diagnostics
        assert [float(end) for end in ends] == [token.values[0] for token in found]


def cycle(table, start):
    """The cycle that `start` is on, or nothing."""
    path, index = [], start
    while index is not None and index < len(table) and index not in path:
        path.append(index)
        index = table[index]
    return path if index == start else []
