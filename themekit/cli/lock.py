"""`themekit lock`: write down which inputs and tools a release is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import open_project, project_option
from themekit.cli.show import counted, format_option, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Write themekit.lock, which `--frozen` holds a build to.")
@click.option("--check", is_flag=True, help="Write nothing; exit 3 if an input or a tool is not the one locked.")
@project_option
@format_option
def command(*, check: bool, root: Path, format_: str) -> int:
    """Write the digest of every input and the version of every tool into themekit.lock.

    `check`, `build` and `package` take --frozen, and then refuse to start where anything is not as it is written there.
    """
    from themekit.build.locking import LOCK, lock_drift, lock_of, lock_text
    from themekit.build.write import write_file

    project = open_project(root)
    if check:
        found = lock_drift(project.host)
        show_diagnostics(found, format_)
        click.echo(f"compared with {LOCK}: {counted(len(found), 'difference')}", err=True)
        return Exit.DRIFT if found else Exit.GOOD
    lock = lock_of(project.host)
    write_file(project.root / LOCK, lock_text(lock).encode(), cache=project.cache)
    locked = f"{counted(len(lock.inputs), 'input')} and {counted(len(lock.tools), 'tool')}"
    click.echo(f"locked {locked} in {LOCK}", err=True)
    return Exit.GOOD
