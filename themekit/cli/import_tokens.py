"""`themekit import tokens`: another tool's tokens as DTCG 2025.10."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, format_option, say, show_diagnostics

if TYPE_CHECKING:
    from themekit.source.importing.imported import Kind

KINDS = ("tokens-studio", "style-dictionary", "css", "figma")


@click.command(short_help="Make DTCG tokens of another tool's.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "kind", type=click.Choice(KINDS), help="Which tool's FILE is.  [default: found out]")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where the tokens go; must not be there.  [default: they are printed]",
)
@click.option("--strict", is_flag=True, help="End with 1 if something could not be taken over.")
@format_option
def command(file: Path, *, kind: Kind | None, out: Path | None, strict: bool, format_: str) -> int:
    """Make DTCG 2025.10 of FILE: Tokens Studio's export, Style Dictionary's tokens, CSS, or Figma's variables.

    Sets, themes and modes become a resolver document. What cannot be taken over is reported, each at its line.
    """
    from themekit.source.importing.read import import_tokens
    from themekit.source.json_text import decoded_text
    from themekit.source.locate import all_located

    if out is not None and out.exists():
        raise click.UsageError(f"`{out}` is there already")
    content, path = file.read_bytes(), PurePosixPath(file.as_posix())
    found, diagnostics = import_tokens(path, content, kind=kind)
    located = all_located(diagnostics, lambda _: decoded_text(content))
    if out is not None or format_ == "text":
        show_diagnostics(located, format_)
    if found is None or any(each.is_error for each in diagnostics):
        return Exit.MISTAKES
    text = json.dumps(found.document, indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text.encode(), nl=False)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    what = "a resolver document" if found.is_resolver else "one file"
    lost = counted(len(diagnostics), "remark")
    say(f"imported {counted(found.count, 'token')} from {found.kind} as {what}: {lost}")
    return Exit.MISTAKES if strict and diagnostics else Exit.GOOD
