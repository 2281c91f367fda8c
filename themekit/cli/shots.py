"""`themekit shots`: pictures of built portals, and what changed in them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import counted, end_progress, format_option, progress, say, show_diagnostics
from themekit.cli.visiting import (
    BROWSER_HINT,
    browsers_for,
    browsers_option,
    chosen_visits,
    modes_option,
    pages_option,
    viewports_option,
    warn_of_browser,
)

if TYPE_CHECKING:
    from themekit.diagnostics import Diagnostic
    from themekit.model import Mode
    from themekit.studio.pictures.comparing import Comparison
    from themekit.studio.viewport import Viewport

MAX_LISTED = 20


@click.command(short_help="Photograph built portals; compare with earlier pictures.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@pages_option
@modes_option
@viewports_option
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    default=None,
    help="The gallery's folder.  [default: build/shots]",
)
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    metavar="REF",
    default=None,
    help="Compare with an earlier gallery, a folder or a zip of one; exit 3 if a page looks different.",
)
@click.option(
    "--threshold",
    type=click.FloatRange(min=0, max=1),
    metavar="SHARE",
    default=0.0,
    help="The share of a picture's pixels, 0 to 1, that may differ.  [default: 0]",
)
@browsers_option
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@project_option
@format_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    brands: tuple[str, ...],
    *,
    patterns: tuple[str, ...],
    modes: tuple[Mode, ...],
    viewports: tuple[Viewport, ...],
    output: Path | None,
    against: Path | None,
    threshold: float,
    jobs: int | None,
    quiet: bool,
    root: Path,
    format_: str,
) -> int:
    """Photograph the pages of each BRAND (all by default) as they lie in build/, in every mode and window.

    The gallery opens from the disk. Pictures of the same pages are the same bytes.
    """
    from themekit.studio.chromium.opening import BrowserMissingError
    from themekit.studio.pictures.folder import NoGalleryError
    from themekit.studio.pictures.running import Wanted, run
    from themekit.studio.visits import Sources, stale_outputs

    started = time.perf_counter()
    project = open_project(root)
    chosen = chosen_brands(project, brands)
    visits = chosen_visits(project, chosen, patterns=patterns, modes=modes, viewports=viewports)
    target = output or project.output / "shots"
    wanted = Wanted(visits, tuple(patterns), target, against, threshold, browsers_for(jobs))
    try:
        done = run(
            project.output,
            wanted,
            place_of=Sources(project).place_of,
            tell=(lambda _: None) if quiet else progress,
            warn=warn_of_browser,
        )
    except NoGalleryError as occupied:
        raise click.UsageError(f"{occupied}; name another folder with `-o`") from None
    except BrowserMissingError as missing:
        say(f"error[browser]: no browser could be started: {missing}; {BROWSER_HINT}")
        return Exit.IO
    if not quiet:
        end_progress()
    show_diagnostics((*stale_outputs(project, chosen), *done.mistakes, *_shown(done.changes, format_)), format_)
    if not quiet:
        taken = f"took {counted(done.pictures, 'picture')} of {counted(len(chosen), 'brand')}"
        say(f"{taken} in {time.perf_counter() - started:.1f} s")
        _tell(done.comparison, target, to_stderr=format_ != "text")
    if done.mistakes:
        return Exit.MISTAKES
    return Exit.DRIFT if done.comparison and done.comparison.changes else Exit.GOOD


def _shown(changes: tuple[Diagnostic, ...], format_: str) -> tuple[Diagnostic, ...]:
    """For people the summary says it."""
    return () if format_ == "text" else changes


def _tell(comparison: Comparison | None, target: Path, *, to_stderr: bool) -> None:
    from themekit.diagnostics.printable import printable
    from themekit.studio.pictures.comparing import Kind, percent
    from themekit.studio.pictures.gallery import CHANGES_PAGE, INDEX_PAGE, verdict

    lines = []
    if comparison:
        lines.append(verdict(comparison))
        for change in comparison.changes[:MAX_LISTED]:
            what = percent(change.share) if change.kind is Kind.CHANGED else change.kind
            lines.append(f"  {change.view}: {what}")
        if len(comparison.changes) > MAX_LISTED:
            lines.append(f"  … and {len(comparison.changes) - MAX_LISTED} more")
    lines.append(str(target / (CHANGES_PAGE if comparison else INDEX_PAGE)))
    for line in lines:
        click.echo(printable(line), err=to_stderr)
