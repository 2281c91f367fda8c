"""`themekit cache`: where a build remembers what it made, under which key CI keeps that, and how it is made smaller."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import open_project, project_option

if TYPE_CHECKING:
    from pathlib import Path

UNITS = {"k": 10, "m": 20, "g": 30, "t": 40}


def _bytes_of(_context: click.Context, _parameter: click.Parameter, value: str) -> int:
    """`500M`, `2G` or a number of bytes."""
    text = value.strip().lower().removesuffix("b").removesuffix("i")
    number, unit = (text[:-1], UNITS[text[-1]]) if text[-1:] in UNITS else (text, 0)
    if not number.isascii() or not number.isdigit() or len(number) > 15:
        raise click.BadParameter(f"`{value}` is no size; write `500M`, `2G` or a number of bytes")
    return int(number) << unit


@click.group(short_help="The folder in which builds remember what they made.")
def command() -> None:
    """Where builds remember what they made, the key to keep it under in CI, and how to make it smaller.

    It may be deleted at any time, and one of another version or other inputs does no harm: what is stale is not used.
    """


@command.command("dir")
@project_option
def dir_(*, root: Path) -> int:
    """Print the folder to keep between runs."""
    click.echo(open_project(root).cache)
    return Exit.GOOD


@command.command()
@project_option
def key(*, root: Path) -> int:
    """Print a key for this state of tools and inputs; its parts, from the left, are what an older cache may share.

    Restore by the whole key, else by the longest part before a hyphen: `themekit-<system>-<tools>-<inputs>`.
    """
    import platform

    from themekit.build.locking import lock_of
    from themekit.engine.encoding import digest

    lock = lock_of(open_project(root).host)
    system = f"{platform.system()}-{platform.machine()}".lower()
    tools, inputs = (digest(tuple(each.items()))[:16] for each in (lock.tools, lock.inputs))
    click.echo(f"themekit-{system}-{tools}-{inputs}")
    return Exit.GOOD


@command.command()
@click.option(
    "--max-size", default="4G", show_default=True, metavar="SIZE", callback=_bytes_of, help="What may stay: `500M`."
)
@project_option
def prune(*, max_size: int, root: Path) -> int:
    """Delete what was not used for the longest time, until at most --max-size of remembered values are left."""
    from themekit.build.tidying import prune as prune_cache

    freed = prune_cache(open_project(root), max_bytes=max_size)
    click.echo(f"freed {freed / 1e6:.1f} MB", err=True)
    return Exit.GOOD
