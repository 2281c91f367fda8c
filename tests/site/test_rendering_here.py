"""The process of a render, run in this one: what it writes for its parent, and what it says when it fails."""

import json
import logging
from pathlib import PurePosixPath

import pytest

from themekit.model import SourceFile
from themekit.site.fields import slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.render import EPOCH_S, _lay_out, main
from themekit.site.variant import variant_of

pytestmark = pytest.mark.slow


@pytest.fixture
def render(tmp_path, monkeypatch):
    """Renders as the process would; gives its exit code, its result, and the site's files as text."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH_S))
    monkeypatch.setattr("themekit.site.render._limit_memory", lambda: None)  # it would last for all later tests
    logger = logging.getLogger("mkdocs")
    before = list(logger.handlers)

    def run(sources, brand, overlay=()):
        variant = variant_of(brand, sources=sources, overlay=overlay)
        _lay_out(sources, SiteInputs(variant, slot_fields(brand), overlay), tmp_path)
        code = main(tmp_path)
        site = tmp_path / "site"
        files = {
            path.relative_to(site).as_posix(): path.read_text(encoding="utf-8", errors="replace")
            for path in site.rglob("*")
            if path.is_file()
        }
        return code, json.loads((tmp_path / "result.json").read_bytes()), files

    yield run
    logger.handlers = before


def overlay_of(pages):
    return tuple(SourceFile(PurePosixPath("brands/acme/docs", path), text.encode()) for path, text in pages.items())


def edited(sources, old, new):
    return tuple(SourceFile(source.path, source.content.replace(old, new)) for source in sources)


def test_a_german_site(small, awkward_brand, render):
    code, result, files = render(small, awkward_brand)
    assert (0, []) == (code, result["messages"])
    assert "Haken für Zitrone &amp; Söhne’s" in files["guides/hooks.html"]
    assert 'class="mermaid" data-search-exclude' in files["guides/hooks.html"]
    assert "assets/themekit/vendor/mermaid.min.js" in files
    assert 'href="/ent%27wick%26ler/assets/brand/tokens.css"' in files["404.html"]
    assert files["search/search_index.js"] == "var __index = " + files["search/search_index.json"]
    assert "Neu &amp; &#39;schnell&#39;" in files["index.html"]
    assert "# Zitrone & Söhne’s" in files["llms.txt"].replace("\\", "")


def test_a_site_with_pages_of_a_partner(small, make_brand, render):
    brand = make_brand({"name": "Acme", "color": {"primary": "#0b5fff"}, "portal": {"sections": ["guides"]}})
    overlay = overlay_of(
        {
            "guides/own.md": "---\ntitle: Ours & <b>\n---\n\n# Ours\n\n<script>alert(1)</script>\n",
            "guides/heading.md": "# By {{ brand.name }}\n",
            "guides/index.de.md": "# Deutsch\n",
            "guides/refused.md": "[x](javascript:alert(5))",
            "payouts/own.md": "# Hidden\n",
        }
    )
    code, result, files = render(small, brand, overlay)
    assert 0 == code
    assert ["brands/acme/docs/guides/own.md"] == [path for path, removed in result["removed"].items() if removed]
    assert "<title>Ours &amp; &lt;b&gt; - Acme</title>" in files["guides/own.html"]
    assert not {"payouts/index.html", "payouts/own.html", "guides/refused.html"} & files.keys()
    assert "By Acme" in files["guides/heading.html"]


def test_a_page_of_a_partner_that_cannot_be_rendered(small, plain_brand, render):
    page = "*" * 1999 + "a" + "*" * 1999
    code, result, _ = render(small, plain_brand, overlay_of({"guides/deep.md": page}))
    assert (1, "guides/deep.md") == (code, result["partner"]["path"])
    assert result["partner"]["reason"].startswith("it cannot be rendered: ")


def test_a_page_of_a_partner_that_takes_too_long(small, plain_brand, render, monkeypatch):
    # Not at the page's first steps: the tracer of coverage takes a lock for each file it has not seen, and the limit's
    # exception, were it raised in there, would leave that locked for ever.
    monkeypatch.setattr("themekit.site.plugin.PARTNER_PAGE_CPU_S", 0.05)
    page = "*a* `x`\n\n" * 1400
    code, result, _ = render(small, plain_brand, overlay_of({"guides/slow.md": page}))
    assert (1, "guides/slow.md") == (code, result["partner"]["path"])
    assert "to render" in result["partner"]["reason"]


def test_a_configuration_without_the_plugin(small, plain_brand, render):
    code, result, _ = render(edited(small, b"  - themekit\n", b""), plain_brand)
    assert (1, "mkdocs.yml does not list the plugin `themekit`") == (code, result["error"])


def test_a_configuration_that_mkdocs_refuses(small, plain_brand, render):
    code, result, _ = render(edited(small, b"  - tags\n", b"  - no-such-plugin\n"), plain_brand)
    assert 1 == code
    assert result["error"]


def test_any_other_error_is_our_own(small, plain_brand, render, monkeypatch):
    def build(_config):
        raise ZeroDivisionError

    monkeypatch.setattr("mkdocs.commands.build.build", build)
    with pytest.raises(ZeroDivisionError):
        render(small, plain_brand)
