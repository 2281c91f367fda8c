"""Texts and JSON values as Python source: whatever they hold, they are one literal and nothing more."""

from __future__ import annotations

import json
import re
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH = 88
"""The line length of the formatters black and ruff."""

_SAFE = re.compile(r"[ !#-\[\]-~]*")
_BLOCK = re.compile(r"\s*(?:[-*+]\s|[>#|<]|[-=]+\s*$|```|~~~|\d+[.)]\s|\[[^\]]*\]:)|\s{4,}")
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


def docstring(text: str, *, indent: int, default: str = "") -> list[str]:
    """The lines of a docstring; of `default` if the text has no word, and none if that has none either."""
    lines = _doc_lines(text, WIDTH - indent) or _doc_lines(default, WIDTH - indent)
    if not lines:
        return []
    pad = " " * indent
    if len(lines) == 1:
        return [f'{pad}"""{_closed(lines[0])}"""']
    body = [f"{pad}{line}" if line else "" for line in lines[1:]]
    return [f'{pad}"""{lines[0]}', *body, f'{pad}"""']


def _closed(line: str) -> str:
    """A line that the quotes after it cannot be a part of."""
    bare = line.removesuffix('"')
    is_open = bare != line and (len(bare) - len(bare.rstrip("\\"))) % 2 == 0
    return f'{bare}\\"' if is_open else line


def _shown(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line
    return "".join(each if each.isprintable() and each not in _BIDI else " " for each in line)


@lru_cache(maxsize=8192)
def _doc_lines(text: str, width: int) -> tuple[str, ...]:
    """The text's lines, wrapped where that changes no meaning, and escaped for between three quotes."""
    lines: list[str] = []
    is_code = False
    for raw in re.split(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text.strip()):
        line = _shown(raw.expandtabs(4)).rstrip()
        if line.lstrip().startswith(("```", "~~~")):
            is_code = not is_code
        if len(line) <= width or is_code or _BLOCK.match(line):
            lines.append(line)
            continue
        wrapped = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        lines += [line] if any(_BLOCK.match(each) for each in wrapped) else wrapped
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    if lines:
        rest = textwrap.dedent("\n".join(lines[1:])).split("\n") if lines[1:] else []
        first = lines[0].lstrip()
        lines = [f" {first}" if re.match('"(?!"")', first) else first, *rest]
    return tuple(_quoted(line) for line in lines)


def _quoted(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def comment(text: str) -> str:
    """The text as one line that is safe after `#`."""
    return " ".join("".join(each if each.isprintable() and each not in _BIDI else " " for each in text).split())
