"""`themekit report`: what came of what was published."""

from __future__ import annotations

import re
from pathlib import Path

import click

from themekit.cli.downloads import ROOM, state_option
from themekit.cli.exit_code import Exit
from themekit.cli.show import say

FORMATS = ("text", "json", "svg")


@click.group(short_help="Report which versions partners have in use.")
def command() -> None:
    """Report what came of what was published."""


@command.command("adoption", short_help="Partners that are active, versions in use, brands that are live.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@state_option
@click.option("--since", metavar="DAYS", default="90d", show_default=True, help="How far back: `30d`, `12w`.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True,
              help="A table for people, an object for programs, or a chart.")  # fmt: skip
def adoption(folder: Path, *, state: Path, since: str, format_: str) -> int:
    """Report from the log of `themekit downloads serve` over the published FOLDER."""
    from datetime import UTC, datetime, timedelta

    from themekit.downloads.adoption import adoption_of
    from themekit.downloads.adoption_text import adoption_json, adoption_svg, adoption_text
    from themekit.downloads.download_log import read_records
    from themekit.downloads.shelf import Shelf
    from themekit.downloads.tokens import METRICS, BrokenTokens, Tokens

    match = re.fullmatch(r"(\d{1,4})([dw])", since)
    if match is None:
        raise click.UsageError("--since is a number of days or weeks: `30d`, `12w`")
    start = datetime.now(UTC) - timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))
    shelf = Shelf(folder)
    listings = [listing for brand in shelf.brands() if (listing := shelf.listing(brand))]
    newest = {listing.brand: found.version for listing in listings if (found := listing.newest(ending=""))}
    try:
        tokens = Tokens(state).all()
    except BrokenTokens as error:
        say(f"error[{ROOM}]: {error}")
        return Exit.IO
    partners = [
        each.partner for each in tokens if each.state(start.timestamp()) == "active" and METRICS not in each.scope
    ]
    report = adoption_of(read_records(state), since=start, partners=partners, newest=newest)
    show = {"text": adoption_text, "json": adoption_json, "svg": adoption_svg}[format_]
    click.echo(show(report).encode(), nl=False)
    return Exit.GOOD
