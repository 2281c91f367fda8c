"""`themekit check`: all mistakes in all inputs, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import (
    chosen_brands,
    frozen_option,
    jobs_option,
    open_project,
    project_option,
    require_frozen,
)
from themekit.cli.show import counted, end_progress, format_option, progress, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Find the mistakes in all inputs, without rendering.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@jobs_option
@click.option("--strict", is_flag=True, help="Warnings end with 1, too.")
@frozen_option
@project_option
@format_option
def command(brands: tuple[str, ...], *, jobs: int | None, strict: bool, frozen: bool, root: Path, format_: str) -> int:
    """Report the mistakes in brands, tokens, logos, fonts and pages, all in one run.

    Nothing is rendered, and nothing but build/.cache written. Links between pages are checked by `themekit build`.
    """
    from themekit.build.checking import check
    from themekit.diagnostics.order import counts

    project = open_project(root)
    if frozen:
        require_frozen(project, format_)
    chosen = chosen_brands(project, brands)
    report = check(project, chosen, jobs=jobs, tell=progress)
    end_progress()
    show_diagnostics(report.diagnostics, format_)
    errors, warnings = counts(report.diagnostics)
    click.echo(
        f"checked {counted(len(chosen), 'brand')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}", err=True
    )
    return Exit.MISTAKES if errors or (strict and warnings) else Exit.GOOD
