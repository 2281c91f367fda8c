"""Puts a staged tree in place of the present one, so that at any moment one of the two is there, and whole.

Linux and macOS can exchange two folders in one step. Elsewhere, or on a file system that cannot, the present tree is
renamed aside before the staged one is renamed into its place; if the process is killed in between, `recover` puts the
old one back.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from themekit.build.files import remove_folder, sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HERE = -100  # AT_FDCWD: relative paths start at the working folder
_RENAME_EXCHANGE = 2  # linux/fs.h
_RENAME_SWAP = 2  # macOS stdio.h
STAGE = ".stage-"
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}


def stage_of(out: Path) -> Path:
    """Where the next tree or file of `out` is made, beside it. The lock of `out` makes it one process's own."""
    return out.with_name(f"{STAGE}{out.name}")


def swap(out: Path) -> Path | None:
    """Put the staged tree in place; where the old one is now, or None if there was none."""
    stage, aside = stage_of(out), _aside_of(out)
    if not out.exists():
        stage.rename(out)
        old = None
    elif _exchange(stage, out):
        old = stage
    else:
        out.rename(aside)
        stage.rename(out)
        old = aside
    sync_folder(out.parent)
    return old


def recover(out: Path) -> None:
    """Clear what a killed process left: its unfinished or replaced tree goes, a tree set aside comes back."""
    aside = _aside_of(out)
    if aside.exists() and not out.exists():
        aside.rename(out)
    for leftover in (stage_of(out), aside):
        if leftover.is_dir() and not leftover.is_symlink():
            remove_folder(leftover)


def has_leftovers(out: Path) -> bool:
    """There is something for `recover`, or another process is at work on the tree."""
    return stage_of(out).exists() or _aside_of(out).exists()


def _aside_of(out: Path) -> Path:
    return out.with_name(f".old-{out.name}")


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False if the system or the file system cannot."""
    call = _native_exchange()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


@cache
def _native_exchange() -> Callable[[bytes, bytes], int] | None:
    platform: str = sys.platform  # as a plain string, or mypy calls the branches of other systems unreachable
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if platform == "linux":
            renameat2 = library.renameat2
            return lambda one, other: int(renameat2(_HERE, one, _HERE, other, _RENAME_EXCHANGE))
        if platform == "darwin":
            renamex_np = library.renamex_np
            return lambda one, other: int(renamex_np(one, other, _RENAME_SWAP))
    return None
