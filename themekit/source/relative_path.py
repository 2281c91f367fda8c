"""A path written in one file of a project that leads to another: resolved, or refused if it may mean something else."""

from __future__ import annotations

from pathlib import PurePosixPath

from themekit.model.portable_path import portability_fault

_FORBIDDEN = frozenset('\\:%$*?"<>|~')


def resolved_from(path: PurePosixPath, written: str, *, suffixes: tuple[str, ...]) -> PurePosixPath | None:
    """The file that `written` means in the file `path`, with `..` resolved; None if it leaves the project.

    Plain relative paths with one of the suffixes only: nothing that a shell, a URL or another system reads otherwise.
    """
    if not written.endswith(suffixes) or not written.isascii() or not written.isprintable():
        return None
    if written.startswith("/") or set(written) & _FORBIDDEN:
        return None
    written_parts = PurePosixPath(written).parts
    named = [part for part in written_parts if part != ".."]
    if not named or portability_fault("/".join(named)):
        return None
    parts = list(path.parent.parts)
    for part in written_parts:
        if part != "..":
            parts.append(part)
        elif not parts:
            return None
        else:
            parts.pop()
    return PurePosixPath(*parts)
