"""The SVG sanitiser: nothing that runs, moves, links or loads gets through, and nobody's drawing is harmed."""

import base64
import gzip
import io
import json
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import escape

import pytest
from PIL import Image

from themekit.render.images import Size, rasterise
from themekit.render.svg import sanitise_svg

CASES = Path(__file__).parents[1] / "cases" / "hostile_inputs.json"
PATH = PurePosixPath("brands/acme/logo.svg")
OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
FORBIDDEN = ("script", "evil", "javascript", "foreignobject", "onload", "iframe", "file:", "http:", "https:", "@import")


def clean(inner: str, opening: str = OPEN):
    return sanitise_svg(f"{opening}{inner}</svg>".encode(), path=PATH, prefix="x-")


def body_of(inner: str) -> str:
    picture, diagnostics = clean(inner)
    assert () == diagnostics
    return picture.body


def hostile(area: str) -> list[dict[str, str]]:
    return [case for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"] if case["area"] == area]


BUILT = {
    "SVG-15": b'<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    + OPEN.encode()
    + b"<text>&b;</text></svg>",
    "SVG-18": OPEN.encode() + b"<g>" * 100_000 + b"</g>" * 100_000 + b"</svg>",
    "SVG-21": gzip.compress(b"<svg>" + b" " * 10**7),
}


@pytest.mark.parametrize("case", hostile("svg"), ids=lambda case: case["id"])
def test_hostile_input(case):
    content = case["payload"].encode() if case["payload_kind"] == "text" else BUILT[case["id"]]
    picture, diagnostics = sanitise_svg(content, path=PATH, prefix="x-")
    assert diagnostics, "never silently"
    assert all(each.place.path == PATH and each.place.line >= 1 and each.place.column >= 1 for each in diagnostics)
    if case["expected_class"] == "input":
        assert picture is None
        assert any(diagnostic.is_error for diagnostic in diagnostics)
    if picture is not None:
        shown = picture.text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert [] == [word for word in FORBIDDEN if word in shown.lower()]


def test_every_hostile_case_is_tried():
    kinds = {case["id"] for case in hostile("svg") if case["payload_kind"] != "text"}
    assert kinds == set(BUILT)
    assert len(hostile("svg")) >= 15


ATTACKS = {
    "handler": '<rect onclick="alert(1)"/>',
    "handler-upper-case": '<rect ONCLICK="alert(1)"/>',
    "handler-on-root-group": '<g onload="evil()"/>',
    "event-attribute-xml-events": '<rect xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load"/>',
    "script-href": '<script href="https://evil.test/x.js"/>',
    "html-script": '<script xmlns="http://www.w3.org/1999/xhtml">evil()</script>',
    "html-in-desc": '<desc><b xmlns="http://www.w3.org/1999/xhtml" onclick="evil()">x</b></desc>',
    "link-tab": '<a href="java\tscript:alert(1)"><path d="M0 0"/></a>',
    "link-entity": '<a href="&#106;avascript:alert(1)"><path d="M0 0"/></a>',
    "set-href": '<set attributeName="href" to="javascript:alert(1)"/>',
    "animate-handler": '<rect><animate attributeName="onclick" values="evil()"/></rect>',
    "use-data": '<use href="data:image/svg+xml,evil"/>',
    "use-relative": '<use href="other.svg#evil"/>',
    "image-remote": '<image href="http://evil.test/a.png" width="9" height="9"/>',
    "image-protocol-relative": '<image xlink:href="//evil.test/a.png" width="9" height="9"/>',
    "image-broken-png": '<image href="data:image/png;base64,AAAA"/>',
    "fe-image": '<filter id="f"><feImage href="http://evil.test/a.png"/></filter><rect filter="url(#f)"/>',
    "fill-remote": '<rect fill="url(http://evil.test/#a)"/>',
    "fill-quoted-remote": "<rect fill=\"url('http://evil.test/#a')\"/>",
    "fill-escaped": '<rect style="fill:u\\72l(http://evil.test/#a)"/>',
    "mask-remote": '<rect mask="url(//evil.test/m.svg#m)"/>',
    "cursor": '<rect style="cursor:url(http://evil.test/c)"/><rect style="behavior:url(evil)"/>',
    "image-set": "<rect style=\"fill:image-set('https://evil.test/a.png' 1x)\"/>",
    "expression": '<rect style="fill:expression(evil())"/>',
    "style-import": "<style>@import 'https://evil.test/x.css';</style>",
    "style-import-escaped": "<style>@\\69mport url(//evil.test);</style>",
    "style-font-face": "<style>@font-face{font-family:x;src:url(https://evil.test/f)}</style>",
    "style-background": "<style>rect{background-image:url(https://evil.test)}</style>",
    "style-nested": "<style>@media (prefers-color-scheme:dark){@import 'evil'; a{fill:red}}</style>",
    "style-other-media": "<style>@media print{rect{fill:url(#evil)}}</style>",
    "style-broken": "<style>rect{fill:red;}}} evil { </style>",
    "style-attribute-selector": "<style>rect[onclick='evil']{fill:red}</style>",
    "stylesheet-instruction": '<?xml-stylesheet href="https://evil.test/x.css"?><rect/>',
    "xml-base": '<g xml:base="https://evil.test/"><rect/></g>',
    "handler-element": '<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">evil()</handler>',
    "html-style": '<style xmlns="http://www.w3.org/1999/xhtml">path{fill:red}</style>',
    "foreign-path": '<path xmlns="urn:example" d="M0 0h1"/>',
    "audio": '<audio xmlns="http://www.w3.org/1999/xhtml" src="//evil.test"/>',
    "switch-foreign": "<switch><foreignObject><p>evil</p></foreignObject></switch>",
    "cdata": "<style><![CDATA[@import 'evil';]]></style>",
    "unknown-element": "<marquee>evil</marquee>",
    "unknown-attribute": '<rect formaction="javascript:evil()"/>',
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_removed_and_told(attack):
    """What the browser, the renderer or a viewer could be made to load or run; each leaves a warning, none a trace."""
    picture, diagnostics = clean(ATTACKS[attack])
    assert {"unsafe-svg"} <= {diagnostic.code for diagnostic in diagnostics}
    assert picture is not None
    assert [] == [word for word in FORBIDDEN if word in picture.body.lower()]
    again, nothing = sanitise_svg(picture.text.encode(), path=PATH, prefix="y-")
    assert () == nothing
    assert picture.box == again.box


REFUSED = {
    "two roots": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'/><svg/>",
    "no svg": "<html/>",
    "no namespace": "<svg viewBox='0 0 9 9'/>",
    "empty": "",
    "blank": " \n",
    "not xml": "hello",
    "not closed": OPEN,
    "undeclared entity": f"{OPEN}<text>&nbsp;</text></svg>",
    "entity behind a DTD": f'<!DOCTYPE svg SYSTEM "x.dtd">{OPEN}<text>&nbsp;</text></svg>',
    "DTD of attributes": f'<!DOCTYPE svg [<!ATTLIST svg fill CDATA "red">]>{OPEN}</svg>',
    "DTD of a parameter": f'<!DOCTYPE svg [<!ENTITY % x "y"> %x;]>{OPEN}</svg>',
    "no size": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "percent only": "<svg xmlns='http://www.w3.org/2000/svg' width='100%' height='100%'/>",
    "width in words": "<svg xmlns='http://www.w3.org/2000/svg' width='wide' height='9'/>",
    "zero": "<svg xmlns='http://www.w3.org/2000/svg' width='0' height='9'/>",
    "infinite": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1e999 9'/>",
    "origin nowhere": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='NaN 0 9 9'/>",
    "negative": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 -9 9'/>",
    "words": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 nine 9'/>",
    "three numbers": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9'/>",
    "a line": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 900 9'/>",
    "deep": f"{OPEN}{'<g>' * 64}{'</g>' * 64}</svg>",
    "many": f"{OPEN}{'<g/>' * 20_001}</svg>",
    "large": f"{OPEN}<path d='{'0' * 1_000_000}'/></svg>",
    "self": f'{OPEN}<g id="a"><use href="#a"/></g></svg>',
    "circle": f'{OPEN}<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>',
    "pattern of itself": f'{OPEN}<pattern id="a"><rect fill="url(#a)"/></pattern><rect fill="url(#a)"/></svg>',
    "use bomb": OPEN
    + '<g id="l0"><rect/></g>'
    + "".join(f'<g id="l{level}">' + f'<use href="#l{level - 1}"/>' * 10 + "</g>" for level in range(1, 8))
    + "</svg>",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_usable_logo_is_refused(name):
    picture, diagnostics = sanitise_svg(REFUSED[name].encode(), path=PATH, prefix="x-")
    assert picture is None
    assert ["invalid-svg"] == [diagnostic.code for diagnostic in diagnostics if diagnostic.is_error]


def test_just_below_the_limits_is_fine():
    assert () == clean("<g>" * 63 + "</g>" * 63)[1]
    assert () == clean("<g/>" * 19_999)[1]


def test_a_place_is_line_and_column_of_the_very_attribute():
    text = f'{OPEN}\n  <g>\n    <rect width="9"\n      onclick="evil()"/>\n  </g></svg>'
    _, (diagnostic,) = sanitise_svg(text.encode(), path=PATH, prefix="x-")
    assert (4, 7) == (diagnostic.place.line, diagnostic.place.column)
    assert '      onclick="evil()"/>' == diagnostic.place.excerpt
    assert "`onclick`" in diagnostic.message


def test_a_place_in_a_style_sheet_is_its_line():
    _, (diagnostic,) = clean("\n<style>\nrect{fill:red}\n@import 'x';</style>")
    assert 4 == diagnostic.place.line


def test_columns_count_characters():
    _, (diagnostic,) = clean('<title>Söhne €</title><rect onclick="x"/>')
    assert len(OPEN) + len("<title>Söhne €</title><rect ") + 1 == diagnostic.place.column


def test_the_excerpt_of_a_long_line_is_the_part_around_the_place():
    _, (diagnostic,) = clean("<g/>" * 200 + '<rect onclick="x"/>' + "<g/>" * 200)
    place = diagnostic.place
    assert "onclick" == place.excerpt[place.column - place.excerpt_column :][:7]
    assert len(place.excerpt) <= 160


def test_many_warnings_are_counted_not_listed():
    _, diagnostics = clean('<rect onclick="x"/>' * 50)
    assert 21 == len(diagnostics)
    assert "30 more" in diagnostics[-1].message


KEPT = {
    "white space": '<text xml:space="preserve" style="display:none"/>',
    "brackets": '<rect style="transform:translate(calc((1px + 2px)*2),0)"/>',
    "shapes": '<g fill="none" stroke="#123"><path d="M0 0h9"/><circle cx="4" cy="4" r="2"/></g>',
    "transform": '<rect width="4" height="4" transform="rotate(45 2 2)" opacity=".5"/>',
    "style attribute": '<rect style="fill:rgb(1 2 3/50%);stroke-width:2px"/>',
}


@pytest.mark.parametrize("name", KEPT)
def test_a_drawing_is_kept_as_it_is(name):
    assert KEPT[name] == body_of(KEPT[name])


def test_ids_and_classes_get_new_names_in_every_place():
    """Two inlined pictures must not take each other's gradients."""
    got = body_of(
        '<style>.a,#g{fill:url(#grad)}</style><linearGradient id="grad"/><g id="g" class="a b"/><use xlink:href="#g"/>'
    )
    assert (
        "<style>.x-0.x-root,.x-root .x-0,#x-2.x-root,.x-root #x-2{fill:url(#x-3)}</style>"
        '<linearGradient id="x-3"/><g class="x-0 x-1" id="x-2"/><use href="#x-2"/>'
    ) == got


def test_an_id_nobody_points_to_is_dropped():
    assert "<g/>" == body_of('<g id="Layer_1"/>')


@pytest.mark.parametrize("name", ["clip0_12:34", "Page/Logo 1", "größe", "a.b", "-->"])
def test_odd_ids_of_drawing_tools_work(name):
    quoted = name.replace(">", "&gt;")
    got = body_of(f'<clipPath id="{quoted}"/><g clip-path="url(\'#{quoted}\')"/>')
    assert '<clipPath id="x-0"/><g clip-path="url(#x-0)"/>' == got


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("path", "path.x-root,.x-root path"),
        ("*", ".x-root,.x-root *"),
        (":root", ".x-root"),
        ("g > path", ".x-root g > path"),
        ("g,path", "g.x-root,.x-root g,path.x-root,.x-root path"),
        ("path,", "path.x-root,.x-root path"),
    ],
)
def test_selectors_reach_only_this_picture(selector, expected):
    sheet = body_of(f"<style>{escape(selector)}{{fill:red}}</style>")
    assert f"<style>{escape(expected)}{{fill:red}}</style>" == sheet


def test_a_charset_goes_without_a_word():
    assert "" == body_of('<style>@charset "utf-8";</style>')


def test_a_rule_without_anything_kept_goes():
    assert "" == body_of("<style>.a{cursor:pointer}@media (prefers-color-scheme:dark){.a{}}</style>")


def test_brackets_in_brackets_have_an_end():
    _, (diagnostic,) = clean(f'<rect style="fill:{"(" * 50}1{")" * 50}"/>')
    assert "too many brackets" in diagnostic.message


def test_a_place_without_the_attribute_is_its_element():
    """An attribute that is written with an entity in its name's place cannot be found; the element can."""
    _, (diagnostic,) = clean(f'<g/><rect {"x" * 50}{" " * 100_000}onclick=""/>'.replace("x" * 50, ""))
    assert len(OPEN) + 5 == diagnostic.place.column


def test_dark_mode_rules_are_kept_and_scoped():
    got = body_of(
        "<style>path{fill:#000}@media (prefers-color-scheme: dark) { path { fill: #fff !important } }</style>"
    )
    scope = "path.x-root,.x-root path"
    assert (
        f"<style>{scope}{{fill:#000}}@media (prefers-color-scheme:dark){{{scope}{{fill:#fff!important}}}}</style>"
        == got
    )


def test_notes_of_drawing_tools_go_without_a_word():
    got = body_of(
        "<!-- made by hand --><metadata><x/></metadata>"
        '<s:namedview xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" id="v"/>'
        '<g i:label="x" xmlns:i="http://www.inkscape.org/namespaces/inkscape" '
        'data-name="y" aria-label="z" style="-inkscape-stroke:none;line-height:1"/>'
    )
    assert "<g/>" == got


def test_the_doctype_of_illustrator_is_dropped():
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    picture, diagnostics = sanitise_svg(
        f'<?xml version="1.0"?>{doctype}{OPEN}<g/></svg>'.encode(), path=PATH, prefix="x-"
    )
    assert () == diagnostics
    assert "<g/>" == picture.body


def test_the_root_keeps_what_it_hands_down():
    picture, diagnostics = clean("<path d='M0 0'/>", f"{OPEN[:-1]} fill='none' class='k' style='stroke:red'>")
    assert () == diagnostics
    assert '<g fill="none" class="x-0" style="stroke:red"><path d="M0 0"/></g>' == picture.body


@pytest.mark.parametrize(
    ("attributes", "box"),
    [
        ('viewBox="1 2 30,40"', (1, 2, 30, 40)),
        ('width="30" height="40px"', (0, 0, 30, 40)),
        ('width="1in" height="72pt"', (0, 0, 96, 96)),
        ('width="100%" height="auto" viewBox="0 0 8 9"', (0, 0, 8, 9)),
        ('width="16" height="16" viewBox="0 0 512 512"', (0, 0, 512, 512)),
    ],
)
def test_the_size_is_the_view_box_else_width_and_height(attributes, box):
    picture, diagnostics = clean("", f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>')
    assert () == diagnostics
    assert box == (picture.box.x, picture.box.y, picture.box.width, picture.box.height)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_other_encodings_are_read(encoding):
    declared = '<?xml version="1.0" encoding="iso-8859-1"?>' if encoding == "iso-8859-1" else ""
    picture, diagnostics = sanitise_svg(
        f"{declared}{OPEN}<title>Söhne</title></svg>".encode(encoding), path=PATH, prefix="x-"
    )
    assert () == diagnostics
    assert "<title>Söhne</title>" == picture.body


def test_a_wrong_encoding_is_refused():
    picture, (diagnostic,) = sanitise_svg(f"{OPEN}<title>Söhne</title></svg>".encode("latin-1"), path=PATH, prefix="x-")
    assert picture is None
    assert "save it as UTF-8" == diagnostic.hint


def test_text_is_kept_with_a_warning():
    """PNG files cannot show it, and each reader's machine has other fonts."""
    picture, (diagnostic,) = clean("<text x='1'>Acme</text><text>again</text>")
    assert "svg-text" == diagnostic.code
    assert picture.has_text


@pytest.mark.parametrize(
    "body",
    [
        "<text x='1'>@Acme@</text>",
        "<text x='a>b'>\n    @Söhne &amp; Co@\n</text>",
        '<text id="t"><tspan/>@Acme@</text>',
        "<text><tspan> </tspan><tspan>  @Acme@  </tspan></text>",
        "<text><!-- a > b -->\n<![CDATA[ @A < B@ ]]></text>",
        "<g>\n<text>@one@\ntwo</text></g>",
        "<text><?pi x?> @Acme@</text>",
    ],
)
def test_the_caret_is_under_the_text(body):
    """Between the marks `@`: not at the next tag, where the parser tells of it, and not under the element."""
    before, marked, _ = body.split("@")
    _, diagnostics = clean(body.replace("@", ""))
    (span,) = [each.place for each in diagnostics if each.code == "svg-text"]
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n") + (len(OPEN) if line == 1 else 0)
    shown = marked.partition(" <")[0] if "<" in marked else marked
    assert (line, column, len(shown)) == (span.line, span.column, span.length)
    at = span.column - span.excerpt_column
    assert shown == span.excerpt[at : at + span.length]


def test_an_embedded_picture_is_encoded_anew():
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "png")
    smuggled = base64.b64encode(out.getvalue() + b"<script>evil()</script>").decode()
    got = body_of(f'<image width="2" height="2" href="data:image/png;base64,{smuggled}"/>')
    kept = base64.b64decode(got.split("base64,")[1].split('"')[0])
    assert b"evil" not in kept
    assert (255, 0, 0) == Image.open(io.BytesIO(kept)).convert("RGB").getpixel((0, 0))


def test_a_clean_picture_draws_what_the_source_draws():
    """Edges lie between pixels, so that it does not matter what draws: only clean pictures are left to Skia."""
    style = "<style>.a{fill:#f00}</style>"
    source = f"{OPEN}{style}<defs><path id='p' d='M0 0h5v5H0z'/></defs><use href='#p' class='a'/></svg>"
    picture, _ = sanitise_svg(source.encode(), path=PATH, prefix="x-")
    assert rasterise(source, Size(36, 36)) == rasterise(picture.text, Size(36, 36))
