"""`themekit explain`: which inputs an artifact was made from, and which of them have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("artifact", metavar="ARTIFACT")
@project_option
def command(artifact: str, root: Path) -> int:
    """Print the chain of reads behind ARTIFACT (build/acme/theme/tokens.css) since it was last made.

    A star marks what has changed and what will be checked because of it. Nothing is built.
    """
    from themekit.build.parts import part_of
    from themekit.engine import explain

    project = open_project(root)
    brand, _, path = artifact.removeprefix("./").removeprefix("build/").partition("/")
    (brand_id,) = chosen_brands(project, [brand])
    part = part_of(path)
    if part is None:
        raise click.UsageError(f"`{artifact}` is no artifact: write build/<brand>/theme/…, assets/… or site/…")
    for line in explain(project.engine, part, brand_id).lines():
        click.echo(line)
    return Exit.GOOD
