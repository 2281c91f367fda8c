"""`themekit audit`: built portals held to rules that only a browser can judge."""

from __future__ import annotations

import time
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
    from pathlib import Path

    from themekit.model import Mode
    from themekit.studio.viewport import Viewport


@click.group(short_help="Hold built portals to rules of accessibility.")
def command() -> None:
    """Hold built portals to rules that only a browser can judge."""


@command.command("a11y", short_help="Run axe-core over every page; exit 1 on any violation.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@pages_option
@modes_option
@viewports_option
@browsers_option
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@project_option
@format_option
def a11y(  # noqa: PLR0913 - one parameter an option, as click calls it
    brands: tuple[str, ...],
    *,
    patterns: tuple[str, ...],
    modes: tuple[Mode, ...],
    viewports: tuple[Viewport, ...],
    jobs: int | None,
    quiet: bool,
    root: Path,
    format_: str,
) -> int:
    """Run axe-core over the pages of each BRAND (all by default) as they lie in build/.

    The rules are those of WCAG 2.0, 2.1 and 2.2, levels A and AA, and axe's best practices.
    """
    from themekit.studio.barriers import audit_accessibility
    from themekit.studio.chromium.crew import Crew
    from themekit.studio.chromium.opening import BrowserMissingError
    from themekit.studio.visits import stale_outputs

    started = time.perf_counter()
    project = open_project(root)
    chosen = chosen_brands(project, brands)
    visits = chosen_visits(project, chosen, patterns=patterns, modes=modes, viewports=viewports)
    tell = (lambda _: None) if quiet else progress
    try:
        found = audit_accessibility(project, visits, crew=Crew(browsers_for(jobs), warn_of_browser), tell=tell)
    except BrowserMissingError as missing:
        say(f"error[browser]: no browser could be started: {missing}; {BROWSER_HINT}")
        return Exit.IO
    if not quiet:
        end_progress()
    show_diagnostics((*stale_outputs(project, chosen), *found), format_)
    if not quiet:
        pages = len({(visit.brand, visit.page) for visit in visits})
        looks = f"{counted(len(modes), 'mode')} and {counted(len(viewports), 'window')}"
        verdict = counted(len(found), "violation") if found else "no violation"
        say(f"audited {counted(pages, 'page')} in {looks}: {verdict} in {time.perf_counter() - started:.1f} s")
    return Exit.MISTAKES if found else Exit.GOOD


@command.command("log", short_help="Print what was done to gateway policies; --verify: exit 1 if it was tampered with.")
@click.option("--verify", is_flag=True, help="Check that no record was changed, removed, added or moved.")
@click.option("--head", "noted", default="", metavar="DIGEST", help="With --verify: a digest that was noted before.")
@project_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="Lines for people, or an object for programs.",
)
def log(*, verify: bool, noted: str, root: Path, format_: str) -> int:
    """Print the log of users, drafts, approvals and publications of the Studio's page on gateway policies.

    With --verify the last line names the digest of the log's end: noted elsewhere and given to --head, it shows later
    that nothing up to there is other than it was.
    """
    from themekit.studio.admin.audit_log import AuditLog
    from themekit.studio.admin.audit_text import log_json, log_text
    from themekit.studio.admin.keeping import FOLDER, NotPrivate
    from themekit.studio.admin.users import BrokenUsers

    if noted and not verify:
        raise click.UsageError("`--head` goes with `--verify`")
    audit = AuditLog(open_project(root).root / FOLDER)
    try:
        faults = audit.faults(noted=noted) if verify else ()
        show = log_json if format_ == "json" else log_text
        click.echo(show(audit.records(), faults, is_verified=verify).encode(), nl=False)
    except (NotPrivate, BrokenUsers) as error:
        say(f"error[admin]: {error}")
        return Exit.IO
    for fault in faults if format_ == "text" else ():
        say(f"{FOLDER}/audit.jsonl:{fault.line}:1: error[audit-log]: {fault.text}")
    return Exit.MISTAKES if faults else Exit.GOOD
