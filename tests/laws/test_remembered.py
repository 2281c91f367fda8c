"""What is remembered or guessed to be fast is what would be found afresh, step by step, to the last digit."""

import json
from functools import cache
from importlib import import_module
from itertools import zip_longest
from math import cos, radians, sin
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import themekit
from themekit.model import BrandId, Mode, TargetOptions
from themekit.resolve import contract, contrast_report, resolve_tokens, solve
from themekit.resolve.conditions import Extent, StandsOutOfTint
from themekit.resolve.gamut import _bisect, _bisect_converting
from themekit.resolve.line import Line, Trace
from themekit.resolve.oklab import cubics, oklab_to_linear
from themekit.source.brand import BrandInputs, parse_brand
from themekit.targets import css

UNIT = st.floats(0, 1).map(lambda value: round(value, 6))  # no shade of the solver has more digits
HUE_DEG = st.floats(0, 360)
CHROMA = st.integers(0, 40000).map(lambda count: count / 1e5)  # seeds are rounded
LIGHTNESS = st.integers(0, 4096).map(lambda step: step / 4096)
BYTES = st.tuples(*[st.integers(0, 255)] * 3)
LINES = st.builds(Line, HUE_DEG, CHROMA, st.floats(0.5, 1.1), st.none() | st.floats(0.005, 0.4))
BLUES_DEG = st.floats(260, 268)  # where the gamut has a dent: along one hue it ends, and begins again
DIRECTIONS = st.tuples(HUE_DEG | BLUES_DEG, UNIT | st.floats(0, 0.01), st.floats(1e-6, 0.5))
SEEDS = ["#0b5fff", "#ffe600", "#101010", "color(display-p3 0 0.9 0.2)", "oklch(0.7 0.25 330)"]
ROLES = ["primary", "accent", "neutral", "success", "warning", "danger", "info"]


@settings(max_examples=300)
@given(DIRECTIONS)
def test_the_border_of_the_gamut_is_found_as_by_converting(example):
    """The polynomials decide nothing near the border."""
    hue_deg, lightness, outside = example
    a, b = cos_and_sin(hue_deg)
    assume(lightness > 0)
    assert _bisect_converting(lightness, a, b, outside) == _bisect(lightness, a, b, outside)


@given(DIRECTIONS)
def test_the_polynomials_are_the_channels(example):
    hue_deg, lightness, chroma = example
    assume(lightness > 0.01)
    a, b = cos_and_sin(hue_deg)
    share = chroma / lightness
    found = [sum(part * share**power for power, part in enumerate(cubic)) * lightness**3 for cubic in cubics(a, b)]
    assert found == pytest.approx(oklab_to_linear((lightness, chroma * a, chroma * b)), abs=1e-9)


def cos_and_sin(hue_deg):
    return cos(radians(hue_deg)), sin(radians(hue_deg))


@given(LINES, LIGHTNESS)
def test_a_probe_is_the_shade_and_its_bytes(line, lightness):
    shade, rgb = Trace.of(line).probe(lightness)
    assert line.shade(lightness) == shade
    assert solve.bytes_of(shade) == rgb


def searched(line, passes, start, end):
    """What both ways find, or that there is nothing to be found."""
    found = []
    for search in (
        lambda: solve.move(line.shade, passes, start=start, end=end),
        lambda: solve.nearest.__wrapped__(line, passes, start=start, end=end),
    ):
        try:
            found.append(search())
        except ArithmeticError as error:
            found.append(str(error))
    return found


@settings(max_examples=400)
@given(
    LINES, st.lists(BYTES, min_size=1, max_size=3), st.floats(1.1, 12), st.sampled_from([0, 0, 45, 60, 75, 90]), UNIT
)
def test_a_guessed_search_ends_where_every_step_leads(line, grounds, ratio, lc, start):
    extent = Extent.of(grounds)
    for end in (0.0, 1.0):
        plain, guessed = searched(line, extent.stands_out(ratio, lc=lc), start, end)
        assert plain == guessed


@settings(max_examples=200)
@given(LINES, BYTES, st.floats(0.05, 0.2), st.sampled_from([3, 4.5]), UNIT)
def test_so_does_a_search_on_a_tint(line, page, share, ratio, start):
    for end in (0.0, 1.0):
        plain, guessed = searched(line, StandsOutOfTint(page, share, ratio), start, end)
        assert plain == guessed


@given(st.lists(st.integers(0xC0, 0xFF), min_size=3, max_size=9), BYTES, st.sampled_from([3, 4.5, 7]))
def test_the_nearest_ground_decides(greys, rgb, ratio):
    """By day text and borders can be darker than all surfaces only: of these the darkest is enough to judge by."""
    extent = Extent.of([(grey, grey, grey) for grey in greys])
    assert extent.stands_out(ratio)(rgb) == extent.nearest(darkens=True).stands_out(ratio)(rgb)


def read(colors, **fields):
    document = {"name": "Acme", "color": colors, **fields}
    path, inputs = PurePosixPath("brands/acme/brand.json"), BrandInputs(lambda _: None, lambda _: ())
    return parse_brand(path, json.dumps(document).encode(), brand_id=BrandId("acme"), inputs=inputs)[0]


@cache
def remembering():
    """Every memo of the modules between a brand and its sheet."""
    folder = Path(themekit.__file__).parent
    names = [
        f"themekit.{path.parent.name}.{path.stem}"
        for room in ("resolve", "render")
        for path in (folder / room).glob("*.py")
    ]
    modules = [import_module(name) for name in names if not name.endswith("__")]
    return [one for module in modules for one in vars(module).values() if hasattr(one, "cache_clear")]


def forget():
    for one in remembering():
        one.cache_clear()


def outcome(brand):
    """Tokens, diagnostics and sheets, in lines."""
    tokens, diagnostics = resolve_tokens(brand)
    sheets = css.emit(tokens, TargetOptions())
    return [
        *map(repr, tokens),
        *map(repr, diagnostics),
        *(line for sheet in sheets for line in sheet.content.splitlines()),
    ]


def differing(one, other):
    """The lines that differ, and no more: a test that shows two whole themes takes minutes to fail."""
    return [pair for pair in zip_longest(one, other) if pair[0] != pair[1]]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("shape", [{}, {"shape": {"shadow": "none", "radius": "-0px"}}], ids=["plain", "shaped"])
def test_an_edit_of_one_seed_gives_what_a_fresh_process_does(role, shape):
    """In a row, as a live preview does it: each edit finds what the ones before have left."""
    edits = [read({"primary": "#4f46e5", role: seed}, **shape) for seed in SEEDS]
    warm = [outcome(edit) for edit in edits]
    for edit, found in zip(edits, warm, strict=True):
        forget()
        assert [] == differing(outcome(edit), found)[:3]


def test_a_zero_below_zero_is_no_other_seed():
    """It would be equal as the key of a memo, and different as text."""
    found = []
    for zero in (0.0, -0.0):
        forget()
        found.append(outcome(read({"primary": {"colorSpace": "oklch", "components": [0.5, zero, 30]}})))
    assert [] == differing(*found)[:3]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_quick_look_at_the_contract_sees_what_the_report_does(seed):
    tokens, _ = resolve_tokens(read({"primary": seed}))
    assert contract.is_kept(tokens)
    own = {name: {"$type": "color", "$value": value} for name, value in (("text", "#888888"), ("mark", "#88888880"))}
    tokens, _ = resolve_tokens(read({"primary": seed}, tokens={"color": own}))
    assert all(one.passes for one in contrast_report(tokens)) == contract.is_kept(tokens)
    assert not contract.is_kept(tokens)


def test_what_is_remembered_is_bounded():
    unbounded = [one for one in remembering() if one.cache_parameters()["maxsize"] is None]
    counts = {one.__name__: one.cache_info().currsize for one in unbounded}
    assert all(count <= len(Mode) for count in counts.values()), counts
