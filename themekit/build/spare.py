"""A brand's spare tree: a second tree of the same files, by link, in which only what differs is changed at a build.

To make a tree of links anew and take the old one away costs 30 ms of a site of 470 files, whatever changed; to bring a
spare up to date costs what the change does. It lies in `build/.spare/<brand>` at rest; while a build works on it, it is
the stage or the replaced tree, so what a killed build leaves of it is cleared as theirs is.

A file of the spare stays only if it is the present tree's own file, the same inode: then it holds what was found there,
whoever wrote to either. All else in it is replaced. So nothing needs to be known of a spare, and it may be deleted at
any time. It holds no content twice, but each folder once more, so only builds of a few brands keep one.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.files import FOLDER_MODE, make_folder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

MOST_SPARES = 16  # brands of a build that keeps them: who edits looks at a few; 200 folders take 0.8 MB on ext4


@dataclass(frozen=True, slots=True)
class Begun:
    """What is in a stage already: paths of files that stay, and the place of each folder, the stage's own at ""."""

    files: frozenset[str]
    folders: dict[str, str]


def spare_of(out: Path) -> Path:
    """Where the spare of a tree lies: on the same file system, and not in the cache, which people pack and keep."""
    return out.parent / ".spare" / out.name


def take_out(out: Path, stage: Path, *, same: Mapping[str, os.stat_result]) -> Begun | None:
    """Make the spare the stage, with nothing in it but those of the `same` files that it has, by path.

    None if there is no spare, or it could not be used: then there is no stage either.
    Raises OSError if what could not be used cannot be removed.
    """
    spare = spare_of(out)
    try:
        if not (_is_folder(spare.parent) and _is_folder(spare)):  # not through a link to what is somebody's
            return None
        spare.rename(stage)
    except OSError:
        return None
    try:
        return _cleared(stage, same)
    except OSError:  # all is made anew, and that says what is wrong, if it is more than this folder
        shutil.rmtree(stage)
        return None


def put_away(old: Path, out: Path, *, files: Iterable[str], folders: Sequence[str], changed: Collection[str]) -> bool:
    """Make the tree that was replaced the spare of the one in its place; False if that cannot be done.

    `files` are the paths that it needs in the end. It has them, with nothing else, except for the `changed` ones, and
    the `folders`, each after the one it is in.
    """
    spare, needed = spare_of(out), _folders_of((*files, *changed))
    try:
        for folder in reversed(folders):
            if folder not in needed:
                os.rmdir(f"{old}/{folder}")
        for folder in sorted(needed.difference(folders)):
            os.mkdir(f"{old}/{folder}", FOLDER_MODE)
        for path in changed:
            os.link(f"{out}/{path}", f"{old}/{path}", follow_symlinks=False)
        make_folder(spare.parent)
        if not _is_folder(spare.parent):
            return False
        old.rename(spare)
    except (OSError, NotImplementedError):
        return False
    return True


def is_in_spare(out: Path, path: str, *, status: os.stat_result) -> bool:
    """A file of a tree, of this status, has another name in the spare."""
    try:
        return _inode(os.lstat(spare_of(out) / path)) == _inode(status)
    except OSError:
        return False


def forget_spare(out: Path) -> None:
    """Delete the spare of a tree, and the folder of spares with the last of them. Raises OSError."""
    spare = spare_of(out)
    if _is_folder(spare.parent):
        if _is_folder(spare):
            shutil.rmtree(spare)
        with suppress(OSError):  # there are others
            spare.parent.rmdir()


def _cleared(stage: Path, same: Mapping[str, os.stat_result]) -> Begun:
    """Take out of a stage what is not the same file, and folders with nothing else in them."""
    found, folders = _scan(stage)
    kept = frozenset(path for path, inode in found.items() if path in same and inode == _inode(same[path]))
    for path in found.keys() - kept:
        os.unlink(f"{stage}/{path}")
    needed = _folders_of(kept)
    for folder in reversed(folders):
        if folder not in needed:
            os.rmdir(f"{stage}/{folder}")
        elif stat.S_IMODE(folders[folder]) != FOLDER_MODE:
            os.chmod(f"{stage}/{folder}", FOLDER_MODE)
    os.chmod(stage, FOLDER_MODE)
    return Begun(kept, {"": str(stage)} | {folder: f"{stage}/{folder}" for folder in needed})


def _scan(root: Path) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    """The inode of everything below a folder that is no folder, and the mode of each folder, after that it is in."""
    files: dict[str, tuple[int, int]] = {}
    folders: dict[str, int] = {}
    pending = [""]
    while pending:
        prefix = pending.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            for entry in entries:
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    folders[prefix + entry.name] = status.st_mode
                    pending.append(f"{prefix}{entry.name}/")
                else:
                    files[prefix + entry.name] = _inode(status)
    return files, folders


def _inode(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _folders_of(paths: Iterable[str]) -> set[str]:
    """The folders on the way to these paths."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _is_folder(path: Path) -> bool:
    """It is there, and no link."""
    return path.is_dir() and not path.is_symlink()
