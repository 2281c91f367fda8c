"""`themekit sdk`: what changed in an API, which version that asks for, and SDKs on their way to registries."""

from __future__ import annotations

import click

from themekit.cli.lazy import LazyGroup

COMMANDS = ("diff", "version", "publish", "generate")


@click.group(
    cls=LazyGroup,
    names=COMMANDS,
    prefix="themekit.cli.sdk_",
    short_help="Compare versions of the API; check, publish and generate SDKs.",
)
def command() -> None:
    """Compare versions of the API on the wire and in each SDK, check version numbers, publish SDKs.

    SDKs are made by `themekit build`, with everything else: below build/<brand>/sdk/.
    """
