"""What is there to fetch: the files that indexes name, and no others, opened in a way that follows no link."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.publish.listing import BRAND, MAX_LISTING_BYTES, InvalidListingError, Listing, parse_listing

if TYPE_CHECKING:
    from pathlib import Path

INDEX = "index.json"
METADATA = "metadata"
MAX_SMALL_BYTES = 8 * 1024 * 1024
MOST_SMALL = 64
"""Small files whose digests are kept: with more the least recent goes."""
_METADATA = re.compile(r"(?:[1-9]\d{0,8}\.)?(?P<role>root|targets|snapshot|timestamp|[a-z][a-z0-9-]{0,62})\.json")
_INDEX_FILE = re.compile(r"index\.(?:json|html)|[0-9a-f]{64}\.index\.json|(?:style|logo)-[0-9a-f]{16}\.(?:css|svg)")
_TYPES = {
    ".zip": "application/zip",
    ".zst": "application/zstd",
    ".patch": "application/octet-stream",
    ".minisig": "text/plain; charset=utf-8",
    ".jsonl": "application/jsonl",
    ".json": "application/json",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_Seen = tuple[int, int, int]


@dataclass(slots=True)
class Opened:
    """A file that is open: who got it closes it. `sha256` is its ETag, `version` that of a bundle."""

    descriptor: int
    size: int
    sha256: str
    media_type: str
    version: str = ""

    @property
    def tag(self) -> str:
        """The strong ETag."""
        return f'"{self.sha256}"'

    def close(self) -> None:
        """Give the descriptor back."""
        os.close(self.descriptor)


@dataclass(slots=True)
class Shelf:
    """A folder as `themekit publish` writes it: `<brand>/index.json`, the files it names, and `metadata/`."""

    root: Path
    _listings: dict[str, tuple[_Seen, Listing]] = field(default_factory=dict)
    _digests: dict[str, tuple[_Seen, str]] = field(default_factory=dict)

    def brands(self) -> tuple[str, ...]:
        """Those with an index, sorted."""
        names = (entry.name for entry in os.scandir(self.root) if entry.is_dir(follow_symlinks=False))
        return tuple(sorted(name for name in names if BRAND.fullmatch(name) and self.listing(name)))

    def listing(self, brand: str) -> Listing | None:
        """The brand's index as it is now; None if there is none, or no readable one."""
        if not BRAND.fullmatch(brand):
            return None
        opened = self._open(brand, INDEX)
        if opened is None:
            self._listings.pop(brand, None)
            return None
        descriptor, status = opened
        try:
            seen = _seen(status)
            known = self._listings.get(brand)
            if known is None or known[0] != seen:
                known = seen, parse_listing(os.read(descriptor, MAX_LISTING_BYTES + 1))
                self._listings[brand] = known
            return known[1] if known[1].brand == brand else None
        except InvalidListingError:
            return None
        finally:
            os.close(descriptor)

    def open(self, brand: str, name: str) -> Opened | None:
        """A file of a brand; None if its index does not name it, or the file is not as it says."""
        listing = self.listing(brand)
        if listing is None:
            return None
        if _INDEX_FILE.fullmatch(name):
            return self._small(brand, name)
        for release in listing.releases:
            for stored in release.stored:
                if stored.name != name:
                    continue
                opened = self._open(brand, name)
                if opened is None:
                    return None
                if opened[1].st_size != stored.size:
                    os.close(opened[0])
                    return None
                return Opened(opened[0], stored.size, stored.sha256, media_type(name), release.version)
        return None

    def open_metadata(self, name: str) -> tuple[str, Opened] | None:
        """A file of the update channel, after the role it is of."""
        match = _METADATA.fullmatch(name)
        opened = self._small(METADATA, name) if match else None
        return (match["role"], opened) if match and opened else None

    def _small(self, folder: str, name: str) -> Opened | None:
        found = self._open(folder, name)
        if found is None:
            return None
        descriptor, status = found
        if status.st_size > MAX_SMALL_BYTES:
            os.close(descriptor)
            return None
        key, seen = f"{folder}/{name}", _seen(status)
        known = self._digests.pop(key, None)
        if known is None or known[0] != seen:
            known = seen, hashlib.sha256(os.pread(descriptor, MAX_SMALL_BYTES, 0)).hexdigest()
        self._digests[key] = known
        if len(self._digests) > MOST_SMALL:
            del self._digests[next(iter(self._digests))]
        return Opened(descriptor, status.st_size, known[1], media_type(name))

    def _open(self, folder: str, name: str) -> tuple[int, os.stat_result] | None:
        """A regular file below the root, on a way without links."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            within = os.open(self.root / folder, flags | os.O_DIRECTORY)
        except OSError:
            return None
        try:
            descriptor = os.open(name, flags | os.O_NONBLOCK, dir_fd=within)
        except OSError:
            return None
        finally:
            os.close(within)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            os.close(descriptor)
            return None
        return descriptor, status


def media_type(name: str) -> str:
    """By the ending of a file's name."""
    return _TYPES.get(f".{name.rpartition('.')[2]}", "application/octet-stream")


def _seen(status: os.stat_result) -> _Seen:
    return status.st_ino, status.st_mtime_ns, status.st_size
