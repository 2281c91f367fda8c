"""`themekit tokens build`: token files into the outputs of token targets."""

from __future__ import annotations

from pathlib import Path

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, format_option, say, show_diagnostics
from themekit.cli.token_files import contexts_option, files_argument, resolver_option, token_project


@click.command(short_help="Build files of tokens into CSS and other outputs.")
@files_argument
@resolver_option
@contexts_option
@click.option(
    "-t", "--target", "names", metavar="NAME", multiple=True, help="An output, any number of times.  [default: css]"
)
@click.option("--prefix", default="tk", metavar="WORD", show_default=True, help="What each emitted name starts with.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/tokens"),
    metavar="DIR",
    show_default=True,
    help="Where the files go.",
)
@click.option("-q", "--quiet", is_flag=True, help="No summary.")
@format_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    files: tuple[Path, ...],
    *,
    resolver: Path | None,
    contexts: tuple[str, ...],
    names: tuple[str, ...],
    prefix: str,
    out: Path,
    quiet: bool,
    format_: str,
) -> int:
    """Build FILEs of design tokens, DTCG 2025.10. Of tokens with the same path the one in a later file counts.

    A resolver's tokens come after those of the FILEs. Nothing is written if there is a mistake.
    """
    from themekit.build.tokens import build_tokens, write_artifacts
    from themekit.model.artifact import PREFIX
    from themekit.plugins import target_named, targets

    if not PREFIX.fullmatch(prefix):
        raise click.UsageError(f"`{prefix}` is no prefix: write lower-case words joined with `-`")
    found = [target_named(name) for name in dict.fromkeys(names or ("css",))]
    for name, target in zip(dict.fromkeys(names or ("css",)), found, strict=True):
        if target is None or target.needs_defaults or not target.per_brand:
            known = ", ".join(each.name for each in targets() if each.per_brand and not each.needs_defaults)
            reason = "is no target" if target is None else "needs the tokens of a brand"
            raise click.UsageError(f"`{name}` {reason}; the targets are {known}")
    host, project = token_project(files, resolver=resolver, contexts=contexts)
    report = build_tokens(host, project, targets=[each for each in found if each is not None], prefix=prefix)
    show_diagnostics(report.diagnostics, format_)
    if not report.is_good:
        return Exit.MISTAKES
    written, unchanged = write_artifacts(report.artifacts, out)
    if not quiet:
        modes = f" in {counted(len(report.modes), 'mode')}" if len(report.modes) > 1 else ""
        say(f"built {counted(report.count, 'token')}{modes} into {out}: {written} written, {unchanged} unchanged")
    return Exit.GOOD
