"""A page's source as a tree of text, placeholders and choices; and the text it becomes for one brand.

    {{ brand.legalName }}                                      anywhere
    {% if sections.payouts %} … {% elif … %} … {% else %} … {% endif %}    each tag alone on its line
    {% raw %} … {% endraw %}                                   literal braces, also within a line

Other double braces stay as they are. A partner's page has no conditions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.site.conditions import Claim, Condition, ConditionFault, Facts, parse_condition
from themekit.site.fields import BY_NAME
from themekit.source.codes import UNKNOWN_SECTION
from themekit.source.did_you_mean import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import PurePosixPath

UNKNOWN_PLACEHOLDER = Code("unknown-placeholder", summary="A page names a brand field that does not exist.")
UNGUARDED_PLACEHOLDER = Code(
    "unguarded-placeholder", summary="A page uses an optional brand field outside a condition that ensures it."
)
MALFORMED_CONDITION = Code("malformed-condition", summary="The expression of an `if` or `elif` cannot be read.")
MISPLACED_TAG = Code(
    "misplaced-tag", summary="A tag such as `{% if %}` stands where it cannot: within a line, or alone."
)
UNKNOWN_TAG = Code("unknown-tag", summary="A `{% … %}` tag is none of those that pages may use.")
UNCLOSED_TAG = Code("unclosed-tag", summary="An `{% if %}` or `{% raw %}` has no end.")
PARTNER_CONDITION = Code("partner-condition", summary="An overlay page of a brand uses a condition.")

TAGS = ("if", "elif", "else", "endif", "raw", "endraw")
GROUPS = frozenset({"portal.announcement"})
"""Names that a condition may ask for and a placeholder may not."""

_TAG_LINE = re.compile(r"^[ \t]*\{%-?[ \t]*(?P<word>[A-Za-z]\w*)(?P<rest>.*?)[ \t]*-?%\}[ \t]*$")
_INLINE = re.compile(
    r"\{%-?[ \t]*raw[ \t]*-?%\}(?P<raw>.*?)\{%-?[ \t]*endraw[ \t]*-?%\}"
    r"|\{%-?[ \t]*(?P<tag>if|elif|else|endif|raw|endraw)\b.*?(?:%\}|$)"
    r"|\{\{[ \t]*brand\b[ \t]*\.?[ \t]*(?P<name>.*?)[ \t]*\}\}"
    r"|\{\{[ \t]*(?P<object>\w{3,7})\.(?P<member>[\w.]{1,40})[ \t]*\}\}"
)


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place for a field's value."""

    name: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The first branch whose condition holds; the condition of `{% else %}` is None."""

    branches: tuple[tuple[Condition | None, tuple[Node, ...]], ...]


Node = str | Placeholder | Choice
"""Text has its line feeds in it, so that the nodes of a page, joined, are its source without the tags."""


@dataclass(frozen=True, slots=True)
class PageRules:
    """What a page may name. `sections` None: any name, as the caller does not know the project's folders."""

    sections: Collection[str] | None = None
    is_partner: bool = False


def parse_page(
    text: str, path: PurePosixPath, *, first_line: int = 1, rules: PageRules | None = None
) -> tuple[tuple[Node, ...], tuple[Diagnostic, ...]]:
    """The page's nodes and every mistake in it. `first_line` is the number of the text's first line in its file."""
    parser = _PageParser(path, rules or PageRules())
    for number, line in enumerate(text.split("\n"), start=first_line):
        parser.read(line, number)
    return parser.finish(), parser.report.diagnostics


def expand_page(nodes: Iterable[Node], facts: Facts, *, value: Callable[[str], str]) -> str:
    """The page's text with its conditions judged and `value(field name)` at each placeholder."""
    return "".join(_expanded(nodes, facts, value)).removesuffix("\n")


def _expanded(nodes: Iterable[Node], facts: Facts, value: Callable[[str], str]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, Choice):
            for condition, body in node.branches:
                if condition is None or condition.holds(facts):
                    yield from _expanded(body, facts, value)
                    break
        else:
            yield value(node.name) if isinstance(node, Placeholder) else node


@dataclass(slots=True)
class _Open:
    """A choice being read. `ensured` are the fields known to be present in the branch being read."""

    span: Span
    outer: list[Node]
    ensured_outside: frozenset[str]
    ensured_by_failing: frozenset[str] = frozenset()
    condition: Condition | None = None
    branches: list[tuple[Condition | None, tuple[Node, ...]]] = field(default_factory=list)
    has_else: bool = False


@dataclass(slots=True)
class _PageParser:
    path: PurePosixPath
    rules: PageRules
    report: Reporter = field(default_factory=Reporter)
    nodes: list[Node] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    ensured: frozenset[str] = frozenset()
    raw_since: Span | None = None

    def read(self, line: str, number: int) -> None:
        match = _TAG_LINE.match(line)
        word = match["word"] if match else ""
        if self.raw_since is not None:
            if word == "endraw":
                self.raw_since = None
            else:
                self.nodes.append(f"{line}\n")
        elif match and "{%" not in match["rest"]:
            self._read_tag(match, Span(self.path, number, line.index("{%") + 1, len(line.strip()), line))
        else:
            self._read_text(line, number)

    def finish(self) -> tuple[Node, ...]:
        if self.raw_since is not None:
            self.report(UNCLOSED_TAG, self.raw_since, "`raw` has no `endraw`")
        while self.open:
            self.report(UNCLOSED_TAG, self.open[-1].span, "`if` has no `endif`")
            self._close()
        return tuple(self.nodes)

    def _read_tag(self, match: re.Match[str], span: Span) -> None:
        word = match["word"]
        if word not in TAGS:
            hint = did_you_mean(word, TAGS) or "put literal tags between {% raw %} and {% endraw %}"
            self.report(
                UNKNOWN_TAG, span, f"`{word}` is no tag: use {', '.join(f'`{tag}`' for tag in TAGS)}", hint=hint
            )
        elif word == "raw":
            self.raw_since = span
        elif self.rules.is_partner:
            self.report(PARTNER_CONDITION, span, "pages of a brand have no conditions", hint="write the text as it is")
        elif word == "if":
            self.open.append(_Open(span, self.nodes, self.ensured))
            self._branch(match, span)
        elif not self.open or word == "endraw":
            self.report(MISPLACED_TAG, span, f"`{word}` without `{'raw' if word == 'endraw' else 'if'}`")
        elif word == "endif":
            self._close()
        else:
            self._next_branch(match, span)

    def _next_branch(self, match: re.Match[str], span: Span) -> None:
        choice = self.open[-1]
        if choice.has_else:
            self.report(MISPLACED_TAG, span, f"`{match['word']}` after `else`")
        self._end_branch(choice)
        if choice.condition:
            choice.ensured_by_failing |= choice.condition.present_if_false
        if match["word"] == "elif":
            self._branch(match, span)
        else:
            choice.has_else, choice.condition, self.nodes = True, None, []
            self.ensured = choice.ensured_outside | choice.ensured_by_failing

    def _branch(self, match: re.Match[str], span: Span) -> None:
        choice = self.open[-1]
        offset = match.start("rest")
        parsed = parse_condition(match["rest"])
        if isinstance(parsed, ConditionFault):
            place = Span(self.path, span.line, offset + parsed.column + 1, parsed.length, span.excerpt)
            self.report(MALFORMED_CONDITION, place, parsed.message)
            parsed = Condition(((),))
        for claim in parsed.claims:
            self._check_claim(claim, span, offset)
        choice.condition, self.nodes = parsed, []
        self.ensured = choice.ensured_outside | choice.ensured_by_failing | parsed.present_if_true

    def _check_claim(self, claim: Claim, span: Span, offset: int) -> None:
        prefix = {"section": "sections.", "field": "brand.", "locale": ""}[claim.kind]
        place = Span(self.path, span.line, offset + claim.column + 1, len(prefix) + len(claim.name), span.excerpt)
        known = self.rules.sections
        if claim.kind == "field" and claim.name not in BY_NAME and claim.name not in GROUPS:
            hint = did_you_mean(claim.name, BY_NAME)
            self.report(UNKNOWN_PLACEHOLDER, place, f"no brand field is named `{claim.name}`", hint=hint)
        if claim.kind == "section" and known is not None and claim.name not in known:
            hint = did_you_mean(claim.name, known)
            self.report(UNKNOWN_SECTION, place, f"no section is named `{claim.name}`", hint=hint)

    def _end_branch(self, choice: _Open) -> None:
        choice.branches.append((choice.condition, tuple(self.nodes)))

    def _close(self) -> None:
        choice = self.open.pop()
        self._end_branch(choice)
        self.nodes, self.ensured = choice.outer, choice.ensured_outside
        self.nodes.append(Choice(tuple(choice.branches)))

    def _read_text(self, line: str, number: int) -> None:
        end = 0
        for match in _INLINE.finditer(line):
            self.nodes.append(line[end : match.start()])
            end = match.end()
            span = Span(self.path, number, match.start() + 1, len(match.group()), line)
            if match["raw"] is not None:
                self.nodes.append(match["raw"])
            elif match["tag"] is not None:
                self.report(MISPLACED_TAG, span, f"`{match['tag']}` must stand alone on its line")
            elif match["object"] is not None:
                self._read_foreign(match, span)
            else:
                self._read_placeholder(match["name"], span)
        self.nodes.append(f"{line[end:]}\n")

    def _read_foreign(self, match: re.Match[str], span: Span) -> None:
        """Text of another template language, unless both words are nearly ours: docs show such templates."""
        name = match["member"]
        if nearest(match["object"], ("brand",)) and name in BY_NAME:
            message = f"`{match['object']}` is no object of a page"
            self.report(UNKNOWN_PLACEHOLDER, span, message, hint=f"did you mean `brand.{name}`?")
        self.nodes.append(match.group())

    def _read_placeholder(self, name: str, span: Span) -> None:
        known = BY_NAME.get(name)
        if known is None:
            hint = did_you_mean(name, BY_NAME)
            self.report(UNKNOWN_PLACEHOLDER, span, f"no brand field is named `{name}`", hint=hint)
            return
        if known.is_optional and name not in self.ensured and name.rpartition(".")[0] not in self.ensured & GROUPS:
            self.report(
                UNGUARDED_PLACEHOLDER,
                span,
                f"`{name}` is optional, and here it may be absent",
                hint=f"put it between {{% if brand.{name} %}} and {{% endif %}}",
            )
        self.nodes.append(Placeholder(name))
