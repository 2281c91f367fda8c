"""The tar form of a bundle: the same files in the same order, each byte of the archive decided by them alone.

Plain ustar, mode 0644, no owner, one time. A path that ustar cannot hold has a pax record before it. A reader accepts
nothing but what the writer writes. Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BLOCK = 512
MAX_SIZE = 8**11 - 1  # what eleven octal digits hold
MAX_FILES = 0xFFFF
_END = bytes(2 * BLOCK)
_REGULAR, _PAX = b"0", b"x"
_PAX_NAME = b"pax"
_NAME_BYTES, _PREFIX_BYTES = 100, 155
_SIZE, _TIME, _TYPE, _NAME, _PREFIX = slice(124, 136), slice(136, 148), slice(156, 157), slice(0, 100), slice(345, 500)


class InvalidTarError(ValueError):
    """Not what the writer writes; the message says why, as a clause after "the tar archive"."""


@dataclass(frozen=True, slots=True)
class TarFile:
    """A file of the archive."""

    path: str
    content: bytes | memoryview


def write_tar(files: Iterable[TarFile], *, epoch_s: int) -> bytes:
    """The archive's bytes, files in the order given."""
    parts: list[bytes | memoryview] = []
    for each in files:
        size = len(each.content)
        parts += (_head(each.path, size, epoch_s), each.content, bytes(-size % BLOCK))
    return b"".join((*parts, _END))


def read_tar(archive: memoryview) -> tuple[tuple[TarFile, ...], int]:
    """The files, and their time. Raises InvalidTarError for anything but an archive of `write_tar`."""
    files: list[TarFile] = []
    epoch_s, position = None, 0
    while bytes(archive[position : position + BLOCK]).strip(b"\0"):
        path, size, time_s = _read_head(archive, position)
        epoch_s = time_s if epoch_s is None else epoch_s
        head = _head(path, size, epoch_s)
        start = position + len(head)
        end = start + size + -size % BLOCK
        if bytes(archive[position:start]) != head or bytes(archive[start + size : end]) != bytes(-size % BLOCK):
            raise InvalidTarError(f"has a header no bundle has, at byte {position}")
        files.append(TarFile(path, archive[start : start + size]))
        if len(files) > MAX_FILES:
            raise InvalidTarError(f"has more than {MAX_FILES} files")
        position = end
    if bytes(archive[position : position + len(_END) + 1]) != _END:
        raise InvalidTarError("does not end where it should")
    return tuple(files), epoch_s or 0


def _read_head(archive: memoryview, position: int) -> tuple[str, int, int]:
    """Path, size and time as the headers at a place say; whether they are ours is for the caller to compare."""
    block, path = bytes(archive[position : position + BLOCK]), b""
    if block[_TYPE] == _PAX:
        size = _octal(block[_SIZE])
        record = bytes(archive[position + BLOCK : position + BLOCK + min(size, 2 * BLOCK)])
        path = record.partition(b"path=")[2].removesuffix(b"\n")
        following = position + BLOCK + size + -size % BLOCK
        block = bytes(archive[following : following + BLOCK])
    else:
        prefix, name = (block[part].rstrip(b"\0") for part in (_PREFIX, _NAME))
        path = b"/".join((prefix, name)) if prefix else name
    try:
        return path.decode(), _octal(block[_SIZE]), _octal(block[_TIME])
    except UnicodeDecodeError as error:
        raise InvalidTarError(f"has a name that is not UTF-8, at byte {position}") from error


def _octal(digits: bytes) -> int:
    try:
        return int(digits.rstrip(b"\0"), 8)
    except ValueError as error:
        raise InvalidTarError("has a number that is none") from error


def _head(path: str, size: int, epoch_s: int) -> bytes:
    if not 0 <= size <= MAX_SIZE:
        raise InvalidTarError("has a file larger than tar can say")
    name = path.encode()
    fitting = _split(name)
    if fitting is None:
        record = _pax_record(name)
        before = _header(_PAX_NAME, b"", len(record), epoch_s=epoch_s, kind=_PAX)
        own = _header(name[:_NAME_BYTES], b"", size, epoch_s=epoch_s, kind=_REGULAR)
        return before + record + bytes(-len(record) % BLOCK) + own
    return _header(fitting[1], fitting[0], size, epoch_s=epoch_s, kind=_REGULAR)


def _split(name: bytes) -> tuple[bytes, bytes] | None:
    """Prefix and name, cut at the first slash that will do; None if none will."""
    if len(name) <= _NAME_BYTES:
        return b"", name
    cut = name.find(b"/", len(name) - _NAME_BYTES - 1)
    return (name[:cut], name[cut + 1 :]) if 0 < cut <= _PREFIX_BYTES and cut + 1 < len(name) else None


def _pax_record(name: bytes) -> bytes:
    body = b" path=%b\n" % name
    length = len(body) + 1
    while len(str(length)) + len(body) != length:
        length = len(str(length)) + len(body)
    return str(length).encode() + body


def _header(name: bytes, prefix: bytes, size: int, *, epoch_s: int, kind: bytes) -> bytes:
    text = b"".join(
        (
            name.ljust(100, b"\0"),
            b"0000644\0" + b"0000000\0" * 2,
            b"%011o\0%011o\0" % (size, epoch_s),
            b" " * 8,
            kind.ljust(101, b"\0"),
            b"ustar\x0000".ljust(72, b"\0"),
            b"0000000\0" * 2,
            prefix.ljust(155, b"\0"),
            bytes(12),
        )
    )
    return text[:148] + b"%06o\0 " % sum(text) + text[156:]
