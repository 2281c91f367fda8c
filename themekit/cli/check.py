"""`themekit check`: all mistakes in all inputs, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import counted, format_option, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@project_option
@format_option
def command(brands: tuple[str, ...], root: Path, format_: str) -> int:
    """Report every mistake in the brands and what they use, in one run.

    Reads the brand files, tokens, logos and fonts; renders no pages (`themekit build` checks those).
    """
    from themekit.build.checking import checked

    project = open_project(root)
    chosen = chosen_brands(project, brands)
    found = [diagnostic for brand in chosen for diagnostic in project.engine.diagnostics(checked, brand)]
    unique = list(dict.fromkeys(found))
    show_diagnostics(unique, format_)
    errors = sum(diagnostic.is_error for diagnostic in unique)
    warnings = len(unique) - errors
    click.echo(
        f"checked {counted(len(chosen), 'brand')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}", err=True
    )
    return Exit.MISTAKES if errors else Exit.GOOD
