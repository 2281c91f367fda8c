"""`themekit explain`: which inputs an artifact was made from, and which of them have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option

if TYPE_CHECKING:
    from pathlib import Path


MAX_LINE = 160  # the arguments of a task can be long values


def _is_ours(line: str) -> bool:
    """A read of themekit's own data or of an installed font: no news to whoever asks about their project."""
    return "file @" in line or "folder @" in line


@click.command(short_help="Print what an output was made from, and what has changed.")
@click.argument("artifact", metavar="ARTIFACT")
@project_option
def command(artifact: str, root: Path) -> int:
    """Print the chain of reads behind ARTIFACT (build/acme/theme/tokens.css) since it was last made.

    A star marks what has changed, and what will be checked because of it. Reads of installed packages are shown only
    if they changed. Nothing is built.
    """
    from themekit.build.parts import PARTS, part_of
    from themekit.diagnostics.printable import printable
    from themekit.engine.explain import explain

    project = open_project(root)
    brand, _, path = artifact.removeprefix(f"{project.root}/").removeprefix("./").removeprefix("build/").partition("/")
    if brand == "dist":
        raise click.UsageError("a bundle is made of every part: explain a file of build/<brand>/ instead")
    part = part_of(path)
    if part is None:
        parts = ", ".join(f"{name}/" for name in PARTS)
        raise click.UsageError(f"`{artifact}` is no artifact: write build/<brand>/…, and there one of {parts}")
    (brand_id,) = chosen_brands(project, [brand])
    for line in explain(project.engine, part, brand_id).lines():
        if line.startswith("*") or not _is_ours(line):
            shown = printable(line)
            click.echo(shown if len(shown) <= MAX_LINE else f"{shown[: MAX_LINE - 1]}…")
    return Exit.GOOD
