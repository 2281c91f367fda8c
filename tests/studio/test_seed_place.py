"""A file that is the same but for its primary colour is read at once; with any other change it is not."""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.model import BrandId
from themekit.source.brand import BrandInputs, parse_brand
from themekit.source.colors import parse_color
from themekit.studio.updating.seed_place import SeedPlace

FILE = '{"name": "Kärcher 🜁", "color": {"primary": "#0b5fff", "accent": "#0b5fff"}, "tagline": "#0b5fff"}'
PLACE = SeedPlace.of(FILE.encode())


def with_primary(text):
    return FILE.replace("#0b5fff", text, 1).encode()


@pytest.mark.parametrize("color", ["#b3261e", "#fff", "rgb(1 2 3)", "oklch(60% 0.2 20)", "#0b5fff"])
def test_another_colour_is_read(color):
    assert parse_color(color) == PLACE.color_in(with_primary(color))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        FILE.encode()[:-1],
        with_primary("#b3261e") + b" ",
        with_primary("#b3261e").replace(b"Acme", b"Other").replace("Kärcher".encode(), b"Karcher"),
        with_primary('#b3261e", "accent": "#fff'),
        with_primary("\\u0023fff"),
        with_primary("#b3261"),
        with_primary("#b3261e80"),
        with_primary("red"),
        with_primary("#fff\n"),
        with_primary(""),
        FILE.replace('"#0b5fff"', "7", 1).encode(),
        FILE.replace('"accent": "#0b5fff"', '"accent": "#fff"').encode(),
        '{"name": "Kärcher 🜁", "color": {"primary": "#0b5fff"}, "tagline": "#0b5fff"}'.encode(),
    ],
)
def test_whatever_else_is_other_is_left_to_the_reader_of_the_whole_file(content):
    assert PLACE.color_in(content) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"color": {}}',
        '{"color": {"primary": 7}}',
        '{"color": {"primary": "\\u0023fff"}}',
        '{"color": {"primary": "#fff"}, }',
        '{"color": {"primary": {"colorSpace": "srgb", "components": [0, 0, 0]}}}',
        '{"color.primary": "#fff"}',
    ],
)
def test_a_file_without_a_plain_primary_colour_has_no_place(text):
    assert SeedPlace.of(text.encode()) is None


def test_what_is_not_utf_8_has_no_place():
    assert SeedPlace.of(b'{"color": {"primary": "#fff"}, "name": "\xff"}') is None


def parsed(content):
    path = PurePosixPath("brands/acme/brand.json")
    return parse_brand(path, content, brand_id=BrandId("acme"), inputs=BrandInputs(lambda _: None, lambda _: ()))[0]


@given(st.text(max_size=30))
def test_what_it_reads_is_what_the_file_says(text):
    """Also where the text would end the string, or the file."""
    content = (
        json.dumps({"name": "Acme", "color": {"primary": "#0b5fff"}})
        .replace("#0b5fff", text)
        .encode(errors="surrogatepass")
    )
    found = SeedPlace.of(b'{"name": "Acme", "color": {"primary": "#0b5fff"}}').color_in(content)
    if found is not None:
        assert found == parsed(content).color.primary
