"""Each page of the handbook on diagnostics is run: its examples give exactly the errors it says.

What cannot be made from the text of a page (a damaged zip, a process that was killed) is shown only; then the message
must be one that the code can print.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.docs.markdown_pages import DOCS, ROOT, Page, code_words, read_page
from tests.literate.pages import Part, parts_of, positions, with_shown
from themekit.diagnostics import Code
from themekit.diagnostics.codes import PAGES, defined_codes

FOLDER = DOCS / PAGES
PACKAGE = ROOT / "themekit"
FOREIGN = {"render-warning"}
"""Codes whose messages are another program's."""
LITERAL_LETTERS = 8
"""A message's own words; a pattern with fewer would fit anything."""

_HEADLINE = re.compile(r"(?:\S+: )?(error|warning)\[([a-z-]+)\]: (.+)")

ALL = sorted(path for path in FOLDER.glob("*.md") if path.stem != "index")


@cache
def codes() -> dict[str, Code]:
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    return {defined.code.name: defined.code for defined in defined_codes(texts)}


@cache
def parts(path: Path) -> list[Part]:
    return parts_of(path.read_text(encoding="utf-8"))


RUN = [path for path in ALL if parts(path)]
SHOWN = [path for path in ALL if not parts(path)]


def by_name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", RUN, ids=by_name)
def test_examples_give_the_errors_the_page_says(path):
    for part in parts(path):
        assert part.expected == positions(part.diagnostics()), part.heading


@pytest.mark.parametrize("path", RUN, ids=by_name)
def test_the_message_shown_is_the_message_printed(path, update_golden):
    text = path.read_text(encoding="utf-8")
    fresh = with_shown(text)
    if update_golden:
        path.write_text(fresh, encoding="utf-8")
    else:
        assert text == fresh


@pytest.mark.parametrize("path", RUN, ids=by_name)
def test_a_page_shows_its_code_and_then_a_project_without_it(path):
    """Who reads about a mistake wants to see it made, and then made good."""
    assert path.stem in {code for *_, code in parts(path)[0].expected}
    assert parts(path)[0].shown
    assert frozenset() == parts(path)[-1].expected
    assert len(parts(path)) > 1


@pytest.mark.parametrize("path", SHOWN, ids=by_name)
def test_a_message_that_is_only_shown_is_one_that_can_be_printed(path):
    (block,) = [block for block in read_page(path).blocks if block.language == "text"]
    found = [match.groups() for match in map(_HEADLINE.match, block.text.splitlines()) if match]
    assert {(codes()[path.stem].severity.value, path.stem)} == {(severity, code) for severity, code, _ in found}
    assert path.stem in FOREIGN or all(fits_a_pattern(message) for _, _, message in found)


def fits_a_pattern(message: str) -> bool:
    return any(pattern.fullmatch(message) for pattern in message_patterns())


@cache
def message_patterns() -> tuple[re.Pattern[str], ...]:
    """Every string of the package with words of its own, `{…}` standing for anything."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                words = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = [node.value]
            else:
                continue
            if len(re.findall(r"[a-z]", "".join(word or "" for word in words))) >= LITERAL_LETTERS:
                found.add("".join(".+" if word is None else re.escape(str(word)) for word in words))
    return tuple(re.compile(pattern) for pattern in sorted(found))


def test_a_message_that_nobody_prints_would_be_seen():
    assert fits_a_pattern("`theme/brand.css` is damaged: its CRC-32 differs")
    assert not fits_a_pattern("`theme/brand.css` is broken: its CRC-32 differs")


def test_every_code_of_the_package_has_a_page_and_every_page_a_code():
    assert set(codes()) == {path.stem for path in ALL}


def test_every_code_has_a_summary_of_one_sentence():
    assert [] == [code.name for code in codes().values() if not re.fullmatch(r"[^.]+(\.[^ ][^.]*)*\.", code.summary)]


@pytest.mark.parametrize("path", ALL, ids=by_name)
def test_summaries_open_their_pages(path):
    """The list of codes, the page and its description say the same."""
    page, summary = read_page(path), codes()[path.stem].summary
    text = [without_raw(line) for line in page.prose if line.strip()]
    assert [f"# `{path.stem}`", summary] == text[:2]
    assert summary.replace("`", "") == without_raw(str(page.meta["description"]))


def without_raw(text: str) -> str:
    return re.sub(r"\{% raw %\}(.*?)\{% endraw %\}", r"\1", text)


def listed(page: Page) -> dict[str, tuple[str, str]]:
    """Severity and summary by code, from the tables of the index."""
    rows = [row for table in page.tables() if table[0][0] == "code" for row in table[1:]]
    return {code_words(code)[0]: (severity, without_raw(summary)) for code, severity, summary in rows}


def test_the_index_lists_every_code():
    expected = {code.name: (code.severity.value, code.summary) for code in codes().values()}
    assert expected == listed(read_page(FOLDER / "index.md"))
