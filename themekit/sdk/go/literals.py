"""Values as Go source: whatever a text holds, it stays within its literal.

Source: Go specification, "String literals"; package reflect, `StructTag`.
"""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[A-Za-z0-9_.$@/:+~-]+")


def string(text: str) -> str:
    """A string literal; printable characters stay, all others are escaped."""
    if text.isprintable() and not _ESCAPED.search(text):
        return f'"{text}"'
    return f'"{"".join(map(_escaped, text))}"'


def value_literal(value: str) -> str:
    """A scalar of JSON as Go."""
    decoded = json.loads(value)
    return string(decoded) if isinstance(decoded, str) else json.dumps(decoded)


def strings(texts: tuple[str, ...]) -> str:
    """A list of strings."""
    return f"[]string{{{', '.join(map(string, texts))}}}"


def tag(*pairs: tuple[str, str]) -> str:
    """A struct tag: `json:"amount"`. It is a raw literal, so a backquote in a value is escaped, too."""
    return "`" + " ".join(f"{key}:{ascii_string(value)}" for key, value in pairs) + "`"


def ascii_string(text: str) -> str:
    """A string literal that has only ASCII in it and no backquote."""
    if text.isascii() and text.isprintable() and not _ESCAPED.search(text):
        return f'"{text}"'
    return '"' + "".join(each if _is_plain(each) and each != "`" else _code(each) for each in text) + '"'


def is_plain_name(wire: str) -> bool:
    """It can stand in a `json` tag, which takes no comma and no quotes, and in which `-` means: none."""
    return _PLAIN.fullmatch(wire) is not None and wire != "-"


_ESCAPED = re.compile(r"[\"\\`]")


def _is_plain(each: str) -> bool:
    return each.isascii() and each.isprintable() and each not in '"\\'


def _escaped(each: str) -> str:
    if _is_plain(each) or (not each.isascii() and each.isprintable()):
        return each
    return _code(each)


def _code(each: str) -> str:
    if each in '"\\':
        return f"\\{each}"
    number = ord(each)
    if 0xD800 <= number <= 0xDFFF:
        return "\\ufffd"  # half a surrogate pair, which Go has no character for
    if number < 0x80:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
