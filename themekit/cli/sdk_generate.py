"""`themekit sdk generate`: an SDK in another language, by a foreign engine."""

from __future__ import annotations

from pathlib import Path

import click

from themekit.cli.exit_code import Exit
from themekit.cli.project import chosen_brands, open_project, project_option
from themekit.cli.show import counted, say, show_diagnostics


@click.command(short_help="Make a brand's SDK in another language, by openapi-generator.")
@click.argument("brand")
@click.option("--language", required=True, metavar="NAME", help="A generator of the engine: kotlin, csharp, php, …")
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the SDK goes; must not be there.",
)
@click.option("--engine", type=click.Choice(("openapi-generator",)), default="openapi-generator", show_default=True)
@project_option
def command(brand: str, *, language: str, out: Path, engine: str, root: Path) -> int:
    """Make the SDK of BRAND in a language that themekit has no emitter for.

    What the engine makes is its own: it is not compiled here, and not searched for what a description smuggled in.
    """
    from themekit.build.brands import brand as brand_task
    from themekit.build.other_languages import LANGUAGE, EngineMissing, EngineRefused, description, generate

    if not LANGUAGE.fullmatch(language):
        raise click.UsageError(f"`{language}` is no name of a generator")
    if out.exists():
        raise click.UsageError(f"`{out}` is there already")
    project = open_project(root)
    (brand_id,) = chosen_brands(project, (brand,))
    known, files = project.engine.get(brand_task, brand_id), project.engine.get(description)
    show_diagnostics(
        (*project.engine.diagnostics(brand_task, brand_id), *project.engine.diagnostics(description)), "text"
    )
    if known is None or not files:
        return Exit.MISTAKES
    try:
        count = generate(files, known, language=language, out=out)
    except (EngineMissing, EngineRefused) as error:
        say(f"error[{engine}]: {error}")
        return Exit.IO
    say(f"wrote {counted(count, 'file')} to {out}; nobody compiled them")
    return Exit.GOOD
