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
_KNOWN: dict[str, tuple[str, JsonObject]] = {}
"""By the key of a member that is an object: its text, and what was read from it."""


def read_members(text: str, decoder: JSONDecoder, *, is_usual: Callable[[str, JsonValue], bool]) -> JsonObject | None:
    """The object that a text is; None for what is no such object, or has something in it that needs a closer look.

    `is_usual` says of a member that was not read before, by its text and its value, that it needs none. Objects are
    shared with earlier results, so nobody may change them. Raises what the decoder and `is_usual` raise.
    """
    found: JsonObject = {}
    match = _OPENING.match(text)
    while match:
        start = match.end()
        key, index = cast("tuple[str, int]", decoder.raw_decode(text, start))
        colon = _COLON.match(text, index)
        if colon is None or key in found or "\\" in text[start:index]:
            return None
        start = colon.end()
        known = _KNOWN.get(key)
        if known is not None and text.startswith(known[0], start):
            found[key] = known[1]
            index = start + len(known[0])
        else:
            value, index = cast("tuple[JsonValue, int]", decoder.raw_decode(text, start))
            if not is_usual(written := text[start:index], value):
                return None
            found[key] = value
            if isinstance(value, dict) and len(written) <= MAX_REMEMBERED:
                if len(_KNOWN) >= REMEMBERED:
                    _KNOWN.clear()
                _KNOWN[key] = written, value
        match = _NEXT.match(text, index)
        if match is None and (end := _END.match(text, index)) and end.end() == len(text):
            return found
    return None
