"""What makes mkdocs refuse a page's head or mkdocs.yml, seen without it."""

import subprocess
import sys
from pathlib import PurePosixPath

import pytest
from mkdocs.config.defaults import MkDocsConfig

from themekit.model import SourceFile
from themekit.site.configuration import SETTINGS, check_configuration
from themekit.site.installed import OWN_TEMPLATES, has_extension, has_plugin, page_templates
from themekit.site.messages import diagnostics_of
from themekit.site.page_mistakes import check_page
from themekit.site.pages import PageRules
from themekit.site.partner_files import check_partner_file
from themekit.site.plugin import DATA

HEAD = """\
site_name: Portal
theme: {name: material}
docs_dir: docs_src
"""
LISTS = """\
plugins: [themekit]
markdown_extensions: [themekit]
"""


def page(head, path="docs_src/x.md"):
    source = SourceFile(PurePosixPath(path), f"---\n{head}\n---\n# x\n".encode())
    return check_page(source, PageRules())


def configuration(text):
    return check_configuration(SourceFile(PurePosixPath("mkdocs.yml"), text.encode()))


@pytest.mark.parametrize(
    ("head", "column", "length", "message", "hint"),
    [
        ("hide: 3", 7, 1, "`hide` is a list", "write `hide: [navigation, toc]`, or one of the two"),
        ("hide: {a: b}", 7, 6, "`hide` is a list", "write `hide: [navigation, toc]`, or one of the two"),
        ("tags: 5", 7, 1, "`tags` is a list", "write `tags: [Payments, Refunds]`"),
        ("tags: [a, null]", 11, 4, "`tags` is a list of texts", "write `tags: [Payments, Refunds]`"),
        ("tags: [a, [b]]", 11, 3, "`tags` is a list of texts", "write `tags: [Payments, Refunds]`"),
        ("title: 404", 8, 3, "`title` is text", 'put it in quotes: "404"'),
        ("title: [x]", 8, 3, "`title` is text", None),
        ("description: yes", 14, 3, "`description` is text", 'put it in quotes: "yes"'),
        ("template: 3", 11, 1, "`template` is text", 'put it in quotes: "3"'),
        ("template: mian.html", 11, 9, "there is no template `mian.html`", "did you mean `main.html`?"),
    ],
)
def test_a_value_of_the_wrong_type_in_a_head(head, column, length, message, hint):
    (found,) = page(head)
    assert ("invalid-front-matter", 2, column, length) == (
        found.code,
        found.place.line,
        found.place.column,
        found.place.length,
    )
    assert (message, hint, head) == (found.message, found.hint, found.place.excerpt)


def test_a_value_over_several_lines_is_marked_where_it_begins():
    (found,) = page("description:\n  - a\n  - b")
    assert (3, 3, 1) == (found.place.line, found.place.column, found.place.length)


def test_an_unknown_template_lists_those_there_are():
    (found,) = page("template: nope.html")
    assert found.hint.startswith("templates: `404.html`, ")
    assert "/" not in found.hint


@pytest.mark.parametrize(
    "head",
    [
        "hide: [toc]",
        "hide:",
        "tags:\n  - a\n  - 3",
        "title: '404'",
        "template: main.html",
        "title:",
        "other: 3",
        "1: 2",
    ],
)
def test_what_mkdocs_takes_is_no_mistake(head):
    assert () == page(head)


def test_a_partners_page_is_checked_alike():
    source = SourceFile(PurePosixPath("brands/acme/docs/guides/x.md"), b"---\ntags: 5\n---\n# x\n")
    (found,) = check_partner_file(source, ("guides",))
    assert ("invalid-front-matter", 2, 7) == (found.code, found.place.line, found.place.column)


def test_the_template_of_a_partners_page_is_not_looked_for():
    """It is left out. A value of the wrong type is a mistake all the same."""
    path = PurePosixPath("brands/acme/docs/guides/x.md")
    for value, told in ((b"../x", 0), (b"3", 1)):
        source = SourceFile(path, b"---\ntemplate: " + value + b"\n---\n# x\n")
        assert told == len(check_partner_file(source, ("guides",)))


@pytest.mark.parametrize(
    ("navigation", "places"),
    [
        ("nav: [{A: 3}]", [(6, 11)]),
        ("nav: [3]", [(6, 7)]),
        ("nav: [[a.md]]", [(6, 7)]),
        ("nav: [{A: a.md, B: b.md}]", [(6, 7)]),
        ("nav: [{3: a.md}]", [(6, 8)]),
        ("nav: [{A: {B: b.md}}]", [(6, 11)]),
        ("nav: [{A: [a.md, {B: [null, b.md, 7]}]}]", [(6, 23), (6, 35)]),
        ("nav: &a [a.md, {A: *a}]", []),
        ("nav: [a.md, {A: a.md}, {A: https://x.example}, {A: [{B: b.md}]}]", []),
        ("nav: {A: a.md}", [(6, 6)]),
    ],
)
def test_items_of_the_navigation(navigation, places):
    found = configuration(HEAD + LISTS + navigation + "\n")
    assert {"invalid-configuration"} >= {each.code for each in found}
    assert places == [(each.place.line, each.place.column) for each in found]


@pytest.mark.parametrize(
    ("lists", "message", "hint"),
    [
        ("plugins: [themekit, serch]", "no plugin named `serch` is installed", "did you mean `search`?"),
        ("plugins: [themekit, {nope: {}}]", "no plugin named `nope` is installed", "install the package that has it"),
        (
            "markdown_extensions: [themekit, nope_ext]",
            "no Markdown extension named `nope_ext` is installed",
            "install the package that has it",
        ),
        (
            "markdown_extensions: {themekit: {}, pymdownx.detals: {}}",
            "no Markdown extension named `pymdownx.detals` is installed",
            "did you mean `pymdownx.details`?",
        ),
        (
            "markdown_extensions: [themekit, nope.sub]",
            "no Markdown extension named `nope.sub` is installed",
            "install the package that has it",
        ),
    ],
)
def test_a_plugin_or_extension_that_is_not_installed(lists, message, hint):
    name = lists.partition(":")[0]
    rest = "".join(line + "\n" for line in LISTS.splitlines() if not line.startswith(name))
    (found,) = configuration(f"{HEAD}{rest}{lists}\n")
    assert ("invalid-configuration", 5, message, hint) == (found.code, found.place.line, found.message, found.hint)


def test_what_is_of_the_wrong_kind_is_not_looked_up():
    (found,) = configuration(f"{HEAD}plugins: nope\nmarkdown_extensions: [themekit]\n")
    assert "`plugins` is a list or a mapping" == found.message


@pytest.mark.parametrize("name", ["search", "material/tags", "/search", "themekit"])
def test_plugins_that_there_are(name):
    assert has_plugin(name)


@pytest.mark.parametrize(
    "name", ["toc", "pymdownx.details", "themekit.site.markdown:ThemekitExtension", "markdown.extensions.toc", "json"]
)
def test_extensions_that_there_are(name):
    assert has_extension(name)


@pytest.mark.parametrize("name", ["", ".", "a b", "json.nope", "json.decoder.nope", "pymdownx.", "../x", "nope"])
def test_extensions_that_there_are_not(name):
    assert not has_extension(name)


def test_looking_up_imports_nothing():
    program = (
        "import sys; from themekit.site.installed import has_extension, has_plugin;"
        "assert has_extension('pymdownx.details') and has_plugin('tags');"
        "print(sorted({'pymdownx', 'material', 'mkdocs', 'markdown'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]" == done.stdout.strip()


def test_our_own_templates_are_known():
    assert OWN_TEMPLATES == {path.name for path in (DATA / "overrides").glob("*.html")}
    assert {"main.html", "redirect.html"} < page_templates()


def test_a_setting_that_mkdocs_does_not_know_is_warned_of_at_its_place():
    found = configuration(f"{HEAD}{LISTS}bogus_key: 1\nnavv: []\n3: x\n")
    assert [
        ("unknown-setting", 6, "mkdocs has no setting `bogus_key`", None),
        ("unknown-setting", 7, "mkdocs has no setting `navv`", "did you mean `nav`?"),
        ("unknown-setting", 8, "mkdocs has no setting `3`", None),
    ] == [(each.code, each.place.line, each.message, each.hint) for each in found]
    said = "Config value 'bogus_key': Unrecognised configuration name: bogus_key"
    assert () == diagnostics_of([said], sources=()), "mkdocs says it too, without the line"


def test_the_settings_are_those_of_mkdocs():
    assert sorted(SETTINGS) == sorted(name for name, _ in MkDocsConfig._schema)


def test_a_key_of_the_theme_that_is_no_text_is_passed_over():
    assert () == configuration(HEAD.replace("material}", "material, ? [a] : b}") + LISTS)
