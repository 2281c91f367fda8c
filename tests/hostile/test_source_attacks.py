"""Attacks by `brand.json` that are no known cases: on the JSON itself, on references, paths, and what CSS is made of.

Each is read as `themekit check` reads it. It ends, what is wrong has a place, and what is printed is short.
"""

import json
import time
from pathlib import PurePosixPath

import pytest
import tinycss2

from tests.literate.project import ProjectHost
from themekit.build.brands import tokens
from themekit.build.theme import theme
from themekit.diagnostics import Span
from themekit.diagnostics.text import render_text
from themekit.engine import Engine, MemoryStore
from themekit.model import BrandId

HANGS_S = 20  # no timing: it tells work out of proportion from work
ACME = BrandId("acme")
HEAD = '{"name": "Acme", "color": {"primary": "#0b5fff"}'


def brand(members="", *, own=None):
    written = own if isinstance(own, str) else json.dumps(own)
    return HEAD + (f', "tokens": {written}' if own is not None else "") + (f", {members}" if members else "") + "}"


def color(value, **modes):
    extensions = {"$extensions": {"themekit": {"modes": modes}}} if modes else {}
    return {"$type": "color", "$value": value, **extensions}


def number(text):
    return brand(own=f'{{"a": {{"$type": "number", "$value": {text}}}}}')


def judged(content, task=tokens, **others):
    """What a task makes of the brand, its diagnostics, and the text of these."""
    content = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    engine = Engine(ProjectHost({"brands/acme/brand.json": content} | others), MemoryStore(), code="")
    started = time.process_time()
    value, found = engine.get(task, ACME), engine.diagnostics(task, ACME)
    text = render_text(found[:1000])
    assert time.process_time() - started < HANGS_S
    assert all(isinstance(each.place, Span) for each in found)
    assert not [sign for sign in text if sign != "\n" and (ord(sign) < 32 or sign in "\x7f\u202e\u2028\ud800")]
    assert len(text) < 1200 * max(1, len(found))
    return value, found, text


REFUSED = {
    "50,000 lists in one another": (brand('"x": ' + "[" * 50_000 + "]" * 50_000), "json-depth"),
    "lists and objects without an end": (brand('"x": ' + '[{"a": ' * 20_000), "json-depth"),
    "a key twice, once in escapes": ('{"n\\u0061me": "b", ' + HEAD[1:] + "}", "json-duplicate-key"),
    "a key 100,000 times": ("{" + ",".join(['"a":1'] * 100_000) + "}", "json-duplicate-key"),
    "an exponent beyond all numbers": (number("1e999999999"), "json-number"),
    "an integer of 4,301 digits": (number("1" * 4301), "json-number"),
    "no number": (number("-Infinity"), "json-number"),
    "half a pair in a name": (brand(own='{"\\ud800": {"$type": "number", "$value": 1}}'), "json-encoding"),
    "half a pair in a text": (brand('"tagline": "\\udfff"'), "json-encoding"),
    "half a pair in bytes": (brand('"tagline": "\ud800"'), "json-encoding"),
    "a slash in two bytes": (brand('"tagline": "X"').encode().replace(b"X", b"\xc0\xaf"), "json-encoding"),
    "two marks of byte order": (b"\xef\xbb\xbf\xef\xbb\xbf" + brand().encode(), "json-syntax"),
    "a second document": (brand() + "{}", "json-syntax"),
    "a million quotes": ('"' * 1_000_000, "json-syntax"),
    "a zero byte": (brand('"tagline": "a\\u0000b"'), "invalid-text"),
    "a line that only JavaScript ends": (brand('"tagline": "a\u2028b"'), "invalid-text"),
    "letters that turn the line": (brand('"tagline": "a\u202eb"'), "invalid-text"),
    "150,000 escapes": (brand('"tagline": "' + "\\u0061" * 150_000 + '"'), "too-long"),
    "a name of 100,000 parts": (brand(own={"a": color("{" + "x." * 100_000 + "y}")}), "unknown-token"),
    "a name that is nearly one of 400,000 letters": (
        brand(own={"k" * 400_000: color("#123456"), "a": color("{" + "k" * 399_999 + "x}")}),
        "unknown-token",
    ),
    "a circle in dark mode alone": (
        brand(own={"a": color("#123456", dark="{b}"), "b": color("#123456", dark="{a}")}),
        "alias-cycle",
    ),
    "a circle of 10,000": (
        brand(own={f"a{at}": color(f"{{a{(at - 1) % 10_000}}}") for at in range(10_000)}),
        "alias-cycle",
    ),
    "a circle through a member": (
        brand(
            own={
                "t": {"$type": "gradient", "$value": [{"color": "{c}", "position": 0}]},
                "c": color("{c2}"),
                "c2": color("{c}"),
            }
        ),
        "alias-cycle",
    ),
    "a circle of pointers": (brand(own={"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}}), "alias-cycle"),
    "a group's own token that is itself": (brand(own={"g": {"$root": color("{g.$root}")}}), "alias-cycle"),
    "a group that extends the one around it": (brand(own={"g": {"i": {"$extends": "{g}"}}}), "group-cycle"),
    "groups that double twenty times": (
        brand(
            own={f"g{at}": {"x": {"$extends": f"{{g{at + 1}}}"}, "$extends": f"{{g{at + 1}}}"} for at in range(20)}
            | {"g20": {"t": color("#123456")}}
        ),
        "too-long",
    ),
    "a pointer that climbs": (brand(own={"a": {"$type": "color", "$ref": "#/x/../a"}}), "invalid-alias"),
    "a pointer to elsewhere": (brand(own={"a": {"$type": "color", "$ref": "http://evil.test/#/a"}}), "invalid-alias"),
    "a pointer of 50,000 steps": (brand(own={"a": {"$type": "color", "$ref": "#/" + "a/" * 50_000}}), "invalid-alias"),
    "braces in braces": (brand(own={"a": color("{{{{a}}}}")}), "invalid-alias"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_brand_is_refused(name):
    content, code = REFUSED[name]
    value, found, _ = judged(content)
    assert value is None
    assert code in {each.code for each in found}


HARMLESS = {
    "a number of 900,000 digits": number("0." + "1" * 900_000),
    "an exponent below all numbers": number("1e-999999999"),
    "names of prototypes": brand(
        own='{"__proto__": {"$type": "number", "$value": 1}, "constructor": {"x": {"$type": "number", "$value": 1}}}'
    ),
    "15,000 tokens": brand(own={f"k{at}": {"$type": "number", "$value": at} for at in range(15_000)}),
    "10,000 references to one": brand(
        own={"c": color("#123456"), "g": {"$type": "gradient", "$value": [{"color": "{c}", "position": 0}] * 10_000}}
    ),
    "a circle that modes break": brand(own={"a": color("{b}", dark="#123456"), "b": color("#123456", dark="{a}")}),
    "sixty groups": brand(own='{"a":' * 60 + "{}" + "}" * 60),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_hostile_is_read(name):
    value, found, _ = judged(HARMLESS[name])
    assert [] == [each.message for each in found if each.is_error]
    assert value is not None


PATHS = (
    *(
        "CON.svg",
        "com1.svg",
        "nul",
        "logo.svg:x",
        "logo.svg.",
        "logo.svg ",
        "C:logo.svg",
        "\\\\?\\C:\\x.svg",
        "..\\..\\x.svg",
    ),
    *(
        "%2e%2e/x.svg",
        "a/../../x.svg",
        "..",
        "./././logo.svg",
        "//host/x.svg",
        "file:///x.svg",
        "~root/x.svg",
        "logo.svg/",
    ),
    *("\u202egvs.exe.svg", "lo\u0301go.svg", "logo.svg\0.png", ".git/config.svg", "brand.json", "a" * 5000 + ".svg"),
)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ascii(path)[1:30])
def test_a_logo_is_a_plain_name_below_the_brand(path):
    others = {"brands/x.svg": b"<svg/>", "brands/acme/CON.svg": b"<svg/>", "brands/acme/logo.svg": b"<svg/>"}
    value, found, text = judged(brand(f'"logos": {{"light": {json.dumps(path)}}}'), **others)
    assert value is None
    assert {"invalid-path", "too-long"} & {each.code for each in found}
    assert len(text) < 1000


FILES = (
    "../../x.json",
    "/etc/passwd",
    "../../../x.json",
    "..",
    "http://x/y.json",
    "CON.json",
    "\\\\x\\y.json",
    "a/nul.json",
)


@pytest.mark.parametrize("field", ["extends", "tokens"])
@pytest.mark.parametrize("path", FILES)
def test_a_file_that_is_named_is_a_plain_one_below_the_brands(field, path):
    """Also where it is there: on Windows, `CON.json` is a device."""
    there = {"x.json": b"{}", "brands/acme/CON.json": b"{}", "brands/acme/a/nul.json": b"{}"}
    value, found, _ = judged(f'{HEAD}, "{field}": {json.dumps(path)}}}', **there)
    assert value is None
    assert {"invalid-path"} == {each.code for each in found}


CLOSING = "x;}</style>*{color:red}/*"
WORDS = {
    "a name": {CLOSING.replace(".", ""): color("#123456")},
    "a name of a comment": {"*/ body{display:none} /*": color("#123456")},
    "a name with a line": {"a\u2028b": color("#123456")},
    "a description": {"a": color("#123456") | {"$description": f"*/ {CLOSING} \\"}},
    "a reason": {"a": color("#123456") | {"$deprecated": f"*/ {CLOSING} \n}}"}},
    "a font's name": {"f": {"$type": "fontFamily", "$value": [f"a', serif; {CLOSING}", 'b"\\', "c\\27"]}},
    "a colour": {"a": color(f"red;{CLOSING}")},
    "a colour of escapes": {"a": color("\\72 ed")},
    "a colour that loads": {"a": color("url(//evil.test)")},
    "a length": {"a": {"$type": "dimension", "$value": f"1px;{CLOSING}"}},
    "a line's style": {"a": {"$type": "strokeStyle", "$value": f"solid;{CLOSING}"}},
    "an extension": {"a": color("#123456") | {"$extensions": {f"*/{CLOSING}": f"*/{CLOSING}"}}},
}


@pytest.mark.parametrize("name", WORDS)
def test_no_word_of_a_brand_ends_a_rule(name):
    """It is refused, or written so that each sheet has the rules that it has without it, and loads nothing."""
    before, _, _ = judged(brand(own={"a": color("#123456")}), theme)
    made, found, _ = judged(brand(own=WORDS[name]), theme)
    if any(each.is_error for each in found):
        assert () == made
        return
    plain = {str(each.path): each.content for each in before}
    for sheet in (each for each in made if each.path.suffix == ".css"):
        text = sheet.content.decode()
        assert shape(plain[str(sheet.path)].decode()) == shape(text), sheet.path
        assert "</style" not in text
        assert "evil.test" not in text


def shape(sheet):
    """Kinds, selectors and numbers of what stands on the outermost level; custom properties of a token may differ."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return [(rule.type, tinycss2.serialize(rule.prelude) if hasattr(rule, "prelude") else "") for rule in rules]


def test_files_of_tokens_are_held_to_the_same():
    content = json.dumps({"a": color("{" + "x." * 100_000 + "y}")}).encode()
    value, found, _ = judged(brand(own='"t.json"'), **{"brands/acme/t.json": content})
    assert value is None
    assert [("unknown-token", PurePosixPath("brands/acme/t.json"))] == [(each.code, each.place.path) for each in found]
