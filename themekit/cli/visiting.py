"""Options of the commands that open built portals in a browser, and how they are read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from themekit.cli.show import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.project import Project
    from themekit.model import BrandId, Mode
    from themekit.studio.viewport import Viewport
    from themekit.studio.visits import Visit

MODES = ("light", "dark", "light-contrast", "dark-contrast")
VIEWPORTS = "1280x800,390x844"
BROWSER_HINT = "install Chromium, or fetch one: `playwright install chromium`"


def warn_of_browser(text: str) -> None:
    """Say what is not as it should be with the browser, quiet or not."""
    say(f"warning[browser]: {text}")


def _modes_of(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[Mode, ...]:
    from themekit.model import Mode

    names = tuple(dict.fromkeys(name.strip() for name in value.split(",")))
    for name in names:
        if name not in MODES:
            raise click.BadParameter(f"`{name}` is no mode; the modes are {', '.join(MODES)}")
    return tuple(Mode(name) for name in MODES if name in names)


def _viewports_of(_context: click.Context, _parameter: click.Parameter, value: str) -> tuple[Viewport, ...]:
    from themekit.studio.viewport import MAX_PX, parse_viewport

    found = []
    for name in (part.strip() for part in value.split(",")):
        viewport = parse_viewport(name)
        if viewport is None:
            raise click.BadParameter(f"`{name}` is no window; write 1280x800, each side from 100 to {MAX_PX}")
        found.append(viewport)
    return tuple(dict.fromkeys(found))


pages_option = click.option(
    "--pages",
    "patterns",
    multiple=True,
    metavar="GLOB",
    help="Only pages whose path fits, such as `guides/*`; may be given several times.",
)
modes_option = click.option(
    "--modes",
    metavar="MODES",
    default=",".join(MODES),
    callback=_modes_of,
    help="Comma-separated.  [default: all four]",
)
viewports_option = click.option(
    "--viewports",
    metavar="SIZES",
    default=VIEWPORTS,
    callback=_viewports_of,
    help=f"Windows in CSS pixels, comma-separated.  [default: {VIEWPORTS}]",
)
browsers_option = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), metavar="N", default=None, help="Browsers.  [default: one per core]"
)


def chosen_visits(
    project: Project,
    brands: Sequence[BrandId],
    *,
    patterns: Sequence[str],
    modes: Sequence[Mode],
    viewports: Sequence[Viewport],
) -> tuple[Visit, ...]:
    """What to open, or a usage error for a brand that is not built and for a pattern that fits nothing."""
    from themekit.studio.visits import NothingToVisitError, visits_of

    try:
        return visits_of(project.output, brands, patterns=patterns, modes=modes, viewports=viewports)
    except NothingToVisitError as nothing:
        raise click.UsageError(str(nothing)) from None


def browsers_for(jobs: int | None) -> int:
    """How many browsers are at work."""
    return jobs or os.cpu_count() or 1
