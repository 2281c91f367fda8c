"""CommonMark as Go doc comments, in the form that gofmt leaves alone. Source: Go Doc Comments, go.dev/doc/comment."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api_types import Docs

WIDTH = 78

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" *(?:[-*+]|\d{1,9}[.)]) +(.*)")
_MARKER = re.compile(r"\s*(?:[-*+•]|\d+[.)])(?:\s|$)")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?([^()\s<>]*)>?[^()]*\)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK_TARGET = re.compile(r"^\[([^\]]*)\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Block:
    kind: Literal["text", "item", "code"]
    lines: tuple[str, ...]


def doc(docs: Docs, name: str = "", *, fallback: str = "") -> tuple[str, ...]:
    """The comment of what these documents, starting with `name`, if it has one."""
    paragraphs = [text for text in (docs.summary, docs.description) if text.strip()]
    if len(paragraphs) == 2 and _flat(paragraphs[1]).startswith(_flat(paragraphs[0]).rstrip(".")):
        paragraphs = paragraphs[1:]
    text = "\n\n".join(_sentence(each) for each in paragraphs) or fallback
    if name and text and not _starts_with(text, name):
        text = (
            f"{name}: {text}"
            if not text.startswith(("-", "*", "#", "`", "|", " ", "\t", "<", ">", "~"))
            else f"{name}.\n\n{text}"
        )
    lines = comment(text)
    if docs.is_deprecated:
        lines += (*(("//",) if lines else ()), "// Deprecated: it will go away.")
    return lines


@lru_cache(maxsize=4096)  # a field of a request is one of an answer, too
def comment(text: str) -> tuple[str, ...]:
    """Comment lines; each starts with `//`, whatever the text holds."""
    lines: list[str] = []
    previous = ""
    for block in _settled(_blocks(_clean(text))):
        rendered = _rendered(block)
        if not rendered:
            continue
        if lines and not (block.kind == "item" and previous == "item"):
            lines.append("")
        lines += rendered
        previous = block.kind
    return tuple(f"//{line}" if line.startswith("\t") or not line else f"// {line}" for line in lines)


def one_line(text: str) -> str:
    """A text as one line that can stand in a comment."""
    return _inline(" ".join(_clean(text).split()))


def _clean(text: str) -> str:
    """Only characters that are seen: no control characters, no marks that turn the direction of writing."""
    lines = text.expandtabs(4).splitlines()
    joined = "\n".join(lines)
    if all(map(str.isprintable, lines)):
        return joined
    return "".join(each for each in joined if each == "\n" or each.isprintable())


def _flat(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    found = text.strip()
    return f"{found}." if found[-1:].isalnum() and "\n" not in found else found


def _starts_with(text: str, name: str) -> bool:
    first = re.match(r"\w*", text)
    return first is not None and first[0].lower() == name.lower()


def _blocks(text: str) -> Iterator[_Block]:
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        line = lines[index]
        fence = _FENCE.match(line)
        if fence:
            end = _fence_end(lines, index + 1, fence=fence[1])
            yield _Block("code", tuple(lines[index + 1 : end]))
            index = end + 1
        elif line.startswith("    ") or line.lstrip().startswith("|"):
            end = index
            is_table = not line.startswith("    ")
            while end < len(lines) and (
                lines[end].lstrip().startswith("|") if is_table else lines[end].startswith("    ")
            ):
                end += 1
            yield _Block("code", tuple(lines[index:end]))
            index = end
        elif not line.strip():
            index += 1
        else:
            index, block = _paragraph(lines, index)
            yield block


def _fence_end(lines: list[str], start: int, *, fence: str) -> int:
    for index in range(start, len(lines)):
        if lines[index].strip().startswith(fence):
            return index
    return len(lines)


def _paragraph(lines: list[str], start: int) -> tuple[int, _Block]:
    item = _ITEM.fullmatch(lines[start])
    found = [item[1] if item else lines[start]]
    index = start + 1
    while index < len(lines):
        line = lines[index]
        if not line.strip() or _ITEM.fullmatch(line) or _FENCE.match(line) or line.lstrip().startswith("|"):
            break
        if lines[start].lstrip().startswith("#") or line.lstrip().startswith("#"):
            break
        found.append(line)
        index += 1
    return index, _Block("item" if item else "text", tuple(found))


def _settled(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Without what Go would read otherwise: code beside a list, and code that starts like one."""
    previous = ""
    for block in blocks:
        found = block
        if block.kind == "code":
            code = textwrap.dedent("\n".join(block.lines)).strip("\n").split("\n")
            code = textwrap.dedent("\n".join(code)).split("\n")
            is_text = previous == "item" or _MARKER.match(code[0]) is not None
            found = _Block("text" if is_text else "code", tuple(code))
        elif block.kind == "item" and previous == "code":
            found = _Block("text", block.lines)
        if any(line.strip() for line in found.lines):
            previous = found.kind
            yield found


def _rendered(block: _Block) -> list[str]:
    if block.kind == "code":
        return [f"\t{line.rstrip()}" if line.strip() else "" for line in block.lines]
    text = _inline(" ".join(line.strip() for line in block.lines))
    if block.kind == "item":
        return textwrap.wrap(
            text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
        )
    found = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    if len(found) == 1 and found[0][-1].isalnum():
        found[0] += ":" if block.lines[0].lstrip().startswith("#") else "."  # Go takes a bare line for a heading
    return [_harmless(line) for line in found]


def _inline(text: str) -> str:
    text = _LINK.sub(lambda found: f"{found[1]} ({found[2]})" if found[2] else found[1], text)
    text = _EMPHASIS.sub(r"\2", text).replace("`", "")
    text = _ESCAPE.sub(r"\1", text)
    return text.replace("''", "”").lstrip("#>").strip()


def _harmless(line: str) -> str:
    """A line that is no heading and defines no link, which gofmt would move."""
    return _LINK_TARGET.sub(r"[\1] :", f"({line})" if line.startswith("# ") or line == "#" else line)
