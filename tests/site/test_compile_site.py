"""What becomes of two renders, without rendering: the renders are made up, the site's sources are real."""

from pathlib import PurePosixPath

import pytest

from themekit.diagnostics import Code, Reporter, Severity
from themekit.model import Slot
from themekit.site.compiling import compile_site, slot_names
from themekit.site.render import RenderedSite
from themekit.site.stamp import stamp
from themekit.site.variant import variant_of

PATH = PurePosixPath("index.html")
SAID = Code("said", Severity.WARNING, "Something a render says.")


def saying(message):
    report = Reporter()
    report(SAID, None, message)
    return report.diagnostics


@pytest.fixture
def compile_with(monkeypatch, small, plain_brand, tmp_path):
    """Compiles the small portal from what the function makes of the number of a render and its inputs."""

    def run(rendered, brand=plain_brand, sources=small):
        def render(given, each, *, scratch, watches):
            assert (sources, tmp_path, True) == (given, scratch, watches)
            return tuple(rendered(number, inputs) for number, inputs in enumerate(each))

        monkeypatch.setattr("themekit.site.compiling.render_sites", render)
        return compile_site(variant_of(brand, sources=sources), sources, scratch=tmp_path)

    return run


def named(_, inputs):
    return RenderedSite({PATH: f"<p>{inputs.fields['name']}</p>".encode()}, saying("hello"))


def test_the_template_and_what_the_first_render_says(compile_with, plain_brand):
    """Both renders say the same, so it is told once."""
    template, diagnostics = compile_with(named)
    assert ((b"<p>", Slot("name", "raw"), b"</p>"),) == tuple(file.parts for file in template.files)
    assert ["hello"] == [each.message for each in diagnostics]
    assert [b"<p>Acme</p>"] == [artifact.content for artifact in stamp(template, plain_brand)]


def test_sources_with_errors_are_not_rendered(compile_with, make_sources):
    template, (only,) = compile_with(None, sources=make_sources({"docs_src/index.md": "{{ brand.nope }}"}))
    assert (None, "unknown-placeholder") == (template, only.code)


def test_sources_with_warnings_are(compile_with, monkeypatch):
    monkeypatch.setattr("themekit.site.compiling.check_sources", lambda *_, **__: saying("careful"))
    template, diagnostics = compile_with(named)
    assert template is not None
    assert ["careful", "hello"] == [each.message for each in diagnostics]


@pytest.mark.parametrize(("failing", "told"), [({0}, ["0"]), ({0, 1}, ["0"]), ({1}, ["0", "1"])], ids=str)
def test_a_render_that_failed_makes_no_template(compile_with, failing, told):
    """And says why, once."""

    def rendered(number, _):
        return RenderedSite({} if number in failing else {PATH: b"x"}, saying(str(number)))

    template, diagnostics = compile_with(rendered)
    assert template is None
    assert told == [each.message for each in diagnostics]


def test_what_cannot_be_stamped_is_told_by_its_path(compile_with):
    template, (only,) = compile_with(lambda number, _: RenderedSite({PATH: str(number).encode()}))
    assert [PATH] == [path for path, _ in template.plain]
    assert "not-stamped" == only.code
    assert only.message.startswith("`index.html` is rendered for each brand: it depends on a brand's text")


def test_the_slots_of_a_variant(small, make_brand):
    portal = {
        "navigation": [{"title": "A", "url": "https://a.example/"}, {"title": "B", "url": "https://b.example/"}],
        "social": [{"kind": "github", "url": "https://github.com/a"}],
        "announcement": {"text": "New", "url": "guides/hooks.html"},
    }
    plain, rich = (
        slot_names(variant_of(make_brand({"name": "A", "color": {"primary": "#123456"}, **more}), sources=small))
        for more in ({}, {"portal": portal})
    )
    assert set(plain) <= set(rich)
    assert [f"portal.navigation.{number}.{part}" for number in (0, 1) for part in ("title", "url")] == [
        name for name in rich if name.startswith("portal.navigation")
    ]
    assert "portal.social.0.url" == rich[-1]
    assert ("portal.announcement.page" in plain, "portal.announcement.page" in rich) == (False, True)
