"""`themekit sdk version`: the version that changes ask for, and whether the brands' versions are large enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.apis import SIDES_HELP, compared, sides_options
from themekit.cli.exit_code import Exit
from themekit.cli.show import say

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.sdk.changes.versions import Version


@click.command(short_help="Name the version that changes ask for; --check: exit 1 if one is too small.")
@sides_options
@click.option("--current", "current", required=True, metavar="VERSION", help="The version that was released last.")
@click.option("--check", "chosen", default=None, metavar="VERSION", help="The version that is to be released.")
def command(
    files: tuple[str, ...], *, from_: str | None, to: str | None, current: str, chosen: str | None, root: Path
) -> int:
    """Print the smallest version after --current that may carry the changes between OLD and NEW.

    The change on the wire and that of each SDK's public names are weighed; the larger one counts. Before 1.0.0 a break
    asks for a minor version.
    """
    from themekit.model.api_change import largest
    from themekit.sdk.changes.versions import is_enough, next_version

    last = _version(current, "--current")
    new = None if chosen is None else _version(chosen, "--check")
    sides = compared(root, files, from_=from_, to=to)
    if sides is None:
        return Exit.MISTAKES
    level = largest(tuple(each.level for each in sides.changes))
    needed = next_version(last, level)
    click.echo(str(needed))
    if new is None or is_enough(last, new, level=level):
        return Exit.GOOD
    reason = next(each for each in sides.changes if each.level == level) if level else None
    because = f"{reason.where}: {reason.words}" if reason else "it is before the last one"
    say(f"error[version-too-small]: {new} is too small after {last}: {because}")
    say(f"hint: the smallest version for this is {needed}")
    return Exit.MISTAKES


def _version(text: str, option: str) -> Version:
    from themekit.sdk.changes.versions import Version

    found = Version.parse(text)
    if found is None:
        raise click.UsageError(f"`{option}`: `{text}` is no semantic version such as `1.4.0` or `2.0.0-beta.1`")
    return found


command.help = f"{command.help}\n\n{SIDES_HELP}"
