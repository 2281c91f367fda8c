"""The index of a gallery reads back as it was written, and a hostile one is refused."""

import json

import pytest

from tests.studio.small_pictures import shot, view
from themekit.model import Mode
from themekit.studio.pictures.index import Index, IndexFaultError, Shot, read_index, write_index
from themekit.studio.viewport import Viewport, parse_viewport

SHOTS = (
    shot(view()),
    Shot(view("guides/ümlaut.html", Mode.DARK_CONTRAST), "a.png", "0" * 64, 1280, 16384, is_cut=True, is_still=False),
)


def test_reads_what_was_written():
    index = Index("Chromium 156", SHOTS, ("index.html",))
    assert index == read_index(write_index(index))


def test_an_empty_gallery():
    assert Index("", ()) == read_index(write_index(Index("", ())))


def document(**changes):
    row = json.loads(write_index(Index("", SHOTS[:1])))["shots"][0] | changes
    return json.dumps({"themekit": 1, "browser": "", "shots": [row]}).encode()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"file": "../../etc/passwd.png"}, "leaves its folder"),
        ({"file": "/etc/shadow.png"}, "is absolute"),
        ({"file": "a\\b.png"}, "holds the character"),
        ({"file": "a\u202eb.png"}, "invisible"),
        ({"file": "a.svg"}, "no PNG file"),
        ({"file": 7}, "is empty"),
        ({"page": "../x.html"}, "leaves its folder"),
        ({"page": "x.png"}, "names no page"),
        ({"brand": "<script>"}, "cannot be understood at picture 1"),
        ({"mode": "sepia"}, "cannot be understood"),
        ({"viewport": "9x9"}, "cannot be understood"),
        ({"viewport": ["1280x800"]}, "cannot be understood"),
        ({"sha256": "x"}, "cannot be understood"),
    ],
)
def test_a_hostile_row_is_refused(changes, fault):
    with pytest.raises(IndexFaultError, match=fault):
        read_index(document(**changes))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"9" * 10_000, "is not JSON"),
        (b"[]", "not one of themekit"),
        (b'{"themekit": 2}', "another version"),
        (b'{"themekit": 1}', "no list"),
        (b'{"themekit": 1, "shots": [3]}', "cannot be understood at picture 1"),
        (b'{"themekit": 1, "shots": [], "files": ["../x"]}', "lies elsewhere"),
        (b'{"themekit": 1, "shots": [], "files": 3}', "lies elsewhere"),
        (b" " * 32_000_001, "more than 32,000,000 bytes"),
    ],
)
def test_a_hostile_index_is_refused(content, fault):
    with pytest.raises(IndexFaultError, match=fault):
        read_index(content)


def test_a_picture_twice_is_refused():
    with pytest.raises(IndexFaultError, match="twice"):
        read_index(write_index(Index("", (SHOTS[0], SHOTS[0]))))


def test_sizes_that_are_none_are_nothing():
    (found,) = read_index(document(width=-1, height="x")).shots
    assert (0, 0) == (found.width_px, found.height_px)


@pytest.mark.parametrize("text", ["", "1280", "1280x", "0x100", "99x100", "100x99", "9000x100", "1280×800", "१२८०x800"])
def test_no_window(text):
    assert parse_viewport(text) is None


def test_a_window():
    assert "390x844" == str(parse_viewport("390x844"))
    assert Viewport(390, 844) == parse_viewport("390x844")
