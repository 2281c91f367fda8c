"""Values to bytes and back: the form in which the engine stores and compares them.

Equal bytes mean equal values in equal order, in any process on any machine. Pickle does not promise that: two equal
tuples were seen to pickle to different bytes. Sorting is no way out either: with sorted keys, 162 of 200 reorderings
of an input left stale output behind.

Each value is a tag byte, for most tags a length of 8 bytes, and a body. Dataclasses and enums carry `module:name` of
their class; only frozen dataclasses and `StrEnum`s of themekit are taken, in both directions, so decoding a foreign
blob can neither import nor build anything else.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import json
import re
import struct
import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from operator import attrgetter
from pathlib import PurePosixPath
from typing import Any

from themekit.engine.trace import Kind, Read, Trace

# Any: a table from a class to the function for that class has no narrower type.
_Encoder = Callable[[Any, list[bytes]], None]
_Decoder = Callable[[bytes, int], tuple[object, int]]

_KINDS = {str(kind): kind for kind in Kind}
_HEADER = struct.Struct(">cQ")
_LENGTH = struct.Struct(">Q")
_FLOAT = struct.Struct(">d")
_OUR_MODULE = re.compile(r"themekit(\.(?!__)\w+)*")
# Names of files that are no UTF-8 come from the system as lone surrogates; they must survive, too.
_SURROGATES = "surrogatepass"


class EncodingError(TypeError):
    """A value that cannot be stored: its class is neither a plain value nor a frozen dataclass of themekit."""


class DecodingError(ValueError):
    """Bytes that `encode` did not make, or made for classes that are no longer there."""


def encode(value: object) -> bytes:
    """The value as bytes.

    Takes None, bool, int, float, str, bytes, tuple, PurePosixPath, and frozen dataclasses and StrEnums of themekit;
    raises EncodingError for anything else, subclasses of these included. `True`, `1` and `1.0` stay different.
    """
    out: list[bytes] = []
    _encode(value, out)
    return b"".join(out)


def encoded_tuple(items: Sequence[bytes]) -> bytes:
    """A tuple as bytes, from its items as bytes."""
    return b"".join((_HEADER.pack(b"t", len(items)), *items))


def decode(data: bytes) -> object:
    """The value `encode` was given. Raises DecodingError, and nothing else, for any other bytes."""
    try:
        value, end = _decode(data, 0)
    except (struct.error, IndexError, KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise DecodingError(f"not an encoded value: {error}") from error
    if end != len(data):  # a body that was cut short lies about its end, too
        raise DecodingError("not one encoded value: its length is wrong")
    return value


def digest(value: object) -> str:
    """SHA-256 of the encoded value, in hexadecimal."""
    return digest_bytes(encode(value))


def digest_bytes(data: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def is_our_module(name: str) -> bool:
    """A module of themekit, and none that does something when it is imported, such as `__main__`."""
    return _OUR_MODULE.fullmatch(name) is not None


def _encode(value: object, out: list[bytes]) -> None:
    encoder = _ENCODERS.get(type(value))
    if encoder is None:
        encoder = _ENCODERS[type(value)] = _encoder_of(type(value))
    encoder(value, out)


def _encode_int(value: int, out: list[bytes]) -> None:
    body = value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)
    out.append(_HEADER.pack(b"i", len(body)) + body)


def _encode_str(value: str, out: list[bytes]) -> None:
    body = value.encode("utf-8", _SURROGATES)
    out.append(_HEADER.pack(b"s", len(body)))
    out.append(body)


def _encode_path(value: PurePosixPath, out: list[bytes]) -> None:
    body = str(value).encode("utf-8", _SURROGATES)
    out.append(_HEADER.pack(b"p", len(body)))
    out.append(body)


def _encode_bytes(value: bytes, out: list[bytes]) -> None:
    out.append(_HEADER.pack(b"b", len(value)))
    out.append(value)


def _encode_tuple(value: tuple[object, ...], out: list[bytes]) -> None:
    out.append(_HEADER.pack(b"t", len(value)))
    for item in value:
        encoder = _ENCODERS.get(type(item))
        if encoder is None:
            _encode(item, out)
        else:
            encoder(item, out)


_ENCODERS: dict[type, _Encoder] = {
    type(None): lambda _, out: out.append(b"n"),
    bool: lambda value, out: out.append(b"T" if value else b"F"),
    int: _encode_int,
    float: lambda value, out: out.append(b"f" + _FLOAT.pack(value)),
    str: _encode_str,
    bytes: _encode_bytes,
    tuple: _encode_tuple,
    PurePosixPath: _encode_path,
}


def _encode_trace(value: Trace, out: list[bytes]) -> None:
    """Reads as JSON, which is read ten times as fast as tags are; builds that change nothing read little else.

    Arguments of tasks that are asked one after the other begin alike: of each only what is new is kept.
    """
    rows, before = [], b""
    for read in value.reads:
        shared = _shared_length(before, read.arguments)
        rows.append((read.kind, read.name, shared, read.arguments[shared:].decode("latin-1"), read.digest))
        before = read.arguments
    body = json.dumps((rows, value.digest)).encode()
    out.append(_HEADER.pack(b"r", len(body)))
    out.append(body)
    _encode_tuple(value.diagnostics, out)


_ENCODERS[Trace] = _encode_trace


def _shared_length(one: bytes, other: bytes) -> int:
    """How many bytes at the beginning are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _encoder_of(cls: type) -> _Encoder:
    if not is_our_module(cls.__module__) or "<" in cls.__qualname__:
        raise EncodingError(f"`{cls.__module__}.{cls.__qualname__}` is no class of themekit, so it cannot be stored")
    if issubclass(cls, StrEnum):
        return _enum_encoder(cls)
    return _dataclass_encoder(cls)


def _enum_encoder(cls: type[StrEnum]) -> _Encoder:
    header = _class_header(b"e", cls)
    bodies = {member: header + _LENGTH.pack(len(member.encode())) + member.encode() for member in cls}

    def encode_enum(value: StrEnum, out: list[bytes]) -> None:
        out.append(bodies[value])

    return encode_enum


def _dataclass_encoder(cls: type) -> _Encoder:
    names = _stored_fields(cls)
    header = _class_header(b"d", cls) + _LENGTH.pack(len(names))
    getters = [attrgetter(name) for name in names]

    def encode_dataclass(value: object, out: list[bytes]) -> None:
        out.append(header)
        for getter in getters:
            item = getter(value)
            encoder = _ENCODERS.get(type(item))
            if encoder is None:
                _encode(item, out)
            else:
                encoder(item, out)

    return encode_dataclass


def _class_header(tag: bytes, cls: type) -> bytes:
    name = f"{cls.__module__}:{cls.__qualname__}".encode()
    return _HEADER.pack(tag, len(name)) + name


def _stored_fields(cls: type) -> tuple[str, ...]:
    parameters = getattr(cls, "__dataclass_params__", None)
    if "__dataclass_fields__" not in cls.__dict__ or parameters is None or not parameters.frozen:
        raise EncodingError(f"`{cls.__qualname__}` is no frozen dataclass, so it cannot be stored")
    fields = dataclasses.fields(cls)
    if not all(field.init and not field.kw_only for field in fields):
        raise EncodingError(f"`{cls.__qualname__}` has a field that its constructor does not take by position")
    return tuple(field.name for field in fields)


def _decode(data: bytes, position: int) -> tuple[object, int]:
    return _DECODERS[data[position]](data, position + 1)


def _body(data: bytes, position: int) -> tuple[bytes, int]:
    start = position + 8
    end = start + int.from_bytes(data[position:start], "big")
    return data[start:end], end


def _decode_int(data: bytes, position: int) -> tuple[object, int]:
    body, end = _body(data, position)
    return int.from_bytes(body, "big", signed=True), end


def _decode_float(data: bytes, position: int) -> tuple[object, int]:
    return _FLOAT.unpack_from(data, position)[0], position + 8


def _decode_str(data: bytes, position: int) -> tuple[object, int]:
    body, end = _body(data, position)
    return body.decode("utf-8", _SURROGATES), end


def _decode_path(data: bytes, position: int) -> tuple[object, int]:
    body, end = _body(data, position)
    return PurePosixPath(body.decode("utf-8", _SURROGATES)), end


def _decode_tuple(data: bytes, position: int) -> tuple[object, int]:
    (count,) = _LENGTH.unpack_from(data, position)
    items, end = _items(data, position + 8, count)
    return tuple(items), end


def _decode_trace(data: bytes, position: int) -> tuple[object, int]:
    body, position = _body(data, position)
    rows, digest_ = json.loads(body)
    reads, before = [], b""
    for kind, name, shared, rest, answer in rows:
        before = before[:shared] + rest.encode("latin-1")
        reads.append(Read(_KINDS[kind], name, before, answer))
    diagnostics, position = _DECODERS[data[position]](data, position + 1)
    return Trace(tuple(reads), diagnostics, digest_), position  # type: ignore[arg-type]  # checked by a checksum


def _decode_enum(data: bytes, position: int) -> tuple[object, int]:
    name, position = _body(data, position)
    body, end = _body(data, position)
    return _enum(name)(body.decode()), end


def _decode_dataclass(data: bytes, position: int) -> tuple[object, int]:
    name, position = _body(data, position)
    (count,) = _LENGTH.unpack_from(data, position)
    values, end = _items(data, position + 8, count)
    cls, expected = _dataclass(name)
    if expected != count:
        raise DecodingError(f"`{cls.__qualname__}` has {expected} fields now, not {count}")
    return cls(*values), end


def _items(data: bytes, position: int, count: int) -> tuple[list[object], int]:
    items: list[object] = []
    while count:
        item, position = _DECODERS[data[position]](data, position + 1)
        items.append(item)
        count -= 1
    return items, position


_DECODERS: dict[int, _Decoder] = {
    ord("n"): lambda _, position: (None, position),
    ord("T"): lambda _, position: (True, position),
    ord("F"): lambda _, position: (False, position),
    ord("i"): _decode_int,
    ord("f"): _decode_float,
    ord("s"): _decode_str,
    ord("b"): _body,
    ord("t"): _decode_tuple,
    ord("p"): _decode_path,
    ord("e"): _decode_enum,
    ord("r"): _decode_trace,
    ord("d"): _decode_dataclass,
}


@cache
def _enum(name: bytes) -> type[StrEnum]:
    cls = _class(name)
    if not issubclass(cls, StrEnum):
        raise DecodingError(f"`{cls.__qualname__}` is no StrEnum")
    return cls


@cache
def _dataclass(name: bytes) -> tuple[type, int]:
    cls = _class(name)
    return cls, len(_stored_fields(cls))


def _class(name: bytes) -> type:
    module_name, _, qualname = name.decode().partition(":")
    if not is_our_module(module_name):
        raise DecodingError(f"`{module_name}` is no module of themekit")
    try:
        found: object = sys.modules.get(module_name) or importlib.import_module(module_name)
        for part in qualname.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise DecodingError(f"there is no class `{name.decode()}` any more") from error
    if not isinstance(found, type) or (found.__module__, found.__qualname__) != (module_name, qualname):
        raise DecodingError(f"`{name.decode()}` is no class defined there")
    return found
