"""Laws of the SVG sanitiser, on drawings of good and bad parts put together at random."""

from pathlib import PurePosixPath
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from themekit.render import svg_allowed
from themekit.render.svg import sanitise_svg

PATH = PurePosixPath("logo.svg")
NAMES = st.sampled_from(
    "g path use a image style script foreignObject animate linearGradient stop mask switch metadata text".split()
)
ATTRIBUTES = st.sampled_from(
    "id class fill style href xlink:href onclick onload d width filter mask data-x xml:base xml:space from to".split()
)
VALUES = st.sampled_from(
    [
        "#a",
        "a",
        "b",
        "url(#a)",
        "url(//evil.test)",
        "javascript:evil()",
        "data:text/html,evil",
        "fill:red",
        "fill:url('#b');behavior:url(evil)",
        "image-set('evil' 1x)",
        "u\\72l(evil)",
        "@import 'evil'",
        "a{fill:red}@import 'evil';",
        "</style><script>evil</script>",
        "]]>",
        '"><script>evil',
        "\u2028",
        "M0 0h1",
    ]
)
WORDS = ("evil", "javascript", "<script", "onclick", "onload", "foreignobject", "@import")


def element(name: str, pairs: dict[str, str], text: str, *, inside: str = "") -> str:
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in pairs.items())
    return f"<{name}{attributes}>{escape(text)}{inside}</{name}>"


PAIRS = st.dictionaries(ATTRIBUTES, VALUES, max_size=2)
LEAVES = st.builds(element, NAMES, PAIRS, VALUES)
HOLDERS = st.builds(lambda name, pairs, leaf: element(name, pairs, "", inside=leaf), NAMES, PAIRS, LEAVES)
BODIES = st.lists(HOLDERS, max_size=3).map("".join)


def document(body: str) -> bytes:
    opening = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    return f"{opening}{body}</svg>".encode()


@given(BODIES)
def test_only_what_is_allowed_comes_out(body):
    picture, diagnostics = sanitise_svg(document(body), path=PATH, prefix="p-")
    assert picture is not None or any(each.is_error for each in diagnostics)
    if picture is None:
        return
    for element in ET.fromstring(picture.text).iter():  # noqa: S314 - our own output
        namespace, _, name = element.tag.removeprefix("{").partition("}")
        assert (namespace, name in svg_allowed.ELEMENTS) == (svg_allowed.SVG, True)
        for attribute, value in element.attrib.items():
            assert attribute in svg_allowed.ATTRIBUTES | {"href", f"{{{svg_allowed.XML}}}space"}
            if attribute == "href":
                assert value.startswith("#p-")
            if attribute not in {"d", "width", "height"}:
                assert [] == [word for word in WORDS if word in value.lower()]
        if name == "style":
            assert [] == [word for word in WORDS if word in (element.text or "").lower()]


@given(BODIES)
def test_what_is_clean_stays_as_it_is(body):
    """Sanitising again finds nothing, and the same input gives the same bytes."""
    picture, diagnostics = sanitise_svg(document(body), path=PATH, prefix="p-")
    assert (picture, diagnostics) == sanitise_svg(document(body), path=PATH, prefix="p-")
    if picture is not None:
        again, more = sanitise_svg(picture.text.encode(), path=PATH, prefix="p-")
        assert again is not None
        assert {"svg-text"} >= {each.code for each in more}


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_of_any_kind_are_an_answer(content):
    picture, diagnostics = sanitise_svg(content, path=PATH, prefix="p-")
    assert picture is None
    assert ["invalid-svg"] == [each.code for each in diagnostics if each.is_error]
