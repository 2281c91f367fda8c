"""Files that are the same in many brands' trees: kept once, below `build/.cache/files`, and given to each tree by link.

A link is read-only: who could write to it in one tree would write to all. Where the file system can clone files
(Linux's FICLONE: btrfs, XFS), a tree gets a clone instead, which is its own to be edited; where it can neither clone
nor link, or the cache is on another file system, a copy.

A kept file is trusted after its content was compared once in this process, and as long as its size, time and mode stay
as they were then. So a link that root, or somebody after a `chmod`, wrote to is found and replaced at the next build of
any brand, and each tree that has it, at the next build of its own.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from themekit.build.compared import ComparedFiles
from themekit.build.files import (
    SHARED_MODE,
    clone_file,
    holds_content,
    make_folder,
    signature_of,
    write_new,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

UNUSED_S = 86_400  # a kept file in no tree goes after a day: brands that are built in turn find it
_NOT_HERE = {errno.EXDEV, errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOTTY, errno.EINVAL}


class SharedFiles:
    """The kept files of one cache. What it knows is for one process and one thread; the folder is for any number."""

    def __init__(self, cache: Path) -> None:
        """`cache` is `build/.cache`; it need not exist."""
        self._folder = cache / "files"
        self._ways: list[Callable[[str, bytes, str], os.stat_result]] = [self._clone, self._link]
        self.trees = ComparedFiles()
        """What is known of the files that each tree has of its own."""
        self._compared: dict[str, tuple[int, ...]] = {}
        self._digests: dict[str, tuple[bytes, str]] = {}

    def put(self, path: str, content: bytes, *, target: str) -> os.stat_result:
        """Make a file of this content at `target`; its status. `path` is where the tree has it."""
        digest = self._digest(path, content)
        for way in tuple(self._ways):
            try:
                return way(digest, content, target)
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise
                self._ways.remove(way)
                with suppress(FileNotFoundError):
                    os.unlink(target)
        return write_new(target, content)

    def holds(self, path: str, content: bytes, *, file: str, status: os.stat_result) -> bool:
        """The tree's file, which is as long and has our form, has this content: it is a kept one, or the tree's own."""
        digest = self._digest(path, content)
        if self._compared.get(digest) == signature_of(status):
            return True
        if not holds_content(file, content):
            return False
        if stat.S_IMODE(status.st_mode) == SHARED_MODE:
            self._compared[digest] = signature_of(status)
        return True

    def prune(self) -> None:
        """Delete what no tree has any more, as far as that can be done: nothing depends on it."""
        with suppress(OSError):  # the folder cannot be read now
            for blob in self._folder.glob("*/*"):
                with suppress(OSError):  # another process was quicker, or it is no file
                    status = blob.lstat()
                    if status.st_nlink == 1 and time.time() - status.st_ctime > UNUSED_S:
                        blob.unlink()

    def _digest(self, path: str, content: bytes) -> str:
        """SHA-256. The next brand of a variant has the very same bytes at this path: nothing is hashed twice then."""
        known = self._digests.get(path)
        if known is None or known[0] is not content:
            known = self._digests[path] = (content, hashlib.sha256(content).hexdigest())
        return known[1]

    def _blob(self, digest: str) -> str:
        return f"{self._folder}/{digest[:2]}/{digest[2:]}"

    def _link(self, digest: str, content: bytes, target: str) -> os.stat_result:
        """A link to the kept file. A file has room for some 65,000 links: then the next one is kept in its place."""
        try:
            os.link(self._blob(digest), target, follow_symlinks=False)
        except OSError as error:
            if error.errno not in {errno.ENOENT, errno.EMLINK} and not os.path.isdir(self._blob(digest)):
                raise
            return self._begin(digest, content, target)
        status = os.lstat(target)
        if self._is_sound(digest, content, target, status):
            return status
        os.unlink(target)
        return self._begin(digest, content, target)

    def _clone(self, digest: str, content: bytes, target: str) -> os.stat_result:
        """A clone of the kept file."""
        blob = self._blob(digest)
        try:
            is_sound = self._is_sound(digest, content, blob, os.lstat(blob))
        except FileNotFoundError:
            is_sound = False
        if not is_sound:
            self._begin(digest, content, target)
            os.unlink(target)
        return clone_file(blob, target)

    def _is_sound(self, digest: str, content: bytes, file: str, status: os.stat_result) -> bool:
        signature = signature_of(status)
        if self._compared.get(digest) == signature:
            return True
        if status.st_mode != stat.S_IFREG | SHARED_MODE or not holds_content(file, content):
            return False
        self._compared[digest] = signature
        return True

    def _begin(self, digest: str, content: bytes, target: str) -> os.stat_result:
        """Write the file anew and keep it, in place of what is kept. No temporary file: a kill leaves none."""
        blob = self._blob(digest)
        make_folder(self._folder / digest[:2])
        if os.path.isdir(blob) and not os.path.islink(blob):
            shutil.rmtree(blob)
        with suppress(FileNotFoundError):
            os.unlink(blob)
        status = write_new(target, content, mode=SHARED_MODE)
        with suppress(FileExistsError):  # another process was quicker: then this file is the tree's own
            os.link(target, blob, follow_symlinks=False)
            self._compared[digest] = signature_of(status)
        return status
