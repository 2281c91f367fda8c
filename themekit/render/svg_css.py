"""CSS inside an SVG: parsed, cut down to what loads nothing, its names exchanged, and written anew from the parse.

Kept are style rules and `@media (prefers-color-scheme: …)`; of values, what `svg_allowed.FUNCTIONS` names and
`url(#id)`. Nothing is ever copied from the source text, so no trick of escaping survives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import tinycss2
from tinycss2 import ast

from themekit.render import svg_allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_NESTING = 24  # brackets in brackets; the deepest real value, calc() in a colour in a filter, has 4
_PLAIN_TYPES = frozenset({"ident", "hash", "number", "percentage", "dimension", "string", "literal", "whitespace"})
_PLAIN_SIGNS = frozenset(",/+-*")
_SCHEMES = frozenset({"light", "dark"})


@dataclass(slots=True)
class Names:
    """Ids and classes of one document, exchanged for short ones with its prefix, so that documents can be joined."""

    prefix: str
    used: set[str] = field(default_factory=set)
    _given: dict[tuple[str, str], str] = field(default_factory=dict)

    def id(self, original: str) -> str:
        """The new name of an id."""
        return self._given.setdefault(("id", original), f"{self.prefix}{len(self._given)}")

    def reference(self, original: str) -> str:
        """The new name of an id that something points to."""
        self.used.add(original)
        return self.id(original)

    def css_class(self, original: str) -> str:
        """The new name of a class."""
        return self._given.setdefault(("class", original), f"{self.prefix}{len(self._given)}")

    @property
    def root_class(self) -> str:
        """The class of the outermost element, by which its style sheet is kept to itself."""
        return f"{self.prefix}root"


@dataclass(slots=True)
class CssCleaner:
    """Cleans values and sheets of one document. `warn` gets a message and the line within the text, from 1."""

    names: Names
    warn: Callable[[str, int], None]

    def value(self, text: str) -> str | None:
        """The value of a presentation attribute, or None with a warning."""
        return self._value(tinycss2.parse_component_value_list(text, skip_comments=True), 1)

    def declarations(self, text: str) -> str:
        """What remains of a style attribute."""
        return self._declarations(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))

    def sheet(self, text: str) -> str:
        """What remains of a style element."""
        rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        return "".join(self._at_rule(rule) if isinstance(rule, ast.AtRule) else self._rule(rule) for rule in rules)

    def _rule(self, rule: ast.Node) -> str:
        if not isinstance(rule, ast.QualifiedRule):
            self.warn(f"a part of the style sheet that is no style rule ({rule.type})", rule.source_line)
            return ""
        content = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        body = self._declarations(content)
        selector = self._selectors(rule.prelude, rule.source_line)
        return f"{selector}{{{body}}}" if body and selector else ""

    def _at_rule(self, rule: ast.AtRule) -> str:
        if rule.lower_at_keyword == "charset":
            return ""
        scheme = _scheme_asked(rule.prelude)
        if rule.lower_at_keyword != "media" or scheme is None or rule.content is None:
            self.warn(f"the rule `@{rule.lower_at_keyword}`", rule.source_line)
            return ""
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        body = "".join(self._rule(each) for each in inner)
        return f"@media (prefers-color-scheme:{scheme}){{{body}}}" if body else ""

    def _selectors(self, prelude: Sequence[ast.Node], line: int) -> str:
        """The selector list, kept to this document, as it may be inlined beside others."""
        text, before = "", ""
        for node in prelude:
            if isinstance(node, ast.HashToken):
                text += f"#{self.names.reference(node.value)}"
            elif isinstance(node, ast.IdentToken):
                text += self.names.css_class(node.value) if before == "." else str(node.serialize())
            elif isinstance(node, ast.WhitespaceToken):
                text += " "
            elif isinstance(node, ast.LiteralToken) and node.value in ".,:>+~*":
                text += node.value
            else:
                self.warn("a selector of more than elements, classes and ids", line)
                return ""
            before = node.value if isinstance(node, ast.LiteralToken) else ""
        return ",".join(scoped for part in text.split(",") for scoped in self._scoped(part.strip()))

    def _scoped(self, selector: str) -> tuple[str, ...]:
        root = f".{self.names.root_class}"
        if selector in {"", ":root"}:
            return (root,) if selector else ()
        if re.search(r"[\s>+~:]", selector):
            return (f"{root} {selector}",)
        return (f"{selector.removesuffix('*')}{root}", f"{root} {selector}")

    def _declarations(self, content: Sequence[ast.Node]) -> str:
        kept: list[str] = []
        for node in content:
            if not isinstance(node, ast.Declaration):
                self.warn("a part of a style that is no declaration", node.source_line)
                continue
            if node.lower_name not in svg_allowed.PROPERTIES:
                if node.lower_name not in svg_allowed.UNDRAWN_PROPERTIES:
                    self.warn(f"the CSS property `{node.name[:40]}`", node.source_line)
                continue
            value = self._value(node.value, node.source_line)
            if value:
                kept.append(f"{node.lower_name}:{value}{'!important' if node.important else ''}")
        return ";".join(kept)

    def _value(self, nodes: Sequence[ast.Node], line: int) -> str | None:
        fault = _first_fault(nodes)
        if fault:
            self.warn(fault, line)
            return None
        return self._serialized(nodes).strip()

    def _serialized(self, nodes: Sequence[ast.Node]) -> str:
        text = ""
        for node in nodes:
            target = _url_of(node)
            if target is not None:
                text += f"url(#{self.names.reference(target[1:])})"
            elif isinstance(node, ast.FunctionBlock):
                text += f"{node.lower_name}({self._serialized(node.arguments)})"
            elif isinstance(node, ast.ParenthesesBlock):
                text += f"({self._serialized(node.content)})"
            else:
                text += " " if isinstance(node, ast.WhitespaceToken) else str(node.serialize())
        return text


def _scheme_asked(prelude: Sequence[ast.Node]) -> str | None:
    """`dark` for the media query `(prefers-color-scheme: dark)`; None for any other query."""
    words = [node for node in prelude if not isinstance(node, ast.WhitespaceToken)]
    if len(words) != 1 or not isinstance(words[0], ast.ParenthesesBlock):
        return None
    inside = [node for node in words[0].content if not isinstance(node, ast.WhitespaceToken)]
    texts = [str(node.value).lower() for node in inside if isinstance(node, ast.IdentToken | ast.LiteralToken)]
    is_scheme = len(inside) == len(texts) == 3 and texts[:2] == ["prefers-color-scheme", ":"] and texts[2] in _SCHEMES
    return texts[2] if is_scheme else None


def _url_of(node: ast.Node) -> str | None:
    """What a url points to, in both of its spellings; None for any other node."""
    if isinstance(node, ast.URLToken):
        return str(node.value)
    if isinstance(node, ast.FunctionBlock) and node.lower_name == "url":
        parts = [part for part in node.arguments if not isinstance(part, ast.WhitespaceToken)]
        return str(parts[0].value) if len(parts) == 1 and isinstance(parts[0], ast.StringToken) else ""
    return None


def _first_fault(nodes: Sequence[ast.Node], depth: int = 0) -> str | None:
    """Why a value is not allowed, as a noun; None if it is."""
    if depth > MAX_NESTING:
        return "a value of too many brackets"
    for node in nodes:
        target = _url_of(node)
        fault: str | None = None
        if target is not None:
            if not target.startswith("#"):
                fault = f"a link to `{target[:60]}`"
        elif isinstance(node, ast.FunctionBlock):
            is_allowed = node.lower_name in svg_allowed.FUNCTIONS
            fault = _first_fault(node.arguments, depth + 1) if is_allowed else f"the CSS function `{node.name[:40]}()`"
        elif isinstance(node, ast.ParenthesesBlock):
            fault = _first_fault(node.content, depth + 1)
        elif node.type not in _PLAIN_TYPES or (isinstance(node, ast.LiteralToken) and node.value not in _PLAIN_SIGNS):
            fault = f"a value with a part that is none ({node.type})"
        if fault:
            return fault
    return None
