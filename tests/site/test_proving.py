"""A template held against words, without a render: the render is made up."""

from pathlib import PurePosixPath

import pytest

from themekit.diagnostics import Reporter
from themekit.model import FileTemplate, SiteTemplate, Slot
from themekit.site.proving import REASON, plain_words, prove
from themekit.site.render import RENDER_FAILED, RenderedSite
from themekit.site.variant import Variant

PATH, OTHER, KNOWN = map(PurePosixPath, ("a.html", "b.html", "c.html"))
VARIANT = Variant("de", (), ("name", "locale", "urls.site", "contact.email", "sdk.client", "version"))
TEMPLATE = SiteTemplate(
    tuple(FileTemplate(path, (b"<b title=", Slot("name", "html"), b">"), "text/html") for path in (PATH, OTHER)),
    ((KNOWN, "it shows `name` in a way that is not known"),),
)
RIGHT = b"<b title=Word0>"


@pytest.fixture
def proved(monkeypatch, tmp_path):
    """Proves the template against a site that is made up."""

    def run(files, diagnostics=()):
        monkeypatch.setattr(
            "themekit.site.proving.render_site", lambda *_, **__: RenderedSite(files, tuple(diagnostics))
        )
        return prove(TEMPLATE, VARIANT, sources=(), scratch=tmp_path)

    return run


def test_a_template_that_is_right_stays(proved):
    assert (TEMPLATE, ()) == proved({PATH: RIGHT, OTHER: RIGHT, KNOWN: b"whatever"})


def test_a_file_that_differs_is_rendered_for_each_brand(proved):
    template, _ = proved({PATH: RIGHT, OTHER: b'<b title="Word0">', KNOWN: b""})
    assert [PATH] == [file.path for file in template.files]
    assert ((OTHER, REASON), *TEMPLATE.plain) == template.plain


@pytest.mark.parametrize("files", [{PATH: RIGHT}, {PATH: RIGHT, OTHER: RIGHT, PurePosixPath("d"): b""}], ids=len)
def test_a_file_that_is_on_one_side_only_is_too(proved, files):
    template, _ = proved(files)
    assert 2 == len(template.plain)


def test_a_render_that_fails_says_why(proved):
    report = Reporter()
    report(RENDER_FAILED, None, "stopped")
    assert (TEMPLATE, report.diagnostics) == proved({}, report.diagnostics)


def test_words_are_plain():
    words = plain_words(VARIANT.present, locale="de")
    assert {
        "name": "Word0",
        "locale": "de",
        "urls.site": "https://word2.example/",
        "contact.email": "word3@word.example",
        "sdk.client": "word4",
        "version": "1.0.5",
    } == words
