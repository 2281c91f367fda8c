"""The YAML at the head of a page: read safely, with the line where the page's text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import yaml

from themekit.diagnostics import Code, Reporter, Span
from themekit.diagnostics.printable import quoted
from themekit.site.installed import page_templates
from themekit.source.did_you_mean import did_you_mean_or

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic

INVALID_FRONT_MATTER = Code(
    "invalid-front-matter", summary="The YAML at the head of a page cannot be read or is refused."
)

# As mkdocs sees it (mkdocs/utils/meta.py), so that both agree on where the text begins.
_FRONT = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_MAX_CHARACTERS = 20_000  # the longest head in this project has 600
MAX_DEPTH = 100
_REFUSED: dict[type[yaml.Token], str] = {
    yaml.TagToken: "a tag",
    yaml.AnchorToken: "an anchor",
    yaml.AliasToken: "an alias",
}
_TEXTS = frozenset({"title", "description", "template"})
_LISTS = {"hide": "write `hide: [navigation, toc]`, or one of the two", "tags": "write `tags: [Payments, Refunds]`"}

Fault = tuple[yaml.Node | None, str, str | None]
"""Place, message, hint."""


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


def check_front_matter(front: FrontMatter, path: PurePosixPath, *, is_partner: bool = False) -> tuple[Diagnostic, ...]:
    """What is wrong with the head. Tags, anchors and aliases are refused: they make objects and expand endlessly.

    The template that a partner's page names is not looked for, as it is not used.
    """
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
    try:
        for token in yaml.scan(front.head, Loader=yaml.SafeLoader):
            if name := _REFUSED.get(type(token)):
                report(INVALID_FRONT_MATTER, place(token.start_mark), f"front matter must not hold {name}")
        for node, message, hint in () if report.found else _faults(front.head, has_template=not is_partner):
            shown = replace(place(node.start_mark), length=_length(node)) if node else Span(path, front.head_line, 1)
            report(INVALID_FRONT_MATTER, shown, message, hint=hint)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"the front matter is no YAML: {error.problem or error.context}"
        report(INVALID_FRONT_MATTER, place(mark) if mark else Span(path, 1, 1), message)
    except (ValueError, OverflowError, RecursionError, yaml.YAMLError) as error:
        report(INVALID_FRONT_MATTER, Span(path, front.head_line, 1), f"the front matter cannot be read: {error}")
    return report.diagnostics


def _faults(head: str, *, has_template: bool) -> Iterator[Fault]:
    """The values that mkdocs, Material and its plugins take only in one form: elsewhere they end with an exception."""
    value = yaml.safe_load(head)
    if value is not None and not isinstance(value, dict):
        yield None, "front matter must be a mapping", None
    root = yaml.compose(head, Loader=yaml.SafeLoader)
    for key, node in root.value if isinstance(root, yaml.MappingNode) else ():
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name in _TEXTS and not _is_null(node):
            yield from _faults_of_text(name, node)
            if name == "template" and has_template and _is_text(node) and node.value not in page_templates():
                names = sorted(name for name in page_templates() if "/" not in name)  # the others are parts of pages
                hint = did_you_mean_or(node.value, names, label="templates")
                yield node, f"there is no template {quoted(node.value)}", hint
        elif name in _LISTS and not _is_null(node):
            yield from _faults_of_list(name, node)


def _faults_of_text(name: str, node: yaml.Node) -> Iterator[Fault]:
    if not _is_text(node):
        # A number, a date or a truth value that was meant as text.
        hint = f'put it in quotes: "{node.value}"' if isinstance(node, yaml.ScalarNode) else None
        yield node, f"`{name}` is text", hint


def _faults_of_list(name: str, node: yaml.Node) -> Iterator[Fault]:
    if not isinstance(node, yaml.SequenceNode):
        yield node, f"`{name}` is a list", _LISTS[name]
        return
    for item in node.value:
        if not isinstance(item, yaml.ScalarNode) or _is_null(item):
            yield item, f"`{name}` is a list of texts", _LISTS[name]


def _length(node: yaml.Node) -> int:
    start, end = node.start_mark, node.end_mark
    return max(1, end.column - start.column) if start.line == end.line else 1


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:str"


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
