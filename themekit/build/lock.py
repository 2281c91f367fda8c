"""One process at a time for one thing in build/."""

from __future__ import annotations

import os
import platform
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from themekit.build.files import make_folder, naming

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_TIMEOUT_S = 60.0  # another build of the same brand is over by then


class OutputLocked(Exception):  # noqa: N818  # the field's word
    """Another process holds the lock `name`; `holder` says which, as far as it is known."""

    def __init__(self, name: str, holder: str) -> None:
        """`holder` completes "held by"."""
        super().__init__(f"`{name}` is being written by {holder}")
        self.name = name
        self.holder = holder


@contextmanager
def locked(cache: Path, name: str, *, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[None]:
    """Hold the lock of this name. Raises OutputLocked after `timeout_s`, OutputError if the folder cannot be written.

    The system frees the lock of a process that dies; nothing needs to be cleaned up after it. Not to be taken twice.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  # 30 ms, and an unchanged build takes no lock

    path = cache / "locks" / f"{name}.lock"
    owner = path.with_suffix(".owner")
    with naming(path):
        make_folder(path.parent)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=timeout_s)
        except Timeout as error:
            raise OutputLocked(name, _read(owner) or "another process") from error
    try:
        with suppress(OSError):  # only a courtesy to those who wait
            owner.write_text(f"process {os.getpid()} on {platform.node()}")
        yield
    finally:
        with naming(path):
            lock.release()


def _read(owner: Path) -> str | None:
    try:
        return owner.read_text()
    except OSError:
        return None
