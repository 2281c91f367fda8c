"""Every page is described, has an outline that can be walked and links that lead somewhere; its German twin is alike.

A brand can hide any section, so a link into another one stands in a condition. mkdocs sees a broken link only in the
brands that are built; this sees it in all that could be.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

import pytest

from tests.docs.markdown_pages import DOCS, ROOT, Page, pages, parse_page
from themekit.diagnostics.text import render_text
from themekit.model import SourceFile
from themekit.site.checking import check_sources
from themekit.site.conditions import Claim, Condition
from themekit.site.front_matter import split_front_matter
from themekit.site.navigation import section_of
from themekit.site.pages import Choice, Node, Placeholder
from themekit.site.pages import parse_page as parse_nodes

LONGEST_DESCRIPTION = 220
"""Characters; search engines show about 160 of them."""

_LINK = re.compile(
    r"\]\((?P<inline>[^()\s]+)[^()]*\)|\bhref=\"(?P<raw>[^\"]+)\"|^\[[^\]^][^\]]*\]: +(?P<reference>\S+)"
)
_OWN_ID = re.compile(r"\{[^{}]*#([\w-]+)[^{}]*\}|\bid=\"([\w-]+)\"")
_INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")

Sections = frozenset[str]


@dataclass(frozen=True)
class Link:
    """A link, and the sections that are surely shown where it stands."""

    line: int
    target: str
    shown: Sections


@cache
def all_pages() -> dict[str, Page]:
    return {page.path: page for page in pages()}


def links_of(text: str) -> Iterator[Link]:
    """The links of a page's source, out of code."""
    front = split_front_matter(text)
    nodes, _ = parse_nodes(front.text, PurePosixPath("page.md"), first_line=front.text_line)
    fence = ""
    for number, (line, shown) in enumerate(lines_of(nodes, frozenset())):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            for match in _LINK.finditer(_INLINE_CODE.sub("`", line)):
                yield Link(number, next(group for group in match.groups() if group), shown)


def lines_of(nodes: tuple[Node, ...], shown: Sections) -> Iterator[tuple[str, Sections]]:
    """The lines of all branches, each with the sections that its conditions ensure."""
    line = ""
    for node in nodes:
        if isinstance(node, Choice):
            failed: Sections = frozenset()
            for condition, body in node.branches:
                ensured = ensured_sections(condition) if condition else frozenset()
                yield from lines_of(body, shown | failed | ensured)
                failed |= ensured_by_failing(condition) if condition else frozenset()
            continue
        line += "" if isinstance(node, Placeholder) else node
        while "\n" in line:
            first, _, line = line.partition("\n")
            yield first, shown


def ensured_sections(condition: Condition) -> Sections:
    """What is shown wherever the condition holds."""
    return frozenset.intersection(*(section_claims(claims, is_negated=False) for claims in condition.conjunctions))


def ensured_by_failing(condition: Condition) -> Sections:
    """What is shown wherever it does not: `not sections.x` alone was a way to hold."""
    alone = [claims for claims in condition.conjunctions if len(claims) == 1]
    return frozenset[str]().union(*(section_claims(claims, is_negated=True) for claims in alone))


def section_claims(claims: tuple[Claim, ...], *, is_negated: bool) -> Sections:
    return frozenset(claim.name for claim in claims if claim.kind == "section" and claim.is_negated is is_negated)


def link_faults(page: str, text: str, known: dict[str, Page]) -> Iterator[str]:
    for link in links_of(text):
        path, _, anchor = link.target.partition("#")
        if re.match(r"[a-z]+:|/|\{\{|$", path) and (path or not anchor):
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else base_of(page)
        if not target.endswith(".md"):
            if not (DOCS / target).is_file():
                yield f"{link.target}: there is no such file"
            continue
        if target not in known:
            yield f"{link.target}: there is no such page"
            continue
        if section_of(target) not in {"", section_of(page), *link.shown}:
            yield f"{link.target}: needs {{% if sections.{section_of(target)} %}}"
        if anchor and anchor not in anchors_of(localised(target, page, known)):
            yield f"{link.target}: there is no such anchor"


def base_of(page: str) -> str:
    return page.replace(".de.md", ".md")


def localised(target: str, page: str, known: dict[str, Page]) -> Page:
    """The version of the target that a reader of the page gets."""
    german = target.replace(".md", ".de.md")
    return known[german] if page.endswith(".de.md") and german in known else known[target]


def anchors_of(page: Page) -> set[str]:
    own = {name for line in page.prose for match in _OWN_ID.finditer(line) for name in match.groups() if name}
    return own | {heading.anchor for heading in page.headings}


def outline_faults(page: Page) -> Iterator[str]:
    """One h1, first; then no level is skipped on the way down."""
    levels = [heading.level for heading in page.headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"{levels.count(1)} first headings"
    for above, heading in zip(levels, page.headings[1:], strict=False):
        if heading.level > above + 1:
            yield f"line {heading.line}: level {heading.level} after {above}"


def description_fault(page: Page) -> str | None:
    description = page.meta.get("description")
    if not isinstance(description, str) or not description.strip():
        return "no description"
    return f"{len(description)} characters" if len(description) > LONGEST_DESCRIPTION else None


def twin_faults(page: Page, twin: Page) -> Iterator[str]:
    """What differs between a page and its German version, in what links and readers rely on."""
    own = [(heading.level, heading.anchor) for heading in page.headings]
    german = [(heading.level, heading.anchor) for heading in twin.headings]
    if own[1:] != german[1:]:
        yield f"headings: {sorted(set(own[1:]) ^ set(german[1:]))}"
    if [block.language for block in page.blocks] != [block.language for block in twin.blocks]:
        yield f"blocks of code: {len(page.blocks)} and {len(twin.blocks)}"
    if page.meta.keys() != twin.meta.keys():
        yield f"front matter: {page.meta.keys() ^ twin.meta.keys()}"


def table_faults(page: Page) -> list[str]:
    """Heads of tables with a column that has no name to be announced. The corner of a grid may be empty."""
    return [" | ".join(table[0]) for table in page.tables() if "" in table[0][1:]]


def twins() -> list[tuple[Page, Page]]:
    known = all_pages()
    return [(known[base_of(path)], page) for path, page in known.items() if path.endswith(".de.md")]


def test_sources_have_no_mistakes():
    sources = [
        SourceFile(PurePosixPath(path.relative_to(ROOT).as_posix()), path.read_bytes())
        for path in (ROOT / "mkdocs.yml", *sorted(DOCS.rglob("*.md")))
    ]
    assert "" == render_text(check_sources(sources))


def test_every_page_has_a_description():
    assert {} == {path: fault for path, page in all_pages().items() if (fault := description_fault(page))}


def test_outlines():
    assert {} == {path: found for path, page in all_pages().items() if (found := list(outline_faults(page)))}


def test_columns_have_names():
    assert {} == {path: found for path, page in all_pages().items() if (found := table_faults(page))}


def test_links():
    known = all_pages()
    found = {path: list(link_faults(path, (DOCS / path).read_text(encoding="utf-8"), known)) for path in known}
    assert {} == {path: faults for path, faults in found.items() if faults}


def test_every_translation_has_an_original():
    assert [] == [path for path in all_pages() if path.endswith(".de.md") and base_of(path) not in all_pages()]


def test_translations_are_alike():
    assert {} == {twin.path: found for page, twin in twins() if (found := list(twin_faults(page, twin)))}
    assert twins()


PAGE = "---\ndescription: About it\n---\n\n# One\n\n## Two\n\n```json\n{}\n```\n"
KNOWN = {"guides/one.md": parse_page(PAGE, "guides/one.md"), "payouts/two.md": parse_page(PAGE, "payouts/two.md")}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[x](two.md)", "there is no such page"),
        ("[x](#three)", "there is no such anchor"),
        ("[x](../payouts/two.md#two)", "needs {% if sections.payouts %}"),
        ("{% if not sections.payouts %}\n[x](../payouts/two.md)\n{% endif %}", "needs {% if sections.payouts %}"),
        ("{% if sections.payouts or sections.guides %}\n[x](../payouts/two.md)\n{% endif %}", "needs"),
        ("{% if sections.payouts %}\n[x](../payouts/two.md#no)\n{% endif %}", "there is no such anchor"),
        ("![x](no.png)", "there is no such file"),
        ('<a href="two.md">', "there is no such page"),
        ("[x]: two.md", "there is no such page"),
    ],
)
def test_a_wrong_link_is_found(text, fault):
    found = list(link_faults("guides/one.md", f"{PAGE}\n{text}\n", KNOWN))
    assert [one for one in found if fault in one], found


@pytest.mark.parametrize(
    "text",
    [
        "[x](one.md#two) [y](https://acme.example/) [z](mailto:a@acme.example)",
        "{% if sections.payouts and brand.urls.status %}\n[x](../payouts/two.md#two)\n{% endif %}",
        "{% if not sections.payouts %}\nx\n{% else %}\n[x](../payouts/two.md)\n{% endif %}",
        "`[x](no.md)`",
        "```md\n[x](no.md)\n```",
        "[x]({{ brand.urls.site }})",
    ],
)
def test_a_right_link_is_none(text):
    assert [] == list(link_faults("guides/one.md", f"{PAGE}\n{text}\n", KNOWN))


@pytest.mark.parametrize("text", ["# One\n\n### Three\n", "# One\n\n# Two\n", "## Two\n\n# One\n", "Text\n"])
def test_a_broken_outline_is_found(text):
    assert list(outline_faults(parse_page(text, "x.md")))


@pytest.mark.parametrize(
    "german",
    [
        PAGE.replace("## Two", "## Zwei"),
        PAGE.replace("## Two", "### Two"),
        PAGE.replace("```json\n{}\n```\n", ""),
        PAGE.replace("description:", "title: x\ndescription:"),
    ],
)
def test_a_twin_that_differs_is_found(german):
    assert list(twin_faults(KNOWN["guides/one.md"], parse_page(german, "guides/one.de.md")))


def test_a_column_without_a_name_is_found():
    assert table_faults(parse_page("| code | | what |\n|---|---|---|\n| a | b | c |\n", "x.md"))


def test_a_missing_description_is_found():
    assert description_fault(parse_page("# One\n", "x.md"))
