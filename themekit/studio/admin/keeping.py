"""The folder `.themekit` of a project: what the Studio keeps for itself, readable by its user alone and by no Git."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

from themekit.build.files import naming, sync_folder, write_new
from themekit.build.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = ".themekit"
PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
LOCK_TIMEOUT_S = 10.0


class NotPrivate(Exception):  # noqa: N818  # the state, not a fault
    """A file or folder that others of this machine could read or write; the message says which, and what to type."""


def kept_folder(root: Path) -> Path:
    """The project's folder for such files; it is made if need be. Raises OutputError, NotPrivate."""
    folder = root / FOLDER
    with naming(folder):
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    require_private(folder)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        keep(ignored, b"*\n")
    return folder


def require_private(path: Path) -> None:
    """Refuse what is another user's, what others may touch, and a link. What is not there is private."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISLNK(status.st_mode):
        raise NotPrivate(f"`{path.name}` is a link; move what it leads to in its place")
    if status.st_uid != os.geteuid():
        raise NotPrivate(f"`{path.name}` belongs to another user of this machine")
    if status.st_mode & 0o077:
        right = PRIVATE_FOLDER if stat.S_ISDIR(status.st_mode) else PRIVATE_FILE
        raise NotPrivate(f"others may read or write `{path.name}`; type: chmod {right:o} {path}")


def keep(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for the user alone, and only return when it is on the disk."""
    hidden = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with naming(path):
        try:
            write_new(hidden, content, mode=PRIVATE_FILE)
            descriptor = os.open(hidden, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            hidden.replace(path)
        except OSError:
            hidden.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Nobody else does this meanwhile, in no process. Raises OutputLocked; not to be taken twice."""
    with locked(folder, name, timeout_s=LOCK_TIMEOUT_S):
        yield
