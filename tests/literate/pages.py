"""Literate pages: prose between blocks, blocks are files, and what is wrong with them stands in trailing comments.

A page is split at its headings; the titled blocks of one part are the files of one project in memory. At the end of a
line, `// error: 12 [unknown-key]` expects that code at column 12 of the line; several are written one after the
other, and a warning says `warning:`. In YAML the comment begins with `#`, in Markdown and SVG it is `<!-- … -->`. The
comments are taken off before the file is read. An untitled `text` block shows what is printed for the part.

In the front matter, `literate: assets` has pictures and fonts looked at too; `literate: padded` makes the files of the
first part larger than a brand file may be.
"""

import itertools
import re
from dataclasses import dataclass, replace

from tests.docs.markdown_pages import parse_page
from tests.literate.project import diagnose_project
from themekit.diagnostics import Diagnostic, Span
from themekit.diagnostics.text import render_text
from themekit.source.json_text import MAX_BYTES

_COMMENT = re.compile(r"[ ]*(?://|#|<!--) (error|warning):((?: \d+ \[[a-z-]+\])+)(?: -->)?$")
_EXPECTED = re.compile(r"(\d+) \[([a-z-]+)\]")
_MARKS = {"yaml": ("# ", ""), "markdown": ("<!-- ", " -->"), "xml": ("<!-- ", " -->")}
PART_LEVEL = 2
_PRINTED_WIDTH = 200

Found = tuple[str, int, int, str, str]
"""Path, line, column, severity, code."""


@dataclass(frozen=True)
class Part:
    """The files of one part, what is expected of them, and the text said to be printed."""

    heading: str
    files: dict[str, bytes]
    expected: frozenset[Found]
    shown: str | None
    with_assets: bool = False

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return diagnose_project(self.files, with_assets=self.with_assets)


def parts_of(page: str) -> list[Part]:
    """The parts of a page that have files."""
    parsed = parse_page(page, "page.md")
    lines = page.split("\n")
    starts = [heading.line - 1 for heading in parsed.headings if heading.level <= PART_LEVEL]
    chunks = ["\n".join(lines[start:end]) for start, end in itertools.pairwise([*starts, len(lines)])]
    parts = [part for part in map(_part, chunks) if part.files]
    match parsed.meta.get("literate"):
        case "assets":
            return [replace(part, with_assets=True) for part in parts]
        case "padded":
            padded = {path: content.ljust(MAX_BYTES + 1) for path, content in parts[0].files.items()}
            return [replace(parts[0], files=padded), *parts[1:]]
    return parts


def positions(diagnostics: tuple[Diagnostic, ...]) -> frozenset[Found]:
    """Where and what, without the words."""
    spans = [(diagnostic.place, diagnostic) for diagnostic in diagnostics]
    return frozenset((str(p.path), p.line, p.column, str(d.severity), d.code) for p, d in spans if isinstance(p, Span))


def printed(diagnostics: tuple[Diagnostic, ...]) -> str:
    """What a terminal shows, lines cut to a page's width."""
    return "".join(f"{line[:_PRINTED_WIDTH]}\n" for line in render_text(diagnostics).splitlines())


def with_shown(text: str) -> str:
    """The page with its `text` blocks brought up to date."""
    for part in parts_of(text):
        if part.shown is not None:
            text = text.replace(f"```text\n{part.shown}```", f"```text\n{printed(part.diagnostics())}```", 1)
    return text


def _part(chunk: str) -> Part:
    files: dict[str, bytes] = {}
    expected: set[Found] = set()
    shown = None
    for block in parse_page(chunk, "part.md").blocks:
        if block.title is not None:
            text, found = _stripped(block.title, block.text)
            files[block.title] = text.encode()
            expected |= found
        elif block.language == "text":
            shown = block.text
    return Part(chunk.split("\n", 1)[0], files, frozenset(expected), shown)


def _stripped(path: str, body: str) -> tuple[str, set[Found]]:
    lines, found = [], set()
    for number, line in enumerate(body.split("\n"), start=1):
        comment = _COMMENT.search(line)
        if comment:
            severity, written = comment.groups()
            found |= {(path, number, int(column), severity, code) for column, code in _EXPECTED.findall(written)}
            line = line[: comment.start()]  # noqa: PLW2901  # the rest is the file's own
        lines.append(line)
    return "\n".join(lines), found
