"""Attacks by SVG that are no known cases: work without end behind few bytes, and ways around the lists of names.

Each was tried first without its defence: sixty thousand attributes took minutes, an encoding of Python's 17 s, and
patterns that styles join passed to the renderer, and to every reader's browser.
"""

import time
from pathlib import PurePosixPath

import pytest

from themekit.render.images import Size, rasterise
from themekit.render.svg import MAX_WARNINGS, sanitise_svg
from themekit.render.worker import Failed

PATH = PurePosixPath("brands/acme/logo.svg")
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
RECT = '<rect width="9" height="9"/>'
HANGS_S = 20  # no timing: it tells work out of proportion from work
TOO_MANY, CIRCLE = "more than 200,000 elements", "refers to itself"
LEVELS = range(1, 9)


def clean(inner, opening=OPEN):
    started = time.process_time()
    picture, found = sanitise_svg(f"{opening}{inner}</svg>".encode(), path=PATH, prefix="x-")
    assert time.process_time() - started < HANGS_S
    return picture, [each.message for each in found]


def joined_by_styles():
    sheet = "".join(f".c{level}{{fill:url(#p{level + 1})}}" for level in range(8))
    squares = {level: f'<rect class="c{level}" width="9" height="9"/>' * 10 for level in LEVELS}
    patterns = "".join(f'<pattern id="p{level}" width="1" height="1">{squares[level]}</pattern>' for level in LEVELS)
    return f'<style>{sheet}</style>{patterns}<rect class="c0" width="9" height="9"/>'


def joined_by_inheritance(way='fill="url(#p{})"'):
    groups = {level: f"<g {way.format(level + 1)}>{RECT * 10}</g>" for level in LEVELS}
    patterns = "".join(f'<pattern id="p{level}" width="1" height="1">{groups[level]}</pattern>' for level in LEVELS)
    return f'{patterns}<rect fill="url(#p1)" width="9" height="9"/>'


def joined_by_points(name="marker-mid"):
    line = f'd="M0 0{"h1" * 30}"'
    markers = "".join(f'<marker id="m{at}"><path {name}="url(#m{at + 1})" {line}/></marker>' for at in LEVELS)
    return f'{markers}<path {name}="url(#m1)" {line}/>'


PATTERN = '<pattern id="p" width="1" height="1">{}</pattern>' + RECT
REFUSED = {
    "patterns that classes join": (joined_by_styles(), TOO_MANY),
    "patterns that groups hand down": (joined_by_inheritance(), TOO_MANY),
    "the same in style attributes": (joined_by_inheritance('style="stroke:url(#p{})"'), TOO_MANY),
    "markers at each point": (joined_by_points(), TOO_MANY),
    "the same by the shorthand": (joined_by_points("marker"), TOO_MANY),
    "a marker at 300,000 points": (
        f'<marker id="m"><path d="M0 0h1"/></marker><path marker-mid="url(#m)" d="M0 0{"h1" * 300_000}"/>',
        TOO_MANY,
    ),
    "a circle by a class": ("<style>.a{fill:url(#p)}</style>" + PATTERN.format("<rect class='a'/>"), CIRCLE),
    "a circle by an element": (f"<style>rect{{fill:url(#p)}}</style>{PATTERN.format(RECT)}", CIRCLE),
    "a circle by an id": ("<style>#r{fill:url(#p)}</style>" + PATTERN.format("<rect id='r'/>"), CIRCLE),
    "a circle by anything": (f"<style>*{{fill:url(#p)}}</style>{PATTERN.format(RECT)}", CIRCLE),
    "a circle within a scheme": (
        f"<style>@media (prefers-color-scheme:dark){{rect{{fill:url(#p)}}}}</style>{PATTERN.format(RECT)}",
        CIRCLE,
    ),
    "a circle by what the outermost element hands down": (
        f"<style>:root{{fill:url(#p)}}</style>{PATTERN.format(RECT)}",
        CIRCLE,
    ),
    "40,000 rules for 15,000 elements": (
        "<style>" + ".a{fill:red}" * 40_000 + "</style>" + "<rect class='a'/>" * 15_000,
        "more than 2,000 rules",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_work_without_end_is_refused(name):
    content, reason = REFUSED[name]
    picture, messages = clean(content)
    assert picture is None
    assert reason in messages[-1]


FINE = {
    "a gradient for 15,000 shapes": "<style>.a{fill:url(#g)}</style>"
    '<linearGradient id="g"><stop/><stop offset="1"/></linearGradient>' + '<rect class="a"/>' * 15_000,
    "arrows on a path of many points": '<marker id="m"><path d="M0 0h1"/></marker>'
    f'<path marker-end="url(#m)" d="M0 0{"h1" * 5000}"/>',
    "a class of one pattern, used outside it": f'<style>.a{{fill:url(#p)}}</style>{PATTERN.format(RECT)}<g class="a"/>',
    "a mask on a group of 5,000 shapes": f'<mask id="k">{RECT * 100}</mask><g mask="url(#k)">{RECT * 5000}</g>',
    "colours that look like ids": f"<style>.a{{fill:#fff}}</style><g id='fff' class='a'>{RECT}</g>",
}


@pytest.mark.parametrize("name", FINE)
def test_what_a_drawing_tool_writes_is_not(name):
    picture, messages = clean(FINE[name])
    assert [] == messages
    assert picture is not None


ENDLESS = {
    "60,000 attributes": "<rect " + " ".join(f'a{at}=""' for at in range(60_000)) + "/>",
    "19,000 elements with one each": '<rect bad=""/>' * 19_000,
    "19,000 style elements": "<style>x</style>" * 19_000,
    "a selector of 40,000 parts": f"<style>{'a>' * 40_000}b{{fill:red}}</style>",
    "400,000 classes": f'<rect class="{"a " * 400_000}"/>',
    "400,000 brackets in a style": f'<rect style="fill:{"(" * 400_000}"/>',
    "400,000 blocks in a sheet": f"<style>{'{' * 400_000}</style>",
    "100,000 calculations": f"<style>a{{fill:{'calc(' * 100_000}</style>",
    "a script after 900,000 lines": "\n" * 900_000 + "<script/>",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_long_files_take_no_longer_than_they_are(name):
    _, messages = clean(ENDLESS[name])
    assert len(messages) <= MAX_WARNINGS + 1


@pytest.mark.parametrize("encoding", ["punycode", "unicode_escape", "utf-7", "idna", "rot13", "cp65001x", "x" * 20])
def test_encodings_that_only_python_knows_are_not_read(encoding):
    started = time.process_time()
    content = f'<?xml version="1.0" encoding="{encoding}"?>{"a" * 300_000}-{"b" * 300_000}'
    picture, found = sanitise_svg(content.encode(), path=PATH, prefix="x-")
    assert time.process_time() - started < HANGS_S
    assert picture is None
    assert [f"`logo.svg` cannot be used: its encoding `{encoding}` is not read"] == [each.message for each in found]


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "iso-8859-1", "windows-1252", "us-ascii"])
def test_encodings_of_drawing_tools_are(encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?>{OPEN}{RECT}</svg>'.encode(encoding)
    assert sanitise_svg(content, path=PATH, prefix="x-")[0] is not None


ESCAPES = {
    "markup as data in a title": "<title><![CDATA[</title><img src=x onerror=alert(1)>]]></title>",
    "an end of the sheet as data": "<style><![CDATA[a{fill:red}</style><script>alert(1)</script>]]></style>",
    "an end of the sheet in a string": "<style>a{font-family:'</style><script>alert(1)</script>'}</style>",
    "an end of the sheet in a class": "<style>.\\3c\\2fstyle\\3e\\3cscript\\3e{fill:red}</style>",
    "references to letters": '<rect style="fill:url(&#x68;ttp://evil.test/#a)"/>',
    "escapes in an address": '<rect style="fill:url(\\68\\74\\74p://evil.test/#a)"/>',
    "a second link of another name": '<use xmlns:l="http://www.w3.org/1999/xlink" href="#a" l:href="http://evil.test"/>',
    "a namespace by a prefix": '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
    "a foreign page within a switch": "<switch><foreignObject><body onload='alert(1)'/></foreignObject></switch>",
    "an attribute of ours that closes": "<rect fill='&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;'/>",
    "a class that closes": "<rect class='a&quot;&gt;&lt;script&gt;'/>",
    "an id that closes": "<style>#a{fill:red}</style><rect id='a&quot;&gt;&lt;script&gt;'/>",
}


@pytest.mark.parametrize("name", ESCAPES)
def test_no_way_around_the_lists_leads_out(name):
    """Put into a page of HTML, where the parser is another one, it is text or nothing."""
    picture, _ = clean(ESCAPES[name])
    shown = picture.text.lower() if picture else ""
    assert [] == [word for word in ("<script", "<img", "evil.test", "foreignobject", "<body") if word in shown]
    assert shown.count("</style") == shown.count("<style")


@pytest.mark.parametrize(("given", "kept"), [("3", "3"), (" 9 ", "8"), ("9" * 99, "8"), ("-1", "-1"), ("x", "x")])
def test_octaves_that_nobody_sees_are_not_drawn(given, kept):
    picture, messages = clean(f'<filter id="f"><feTurbulence numOctaves="{given}"/></filter><g filter="url(#f)"/>')
    assert [] == messages
    assert f'numOctaves="{kept}"' in picture.text


FILTER = '<filter id="f">{}</filter><rect width="9" height="9" filter="url(#f)"/>'
DRAWN = {
    "octaves without end": FILTER.format('<feTurbulence baseFrequency="5" numOctaves="2000000000"/>'),
    "a canvas of a million": '<filter id="f" x="-1e6" width="2e6" height="1e6"><feGaussianBlur stdDeviation="1e9"/>'
    '</filter><rect width="9" height="9" filter="url(#f)"/>',
    "dashes without end": '<path d="M0 0H1e9" stroke="red" stroke-dasharray="0.0000001"/>',
    "numbers that overflow": '<g transform="scale(1e38) rotate(1e38)"><rect width="1e38" height="1e38"/></g>',
    "numbers that are none": '<rect width="nan" height="inf" x="1e999"/><path d="M nan nan L 1e999 0 Z"/>',
}


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_ends(name):
    """In a picture, or in a reason: the worker has a limit of processor time and one of memory."""
    picture, _ = clean(DRAWN[name])
    answer = rasterise(picture.text, Size(64, 64))
    assert answer.reason if isinstance(answer, Failed) else answer[0].startswith(b"\x89PNG")
