"""`themekit sdk diff`: every change that a program can feel between two versions of an API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.apis import SIDES_HELP, compared, sides_options
from themekit.cli.exit_code import Exit

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Explain what changed in the API, and the version it asks for.")
@sides_options
@click.option(
    "--fail-on", type=click.Choice(("minor", "major")), default=None, help="End with 3 at this level or above."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(("markdown", "json")),
    default="markdown",
    show_default=True,
    help="A section of a changelog, or an object for programs.",
)
def command(
    files: tuple[str, ...], *, from_: str | None, to: str | None, fail_on: str | None, format_: str, root: Path
) -> int:
    """Explain what changed between the descriptions OLD and NEW, or since a Git revision (--from)."""
    from themekit.model.api_change import LEVELS, largest
    from themekit.sdk.changes.report import changes_json, changes_markdown

    sides = compared(root, files, from_=from_, to=to)
    if sides is None:
        return Exit.MISTAKES
    level = largest(tuple(each.level for each in sides.changes))
    if format_ == "json":
        text = changes_json(sides.changes, level=level, old=sides.old.version, new=sides.new.version)
    else:
        text = changes_markdown(sides.changes, title=sides.new.version)
        text += f"\nThe level of this change is **{level or 'none'}**.\n"
    click.echo(text.encode(), nl=False)
    is_reached = fail_on is not None and level is not None and LEVELS.index(level) >= LEVELS.index(fail_on)
    return Exit.DRIFT if is_reached else Exit.GOOD


command.help = f"{command.help}\n\n{SIDES_HELP}"
