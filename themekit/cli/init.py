"""`themekit init`: a small project that builds at once."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import say


@click.command(short_help="Write a small project that builds at once.")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> int:
    """Write a new project to DIR: two brands, a few pages, mkdocs.yml. Existing files are never overwritten."""
    from themekit.build.scaffold import ScaffoldConflictError, write_scaffold

    try:
        written = write_scaffold(folder)
    except ScaffoldConflictError as conflict:
        raise click.UsageError(str(conflict)) from conflict
    say(f"wrote {len(written)} files to {folder}")
    enter = "" if folder.resolve() == Path.cwd() else f"cd {shlex.quote(str(folder))} && "
    say(f"next: {enter}themekit build && themekit package")
    return Exit.GOOD
