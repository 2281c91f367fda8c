"""A member's content, never more of it than the member declares; what is wrong with its data is told."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng

from themekit.bundle.archive import STORED
from themekit.bundle.reader import DOWNLOAD_AGAIN, OR_DISTRUST, Entry, shown
from themekit.diagnostics import Code, Reporter

if TYPE_CHECKING:
    from collections.abc import Iterator

DAMAGED = Code("bundle-damaged", summary="A file of a bundle is not the one its manifest describes.")
SIZE_LIE = Code("bundle-size-lie", summary="A file of a bundle unpacks to another size than it declares.")
TOO_LARGE = Code("bundle-too-large", summary="A bundle is larger, or would unpack to more, than any real one.")
_CHUNK = 1024 * 1024


def sha256_of(entry: Entry, report: Reporter) -> str:
    """SHA-256 of the member's content, in hex; what is wrong with its data goes to `report`."""
    digest = hashlib.sha256()
    for chunk in inflated(entry, report):
        digest.update(chunk)
    return digest.hexdigest()


def inflated(entry: Entry, report: Reporter) -> Iterator[bytes]:
    """The content in chunks, never more than the size declared; lies about size and CRC go to `report`."""
    chunks = _stored(entry) if entry.method == STORED else _deflated(entry, report)
    size, crc32, before = 0, 0, len(report.found)
    for chunk in chunks:
        size += len(chunk)
        if size > entry.size:
            message = f"`{shown(entry.path)}` unpacks to more than the {entry.size} bytes it declares"
            report(SIZE_LIE, None, message, hint=OR_DISTRUST)
            return
        crc32 = zlib_ng.crc32(chunk, crc32)
        yield chunk
    if len(report.found) > before:
        return  # the data is damaged: that its size and CRC differ follows
    if size < entry.size:
        message = f"`{shown(entry.path)}` unpacks to {size} bytes, but declares {entry.size}"
        report(SIZE_LIE, None, message, hint=OR_DISTRUST)
    elif entry.crc32 is not None and crc32 != entry.crc32:
        report(DAMAGED, None, f"`{shown(entry.path)}` is damaged: its CRC-32 differs", hint=DOWNLOAD_AGAIN)


def _stored(entry: Entry) -> Iterator[bytes]:
    for start in range(0, len(entry.data), _CHUNK):
        yield bytes(entry.data[start : start + _CHUNK])


def _deflated(entry: Entry, report: Reporter) -> Iterator[bytes]:
    inflater = zlib_ng.decompressobj(-15)
    pending: bytes | memoryview = entry.data
    try:
        while pending:  # what stands behind the end of the stream is never pending
            yield inflater.decompress(pending, _CHUNK)
            pending = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib_ng.error:  # type: ignore[misc]  # the stub calls it a value
        message = f"`{shown(entry.path)}` cannot be unpacked: its compressed data is damaged"
        report(DAMAGED, None, message, hint=DOWNLOAD_AGAIN)
        return
    if inflater.unused_data or not inflater.eof:
        report(DAMAGED, None, f"`{shown(entry.path)}` has compressed data that does not end where it should")
