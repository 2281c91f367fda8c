"""Archives without a clock: zip, tar and gzip, with the same bytes whenever and wherever they are made."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from typing import TYPE_CHECKING
from zlib import crc32

from zlib_ng import zlib_ng

if TYPE_CHECKING:
    from collections.abc import Iterable

EPOCH_S = 946_684_800  # 2000-01-01: a zip cannot say a time before 1980, and zone mistakes must not lead there
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644
_LEVEL = 9


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these members in this order. Members are stored: what holds a zip deflates it, or it is small.

    Python's own `zlib` may be any of three, and each writes other bytes.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files:
            member = zipfile.ZipInfo(path, _ZIP_TIME)
            member.external_attr = (0o100000 | _FILE_MODE) << 16
            member.create_system = 3  # Unix, wherever it is made
            archive.writestr(member, content)
    return target.getvalue()


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
