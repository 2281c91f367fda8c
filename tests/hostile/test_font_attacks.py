"""Attacks by fonts that are no known cases: tables that lie, count without end, lead in circles. Each is an answer."""

import io
import itertools
import struct
import time
import zlib

import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from tests.assets.sample import read
from themekit.render.fonts import FontFacts, Outlines, Typeface, describe_font, outline, subset_woff2
from themekit.render.worker import Failed

HANGS_S = 120  # of the clock for three jobs, with a worker that stops each after 20 s of processor time
MONO = read("@fonts/ibm-plex-mono/IBMPlexMono-Bold.ttf")
VARIABLE = read("@fonts/figtree/Figtree[wght].ttf")
LETTERS = tuple(range(0x41, 0x5B))


def with_table(tag, data, base=MONO):
    font = TTFont(io.BytesIO(base), recalcBBoxes=False)
    font[tag] = table = DefaultTable(tag)
    table.data = data
    return saved(font)


def saved(font):
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def patched(tag, at, data, base=MONO):
    """The file with bytes of a table exchanged."""
    for entry in range(12, 12 + 16 * struct.unpack(">H", base[4:6])[0], 16):
        if base[entry : entry + 4] == tag:
            start = struct.unpack(">I", base[entry + 8 : entry + 12])[0] + at
            return base[:start] + data + base[start + len(data) :]
    raise KeyError(tag)


def composed(*parts):
    """A font whose glyphs consist of others: pairs of a glyph and its parts."""
    font = TTFont(io.BytesIO(MONO), recalcBBoxes=False)
    for name, members in parts:
        glyph = font["glyf"][name]
        glyph.numberOfContours, glyph.components = -1, []
        for member in members:
            component = GlyphComponent()
            component.glyphName, component.x, component.y, component.flags = member, 0, 0, 0x2
            glyph.components.append(component)
    return saved(font)


def doubling(levels):
    names = ["A", *TTFont(io.BytesIO(MONO)).getGlyphOrder()[40 : 40 + levels]]
    return composed(*[(one, (other, other)) for one, other in itertools.pairwise(names)])


def woff(tag, declared, data):
    packed = zlib.compress(data, 9)
    head = b"wOFF\0\1\0\0" + struct.pack(">IHHI", 64 + len(packed), 1, 0, 30_000_000) + bytes(24)
    return head + tag + struct.pack(">IIII", 64, len(packed), declared, 0) + packed


def characters(groups):
    table = struct.pack(">HHIII", 12, 0, 16 + 12 * len(groups), 0, len(groups))
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table + b"".join(struct.pack(">III", *each) for each in groups)


def axes(count, values):
    record = b"wght" + struct.pack(">iii", *values) + b"\0\0\1\0"
    return struct.pack(">HHHHHHHH", 1, 0, 16, 2, count, 20, 0, 4 + 4 * count & 0xFFFF) + record * count


ATTACKS = {
    "65,535 glyphs": lambda: patched(b"maxp", 4, b"\xff\xff"),
    "no glyph": lambda: patched(b"maxp", 4, b"\0\0"),
    "an em of nothing": lambda: patched(b"head", 18, b"\0\0"),
    "an em of one unit": lambda: patched(b"head", 18, b"\0\1"),
    "places of glyphs outside the file": lambda: patched(b"loca", 0, b"\xff" * 4000),
    "glyphs of noise": lambda: patched(b"glyf", 0, bytes(range(256)) * 200),
    "65,535 widths": lambda: patched(b"hhea", 34, b"\xff\xff"),
    "a glyph for each of four billion characters": lambda: with_table("cmap", characters([(0, 0xFFFFFFFF, 0)])),
    "100,000 ranges that overlap": lambda: with_table(
        "cmap", characters([(at, at + 65_000, 0) for at in range(100_000)])
    ),
    "a table of characters outside the file": lambda: with_table("cmap", struct.pack(">HHHHI", 0, 65_535, 3, 1, 12)),
    "a glyph that consists of itself": lambda: composed(("A", ("A",))),
    "two that consist of each other": lambda: composed(("A", ("B",)), ("B", ("A",))),
    "glyphs that double 300 times": lambda: doubling(300),
    "kerning of noise": lambda: with_table("GPOS", b"\0\1\0\0\0\x0a\0\x0a\0\x0a" + b"\xff" * 60_000),
    "65,535 axes": lambda: with_table("fvar", axes(65_535, (65_536, 26_214_400, 58_982_400))),
    "an axis that ends before it begins": lambda: with_table("fvar", axes(1, (2**31 - 1, -(2**31), 0))),
    "variations of noise": lambda: patched(b"gvar", 0, b"\0\1\0\0" + b"\xff" * 2000, VARIABLE),
    "65,535 names": lambda: with_table(
        "name", struct.pack(">HHH", 0, 65_535, 6) + struct.pack(">HHHHHH", 3, 1, 1033, 1, 65_535, 0) * 65_535
    ),
    "a packed table of 40 MB": lambda: woff(b"cmap", 40_000_000, bytes(40_000_000)),
    "a packed table that says it is small": lambda: woff(b"cmap", 10, bytes(40_000_000)),
    "65,535 tables": lambda: b"\0\1\0\0\xff\xff" + bytes(6) + (b"abcd" + struct.pack(">III", 0, 0, 2**31)) * 65_535,
    "a short table of metrics": lambda: with_table("OS/2", b"\0\1"),
    "a collection": lambda: b"ttcf" + MONO[4:],
    "another outline format than it says": lambda: b"OTTO" + MONO[4:],
}
REFUSED_BY_ALL = frozenset(
    (
        "an em of nothing",
        "an em of one unit",
        "a table of characters outside the file",
        "a packed table of 40 MB",
        "a packed table that says it is small",
        "65,535 tables",
        "a collection",
    )
)


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_font_is_an_answer(name):
    content = ATTACKS[name]()
    started = time.monotonic()
    facts = describe_font(content)
    subset = subset_woff2(content, unicodes=LETTERS)
    drawn = outline(["AVA"], Typeface(content, 700), size_px=20)
    assert time.monotonic() - started < HANGS_S
    assert isinstance(facts, FontFacts | Failed)
    assert isinstance(subset, Failed) or subset.startswith(b"wOF2")
    assert isinstance(drawn, Outlines | Failed)
    assert (name in REFUSED_BY_ALL) == all(isinstance(each, Failed) for each in (facts, subset, drawn))
    for each in (facts, subset, drawn):
        assert not isinstance(each, Failed) or 0 < len(each.reason) < 220


def test_the_fonts_that_were_changed_are_good():
    """Else each attack would be refused for a reason of its own."""
    for content in (MONO, VARIABLE, composed(("A", ("B",)))):
        assert isinstance(describe_font(content), FontFacts)
        assert isinstance(subset_woff2(content, unicodes=LETTERS), bytes)
        assert isinstance(outline(["AVA"], Typeface(content, 700), size_px=20), Outlines)
