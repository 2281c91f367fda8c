"""The page computes colours itself while a slider moves: as the resolver does, on vectors that the resolver makes."""

import itertools
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from themekit.model import Color
from themekit.resolve.colour import to_oklch, to_srgb8
from themekit.resolve.gamut import max_chroma
from themekit.resolve.luminance import ratio
from themekit.source.colors import parse_color

HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="the page's modules run in Node")


def chance():
    return random.Random(4)  # noqa: S311 - the same vectors in each run


GRID = [(step / 10, chroma / 100, hue) for step in range(11) for chroma in (0, 5, 15, 30) for hue in range(0, 360, 30)]
TEXTS = ["#0b5fff", "#abc", "#12345680", "oklch(0.62 0.26 285 / 0.35)", "oklch(62% 40% 120deg)", "oklch(0.5 0.1 20)"]
FOREIGN = ["red", "#12", "oklch(2 0 0)", "oklch(0.5 0.1)", "rgb(1 2 3)", "var(--x)", ""]


@pytest.fixture(scope="module")
def asked():
    draw = chance()
    some = [tuple(draw.randrange(256) for _ in range(3)) for _ in range(200)]
    return {
        "oklch": GRID,
        "bytes": some,
        "pairs": list(itertools.pairwise(some)),
        "edges": [(lightness / 20, hue) for lightness in range(1, 20) for hue in range(0, 360, 15)],
        "texts": TEXTS + FOREIGN,
    }


@pytest.fixture(scope="module")
def answered(asked):
    command = ["node", str(HERE / "color_answers.mjs")]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_bytes_of_oklch(asked, answered):
    expected = [list(to_srgb8(Color("oklch", shade))) for shade in asked["oklch"]]
    assert expected == answered["bytes"]


def test_oklch_of_bytes(asked, answered):
    for rgb, found in zip(asked["bytes"], answered["oklch"], strict=True):
        expected = to_oklch(Color("srgb", tuple(channel / 255 for channel in rgb)))
        assert expected == pytest.approx(found, abs=1e-6)


def test_contrast(asked, answered):
    expected = [ratio(one, other) for one, other in asked["pairs"]]
    assert expected == pytest.approx(answered["ratios"], abs=1e-12)


def test_the_edge_of_the_gamut(asked, answered):
    expected = [max_chroma(lightness, hue) for lightness, hue in asked["edges"]]
    assert expected == pytest.approx(answered["chroma"], abs=1e-9)


def test_notations(answered):
    found = dict(zip(TEXTS + FOREIGN, answered["read"], strict=True))
    for text in TEXTS:
        expected = parse_color(text)
        assert list(to_srgb8(expected)) == found[text]["bytes"], text
        assert expected.alpha == pytest.approx(found[text]["alpha"], abs=1e-3), text
    assert [None] * len(FOREIGN) == [found[text] for text in FOREIGN]
