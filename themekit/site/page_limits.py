"""What a brand's own page may hold at most, judged by one look at its text, before anything parses it.

Python-Markdown is quadratic in brackets, code spans and nesting, and what it makes of a short page can be gigabytes.
Measured with every extension of `mkdocs.yml`: the worst page within these limits takes 1.2 s, our own pages have a
tenth of them, and 50,000 brackets would take minutes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span

if TYPE_CHECKING:
    from pathlib import PurePosixPath

PAGE_LIMIT = Code("page-limit", summary="An overlay page is longer or more deeply nested than is safe to render.")

MAX_CHARACTERS = 100_000
MAX_LINES = 3_000
MAX_LINE = 4_000
"""Characters of a line: also of a link's address, which is repeated wherever it is used."""
MAX_INDENT = 120
MAX_NESTING = 12
"""Signs of lists and quotes at the start of one line."""
MAX_COLUMNS = 40
"""Of a table; a short row is filled up to the width of the first."""
MAX_ABBREVIATION = 300

_SIGNS = {"[": 1_000, "<": 1_000, "|": 10_000, **dict.fromkeys("`*_>{}:=+~^!&\\#", 4_000)}
_NESTING = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+")
_LEVEL = re.compile(r">|[-*+]|\d+")
_RULE = re.compile(r"[-*_ \t]+$")
_ABBREVIATION = re.compile(r"[ \t]*\*\[[^\]\n]*\]:(?P<text>.*)")
_COUNTED = (
    ("headings", 500, re.compile(r"[ \t]*(?:#|=+[ \t]*$|-+[ \t]*$)")),
    ("definitions of terms", 500, re.compile(r"[ \t]*:[ \t]")),
    ("abbreviations", 200, _ABBREVIATION),
    ("footnotes", 200, re.compile(r"[ \t]*\[\^[^\]\n]*\]:")),
)
_SPLIT = "look for long runs of the same sign, or split the page"


def check_page_limits(text: str, path: PurePosixPath) -> tuple[Diagnostic, ...]:
    """The first place beyond each limit. Takes time linear in the text's length."""
    report = Reporter()
    if len(text) > MAX_CHARACTERS:
        message = f"a page of a brand has at most {MAX_CHARACTERS} characters, this one {len(text)}"
        report(PAGE_LIMIT, Span(path, 1, 1), message, hint="split the page")
        return report.diagnostics
    lines = text.split("\n")
    for sign, limit in _SIGNS.items():
        if text.count(sign) > limit:
            line, column = _place(lines, sign, limit)
            place = Span(path, line, column, 1, _excerpt(lines[line - 1]))
            report(PAGE_LIMIT, place, f"a page of a brand has at most {limit} of the sign `{sign}`", hint=_SPLIT)
    _check_lines(lines, path, report)
    return report.diagnostics


def _check_lines(lines: list[str], path: PurePosixPath, report: Reporter) -> None:
    faults: dict[str, int] = {}
    counts = dict.fromkeys((name for name, _, _ in _COUNTED), 0)
    for number, line in enumerate(lines, start=1):
        for name, limit, pattern in _COUNTED:
            counts[name] += bool(pattern.match(line))
            if counts[name] > limit:
                faults.setdefault(f"a page of a brand has at most {limit} {name}", number)
        for message, is_beyond in _line_faults(line, number):
            if is_beyond:
                faults.setdefault(message, number)
    for message, number in faults.items():
        line = lines[number - 1]
        place = Span(path, number, len(line) - len(line.lstrip()) + 1, 1, _excerpt(line))
        report(PAGE_LIMIT, place, message, hint=_SPLIT)


def _line_faults(line: str, number: int) -> tuple[tuple[str, bool], ...]:
    abbreviation = _ABBREVIATION.match(line)
    return (
        (f"a page of a brand has at most {MAX_LINES} lines", number > MAX_LINES),
        (f"a line has at most {MAX_LINE} characters", len(line) > MAX_LINE),
        (f"a line is indented by at most {MAX_INDENT} columns", _columns(line) > MAX_INDENT),
        (f"lists and quotes are nested at most {MAX_NESTING} deep", _depth(line) > MAX_NESTING),
        (f"a table has at most {MAX_COLUMNS} columns", line.count("|") > MAX_COLUMNS + 1),
        (
            f"an abbreviation stands for at most {MAX_ABBREVIATION} characters",
            abbreviation is not None and len(abbreviation["text"]) > MAX_ABBREVIATION,
        ),
    )


def _place(lines: list[str], sign: str, limit: int) -> tuple[int, int]:
    """Line and column of the first sign beyond the limit."""
    left = limit
    for number, line in enumerate(lines, start=1):
        count = line.count(sign)
        if count > left:
            offset = -1
            for _ in range(left + 1):
                offset = line.index(sign, offset + 1)
            return number, offset + 1
        left -= count
    raise ValueError(f"there are not more than {limit}")


def _columns(line: str) -> int:
    if line.isspace():
        return 0
    return sum(4 if character == "\t" else 1 for character in line[: len(line) - len(line.lstrip(" \t"))])


def _depth(line: str) -> int:
    match = _NESTING.match(line)
    return len(_LEVEL.findall(match.group())) if match and not _RULE.match(line) else 0


def _excerpt(line: str) -> str:
    """An endless line is no help: none is shown."""
    return line if len(line) <= MAX_LINE else ""
