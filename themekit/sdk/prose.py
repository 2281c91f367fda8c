"""CommonMark as the doc comments of a language: read once for all of them, written with what each can mark.

A description comes from anyone. Only what is seen is kept of it, and each language's `escape` makes what is left
harmless where it stands. Source: CommonMark 0.31, "Blocks and inlines".
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BlockKind = Literal["text", "heading", "item", "code", "table"]

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"(\s*(?:[-*+•]|\d{1,9}[.)])\s+)(.*)", re.DOTALL)
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*?)\s*#*$")
_WHOLE = re.compile(r"\s*(?:[>#|<\[]|[-=]+\s*$)")  # a line that means something else if it is broken
_STARTS = re.compile(
    r"(?:[-*+•]|\d{1,9}[.)])(?:\s|$)|[>#|<=]|\[[^\]]*\]:|`{3}|~{3}|[-=]+\s*$"
)  # a word no line may begin with
_FIRST = frozenset("`~|#-*+•0123456789")  # only with these can a line start anything but text
_QUOTE = re.compile(r"^\s*>+ ?")
_SPAN = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|!?\[(?P<shown>[^\[\]]*)\]\(\s*<?(?P<target>[^()\s<>]*)>?[^()]*\)"
    r"|(?P<mark>\*\*|__)(?=\S)(?P<strong>.+?)(?<=\S)(?P=mark)"
    r"|\\(?P<sign>[!-/:-@\[-`{-~])",
    re.DOTALL,
)
_MARKING = re.compile(r"[`\[*_\\]")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, as they were written. `text` is what they say as one line, without their mark.

    `is_apart`: an empty line stood before. Of fenced code, `lines` are the fences too.
    """

    kind: BlockKind
    lines: tuple[str, ...]
    is_apart: bool

    @property
    def text(self) -> str:
        """One line: a list's item without its sign, a heading without its own."""
        lines = self.lines
        if self.kind == "item":
            found = _ITEM.fullmatch(lines[0])
            lines = (found[2] if found else lines[0], *lines[1:])
        elif self.kind == "heading":
            lines = tuple(_HEADING.sub(r"\1", line) for line in lines)
        return " ".join(_QUOTE.sub("", line).strip() for line in lines).strip()

    @property
    def code(self) -> tuple[str, ...]:
        """Of code and tables: the lines without fences and without the indentation that they share."""
        fence = _FENCE.match(self.lines[0])
        inner = self.lines[1:] if fence else self.lines
        if fence and inner and inner[-1].strip().startswith(fence[1]):
            inner = inner[:-1]
        text = textwrap.dedent("\n".join(inner)).strip("\n")
        return tuple(textwrap.dedent(text).split("\n")) if text.strip() else ()


@dataclass(frozen=True, eq=False, slots=True)
class Markup:
    """How a language's comments mark what CommonMark marks. All but `escape` get text that is escaped already."""

    escape: Callable[[str], str]
    code: Callable[[str], str]  # gets the code as it is
    strong: Callable[[str], str]
    link: Callable[[str, str], str]  # gets both as they are: what is shown, and where it leads


@lru_cache(maxsize=8192)  # four languages, and a field of a request that is one of an answer too
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text, in their order."""
    plain = visible(text)
    if "\n" not in plain and not _FENCE.match(plain):
        return (Block(_kind(plain, "item"), (plain,), is_apart=False),) if plain else ()
    return tuple(_read(plain.split("\n")))


def visible(text: str) -> str:
    """Only characters that are seen: no control characters, no marks that turn the direction of writing.

    Spaces of other widths become plain ones, and ends of lines the same everywhere.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    lines = text.expandtabs(4).splitlines()
    if not all(map(str.isprintable, lines)):
        lines = [line if line.isprintable() else "".join(map(_seen, line)) for line in lines]
    return "\n".join(lines).strip("\n ")


def _seen(each: str) -> str:
    if each.isprintable():
        return each
    return " " if each.isspace() else ""


def one_line(text: str) -> str:
    """The text in one line."""
    return " ".join(visible(text).split())


def _read(lines: list[str]) -> Iterator[Block]:
    index, is_apart, before = 0, False, "text"
    while index < len(lines):
        if not lines[index].strip():
            index, is_apart = index + 1, True
            continue
        kind = _kind(lines[index], before if is_apart else "text")
        end = _end(lines, index, kind=kind)
        yield Block(kind, tuple(lines[index:end]), is_apart)
        index, is_apart, before = end, False, kind


def _kind(line: str, before: str) -> BlockKind:
    """What the line starts; an indented one after a list goes on with that."""
    if line.startswith("    ") and before != "item":
        return "code"
    first = line.lstrip(" ")[:1]
    if first not in _FIRST:
        return "text"
    if first == "|":
        return "table"
    if _FENCE.match(line):
        return "code"
    if _ITEM.match(line):
        return "item"
    return "heading" if _HEADING.match(line) else "text"


def _end(lines: list[str], start: int, *, kind: BlockKind) -> int:
    fence = _FENCE.match(lines[start])
    if fence:
        ends = (at for at in range(start + 1, len(lines)) if lines[at].strip().startswith(fence[1]))
        return next(ends, len(lines) - 1) + 1
    for at in range(start + 1, len(lines)):
        line = lines[at]
        if kind == "code":
            is_over = not line.startswith("    ") and bool(line.strip())
        elif kind == "table":
            is_over = not line.lstrip().startswith("|")
        else:
            is_over = kind == "heading" or not line.strip() or _kind(line.lstrip(" "), "item") != "text"
        if is_over:
            return _without_empty(lines, start, at)
    return _without_empty(lines, start, len(lines))


def _without_empty(lines: list[str], start: int, end: int) -> int:
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def marked(text: str, markup: Markup) -> str:
    """A text with its code, links and strong words as the language marks them."""
    if _MARKING.search(text) is None:
        return markup.escape(text)
    out: list[str] = []
    at = 0
    for found in _SPAN.finditer(text):
        out.append(markup.escape(text[at : found.start()]))
        at = found.end()
        if found["code"]:
            out.append(markup.code(found["code"].strip()))
        elif found["strong"]:
            out.append(markup.strong(marked(found["strong"], markup)))
        elif found["sign"]:
            out.append(markup.escape(found["sign"]))
        else:
            out.append(markup.link(found["shown"], found["target"]))
    out.append(markup.escape(text[at:]))
    return "".join(out)


def kept(text: str, width: int) -> Iterator[str]:
    """The lines of a text for a language whose comments are CommonMark: those that are too long are broken."""
    for number, block in enumerate(blocks(text)):
        if block.is_apart and number:
            yield ""
        if block.kind in {"code", "table", "heading"}:
            yield from (line.rstrip() for line in block.lines)
            continue
        sign = _ITEM.match(block.lines[0]) if block.kind == "item" else None
        for line in block.lines:
            if len(line) <= width or (_WHOLE.match(line) and not sign):
                yield line.rstrip()
            else:
                further = " " * (len(sign[1]) if sign else len(line) - len(line.lstrip(" ")))
                yield from wrapped(line, width, further=further, is_markdown=True)


def wrapped(text: str, width: int, *, further: str = "", is_markdown: bool = False) -> list[str]:
    """The text broken at spaces; lines after the first one start with `further`.

    In Markdown no such line starts with what would be a list or a heading there: it stays on the line before.
    """
    lines: list[str] = []
    rest, start = text.rstrip(), 0
    while len(rest) > width:
        first = len(rest) - len(rest[start:].lstrip(" "))
        cut = rest.rfind(" ", first, width + 1)
        while is_markdown and cut > first and _STARTS.match(rest, cut + 1):
            cut = rest.rfind(" ", first, cut)
        if cut <= first:
            cut = rest.find(" ", max(width, first))
            while is_markdown and cut > 0 and _STARTS.match(rest, cut + 1):
                cut = rest.find(" ", cut + 1)
        if cut < 0:
            break
        lines.append(rest[:cut].rstrip())
        rest = further + rest[cut:].lstrip(" ")
        start = len(further)
    return [*lines, rest]
