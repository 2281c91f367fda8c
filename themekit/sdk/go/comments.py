"""CommonMark as Go doc comments, in the form that gofmt leaves alone. Source: Go Doc Comments, go.dev/doc/comment."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.sdk import prose
from themekit.sdk.prose import Markup, blocks, marked, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api_types import Docs
    from themekit.sdk.prose import Block, BlockKind

WIDTH = 78

_MARKER = re.compile(r"\s*(?:[-*+•]|\d+[.)])(?:\s|$)")
_LINK_TARGET = re.compile(r"^\[([^\]]*)\]:")


def _plain(text: str) -> str:
    return text.replace("`", "").replace("''", "”")  # gofmt makes one sign of two apostrophes


MARKUP = Markup(
    escape=_plain,
    code=_plain,
    strong=lambda text: text,
    link=lambda shown, target: f"{_plain(shown)} ({_plain(target)})" if target else _plain(shown),
)


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
    previous = "text"
    for kind, rendered in _rendered(blocks(text)):
        if lines and not (kind == previous == "item"):
            lines.append("")
        lines += rendered
        previous = kind
    return tuple(f"//{line}" if line.startswith("\t") or not line else f"// {line}" for line in lines)


def one_line(text: str) -> str:
    """A text as one line that can stand in a comment."""
    return marked(prose.one_line(text), MARKUP)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _sentence(text: str) -> str:
    found = text.strip()
    return f"{found}." if found[-1:].isalnum() and "\n" not in found else found


def _starts_with(text: str, name: str) -> bool:
    first = re.match(r"\w*", text)
    return first is not None and first[0].lower() == name.lower()


def _rendered(found: tuple[Block, ...]) -> Iterator[tuple[BlockKind, list[str]]]:
    """Without what Go would read otherwise: code beside a list, and code that starts like one."""
    previous = ""
    for block in found:
        kind = block.kind
        if kind in {"code", "table"}:
            code = block.code
            is_text = previous == "item" or (bool(code) and _MARKER.match(code[0]) is not None)
            lines = _text(" ".join(map(str.strip, code))) if is_text else [f"\t{line}".rstrip() for line in code]
            kind = "text" if is_text else "code"
        elif kind == "item" and previous != "code":
            lines = wrapped(f"  - {_inline(block.text)}", WIDTH, further="    ") if block.text else []
        else:
            lines, kind = _text(block.text, end=":" if kind == "heading" else "."), "text"
        if any(lines):
            previous = kind
            yield kind, lines


def _text(text: str, *, end: str = ".") -> list[str]:
    found = wrapped(_inline(text), WIDTH)
    if len(found) == 1 and found[0][-1:].isalnum():
        found[0] += end  # Go takes a bare line for a heading
    return [_harmless(line) for line in found]


def _inline(text: str) -> str:
    return " ".join(marked(text, MARKUP).split()).lstrip("#>").strip()


def _harmless(line: str) -> str:
    """A line that is no heading and defines no link, which gofmt would move."""
    return _LINK_TARGET.sub(r"[\1] :", f"({line})" if line.startswith("# ") or line == "#" else line)
