"""Texts as string literals and comments of programming languages and XML, such that none can end where it should not.

What does not show when it is read (controls, line separators, marks of direction) is written as an escape everywhere,
so that a name cannot make a line of code look like another.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE = re.compile(r"\s+")
_XML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_MAX_COMMENT = 400  # of a line that is read; a description may be as long as its file


def json_string(text: str) -> str:
    """A JSON string in ASCII, which JavaScript reads alike; `<` is escaped, so that it ends no `<script>`."""
    return json.dumps(text).replace("<", "\\u003c")


def json_text(text: str) -> str:
    """JSON that is written already, with what does not show as escapes: it stands in strings only."""
    if all(line.isprintable() for line in text.split("\n")):
        return text
    return "".join(char if char == "\n" or char.isprintable() else _utf_16(ord(char)) for char in text)


def swift_string(text: str) -> str:
    r"""A Swift string; `\(` begins no interpolation, as each backslash is escaped."""
    return '"' + "".join(_escaped(char, '"\\', lambda code: f"\\u{{{code:x}}}") for char in text) + '"'


def kotlin_string(text: str) -> str:
    """A Kotlin string; `$` begins no template."""
    return '"' + "".join(_escaped(char, '"\\$', _utf_16) for char in text) + '"'


def dart_string(text: str) -> str:
    """A Dart string; `$` begins no interpolation."""
    return "'" + "".join(_escaped(char, "'\\$", lambda code: f"\\u{{{code:x}}}") for char in text) + "'"


def comment(text: str) -> str:
    """The text on one line for a comment: no line end of any language, nothing unseen, and no `*/` or `--`."""
    line = "".join(char if char.isprintable() else " " for char in _LINE.sub(" ", text)).strip()
    line = line if len(line) <= _MAX_COMMENT else f"{line[:_MAX_COMMENT]}…"
    return line.replace("*/", "* /").replace("/*", "/ *").replace("--", "- -").replace("--", "- -").rstrip("\\")


def xml_text(text: str) -> str:
    """Character data or an attribute's value; what XML 1.0 cannot hold at all becomes U+FFFD."""
    return "".join(_XML.get(char) or (char if _is_xml(char) else "\ufffd") for char in text)


def android_string(text: str) -> str:
    r"""The content of a `<string>`: in quotes, so that white space stays, with `\` before what aapt2 would read.

    U+0000, which would end the string there, becomes U+FFFD.
    """
    text = text.replace("\0", "\ufffd")
    return xml_text('"' + "".join(_escaped(char, "\"\\'@?", _utf_16) for char in text) + '"')


def _escaped(char: str, special: str, code_point: Callable[[int], str]) -> str:
    if char in special:
        return f"\\{char}"
    if char.isprintable():
        return char
    return code_point(ord(char))


def _utf_16(code: int) -> str:
    units = chr(code).encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2]):04x}" for at in range(0, len(units), 2))


def _is_xml(char: str) -> bool:
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"
