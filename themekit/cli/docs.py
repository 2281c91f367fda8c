"""`themekit docs`: the docs of a project's API, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import FORMATS, say, show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.source.audit.coverage import Level

RECORD = "samples.json"


@click.group(short_help="Judge the docs of the project's API.")
def command() -> None:
    """Judge the docs of the API that the project describes in docs_src/api/."""


@command.command("audit", short_help="Coverage by tag and operation, and mistakes; exit 1 below --min.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@click.option("--level", type=click.Choice(("L1", "L2", "L3")), default="L2", show_default=True, help="What counts.")
@click.option(
    "--min",
    "minimum",
    type=click.FloatRange(0, 100),
    default=95,
    show_default=True,
    help="The least share of operations, in percent.",
)
@click.option("--without-site", is_flag=True, help="Do not ask whether an operation is on a page.")
@click.option("--without-samples", is_flag=True, help="Do not ask whether samples compile.")
@click.option("--compile", "compiles", is_flag=True, help="Compile the samples first, and note the outcome.")
@click.option("--strict", is_flag=True, help="What rules find ends with 1, too.")
@project_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="A table and mistakes for people, one object for programs, or what is missing as diagnostics.",
)
def audit(  # noqa: PLR0913 - one parameter an option, as click calls it
    brands: tuple[str, ...],
    *,
    level: Level,
    minimum: float,
    without_site: bool,
    without_samples: bool,
    compiles: bool,
    strict: bool,
    root: Path,
    format_: str,
) -> int:
    """Print how much of the API is documented, and what in its description is likely to be a mistake.

    An operation counts if it is on a page in the site of a BRAND (of any by default), and if its samples compile.
    """
    from themekit.build import documentation
    from themekit.source.audit.report import coverage_diagnostics, coverage_json, coverage_text, is_passed

    project = open_project(root)
    chosen = () if without_site else chosen_brands(project, brands)
    record = project.output / RECORD
    if compiles:
        (first, *_) = chosen_brands(project, brands)
        from themekit.build.write import write_file
        from themekit.trial.samples import compiled_samples

        write_file(record, documentation.record_of(compiled_samples(project, first, tell=say)), cache=project.cache)
    found = documentation.audit(
        project,
        chosen,
        has_site=not without_site,
        record=record.read_bytes() if record.exists() else None,
        has_samples=not without_samples,
    )
    if found is None:
        raise click.UsageError("the project describes no API: add `docs_src/api/openapi.yaml`")
    if found.coverage is None:
        show_diagnostics(found.diagnostics, format_)
        return Exit.MISTAKES
    if format_ == "json":
        text = coverage_json(found.coverage, level=level, minimum=minimum, places=found.places, rules=found.diagnostics)
    else:
        text = coverage_text(found.coverage, level=level, minimum=minimum) if format_ == "text" else ""
        missing = documentation.located_missing(found, coverage_diagnostics(found.coverage, level))
        show_diagnostics((*missing, *found.diagnostics), format_)
    click.echo(text.encode(), nl=False)
    passed = is_passed(found.coverage, level=level, minimum=minimum)
    return Exit.GOOD if passed and not (strict and found.diagnostics) else Exit.MISTAKES
