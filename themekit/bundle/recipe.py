"""How a member was compressed, told so briefly that who has its content can compress it to the same bytes.

The members of a bundle are deflated as one stream, or joined of pieces (`pieces.py`): full-flushed at level 6 or 1, or
stored. The pieces are found again by trying: what does not come out the same is told byte for byte.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng

from themekit.bundle.archive import DEFLATED, LEVEL, STORED, Header, Member
from themekit.bundle.pieces import ZONE_LEVEL, stored

if TYPE_CHECKING:
    from themekit.bundle.reader import Entry

Step = list[int | str]
"""`[level, length]`, level 0 for stored; or `[-1, length, data]`, data in base64, for a piece told byte for byte."""

KEPT, PLAIN, WHOLE = "kept", "stored", "deflated"
"""The member of the old bundle as it is; its content as it is; one stream of level 6."""
RAW = -1
FLUSH = b"\x00\x00\xff\xff"  # an empty stored block: where a full flush ended
END = b"\x03\x00"
MAX_TRIES = 8  # of a piece whose data holds those four bytes by chance
MAX_STEPS = 1_000_000


class InvalidRecipeError(ValueError):
    """A recipe that fits no content; the message says why, as a clause after "the patch"."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to do with a member's content: one of the words above, or steps."""

    how: str | tuple[Step, ...]

    def as_json(self) -> object:
        """As the patch has it."""
        return self.how if isinstance(self.how, str) else list(self.how)


def recipe_of(entry: Entry, content: bytes) -> Recipe:
    """The recipe for a member of this content."""
    if entry.method == STORED:
        return Recipe(PLAIN)
    data = bytes(entry.data)
    if FLUSH not in data and deflated(content) == data:
        return Recipe(WHOLE)
    steps = _steps(data, content)
    if steps is not None:
        return Recipe(steps)
    if deflated(content) == data:
        return Recipe(WHOLE)
    return Recipe(([RAW, len(content), base64.b64encode(data).decode()],))


def parse_recipe(value: object) -> Recipe:
    """The recipe in a patch. Raises InvalidRecipeError."""
    if value in {KEPT, PLAIN, WHOLE} if isinstance(value, str) else False:
        return Recipe(str(value))
    if not isinstance(value, list) or len(value) > MAX_STEPS:
        raise InvalidRecipeError("has a recipe that is none")
    return Recipe(tuple(_step(each) for each in value))


def cooked(path: str, content: bytes, *, recipe: Recipe) -> Member:
    """The member, its content compressed after a recipe (not `KEPT`). Raises InvalidRecipeError."""
    crc32 = zlib_ng.crc32(content)
    if recipe.how == PLAIN:
        return Member(Header(path, STORED, crc32, len(content), len(content)), content)
    data = deflated(content) if isinstance(recipe.how, str) else _joined(content, recipe.how)
    return Member(Header(path, DEFLATED, crc32, len(data), len(content)), data)


def deflated(content: bytes) -> bytes:
    """One stream, as `archive.member` makes it."""
    compressor = zlib_ng.compressobj(LEVEL, zlib_ng.DEFLATED, -15)
    data: bytes = compressor.compress(content) + compressor.flush()
    return data


def _joined(content: bytes, steps: tuple[Step, ...]) -> bytes:
    parts: list[bytes] = []
    start = 0
    for level, length, *raw in steps:
        piece = content[start : start + int(length)]
        start += int(length)
        if level == RAW:
            parts.append(base64.b64decode(str(raw[0])))
        else:
            parts.append(_piece(piece, int(level)))
    if start != len(content):
        raise InvalidRecipeError("has a recipe for a content of another length")
    is_whole = len(steps) == 1 and steps[0][0] == RAW
    return b"".join(parts) + (b"" if is_whole else END)


def _piece(content: bytes, level: int) -> bytes:
    if level == STORED:
        return stored(content) or b"\0\0\0\xff\xff"
    compressor = zlib_ng.compressobj(level, zlib_ng.DEFLATED, -15)
    data: bytes = compressor.compress(content) + compressor.flush(zlib_ng.Z_FULL_FLUSH)
    return data


def _steps(data: bytes, content: bytes) -> tuple[Step, ...] | None:
    """The pieces of a joined member; None if it is none, or one that cannot be cut."""
    if not data.endswith(END):
        return None
    steps: list[Step] = []
    position, start, end = 0, 0, len(data) - len(END)
    while position < end:
        found = _stored_step(data, position) or _deflated_step(data, (position, end), content=content, start=start)
        if found is None:
            return None
        step, position = found
        steps.append(step)
        start += int(step[1])
    return tuple(steps) if _is_right(steps, content, data) else None


def _is_right(steps: list[Step], content: bytes, data: bytes) -> bool:
    try:
        return _joined(content, tuple(steps)) == data
    except InvalidRecipeError:
        return False


def _stored_step(data: bytes, position: int) -> tuple[Step, int] | None:
    head = data[position : position + 5]
    length, complement = int.from_bytes(head[1:3], "little"), int.from_bytes(head[3:5], "little")
    if len(head) < 5 or head[0] or length ^ complement != 0xFFFF:
        return None
    return [STORED, length], position + 5 + length


def _deflated_step(data: bytes, bounds: tuple[int, int], *, content: bytes, start: int) -> tuple[Step, int] | None:
    """A piece up to a flush that starts anew behind it; told byte for byte if neither level makes the same."""
    position, end = bounds
    stop = position
    raw: tuple[Step, int] | None = None
    for _ in range(MAX_TRIES):
        stop = data.find(FLUSH, stop, end) + len(FLUSH)
        if stop < len(FLUSH):
            break
        unpacked = _inflated(data[position:stop])
        if unpacked is None or not content.startswith(unpacked, start):
            continue
        for level in (LEVEL, ZONE_LEVEL):
            if _piece(unpacked, level) == data[position:stop]:
                return [level, len(unpacked)], stop
        raw = raw or ([RAW, len(unpacked), base64.b64encode(data[position:stop]).decode()], stop)
    return raw


def _inflated(piece: bytes) -> bytes | None:
    inflater = zlib_ng.decompressobj(-15)
    try:
        unpacked: bytes = inflater.decompress(piece)
    except zlib_ng.error:  # type: ignore[misc]  # the stub calls it a value
        return None
    return None if inflater.eof or inflater.unused_data else unpacked


def _step(value: object) -> Step:
    if isinstance(value, list) and len(value) in {2, 3} and all(type(each) is int for each in value[:2]):
        level, length, raw = value[0], value[1], value[2:]
        if length >= 0 and ((level in {STORED, ZONE_LEVEL, LEVEL} and not raw) or (level == RAW and _is_raw(raw))):
            return value
    raise InvalidRecipeError("has a recipe with a step that is none")


def _is_raw(raw: list[object]) -> bool:
    if len(raw) != 1 or not isinstance(raw[0], str):
        return False
    try:
        base64.b64decode(raw[0], validate=True)
    except (binascii.Error, ValueError):
        return False
    return True
