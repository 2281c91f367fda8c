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
@click.option(
    "--lint",
    "rules",
    multiple=True,
    metavar="RULE=LEVEL",
    help="How severe a rule is: off, warning or error; any number of times.",
)
@click.option("--strict", is_flag=True, help="Warnings end with 1, too.")
@format_option
def command(
    files: tuple[Path, ...],
    *,
    resolver: Path | None,
    contexts: tuple[str, ...],
    rules: tuple[str, ...],
    strict: bool,
    format_: str,
) -> int:
    """Report all mistakes in FILEs of design tokens, DTCG 2025.10, in one run.

    Without `--context` every context of a resolver is looked at. Names are compared in all casings that outputs use.
    The rules of the lint look at the tokens, but for those that are about a brand's default tokens.
    """
    from themekit.build.tokens import check_tokens
    from themekit.diagnostics.order import counts
    from themekit.resolve.lint.lint import lint_tokens

    levels = _levels(rules)
    host, project = token_project(files, resolver=resolver, contexts=contexts)
    report = check_tokens(host, project, lint=lambda tokens: lint_tokens(tokens, levels))
    show_diagnostics(report.diagnostics, format_)
    errors, warnings = counts(report.diagnostics)
    click.echo(
        f"checked {counted(report.count, 'token')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}",
        err=True,
    )
    return Exit.MISTAKES if errors or (strict and warnings) else Exit.GOOD


def _levels(written: tuple[str, ...]) -> dict[str, str]:
    """Severities by names of rules. Raises BadParameter for a rule or a severity that there is not."""
    from themekit.resolve.lint.lint import LEVELS, rules_without_brand
    from themekit.source.did_you_mean import did_you_mean_or

    names = [rule.code.name for rule in rules_without_brand()]
    found: dict[str, str] = {}
    for each in written:
        name, _, level = each.partition("=")
        if name not in names:
            hint = did_you_mean_or(name, names, label="the rules are")
            raise click.BadParameter(f"there is no rule `{name}`; {hint}", param_hint="--lint")
        if level not in LEVELS:
            raise click.BadParameter(f"`{name}` is one of {', '.join(LEVELS)}, not `{level}`", param_hint="--lint")
        found[name] = level
    return found
