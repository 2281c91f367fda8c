"""`themekit gateway`: policies put to work. Each command is a module of its own, imported when it is run."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = (
    "run",
    "test",
    "load",
    "report",
    "diff",
    "admin",
)


class LazyCommands(click.Group):
    """Imports `themekit.cli.gateway_<command>` when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """In the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command's object, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"themekit.cli.gateway_{cmd_name}").command
        assert isinstance(found, click.Command)  # noqa: S101 - each module of COMMANDS has one
        return found


@click.group(cls=LazyCommands, short_help="Run, attack and measure policies; compare gateways and policies.")
def command() -> None:
    """Run a brand's gateway policy on this machine, attack it, measure it; compare gateways, and explain changes."""
