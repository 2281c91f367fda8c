"""Paths of files a brand names."""

import pytest

SVG = b"<svg/>"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("../../../etc/passwd", "leaves its folder by `..`"),
        ("logos/../../../secret.svg", "leaves its folder by `..`"),
        ("/etc/x.svg", "is absolute"),
        ("..\\\\..\\\\x.svg", "holds the character '\\\\'"),
        ("%2e%2e/x.svg", "has a name that is not portable"),
        ("$HOME/x.svg", "has a name that is not portable"),
        ("~/x.svg", "has a name that is not portable"),
        ("-rf.png", "has a name that is not portable"),
        (".hidden.svg", "has a name that is not portable"),
        ("lögo.svg", "has a name that is not portable"),
        ("file:///x.svg", "holds the character ':'"),
        ("a//b.svg", "has an empty part"),
        ("./b.svg", "has an empty part"),
        ("", "is empty"),
        ("nul.svg", "uses `nul.svg`, a device name on Windows"),
        ("logo.png\\u0000.svg", "holds the character '\\x00'"),
        ("a" * 236 + ".svg", None),
    ],
)
def test_paths_are_refused_before_anybody_looks(read_fields, path, fault):
    reading = read_fields(f'"logos": {{"light": "{path}"}}')
    assert [("missing-file" if fault is None else "invalid-path")] == reading.codes
    assert fault is None or fault in reading.messages[0]
    assert (fault is None) == (reading.asked != [])


def test_a_path_is_relative_to_the_project_afterwards(read_fields):
    files = {"brands/acme/img/Logo (2x)[a,b].SVG": SVG}
    brand = read_fields('"logos": {"light": "img/Logo (2x)[a,b].SVG"}', files).brand
    assert "brands/acme/img/Logo (2x)[a,b].SVG" == str(brand.logos.light)
    assert (None, None) == (brand.logos.dark, brand.logos.mark)


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("logo.sgv", "invalid-path", "allowed: `.svg`, `.png`"),
        ("lgoo.svg", "missing-file", "did you mean `logo.svg`?"),
        ("LOGO.svg", "missing-file", "did you mean `logo.svg`?"),
        ("other.svg", "missing-file", None),
        ("img/logo.svg", "missing-file", None),
        ("folder.svg", "missing-file", None),
    ],
)
def test_a_missing_file_has_its_nearest_name(read_fields, path, code, hint):
    files = {"brands/acme/logo.svg": SVG, "brands/acme/folder.svg/x": b""}
    reading = read_fields(f'"logos": {{"light": "{path}"}}', files)
    assert ([code], [hint]) == (reading.codes, reading.hints)


def test_names_that_differ_only_in_case_are_ambiguous(read_fields):
    files = {"brands/acme/logo.svg": SVG, "brands/acme/Logo.svg": SVG}
    assert ["ambiguous-file"] == read_fields('"logos": {"light": "logo.svg"}', files).codes


def test_an_inherited_path_is_relative_to_the_file_that_wrote_it(read):
    """A base file brings its own files, and cannot name those of a brand."""
    base = '{"logos": {"light": "shared.svg", "dark": "dark.svg"}, "color": {"primary": "#000"}}'
    child = '{"extends": "../_shared/base.json", "name": "Acme", "logos": {"dark": "dark.svg"}}'
    files = {"brands/_shared/base.json": base, "brands/_shared/shared.svg": SVG, "brands/acme/dark.svg": SVG}
    logos = read(child, files).brand.logos
    assert ("brands/_shared/shared.svg", "brands/acme/dark.svg") == (str(logos.light), str(logos.dark))
