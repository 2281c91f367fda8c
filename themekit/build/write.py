"""The single writer: artifacts to files, a whole tree at a time.

A brand's next tree is made beside the present one: unchanged files are linked, others written and synced. Then the two
change places, and the old one is removed, or kept as a spare. Killed or failed at any moment, the writer leaves the old
tree or the new one, whole; what is left over is cleared by the next run. It deletes only files it wrote itself: files
that somebody put into the tree are linked over to the next one. Every failure of the machine is an OutputError with
path and reason.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.files import (
    OutputError,
    Seen,
    has_our_form,
    holds_content,
    make_folder,
    names_in,
    naming,
    scan_tree,
    sync_files,
    sync_folder,
    write_new,
)
from themekit.build.lock import OutputLocked, locked
from themekit.build.outputs import check_outputs
from themekit.build.spare import forget_spare, is_in_spare
from themekit.build.staging import Plan, retire, stage_tree
from themekit.build.swap import STAGE, has_leftovers, recover, stage_of, swap
from themekit.build.written import (
    REGULAR,
    Written,
    WrittenFile,
    begin_record,
    finish_record,
    forget,
    load_written,
    record_of,
    written_from,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.outputs import Output
    from themekit.build.shared import SharedFiles
    from themekit.diagnostics import Diagnostic
    from themekit.model import Artifact


class RefusedOutputs(ValueError):  # noqa: N818  # the field's word
    """Outputs that `check_outputs` finds fault with; nothing was written."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """`diagnostics` has at least one."""
        super().__init__("; ".join(diagnostic.message for diagnostic in diagnostics))
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class WriteReport:
    """Paths relative to the tree, sorted. `kept` are files of others that were left where they are."""

    written: tuple[PurePosixPath, ...] = ()
    unchanged: tuple[PurePosixPath, ...] = ()
    removed: tuple[PurePosixPath, ...] = ()
    kept: tuple[PurePosixPath, ...] = ()


@dataclass(frozen=True, slots=True)
class Drift:
    """How a tree differs from what a build would make it. Paths relative to the tree, sorted."""

    missing: tuple[PurePosixPath, ...] = ()
    changed: tuple[PurePosixPath, ...] = ()
    extra: tuple[PurePosixPath, ...] = ()

    def __bool__(self) -> bool:
        """There is a difference."""
        return bool(self.missing or self.changed or self.extra)


def write_tree(  # noqa: PLR0913  # there is one writer, and each says something else
    out: Path,
    outputs: Sequence[Output],
    *,
    cache: Path,
    scope: Sequence[str] | None = None,
    source: str = "",
    shared: SharedFiles | None = None,
    keeps_spare: bool = False,
) -> WriteReport:
    """Make the tree at `out` hold these artifacts; if it does already, nothing is written.

    `cache` (`build/.cache`, on any file system) holds locks and the record of what was written. With a `scope`, only
    the files below these top-level names are the build's business: our others stay. `source` is the digest of what
    the artifacts were made from, for `count_current`. Artifacts that are the same in many trees are linked to those in
    `shared`; without it, each tree has its own. A spare is used if there is one; with `keeps_spare`
    there will be.
    Raises RefusedOutputs, OutputLocked if another process writes the tree for longer than LOCK_TIMEOUT_S, OutputError.
    """
    faults = check_outputs(outputs)
    if faults:
        raise RefusedOutputs(faults)
    wanted = _by_path(outputs)
    record = record_of(cache, out.name)
    with locked(cache, out.name), naming(out):
        _require_folder(out)
        recover(out)
        before = load_written(record)
        plan = _plan(out, wanted, before, scope=scope, shared=shared)
        if plan.is_change:
            files = stage_tree(out, plan, wanted=wanted, shared=shared)
            begin_record(record, _written(files, plan, source))
            old = swap(out)
            finish_record(record)
            if old:
                retire(old, out, plan=plan, keeps_spare=keeps_spare)
        elif (now := _written({}, plan, source)) != before:
            begin_record(record, now)
            finish_record(record)
    written, unchanged = (
        tuple(wanted[path].path for path in sorted(paths)) for paths in (plan.write, wanted.keys() - plan.write)
    )
    return WriteReport(written, unchanged, _paths(plan.remove), _paths(plan.keep))


def count_current(out: Path, *, cache: Path, source: str, seen: Seen | None = None) -> int | None:
    """How many files of ours are in a tree that is as a build from this `source` left it; None if it may not be.

    It was last written from it, in full, with nothing left over, and nobody touched a file of it since. Needs no
    artifacts: a build that changes nothing costs one look at each file's size and time. `seen` as in `scan_tree`.
    """
    with naming(out):
        rows = written_from(record_of(cache, out.name), source)
        if rows is None or has_leftovers(out):
            return None
        present = scan_tree(out, seen=seen)
    for path, size, mtime_ns, mode in rows:
        status = present.get(path)
        if status is None or (status.st_size, status.st_mtime_ns, status.st_mode) != (size, mtime_ns, mode | REGULAR):
            return None
    return len(rows)


def check_tree(out: Path, outputs: Sequence[Output], *, scope: Sequence[str] | None = None) -> Drift:
    """How the tree differs from these artifacts, by content; writes nothing. Raises RefusedOutputs, OutputError."""
    faults = check_outputs(outputs)
    if faults:
        raise RefusedOutputs(faults)
    wanted = _by_path(outputs)
    with naming(out):
        present = scan_tree(out)
        changed = {
            path
            for path in wanted.keys() & present.keys()
            if not _holds(out, path, status=present[path], artifact=wanted[path])
        }
    extra = {path for path in present.keys() - wanted.keys() if _in_scope(path, scope)}
    return Drift(_paths(wanted.keys() - present.keys()), _paths(changed), _paths(extra))


def remove_tree(out: Path, *, cache: Path) -> WriteReport:
    """Delete what we wrote below `out`; files of others stay, with their folders."""
    record = record_of(cache, out.name)
    with locked(cache, out.name), naming(out):
        _require_folder(out)
        recover(out)
        present, ours = scan_tree(out), load_written(record).by_path()
        removed = present.keys() & ours.keys()
        for path in removed:
            (out / path).unlink()
        _remove_empty_folders(out)
        forget_spare(out)
        forget(record)
    return WriteReport(removed=_paths(removed), kept=_paths(present.keys() - removed))


def write_file(path: Path, content: bytes, *, cache: Path) -> bool:
    """Put a file of this content at `path`, in one step; False if it was there already.

    Raises OutputLocked, OutputError.
    """
    stage = stage_of(path)
    with locked(cache, f"{path.parent.name}-{path.name}"), naming(path):
        stage.unlink(missing_ok=True)  # of a killed process: the lock is ours
        if path.is_file() and has_our_form(path.lstat()) and path.read_bytes() == content:
            return False
        make_folder(path.parent)
        try:
            write_new(stage, content)
            sync_files([stage])
            stage.replace(path)
        finally:
            stage.unlink(missing_ok=True)
        sync_folder(path.parent)
    return True


def clear_unfinished(folder: Path, *, cache: Path) -> None:
    """Delete what killed processes left of single files in a folder, also of files that nobody writes again.

    Raises OutputError.
    """
    for name in names_in(folder):
        if name.startswith(STAGE):
            with suppress(OutputLocked), locked(cache, f"{folder.name}-{name.removeprefix(STAGE)}", timeout_s=0):
                (folder / name).unlink(missing_ok=True)


def _plan(
    out: Path,
    wanted: dict[str, Artifact],
    written: Written,
    *,
    scope: Sequence[str] | None,
    shared: SharedFiles | None,
) -> Plan:
    present, ours = scan_tree(out), written.by_path()
    compared = shared.trees.of_tree(str(out)) if shared else None
    link: dict[str, WrittenFile] = {}
    for path, artifact in wanted.items():
        status = present.get(path)
        if status is None:
            continue
        if compared is None or not compared.holds(path, artifact, status):
            made = wanted[path] = artifact.made()  # once: it is compared, and perhaps written
            if not _holds(out, path, status=status, artifact=made, shared=shared):
                continue
            if compared is not None:
                compared.note(path, artifact, status)
        link[path] = WrittenFile.of(path, status)
    others = {path for path in present.keys() - wanted.keys() if path not in ours}
    mine = present.keys() - wanted.keys() - others
    gone = {path for path in mine if _in_scope(path, scope)}
    write = frozenset(wanted.keys() - link.keys())
    link |= {path: ours[path] for path in mine - gone}
    return Plan(write, link, frozenset(others), frozenset(gone), present)


def _holds(
    out: Path, path: str, *, status: os.stat_result, artifact: Artifact, shared: SharedFiles | None = None
) -> bool:
    """The file is as we would write it."""
    content = artifact.content
    if status.st_size != len(content):
        return False
    own_names = 2 if status.st_nlink == 2 and is_in_spare(out, path, status=status) else 1
    if not has_our_form(status, may_be_shared=artifact.is_shared, own_names=own_names):
        return False
    if artifact.is_shared and shared:
        return shared.holds(str(artifact.path), content, file=f"{out}/{path}", status=status)
    return holds_content(f"{out}/{path}", content)


def _written(files: dict[str, WrittenFile], plan: Plan, source: str) -> Written:
    both = plan.link | files
    return Written(tuple(both[path] for path in sorted(both)), source)


def _require_folder(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not stat.S_ISDIR(out.lstat().st_mode)):
        raise OutputError(out, "ENOTDIR", "is in the way: it is a link or a file, not a folder")


def _remove_empty_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        if not any(Path(folder).iterdir()):
            Path(folder).rmdir()


def _by_path(outputs: Sequence[Output]) -> dict[str, Artifact]:
    return {str(artifact.path): artifact for output in outputs for artifact in output.artifacts}


def _in_scope(path: str, scope: Sequence[str] | None) -> bool:
    return scope is None or path.partition("/")[0] in scope


def _paths(names: set[str] | frozenset[str]) -> tuple[PurePosixPath, ...]:
    return tuple(PurePosixPath(name) for name in sorted(names))
