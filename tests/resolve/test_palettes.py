"""Tonal palettes, colours of charts and the gradient: there only where a brand asks, and what is promised of each."""

import re
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from coloraide.everything import ColorAll as Oracle

import themekit
from tests.resolve.brands import brand, hexes, resolved, token, value
from themekit.model import Alias, Color, GradientStop, Mode, TokenId
from themekit.resolve import contrast_report, default_colors, resolve_mode, resolve_tokens
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.colour import to_oklch, to_srgb8
from themekit.resolve.data_plan import CATEGORIES, FLOOR
from themekit.resolve.explained import explain_token
from themekit.resolve.luminance import lightness_contrast, luminance, ratio
from themekit.resolve.palettes import DIVERGING, SEQUENTIAL, STOPS
from themekit.resolve.seeds import SCALES
from themekit.resolve.tones import TONES
from themekit.resolve.vision import VISIONS, distance, seen

SEEDS = ["#0b5fff", "#ffe600", "#e4002b", "#00a86b", "#101010", "#fafafa", "#777777", "#8b2fc9", "#e82565"]
NAMES = {"protanopia": "protan", "deuteranopia": "deutan", "tritanopia": "tritan"}
ALL = {"tones": True, "data": True, "gradient": True}


def with_palettes(primary="#0b5fff", *, colors=None, **palettes):
    return resolved(primary, colors={**(colors or {}), "palettes": palettes})


def colors_of(tokens, start, mode):
    return [value for name, value in tokens.in_mode(mode).items() if name.startswith(f"{start}.")]


def names_beyond_the_defaults(**palettes):
    default = {one.id for one in resolved()}
    return [one.id for one in with_palettes(**palettes) if one.id not in default]


def test_only_what_is_asked_for_is_there():
    assert [] == names_beyond_the_defaults(tones=False, data=False, gradient=False)
    assert [f"color.tone.{scale}.{tone}" for scale in SCALES for tone in TONES] == names_beyond_the_defaults(tones=True)
    counts = (("category", CATEGORIES), ("sequential", SEQUENTIAL), ("diverging", DIVERGING))
    expected = [f"color.data.{kind}.{number}" for kind, count in counts for number in range(1, count + 1)]
    assert expected == names_beyond_the_defaults(data=True)
    expected = [*[f"color.gradient.{number}" for number in range(1, STOPS + 1)], "color.on-gradient", "gradient.brand"]
    assert expected == names_beyond_the_defaults(gradient=True)


@pytest.mark.parametrize("primary", ["#0b5fff", "#ffe600", "#777777"])
def test_tones_have_their_cie_lightness(primary):
    """To what a byte can show; coloraide counts it by a white point that is a little other."""
    tokens = with_palettes(primary, tones=True)
    for scale in SCALES:
        for tone in TONES:
            found = Oracle(hexes(tokens, f"color.tone.{scale}.{tone}")[0]).convert("lab-d65")["lightness"]
            assert tone == pytest.approx(found, abs=0.25)


def test_tones_are_the_same_in_every_mode_and_of_the_seeds_hue():
    tokens = with_palettes(tones=True)
    assert token(tokens, "color.tone.primary.40").is_constant
    assert to_oklch(value(tokens, "color.primary.9"))[2] == to_oklch(value(tokens, "color.tone.primary.40"))[2]


@pytest.mark.parametrize("primary", SEEDS[:5])
def test_tones_apart_have_contrast(primary):
    """What the page promises, within and across palettes."""
    shades = {tone: [] for tone in TONES}
    for name, color in with_palettes(primary, tones=True).in_mode(Mode.LIGHT).items():
        if name.startswith("color.tone."):
            shades[int(name.split(".")[-1])].append(to_srgb8(color))
    for apart, least in ((40, 3), (60, 6)):
        for low, high in combinations(TONES, 2):
            if high - low >= apart:
                assert least <= min(ratio(one, other) for one in shades[low] for other in shades[high])


def test_visions_are_those_of_coloraide():
    """It has the matrices of Machado 2009, too, and clips nothing."""
    for color in ("#7f7f3f", "#0b5fff", "#b04040", "#40a080"):
        for kind, shade in zip(
            VISIONS, seen(to_srgb8(Color("srgb", tuple(Oracle(color).coords())))[:3])[1:], strict=True
        ):
            expected = Oracle(color).filter(NAMES[kind], method="machado").clip("srgb").convert("oklab").coords()
            assert expected == pytest.approx(list(shade), abs=2e-4)


def test_the_studio_shows_the_same_visions():
    script = (Path(themekit.__file__).parent / "data/studio/pages/appearance.js").read_text(encoding="utf-8")
    for kind, rows in VISIONS.items():
        numbers = list(map(float, re.search(rf'{kind}: "([^"]+)"', script)[1].split()))
        assert [number for row in rows for number in (*row, 0, 0)] == numbers


@pytest.mark.parametrize("primary", SEEDS)
def test_categories_are_told_apart_by_every_eye_in_every_mode(primary):
    """By coloraide's simulation and its distance in OKLab, and each is seen on the page."""
    tokens = with_palettes(primary, data=True)
    for mode in Mode:
        page, needed = Oracle(hex_of(value(tokens, "color.page", mode))), 4.5 if mode.is_high_contrast else 3
        shades = [Oracle(hex_of(color)) for color in colors_of(tokens, "color.data.category", mode)]
        assert needed - 0.002 <= min(shade.contrast(page, method="wcag21") for shade in shades)
        for kind in (None, *NAMES.values()):
            views = [shade if kind is None else shade.filter(kind, method="machado").clip("srgb") for shade in shades]
            assert FLOOR - 0.001 <= min(one.delta_e(other, method="ok") for one, other in combinations(views, 2))


def test_the_first_category_is_the_brand():
    tokens = with_palettes(data=True)
    assert ("color.primary.9",) * 2 == token(tokens, "color.data.category.1").references[:2]
    yellow = with_palettes("#ffe600", data=True)
    assert token(yellow, "color.data.category.1").references[0] is None
    assert 40 < to_oklch(value(yellow, "color.data.category.1"))[2] < 120


def test_a_category_keeps_its_hue_in_every_mode():
    tokens = with_palettes(data=True)
    for number in range(2, CATEGORIES + 1):
        hues = [to_oklch(one)[2] for one in token(tokens, f"color.data.category.{number}").values]
        assert max(hues) - min(hues) < 30  # yellow turns to ochre where it is dark


def test_the_first_categories_are_the_farthest_apart():
    """A chart of four series has better colours than one of eight."""
    shades = [to_srgb8(color) for color in colors_of(with_palettes(data=True), "color.data.category", Mode.LIGHT)]
    four, eight = (min(distance(one, other) for one, other in combinations(some, 2)) for some in (shades[:4], shades))
    assert eight < four


@pytest.mark.parametrize("primary", SEEDS)
def test_ordered_palettes_have_their_order_in_lightness(primary):
    tokens = with_palettes(primary, data=True)
    for mode in Mode:
        sign, page = (1 if mode.is_dark else -1), to_srgb8(value(tokens, "color.page", mode))
        levels = [sign * luminance(to_srgb8(color)) for color in colors_of(tokens, "color.data.sequential", mode)]
        assert all(one < other for one, other in pairwise(levels))
        ends = [to_srgb8(color) for color in colors_of(tokens, "color.data.diverging", mode)]
        levels = [sign * luminance(rgb) for rgb in ends]
        assert all(one > other for one, other in pairwise(levels[:5]))
        assert all(one < other for one, other in pairwise(levels[4:]))
        assert distance(ends[0], ends[-1]) >= FLOOR
        assert 3 <= min(ratio(rgb, page) for rgb in (ends[0], ends[-1]))
        assert 3 <= ratio(to_srgb8(value(tokens, f"color.data.sequential.{SEQUENTIAL}", mode)), page)


@pytest.mark.parametrize("accent", [None, "#ffd60a", "#00b4d8"])
@pytest.mark.parametrize("primary", SEEDS)
def test_text_can_be_read_on_every_colour_of_the_gradient(primary, accent):
    """As coloraide mixes it, at 50 places between two stops, in each space in which a browser may."""
    tokens = with_palettes(primary, colors={"accent": accent} if accent else {}, gradient=True)
    for mode in (Mode.LIGHT, Mode.DARK_CONTRAST):
        text = to_srgb8(value(tokens, "color.on-gradient", mode))
        stops = [Oracle(hex_of(color)) for color in colors_of(tokens, "color.gradient", mode)]
        for one, other in pairwise(stops):
            for space in ("srgb", "oklab", "oklch"):
                for color in Oracle.steps([one, other], steps=50, space=space):
                    rgb = tuple(round(channel * 255) for channel in color.convert("srgb").clip().coords())
                    assert (7 if mode.is_high_contrast else 4.5) - 0.005 <= ratio(text, rgb)


def test_the_gradient_begins_with_the_solid_and_refers_to_its_stops():
    tokens = with_palettes(gradient=True)
    assert "color.primary.9" == token(tokens, "color.gradient.1").references[0]
    stops = value(tokens, "gradient.brand")
    assert [0.0, 0.25, 0.5, 0.75, 1.0] == [stop.position for stop in stops]
    assert colors_of(tokens, "color.gradient", Mode.LIGHT) == [stop.color for stop in stops]
    assert all(isinstance(stop, GradientStop) for stop in stops)


@pytest.mark.parametrize("primary", SEEDS)
def test_text_on_the_gradient_has_the_floor_also_where_the_solid_is_kept(primary):
    tokens, _ = resolve_tokens(brand(primary, colors={"options": {"textLc": 90}, "palettes": {"gradient": True}}))
    for mode in Mode:
        text = to_srgb8(value(tokens, "color.on-gradient", mode))
        stops = [to_srgb8(color) for color in colors_of(tokens, "color.gradient", mode)]
        assert 75 <= min(abs(lightness_contrast(text, stop)) for stop in stops)


def test_an_accent_that_is_given_ends_the_gradient():
    tokens = with_palettes(colors={"accent": "#7c3aed"}, gradient=True)
    assert "#7c3aed" == hexes(tokens, "color.gradient.5")[0]


def test_what_is_promised_is_in_the_report():
    tokens = with_palettes(**ALL)
    report = contrast_report(tokens)
    assert all(pair.passes for pair in report)
    judged = {pair.text for pair in report if pair.mode is Mode.DARK}
    assert {f"color.data.category.{number}" for number in range(1, CATEGORIES + 1)} <= judged
    grounds = {pair.ground for pair in report if pair.text == "color.on-gradient"}
    assert {"gradient.brand", *(f"color.gradient.{number}" for number in range(1, STOPS + 1))} == grounds


def test_an_override_of_a_category_is_judged():
    own = {"color": {"data": {"category": {"3": {"$type": "color", "$value": "#f4f4f4"}}}}}
    _, diagnostics = resolve_tokens(brand(tokens=own, colors={"palettes": ALL}))
    assert ["low-contrast"] == [one.code for one in diagnostics]


def test_a_first_look_has_the_palettes():
    found = brand(colors={"palettes": ALL})
    tokens, _ = resolve_tokens(found)
    for mode in (Mode.LIGHT, Mode.DARK):
        alone = resolve_mode(found, mode)
        assert tokens.in_mode(mode) == alone.in_mode(mode)
        shown = default_colors(found, mode)
        category = shown[TokenId("color.data.category.2")]
        assert not isinstance(category, Alias)
        assert value(tokens, "color.data.category.2", mode) == category


def test_every_further_colour_has_a_reason():
    found = brand("#8b2fc9", colors={"palettes": ALL})
    tokens, _ = resolve_tokens(found)

    def text(name):
        return explain_token(found, TokenId(name), resolved=tokens)[0].text

    assert "L* 40 of CIE" in text("color.tone.primary.40")
    assert "on `color.page`" in text("color.data.category.3")
    assert "on `color.on-gradient`" in text("color.gradient.4")
    assert "in the order of lightness" in text("color.data.sequential.2")
    assert "white" in text("color.on-gradient")
