"""CommonMark as the HTML of doc comments: paragraphs, lists, code, emphasis and links' texts; all else is text.

A description comes from anyone: what is not made here is escaped, and no link's address is kept but `https:` ones'.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_CHARACTERS = 4000  # what a person reads in an editor's window

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)])\s+")
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$")
_INLINE = re.compile(
    r"(`+)(.+?)(?<!`)\1(?!`)|!?\[([^\[\]]*)\]\(([^()\s]*)[^()]*\)|\*\*([^*]+)\*\*|__([^_]+)__", re.DOTALL
)
_PLAIN_CODE = re.compile(r"(?!.*\*/)[A-Za-z0-9_.,:;=+*'\"()\[\]~|? /-]+")  # within `{@code …}` nothing can be escaped
_LINK = re.compile(r"https://[A-Za-z0-9./_~%?=&+-]+")


def blocks(text: str, escape: Callable[[str], str]) -> Iterator[str]:
    """Blocks of HTML, each one line but for `<pre>`; a paragraph after the first is preceded by an empty one."""
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS].rpartition("\n")[0] or text[:MAX_CHARACTERS]
    if "\n" not in text:
        if text.strip():
            yield inline(text.strip(), escape)
        return
    is_first = True
    for kind, lines in _grouped(text.splitlines()):
        if not is_first:
            yield ""
        yield from _block(kind, lines, escape=escape, is_first=is_first)
        is_first = False


def inline(text: str, escape: Callable[[str], str]) -> str:
    """One block's text."""
    out: list[str] = []
    at = 0
    for found in _INLINE.finditer(text):
        out.append(escape(text[at : found.start()]))
        out.append(_span(found, escape))
        at = found.end()
    out.append(escape(text[at:]))
    return " ".join("".join(out).split())


def _span(found: re.Match[str], escape: Callable[[str], str]) -> str:
    if found[1]:
        code = found[2].strip()
        return f"{{@code {code}}}" if _PLAIN_CODE.fullmatch(code) else f"<code>{escape(code)}</code>"
    if found[3] is not None:
        shown = escape(found[3]) or "link"
        return f'<a href="{escape(found[4])}">{shown}</a>' if _LINK.fullmatch(found[4]) else shown
    return f"<strong>{escape(found[5] or found[6])}</strong>"


def _block(kind: str, lines: list[str], *, escape: Callable[[str], str], is_first: bool) -> Iterator[str]:
    if kind == "code":
        code = "\n".join(escape(line) for line in lines)
        yield f"<pre>{code}</pre>"
    elif kind == "list":
        yield "<ul>"
        for item in lines:
            yield f"  <li>{inline(item, escape)}"
        yield "</ul>"
    else:
        text = inline(" ".join(lines), escape)
        yield text if is_first else f"<p>{text}"


def _grouped(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    kind, group = "", list[str]()
    fence = ""
    for line in lines:
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1].startswith(fence):
                yield "code", group
                kind, group, fence = "", [], ""
            else:
                group.append(line)
            continue
        found = _kind(line, kind)
        starts = opened or not line.strip() or (found != kind) or (found == "heading")
        if starts and group:
            yield kind, group
            group = []
        if opened:
            kind, fence = "code", opened[1]
        elif line.strip():
            kind = found
            _add(group, line, kind)
        else:
            kind = ""
    if group:
        yield ("code" if fence else kind), group


def _kind(line: str, before: str) -> str:
    if _ITEM.match(line):
        return "list"
    if _HEADING.match(line):
        return "heading"
    return "list" if before == "list" and line.startswith("  ") else "text"


def _add(group: list[str], line: str, kind: str) -> None:
    item = _ITEM.match(line)
    if kind == "list" and item is None and group:
        group[-1] += " " + line.strip()
    elif kind == "list" and item:
        group.append(line[item.end() :].strip())
    else:
        heading = _HEADING.match(line)
        group.append(heading[1] if heading else line.strip())
