"""Each hazard of stamping that research found: handled, so that the bytes are those of a plain build, or refused.

The rows are those of the table "What breaks, and the fix" of our trials with stamping; a test's name says which. Pages
of hazards are in one portal, so that one compilation and one plain render for each brand serve all rows.
"""

import gzip
import re
from pathlib import Path, PurePosixPath

import pytest

from tests.site.foreign_plugins import install
from themekit.model import Slot, SourceFile
from themekit.site import installed
from themekit.site.checking import check_sources
from themekit.site.compiling import compile_files, compile_site
from themekit.site.configuration import check_configuration
from themekit.site.fields import BY_NAME, slot_fields
from themekit.site.inputs import BRAND_FILES, CARD, SiteInputs
from themekit.site.probe import FIRST, SECOND, probe_fields
from themekit.site.proving import REASON, prove
from themekit.site.render import EPOCH_S, render_site, render_sites
from themekit.site.stamp import render_plain_files, stamp
from themekit.site.unstamped import unstamped
from themekit.site.variant import variant_of
from themekit.source.text_policy import text_fault

HERE = Path(__file__).parent
SEARCH = ("search/search_index.js", "search/search_index.json")
CODE = """\
# Code

```python
from {{ brand.sdk.python.module }} import {{ brand.sdk.client }}
{{ brand.sdk.client }}(1).{{ brand.sdk.python.module }}["{{ brand.name }}"] = {{ brand.version }}
```

```js
import { {{ brand.sdk.client }} } from "{{ brand.sdk.typescript.package }}";
```

```yaml
{{ brand.name }}: {{ brand.version }}
```

```bash
pip install {{ brand.sdk.python.package }} && {{ brand.sdk.client }} --name '{{ brand.name }}'
```
"""
LINKS = """\
# Links

{% if brand.contact.email %}
<{{ brand.contact.email }}> <mailto:{{ brand.contact.email }}> [write](mailto:{{ brand.contact.email }})
{% endif %}

<{{ brand.urls.site }}> [x]({{ brand.urls.site }} "{{ brand.name }}") [y][y]

[y]: {{ brand.urls.home }} "{{ brand.name }}"
"""
MEANING = """\
# Meaning of {{ brand.name }}

{{ brand.name }} *{{ brand.name }}* API

| {{ brand.name }} | b |
| --- | --- |
| `{{ brand.name }}` | {{ brand.tagline }} |

*[API]: {{ brand.name }}
"""
HEADINGS = """\
# Headings

## About {{ brand.name }}

### More of {{ brand.name }}

## About Acme Cloud

## About brand name

## About {{ brand.name }}
"""
SALT = f"# Salt\n\nThe word {FIRST.core(1)}, which nobody writes.\n"
PICTURE = f"GIF89a {FIRST.core(0)} {SECOND.core(1)}"
PAGES = {
    "docs_src/index.md": "# Home\n",
    "docs_src/code.md": CODE,
    "docs_src/links.md": LINKS,
    "docs_src/meaning.md": MEANING,
    "docs_src/headings.md": HEADINGS,
    "docs_src/salt.md": SALT,
    "docs_src/picture.gif": PICTURE,
}
SHARED = {
    "color": {"primary": "#0b5fff"},
    "contact": {"email": "o'neil+a&b@x.example"},
    "urls": {"site": "https://x.example/docs/", "repository": "https://github.com/x/y"},
    "portal": {"social": [{"kind": "mastodon", "url": "https://social.example/@x"}]},
}
MARKED = 'A*b*_c_ `d` | :smile: API  "e" &copy; [f](g) <'.removesuffix("<")
SPECS = {
    "acme": {**SHARED, "name": "Acme Cloud", "sdk": {"client": "ValueError"}, "color": {"primary": "#ffd60a"}},
    "marked": {**SHARED, "name": MARKED, "tagline": "'t' | x", "sdk": {"python": {"module": "jsons"}}},
    "brand-name": {**SHARED, "name": "brand name", "urls": {**SHARED["urls"], "site": "HTTPS://x.example//a/../b"}},
}


@pytest.fixture(scope="module")
def portal(make_brand, make_sources, tmp_path_factory):
    """The template, and by brand the stamped files and those of its plain render, by path."""
    sources = make_sources(PAGES, navigation="\n")
    brands = [make_brand(spec, brand_id) for brand_id, spec in SPECS.items()]
    (variant,) = {variant_of(brand, sources=sources) for brand in brands}
    template, _ = compile_site(variant, sources, scratch=tmp_path_factory.mktemp("probes"))
    whole = [variant_of(brand, sources=sources, asked=BY_NAME) for brand in brands]
    inputs = [SiteInputs(of, slot_fields(brand)) for of, brand in zip(whole, brands, strict=True)]
    plain = render_sites(sources, inputs, scratch=tmp_path_factory.mktemp("plain"))
    stamped = {brand.id: {str(file.path)[5:]: file.content for file in stamp(template, brand)} for brand in brands}
    built = {
        brand.id: {str(path): content for path, content in site.files.items()}
        for brand, site in zip(brands, plain, strict=True)
    }
    return template, stamped, built


@pytest.mark.slow
class TestHandled:
    """A value's place in a file is known, and the bytes are those of a plain build."""

    @pytest.mark.parametrize("brand_id", SPECS)
    @pytest.mark.parametrize(
        "path",
        "code.html links.html meaning.html headings.html picture.gif 404.html sitemap.xml.gz sitemap.xml".split(),
    )
    def test_the_bytes_of_a_plain_build(self, portal, path, brand_id):
        _, stamped, built = portal
        assert built[brand_id][path] == stamped[brand_id][path]

    def test_the_whole_site_of_each_brand(self, portal):
        template, stamped, built = portal
        for brand_id in SPECS:
            plain = {str(path) for path, _ in template.plain}
            assert built[brand_id].keys() == stamped[brand_id].keys() | plain
            assert [] == [path for path, content in stamped[brand_id].items() if built[brand_id][path] != content]

    def test_an_identifier_in_a_code_fence(self, portal):
        """Pygments sees a word, not the name of an exception: each brand's code is coloured alike."""
        _, stamped, _ = portal
        page = stamped["acme"]["code.html"].decode()
        assert '<span class="kn">import</span>' in page
        assert ">ValueError</span>" in page
        assert page.count('class="n') == stamped["marked"]["code.html"].decode().count('class="n')

    def test_an_address_in_brackets(self, portal):
        """As a link with one escaping, not in entities of single characters."""
        page = portal[1]["acme"]["links.html"].decode()
        assert 2 <= page.count('href="mailto:o&#39;neil+a&amp;b@x.example"')
        assert "&#64;" not in page

    def test_a_value_with_a_meaning_in_markdown_is_text(self, portal):
        page = portal[1]["marked"]["meaning.html"].decode()
        escaped = "A*b*_c_ `d` | :smile: API  &#34;e&#34; &amp;copy; [f](g)"
        assert f'<p>{escaped} <em>{escaped}</em> <abbr title="{escaped}">API</abbr></p>' in page
        assert f"<td><code>{escaped}</code></td>" in page

    def test_headings_that_become_equal_keep_their_anchors(self, portal):
        """They are made from the field's name, whatever the value is, and made unique from names too."""
        found = [re.findall(r'<h2 id="([^"]+)', portal[1][brand_id]["headings.html"].decode()) for brand_id in SPECS]
        assert [["about-brand-name", "about-acme-cloud", "about-brand-name_1", "about-brand-name_2"]] * 3 == found

    def test_colours_and_pictures_are_no_part_of_a_page(self, portal):
        """Nor do they make a variant: `acme` has another colour than the two that share its template."""
        pages = [portal[1][brand_id]["index.html"].decode() for brand_id in SPECS]
        palettes = [re.findall(r'data-md-color-primary="(\w+)"', page) for page in pages]
        assert {"custom"} == {each for palette in palettes for each in palette}
        assert all('href="assets/brand/favicon.ico"' in page and "fonts.googleapis" not in page for page in pages)

    def test_names_that_material_would_derive_are_given(self, portal):
        """The title of a social link is its kind's, not its host's; there is no repository's name."""
        page = portal[1]["acme"]["index.html"].decode()
        assert 'aria-label="Mastodon"' in page
        assert "social.example</" not in page
        assert "md-source__repository" not in page

    def test_the_zipped_site_map(self, portal):
        """Zipped anew, with the time and the name of the render's."""
        _, stamped, _ = portal
        zipped = stamped["brand-name"]["sitemap.xml.gz"]
        assert stamped["brand-name"]["sitemap.xml"] == gzip.decompress(zipped)
        assert (EPOCH_S.to_bytes(4, "little"), b"sitemap.xml\0") == (zipped[4:8], zipped[10:22])

    def test_a_site_address_is_in_the_form_that_joining_gives(self, portal):
        """Else its pages' addresses would differ from a join: upper case, `..` and empty segments."""
        assert b"<loc>https://x.example/b/index.html</loc>" in portal[1]["brand-name"]["sitemap.xml"]

    def test_a_file_with_a_probes_salt_by_chance(self, portal):
        """The same in both renders: it is copied, whatever it holds."""
        assert PICTURE.encode() == portal[1]["acme"]["picture.gif"]

    def test_a_page_with_a_probes_salt_by_chance(self, portal):
        """A false alarm, which costs a render and no byte; the warning is at the page."""
        template, stamped, _ = portal
        assert "salt.html" not in stamped["acme"]
        source = SourceFile(PurePosixPath("docs_src/salt.md"), SALT.encode())
        places = [found.place for found in unstamped(template, [source], locale="en") if "`salt.html`" in found.message]
        assert [("docs_src/salt.md", 1)] == [(str(place.path), place.line) for place in places]

    def test_names_are_the_slots_of_code(self, portal):
        (code,) = [file for file in portal[0].files if "code.html" == str(file.path)]
        fields = {part.field for part in code.parts if isinstance(part, Slot)}
        assert {"sdk.client", "sdk.python.module", "sdk.typescript.package", "version", "name"} <= fields


def test_probes_break_no_markdown():
    """In no shape is an angle bracket, and a value with one is refused."""
    assert not any(set("<>") & set(shape) for probes in (FIRST, SECOND) for _, shape in probes.shapes)
    assert text_fault("<b>")


def test_cards_are_drawn_for_each_brand():
    """Text in pixels cannot be stamped: `assets/social_card.py` draws the card, and pages name one constant path."""
    assert CARD in BRAND_FILES
    settings = (HERE.parents[1] / "mkdocs.yml").read_text(encoding="utf-8")
    assert not re.search(r"^ *- (material/)?social", settings, re.MULTILINE)


STRUCTURES = {
    "locale": {"locale": "de"},
    "an absent field": {"contact": {}},
    "an absent address": {"urls": {}},
    "no social link": {"portal": {}},
    "two social links": {"portal": {"social": [*SHARED["portal"]["social"], {"kind": "x", "url": "https://x.com/a"}]}},
    "another kind": {"portal": {"social": [{"kind": "github", "url": "https://github.com/a"}]}},
    "a navigation link": {"portal": {**SHARED["portal"], "navigation": [{"title": "A", "url": "guides/"}]}},
    "an announcement": {"portal": {**SHARED["portal"], "announcement": {"text": "A"}}},
}


@pytest.mark.parametrize("change", STRUCTURES)
def test_what_changes_structure_is_another_variant(change, make_brand, make_sources):
    """Absent fields, lengths of lists, icons and language: seen by no comparison of probes, so they are in the key."""
    sources = make_sources(PAGES)
    base, other = (
        variant_of(make_brand({"name": "A", **SHARED, **more}), sources=sources) for more in ({}, STRUCTURES[change])
    )
    assert base != other


REFUSED = {
    "an optional field": ("# x\n\nAsk {{ brand.urls.support }}", "unguarded-placeholder", 3, 5),
    "a comparison": ('# x\n\n{% if brand.name == "Acme" %}\n{% endif %}', "malformed-condition", 3, 18),
    "a length": ("# x\n\n{{ brand.name | length }}", "unknown-placeholder", 3, 1),
    "a loop": ("# x\n\n{% for x in brand.urls %}", "unknown-tag", 3, 1),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_page_that_depends_on_a_value_is_refused_at_its_place(case, make_sources):
    text, code, line, column = REFUSED[case]
    sources = make_sources({"docs_src/x.md": text})
    (found,) = check_sources(sources)
    assert found.is_error
    assert (code, "docs_src/x.md", line, column) == (
        found.code,
        str(found.place.path),
        found.place.line,
        found.place.column,
    )


@pytest.fixture
def foreign_plugins(tmp_path, monkeypatch):
    """The plugins of foreign_plugins.py, installed in a folder of their own."""
    folder = install(tmp_path / "installed")
    monkeypatch.setenv("PYTHONPATH", folder)
    monkeypatch.syspath_prepend(folder)  # where a process that is started with it looks for plugins, too
    installed.plugin_names.cache_clear()
    yield
    installed.plugin_names.cache_clear()


@pytest.mark.slow
@pytest.mark.usefixtures("foreign_plugins")
@pytest.mark.parametrize(
    ("plugin", "unstamped_pages"),
    [("derived", {"guides/hooks.html", *SEARCH}), ("minifier", None), ("reserialiser", set()), ("quoter", None)],
)
def test_a_plugin_of_others(plugin, unstamped_pages, small, specs, make_brand, tmp_path):
    """What it makes of a text is known, or the file is rendered for each brand: never a wrong byte.

    None: more pages than can be told; whatever has a value alone in an attribute.
    """
    configuration, *pages = small
    settings = configuration.content.replace(b"  - tags\n", f"  - tags\n  - {plugin}\n".encode())
    sources = (SourceFile(configuration.path, settings), *pages)
    assert () == check_configuration(sources[0])
    brand = make_brand({**specs["AWKWARD"], "name": "Acme", "tagline": 'The "best"', "description": "Short"})
    variant = variant_of(brand, sources=sources)
    template, _ = compile_site(variant, sources, scratch=tmp_path)
    template, errors = prove(template, variant, sources=sources, scratch=tmp_path)
    assert () == errors
    paths = [path for path, _ in template.plain]
    if unstamped_pages is None:
        assert {REASON} == {reason for _, reason in template.plain}
    else:
        assert unstamped_pages == {str(path) for path in paths}
    rest, _ = render_plain_files(variant, brand, paths=paths, sources=sources, scratch=tmp_path)
    ours = {str(file.path)[5:]: file.content for file in (*stamp(template, brand), *rest)}
    built = render_site(sources, SiteInputs(variant, slot_fields(brand)), scratch=tmp_path)
    assert {str(path): content for path, content in built.files.items()} == ours


def test_what_two_probes_show_of_a_derived_text():
    """The rule that catches `Derived`, without a render."""
    names = tuple(BY_NAME)
    one, other = (probe_fields(names, probes, locale="en")["name"] for probes in (FIRST, SECOND))
    path = PurePosixPath("x.html")
    template = compile_files(names, ({path: one[:1].encode()}, {path: other[:1].encode()}))
    assert [path] == [each for each, _ in template.plain]
