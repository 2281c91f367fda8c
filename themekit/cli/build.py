"""`themekit build`: write every output of every brand."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.machines import machine_options, open_machines, sharded_brands
from themekit.cli.project import frozen_option, jobs_option, project_option, require_frozen
from themekit.cli.show import counted, end_progress, format_option, progress, say, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.build.report import BuildReport
    from themekit.build.shard import Shard
    from themekit.build.verifying import Verified

PARTS = ("theme", "assets", "site", "sdk", "packages", "gateway")


def _parts_of(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The comma-separated parts, each of PARTS."""
    parts = tuple(part.strip() for part in value.split(",")) if value else PARTS
    for part in parts:
        if part not in PARTS:
            raise click.BadParameter(f"`{part}` is no part; the parts are {', '.join(PARTS)}")
    return parts


@click.command(short_help="Build brands into build/<brand>/, all by default.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@click.option("--only", "parts", metavar="PARTS", callback=_parts_of, help=f"Comma-separated: {', '.join(PARTS)}.")
@jobs_option
@click.option("--check", is_flag=True, help="Write nothing; exit 3 if build/ is not what a build would make it.")
@click.option("--strict", is_flag=True, help="Warnings end with 1, too.")
@frozen_option
@click.option(
    "--verify-render",
    "verified",
    type=click.IntRange(min=1),
    metavar="N",
    help="Compare the sites of N brands, other ones in each run, with what mkdocs builds for each brand alone.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@machine_options
@project_option
@format_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    brands: tuple[str, ...],
    *,
    parts: tuple[str, ...],
    jobs: int | None,
    check: bool,
    strict: bool,
    frozen: bool,
    verified: int | None,
    quiet: bool,
    executor: str,
    store: str,
    shard: Shard | None,
    root: Path,
    format_: str,
) -> int:
    """Build each BRAND (all by default) into build/<brand>/.

    A brand with mistakes keeps its last good output; the other brands are built all the same.
    """
    from themekit.build.unchanged import Asked, unchanged

    if verified and "site" not in parts:
        raise click.UsageError("`--verify-render` compares sites, and `--only` leaves out the part `site`")
    started = time.perf_counter()
    project = open_machines(root, executor=executor, store=store)
    if frozen:
        require_frozen(project, format_)
    tell = (lambda _: None) if quiet else progress
    asked = Asked(brands, parts, shard.suffix if shard else "")
    report = None if check or verified else unchanged(project, asked)
    compared = None
    if report is None:
        from themekit.build.run import build, remember_build

        chosen = sharded_brands(project, brands, shard=shard, renders="site" in parts)
        report = build(project, chosen, parts=parts, jobs=jobs, writes=not check, tell=tell)
        if not check:
            remember_build(project, asked, report=report)
    if verified:
        from themekit.build.verifying import verify_renders

        compared = verify_renders(project, report.built, count=verified, jobs=jobs, writes=not check, tell=tell)
    if not quiet:
        end_progress()
    show_diagnostics((*report.diagnostics, *(compared.diagnostics if compared else ())), format_)
    if not quiet:
        done = summary(report, time.perf_counter() - started, writes=not check)
        say(f"{done}; {comparison(compared)}" if compared else done)
    has_warnings = any(not each.is_error for each in report.diagnostics)
    if report.failed or (compared and compared.differing) or (strict and has_warnings):
        return Exit.MISTAKES
    return Exit.DRIFT if report.drift else Exit.GOOD


def summary(report: BuildReport, elapsed_s: float, *, writes: bool) -> str:
    """What was done, in one line."""
    brands = counted(len(report.built), "brand")
    if not writes:
        state = counted(report.drift, "difference") if report.drift else "no drift"
        failed = f"; {', '.join(report.failed)} failed" if report.failed else ""
        return f"checked {brands}, {report.artifacts} artifacts: {state} in {elapsed_s:.2f} s{failed}"
    kept = [brand for brand in report.failed if brand in report.kept]
    gone = [brand for brand in report.failed if brand not in report.kept]
    failed = f"; {', '.join(kept)} failed and stayed as before" if kept else ""
    failed += f"; {', '.join(gone)} failed" if gone else ""
    done = f"{report.written} written, {report.unchanged} unchanged"
    removed = f", {report.removed} removed" if report.removed else ""
    return f"built {brands}, {report.artifacts} artifacts ({done}{removed}) in {elapsed_s:.2f} s{failed}"


def comparison(verified: Verified) -> str:
    """How many brands were verified, and which differ."""
    brands = counted(len(verified.brands), "brand")
    if not verified.differing:
        return f"{brands} verified against mkdocs, no difference"
    verb = "differs" if len(verified.differing) == 1 else "differ"
    return f"{brands} verified against mkdocs: {', '.join(verified.differing)} {verb}"
