"""Archives without a clock: zip, tar and gzip, with the same bytes whenever and wherever they are made."""

from __future__ import annotations

import io
import struct
import tarfile
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from zlib_ng import zlib_ng

if TYPE_CHECKING:
    from collections.abc import Iterable

EPOCH_S = 946_684_800  # 2000-01-01: a zip cannot say a time before 1980, and zone mistakes must not lead there
_DATE, _TIME = (2000 - 1980) << 9 | 1 << 5 | 1, 0
_FILE_MODE = 0o644
_LEVEL = 9
_ZIP_LEVEL = 6  # of a jar each member is another in every brand
_STORED, _DEFLATED, _UTF_8 = 0, 8, 1 << 11
_VERSION, _UNIX = 20, 3 << 8  # 2.0, and the system whose modes are meant, wherever it is made
_MOST, _MOST_BYTES = 0xFFFF, 0xFFFFFFFF


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these members in this order, each deflated where that makes it smaller.

    Source: PKWARE, APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. Python's `zipfile` takes no member that is
    deflated already, and its `zlib` may be any of three, which write different bytes. Raises ValueError for more than
    65,535 members, or 4 GiB: there is no other form for these here.
    """
    members, listed, at = [], [], 0
    for path, content in files:
        name = path.encode()
        method, packed = _deflated(content)
        flags = 0 if path.isascii() else _UTF_8
        common = (_VERSION, flags, method, _TIME, _DATE, crc32(content), len(packed), len(content), len(name), 0)
        head = struct.pack("<4s5H3L2H", b"PK\3\4", *common)
        about = (0, 0, 0, (0o100000 | _FILE_MODE) << 16, at)
        listed.append(struct.pack("<4s6H3L5H2L", b"PK\1\2", _UNIX | _VERSION, *common, *about) + name)
        members += [head, name, packed]
        at += len(head) + len(name) + len(packed)
    if len(listed) > _MOST or at > _MOST_BYTES:
        raise ValueError("there is too much in it for a zip")
    directory = b"".join(listed)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(listed), len(listed), len(directory), at, 0)
    return b"".join((*members, directory, end))


@lru_cache(maxsize=8192)  # most members are the same in every brand, and are deflated once
def _deflated(content: bytes) -> tuple[int, bytes]:
    """The method and the bytes."""
    packer = zlib_ng.compressobj(_ZIP_LEVEL, zlib_ng.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return (_DEFLATED, packed) if len(packed) < len(content) else (_STORED, content)


def tar_gz_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A gzipped tar of these members in this order."""
    target = io.BytesIO()
    with tarfile.TarFile(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path, content in files:
            member = tarfile.TarInfo(path)
            member.size, member.mode, member.mtime = len(content), _FILE_MODE, EPOCH_S
            archive.addfile(member, io.BytesIO(content))
    return gzipped(target.getvalue())


def gzipped(content: bytes) -> bytes:
    """The content as a gzip file that names no time, no file and no system. Source: RFC 1952."""
    packer = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, -15)
    body = packer.compress(content) + packer.flush()
    head = b"\x1f\x8b\x08\x00" + struct.pack("<L", 0) + b"\x02\xff"
    return head + body + struct.pack("<LL", crc32(content), len(content) & 0xFFFFFFFF)
