"""`themekit ci`: pipelines that check, build, review, sign and publish a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import open_project, project_option
from themekit.cli.show import say

if TYPE_CHECKING:
    import re
    from pathlib import Path


@click.group(short_help="Pipelines for CI systems.")
def command() -> None:
    """Pipelines that check, build, review, sign and publish every brand of a project."""


@command.command()
@click.argument("system", type=click.Choice(("github", "gitlab")))
@click.option("--branch", default="main", show_default=True, metavar="NAME", help="Its pushes are built, too.")
@click.option(
    "--shards", type=click.IntRange(1, 64), default=2, show_default=True, metavar="N", help="Machines that build."
)
@click.option(
    "--pages", default="index.html", show_default=True, metavar="GLOB", help="Pages that pictures and audits look at."
)
@project_option
def init(*, system: str, branch: str, shards: int, pages: str, root: Path) -> int:
    """Write the pipeline of a CI system into the project; a file that is there is never overwritten."""
    from themekit.build.pipelines import BRANCH, PAGES, PLACES, Pipeline, PipelineConflictError, write_pipeline

    _require(BRANCH, branch, option="--branch")
    _require(PAGES, pages, option="--pages")
    try:
        write_pipeline(open_project(root).root, system, pipeline=Pipeline(branch, shards, pages))
    except PipelineConflictError as conflict:
        raise click.UsageError(str(conflict)) from conflict
    say(f"wrote {PLACES[system]}")
    return Exit.GOOD


def _require(form: re.Pattern[str], text: str, *, option: str) -> None:
    if not form.fullmatch(text):
        raise click.BadParameter(f"`{text}` is none; letters, digits and `.-_/` only", param_hint=f"'{option}'")
