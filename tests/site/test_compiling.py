"""What two renders of a site become, and each reason for which a file is not stamped. The renders are made up."""

import gzip
import html
import json
from base64 import b64encode
from pathlib import PurePosixPath

import pytest
from markupsafe import escape

from themekit.model import Slot
from themekit.site.compiling import compile_files
from themekit.site.probe import FIRST, SECOND, probe_fields
from themekit.site.stamp import stamp_fields

NAMES = ("name", "urls.site", "sdk.client", "contact.email", "version", "locale", "urls.support")
BRAND = {
    "name": 'Zitrone & Söhne’s  "Pay"',
    "urls.site": "https://zitrone.example/entwickler/",
    "sdk.client": "Zitrone",
    "contact.email": "o'neil@zitrone.example",
    "version": "1.2.3",
    "locale": "de",
    "urls.support": "https://zitrone.example/?a=1&b=2",
}
PATH = PurePosixPath("x.html")


def compiled(render, path=PATH):
    first, second = ({path: render(probe_fields(NAMES, probes, locale="de"))} for probes in (FIRST, SECOND))
    return compile_files(NAMES, (first, second))


def reason(render):
    ((path, text),) = compiled(render).plain
    assert PATH == path
    return text


@pytest.mark.parametrize(
    ("write", "escaping"),
    [
        (lambda value: value, "raw"),
        (lambda value: value.replace("&", "&amp;").replace('"', "&#34;").replace("'", "&#39;"), "html"),
        (lambda value: html.escape(value, quote=False), "text"),
        (lambda value: html.escape(value, quote=False).replace('"', "&quot;"), "attribute"),
        (html.escape, "python-html"),
        (lambda value: json.dumps(value)[1:-1], "json"),
        (lambda value: json.dumps(value, ensure_ascii=False)[1:-1], "unicode-json"),
        (lambda value: json.dumps(html.escape(value, quote=False))[1:-1], "text+json"),
        (str.lower, "lower"),
        (lambda value: value.replace(" ", "-"), "dash"),
        (lambda value: value.replace(" ", "+"), "plus"),
        (lambda value: str(escape(" ".join(value.split()))), "folded+html"),
    ],
)
def test_an_escaping_is_found_by_its_look(write, escaping):
    def render(fields):
        return f"<p>{write(fields['name'])}</p>".encode()

    template = compiled(render)
    assert () == template.plain
    assert (b"<p>", Slot("name", escaping), b"</p>") == template.files[0].parts
    assert render(BRAND) == stamp_fields(template, BRAND)[0].content


def test_parts_of_an_address_are_found():
    def render(fields):
        scheme, _, rest = fields["urls.site"].partition("//")
        return f"{scheme}|{rest.partition('/')[0]}|{fields['urls.site']}".encode()

    template = compiled(render)
    assert (b"https:|", Slot("urls.site", "host"), b"|", Slot("urls.site", "raw")) == template.files[0].parts
    assert render(BRAND) == stamp_fields(template, BRAND)[0].content


def test_fields_do_not_mix():
    """Neighbours without anything between them, and one field's value within another's escaping."""

    def render(fields):
        return "".join(fields[name] for name in NAMES).encode()

    template = compiled(render)
    assert () == template.plain
    assert render(BRAND) == stamp_fields(template, BRAND)[0].content


def test_nothing_stands_between_neighbours():
    template = compiled(lambda fields: f"{fields['name']}{fields['version']}".encode())
    assert (Slot("name", "raw"), Slot("version", "raw")) == template.files[0].parts


def test_a_file_without_texts_is_one_literal():
    template = compiled(lambda _: b"<p>static</p>")
    assert template.files[0].is_static
    assert b"<p>static</p>" == stamp_fields(template, {})[0].content


def test_files_are_in_path_order_with_their_types():
    first = {PurePosixPath(path): b"" for path in ("z.html", "a/b.css", "a.unknown", "search/search_index.json")}
    template = compile_files(NAMES, (first, first))
    assert [
        ("a.unknown", "application/octet-stream"),
        ("a/b.css", "text/css"),
        ("search/search_index.json", "application/json"),
        ("z.html", "text/html"),
    ] == sorted((str(file.path), file.media_type) for file in template.files)
    assert sorted(file.path for file in template.files) == [file.path for file in template.files]


def test_a_zipped_file_is_stamped_inside():
    def render(fields):
        return gzip.compress(fields["urls.site"].encode(), mtime=0)

    (artifact,) = stamp_fields(compiled(render, PurePosixPath("sitemap.xml.gz")), BRAND)
    assert BRAND["urls.site"].encode() == gzip.decompress(artifact.content)


def test_a_zipped_file_without_texts_stays_as_it_was_zipped():
    content = gzip.compress(b"static " * 99, compresslevel=1, mtime=7)
    (artifact,) = stamp_fields(compiled(lambda _: content, PurePosixPath("x.gz")), BRAND)
    assert content == artifact.content


def test_a_zip_of_another_name_is_not_looked_into():
    """It would have to be zipped again, which only files named `.gz` are."""
    template = compiled(lambda fields: gzip.compress(fields["name"].encode(), mtime=0), PurePosixPath("x.bin"))
    assert [PurePosixPath("x.bin")] == [path for path, _ in template.plain]


def test_a_broken_zip_is_not_stamped():
    template = compiled(lambda fields: b"\x1f\x8b" + fields["name"].encode().hex().encode(), PurePosixPath("x.gz"))
    assert [PurePosixPath("x.gz")] == [path for path, _ in template.plain]


SECOND_PROBE = probe_fields(NAMES, SECOND, locale="de")


@pytest.mark.parametrize(
    "derived",
    [
        lambda fields: fields["name"][1],
        lambda fields: str(len(fields["name"])),
        lambda fields: fields["version"].partition(".")[0],
        lambda fields: "yes" if "ß" in fields["name"] else "no",
        lambda fields: "" if fields == SECOND_PROBE else "once",
        lambda fields: "s" * len(fields["name"]),
    ],
)
def test_a_file_derived_from_a_text_is_not_stamped(derived):
    """Two probes of different look must give the same literals; the left-over scan alone would not see these."""
    assert "it depends on a brand's text beyond showing it" == reason(
        lambda fields: f"<p>{fields['name']}: {derived(fields)}</p>".encode()
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda value: value.upper(),
        lambda value: value.swapcase(),
        lambda value: value[:-3],
        lambda value: value[4:],
        lambda value: value.replace("&", "and"),
        lambda value: "".join(f"&#{ord(character)};" for character in value),
        lambda value: "".join(f"&#x{ord(character):X};" for character in value),
        lambda value: "".join(f"\\u{ord(character):04X}" for character in value),
        lambda value: "".join(f"%{octet:02x}" for octet in value.encode()),
        lambda value: value[0],
        lambda value: f"&#{ord(value[0])};",
        lambda value: "".join(f"%{octet:02X}" for octet in value[0].encode()),
    ],
)
def test_an_unknown_escaping_is_not_stamped(write):
    assert reason(lambda fields: f"<p>{write(fields['name'])}</p>".encode()).startswith("it shows ")


def test_the_field_is_named_where_it_can_be():
    assert "it shows `contact.email` in a way that is not known" == reason(
        lambda fields: fields["contact.email"].replace("@", " at ").encode()
    )


def test_a_field_is_named_only_by_what_is_left_of_it():
    """Here it is the begin of a name; the address behind it is another remainder."""
    assert "it shows a brand's text in a way that is not known" == reason(
        lambda fields: f"{fields['name'][0]} {fields['contact.email'].upper()}".encode()
    )


def test_what_looks_like_a_probe_for_a_moment_is_none():
    """The number of a probe's first character, and no entity of it."""
    template = compiled(lambda fields: f"{0xE0A1}; {0xE0B3}; {fields['name']}".encode())
    assert () == template.plain


@pytest.mark.parametrize("remains", ["one", "other"])
def test_what_is_left_in_either_render_is_seen(remains):
    """The scan looks at both renders: a form known in one and unknown in the other is no template."""

    def render(fields):
        is_second = fields == SECOND_PROBE
        spelled = "".join(f"%{octet:02x}" for octet in fields["name"].encode())
        return (spelled if is_second is (remains == "other") else fields["name"]).encode()

    assert reason(render).startswith("it shows ")


@pytest.mark.parametrize("renders", [({PATH: b"x"}, {}), ({}, {PATH: b"x"})], ids=["the first", "the second"])
def test_a_file_of_one_render_only_is_not_stamped(renders):
    template = compile_files(NAMES, renders)
    assert ((PATH, "it exists or not depending on a brand's text"),) == template.plain


def test_opaque_bytes_are_not_stamped():
    """What hides a text from the scan still differs between the probes."""
    assert [PATH] == [path for path, _ in compiled(lambda fields: b64encode(fields["name"].encode())).plain]


def test_a_text_that_is_missing_is_our_fault():
    template = compiled(lambda fields: fields["name"].encode())
    with pytest.raises(KeyError, match="name"):
        stamp_fields(template, {})
