"""Brand values in Markdown are text: they come out as they went in, escaped, and change nothing else."""

import html
import json
from pathlib import Path

import markdown
import pytest
from markdown.extensions.toc import slugify
from markupsafe import escape

from themekit.site.markdown import PageError

GOLDEN = Path(__file__).parents[2] / "tests" / "golden" / "site"
EXTENSIONS = [
    "themekit",
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "smarty",
    "tables",
    "toc",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
]
NASTY = [
    "*a* _b_ `c` **d**",
    "A & B &amp; &copy; &#65;",
    "\"quoted\" and 'single'",
    "[x](https://y.example) ![z](q)",
    "{{ brand.tagline }} {% if x %} {% raw %}",
    "# heading | pipe --- ... (c) :smile: ++ctrl++ ==mark==",
    "https://x.example/?a=1&b=2 me@x.example",
    "two  spaces and a\xa0no-break space",
    "back\\slash \\* $1 \\1 \\g<0>",
    "HTML Zxqnameqx zxq",
    "\u0002wzxhzdk:0\u0003",
]


def converter(values, *, extensions=EXTENSIONS, **options):
    configs = {"themekit": {"brand": values, **options}, "pymdownx.tabbed": {"alternate_style": True}}
    return markdown.Markdown(extensions=extensions, extension_configs=configs)


@pytest.mark.parametrize("case", sorted(folder.name for folder in GOLDEN.iterdir()))
def test_golden(case, golden):
    options = json.loads((GOLDEN / case / "options.json").read_text(encoding="utf-8"))
    page = (GOLDEN / case / "page.md").read_text(encoding="utf-8")
    golden(GOLDEN / case / "page.html", converter(options.pop("brand"), **options).convert(page) + "\n")


PLACES = """\
# T {{ brand.name }}

{{ brand.name }} *{{ brand.name }}* [{{ brand.name }}](x "{{ brand.name }}") ![{{ brand.name }}](y)

| {{ brand.name }} |
| --- |
| `{{ brand.name }}` |

> {{ brand.name }}

Term {{ brand.name }}
:   {{ brand.name }}

!!! note "{{ brand.name }}"

    {{ brand.name }}

=== "{{ brand.name }}"

    ```python title="{{ brand.name }}"
    x = "{{ brand.name }}"  # {{ brand.name }}
    {{ brand.name }}()
    ```

<div title="{{ brand.name }}" markdown>{{ brand.name }}</div>

<!-- {{ brand.name }} -->

HTML[^1]

[^1]: {{ brand.name }}

*[HTML]: {{ brand.name }}
"""


@pytest.mark.parametrize("value", NASTY)
def test_a_value_is_inert(value):
    """The page with the value is the page with a plain word, the word replaced by the escaped value."""
    expected = converter({"name": "PLAINWORD"}).convert(PLACES)
    assert 20 < expected.count("PLAINWORD")
    assert expected.replace("PLAINWORD", str(escape(value))) == converter({"name": value}).convert(PLACES)


@pytest.mark.parametrize("value", NASTY)
def test_headings_have_the_value_and_ids_the_name(value):
    md = converter({"legalName": value})
    md.convert("## About {{ brand.legalName }}\n\n## About brand legal name\n\n[TOC]\n")
    assert ["about-brand-legal-name", "about-brand-legal-name_1"] == [token["id"] for token in md.toc_tokens]
    assert f"About {value}" == html.unescape(md.toc_tokens[0]["name"])
    assert str(escape(value)) in md.toc


def test_toc_may_come_first():
    """Whether toc is registered before or after the extension, ids are made from names."""
    for extensions in (["toc", "themekit"], ["themekit", "toc"]):
        page = converter({"name": "Ö"}, extensions=extensions).convert("# {{ brand.name }}")
        assert '<h1 id="brand-name">Ö</h1>' == page


def test_an_instance_serves_many_pages():
    """`reset` forgets the page: a second page's headings are again made while words are words."""
    md = converter({"name": "A & B"})
    first = md.convert("# {{ brand.name }}")
    md.reset()
    assert first == md.convert("# {{ brand.name }}")


def test_ids_of_other_slugs_have_the_name_too():
    options = {"pymdownx.tabbed": {"alternate_style": True, "slugify": slugify}}
    configs = {"themekit": {"brand": {"name": "Ö!"}}, **options}
    page = markdown.markdown(
        '=== "{{ brand.name }}"\n\n    x\n', extensions=["themekit", "pymdownx.tabbed"], extension_configs=configs
    )
    assert 'id="brand-name"' in page
    assert ">Ö!</label>" in page


def test_an_address_in_brackets_is_a_link():
    values = {"urls.site": "https://x.example/?a=1&b", "contact.email": "o'n@x.example"}
    page = converter(values).convert(
        "<{{ brand.urls.site }}>\n\n{% if brand.contact.email %}\n<{{ brand.contact.email }}>\n{% endif %}"
    )
    assert '<a href="https://x.example/?a=1&amp;b">https://x.example/?a=1&amp;b</a>' in page
    assert '<a href="mailto:o&#39;n@x.example">o&#39;n@x.example</a>' in page


def test_a_field_without_value_is_nothing():
    assert "<p>[]</p>" == converter({"name": None}).convert("\\[{{ brand.name }}\\]")


def test_a_mistake_stops_the_page():
    """Without mkdocs there is nobody to show a diagnostic to."""
    with pytest.raises(PageError, match="line 3: no brand field is named `nam`") as caught:
        converter({}).convert("a\n\n{{ brand.nam }}")
    assert ["unknown-placeholder"] == [each.code for each in caught.value.diagnostics]
