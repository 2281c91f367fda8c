"""Files of the project written for the Studio: whole or not at all, and never over what somebody else has written.

A path is walked as the engine's host walks it, so a link inside the project may lead to the folder and none out of it.
A file that is itself a link is not written: it is another file's, under a name it did not choose. Every write of the
Studio's holds the lock of its brand. What an editor writes between the last look and the rename, no system can tell.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from themekit.build.lock import locked
from themekit.engine import UnreadableInput
from themekit.engine.disk import open_inside
from themekit.studio.serving.answers import version_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path, PurePosixPath

    from themekit.build.project import Project

LOCK_TIMEOUT_S = 10.0  # nobody waits longer for a save
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class ChangedMeanwhile(Exception):  # noqa: N818  # an answer, not a fault
    """The file is not the one that the edit was made for; `content` is what it has now, None if it is gone."""

    def __init__(self, content: bytes | None) -> None:
        """Not written."""
        super().__init__("the file was changed meanwhile")
        self.content = content


class NotWritable(Exception):  # noqa: N818  # as above
    """The place cannot be written; the text says why, without a path of the machine."""


@contextmanager
def writing(project: Project, brand_id: str) -> Iterator[None]:
    """Hold the lock under which the Studio writes files of a brand."""
    with locked(project.cache, f"studio-{brand_id}", timeout_s=LOCK_TIMEOUT_S):
        yield


def replace_file(root: Path, path: PurePosixPath, *, content: bytes, version: str) -> None:
    """Exchange the content of a file of this version. Its mode stays. Raises ChangedMeanwhile, NotWritable."""
    with _folder(root, path.parent) as folder:
        before, mode = _state(folder, path.name)
        if before is None or version_of(before) != version:
            raise ChangedMeanwhile(before)
        with _temporary(folder, path.name, content, mode=mode) as name:
            now, _ = _state(folder, path.name)
            if now is None or version_of(now) != version:
                raise ChangedMeanwhile(now)
            os.rename(name, path.name, src_dir_fd=folder, dst_dir_fd=folder)
        os.fsync(folder)


def create_file(root: Path, path: PurePosixPath, *, content: bytes) -> bool:
    """Write a new file, its folder too; False if there is one of this name. Raises NotWritable."""
    with _folder(root, path.parent, makes=True) as folder:
        try:
            _write(folder, path.name, content, mode=0o644)
        except FileExistsError:
            return False
        os.fsync(folder)
    return True


def remove_file(root: Path, path: PurePosixPath) -> None:
    """Take back a file that was created."""
    with _folder(root, path.parent) as folder, suppress(FileNotFoundError):
        os.unlink(path.name, dir_fd=folder)


def create_folder(root: Path, path: PurePosixPath, *, files: Mapping[str, bytes]) -> bool:
    """Write a new folder with its files, all at once; False if there is something of this name already."""
    with _folder(root, path.parent) as folder:
        hidden = f".{path.name}.{secrets.token_hex(4)}"
        os.mkdir(hidden, 0o755, dir_fd=folder)
        inside = os.open(hidden, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
        try:
            for name, content in files.items():
                _write(inside, name, content, mode=0o644)
            os.fsync(inside)
            os.rename(hidden, path.name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError as error:
            for name in files:
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=inside)
            os.rmdir(hidden, dir_fd=folder)
            if error.errno in {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}:
                return False
            raise NotWritable((error.strerror or "it failed").lower()) from error
        finally:
            os.close(inside)
        os.fsync(folder)
    return True


@contextmanager
def _folder(root: Path, path: PurePosixPath, *, makes: bool = False) -> Iterator[int]:
    """A folder of the project, opened. With `makes` the last part is created if need be."""
    with ExitStack() as opened:
        try:
            if makes:
                with suppress(FileExistsError):
                    os.mkdir(path.name, 0o755, dir_fd=open_inside(root, path.parent, opened=opened))
            yield open_inside(root, path, opened=opened)
        except UnreadableInput as error:
            raise NotWritable(error.reason) from error
        except OSError as error:
            raise NotWritable((error.strerror or "it failed").lower()) from error


def _state(folder: int, name: str) -> tuple[bytes | None, int]:
    """Content and mode of a file; None if there is no such file."""
    try:
        descriptor = os.open(name, _OLD, dir_fd=folder)
    except FileNotFoundError:
        return None, 0
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.EMLINK}:
            raise NotWritable("it is a link to another file: edit that one") from error
        raise
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotWritable("it is not a regular file")
        return file.read(), stat.S_IMODE(status.st_mode)


@contextmanager
def _temporary(folder: int, name: str, content: bytes, *, mode: int) -> Iterator[str]:
    """The hidden name of a new file beside `name`, on the platter; it is gone afterwards, renamed or not."""
    hidden = f".{name}.{secrets.token_hex(4)}"
    try:
        _write(folder, hidden, content, mode=mode)
        yield hidden
    finally:
        with suppress(FileNotFoundError):
            os.unlink(hidden, dir_fd=folder)


def _write(folder: int, name: str, content: bytes, *, mode: int) -> None:
    """A new file, whole, or none."""
    descriptor = os.open(name, _NEW, 0o600, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
    except OSError:
        os.unlink(name, dir_fd=folder)
        raise
