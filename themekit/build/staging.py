"""The next tree beside the present one: made of links to what stays and of new files, and the old one out of the way.

Where a spare tree is at hand, only what differs in it is changed: see `spare`.
"""

from __future__ import annotations

import os
import shutil
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.files import (
    FOLDER_MODE,
    make_folder,
    names_below,
    output_error,
    remove_folder,
    sync_files,
    write_new,
)
from themekit.build.spare import Begun, put_away, take_out
from themekit.build.swap import stage_of
from themekit.build.written import WrittenFile

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.build.shared import SharedFiles
    from themekit.model import Artifact


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of each path: to be written, to be linked over (ours), linked over (others'), removed.

    `present` has the status of each file of the present tree.
    """

    write: frozenset[str]
    link: dict[str, WrittenFile]
    keep: frozenset[str]
    remove: frozenset[str]
    present: dict[str, os.stat_result]

    @property
    def is_change(self) -> bool:
        """The next tree is another one."""
        return bool(self.write or self.remove)


def stage_tree(
    out: Path, plan: Plan, *, wanted: dict[str, Artifact], shared: SharedFiles | None
) -> dict[str, WrittenFile]:
    """Make the next tree of `out`, of its spare if there is one; the files that were written for it.

    Raises OutputError, and leaves no stage then, as far as it can.
    """
    stage = stage_of(out)
    files: dict[str, WrittenFile] = {}
    fresh: list[str] = []
    path = ""
    begun = take_out(out, stage, same=_to_stay(out, plan)) or _empty(stage)
    try:
        for path in sorted((plan.write | plan.link.keys() | plan.keep) - begun.files):
            folder, _, name = path.rpartition("/")
            target = f"{begun.folders.get(folder) or _made_folder(folder, begun.folders)}/{name}"
            if path in plan.write:
                artifact = wanted[path]
                files[path] = WrittenFile.of(path, _put(artifact, target, shared))
                fresh.append(target)
            elif _is_copied(f"{out}/{path}", target):
                fresh.append(target)
        if fresh:
            sync_files(fresh)
    except BaseException as error:
        shutil.rmtree(stage, ignore_errors=True)  # what is still left then, the next run clears
        if isinstance(error, OSError):
            raise output_error(out / path, error) from error
        raise
    return files


def retire(old: Path, out: Path, *, plan: Plan, keeps_spare: bool) -> None:
    """Remove the old tree, or make a spare of it.

    A file that appeared in it while we worked is nobody's to delete: it moves over.
    """
    stay = plan.link.keys() | plan.keep
    known = stay | plan.write | plan.remove
    files, folders = names_below(old)
    for path in files:
        if keeps_spare and path in stay:
            continue
        if path in known or (out / path).exists():
            os.unlink(f"{old}/{path}")
        else:
            make_folder((out / path).parent)
            (old / path).rename(out / path)
    if keeps_spare:
        if not put_away(old, out, files=stay, folders=folders, changed=plan.write):
            remove_folder(old)
        return
    try:
        for folder in reversed(folders):
            os.rmdir(f"{old}/{folder}")
        old.rmdir()
    except OSError:  # something is in it again
        remove_folder(old)


def _to_stay(out: Path, plan: Plan) -> dict[str, os.stat_result]:
    """The files of the present tree that the next one has, too; files of others as they are by now."""
    same = {path: plan.present[path] for path in plan.link}
    return same | {path: os.lstat(out / path) for path in plan.keep}


def _empty(stage: Path) -> Begun:
    make_folder(stage)
    return Begun(frozenset(), {"": str(stage)})


def _put(artifact: Artifact, target: str, shared: SharedFiles | None) -> os.stat_result:
    if artifact.is_shared and shared:
        return shared.put(str(artifact.path), artifact.content, target=target)
    return write_new(target, artifact.content)


def _made_folder(folder: str, made: dict[str, str]) -> str:
    """The place of a folder of the stage, made with those above it. `made` has the places of all, the stage's at ""."""
    above, _, name = folder.rpartition("/")
    place = made[folder] = f"{made.get(above) or _made_folder(above, made)}/{name}"
    os.mkdir(place, FOLDER_MODE)
    if stat.S_IMODE(os.lstat(place).st_mode) != FOLDER_MODE:  # the umask took something away
        os.chmod(place, FOLDER_MODE)
    return place


def _is_copied(source: str, target: str) -> bool:
    """Put the same file into the next tree; whether as a copy, where a file system knows no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, target, follow_symlinks=False)
        return not os.path.islink(target)  # a link cannot be opened to be synced
    return False
