"""Stamping a template is rendering: for sites of any literals, any fields in any escaping, and any brand's texts."""

import gzip
from pathlib import PurePosixPath

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markupsafe import escape

from themekit.site.compiling import compile_files
from themekit.site.escaping import ESCAPINGS, STEPS, apply_escaping
from themekit.site.fields import BY_NAME, kind_of
from themekit.site.probe import FIRST, SECOND, probe_fields
from themekit.site.stamp import stamp_fields

NAMES = tuple(name for name in BY_NAME if kind_of(name) != "locale")
SIMPLE = (
    "raw",
    "html",
    "text",
    "attribute",
    "json",
    "unicode-json",
    "script-json",
    "text+json",
    "html+json",
    "html+html",
    "markdown",
    "markdown-line",
    "markdown-tag",
    "markdown-code",
)
LITERALS = st.text(st.characters(codec="utf-8", exclude_categories=["Co"]), max_size=30)
VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co"], exclude_characters="<>"), max_size=20)
SITES = st.dictionaries(
    st.sampled_from(["a.html", "b/c.html", "search/index.json", "sitemap.xml.gz", "llms.txt"]),
    st.lists(LITERALS | st.tuples(st.sampled_from(NAMES), st.sampled_from(SIMPLE)), max_size=12),
    min_size=1,
)


def rendered(site, fields):
    """The files of a made-up site: literals, and values as their escapings write them."""
    files = {}
    for path, parts in site.items():
        text = "".join(part if isinstance(part, str) else apply_escaping(part[1], fields[part[0]]) for part in parts)
        content = text.encode()
        files[PurePosixPath(path)] = gzip.compress(content, mtime=0) if path.endswith(".gz") else content
    return files


def unzipped(path, content):
    return gzip.decompress(content) if path.suffix == ".gz" else content


@given(SITES, st.fixed_dictionaries(dict.fromkeys(NAMES, VALUES)))
def test_stamped_is_rendered(site, brand):
    first, second = (rendered(site, probe_fields(NAMES, probes, locale="en")) for probes in (FIRST, SECOND))
    template = compile_files(NAMES, (first, second))
    assert () == template.plain
    stamped = {artifact.path.relative_to("site"): artifact.content for artifact in stamp_fields(template, brand)}
    expected = rendered(site, brand)
    assert {path: unzipped(path, content) for path, content in expected.items()} == {
        path: unzipped(path, content) for path, content in stamped.items()
    }


@given(st.sampled_from(ESCAPINGS), st.sampled_from(NAMES), VALUES)
def test_probes_tell_escapings_apart(escaping, name, value):
    """Two escapings that write both probes of a field alike write every value alike, as far as this one can tell.

    The exceptions change only what no value of a kind holds (spaces in addresses), or take an address apart.
    """
    first, second = (probe_fields(NAMES, probes, locale="en")[name] for probes in (FIRST, SECOND))
    if kind_of(name) != "text" or set(escaping.split("+")) & {"path", "host", "slug", "lower", "quoted"}:
        return
    look = apply_escaping(escaping, first), apply_escaping(escaping, second)
    for other in STEPS:
        if (apply_escaping(other, first), apply_escaping(other, second)) == look:
            assert apply_escaping(other, value) == apply_escaping(escaping, value)


@settings(max_examples=60)
@given(VALUES)
def test_a_value_never_changes_a_page(value):
    """In Markdown a value is text: the page is that of any other value, with the escaped text in its places."""
    page = "# A @\n\n*@* `@` [x](y '@')\n\n- @\n".replace("@", "{{ brand.name }}")
    word, other = (
        Markdown(
            extensions=["themekit", "toc", "attr_list", "smarty", "abbr"],
            extension_configs={"themekit": {"brand": {"name": name}}},
        ).convert(page)
        for name in ("WORD", value)
    )
    assert word.replace("WORD", str(escape(value))) == other
