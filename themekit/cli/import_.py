"""`themekit import`: what was made with other tools."""

from __future__ import annotations

import click

from themekit.cli.lazy import LazyGroup

COMMANDS = ("logo", "tokens")


@click.group(
    cls=LazyGroup,
    names=COMMANDS,
    prefix="themekit.cli.import_",
    short_help="Take over what was made with other tools.",
)
def command() -> None:
    """Take over what was made with other tools, and say what could not be taken over."""
