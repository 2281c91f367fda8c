"""Zstandard, the same bytes each time: whole files, and files told by what they have in common with an older one.

A patch is what `zstd --patch-from=OLD` makes and reads: a frame whose matches may lie in the old file.
Source: RFC 8878; the zstd manual, "Patching from a file".
"""

from __future__ import annotations

import zstandard

LEVEL = 10  # 8.4 MB where level 3 makes 8.8 and level 19 takes twenty times as long
MAX_HASH_LOG = 24
"""Of the tables that old content is found by: 64 MB. Those of zstandard's own levels are as large as the new file asks
for, and long-distance matching finds nothing in a dictionary: a page changed in 21 MB makes 1.4 MB so, 6 kB here.
"""
MIN_WINDOW_LOG = 10
MAX_WINDOW_LOG = 30
MAGIC = b"\x28\xb5\x2f\xfd"
SKIPPABLE = b"\x50\x2a\x4d\x18"
_CHUNK = 1024 * 1024


class InvalidZstdError(ValueError):
    """The data is damaged, or unpacks to another size than is due; the message says which, as a clause."""


def compressed(content: bytes) -> bytes:
    """One frame, which tells its content's size and checksum."""
    return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True).compress(content)


def patched_from(old: bytes, new: bytes) -> bytes:
    """One frame that gives the new content to who has the old one."""
    window_log = _window_log(len(old) + len(new))
    parameters = zstandard.ZstdCompressionParameters(
        window_log=window_log,
        hash_log=min(window_log, MAX_HASH_LOG),
        chain_log=min(window_log, MAX_HASH_LOG + 1),
        search_log=4,
        min_match=5,
        target_length=32,
        strategy=zstandard.STRATEGY_LAZY2,
        write_checksum=1,
        write_content_size=1,
    )
    compressor = zstandard.ZstdCompressor(compression_params=parameters, dict_data=_raw(old))
    return compressor.compress(new)


def decompressed(content: bytes | memoryview, *, max_bytes: int, old: bytes = b"") -> bytes:
    """The content of exactly one frame, of at most so many bytes. Raises InvalidZstdError."""
    window = 1 << _window_log(max_bytes + len(old))
    decompressor = zstandard.ZstdDecompressor(dict_data=_raw(old) if old else None, max_window_size=window)
    try:
        declared = zstandard.frame_content_size(bytes(content[:18]))
        if declared > max_bytes:
            raise InvalidZstdError(f"unpacks to more than {max_bytes} bytes")
        return _streamed(decompressor.decompressobj(read_across_frames=False), content, max_bytes)
    except zstandard.ZstdError as error:
        raise InvalidZstdError("cannot be unpacked: its compressed data is damaged") from error


def _streamed(unpacker: zstandard.ZstdDecompressionObj, content: bytes | memoryview, max_bytes: int) -> bytes:
    """In steps of 16 kB at first: that is at most 16 MB of a content that repeats itself, looked at before the next."""
    parts: list[bytes] = []
    size = 0
    for start in range(0, len(content), 16 * 1024):
        if unpacker.eof:
            raise InvalidZstdError("goes on behind its end")
        parts.append(unpacker.decompress(bytes(content[start : start + 16 * 1024])))
        size += len(parts[-1])
        if size > max_bytes:
            raise InvalidZstdError(f"unpacks to more than {max_bytes} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise InvalidZstdError("does not end where it should")
    return b"".join(parts)


def _raw(old: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(old, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _window_log(size: int) -> int:
    return max(MIN_WINDOW_LOG, min(MAX_WINDOW_LOG, size.bit_length()))
