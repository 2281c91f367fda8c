"""`themekit clean`: remove what builds wrote, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import open_project, project_option
from themekit.cli.show import counted

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--cache", is_flag=True, help="Remove build/.cache too: the next build starts from nothing.")
@project_option
def command(*, cache: bool, root: Path) -> int:
    """Remove the outputs of earlier builds. Files in build/ that themekit did not write stay."""
    from themekit.build.run import clean

    removed = clean(open_project(root), cache=cache)
    click.echo(f"removed {counted(removed, 'file')}", err=True)
    return Exit.GOOD
