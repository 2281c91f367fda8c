"""`themekit import tokens`: another tool's tokens as DTCG 2025.10."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, format_option, say, show_diagnostics

if TYPE_CHECKING:
    from themekit.source.importing.imported import Kind

MAX_FILES = 1000  # sets of one folder
KINDS = ("tokens-studio", "style-dictionary", "css", "figma")


@click.command(short_help="Make DTCG tokens of another tool's.")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
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

    FILE may be a folder of Tokens Studio: a file for each set, `$themes.json` and `$metadata.json`.

    Sets, themes and modes become a resolver document. What cannot be taken over is reported, each at its line.
    """
    from themekit.resolve.color_changes import changed
    from themekit.resolve.color_mixing import MATH
    from themekit.source.importing.read import import_folder, import_tokens
    from themekit.source.json_text import decoded_text
    from themekit.source.locate import all_located

    if out is not None and out.exists():
        raise click.UsageError(f"`{out}` is there already")
    contents = _contents(file, kind)
    path = PurePosixPath(file.as_posix())
    if file.is_dir():
        found, diagnostics = import_folder(path, contents, change=changed)
    else:
        found, diagnostics = import_tokens(path, contents[path], kind=kind, change=changed, maths=MATH)
    located = all_located(diagnostics, lambda each: decoded_text(contents[each]) if each in contents else None)
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


def _contents(file: Path, kind: Kind | None) -> dict[PurePosixPath, bytes]:
    """The file, or the JSON files of the folder."""
    if not file.is_dir():
        return {PurePosixPath(file.as_posix()): file.read_bytes()}
    if kind not in {None, "tokens-studio"}:
        raise click.UsageError(f"`{file}` is a folder, and folders are read of Tokens Studio only")
    found = [each for each in islice(file.rglob("*.json"), MAX_FILES + 1) if each.is_file()]
    if not found or len(found) > MAX_FILES:
        many = f"more than {MAX_FILES}" if found else "no"
        raise click.UsageError(f"`{file}` holds {many} JSON files")
    return {PurePosixPath(each.as_posix()): each.read_bytes() for each in found}
