"""`themekit gateway`: what can be done with a policy besides building it."""

from __future__ import annotations

import click

from themekit.cli.gateway_report import diff, report


@click.group(short_help="Compare gateways, and explain changes of policies.")
def command() -> None:
    """What can be done with gateway policies besides building them."""


command.add_command(report)
command.add_command(diff)
