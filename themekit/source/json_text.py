"""The bytes of a JSON file to a value, quickly; what is wrong with it, with line and column.

The standard library reads; hooks stop it at what it would let pass (duplicate keys, NaN, huge numbers). Only then the
careful reader of json_scan.py looks at the text.
"""

from __future__ import annotations

import json
import re
from itertools import chain
from math import isinf
from typing import TYPE_CHECKING, NamedTuple, cast

from themekit.source.json_groups import read_members
from themekit.source.json_value import MAX_DEPTH

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.source.json_value import JsonObject, JsonValue

MAX_BYTES = 1024 * 1024  # the largest real token file measured has 170 KB
IF_EMPTY = "it may be a save that failed: bring back what was in it"
SAFE_DIGITS = 15  # any integer of 15 digits is below 2^53

UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_CONTAINERS = (dict, list)
_OBJECTS = {dict}
_DIGITS = bytes(0x30 if chr(byte) in "0123456789" else 0x65 if chr(byte) in "eE" else 0x20 for byte in range(256))
"""What `bytes.translate` needs to make each digit `0`, each exponent's letter `e`, and all else a space."""

_DIGIT = b"0123456789"
_HAS_DIGIT = re.compile("[0-9]")
_SHAPES: dict[bytes, int] = {}
"""Texts of objects without their digits, and how many members such an object has.

Colours of brands differ in digits alone. If such a text was looked at for keys that stand twice, and no key inside has
a digit, another one with as many members has none either. `_ONCE` was not asked for its keys, `_MAY_REPEAT` has some.
"""
_ONCE, _MAY_REPEAT = -1, -2
REMEMBERED = 16  # shapes
MAX_SHAPE = 1 << 18  # bytes of a member that has one


class Document(NamedTuple):
    """A JSON file as a value. `omitted` has pointers of values that were already reported and left out."""

    path: PurePosixPath
    value: JsonValue
    omitted: frozenset[str] = frozenset()


class _IrregularError(ValueError):
    """Something that the standard library accepts and we do not."""


def read_json(
    path: PurePosixPath,
    content: bytes,
    *,
    max_bytes: int = MAX_BYTES,
    max_digits: int = SAFE_DIGITS,
    shares_members: bool = False,
    if_empty: str = IF_EMPTY,
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The value of a UTF-8 JSON file of at most 1 MiB (or `max_bytes`), and everything wrong with the JSON itself.

    With `shares_members` objects that were in a file before are those of that file: nobody may change them.
    Integers of more than `max_digits` digits are looked at with care, and refused if a double cannot hold them.
    `if_empty` is the hint for a file that holds nothing.

    The document is None if nothing could be read. With diagnostics it can still be there: slips such as a trailing
    comma are reported and read over, so that mistakes in the values are found in the same run.
    """
    if len(content) > max_bytes:
        from themekit.source.json_mistakes import too_large  # noqa: PLC0415  # as in `_carefully`

        return None, (too_large(path, len(content), max_bytes=max_bytes),)
    if content.startswith(UTF_16) or (b"\0" in content[:4] and len(content) > 1):
        from themekit.source.json_mistakes import other_encoding  # noqa: PLC0415  # as in `_carefully`

        return None, (other_encoding(path),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        from themekit.source.json_mistakes import not_utf_8  # noqa: PLC0415  # as in `_carefully`

        return None, (not_utf_8(path, error),)
    try:
        members = read_members(text, _PLAIN, is_usual=_is_usual) if shares_members else None
        if members is not None:
            return Document(path, members), ()
        if not _has_half_pair(text):
            return Document(path, _fast(text, content, max_digits=max_digits)), ()
    except (ValueError, RecursionError):
        pass  # the careful reader says why
    return _carefully(path, text, if_empty=if_empty)


def is_strict(text: str) -> bool:
    """It is JSON without a slip, in which no key stands twice."""
    try:
        _fast(text, text.encode(errors="replace"), max_digits=SAFE_DIGITS)
    except (ValueError, RecursionError):
        return False
    return True


def decoded_text(content: bytes) -> str:
    """The text for excerpts: without the byte order mark, undecodable bytes replaced."""
    return content.decode("utf-8-sig", errors="replace")


def _has_half_pair(text: str) -> bool:
    """An escape could be half a surrogate pair: the standard library would accept it."""
    if "\\" not in text or _SURROGATE.search(text) is None:
        return False
    return _SURROGATE.search(_PAIR.sub(r"\1", text)) is not None


def _is_usual(text: str, value: JsonValue) -> bool:
    """A member of the outermost object, read from this text, is what `_fast` and no hook would have."""
    content = text.encode()
    if type(value) is not dict or "\\" in text or len(content) > MAX_SHAPE:
        is_plain = not _has_long_number(content, SAFE_DIGITS) and not _has_half_pair(text)
        return is_plain and (type(value) not in _CONTAINERS or not _repeats_keys(text, value))
    shape = content.translate(None, _DIGIT)
    count = _SHAPES.get(shape)
    if count == len(value):
        return not _has_long_digits(content.translate(_DIGITS), SAFE_DIGITS)  # an exponent would be another shape
    if _has_long_number(content, SAFE_DIGITS):
        return False
    if _repeats_keys(text, value):
        return False
    if count is None:
        if len(_SHAPES) >= REMEMBERED:
            _SHAPES.clear()
        _SHAPES[shape] = _ONCE  # most are seen no more, and not worth the look at their keys
    elif count == _ONCE:
        _SHAPES[shape] = _MAY_REPEAT if _has_digits_in_keys(value) else len(value)
    return True


def _repeats_keys(text: str, value: JsonValue) -> bool:
    return _may_repeat_keys(text, _members_in(value, max_depth=MAX_DEPTH - 1))


def _has_digits_in_keys(value: JsonObject) -> bool:
    """A key below the outermost ones has a digit. Of those it is enough to know how many there are."""
    level: list[JsonValue] = [*value.values()]
    while level:
        objects = cast("list[JsonObject]", _all_of(dict, level))
        if _HAS_DIGIT.search(" ".join(chain.from_iterable(objects))):
            return True
        arrays = cast("list[list[JsonValue]]", _all_of(list, level))
        level = [*chain.from_iterable(map(dict.values, objects)), *chain.from_iterable(arrays)]
    return False


def _members_in(value: JsonValue, *, max_depth: int = MAX_DEPTH) -> int:
    """How many members all objects have.

    Raises _IrregularError if more than `max_depth` objects and arrays stand in one another: the standard library stops
    near Python's 1000 only.
    """
    count = 0
    level: list[JsonValue] = [value]
    for _ in range(max_depth + 1):
        kinds = set(map(type, level))
        if kinds.isdisjoint(_CONTAINERS):
            return count
        # Nearly always a level is of one kind, which is seen without a look at each value in Python.
        objects = cast(
            "list[JsonObject]", level if kinds == _OBJECTS else _all_of(dict, level) if dict in kinds else []
        )
        arrays = cast("list[list[JsonValue]]", _all_of(list, level) if list in kinds else [])
        level = [*chain.from_iterable(map(dict.values, objects))]
        count += len(level)
        level += chain.from_iterable(arrays)
    raise _IrregularError


def _all_of(kind: type, level: list[JsonValue]) -> list[JsonValue]:
    return [each for each in level if type(each) is kind]


def _has_long_number(content: bytes, max_digits: int) -> bool:
    """A number may be infinite, or more than a double can hold."""
    digits = content.translate(_DIGITS)
    return b"0e" in digits or _has_long_digits(digits, max_digits)


def _has_long_digits(digits: bytes, max_digits: int) -> bool:
    return b"0" * (max_digits + 1) in digits


def _may_repeat_keys(text: str, members: int) -> bool:
    """Each member has a colon, and no value begins with a slash: if there are no more colons, no key stands twice."""
    colons = text.count(":")
    return members < colons and members < colons - text.count("://")


def _fast(text: str, content: bytes, *, max_digits: int) -> JsonValue:
    """The value. Hooks for each object and number take as long as all the rest, so they run only if they might stop."""
    if _has_long_number(content, max_digits):
        return _with_hooks(text, max_digits)
    value = cast("JsonValue", _PLAIN.decode(text))
    return _with_hooks(text, max_digits) if _may_repeat_keys(text, _members_in(value)) else value


def _with_hooks(text: str, max_digits: int) -> JsonValue:
    def integer(digits: str) -> int:
        if len(digits) > max_digits:
            raise _IrregularError
        return int(digits)

    value = cast(
        "JsonValue",
        json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=integer,
            parse_float=_float,
        ),
    )
    _members_in(value)
    return value


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _IrregularError
    return members


def _constant(_name: str) -> JsonValue:
    raise _IrregularError


def _float(digits: str) -> float:
    number = float(digits)
    if isinf(number):
        raise _IrregularError
    return number


_PLAIN = json.JSONDecoder(parse_constant=_constant)


def _carefully(path: PurePosixPath, text: str, *, if_empty: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    from themekit.source.json_mistakes import read_carefully  # noqa: PLC0415  # 15 ms, for no good file

    return read_carefully(path, text, if_empty=if_empty)
