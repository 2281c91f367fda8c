"""`themekit import tokens`: another tool's tokens as DTCG 2025.10."""

from __future__ import annotations

import json
import os
import shlex
import stat
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, format_option, say, show_diagnostics
from themekit.cli.token_files import RESOLVER_END

if TYPE_CHECKING:
    from themekit.source.importing.imported import Kind

MAX_FILES = 1000  # sets of one folder, token files of one configuration
MAX_LISTED = 100_000  # names in the folders of a configuration, which may hold a `node_modules`
MAX_TOTAL_BYTES = 16 << 20  # of the files of a folder or a configuration, each as often as it is named
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

    FILE may be a folder of Tokens Studio: a file for each set, `$themes.json` and `$metadata.json`. It may be a
    configuration of Style Dictionary, whose token files are read; scripts are read as text and never run.

    Sets, themes and modes become a resolver document. What cannot be taken over is reported, each at its line.
    """
    from themekit.resolve.color_changes import changed
    from themekit.resolve.color_mixing import MATH
    from themekit.source.importing.projects import project_of
    from themekit.source.importing.read import import_folder, import_tokens
    from themekit.source.json_text import decoded_text
    from themekit.source.locate import all_located

    if out is not None and out.exists():
        raise click.UsageError(f"`{out}` is there already")
    contents = _contents(file, kind)
    path = PurePosixPath(file.as_posix())
    project = project_of(path, contents[path]) if path in contents and kind in {None, "style-dictionary"} else None
    if file.is_dir():
        found, diagnostics = import_folder(path, contents, change=changed)
    elif project is not None:
        chosen = project.files(_names(file.parent, project.folders()))
        contents |= _chosen(file.parent, tuple(name for _, name in chosen))
        found, diagnostics = project.imported(chosen, contents)
    else:
        found, diagnostics = import_tokens(path, contents[path], kind=kind, change=changed, maths=MATH)
    located = all_located(
        diagnostics, lambda each: decoded_text(contents[each]) if each in contents else None, is_foreign=True
    )
    if out is not None or format_ == "text":
        show_diagnostics(located, format_)
    if found is None or any(each.is_error for each in diagnostics):
        return Exit.MISTAKES
    if out is not None and out.name.endswith(RESOLVER_END) and not found.is_resolver:
        better = out.with_name(f"{out.name.removesuffix(RESOLVER_END)}.tokens.json")
        reason = "its name says that it is a resolver document, and these tokens are none"
        raise click.UsageError(f"`{out}`: {reason}; write `{better}`")
    text = json.dumps(found.document, indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text.encode(), nl=False)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
    what = "a resolver document" if found.is_resolver else "one file"
    lost = counted(len(diagnostics), "remark")
    say(f"imported {counted(found.count, 'token')} from {found.kind} as {what}: {lost}")
    if found.targets:
        options = "".join(f" --target {each}" for each in found.targets)
        prefix = "" if found.prefix is None else f" --prefix {shlex.quote(found.prefix)}"
        say(f"its outputs are those of: themekit tokens build {out or 'FILE'}{options}{prefix}")
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
    return _read(file, found)


def _names(root: Path, folders: tuple[PurePosixPath, ...]) -> tuple[str, ...]:
    """The files in these folders of the root, named from there. No link is followed."""
    found: list[str] = []
    for folder in folders:
        if not _is_inside(root, root / folder):
            raise click.UsageError(f"`{folder}` leads out of the folder of the configuration")
        for where, inner, files in os.walk(root / folder):
            inner.sort()
            found += [(Path(where) / name).relative_to(root).as_posix() for name in files]
            if len(found) > MAX_LISTED:
                raise click.UsageError(f"`{root / folder}` holds more than {MAX_LISTED} files")
    return tuple(found)


def _chosen(root: Path, names: tuple[str, ...]) -> dict[PurePosixPath, bytes]:
    """Those of the root's files, none of which may lie outside it."""
    if len(names) > MAX_FILES:
        raise click.UsageError(f"the configuration names more than {MAX_FILES} files")
    return _read(root, [root / name for name in names])


def _read(root: Path, paths: list[Path]) -> dict[PurePosixPath, bytes]:
    """The files, none of which may lie outside the root; what is no regular file could be read without an end."""
    total = 0
    for each in paths:
        if not _is_inside(root, each):
            raise click.UsageError(f"`{each}` leads out of `{root}`, or round in a circle")
        status = each.stat()
        if not stat.S_ISREG(status.st_mode):
            raise click.UsageError(f"`{each}` is not a regular file")
        total += status.st_size
    if total > MAX_TOTAL_BYTES:
        raise click.UsageError(f"the files of `{root}` have more than {MAX_TOTAL_BYTES >> 20} MiB")
    return {PurePosixPath(each.as_posix()): each.read_bytes() for each in dict.fromkeys(paths)}


def _is_inside(root: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a circle of links: the latter up to Python 3.12
        return False
