"""Fonts: outlines that are kerned, subsets that are small and the same each time, hostile files that cost a message."""

import io
import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from tests.assets.sample import read
from themekit.render import fonts
from themekit.render.fonts import (
    Typeface,
    css_string,
    describe_font,
    font_face_css,
    outline,
    subset_woff2,
    unicode_range,
)
from themekit.render.worker import Failed

CASES = Path(__file__).parents[1] / "cases" / "hostile_inputs.json"
FIGTREE = read("@fonts/figtree/Figtree[wght].ttf")
PLEX_MONO = read("@fonts/ibm-plex-mono/IBMPlexMono-Bold.ttf")
LETTERS = tuple(range(0x41, 0x5B))


@pytest.fixture(scope="module")
def small() -> bytes:
    return subset_woff2(FIGTREE, unicodes=LETTERS)


def restricted() -> bytes:
    font = TTFont(io.BytesIO(PLEX_MONO))
    font["OS/2"].fsType = 2
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def test_a_font_that_claims_gigabytes_is_refused(small):
    """FONT-01: the size is in the header, before anything is unpacked."""
    claiming = small[:16] + (2**31).to_bytes(4, "big") + small[20:]
    assert "unpacks to 2,147,483,648 bytes" in subset_woff2(claiming, unicodes=LETTERS).reason
    assert isinstance(outline(["A"], Typeface(claiming, 400), size_px=10), Failed)


def test_a_restricted_font_is_told():
    """FONT-03 of the hostile inputs."""
    assert describe_font(restricted()).is_restricted
    assert not describe_font(PLEX_MONO).is_restricted


def test_a_family_name_cannot_leave_its_string():
    """FONT-04 of the hostile inputs."""
    rule = font_face_css('a";}body{', url="x.woff2", weight="400", style="normal", unicodes=[65])
    assert "}body{" not in rule
    assert 1 == rule.count("}")


def test_every_hostile_case_is_tried():
    cases = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    assert {"FONT-01", "FONT-03", "FONT-04"} == {case["id"] for case in cases if case["area"] == "font"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"OTTO",
        b"wOF2" + bytes(60),
        b"\0\1\0\0\xff\xff" + bytes(20),
        b"<html>",
        PLEX_MONO[:3000],
        PLEX_MONO[:60_000],
    ],
)
def test_a_broken_font_is_an_answer(content):
    assert isinstance(subset_woff2(content, unicodes=LETTERS), Failed)
    assert isinstance(outline(["A"], Typeface(content, 400), size_px=10), Failed)
    assert isinstance(describe_font(content), Failed) or content.startswith(PLEX_MONO[:3000])


def test_a_subset_is_the_same_each_time(small):
    assert small == subset_woff2(FIGTREE, unicodes=reversed(LETTERS))


def test_a_subset_has_the_characters_and_the_weights(small):
    font = TTFont(io.BytesIO(small))
    assert set(LETTERS) == set(font.getBestCmap())
    assert ["wght"] == [axis.axisTag for axis in font["fvar"].axes]
    assert "woff2" == font.flavor


def test_axes_that_are_not_kept_stand_at_their_defaults():
    font = TTFont(io.BytesIO(subset_woff2(FIGTREE, unicodes=LETTERS, keep_axes=())))
    assert "fvar" not in font


def test_the_licence_stays_in_the_font(small):
    names = {record.nameID for record in TTFont(io.BytesIO(small))["name"].names}
    assert {0, 13, 14} <= names


def test_a_subset_of_nothing_is_refused():
    assert "none of the characters" in subset_woff2(FIGTREE, unicodes=[0x4E00]).reason


def test_facts():
    facts = describe_font(FIGTREE)
    assert (300, 900) == (facts.lowest_weight, facts.highest_weight)
    assert 700 == describe_font(PLEX_MONO).lowest_weight


def test_outlines_grow_with_the_size():
    (ten,) = outline(["Ab"], Typeface(FIGTREE, 700), size_px=10).lines
    (twenty,) = outline(["Ab"], Typeface(FIGTREE, 700), size_px=20).lines
    assert 2 * ten.advance == pytest.approx(twenty.advance)
    assert ten.top < 0 <= ten.bottom + 0.5


def test_weight_makes_letters_wider():
    light, bold = (outline(["m"], Typeface(FIGTREE, weight), size_px=100).lines[0] for weight in (300, 900))
    assert light.advance < bold.advance
    assert light.path != bold.path


def test_a_weight_beyond_the_axis_is_the_nearest():
    far, end = (outline(["m"], Typeface(FIGTREE, weight), size_px=100) for weight in (2000, 900))
    assert far == end


def test_pairs_are_kerned():
    pair, one, other = (line.advance for line in outline(["AV", "A", "V"], Typeface(FIGTREE, 700), size_px=100).lines)
    assert pair < one + other - 1


def test_letters_drawn_before_are_the_same_again():
    """The worker keeps what it drew; another weight or size between must not change it."""
    first = outline(["AVA"], Typeface(FIGTREE, 700), size_px=100, tracking_em=0.1)
    outline(["AVA"], Typeface(FIGTREE, 300), size_px=20)
    assert first == outline(["AVA"], Typeface(FIGTREE, 700), size_px=100, tracking_em=0.1)


def test_kerning_follows_the_weight():
    """Kerning of a variable font varies too; reading only the default's would leave bold names loose."""

    def kern(weight: float) -> float:
        pair, one, other = (
            line.advance for line in outline(["AV", "A", "V"], Typeface(FIGTREE, weight), size_px=100).lines
        )
        return pair - one - other

    assert kern(300) != pytest.approx(kern(900))


def test_tracking_is_between_letters_only():
    typeface = Typeface(PLEX_MONO, 700)
    plain, wide = (outline(["aaa"], typeface, size_px=100, tracking_em=em).lines[0].advance for em in (0, 0.1))
    assert plain + 2 * 10 == pytest.approx(wide)


def test_missing_characters_are_named_and_left_out():
    with_, without = outline(["A中A", "AA"], Typeface(FIGTREE, 700), size_px=100).lines
    assert "中" == with_.missing
    assert with_.path == without.path


def test_an_empty_text_has_no_outline():
    (line,) = outline([""], Typeface(FIGTREE, 700), size_px=100).lines
    assert ("", 0.0) == (line.path, line.advance)


def test_heights_are_those_of_the_letters():
    outlines = outline(["H"], Typeface(FIGTREE, 700), size_px=100)
    assert outlines.cap_height == -outlines.lines[0].top
    assert 0 < outlines.x_height < outlines.cap_height


def test_unicode_range():
    assert "U+41-43, U+45" == unicode_range([0x45, 0x42, 0x41, 0x43, 0x43])


def test_css_strings_escape_what_ends_them():
    assert r"'a\27 b\5c c\3c /style\3e '" == css_string("a'b\\c</style>")


def test_an_answer_of_another_kind_is_our_own_mistake(monkeypatch):
    monkeypatch.setattr(fonts.shared_worker(), "call", lambda *_: ("wide", 1, 0, 1))
    with pytest.raises(TypeError, match="str where a number was due"):
        describe_font(b"")
    assert isinstance(subset_woff2(b"", unicodes=()), Failed)
