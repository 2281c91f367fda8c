"""Text from outside made safe to show: on a terminal, in a log line, in a message."""

from __future__ import annotations

import re
import unicodedata

MAX_QUOTED = 60  # enough to recognise a value, too little to flood a log

# Cc moves the cursor, Cf hides or turns text around (bidi), Zl and Zp break lines, Cs cannot be written as UTF-8.
_UNSAFE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Cn", "Co"})
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_USER_INFO = re.compile(r"""(:/{1,2})[^/\s"'`<>]*@""")  # RFC 3986, section 3.2.1; one slash where a path was made of it
_JOINERS = frozenset({"\u200c", "\u200d"})  # part of ordinary emoji and of Persian and Hindi words


def is_unsafe(character: str) -> bool:
    """Would move the cursor, hide itself, reorder its neighbours or fail to encode."""
    return unicodedata.category(character) in _UNSAFE and character not in _JOINERS


def escaped(character: str) -> str:
    r"""The character, or its JSON escape (`\n`, `\u001b`) if it is unsafe to show."""
    if character.isprintable() or not is_unsafe(character):
        return character
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code > 0xFFFF:
        offset = code - 0x10000
        return f"\\u{0xD800 + (offset >> 10):04x}\\u{0xDC00 + (offset & 0x3FF):04x}"
    return f"\\u{code:04x}"


def printable(text: str) -> str:
    """The text with every unsafe character as its escape; already printable text comes back as it is."""
    if text.isprintable():
        return text
    return "".join(escaped(character) for character in text)


def has_credentials(text: str) -> bool:
    """An address with a user's name, or a password, stands in the text."""
    return ":/" in text and _USER_INFO.search(text) is not None


def without_credentials(text: str) -> str:
    """The text with `[redacted]` for whatever stands before the `@` of an address."""
    return _USER_INFO.sub(r"\1[redacted]@", text) if ":/" in text else text


def quoted(text: str, limit: int = MAX_QUOTED) -> str:
    """The text in backticks, escaped, without credentials of an address, and cut to `limit` characters."""
    text = without_credentials(text)
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return f"`{printable(shown)}`"


def display_width(text: str) -> int:
    """Columns that printable text takes on a terminal: wide East Asian characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or character in _JOINERS or unicodedata.category(character) == "Me":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
