"""Which check refuses a picture: a later one that would refuse it too must not hide a lost one."""

import gzip
from pathlib import PurePosixPath

import pytest

from themekit.render.svg import sanitise_svg

PATH = PurePosixPath("brands/acme/logo.svg")
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
REASONS = {
    b"": "it is empty",
    b" \n": "it is empty",
    b"hello": "it is no well-formed XML",
    gzip.compress(OPEN.encode() + b"</svg>", mtime=0): "it is compressed (SVGZ)",
    b"<html viewBox='0 0 9 9'/>": "its outermost element is `html`, not `svg`",
    b"<g xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/>": "its outermost element is `g`, not `svg`",
    b"<svg viewBox='0 0 9 9'/>": "its `svg` element has no namespace",
    b"<svg xmlns='urn:x' viewBox='0 0 9 9'/>": "its `svg` element has no namespace",
    f"{OPEN}</svg>".replace(
        "9 9", "4000 2"
    ).encode(): "it is 2,000 times as wide as high; at most 40 times is possible",
    f"{OPEN}</svg>".replace("9 9", "2 81").encode(): "it is 40.5 times as high as wide; at most 40 times is possible",
    f'<!DOCTYPE svg [<!ENTITY a "b">]>{OPEN}</svg>'.encode(): "its DOCTYPE holds declarations",
    f"<!DOCTYPE svg [ ]>{OPEN}</svg>".encode(): "its DOCTYPE holds declarations",
}


def sanitised(content: bytes):
    return sanitise_svg(content, path=PATH, prefix="x-")


@pytest.mark.parametrize("content", REASONS, ids=lambda content: content[:24].decode(errors="replace"))
def test_the_first_reason_is_told_and_no_other(content):
    picture, (only,) = sanitised(content)
    assert picture is None
    assert REASONS[content] in only.message


def test_a_file_of_the_greatest_size_is_read(monkeypatch):
    content = f"{OPEN}</svg>".encode()
    monkeypatch.setattr("themekit.render.svg.MAX_BYTES", len(content))
    assert () == sanitised(content)[1]
    monkeypatch.setattr("themekit.render.svg.MAX_BYTES", len(content) - 1)
    assert "are read" in sanitised(content)[1][0].message


@pytest.mark.parametrize(("parts", "told"), [(20, 20), (21, 21), (22, 21)])
def test_as_many_warnings_as_are_listed_need_no_count(parts, told):
    _, diagnostics = sanitised((OPEN + '<rect onclick="x"/>' * parts + "</svg>").encode())
    assert told == len(diagnostics)
    assert (parts > 20) is ("more unsafe parts" in diagnostics[-1].message)


@pytest.mark.parametrize(
    "image", ['<image width="9" height="9"/>', '<image href="https://x.example/a.png"><title/></image>']
)
def test_an_image_of_nothing_goes(image):
    picture, _ = sanitised(f"{OPEN}{image}<rect/></svg>".encode())
    assert "<rect/>" in picture.body
    assert "image" not in picture.body
    assert "title" not in picture.body
