"""What is refused before anything is rendered, at its place; hostile Markdown, templates and YAML among it."""

from pathlib import PurePosixPath

import pytest

from themekit.model import SourceFile
from themekit.site.checking import check_sources
from themekit.site.configuration import check_configuration
from themekit.site.front_matter import split_front_matter
from themekit.site.page_mistakes import check_page
from themekit.site.pages import PageRules
from themekit.site.partner_files import check_overlay, check_partner_file

OWN = "brands/acme/docs/guides/x.md"


WORKING = """\
site_name: Portal
theme: {name: material}
docs_dir: docs_src
plugins: [themekit]
markdown_extensions: [themekit]
extra_css: []
"""


def codes(diagnostics):
    return [(each.place.line, each.place.column, each.code) for each in diagnostics]


def page(text, path="docs_src/guides/x.md"):
    return codes(check_page(SourceFile(PurePosixPath(path), text.encode()), PageRules()))


def partner(text, path=OWN):
    return codes(check_partner_file(SourceFile(PurePosixPath(path), text.encode()), ("guides",)))


def configuration(text):
    """The errors: settings here have short names, of which mkdocs knows none. See test_types_of_settings.py."""
    found = check_configuration(SourceFile(PurePosixPath("mkdocs.yml"), text.encode()))
    return codes(each for each in found if each.code != "unknown-setting")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: x\n---\n{{ brand.x }}\n", [(4, 1, "unknown-placeholder")]),
        ("---\ntitle: '{{ brand.x }}'\n---\n", [(2, 9, "unknown-placeholder")]),
        ("---\ntitle: [a\n---\n", [(3, 1, "invalid-front-matter")]),
        ("---\n- a\n---\n", [(2, 1, "invalid-front-matter")]),
        ("---\na: &x 1\nb: *x\n---\n", [(2, 4, "invalid-front-matter"), (3, 4, "invalid-front-matter")]),
        ("---\na: !!set {}\n---\n", [(2, 4, "invalid-front-matter")]),
        ("---\ndate: 2026-99-99\n---\n", [(2, 1, "invalid-front-matter")]),
        (f"---\na: {'x' * 20_001}\n---\n", [(1, 1, "invalid-front-matter")]),
        ("\ufeff---\r\ntitle: x\r\n---\r\n{{ brand.x }}", [(4, 1, "unknown-placeholder")]),
        ("---\n---\n\n# Fine\n", []),
        ("# Fine\n", []),
    ],
)
def test_a_page_is_checked(text, expected):
    assert expected == page(text)


def test_a_page_is_utf8():
    source = SourceFile(PurePosixPath("docs_src/x.md"), b"a\n\xff")
    assert [(2, 1, "unreadable-page")] == codes(check_page(source, PageRules()))


def test_front_matter_ends_where_mkdocs_ends_it():
    front = split_front_matter("---\ntitle: x\n...\ntext\n---\n")
    assert ("title: x\n", "text\n---\n", 4) == (front.head, front.text, front.text_line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x](javascript:alert)", [(1, 5, "unsafe-link")]),
        ("[x](java&#x73;cript:alert)", [(1, 5, "unsafe-link")]),
        ("[x](JaVa\u200bScript:alert)", [(1, 5, "unsafe-link")]),
        ("a\n![x](data:text/html;base64,xx)", [(2, 6, "unsafe-link")]),
        ("<javascript:alert>", [(1, 2, "unsafe-link")]),
        ('<a href="vbscript:x">', [(1, 10, "unsafe-link")]),
        ("[x][y]\n\n[y]: javascript:alert", [(3, 6, "unsafe-link")]),
        ("[x](https://y.example/a:b) [z](../a.md#b:c) [m](mailto:a@b) [t](tel:+49) [p](a?b=c:d)", []),
        ('--8<-- "/etc/passwd"', [(1, 1, "partner-snippet")]),
        ("  -8<- x", [(1, 1, "partner-snippet")]),
        ("{% if sections.guides %}", [(1, 1, "partner-condition")]),
        ("x" * 100_001, [(1, 1, "page-limit")]),
        ("[x](//evil.test)", [(1, 5, "unsafe-link")]),
        ("![x](https://evil.test/t.gif)", [(1, 6, "unsafe-link")]),
        ('<img src="https://evil.test/t.gif">', [(1, 11, "unsafe-link")]),
        ("[x](../../../../../etc/passwd)", [(1, 5, "unsafe-link")]),
        ("[x](a/%2e%2e/..%2f..\\..\\x)", [(1, 5, "unsafe-link")]),
        ("[x](../index.md?a=b#c) ![x](../x.png)", []),
        ('```html\n<script src="https://x.example"></script>\n```\n`[a](javascript:b)`', []),
        ("> --8<-- x", [(1, 1, "partner-snippet")]),
        ("a\rb", [(1, 2, "unreadable-page")]),
        ("---\ntitle: a\rtags: b\n---\n", [(2, 9, "unreadable-page")]),
        ("a\n\x02wzx\x03", [(2, 1, "unreadable-page")]),
        ("a\u2028b", [(1, 2, "unreadable-page")]),
        ("```mermaid\nA --> B\n```", []),
        ("```python\nurl(x)\n```", []),
        ("```mermaid\n%%{init: {}}%%\nA --> B\n  click A\n```", [(2, 1, "partner-diagram"), (4, 1, "partner-diagram")]),
        ("~~~ mermaid\nA@{ img: x }", [(2, 5, "partner-diagram")]),
        ("---\ntitle: !!python/object/apply:os.getcwd []\n---\n", [(2, 8, "invalid-front-matter")]),
        ("# {{ brand.name }}\n\n- fine\n", []),
    ],
)
def test_a_partners_page_is_checked(text, expected):
    assert expected == partner(text)


@pytest.mark.parametrize(
    ("path", "is_refused"),
    [
        ("brands/acme/docs/guides/x.png", False),
        ("brands/acme/docs/guides/x.JPEG", False),
        ("brands/acme/docs/guides/x.svg", True),
        ("brands/acme/docs/guides/x.html", True),
        ("brands/acme/docs/guides/x.js", True),
        ("brands/acme/docs/assets/brand/icon.png", True),
        ("brands/acme/docs/Assets/brand/icon.png", True),
    ],
)
def test_a_partner_brings_pages_and_pictures(path, is_refused):
    content = b"\xff\xd8\xff" if path.endswith("G") else b"\x89PNG\r\n\x1a\n"
    found = codes(check_partner_file(SourceFile(PurePosixPath(path), content), ()))
    assert ([(1, 1, "partner-file")] if is_refused else []) == found


@pytest.mark.parametrize("name", ["x.png", "x.webp", "x.gif", "x.avif", "x.jpg"])
def test_a_picture_is_what_its_name_says(name):
    assert [(1, 1, "partner-file")] == partner("<script>alert(1)</script>", f"brands/acme/docs/{name}")


def test_two_files_that_some_systems_take_for_one():
    paths = ["guides/A.md", "guides/Index.md", "guides/index.md", "guides/a.md"]
    files = [SourceFile(PurePosixPath("brands/acme/docs", path), b"") for path in paths]
    found = check_overlay(files, (), beside=[PurePosixPath("docs_src/guides/index.md")])
    assert ["brands/acme/docs/guides/Index.md", "brands/acme/docs/guides/a.md"] == [
        str(each.place.path) for each in found
    ]


def test_a_brand_with_endless_files():
    files = [SourceFile(PurePosixPath(f"brands/acme/docs/{number}.md"), b"{% if x %}") for number in range(501)]
    assert [(1, 1, "partner-file")] == codes(check_overlay(files, ()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !!python/name:material.extensions.emoji.twemoji\n", []),
        ("a: !!python/name:os.system\n", [(1, 4, "unsafe-configuration")]),
        ('a: !!python/object/apply:os.system ["x"]\n', [(1, 4, "unsafe-configuration")]),
        ("a: !ENV [SECRET, x]\n", [(1, 4, "unsafe-configuration")]),
        ("a: !!python/object:material.x y\n", [(1, 4, "unsafe-configuration")]),
        ("a: !python/name:material.x\n", [(1, 4, "unsafe-configuration")]),
        ("INHERIT: /etc/passwd\n", [(1, 1, "unsafe-configuration")]),
        ("a:\n  INHERIT: x\nb: INHERIT\n", []),
    ],
)
def test_the_configuration_is_checked(text, expected):
    assert expected == configuration(text + WORKING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, 1)]),
        ("- a\n- b\n", [(1, 1)]),
        ("just text\n", [(1, 1)]),
        ("a: [\n", [(2, 1)]),
        ("a: \x00\n", [(1, 4)]),
        (f"a: {'[' * 100_000}", [(1, 1)]),
        (f"{'- ' * 100_000}a", [(1, 1)]),
        (f"{WORKING}site_name: b\n", [(7, 1)]),
        (f"{WORKING}nav: a\nextra: []\n", [(8, 8), (7, 6)]),
        (f"{WORKING}? [a]\n: b\n", [(7, 3)]),
        (f"{WORKING}hooks: [a.py]\n", [(7, 8)]),
        (WORKING.replace("material}", "material, custom_dir: x}"), [(2, 37)]),
        (WORKING.replace("{name: material}", "readthedocs"), [(2, 8)]),
        (WORKING.replace("docs_src", "docs"), [(3, 11)]),
        (WORKING.replace("site_name", "site_nam"), [(1, 1)]),
        (
            WORKING.replace("s: [themekit]\nm", "s: [search]\nm").replace("s: [themekit]", "s: [toc]"),
            [(4, 10), (5, 22)],
        ),
        ("site_name: x\n", [(1, 1), (1, 1), (1, 12), (1, 12)]),
    ],
)
def test_a_configuration_that_renders_nothing(text, expected):
    assert [(*place, "invalid-configuration") for place in expected] == configuration(text)


def test_settings_may_be_mappings_and_aliases_are_few():
    """`plugins: {themekit: {brand: x}}` is mkdocs' other spelling."""
    assert [] == configuration(WORKING.replace("[themekit]", "{themekit: {}}"))
    many = "".join(f"x{number}: *a\n" for number in range(101))
    text = WORKING.replace("site_name: ", "site_name: &a ") + many
    assert [(107, 7, "unsafe-configuration")] == configuration(text)


def test_a_configuration_has_a_size():
    longest = WORKING + "#" * (1_000_000 - len(WORKING))
    assert [] == configuration(longest)
    assert [(1, 1, "invalid-configuration")] == configuration(longest + "#")


def test_a_configuration_is_utf8():
    source = SourceFile(PurePosixPath("mkdocs.yml"), b"\xff")
    assert [(1, 1, "invalid-configuration")] == codes(check_configuration(source))


def test_the_projects_own_configuration_is_safe(small):
    assert () == check_sources(small)


def test_every_source_is_checked(make_sources):
    sources = make_sources({"docs_src/a.md": "{{ brand.x }}", "docs_src/changes/a.md": "{{ brand.x }}"})
    overlay = [SourceFile(PurePosixPath(OWN), b"{% if x %}")]
    found = check_sources(sources, overlay=overlay)
    assert ["docs_src/a.md", OWN] == [str(each.place.path) for each in found]


def test_hostile_partner_pages(hostile):
    """Each is refused here, or sanitised (test_sanitise), or no front matter to mkdocs either (12)."""
    refused = {"MARKDOWN-03", "MARKDOWN-06", "MARKDOWN-07", "MARKDOWN-09"}
    cases = {id_: case for id_, case in hostile("markdown").items() if case["payload_kind"] == "text"}
    assert refused == {id_ for id_, case in cases.items() if partner(case["payload"])}


def test_hostile_yaml(hostile):
    """Tags and other files are refused in mkdocs.yml; a front matter that mkdocs reads is plain values at most."""
    cases = hostile("yaml")
    assert {"YAML-01", "YAML-03", "YAML-04"} == {
        id_
        for id_, case in cases.items()
        if case["payload_kind"] == "text"
        and "unsafe-configuration" in {code for _, _, code in configuration(case["payload"])}
    }
    laughs = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(9)
    )
    assert "invalid-front-matter" in {code for _, _, code in partner(f"---\n{laughs}---\n")}


def test_hostile_templates_stay_literal(hostile):
    """Markdown is no template: braces that name no brand field stay as they are."""
    assert [] == page(hostile("template")["TEMPLATE-09"]["payload"])
