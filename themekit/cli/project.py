"""Options that name a project and its brands, and the project they open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.project import Project
    from themekit.model import BrandId

project_option = click.option(
    "--project",
    "root",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's folder: the one with brands/ and docs_src/.  [default: this folder]",
)

jobs_option = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N", default=None, help="Processes.  [default: one per core]"
)

frozen_option = click.option(
    "--frozen", is_flag=True, help="Do nothing and end with 3 if an input or a tool is not as themekit.lock has it."
)


def require_frozen(project: Project, format_: str) -> None:
    """End the command with DRIFT, and say what differs, where the project is not as its lock has it."""
    from themekit.build.locking import lock_drift

    if found := lock_drift(project.host):
        show_diagnostics(found, format_)
        raise click.exceptions.Exit(Exit.DRIFT)


def open_project(root: Path, *, remote: str = "", executor: str = "local") -> Project:
    """The project (see `Project` for the others), or a usage error where the folder holds none."""
    from themekit.build.project import Project

    if not (root / "brands").is_dir():
        raise click.UsageError(
            f"`{root}` holds no project: there is no folder `brands` in it; `themekit init DIR` makes one"
        )
    return Project(root.resolve(), remote, executor)


def chosen_brands(project: Project, names: Sequence[str]) -> tuple[BrandId, ...]:
    """The brands named, or all; a usage error that offers the nearest name for an unknown one."""
    from themekit.build.brands import brand_ids
    from themekit.source.did_you_mean import did_you_mean_or

    known = project.engine.get(brand_ids)
    refused = {each.place.path.name: each.message for each in project.engine.diagnostics(brand_ids) if each.place}
    for name in names if known else refused:
        if name in refused:
            raise click.UsageError(refused[name])
    if not known:
        raise click.UsageError("the project has no brand yet: add `brands/<id>/brand.json`")
    for name in names:
        if name not in known:
            hint = did_you_mean_or(name, known, label="the brands are")
            raise click.UsageError(f"no brand is named `{name}`; {hint}")
    return tuple(brand for brand in known if not names or brand in names)
