"""`themekit package`: one verified zip a brand, for partners to download and host."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, jobs_option, open_project, project_option
from themekit.cli.show import counted, end_progress, format_option, progress, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Write one zip a brand to build/dist/, and SHA256SUMS.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@jobs_option
@click.option("--strict", is_flag=True, help="Warnings end with 1, too.")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@project_option
@format_option
def command(brands: tuple[str, ...], *, jobs: int | None, strict: bool, quiet: bool, root: Path, format_: str) -> int:
    """Write build/dist/<brand>-<version>.zip for each BRAND (all by default), and SHA256SUMS beside them.

    Packages what a build makes, whether or not build/ holds it already. Times inside are SOURCE_DATE_EPOCH, or 1980:
    the same inputs give the same bytes.
    """
    from themekit.build.packaging import InvalidEpochError, package

    started = time.perf_counter()
    project = open_project(root)
    chosen = chosen_brands(project, brands)
    try:
        report = package(project, chosen, jobs=jobs, tell=(lambda _: None) if quiet else progress)
    except InvalidEpochError as error:
        raise click.UsageError(str(error)) from error
    if not quiet:
        end_progress()
    show_diagnostics(report.diagnostics, format_)
    for bundle in report.bundles:
        click.echo(f"{bundle.sha256}  {bundle.path}")
    if not quiet:
        size = sum(bundle.size for bundle in report.bundles) / 1e6
        elapsed_s = time.perf_counter() - started
        failed = f"; {', '.join(report.failed)} failed" if report.failed else ""
        count = counted(len(report.bundles), "brand")
        click.echo(f"packaged {count}, {size:.1f} MB in {elapsed_s:.2f} s{failed}", err=True)
    warned = strict and any(not each.is_error for each in report.diagnostics)
    return Exit.MISTAKES if report.failed or warned else Exit.GOOD
