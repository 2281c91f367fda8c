"""A deterministic zip: the same members give the same bytes, on any machine and any CPU.

Each member is a value of its own, made before the archive and apart from it, so that unchanged members can be reused.
Source: APPNOTE.TXT 6.3.10 (PKWARE), sections 4.3 and 4.4. zlib-ng's level 6 was measured to give equal bytes on four
CPU models, which ISA-L does not; its version is pinned and named in the manifest.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model import Artifact

STORED = 0
DEFLATED = 8
EARLIEST_S = 315_532_800  # 1980-01-01, the first moment a zip can hold
MAX_MEMBERS = 0xFFFF  # more, or more bytes, would need zip64, which not every partner's unpacker reads
MAX_BYTES = 0xFFFF_FFFF
LEVEL = 6

_VERSION_NEEDED = 20
_MADE_BY_UNIX = (3 << 8) | _VERSION_NEEDED
_UTF8_NAMES = 0x0800
_REGULAR_0644 = 0o100644 << 16
COMPRESSED_ALREADY = frozenset(
    {
        "application/gzip",
        "application/zip",
        "font/woff2",
        "image/jpeg",
        "image/png",
        "image/vnd.microsoft.icon",
        "image/webp",
        "image/x-icon",
    }
)
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
LOCAL_SIGNATURE = b"PK\x03\x04"
CENTRAL_SIGNATURE = b"PK\x01\x02"
END_SIGNATURE = b"PK\x05\x06"
END_SIZE = _END.size
LOCAL_SIZE = _LOCAL.size
CENTRAL_SIZE = _CENTRAL.size


@dataclass(frozen=True, slots=True)
class Header:
    """What the archive says of one file. `size` and `crc32` are of the uncompressed content."""

    path: str
    method: int
    crc32: int
    compressed_size: int
    size: int


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive; `data` is what follows its header, compressed or as it is."""

    header: Header
    data: bytes


def member(artifact: Artifact) -> Member:
    """The artifact, deflated; stored if that gains nothing, or little of a format that is compressed already."""
    path, content = str(artifact.path), artifact.content
    crc32 = zlib_ng.crc32(content)
    compressor = zlib_ng.compressobj(LEVEL, zlib_ng.DEFLATED, -15)
    deflated = compressor.compress(content) + compressor.flush()
    is_compressed = artifact.media_type in COMPRESSED_ALREADY
    if len(deflated) < (len(content) * 7 // 8 if is_compressed else len(content)):
        return Member(Header(path, DEFLATED, crc32, len(deflated), len(content)), deflated)
    return Member(Header(path, STORED, crc32, len(content), len(content)), content)


def write_zip(members: Iterable[Member], *, epoch_s: int) -> bytes:
    """The archive's bytes, members in the order given, all with one time and mode 0644.

    `epoch_s` is UNIX time (SOURCE_DATE_EPOCH), raised to 1980. Raises ValueError if zip64 would be needed, or if a
    member's data has not the length its header says.
    """
    moment = dos_time(epoch_s)
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for each in members:
        directory.append(central_header(each.header, moment, offset=offset))
        local = local_header(each.header, moment)
        if len(each.data) != each.header.compressed_size:
            raise ValueError(f"the data of `{each.header.path}` has another length than its header says")
        parts += (local, each.data)
        offset += len(local) + each.header.compressed_size
    central = b"".join(directory)
    if len(directory) > MAX_MEMBERS or offset + len(central) > MAX_BYTES:
        raise ValueError(f"{len(directory)} members of {offset} bytes do not fit a zip without zip64")
    return b"".join((*parts, central, end_record(len(directory), len(central), offset=offset)))


def dos_time(epoch_s: int) -> tuple[int, int]:
    """The time and the date word of UNIX time, in UTC, to two seconds."""
    moment = datetime.fromtimestamp(max(epoch_s, EARLIEST_S), UTC)
    return (
        moment.hour << 11 | moment.minute << 5 | moment.second // 2,
        (moment.year - 1980) << 9 | moment.month << 5 | moment.day,
    )


def epoch_of(archive: bytes | memoryview) -> int:
    """The UNIX time, to two seconds, of the first member of an archive of ours."""
    time, date = struct.unpack_from("<2H", archive, 10)
    moment = datetime(
        1980 + (date >> 9), date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, 2 * (time & 31), tzinfo=UTC
    )
    return int(moment.timestamp())


def local_header(header: Header, moment: tuple[int, int]) -> bytes:
    """The header before a member's data."""
    name = header.path.encode()
    return (
        _LOCAL.pack(
            LOCAL_SIGNATURE,
            _VERSION_NEEDED,
            _UTF8_NAMES,
            header.method,
            *moment,
            header.crc32,
            header.compressed_size,
            header.size,
            len(name),
            0,
        )
        + name
    )


def central_header(header: Header, moment: tuple[int, int], *, offset: int) -> bytes:
    """The member's entry in the directory; `offset` is where its local header starts."""
    name = header.path.encode()
    return (
        _CENTRAL.pack(
            CENTRAL_SIGNATURE,
            _MADE_BY_UNIX,
            _VERSION_NEEDED,
            _UTF8_NAMES,
            header.method,
            *moment,
            header.crc32,
            header.compressed_size,
            header.size,
            len(name),
            0,
            0,
            0,
            0,
            _REGULAR_0644,
            offset,
        )
        + name
    )


def end_record(count: int, directory_size: int, *, offset: int) -> bytes:
    """The record that closes the archive; `offset` is where the directory starts."""
    return _END.pack(END_SIGNATURE, 0, 0, count, count, directory_size, offset, 0)
