r"""Texts of a description as parts of Java: string literals, doc comments, identifiers' neighbours.

Java reads `\uXXXX` before anything else (JLS 3.3), in comments too, so no backslash of a description is ever written
before a `u`: in literals it is doubled, in comments it is an entity.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from themekit.sdk.java.markdown import blocks

WIDTH = 100  # columns, as google-java-format has it
MAX_CONSTANT_BYTES = 60_000  # a constant of a class file holds 65,535
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_PLAIN = re.compile(r"[ !#-\[\]-~]*")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "{": "&#123;", "}": "&#125;", "\\": "&#92;"}
_SPECIAL = re.compile(r"[&<>@{}\\*/]|[^\x20-\x7e]")


@lru_cache(maxsize=65536)
def literal(text: str) -> str:
    """A string literal, or an expression if the text is too long for one."""
    if _PLAIN.fullmatch(text) and len(text) < MAX_CONSTANT_BYTES:
        return f'"{text}"'
    if len(text) * 3 > MAX_CONSTANT_BYTES and len(text.encode("utf-8", "surrogatepass")) > MAX_CONSTANT_BYTES:
        size = MAX_CONSTANT_BYTES // 6
        pieces = (_quoted(text[start : start + size]) for start in range(0, len(text), size))
        return f'String.join("", {", ".join(pieces)})'
    return _quoted(text)


def constant(text: str) -> str:
    """A string literal for a constant: what is too long for one is cut, which no value of an enumeration is."""
    return literal(text[: MAX_CONSTANT_BYTES // 6])


def _quoted(text: str) -> str:
    return f'"{"".join(map(_in_literal, text))}"'


def _in_literal(each: str) -> str:
    if each in _ESCAPES:
        return _ESCAPES[each]
    if " " <= each <= "~" or (each > "\xa0" and each.isprintable()):
        return each
    if each < "\x80":
        return f"\\{ord(each):03o}"
    return "".join(f"\\u{unit:04x}" for unit in _units(each))


def _units(each: str) -> tuple[int, ...]:
    code = ord(each)
    if code < 0x10000:
        return (code,)
    code -= 0x10000
    return (0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))


@lru_cache(maxsize=65536)
def html(text: str) -> str:
    """Text within a doc comment: nothing in it is markup, a tag, an end of the comment or an escape."""
    return _SPECIAL.sub(lambda found: _entity(found[0], found.string[: found.start()][-1:]), text)


def _entity(each: str, before: str) -> str:
    if each in _ENTITIES:
        return _ENTITIES[each]
    if each == "*":
        return each
    if each == "/":
        return "&#47;" if before == "*" else each
    if each in "\n\t\r\v\f\x85\u2028\u2029":
        return " "
    if unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"&#{ord(each)};" if each >= " " and unicodedata.category(each) == "Cf" else "&#65533;"
    return each


def doc(text: str, indent: str = "", *, notes: tuple[str, ...] = (), tags: tuple[str, ...] = ()) -> list[str]:
    """A doc comment of CommonMark, wrapped; `notes` are paragraphs and `tags` block tags that are Javadoc already."""
    paragraphs = [*_paragraphs(text, WIDTH - len(indent) - 3)]
    for note in notes:
        paragraphs += ["", *_wrapped(note, WIDTH - len(indent) - 3)]
    if len(paragraphs) == 1 and not tags and len(indent) + len(paragraphs[0]) + 7 <= WIDTH:
        return [f"{indent}/** {paragraphs[0]} */"]
    lines = [*paragraphs]
    if tags:
        lines += ["", *(line for tag in tags for line in _wrapped_tag(tag, WIDTH - len(indent) - 3))]
    if lines and not lines[0]:
        lines = lines[1:]
    return [f"{indent}/**", *(f"{indent} * {line}".rstrip() for line in lines), f"{indent} */"]


@lru_cache(maxsize=4096)  # a field of a request is one of an answer, too
def _paragraphs(text: str, width: int) -> tuple[str, ...]:
    return tuple(line for block in blocks(text, html) for line in _wrapped(block, width))


def _wrapped(block: str, width: int) -> list[str]:
    if block.startswith("<pre>") or len(block) <= width:
        return block.split("\n")
    first, *words = block.lstrip().split(" ")
    lines, line = [], block[: len(block) - len(block.lstrip())] + first
    further = "      " if block.startswith("  <li>") else ""
    for word in words:
        if len(line) + 1 + len(word) > width:
            lines.append(line)
            line = further + word
        else:
            line = f"{line} {word}"
    return [*lines, line]


def _wrapped_tag(tag: str, width: int) -> list[str]:
    first, *rest = _wrapped(tag, width - 4)
    return [first, *(f"    {line}" for line in rest)]
