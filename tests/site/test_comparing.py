"""Two sites beside each other: each file that differs, at its first difference, with its page."""

import gzip
from pathlib import PurePosixPath

import pytest

from themekit.site.comparing import compare_sites, source_of

FOLDER = PurePosixPath("build/acme/site")
PAGES = tuple(
    PurePosixPath(path)
    for path in (
        "mkdocs.yml",
        "docs_src/index.md",
        "docs_src/guides/README.md",
        "docs_src/guides/x.md",
        "docs_src/guides/x.de.md",
        "docs_src/guides/y.md",
        "docs_src/p.png",
        "brands/acme/docs/guides/y.md",
        "brands/acme/docs/own.md",
    )
)


def compared(ours, theirs, path="guides/x.html"):
    site, plain = ({PurePosixPath(path): content} if content is not None else {} for content in (ours, theirs))
    return compare_sites(site, plain, brand_id="acme", folder=FOLDER, pages=PAGES, locale="en")


def test_equal_sites_have_no_difference():
    assert () == compared(b"x", b"x")


def test_the_first_difference_has_line_column_and_page():
    (found,) = compared("Zeile\nEin größerer Preis\nx".encode(), "Zeile\nEin größter Preis\ny".encode())
    assert ("render-differs", True) == (found.code, found.is_error)
    assert (FOLDER / "guides/x.html", 2, 9) == (found.place.path, found.place.line, found.place.column)
    assert "Ein größerer Preis" == found.place.excerpt
    assert "`erer Preis` stands where mkdocs writes `ter Preis` for `acme` alone" == found.message
    assert ["docs_src/guides/x.md"] == [str(note.place.path) for note in found.notes]


@pytest.mark.parametrize(
    ("ours", "theirs", "message"),
    [
        (None, b"x", "the file is missing: mkdocs builds it for `acme` alone"),
        (b"x", None, "the file is too much: mkdocs builds none for `acme` alone"),
        (b"ab", b"abc", "the end of the file stands where mkdocs writes `c` for `acme` alone"),
        (b"abc", b"ab", "`c` stands where mkdocs writes the end of the file for `acme` alone"),
        (b"a\nc", b"abc", "`a line feed` stands where mkdocs writes `bc` for `acme` alone"),
        (b"\xff\x00a", b"\xff\x00b", "byte 3 of the file is not as mkdocs writes it for `acme` alone"),
    ],
)
def test_what_differs_is_said(ours, theirs, message):
    (found,) = compared(ours, theirs)
    assert message == found.message


def test_a_file_of_no_one_page_has_no_note():
    (found,) = compared(b"a", b"b", path="search/search_index.json")
    assert () == found.notes


def test_zipped_files_are_compared_unzipped():
    one, other = (gzip.compress(text, mtime=0) for text in (b"<loc>a", b"<loc>b"))
    (found,) = compared(one, other, path="sitemap.xml.gz")
    assert (1, 6) == (found.place.line, found.place.column)
    (found,) = compared(gzip.compress(b"x", mtime=1), gzip.compress(b"x", mtime=2), path="sitemap.xml.gz")
    assert "the file is compressed in another way than mkdocs compresses it for `acme` alone" == found.message


@pytest.mark.parametrize(
    ("path", "locale", "source"),
    [
        ("index.html", "en", "docs_src/index.md"),
        ("guides/index.html", "en", "docs_src/guides/README.md"),
        ("guides/x.html", "en", "docs_src/guides/x.md"),
        ("guides/x.html", "de", "docs_src/guides/x.de.md"),
        ("guides/y.html", "de", "brands/acme/docs/guides/y.md"),
        ("own.html", "en", "brands/acme/docs/own.md"),
        ("p.png", "en", "docs_src/p.png"),
        ("404.html", "en", None),
    ],
)
def test_the_source_of_a_file(path, locale, source):
    assert (source and PurePosixPath(source)) == source_of(PurePosixPath(path), PAGES, locale=locale)
