"""Pages as the tests see them: front matter, headings with their anchors, blocks of code, tables and links.

Fast and plain: it knows the Markdown that these docs are written in, not all there is. mkdocs renders the real thing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown.extensions.toc import slugify

from themekit.site.front_matter import split_front_matter
from themekit.site.placeholder import readable_name

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs_src"
FOLDERS_WITHOUT_PAGES = ("api", "changes")

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>[^`\n]*)$")
_HEADING = re.compile(r"^(?P<marks>#{1,6}) +(?P<text>.+?)(?: *\{(?P<attributes>[^{}]*)\})? *$")
_PLACEHOLDER = re.compile(r"\{\{ brand\.([\w.]+) \}\}")
_RAW = re.compile(r"\{% (?:end)?raw %\}")
_LINK = re.compile(r"\]\((?P<target>[^()\s]+)\)")
_INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Block:
    """A fenced block: language, the rest of its first line, its text without the indentation, its first line."""

    language: str
    options: str
    text: str
    line: int

    @property
    def title(self) -> str | None:
        found = re.search(r'title="([^"]*)"', self.options)
        return found[1] if found else None


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True)
class Page:
    """A page of the docs. `prose` has blank lines where blocks of code are, so that line numbers stay."""

    path: str
    meta: dict[str, object]
    blocks: tuple[Block, ...]
    prose: tuple[str, ...]

    @property
    def headings(self) -> tuple[Heading, ...]:
        taken: dict[str, int] = {}
        return tuple(_heading(match, line, taken) for line, match in self._matches())

    def links(self) -> Iterator[tuple[int, str]]:
        """Line and target of each Markdown link."""
        for number, line in enumerate(self.prose, start=1):
            for match in _LINK.finditer(_INLINE_CODE.sub("`", line)):
                yield number, match["target"]

    def tables(self) -> Iterator[list[list[str]]]:
        """Each table as rows of cells, its head first."""
        rows: list[list[str]] = []
        for line in (*self.prose, ""):
            if line.lstrip().startswith("|"):
                rows.append(_cells(line))
            elif rows:
                yield [row for row in rows if set("".join(row)) - set("-: ")]
                rows = []

    def _matches(self) -> Iterator[tuple[int, re.Match[str]]]:
        for number, line in enumerate(self.prose, start=1):
            if match := _HEADING.match(line):
                yield number, match


def read_page(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    return parse_page(text, path.relative_to(DOCS).as_posix())


def parse_page(text: str, path: str) -> Page:
    """The page of a source text."""
    front = split_front_matter(text)
    blocks: list[Block] = []
    prose = [""] * (front.text_line - 1)
    opened: re.Match[str] | None = None
    body: list[str] = []
    for number, line in enumerate(front.text.split("\n"), start=front.text_line):
        match = _FENCE.match(line)
        if opened is None and match is None:
            prose.append(line)
            continue
        prose.append("")
        if opened is None:
            opened, body, first = match, [], number
        elif match and match["fence"].startswith(opened["fence"]) and not match["info"].strip():
            language, _, options = opened["info"].strip().partition(" ")
            blocks.append(Block(language, options, "".join(f"{each}\n" for each in body), first))
            opened = None
        else:
            body.append(line.removeprefix(opened["indent"]))
    return Page(path, yaml.safe_load(front.head) or {}, tuple(blocks), tuple(prose))


def pages(folder: str = "") -> list[Page]:
    """Every page below a folder of the docs, in path order."""
    paths = sorted((DOCS / folder).rglob("*.md"))
    return [read_page(path) for path in paths if path.relative_to(DOCS).parts[0] not in FOLDERS_WITHOUT_PAGES]


def handbook_page(name: str) -> Page:
    return read_page(DOCS / "handbook" / f"{name}.md")


def code_words(text: str) -> list[str]:
    """What stands in code spans."""
    return re.findall(r"`([^`]+)`", text)


def _heading(match: re.Match[str], line: int, taken: dict[str, int]) -> Heading:
    attributes = (match["attributes"] or "").split()
    text = _RAW.sub("", match["text"])
    anchor = next((word[1:] for word in attributes if word.startswith("#")), None) or _slug(text)
    taken[anchor] = taken.get(anchor, -1) + 1
    if taken[anchor]:
        anchor = f"{anchor}_{taken[anchor]}"
    return Heading(len(match["marks"]), text, anchor, line)


def _slug(text: str) -> str:
    words = _PLACEHOLDER.sub(lambda match: readable_name(match[1]), text)
    return slugify(re.sub(r"[`*]|\]\([^)]*\)|:[a-z-]+:", "", words), "-")


def _cells(line: str) -> list[str]:
    """The cells of a row; a `|` in a code span or after a backslash is no border."""
    shielded = _INLINE_CODE.sub(lambda match: match[0].replace("|", "\0"), line).replace("\\|", "\0")
    return [cell.strip().replace("\0", "|") for cell in shielded.strip().strip("|").split("|")]
