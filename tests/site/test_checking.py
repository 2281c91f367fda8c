"""What is refused before anything is rendered, at its place; hostile Markdown, templates and YAML among it."""

from pathlib import PurePosixPath

import pytest

from themekit.model import SourceFile
from themekit.site.checking import check_configuration, check_page, check_partner_file, check_sources
from themekit.site.front_matter import split_front_matter
from themekit.site.pages import PageRules

OWN = "brands/acme/docs/guides/x.md"


def codes(diagnostics):
    return [(each.place.line, each.place.column, each.code) for each in diagnostics]


def page(text, path="docs_src/guides/x.md"):
    return codes(check_page(SourceFile(PurePosixPath(path), text.encode()), PageRules()))


def partner(text, path=OWN):
    return codes(check_partner_file(SourceFile(PurePosixPath(path), text.encode()), ("guides",)))


def configuration(text):
    return codes(check_configuration(SourceFile(PurePosixPath("mkdocs.yml"), text.encode())))


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
        ("x" * 200_001, [(1, 1, "partner-file")]),
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
    ],
)
def test_a_partner_brings_pages_and_pictures(path, is_refused):
    assert ([(1, 1, "partner-file")] if is_refused else []) == partner("", path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: !!python/name:material.extensions.emoji.twemoji\n", []),
        ("a: !!python/name:os.system\n", [(1, 4, "unsafe-configuration")]),
        ('a: !!python/object/apply:os.system ["x"]', [(1, 4, "unsafe-configuration")]),
        ("a: !ENV [SECRET, x]", [(1, 4, "unsafe-configuration")]),
        ("INHERIT: /etc/passwd", [(1, 1, "unsafe-configuration")]),
        ("a: [", [(1, 5, "unsafe-configuration")]),
    ],
)
def test_the_configuration_is_checked(text, expected):
    assert expected == configuration(text)


def test_the_projects_own_configuration_is_safe(small):
    assert () == check_sources(small)


def test_every_source_is_checked(make_sources):
    sources = make_sources({"docs_src/a.md": "{{ brand.x }}", "docs_src/changes/a.md": "{{ brand.x }}"})
    overlay = [SourceFile(PurePosixPath(OWN), b"{% if x %}")]
    found = check_sources(sources, overlay=overlay)
    assert ["docs_src/a.md", OWN] == [str(each.place.path) for each in found]


def test_hostile_partner_pages(hostile):
    """Each is refused here, or sanitised (test_sanitise), or no front matter to mkdocs either (12)."""
    refused = {"MARKDOWN-03", "MARKDOWN-06", "MARKDOWN-09"}
    cases = {id_: case for id_, case in hostile("markdown").items() if case["payload_kind"] == "text"}
    assert refused == {id_ for id_, case in cases.items() if partner(case["payload"])}


def test_hostile_yaml(hostile):
    """Tags and other files are refused in mkdocs.yml; a front matter that mkdocs reads is plain values at most."""
    cases = hostile("yaml")
    assert {"YAML-01", "YAML-03", "YAML-04"} == {
        id_ for id_, case in cases.items() if case["payload_kind"] == "text" and configuration(case["payload"])
    }
    laughs = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(9)
    )
    assert "invalid-front-matter" in {code for _, _, code in partner(f"---\n{laughs}---\n")}


def test_hostile_templates_stay_literal(hostile):
    """Markdown is no template: braces that name no brand field stay as they are."""
    assert [] == page(hostile("template")["TEMPLATE-09"]["payload"])
