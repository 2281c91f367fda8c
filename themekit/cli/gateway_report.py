"""`themekit gateway report`: what each gateway can do of what a brand's policy asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import show_diagnostics

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Compare gateways by what a brand's policy uses.")
@click.argument("brand")
@click.option("--all", "has_all", is_flag=True, help="Every feature, and not only those that the policy uses.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "json", "markdown")),
    default="text",
    show_default=True,
    help="A table for people, an object for programs, or a page.",
)
@project_option
def command(brand: str, *, has_all: bool, format_: str, root: Path) -> int:
    """Print which gateways can do what the policy of BRAND asks for: exactly, in a weaker form, or not.

    Every gateway there is stands side by side, whether the policy names it as a target or not.
    """
    from themekit.build.gateway import policy
    from themekit.gateway.comparison import compare
    from themekit.gateway.comparison_text import comparison_json, comparison_markdown, comparison_text
    from themekit.plugins import gateways

    project = open_project(root)
    (brand_id,) = chosen_brands(project, [brand])
    known = project.engine.get(policy, brand_id)
    found = project.engine.diagnostics(policy, brand_id)
    if known is None:
        if not found:
            raise click.UsageError(f"`{brand_id}` has no policy: add `brands/{brand_id}/policy.json`")
        show_diagnostics(found, "text")
        return Exit.MISTAKES
    comparison = compare(known, gateways(), has_all=has_all)
    if format_ == "json":
        text = comparison_json(comparison)
    elif format_ == "markdown":
        text = comparison_markdown(comparison, title=f"Gateways for {brand_id}")
    else:
        text = comparison_text(comparison)
    click.echo(text.encode(), nl=False)
    return Exit.GOOD
