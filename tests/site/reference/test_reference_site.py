"""Hostile pages in a real site: rendered with two sets of probes, they are stamped, and hold no other value."""

from pathlib import Path, PurePosixPath

import pytest

from tests.site.reference.made_apis import HOSTILE, api_of
from themekit.model import Slot, SourceFile
from themekit.site.compiling import compile_site
from themekit.site.reference.pages import Reference, reference_pages
from themekit.site.variant import variant_of
from themekit.source.brand import BrandInputs, parse_brand

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
BRAND = b'{"name": "Acme", "color": {"primary": "#0b5fff"}}'
NAVIGATION = "\nnav:\n  - Home: index.md\n"


def test_a_hostile_description_is_stamped_with_our_slots_only(tmp_path):
    """Without an entry in the navigation the reference has a section of its own, and mkdocs has nothing to say."""
    path = PurePosixPath("brands/acme/brand.json")
    brand, _ = parse_brand(path, BRAND, brand_id="acme", inputs=BrandInputs(lambda _: None, lambda _: ()))
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0] + NAVIGATION
    pages = reference_pages(Reference.of(api_of(HOSTILE, wire=HOSTILE)), samples={})
    sources = (
        SourceFile(PurePosixPath("mkdocs.yml"), configuration.encode()),
        SourceFile(PurePosixPath("docs_src/index.md"), b"# Home\n"),
        *pages,
    )
    template, diagnostics = compile_site(variant_of(brand, sources=sources), sources, scratch=tmp_path)
    assert () == diagnostics
    assert () == template.plain
    things = next(file for file in template.files if str(file.path) == "reference/things.html")
    text = b"".join(part for part in things.parts if isinstance(part, bytes))
    assert b"<script>alert" not in text
    assert b"onerror=alert(1)>" not in text
    content = things.parts[first_of(things.parts, b'<article class="md-content__inner') :]
    end = first_of(content, b"</article>")
    assert {"api.baseUrl"} == {part.field for part in content[:end] if isinstance(part, Slot)}
    assert b"API reference" in text


def first_of(parts, mark):
    return next(index for index, part in enumerate(parts) if isinstance(part, bytes) and mark in part)
