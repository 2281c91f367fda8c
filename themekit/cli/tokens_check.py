"""`themekit tokens check`: all mistakes in token files, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, format_option, show_diagnostics
from themekit.cli.token_files import contexts_option, files_argument, resolver_option, token_project

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Find the mistakes in files of tokens.")
@files_argument
@resolver_option
@contexts_option
@click.option("--strict", is_flag=True, help="Warnings end with 1, too.")
@format_option
def command(
    files: tuple[Path, ...],
    *,
    resolver: Path | None,
    contexts: tuple[str, ...],
    strict: bool,
    format_: str,
) -> int:
    """Report all mistakes in FILEs of design tokens, DTCG 2025.10, in one run.

    Without `--context` every context of a resolver is looked at. Names are compared in all casings that outputs use.
    """
    from themekit.build.tokens import check_tokens
    from themekit.diagnostics.order import counts

    host, project = token_project(files, resolver=resolver, contexts=contexts)
    report = check_tokens(host, project)
    show_diagnostics(report.diagnostics, format_)
    errors, warnings = counts(report.diagnostics)
    click.echo(
        f"checked {counted(report.count, 'token')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}",
        err=True,
    )
    return Exit.MISTAKES if errors or (strict and warnings) else Exit.GOOD
