"""A template held against words, without a render: the render is made up."""

from pathlib import PurePosixPath

import pytest
from markupsafe import escape

from themekit.diagnostics import Reporter
from themekit.model import FileTemplate, SiteTemplate, Slot
from themekit.site.proving import REASON, WORDS, prove, words
from themekit.site.render import RENDER_FAILED, RenderedSite
from themekit.site.variant import Variant

PATH, OTHER, KNOWN = map(PurePosixPath, ("a.html", "b.html", "c.html"))
VARIANT = Variant("de", (), ("name", "locale", "urls.site", "contact.email", "sdk.client", "version"))
TEMPLATE = SiteTemplate(
    tuple(FileTemplate(path, (b"<b title=", Slot("name", "html"), b">"), "text/html") for path in (PATH, OTHER)),
    ((KNOWN, "it shows `name` in a way that is not known"),),
)


def right(fields):
    return f"<b title={escape(fields['name'])}>".encode()


def site(fields):
    """The site as the template has it."""
    return {PATH: right(fields), OTHER: right(fields), KNOWN: b"whatever"}


@pytest.fixture
def proved(monkeypatch, tmp_path):
    """Proves the template against sites that are made up of the fields."""

    def run(files, diagnostics=()):
        def render(_sources, each, **_):
            return tuple(RenderedSite(files(inputs.fields), tuple(diagnostics)) for inputs in each)

        monkeypatch.setattr("themekit.site.proving.render_sites", render)
        return prove(TEMPLATE, VARIANT, sources=(), scratch=tmp_path)

    return run


def test_a_template_that_is_right_stays(proved):
    assert (TEMPLATE, ()) == proved(site)


@pytest.mark.parametrize("sign", ['"', "'", "&copy;", "Word0"])
def test_a_file_that_differs_for_some_texts_is_rendered_for_each_brand(proved, sign):
    """Whatever sign it is that a plugin looks for."""

    def written(fields):
        is_met = fields["name"] == sign if sign == "Word0" else sign in fields["name"]
        return site(fields) | ({OTHER: b"other"} if is_met else {})

    template, _ = proved(written)
    assert [PATH] == [file.path for file in template.files]
    assert ((OTHER, REASON), *TEMPLATE.plain) == template.plain


@pytest.mark.parametrize("change", [{OTHER: None}, {PurePosixPath("d"): b""}], ids=["missing", "too much"])
def test_a_file_that_is_on_one_side_only_is_too(proved, change):
    template, _ = proved(
        lambda fields: {path: text for path, text in (site(fields) | change).items() if text is not None}
    )
    assert 2 == len(template.plain)


def test_a_render_that_fails_says_why(proved):
    report = Reporter()
    report(RENDER_FAILED, None, "stopped")
    assert (TEMPLATE, report.diagnostics) == proved(lambda _: {}, report.diagnostics)


def test_words_are_plain():
    assert {
        "name": "Word0",
        "locale": "de",
        "urls.site": "https://word2.example/",
        "contact.email": "word3@word.example",
        "sdk.client": "word4",
        "version": "1.0.5",
    } == words(VARIANT.present, WORDS[0], locale="de")
