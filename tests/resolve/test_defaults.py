"""The default tokens: seeds that are kept or derived, roles that depend on the seed, and what is no colour."""

import pytest

from brands import brand, hexes, resolved, token, value
from themekit.model import Color, CubicBezier, Dimension, Mode
from themekit.resolve.colour import contrast, in_srgb, to_oklch
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.hue import hue_distance
from themekit.resolve.roles import Paths
from themekit.resolve.seeds import SCALES, brand_seeds


def seeds(primary, **colors):
    return {seed.name: seed for seed in brand_seeds(brand(primary, colors=colors).color)}


@pytest.mark.parametrize("name", SCALES)
def test_a_given_seed_is_the_solid(name):
    tokens = resolved(**({"primary": "#3a7d44"} if name == "primary" else {"colors": {name: "#3a7d44"}}))
    assert "#3a7d44" == hexes(tokens, f"color.{name}.9")[0] == hexes(tokens, f"color.{name}.9")[1]


@pytest.mark.parametrize("primary", ["#ffff00", "oklch(0.7 0.37 150)"], ids=["at sRGB's corner", "beyond P3"])
def test_a_seed_is_kept_to_the_last_digit(primary):
    """Not only in the bytes of sRGB, and also where no screen shows it."""
    assert seeds(primary)["primary"].shade == value(resolved(primary), "color.primary.9").components


def test_derived_seeds_are_said_to_be():
    given = {name: seed.is_given for name, seed in seeds("#0b5fff", accent="#ff8800").items()}
    assert {name: name in {"primary", "accent"} for name in SCALES} == given


def test_the_neutral_is_a_grey_with_the_brands_hue():
    neutral, primary = seeds("#0b5fff")["neutral"].shade, seeds("#0b5fff")["primary"].shade
    assert 0.01 < neutral[1] < 0.025
    assert 0 == hue_distance(neutral[2], primary[2])


def test_the_neutral_of_a_yellow_brand_is_sand_not_olive():
    assert seeds("#ffe600")["neutral"].shade[2] < 95


def test_the_accent_is_far_from_the_primary_and_the_status_colours():
    for primary in ("#0b5fff", "#ffe600", "#e4002b", "#00a86b", "#6f3ff5", "#777777"):
        found = seeds(primary)
        accent = found["accent"].shade[2]
        assert all(
            hue_distance(accent, found[name].shade[2]) >= 30 for name in SCALES if name not in {"accent", "neutral"}
        )


def test_status_colours_lean_to_the_brand_but_keep_their_names():
    for primary in ("#0b5fff", "#ffe600", "#e4002b", "#00a86b", "#6f3ff5"):
        hues = {name: seed.shade[2] for name, seed in seeds(primary).items()}
        assert hue_distance(hues["success"], 151) <= 7
        assert hue_distance(hues["danger"], 26) <= 7
    assert seeds("#0b5fff")["info"].shade[2] > 241 > seeds("#0fb5ba")["info"].shade[2]


def test_a_calm_brand_has_calmer_status_colours():
    assert seeds("#6b7280")["danger"].shade[1] < seeds("#0b5fff")["danger"].shade[1]


def test_a_light_solid_gets_an_edge_that_is_seen():
    tokens = resolved("#ffe600")
    assert ("color.primary.8", "color.primary.9") == token(tokens, "color.primary.edge").references[:2]


def test_adjust_moves_the_solid_until_it_is_seen():
    tokens = resolved("#ffe600", colors={"solid": "adjust"})
    for mode in Mode:
        assert contrast(value(tokens, "color.primary.9", mode), value(tokens, "color.page", mode)) >= 3
    assert "#ffe600" == hexes(tokens, "color.primary.9")[1]
    assert ("color.primary.9",) * 4 == token(tokens, "color.primary.edge").references


def test_high_contrast_moves_a_solid_that_carries_no_text_at_seven():
    """White has 4.9:1 on this blue and black 4.3:1: the ordinary modes keep it, high contrast cannot."""
    first, second, *others = hexes(resolved("#0b5fff"), "color.primary.9")
    assert "#0b5fff" == first == second
    assert ["#004bd8", "#004bd8"] == others


def test_high_contrast_keeps_the_side_of_the_text():
    """Black text on teal stays black: the solid gets lighter, not darker."""
    tokens = resolved("#0d9488")
    light, high = value(tokens, "color.primary.9"), value(tokens, "color.primary.9", Mode.LIGHT_CONTRAST)
    assert to_oklch(light)[0] < to_oklch(high)[0]


def test_hover_is_seen_at_the_ends_of_lightness():
    for primary in ("#000000", "#ffffff", "#fffde0", "#020617"):
        tokens = resolved(primary)
        for mode in Mode:
            solid, hover = (to_oklch(value(tokens, f"color.primary.{step}", mode)) for step in (9, 10))
            assert 0.04 < abs(solid[0] - hover[0]) < 0.05


def test_hover_darkens_by_day_and_lightens_by_night():
    tokens = resolved("#00a86b")
    for mode, sign in ((Mode.LIGHT, -1), (Mode.DARK, 1)):
        solid, hover = (to_oklch(value(tokens, f"color.primary.{step}", mode))[0] for step in (9, 10))
        assert (hover - solid) * sign > 0 or contrast(
            value(tokens, "color.primary.on", mode), value(tokens, "color.primary.9", mode)
        ) < 7


def test_a_wide_seed_stays_wide():
    """What sRGB cannot show is left to the target, which writes P3 with a fallback."""
    tokens = resolved("color(display-p3 0 0.4 1)")
    solid = value(tokens, "color.primary.9")
    assert "oklch" == solid.space
    assert not in_srgb(solid)
    assert not in_srgb(value(tokens, "color.primary.10"))


@pytest.mark.parametrize("primary", ["#0b5fff", "#ffe600", "#4a5766"])
def test_the_header_is_the_brands_solid_by_day_and_a_calm_surface_by_night(primary):
    assert ("color.primary.9", "color.primary.3") * 2 == token(resolved(primary), "color.header").references


def test_a_grey_brand_links_in_its_accent():
    assert "color.accent.11" == token(resolved("#6b7280"), "color.link").references[0]
    assert "color.primary.11" == token(resolved("#0b5fff"), "color.link").references[0]


def test_visited_links_are_not_the_colour_of_links():
    for primary in ("#0b5fff", "#8b2fc9", "#6b7280"):
        tokens = resolved(primary)
        link, visited = (to_oklch(value(tokens, f"color.{name}")) for name in ("link", "link-visited"))
        assert hue_distance(link[2], visited[2]) > 10


def test_a_grey_brand_takes_its_hues_from_the_design():
    """The hue of a grey is hardly seen, whatever it is: keywords are blue, and visited links purple as ever."""
    blue, grey = Paths.of((0.6, 0.2, 258.0)), Paths.of((0.6, 0.01, 312.0))
    assert (blue.syntax["keyword"], blue.visited) == (grey.syntax["keyword"], grey.visited)
    assert blue.visited != Paths.of((0.6, 0.2, 312.0)).visited


def test_a_syntax_colour_that_gives_way_is_not_kept_from_where_it_was():
    """At hue 295 both functions and constants move; the first may then be as near its old place as the design says."""
    found = {name: path.hue_deg for name, path in Paths.of((0.6, 0.2, 295.0)).syntax.items()}
    assert (85.0, 258.0) == (found["function"], found["constant"])


def test_focus_stands_out_more_in_high_contrast():
    """The solid has 3:1 there, which is enough by day; the first step that has 4.5:1 takes its place."""
    expected = ("color.primary.9", "color.primary.9", "color.primary.8", "color.primary.9")
    assert expected == token(resolved("#58946d"), "color.focus").references


def test_syntax_colours_keep_apart():
    names = ("keyword", "number", "special", "function", "constant", "string", "variable")
    for primary in ("#0b5fff", "#ffe600", "#e4002b", "#00a86b", "#6f3ff5", "#ff5a1f", "#777777"):
        tokens = resolved(primary)
        hues = [to_oklch(value(tokens, f"color.code.{name}"))[2] for name in names]
        nearest = min(hue_distance(a, b) for i, a in enumerate(hues) for b in hues[i + 1 :])
        assert nearest > 15, primary


def test_dark_yellow_turns_to_ochre():
    hue = to_oklch(value(resolved("#ffe600"), "color.primary.11"))[2]
    assert 76 < hue < 90


def test_the_type_scale_is_modular():
    tokens = resolved(typography={"scale": {"base": "16px", "ratio": 1.25}})
    assert [Dimension(size, "rem") for size in (0.75, 0.8125, 1.0, 1.25, 1.5625)] == [
        value(tokens, f"font.size.{name}") for name in ("xs", "s", "m", "l", "xl")
    ]


def test_a_base_in_rem():
    tokens = resolved(typography={"scale": {"base": "1.125rem", "ratio": 1.2}})
    assert Dimension(1.125, "rem") == value(tokens, "font.size.m")


@pytest.mark.parametrize(
    ("family", "names"),
    [
        ({"family": "Inter"}, ("Inter", "system-ui", "-apple-system")),
        ({"family": "Source Serif 4"}, ("Source Serif 4", "Iowan Old Style", "Palatino Linotype")),
        ({"family": "Inter", "fallback": ["Verdana", "sans-serif"]}, ("Inter", "Verdana", "sans-serif")),
        ({"family": "Inter", "fallback": ["Verdana"]}, ("Inter", "Verdana", "system-ui")),
    ],
)
def test_a_family_is_followed_by_its_fallbacks(family, names):
    tokens = resolved(typography={"families": {"body": family}})
    assert names == value(tokens, "font.family.body").names[:3]


def test_density_scales_space():
    steps = [value(resolved(shape={"density": one}), "space.4").value for one in ("compact", "comfortable", "spacious")]
    assert [0.75, 1.0, 1.25] == steps


def test_radius_and_lines_come_from_the_shape():
    tokens = resolved(shape={"radius": "8px", "border": "2px"})
    assert [0, 4, 8, 14, 20, 9999] == [
        value(tokens, f"radius.{name}").value for name in ("none", "s", "m", "l", "xl", "full")
    ]
    assert [2, 4] == [value(tokens, f"border-width.{name}").value for name in ("thin", "thick")]
    assert value(tokens, "color.border") == value(tokens, "border.default").color


def test_shadows_by_strength_and_mode():
    none, soft, strong = (value(resolved(shape={"shadow": one}), "shadow.2") for one in ("none", "soft", "strong"))
    assert [0.0] == [layer.color.alpha for layer in none]
    assert all(a.color.alpha < b.color.alpha for a, b in zip(soft, strong, strict=True))
    tokens = resolved()
    light, dark = (value(tokens, "shadow.2", mode)[0].color for mode in (Mode.LIGHT, Mode.DARK))
    assert light.alpha < dark.alpha


def test_composites_and_motion():
    tokens = resolved()
    assert value(tokens, "font.size.3xl") == value(tokens, "typography.heading-1").size
    assert CubicBezier((0.2, 0.0, 0.0, 1.0)) == value(tokens, "transition.default").timing
    assert 200 == value(tokens, "transition.default").duration.value


def test_what_no_mode_changes_is_written_once():
    by_id = default_tokens(brand()).by_id()
    assert () == by_id["color.code.text"].modes
    assert () == by_id["space.1"].modes
    assert 3 == len(by_id["color.primary.1"].modes)


def test_every_colour_is_oklch():
    assert {"oklch"} == {one.space for each in resolved() for one in each.values if isinstance(one, Color)}


def test_a_pale_seed_means_a_vivid_brand():
    """Pastel pink is as pink as sRGB allows at its lightness: the darker steps are more vivid than the seed."""
    colors = resolved("#ffb6c9").in_mode(Mode.LIGHT)
    assert colors["color.primary.9"].components[1] + 0.02 < colors["color.primary.11"].components[1]


def test_a_pale_grey_stays_grey():
    """Near white sRGB has hardly any chroma, and a share of hardly any says nothing."""
    colors = resolved("#f7f6f6").in_mode(Mode.LIGHT)
    assert colors["color.primary.11"].components[1] < 0.02


def test_light_yellow_is_yellow():
    """Step 3 of other hues has a chroma of 0.03, which would be cream."""
    assert 0.06 < resolved("#ffe600").in_mode(Mode.LIGHT)["color.primary.3"].components[1]
