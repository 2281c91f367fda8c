"""Values as Lua literals. No text can become code: what could end a text is written as its number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    LuaValue = None | bool | int | float | str | Sequence["LuaValue"] | Mapping[str, "LuaValue"]

_UNSAFE = re.compile(rb"[^ !#-\[\]-~]")
"""All that is not printable ASCII, and the two that mean something within quotes."""
_NAME = re.compile(r"[a-z][a-z_]*")
_KEYWORDS = re.compile(
    "and|break|do|else|elseif|end|false|for|function|goto|if|in|local|nil|not|or|repeat|return|then|true|until|while"
)
_PLAIN = re.compile(r"[A-Za-z0-9]")


def literal(value: LuaValue) -> str:
    """A Lua 5.1 expression of this value. Lists are counted from 1, and members that are None are left out."""
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if hasattr(value, "items"):
        members = [f"{_key(key)}={literal(each)}" for key, each in value.items() if each is not None]
        return "{" + ",".join(members) + "}"
    return "{" + ",".join(literal(each) for each in value) + "}"


def pattern(text: str) -> str:
    """A Lua pattern that this text alone matches."""
    return "".join(
        character if _PLAIN.match(character) or character > "\x7f" else f"%{character}" for character in text
    )


def _key(text: str) -> str:
    return text if _NAME.fullmatch(text) and not _KEYWORDS.fullmatch(text) else f"[{_text(text)}]"


def _text(text: str) -> str:
    """Three digits each, so that a digit after them is not read as theirs."""
    escaped = _UNSAFE.sub(lambda match: b"\\%03d" % match[0][0], text.encode())
    return f'"{escaped.decode()}"'
