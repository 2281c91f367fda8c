"""Texts and JSON values as Python source: whatever they hold, they are one literal and nothing more."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.sdk.prose import kept, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = 88
"""The line length of the formatters black and ruff."""

_SAFE = re.compile(r"[ !#-\[\]-~]*")
LITERAL = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
"""A string literal as `string` writes it."""
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def string(text: str) -> str:
    """A string literal, in ASCII but for letters and signs that are printable and do not turn the line around."""
    if _SAFE.fullmatch(text):
        return f'"{text}"'
    quote = "'" if '"' in text and "'" not in text else '"'
    return quote + "".join(each if each != quote and _is_plain(each) else _escaped(each) for each in text) + quote


def _is_plain(each: str) -> bool:
    return each != "\\" and each.isprintable() and each not in _BIDI


_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"', "'": "\\'"}


def _escaped(each: str) -> str:
    if each in _SHORT:
        return _SHORT[each]
    code = ord(each)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def strings(texts: Iterable[str]) -> str:
    """A tuple of string literals."""
    parts = [string(text) for text in texts]
    return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})"


def value(content: object) -> str:
    """A value that `json.loads` gave, as an expression."""
    if isinstance(content, str):
        return string(content)
    if isinstance(content, dict):
        return "{" + ", ".join(f"{string(str(key))}: {value(each)}" for key, each in content.items()) + "}"
    if isinstance(content, list):
        return "[" + ", ".join(map(value, content)) + "]"
    if isinstance(content, float) and content in {float("inf"), float("-inf")}:
        return "1e999" if content > 0 else "-1e999"
    return repr(content)


def json_value(text: str) -> str:
    """A JSON text as an expression."""
    return value(json.loads(text))


def docstring(text: str, *, indent: int, default: str = "", more: Sequence[str] = ()) -> list[str]:
    """The lines of a docstring; of `default` if the text has no word, and none if that has none either.

    `more` are further lines, after an empty one, that are all visible and stay as they are.
    """
    lines = _doc_lines(text, WIDTH - indent) or _doc_lines(default, WIDTH - indent)
    if not lines:
        return []
    further = ["", *map(_quoted, more)] if more else []
    pad = " " * indent
    if len(lines) == 1 and not further:
        return [f'{pad}"""{_closed(lines[0])}"""']
    body = [f"{pad}{line}" if line else "" for line in (*lines[1:], *further)]
    return [f'{pad}"""{lines[0]}', *body, f'{pad}"""']


def _closed(line: str) -> str:
    """A line that the quotes after it cannot be a part of."""
    bare = line.removesuffix('"')
    is_open = bare != line and (len(bare) - len(bare.rstrip("\\"))) % 2 == 0
    return f'{bare}\\"' if is_open else line


@lru_cache(maxsize=8192)
def _doc_lines(text: str, width: int) -> tuple[str, ...]:
    """The text's lines, wrapped where that changes no meaning, and escaped for between three quotes."""
    first, *rest = [_quoted(line) for line in kept(text, width)] or [""]
    if not first:
        return ()
    return (f" {first}" if first.startswith('"') and not first.startswith('\\"') else first, *rest)


def _quoted(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def comment(text: str) -> str:
    """The text as one line that is safe after `#`."""
    return one_line(text)
