"""Two descriptions of an API that commands compare: named as files, or as one file and a Git revision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

import click

from themekit.cli.project import open_project, project_option
from themekit.cli.show import show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.build.project import Project
    from themekit.engine import Engine
    from themekit.model.api import ApiModel
    from themekit.model.api_change import ApiChange

_Command = TypeVar("_Command", bound="Callable[..., object]")

SIDES_HELP = (
    "OLD and NEW are files of the project; with --from, name none for the project's API, or one. Files of Git are read "
    "where they are: nothing is checked out."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions of an API, and every change between them."""

    old: ApiModel
    new: ApiModel
    changes: tuple[ApiChange, ...]


def sides_options(command: _Command) -> _Command:
    """The arguments and options that name the two sides."""
    for decorate in (
        project_option,
        click.option("--to", metavar="REV", help="With --from: up to this revision.  [default: the files as they are]"),
        click.option("--from", "from_", metavar="REV", help="Compare with the API as it is in this Git revision."),
        click.argument("files", nargs=-1, metavar="[OLD NEW]"),
    ):
        command = decorate(command)
    return command


def compared(root: Path, files: tuple[str, ...], *, from_: str | None, to: str | None) -> Compared | None:
    """Both sides and their changes; None after mistakes were shown. Raises UsageError for sides that are not there."""
    from themekit.build.api_changes import api_changes

    project = open_project(root)
    (before, old_path), (after, new_path) = _sides(project, files, from_=from_, to=to)
    old, new = _read(before, old_path), _read(after, new_path)
    return None if old is None or new is None else Compared(old, new, api_changes(old, new))


def _sides(
    project: Project, files: tuple[str, ...], *, from_: str | None, to: str | None
) -> tuple[tuple[Engine, PurePosixPath], tuple[Engine, PurePosixPath]]:
    from themekit.build.sdk import api_path

    if from_ is None:
        if to is not None:
            raise click.UsageError("`--to` needs `--from`")
        if len(files) != 2:
            raise click.UsageError("name two descriptions, OLD and NEW, or a Git revision with `--from REV`")
        old, new = (path_of(project, name) for name in files)
        return (project.engine, old), (project.engine, new)
    if len(files) > 1:
        raise click.UsageError("with `--from`, name one description or none")
    path = path_of(project, files[0]) if files else project.engine.get(api_path)
    if path is None:
        raise click.UsageError("the project describes no API: there is no `docs_src/api/openapi.yaml`")
    then = engine_of(project, from_)
    return (then, path), (project.engine if to is None else engine_of(project, to), path)


def path_of(project: Project, named: str) -> PurePosixPath:
    """The file's path in the project, named from here or from the project."""
    from_here = Path(named).absolute()
    if from_here.is_file() and from_here.is_relative_to(project.root):
        return PurePosixPath(from_here.relative_to(project.root).as_posix())
    path = PurePosixPath(named)
    if path.is_absolute() or ".." in path.parts:
        raise click.UsageError(f"`{named}` is not in the project; copy it there, references in it are read from there")
    return path


def engine_of(project: Project, revision: str) -> Engine:
    """The project as it was in a Git revision. Raises UsageError if there is none of that name."""
    from themekit.build.revisions import GitHost, NoRevisionError
    from themekit.engine import Engine, MemoryStore

    try:
        return Engine(GitHost(project.root, revision), MemoryStore())
    except NoRevisionError as missing:
        raise click.UsageError(str(missing)) from None


def _read(engine: Engine, path: PurePosixPath) -> ApiModel | None:
    from themekit.build.sdk import api_model

    known = engine.get(api_model, path)
    found = engine.diagnostics(api_model, path)
    if known is None and not found:
        raise click.UsageError(f"there is no description `{path}`")
    show_diagnostics(found, "text")
    return known
