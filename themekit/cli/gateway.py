"""`themekit gateway`: policies put to work."""

from __future__ import annotations

import click

from themekit.cli.lazy import LazyGroup

COMMANDS = ("run", "test", "load", "report", "diff", "admin")


@click.group(
    cls=LazyGroup,
    names=COMMANDS,
    prefix="themekit.cli.gateway_",
    short_help="Run, attack and measure policies; compare gateways and policies.",
)
def command() -> None:
    """Run a brand's gateway policy on this machine, attack it, measure it; compare gateways, and explain changes."""
