"""`themekit tokens`: design tokens that belong to no brand."""

from __future__ import annotations

import click

from themekit.cli.lazy import LazyGroup

COMMANDS = ("build", "check")


@click.group(
    cls=LazyGroup,
    names=COMMANDS,
    prefix="themekit.cli.tokens_",
    short_help="Build and check files of design tokens without a brand.",
)
def command() -> None:
    """Build and check files of design tokens, DTCG 2025.10, that belong to no brand.

    A project needs no brand.json: any files of tokens will do, and a resolver document if there are contexts.
    """
