"""`themekit check`: all mistakes in all inputs, and nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import (
    chosen_brands,
    frozen_option,
    jobs_option,
    open_project,
    project_option,
    require_frozen,
)
from themekit.cli.show import counted, end_progress, format_option, progress, say, show_diagnostics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.model import BrandId


@click.command(short_help="Find the mistakes in all inputs, without rendering.")
@click.argument("brands", nargs=-1, metavar="[BRAND]...")
@jobs_option
@click.option("--strict", is_flag=True, help="Warnings end with 1, too.")
@click.option("--a11y", is_flag=True, help="Print the contrast of every pair of text and ground, in each mode.")
@frozen_option
@project_option
@format_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    brands: tuple[str, ...],
    *,
    jobs: int | None,
    strict: bool,
    a11y: bool,
    frozen: bool,
    root: Path,
    format_: str,
) -> int:
    """Report the mistakes in brands, tokens, logos, fonts and pages, all in one run.

    Nothing is rendered, and nothing but build/.cache written. Links between pages are checked by `themekit build`.
    """
    from themekit.build.checking import check
    from themekit.diagnostics.order import counts

    project = open_project(root)
    if frozen:
        require_frozen(project, format_)
    chosen = chosen_brands(project, brands)
    report = check(project, chosen, jobs=jobs, tell=progress)
    end_progress()
    contrast = _Contrast.of(project, chosen if a11y else ())
    show_diagnostics(report.diagnostics, format_, also=contrast.also if a11y else {})
    if format_ == "text":
        click.echo(contrast.text.encode(), nl=False)
    for brand_id in contrast.unknown:
        say(f"{brand_id}: its tokens could not be resolved, so there are no pairs to show")
    errors, warnings = counts(report.diagnostics)
    click.echo(
        f"checked {counted(len(chosen), 'brand')}: {counted(errors, 'error')}, {counted(warnings, 'warning')}", err=True
    )
    return Exit.MISTAKES if errors or contrast.fails or (strict and warnings) else Exit.GOOD


@dataclass(frozen=True, slots=True)
class _Contrast:
    """The pairs of some brands: as tables, as objects, and whether one is below its floor.

    `unknown` are brands whose tokens have a mistake: of what colours they would have nothing can be said. `unjudged`
    are gradients of which nobody says what text stands on them.
    """

    text: str = ""
    objects: tuple[dict[str, object], ...] = ()
    fails: bool = False
    unknown: tuple[BrandId, ...] = ()
    unjudged: tuple[dict[str, object], ...] = ()

    @property
    def also(self) -> dict[str, object]:
        """What JSON has beside the diagnostics."""
        return {"contrast": self.objects, "unjudged": self.unjudged}

    @classmethod
    def of(cls, project: Project, brands: Sequence[BrandId]) -> _Contrast:
        """The tokens are those that the check has found already."""
        if not brands:
            return cls()
        from themekit.build.brands import tokens
        from themekit.build.theme import text_lc
        from themekit.cli.contrast_table import pair_objects, pairs_table
        from themekit.resolve import contrast_report, unjudged_gradients

        known = {brand_id: project.engine.get(tokens, brand_id) for brand_id in brands}
        reports = {
            brand_id: (each, contrast_report(each, text_lc=project.engine.get(text_lc, brand_id)))
            for brand_id, each in known.items()
            if each is not None
        }
        unjudged = {brand_id: unjudged_gradients(of[0]) for brand_id, of in reports.items()}
        return cls(
            "\n".join(
                pairs_table(brand_id, pairs, unjudged=unjudged[brand_id]) for brand_id, (_, pairs) in reports.items()
            ),
            tuple(each for brand_id, of in reports.items() for each in pair_objects(brand_id, of[0], pairs=of[1])),
            fails=not all(pair.passes for _, pairs in reports.values() for pair in pairs),
            unknown=tuple(brand_id for brand_id in brands if brand_id not in reports),
            unjudged=tuple({"brand": brand_id, "gradient": each} for brand_id, of in unjudged.items() for each in of),
        )
