"""Literate pages: prose between blocks, blocks are files, and the errors expected of them stand in trailing comments.

A page is split at its headings; the titled blocks of one part are the files of one project in memory. In the last
column of a JSON line, `// error: 12 [unknown-key]` expects that code at column 12 of the line; several are
written one after the other. The comments are taken off before the file is read. An untitled `text` block shows what is
printed for the part.
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from themekit.diagnostics import Diagnostic, Span
from themekit.diagnostics.text import render_text
from themekit.model import BrandId
from themekit.source.brand import BrandInputs, parse_brand
from themekit.source.json_text import decoded_text
from themekit.source.locate import all_located

SECTIONS = ("get-started", "guides", "payments", "payouts", "disputes", "sdks", "samples", "resources", "handbook")

_BLOCK = re.compile(r'^```(\w+)((?: \w+="[^"]*")*)\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r'(\w+)="([^"]*)"')
_COMMENT = re.compile(r"[ ]*// error:((?: \d+ \[[a-z-]+\])+)$")
_EXPECTED = re.compile(r"(\d+) \[([a-z-]+)\]")

Found = tuple[str, int, int, str]
"""Path, line, column, code."""


@dataclass(frozen=True)
class Part:
    """The files of one part, the errors expected in them, and the text said to be printed."""

    heading: str
    files: dict[str, bytes]
    expected: frozenset[Found]
    shown: str | None


def parts_of(page: str) -> list[Part]:
    """The parts of a page that have files."""
    chunks = re.split(r"^(?=#+ )", page, flags=re.MULTILINE)
    parts = [_part(chunk) for chunk in chunks]
    return [part for part in parts if part.files]


def diagnose(files: dict[str, bytes]) -> tuple[Diagnostic, ...]:
    """All that is wrong with the brands among the files, with lines and columns."""
    found: list[Diagnostic] = []
    for path, content in files.items():
        place = PurePosixPath(path)
        if place.name == "brand.json" and not place.parent.name.startswith("_"):
            inputs = BrandInputs(files_reader(files), folder_lister(files), SECTIONS)
            brand, diagnostics = parse_brand(place, content, brand_id=BrandId(place.parent.name), inputs=inputs)
            assert (brand is None) == any(diagnostic.is_error for diagnostic in diagnostics)
            found += all_located(diagnostics, text_reader(files))
    return tuple(found)


def positions(diagnostics: tuple[Diagnostic, ...]) -> frozenset[Found]:
    """Where and what, without the words."""
    spans = [(diagnostic.place, diagnostic.code) for diagnostic in diagnostics]
    return frozenset((str(p.path), p.line, p.column, code) for p, code in spans if isinstance(p, Span))


def printed(diagnostics: tuple[Diagnostic, ...]) -> str:
    """What a terminal shows, lines cut to a page's width."""
    return "".join(f"{line[:200]}\n" for line in render_text(diagnostics).splitlines())


def files_reader(files):
    return lambda path: files.get(str(path))


def text_reader(files):
    return lambda path: decoded_text(files[str(path)]) if str(path) in files else None


def folder_lister(files):
    def names(folder):
        found = set()
        for path in files:
            place = PurePosixPath(path)
            if folder in place.parents:
                rest = place.relative_to(folder).parts
                found.add(rest[0] if len(rest) == 1 else f"{rest[0]}/")
        return tuple(sorted(found))

    return names


def with_shown(text: str) -> str:
    """The page with its `text` blocks brought up to date."""
    for part in parts_of(text):
        if part.shown is not None:
            text = text.replace(f"```text\n{part.shown}```", f"```text\n{printed(diagnose(part.files))}```", 1)
    return text


def _part(chunk: str) -> Part:
    files: dict[str, bytes] = {}
    expected: set[Found] = set()
    shown = None
    for language, written, body in _BLOCK.findall(chunk):
        options = dict(_OPTION.findall(written))
        if "title" in options:
            text, found = _stripped(options["title"], body)
            files[options["title"]] = text.encode().ljust(int(options.get("pad", 0)))
            expected |= found
        elif language == "text":
            shown = body
    return Part(chunk.split("\n", 1)[0], files, frozenset(expected), shown)


def _stripped(path: str, body: str) -> tuple[str, set[Found]]:
    lines, found = [], set()
    for number, line in enumerate(body.split("\n"), start=1):
        comment = _COMMENT.search(line)
        if comment:
            found |= {(path, number, int(column), code) for column, code in _EXPECTED.findall(comment.group(1))}
            line = line[: comment.start()]  # noqa: PLW2901  # the rest is the file's own
        lines.append(line)
    return "\n".join(lines), found
