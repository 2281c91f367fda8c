"""Whole renders of the small portal: which pages there are, what is said of broken ones, what partners cannot do."""

import json
import re
from pathlib import PurePosixPath

import pytest

from themekit.model import Slot, SourceFile
from themekit.site.compiling import compile_site
from themekit.site.fields import slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.render import render_site
from themekit.site.stamp import render_plain_files, stamp
from themekit.site.time_limit import PartnerPageError, limit_time
from themekit.site.variant import Variant, variant_of

pytestmark = pytest.mark.slow


def overlay_of(pages):
    return tuple(SourceFile(PurePosixPath("brands/acme/docs", path), text.encode()) for path, text in pages.items())


def work_for_ever():
    while True:
        pass


@pytest.fixture
def render(tmp_path):
    """Renders a brand, and gives the files as text by path, and the diagnostics."""

    def run(sources, brand, overlay=()):
        variant = variant_of(brand, sources=sources, overlay=overlay)
        rendered = render_site(sources, SiteInputs(variant, slot_fields(brand), overlay), scratch=tmp_path)
        assert [] == list(tmp_path.iterdir())
        return {
            str(path): content.decode(errors="replace") for path, content in rendered.files.items()
        }, rendered.diagnostics

    return run


def places(diagnostics):
    return [
        (each.code, each.place and f"{each.place.path}:{each.place.line}:{each.place.column}") for each in diagnostics
    ]


def test_the_small_portal(small, awkward_brand, render):
    files, diagnostics = render(small, awkward_brand)
    assert () == diagnostics
    pages = {path for path in files if path.endswith(".html")}
    assert {
        "404.html",
        "index.html",
        "guides/index.html",
        "guides/hooks.html",
        "payouts/index.html",
        "resources/tags.html",
    } == pages
    assert {"sitemap.xml", "sitemap.xml.gz", "robots.txt", "llms.txt", "llms-full.txt"} < files.keys()
    assert files["search/search_index.js"] == "var __index = " + files["search/search_index.json"]
    assert {"assets/themekit/vendor/mermaid.min.js", "assets/themekit/diagrams.js"} < files.keys()
    hooks = files["guides/hooks.html"]
    assert '<html lang="de"' in hooks
    assert "Haken für Zitrone &amp; Söhne’s" in hooks
    assert "Anleitungen" in files["index.html"]
    entries = json.loads(files["search/search_index.json"])["docs"]
    entry = next(each for each in entries if each["location"] == "index.html")
    assert 'Build with Zitrone &amp; Söhne’s "Pay" {{ brand.id }} *x*' == entry["title"]
    base = "/ent%27wick%26ler/"
    assert f'href="{base}assets/brand/tokens.css"' in files["404.html"]
    assert f'"base":"{base}"' in re.sub(r":\s+", ":", files["404.html"])
    assert all("zitrone" in line for line in files["sitemap.xml"].split("<loc>")[1:])
    for page in pages:
        assert not [url for url in third_parties(files[page]) if "zitrone.example" not in url], page


def third_parties(page):
    """Addresses of what a browser loads by itself: no links, no name spaces."""
    return re.findall(r'<(?:script|img|iframe|source)[^>]*\ssrc="(https?://[^"]*)', page) + re.findall(
        r'<link[^>]*rel="(?:stylesheet|preconnect|icon|manifest)"[^>]*href="(https?://[^"]*)', page
    )


def test_hidden_sections_are_not_there(small, make_brand, render):
    brand = make_brand({"name": "Acme", "color": {"primary": "#0b5fff"}, "portal": {"sections": ["guides"]}})
    files, diagnostics = render(small, brand)
    assert "guides/hooks.html" in files
    assert "payouts/index.html" not in files
    assert "Payouts" not in files["index.html"]
    assert "payouts" not in files["sitemap.xml"] + files["llms.txt"]
    assert () == diagnostics


def test_a_portal_without_the_reference_has_no_copy_of_the_api(small, make_brand, render):
    """The sandbox's data and the console's operations say all that the hidden pages say."""
    added = ("reference/index.md", "sandbox-data.js", "assets/themekit/console/operations.js")
    sources = (*small, *(SourceFile(PurePosixPath("docs_src", path), b"# API\n") for path in added))
    brand = make_brand({"name": "Acme", "color": {"primary": "#0b5fff"}, "portal": {"sections": ["guides"]}})
    files, _ = render(sources, brand)
    assert [] == [path for path in files if path in added or path.startswith("reference/")]
    shown, _ = render(sources, make_brand({"name": "Acme", "color": {"primary": "#0b5fff"}}))
    assert {"reference/index.html", *added[1:]} <= set(shown)


def test_mistakes_have_their_places(make_sources, plain_brand, render):
    sources = make_sources(
        {
            "docs_src/index.md": "# H\n\n[a](guides/nope.md)\n\nand [b](guides/x.md#nope) [c](x/{{ brand.id }}.md)\n",
            "docs_src/guides/x.md": "# X\n",
            "docs_src/guides/lost.md": "# Lost\n",
        },
        navigation="\nnav:\n  - index.md\n  - guides/x.md\n  - guides/gone.md\n",
    )
    _, diagnostics = render(sources, plain_brand)
    last = len(sources[0].content.splitlines())
    assert [
        ("broken-link", "docs_src/index.md:3:5"),
        ("broken-link", "docs_src/index.md:5:31"),
        ("broken-link", "docs_src/index.md:5:9"),
        ("missing-page", f"mkdocs.yml:{last}:5"),
        ("page-outside-navigation", "docs_src/guides/lost.md:1:1"),
    ] == sorted(places(diagnostics))
    assert any("x/{{ brand.id }}.md" in each.message for each in diagnostics)


def test_a_renderer_that_stops_says_why(small, plain_brand, render):
    broken = tuple(
        SourceFile(source.path, source.content.replace(b"  - tags\n", b"  - no-such-plugin\n")) for source in small
    )
    files, (only,) = render(broken, plain_brand)
    assert {} == files
    assert "render-failed" == only.code


OWN_PAGE = """\
---
title: Ours & <b>
template: ../x
icon: ../../x
---

# Ours

<script>alert(1)</script>

[x](index.md)
"""
OWN_HEADING = """\
# &lt;/title&gt;&lt;script&gt;alert(2)&lt;/script&gt; {{ brand.name }}

x
{: onclick='alert(3)' }
"""


def test_a_partner_adds_and_replaces_pages(small, plain_brand, render):
    overlay = overlay_of(
        {
            "guides/own.md": OWN_PAGE,
            "guides/heading.md": OWN_HEADING,
            "payouts/index.md": "# Our payouts by {{ brand.name }}\n",
            "guides/picture.gif": "GIF89a",
            "guides/page.html": "<script>alert(4)</script>",
            "guides/refused.md": "[x](javascript:alert(5))",
        }
    )
    files, diagnostics = render(small, plain_brand, overlay)
    assert {"partner-markup"} == {found.code for found in diagnostics}
    assert {"guides/own.md", "guides/heading.md"} == {str(found.place.path)[17:] for found in diagnostics}
    everything = "".join(text for path, text in files.items() if path.endswith((".html", ".json")))
    assert "alert(1)" in files["guides/own.html"]  # as text: what a partner wrote is never lost
    assert "<script>alert" not in everything
    assert "onclick" not in files["guides/heading.html"]
    assert "<title>Ours &amp; &lt;b&gt; - Acme</title>" in files["guides/own.html"]
    assert "Our payouts by Acme" in files["payouts/index.html"]
    assert "GIF89a" == files["guides/picture.gif"]
    assert not {"guides/page.html", "guides/refused.html"} & files.keys()
    assert "own.html" in files["guides/hooks.html"]


def test_a_partners_page_cannot_break_the_build(small, plain_brand, render):
    """Within every limit, and yet too much for Markdown's recursion."""
    page = "*" * 1999 + "a" + "*" * 1999
    files, (only,) = render(small, plain_brand, overlay_of({"guides/deep.md": page}))
    assert {} == files
    assert ("partner-page", "brands/acme/docs/guides/deep.md") == (only.code, str(only.place.path))


def test_a_partners_page_cannot_hold_up_the_build():
    """The last resort, for what no limit of page_limits.py foresees."""
    limit_time("guides/slow.md", 0.05)
    with pytest.raises(PartnerPageError) as raised:
        work_for_ever()
    assert ("guides/slow.md", "it takes more than 0.05 s to render") == (raised.value.path, raised.value.reason)


def test_a_page_of_endless_brackets_is_left_out(small, plain_brand, render):
    """A render is safe without a check before it."""
    files, diagnostics = render(small, plain_brand, overlay_of({"guides/slow.md": "[" * 50_000}))
    assert () == diagnostics
    assert "guides/slow.html" not in files


def test_a_link_that_only_the_sanitiser_sees_fails_the_brand(small, plain_brand, render):
    _, (only,) = render(
        small, plain_brand, overlay_of({"guides/x.md": "~~~ no fence, in spite of it\n\n[x](javascript:y)\n"})
    )
    assert ("unsafe-link", 3) == (only.code, only.place.line)
    assert only.is_error


def test_two_renders_are_the_same(small, awkward_brand, render):
    assert render(small, awkward_brand) == render(small, awkward_brand)


def test_sources_with_errors_are_not_rendered(make_sources, plain_brand, tmp_path):
    sources = make_sources({"docs_src/index.md": "{{ brand.nope }}"})
    template, diagnostics = compile_site(variant_of(plain_brand, sources=sources), sources, scratch=tmp_path)
    assert template is None
    assert ["unknown-placeholder"] == [each.code for each in diagnostics]


def test_slots_are_escaped_for_their_files(small, awkward_brand, tmp_path):
    """No page has a value as it is: a brand's text is never markup, whatever the brand's checks would let through."""
    template, diagnostics = compile_site(variant_of(awkward_brand, sources=small), small, scratch=tmp_path)
    assert () == diagnostics
    assert () == template.plain
    slots = [(file.path.suffix, part) for file in template.files for part in file.parts if isinstance(part, Slot)]
    assert {".txt"} == {suffix for suffix, slot in slots if slot.escaping == "raw"}


def test_a_file_that_cannot_be_stamped_is_rendered(small, awkward_brand, tmp_path):
    """A template that does more with a text than show it: reported, and rendered for the brand."""
    theme = SourceFile(
        PurePosixPath("@themekit/site/overrides/404.html"),
        b'{% extends "base.html" %}{% block content %}{{ config.site_name | length }}{% endblock %}',
    )
    from themekit.site.plugin import DATA

    own = [
        SourceFile(PurePosixPath("@themekit/site", path.relative_to(DATA).as_posix()), path.read_bytes())
        for path in sorted(DATA.rglob("*"))
        if path.is_file() and path.name != "404.html"
    ]
    sources = (*small, *own, theme)
    variant = variant_of(awkward_brand, sources=sources)
    template, diagnostics = compile_site(variant, sources, scratch=tmp_path)
    paths = [path for path, _ in template.plain]
    assert [PurePosixPath("404.html")] == paths
    assert ["not-stamped"] == [each.code for each in diagnostics]
    assert PurePosixPath("site/404.html") not in {artifact.path for artifact in stamp(template, awkward_brand)}
    (only,), _ = render_plain_files(variant, awkward_brand, paths=paths, sources=sources, scratch=tmp_path)
    assert str(len(awkward_brand.name)) in only.content.decode()


def test_a_variant_is_what_changes_structure(small, make_brand):
    def variant(**members):
        return variant_of(make_brand({"name": "A", "color": {"primary": "#123456"}, **members}), sources=small)

    base = variant()
    assert Variant("en", ("guides", "payouts", "resources"), base.present) == base
    assert base == variant(name="Other & more", tagline="x", color={"primary": "#ff0000"})
    assert base == variant(urls={"home": "https://x.example/"})
    assert base != variant(locale="de")
    assert base != variant(urls={"support": "https://x.example/"})
    assert base != variant(contact={"email": "a@x.example"})
    assert base == variant(contact={"phone": "+49 30 1234567"})  # no page asks for it
    assert base != variant(portal={"sections": ["guides"]})
    assert base != variant(portal={"announcement": {"text": "x"}})
    assert base != variant(portal={"navigation": [{"title": "x", "url": "https://x.example/"}]})
    assert base != variant(portal={"social": [{"kind": "github", "url": "https://github.com/x"}]})
    brand = make_brand({"name": "A", "color": {"primary": "#123456"}})
    own = overlay_of({"guides/own.md": "# A"})
    assert base != variant_of(brand, sources=small, overlay=own)
    assert variant_of(brand, sources=small, overlay=own) != variant_of(
        brand, sources=small, overlay=overlay_of({"guides/own.md": "# B"})
    )


def test_the_description_of_the_api_is_no_file_of_the_portal(small, awkward_brand, render):
    """It names servers and people that are not the brand's, whatever mkdocs.yml leaves out."""
    made_from = {
        "docs_src/api/openapi.yaml": b"openapi: 3.1.0\nservers: [{url: https://api.provider.example}]\n",
        "docs_src/api/versions/1.0.0.json": b"{}",
        "docs_src/api/changes/1.0.0.md": b"# Changes\n",
        "docs_src/api/postman.json": b"{}",
    }
    kept = [SourceFile(each.path, each.content.replace(b"  /api/\n", b"")) for each in small]
    sources = (*kept, *(SourceFile(PurePosixPath(path), content) for path, content in made_from.items()))
    files, _ = render(sources, awkward_brand)
    assert ["api/postman.json"] == sorted(path for path in files if path.startswith("api/"))
