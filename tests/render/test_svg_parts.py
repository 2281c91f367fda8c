"""Each way out of the SVG sanitiser's lists, one at a time: what goes, what stays, and what is said."""

from pathlib import PurePosixPath

import pytest

from themekit.render.svg import sanitise_svg

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:e="urn:e"'
PATH = PurePosixPath("a/logo.svg")
OPEN = f'<svg {NAMESPACES} viewBox="0 0 9 9">'


def clean(inner):
    picture, diagnostics = sanitise_svg(f"{OPEN}{inner}</svg>".encode(), path=PATH, prefix="x-")
    assert picture is not None, diagnostics
    return picture.body, [each.message for each in diagnostics]


PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

REMOVED = {
    "a href of another namespace": ('<use e:href="#a"/>', "the attribute `href`", "href"),
    "a space of another namespace": ('<g e:space="preserve"/>', "the attribute `space`", "space"),
    "a picture that is no image": (f'<use href="{PIXEL}"/>', "a link to `data:image/png", "data:"),
    "an image from elsewhere": ('<image href="https://x.example/a.png"/>', "a link to `https://x", "image"),
    "a link of what has none": ('<rect href="#a"/>', "a link to `#a`", "href"),
    "a link of another namespace": ("<e:a><rect/></e:a>", "the element `a`", "rect"),
    "a value that ends its rule": ('<rect fill="red}"/>', "a value with a part that is none", "fill"),
    "a value with a mark": ('<rect fill="red!x"/>', "a value with a part that is none", "fill"),
    "a value in square brackets": ('<rect fill="[red]"/>', "a value with a part that is none", "fill"),
    "an at-keyword as a value": ('<rect fill="@x"/>', "a value with a part that is none", "fill"),
    "two targets in a url": ("""<rect fill='url("#a" "b")'/>""", "a link to ``", "fill"),
    "a function in a url": ("""<rect fill='url("#a" + var(--x))'/>""", "a link to ``", "fill"),
    "functions in functions": (f'<rect fill="{"min(" * 30}1{")" * 30}"/>', "too many brackets", "fill"),
    "no declaration": (
        """<rect style="@import 'x'; fill: red"/>""",
        "a part of a style that is no declaration",
        "import",
    ),
    "another query": ("<style>@media (color: dark){rect{fill:red}}</style>", "the rule `@media`", "fill"),
    "a scheme that is none": (
        "<style>@media (prefers-color-scheme: blue){rect{fill:red}}</style>",
        "the rule `@media`",
        "fill",
    ),
    "a longer query": (
        "<style>@media (prefers-color-scheme: dark x){rect{fill:red}}</style>",
        "the rule `@media`",
        "fill",
    ),
    "a number in a query": (
        "<style>@media (prefers-color-scheme: 1 dark){rect{fill:red}}</style>",
        "the rule `@media`",
        "fill",
    ),
    "another rule with a query": (
        "<style>@supports (prefers-color-scheme: dark){rect{fill:red}}</style>",
        "the rule `@supports`",
        "fill",
    ),
    "a query without a block": ("<style>@media (prefers-color-scheme: dark);</style>", "the rule `@media`", "media"),
    "an attribute in a selector": ("<style>rect[x]{fill:red}</style>", "a selector of more than", "fill"),
    "a sign in a selector": ("<style>rect % g{fill:red}</style>", "a selector of more than", "fill"),
}


@pytest.mark.parametrize("name", REMOVED)
def test_it_goes_and_is_told(name):
    inner, says, gone = REMOVED[name]
    body, (message,) = clean(inner)
    assert says in message
    assert gone not in body


SILENT = {
    "attributes that draw nothing": ('<g version="1.1" data-x="1" aria-hidden="true" focusable="false"/>', "<g/>"),
    "notes about links": ('<g xlink:type="simple" xml:lang="de"/>', "<g/>"),
    "space of XML": ('<g xml:space="preserve"/>', '<g xml:space="preserve"/>'),
    "stray text": ("<g>stray</g>", "<g/>"),
    "a declaration without a value": ('<rect style="fill:"/>', "<rect/>"),
    "functions": ('<g transform="rotate( 1,(2 + 3) )"/>', '<g transform="rotate( 1,(2 + 3) )"/>'),
}


@pytest.mark.parametrize("name", SILENT)
def test_it_goes_or_stays_without_a_word(name):
    inner, expected = SILENT[name]
    assert (expected, []) == clean(inner)


def test_a_link_within_functions_gets_its_new_name():
    body, messages = clean('<linearGradient id="a"/><rect fill="min((url(#a)))"/>')
    assert ('<linearGradient id="x-0"/><rect fill="min((url(#x-0)))"/>', []) == (body, messages)


def test_what_is_in_a_link_stays():
    assert (
        "<g><rect/></g>",
        ["the element `a` is not allowed in a logo and was removed; what is in it was kept"],
    ) == clean("<a><rect/></a>")


@pytest.mark.parametrize(
    ("inner", "drawn"),
    [
        pytest.param('<g id="a"><rect/></g><use href="#a"/><use href="#a"/>', 9, id="a part used twice"),
        pytest.param('<g id="a"><g id="b"><rect/></g></g><use href="#a"/><use href="#b"/>', 11, id="a part in a part"),
        pytest.param('<g id="a"><rect/></g><g id="a"/><use href="#a"/>', 8, id="an id that two elements have"),
        pytest.param('<use href="#gone"/>', 2, id="a part that is not there"),
    ],
)
def test_elements_are_counted_as_often_as_they_are_drawn(inner, drawn, monkeypatch):
    monkeypatch.setattr("themekit.render.svg_use.MAX_DRAWN", drawn)
    clean(inner)
    monkeypatch.setattr("themekit.render.svg_use.MAX_DRAWN", drawn - 1)
    picture, (found,) = sanitise_svg(f"{OPEN}{inner}</svg>".encode(), path=PATH, prefix="x-")
    assert picture is None
    assert "as its parts use one another" in found.message


def test_the_place_of_an_xml_error():
    _, (found,) = sanitise_svg(f"{OPEN}<g></h></svg>".encode(), path=PATH, prefix="x-")
    assert (1, len(OPEN) + len("<g></") + 1) == (found.place.line, found.place.column)


def test_the_place_of_text_behind_an_element():
    _, (found,) = sanitise_svg(f"{OPEN}<text><tspan></tspan>Ab</text></svg>".encode(), path=PATH, prefix="x-")
    assert (len(OPEN) + len("<text><tspan></tspan>") + 1, 2) == (found.place.column, found.place.length)
