"""The host of a project on disk.

A project holds other people's files (a partner's brand folder), so a path is walked from the project's root one name
at a time, each opened relative to its folder and never through a link. A link is read and its target walked in the
same way; one that points out of the project is refused without a look at what is there. So there is no moment between
a check and its use at which a link could be exchanged. Needs POSIX (`dir_fd`, `O_NOFOLLOW`).
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import themekit
from themekit.engine.host import LEAVES_PROJECT, UnreadableInput, require_inside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_INPUT_BYTES = 64 << 20  # the largest sample font has 4 MB; a file above this is a mistake or an attack
MAX_LINKS = 20
MAX_ATTEMPTS = 3  # to read a file that somebody is writing
RACY_NS = 3_000_000_000  # FAT stores times to 2 s: a file that changed just now may change again and have the same
# O_NONBLOCK: opening a FIFO without a writer would wait for ever.
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_MISSING = {errno.ENOENT, errno.ENOTDIR}
# A link met with O_NOFOLLOW: ELOOP by POSIX, EMLINK on FreeBSD.
_IS_LINK = {errno.ELOOP, errno.EMLINK}
_COMPILED = "__pycache__/"  # comes and goes in installed packages


class _KnownFile(NamedTuple):
    """A file that was read. `folders` lead to it below the root; what is mounted may be a link."""

    content: bytes
    signature: tuple[int, ...]
    folders: tuple[str, ...]
    file: str
    is_mounted: bool

    def is_unchanged(self) -> bool:
        """The same file is at the same place, and was not written to: the time of its last change cannot be set."""
        try:
            for folder in self.folders:
                if not stat.S_ISDIR(os.lstat(folder).st_mode):
                    return False
            status = os.stat(self.file, follow_symlinks=self.is_mounted)  # noqa: PTH116  # hundreds of them: a third of the time of `Path.stat`
        except OSError:
            return False
        return _signature(status) == self.signature


@cache
def installed_mounts() -> Mapping[str, Path]:
    """What paths that start with `@` stand for.

    `@themekit` is our own data folder; `@fonts/<slug>` has an installed family's files, licence and metadata.
    """
    from themekit.engine.installation import entry_points_of  # noqa: PLC0415  # 15 ms, for no tokens

    mounts = {"@themekit": Path(themekit.__file__).parent / "data"}
    for family, package in entry_points_of("fontpkg.family").items():
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            mount = f"@fonts/{family.replace('_', '-')}"
            mounts[mount] = Path(folder, "files")
            mounts |= {f"{mount}/{name}": Path(folder, name) for name in ("LICENSE", "metadata.json")}
    return mounts


class DiskHost:
    """A project's folder and the mounts.

    A file above `max_bytes`, one that is not regular, and a link out of the project raise UnreadableInput.
    """

    def __init__(
        self,
        root: Path,
        mounts: Callable[[], Mapping[str, Path]] = installed_mounts,
        *,
        max_bytes: int = MAX_INPUT_BYTES,
    ) -> None:
        """`root` may itself be a link; `mounts` is called when a path first starts with `@`."""
        self._root = root
        self._mounts = mounts
        self._max_bytes = max_bytes
        self._known: dict[str, _KnownFile] = {}

    def read(self, path: PurePosixPath) -> bytes | None:
        """The content of a regular file. A file that changes while it is read is read again.

        The same object as last time, without a look into the file, if that was old enough then and is the same still.
        """
        known = self._known.get(name := str(path))
        if known is not None and known.is_unchanged():
            return known.content
        self._known.pop(name, None)
        began_ns = time.time_ns()
        try:
            for _ in range(MAX_ATTEMPTS):
                with ExitStack() as opened:
                    descriptor = self._open(path, opened)
                    if descriptor is None:
                        return None
                    before = os.fstat(descriptor)
                    content = self._content(path, descriptor, before)
                    after = os.fstat(descriptor)
                    if len(content) == after.st_size and before.st_mtime_ns == after.st_mtime_ns:
                        if began_ns - before.st_ctime_ns > RACY_NS:
                            self._known[name] = _KnownFile(content, _signature(before), *self._places(path))
                        return content
        except OSError as error:
            raise UnreadableInput(path, _reason(error)) from error
        raise UnreadableInput(path, "it keeps changing while it is read")

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names in a folder; a link counts as what it points to, inside the project."""
        try:
            with ExitStack() as opened:
                descriptor = self._open(folder, opened)
                if descriptor is None or not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                    return self._mounted(folder)
                with os.scandir(descriptor) as entries:
                    names = [self._listed(folder, entry) for entry in entries]
        except OSError as error:
            raise UnreadableInput(folder, _reason(error)) from error
        names = [name for name in names if name != _COMPILED] if str(folder).startswith("@") else names
        return tuple(sorted({*names, *self._mounted(folder)}))

    def environment(self, name: str) -> str | None:
        """A variable of this process."""
        return os.environ.get(name)

    def _places(self, path: PurePosixPath) -> tuple[tuple[str, ...], str, bool]:
        """The folders on the way to a file below the root, the file itself, and whether it is mounted instead."""
        if str(path).startswith("@"):
            mounts = self._mounts()
            mount = next(place for place in (path, *path.parents) if str(place) in mounts)
            return (), str(mounts[str(mount)] / path.relative_to(mount)), True
        folders = [str(self._root / folder) for folder in reversed(path.parents[:-1])]
        return tuple(folders), str(self._root / path), False

    def _content(self, path: PurePosixPath, descriptor: int, status: os.stat_result) -> bytes:
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableInput(path, "it is a folder")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableInput(path, "it is not a regular file")
        if status.st_size > self._max_bytes:
            raise UnreadableInput(path, f"it is larger than {self._max_bytes >> 20} MiB")
        content = os.read(descriptor, status.st_size + 1)
        while content and len(content) < status.st_size and (more := os.read(descriptor, status.st_size + 1)):
            content += more  # the system may give less than was asked for
        return content

    def _listed(self, folder: PurePosixPath, entry: os.DirEntry[str]) -> str:
        if entry.is_symlink():
            with ExitStack() as opened:
                try:
                    target = self._open(folder / entry.name, opened)
                except (OSError, UnreadableInput):
                    return entry.name  # reading it will say what is wrong
                return f"{entry.name}/" if target is not None and _is_folder(target) else entry.name
        return f"{entry.name}/" if entry.is_dir(follow_symlinks=False) else entry.name

    def _mounted(self, folder: PurePosixPath) -> tuple[str, ...]:
        """Names that exist only because something is mounted there (`@fonts` itself, a family's LICENSE)."""
        if not str(folder).startswith("@"):
            return ()
        names = set()
        for mount, place in self._mounts().items():
            if folder in PurePosixPath(mount).parents:
                name, *deeper = PurePosixPath(mount).relative_to(folder).parts
                names.add(f"{name}/" if deeper or place.is_dir() else name)
        return tuple(sorted(names))

    def _open(self, path: PurePosixPath, opened: ExitStack) -> int | None:
        """A descriptor of what is at the path, closed with `opened`; None if nothing is there."""
        require_inside(path)
        if str(path).startswith("@"):
            return self._open_mounted(path, opened)
        try:
            return _walk(self._root, path, opened)
        except OSError as error:
            if error.errno in _MISSING:
                return None
            raise

    def _open_mounted(self, path: PurePosixPath, opened: ExitStack) -> int | None:
        """What is installed is trusted, and may well be links: some installers link every file to their store."""
        mounts = self._mounts()
        mount = next((place for place in (path, *path.parents) if str(place) in mounts), None)
        if mount is None:
            return None
        try:
            descriptor = os.open(mounts[str(mount)] / path.relative_to(mount), _FLAGS & ~os.O_NOFOLLOW)
        except OSError as error:
            if error.errno in _MISSING:
                return None
            raise
        opened.callback(os.close, descriptor)
        return descriptor


def open_inside(root: Path, path: PurePosixPath, *, opened: ExitStack) -> int:
    """A descriptor of a file or folder of the project, closed with `opened`; links are followed inside the project.

    Raises OSError, and UnreadableInput where a link or the path itself leaves the project.
    """
    return _walk(root, require_inside(path), opened)


def _walk(root: Path, path: PurePosixPath, opened: ExitStack) -> int:
    """Open a path below root name by name. Raises OSError, or UnreadableInput where a link leaves the root."""
    folders = [os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)]
    opened.callback(os.close, folders[0])
    above = [folders[0]]  # of each name in the path, where links led: not all that these led through
    links = 0
    for part in path.parts:
        pending = [part]
        while pending:
            name = pending.pop()
            if name == "..":  # only a link's target has these
                folders.pop()
                if not folders:
                    raise UnreadableInput(path, LEAVES_PROJECT)
                continue
            try:
                descriptor = os.open(name, _FLAGS, dir_fd=folders[-1])
            except OSError as error:
                links += 1
                if error.errno not in _IS_LINK or links > MAX_LINKS:
                    raise
                target = PurePosixPath(os.readlink(name, dir_fd=folders[-1]))
                if target.is_absolute():
                    raise UnreadableInput(path, LEAVES_PROJECT) from error
                pending += reversed(target.parts)
                continue
            opened.callback(os.close, descriptor)
            folders.append(descriptor)
        if links and any(_is_same(folders[-1], folder) for folder in above):
            raise UnreadableInput(path, "it leads back to a folder that it is in")
        above.append(folders[-1])
    return folders[-1]


def _is_same(one: int, other: int) -> bool:
    return os.path.samestat(os.fstat(one), os.fstat(other))


def _signature(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _is_folder(descriptor: int) -> bool:
    return stat.S_ISDIR(os.fstat(descriptor).st_mode)


def _reason(error: OSError) -> str:
    """What the system says, in words without a path."""
    return (error.strerror or str(error)).lower()
