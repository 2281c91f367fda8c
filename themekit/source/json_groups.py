"""The outermost object of a JSON file, of which members that stood in a file before are not parsed again.

Brands of one design system share most groups of their tokens, byte by byte. An object's text says where it ends, so
where the text of one that was read before begins, the same one stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from json import JSONDecoder

    from themekit.source.json_value import JsonObject, JsonValue

REMEMBERED = 64  # members: those of one large file
MAX_REMEMBERED = 1 << 20  # characters of one member
_SPACE = r"[ \t\n\r]*"
_OPENING = re.compile(rf'{_SPACE}\{{{_SPACE}(?=")')
_COLON = re.compile(rf"{_SPACE}:{_SPACE}")
_NEXT = re.compile(rf'{_SPACE},{_SPACE}(?=")')
_END = re.compile(rf"{_SPACE}\}}{_SPACE}")
_KNOWN: dict[str, tuple[str, JsonObject, int]] = {}
"""By the key of a member that is an object: its text, what was read from it, and how many members all in it have."""


def read_members(
    text: str, decoder: JSONDecoder, *, members_in: Callable[[JsonValue], int]
) -> tuple[JsonObject, int] | None:
    """The object that a text is, and how many members it and all in it have; None for what is no such object.

    `members_in` counts those in a value. Objects are shared with earlier results, so nobody may change them. Raises
    what the decoder and `members_in` raise.
    """
    found: JsonObject = {}
    count = 0
    match = _OPENING.match(text)
    while match:
        key, index = cast("tuple[str, int]", decoder.raw_decode(text, match.end()))
        colon = _COLON.match(text, index)
        if colon is None or key in found:
            return None
        value, members, index = _member(text, colon.end(), key, decoder=decoder, members_in=members_in)
        found[key] = value
        count += 1 + members
        match = _NEXT.match(text, index)
        if match is None and (end := _END.match(text, index)) and end.end() == len(text):
            return found, count
    return None


def _member(
    text: str, start: int, key: str, *, decoder: JSONDecoder, members_in: Callable[[JsonValue], int]
) -> tuple[JsonValue, int, int]:
    """A value, how many members all in it have, and where it ends."""
    known = _KNOWN.get(key)
    if known is not None and text.startswith(known[0], start):
        return known[1], known[2], start + len(known[0])
    value, end = cast("tuple[JsonValue, int]", decoder.raw_decode(text, start))
    members = members_in(value)
    if isinstance(value, dict) and end - start <= MAX_REMEMBERED:
        if len(_KNOWN) >= REMEMBERED:
            _KNOWN.clear()
        _KNOWN[key] = text[start:end], value, members
    return value, members, end
