"""Single files and folders of output: written whole, with fixed modes, and failing in one way only."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import sys
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

FILE_MODE = 0o644
SHARED_MODE = 0o444  # of a file that is in several trees at once: who edits it in one, would edit it in all
FOLDER_MODE = 0o755
_FICLONE = 0x40049409  # linux/fs.h
_MODES = {False: (FILE_MODE,), True: (FILE_MODE, SHARED_MODE)}
SAFE_MTIME_S = 3  # FAT stores times to 2 s
MANY_FILES = 16  # from here on, one sync of the file system is quicker than one per file: 45 ms, not 236, for 450 files

Signature = tuple[int, ...]

Seen = dict[int, dict[int, "os.stat_result"]]
"""By device and inode, the status of files that have several names."""


class OutputError(Exception):
    """The machine's failure at `path`; `reason` is the name of the system's error, such as `ENOSPC`."""

    def __init__(self, path: Path, reason: str, detail: str) -> None:
        """`detail` says the reason in words."""
        super().__init__(f"{path}: {detail} ({reason})")
        self.path = path
        self.reason = reason


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn an OSError into an OutputError; the path it names, or this one: write and fsync name none."""
    try:
        yield
    except OSError as error:
        raise output_error(path, error) from error


def output_error(path: Path, error: OSError) -> OutputError:
    """The failure as an OutputError with the path that it names, or this one.

    A name that is relative is one in a folder that only the call knows (`shutil.rmtree` goes down by descriptors).
    """
    named = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes | Path) else path
    if not named.is_absolute():
        named = path
    reason = errno.errorcode.get(error.errno or 0, "EIO")
    return OutputError(named, reason, (error.strerror or str(error)).lower())


def write_new(path: Path | str, content: bytes, *, mode: int = FILE_MODE) -> os.stat_result:
    """Create a file that must not exist; its status.

    Its time is set back a little: whatever is written to it later has another time, however coarse the clock, so an
    equal time proves that nothing was.
    Raises OSError also if the file is not as long as the content, though the system said that it took all of it.
    """

    def fill(descriptor: int) -> None:
        done = os.write(descriptor, content) if content else 0
        while done < len(content):
            done += os.write(descriptor, memoryview(content)[done:])

    status = _create(path, mode, fill)
    if status.st_size != len(content):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
    return status


def clone_file(source: str, target: str) -> os.stat_result:
    """Create a file that shares the blocks of another until one of them is written to; its status.

    Raises OSError where the file system has no such thing, and outside Linux; an empty target is left then.
    """
    origin = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        return _create(target, FILE_MODE, lambda descriptor: fcntl.ioctl(descriptor, _FICLONE, origin))
    finally:
        os.close(origin)


def make_folder(path: Path) -> None:
    """Create a folder and those above it, each with mode 0755 whatever the umask; those that exist stay as they are."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    path.chmod(FOLDER_MODE)


def require_writable(folder: Path) -> None:
    """Make the folder, if it is not there; raise OutputError if nothing can be put into it."""
    with naming(folder):
        make_folder(folder)
    if not os.access(folder, os.W_OK):
        is_mounted_so = hasattr(os, "statvfs") and os.statvfs(folder).f_flag & os.ST_RDONLY
        number = errno.EROFS if is_mounted_so else errno.EACCES
        raise output_error(folder, OSError(number, os.strerror(number), str(folder)))


def remove_folder(path: Path) -> None:
    """Delete a folder and all in it. Raises OutputError."""
    with naming(path):
        from shutil import rmtree  # noqa: PLC0415  # 5 ms with what knows archives

        rmtree(path)


def names_in(folder: Path) -> list[str]:
    """Sorted; none if there is no such folder. `Path.glob` finds none either in a folder that it cannot read."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []


def sync_files(paths: Sequence[Path | str]) -> None:
    """Return when the content of these files, which lie on one file system, is on the platter."""
    flush = _flush_file_system() if len(paths) >= MANY_FILES else None
    if flush is None:
        for path in paths:
            _sync(Path(path), os.O_RDONLY)
    elif flush(paths[0]):
        import ctypes  # noqa: PLC0415  # 10 ms, which few files need not wait for

        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(paths[0]))


def sync_folder(path: Path) -> None:
    """Return when the names in a folder are on the platter."""
    _sync(path, os.O_RDONLY | os.O_DIRECTORY)


def holds_content(path: Path | str, content: bytes) -> bool:
    """The file has this content; False if it cannot be read."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # thousands of them: a `Path` takes as long as this
            return file.read() == content
    except OSError:
        return False


def scan_tree(root: Path, *, seen: Seen | None = None) -> dict[str, os.stat_result]:
    """Everything below a folder that is no folder: path with forward slashes to status, links not followed.

    `seen` is kept from tree to tree by a caller who changes nothing: a file that many trees have is looked at once.
    """
    found: dict[str, os.stat_result] = {}
    pending = [("", str(root))] if root.is_dir() else []
    device = os.lstat(root).st_dev if pending else 0
    known = {} if seen is None else seen.setdefault(device, {})
    while pending:
        prefix, folder = pending.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    pending.append((f"{prefix}{name}/", f"{folder}/{name}"))
                    continue
                inode = entry.inode()
                status = known.get(inode)
                if status is None:
                    status = entry.stat(follow_symlinks=False)
                    # Some file systems list other numbers than files have.
                    if status.st_nlink > 1 and status.st_ino == inode and status.st_dev == device:
                        known[inode] = status
                found[prefix + name] = status
    return found


def names_below(root: Path) -> tuple[list[str], list[str]]:
    """Everything below a folder that is no folder, as `scan_tree` has it, and every folder after the one it is in."""
    files: list[str] = []
    folders: list[str] = []
    pending = [""]
    while pending:
        prefix = pending.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(prefix + entry.name)
                    pending.append(f"{prefix}{entry.name}/")
                else:
                    files.append(prefix + entry.name)
    return files, folders


def has_our_form(status: os.stat_result, *, may_be_shared: bool = False, own_names: int = 1) -> bool:
    """A regular file of the mode that we write: one with other names besides, if that may be, cannot be written to.

    `own_names` is how many names it has in one tree and its spare.
    """
    if not stat.S_ISREG(status.st_mode):
        return False
    mode = stat.S_IMODE(status.st_mode)
    return mode == SHARED_MODE if may_be_shared and status.st_nlink > own_names else mode in _MODES[may_be_shared]


def signature_of(status: os.stat_result) -> Signature:
    """What differs after a write to a file, or if another one is in its place."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_mode)


def _create(path: Path | str, mode: int, fill: Callable[[int], object]) -> os.stat_result:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    try:
        fill(descriptor)
        past_ns = time.time_ns() - SAFE_MTIME_S * 1_000_000_000
        os.utime(descriptor, ns=(past_ns, past_ns))
        status = os.fstat(descriptor)
        if stat.S_IMODE(status.st_mode) != mode:  # the umask took something away
            os.fchmod(descriptor, mode)
            status = os.fstat(descriptor)
        return status
    finally:
        os.close(descriptor)


def _sync(path: Path, flags: int) -> None:
    with naming(path):
        descriptor = os.open(path, flags | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def _flush_file_system() -> Callable[[Path | str], int] | None:
    """Linux's `syncfs` of the file system a path is on; None elsewhere."""
    import ctypes  # noqa: PLC0415  # as above

    syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None) if sys.platform == "linux" else None
    if syncfs is None:
        return None

    def flush(path: Path | str) -> int:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return int(syncfs(descriptor))
        finally:
            os.close(descriptor)

    return flush
