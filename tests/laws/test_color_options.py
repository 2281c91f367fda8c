"""The promise of `test_resolve.py` holds whatever a brand chooses about its colours, with coloraide to judge."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.laws.test_resolve import brand, promised, ratio
from themekit.model import Color, Mode
from themekit.resolve import resolve_tokens
from themekit.resolve.apca_floor import misses
from themekit.resolve.colour import hex as hex_of

COLORS = st.integers(0, (1 << 24) - 1).map(lambda number: f"#{number:06x}")
TURNS_DEG = st.integers(-40, 40)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "textLc": st.integers(0, 100),
        "chroma": st.sampled_from(["muted", "standard", "vivid"]),
        "hueShift": st.fixed_dictionaries({}, optional={"light": TURNS_DEG, "dark": TURNS_DEG}),
        "neutralTint": st.integers(0, 100).map(lambda percent: percent / 100),
    },
)


@settings(max_examples=15)
@given(COLORS, OPTIONS, st.sampled_from(["keep", "adjust"]))
def test_the_promise_is_kept_whatever_is_chosen(seed, options, solid):
    """And a floor of APCA that is missed anywhere is told of."""
    tokens, diagnostics = resolve_tokens(brand(seed, solid=solid, options=options))
    is_missed = any(misses(tokens, options.get("textLc", 0)))
    assert ["apca-floor"] * is_missed == [one.code for one in diagnostics]
    for mode in Mode:
        colors = {
            name.removeprefix("color."): hex_of(value)
            for name, value in tokens.in_mode(mode).items()
            if isinstance(value, Color)
        }
        broken = [
            (mode, text, ground, wanted)
            for text, ground, wanted in promised(mode.is_high_contrast)
            if ratio(colors[text], colors[ground]) < wanted - 0.002
        ]
        assert [] == broken


@settings(max_examples=15)
@given(COLORS, st.integers(1, 75))
def test_an_adjusted_brand_has_every_floor_up_to_body_text(seed, text_lc):
    """Lc 75 is what APCA's tables ask of running text. Text on the gradient has it, too."""
    palettes = {"gradient": True}
    tokens, diagnostics = resolve_tokens(brand(seed, solid="adjust", options={"textLc": text_lc}, palettes=palettes))
    assert () == diagnostics
    assert [] == list(misses(tokens, text_lc))
