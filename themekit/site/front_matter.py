"""The YAML at the head of a page: read safely, with the line where the page's text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from themekit.diagnostics import Code, Reporter, Span

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic

INVALID_FRONT_MATTER = Code(
    "invalid-front-matter", summary="The YAML at the head of a page cannot be read or is refused."
)

# As mkdocs sees it (mkdocs/utils/meta.py), so that both agree on where the text begins.
_FRONT = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_MAX_CHARACTERS = 20_000  # the longest head in this project has 600


MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head's text, the page's text, and the line numbers at which they begin."""

    head: str
    text: str
    text_line: int
    head_line: int = 2


def _is_deep(head: str) -> bool:
    """More openings than any head needs: PyYAML's time is quadratic in flow nesting, and its parser recurses."""
    return sum(map(head.count, "[{?")) > MAX_DEPTH or any(line.count("- ") > MAX_DEPTH for line in head.split("\n"))


def split_front_matter(source: str) -> FrontMatter:
    """The head (empty if there is none) and the rest."""
    match = _FRONT.match(source)
    if not match:
        return FrontMatter("", source, 1)
    return FrontMatter(match[1], source[match.end() :], source.count("\n", 0, match.end()) + 1)


def check_front_matter(front: FrontMatter, path: PurePosixPath) -> tuple[Diagnostic, ...]:
    """What is wrong with the head. Tags, anchors and aliases are refused: they make objects and expand endlessly."""
    report = Reporter()
    lines = front.head.split("\n")

    def place(mark: yaml.Mark) -> Span:
        excerpt = lines[mark.line] if mark.line < len(lines) else ""
        return Span(path, front.head_line + mark.line, mark.column + 1, 1, excerpt)

    if len(front.head) > _MAX_CHARACTERS:
        report(INVALID_FRONT_MATTER, Span(path, 1, 1), f"the front matter has more than {_MAX_CHARACTERS} characters")
        return report.diagnostics
    if _is_deep(front.head):
        report(INVALID_FRONT_MATTER, Span(path, 1, 1), f"the front matter is nested deeper than {MAX_DEPTH}")
        return report.diagnostics
    refused = {yaml.TagToken: "a tag", yaml.AnchorToken: "an anchor", yaml.AliasToken: "an alias"}
    try:
        for token in yaml.scan(front.head, Loader=yaml.SafeLoader):
            if name := refused.get(type(token)):
                report(INVALID_FRONT_MATTER, place(token.start_mark), f"front matter must not hold {name}")
        if not report.found:
            value = yaml.safe_load(front.head)
            if value is not None and not isinstance(value, dict):
                report(INVALID_FRONT_MATTER, Span(path, front.head_line, 1), "front matter must be a mapping")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"the front matter is no YAML: {error.problem or error.context}"
        report(INVALID_FRONT_MATTER, place(mark) if mark else Span(path, 1, 1), message)
    except (ValueError, OverflowError, RecursionError, yaml.YAMLError) as error:
        report(INVALID_FRONT_MATTER, Span(path, front.head_line, 1), f"the front matter cannot be read: {error}")
    return report.diagnostics
