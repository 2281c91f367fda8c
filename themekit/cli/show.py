"""What all commands share in showing: the format of diagnostics, and progress on a terminal."""

from __future__ import annotations

import os
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

import themekit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.diagnostics import Diagnostic

MAX_SHOWN = 1000  # a hostile file of 1 MiB can hold 60,000 mistakes: 28 MB of text that nobody reads
FORMATS = ("text", "json", "ndjson", "github", "gitlab", "sarif", "junit")

format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How mistakes are printed: for people (stderr), or for machines (stdout).",
)


def show_diagnostics(
    diagnostics: Sequence[Diagnostic], format_: str, *, also: Mapping[str, object] = MappingProxyType({})
) -> None:
    """Print diagnostics: text for people to stderr, other formats to stdout (also when there is nothing to tell).

    `also` is what a command tells programs beside them: members of the one object that is `json`.
    In a job of GitHub Actions text for people comes with annotations, on stderr too: the runner reads both.
    """
    if format_ != "text":
        click.echo(for_machines(diagnostics, format_, also=also).encode(), nl=False)  # UTF-8 whatever the locale
        return
    if not diagnostics:
        return  # 5 ms before what would say nothing
    from themekit.diagnostics.order import in_order
    from themekit.diagnostics.text import render_text

    shown = in_order(diagnostics)[:MAX_SHOWN]
    click.echo(render_text(shown, color=wants_color()), nl=False, err=True, color=True)
    if len(shown) < len(diagnostics):
        click.echo(f"… and {len(diagnostics) - len(shown)} more; `--format json` prints them all", err=True)
    if shown and os.environ.get("GITHUB_ACTIONS") == "true":
        click.echo(for_machines(shown, "github"), nl=False, err=True)


def for_machines(
    diagnostics: Sequence[Diagnostic], format_: str, *, also: Mapping[str, object] = MappingProxyType({})
) -> str:
    """The diagnostics in one of FORMATS but `text`, and `also` in those that are one object."""
    if format_ in {"json", "ndjson"}:
        from themekit.diagnostics.json_text import render_json, render_json_lines

        if format_ == "ndjson":
            return render_json_lines(diagnostics, _documentation())
        return render_json(diagnostics, _documentation(), also=also)
    if format_ == "github":
        from themekit.diagnostics.github import render_github

        return render_github(diagnostics)
    if format_ == "gitlab":
        from themekit.diagnostics.gitlab import render_gitlab

        return render_gitlab(diagnostics)
    if format_ == "junit":
        from themekit.diagnostics.junit import render_junit

        return render_junit(diagnostics, _command_name())
    from themekit.diagnostics.sarif import render_sarif

    return render_sarif(diagnostics, _documentation(), version=themekit.__version__)


def _command_name() -> str:
    """Of the command that runs: `docs audit`."""
    context = click.get_current_context(silent=True)
    return " ".join(context.command_path.split()[1:]) if context else ""


def _documentation() -> str:
    """Where the docs are published: the package's own metadata says it."""
    from importlib.metadata import metadata

    urls = dict(entry.split(", ", 1) for entry in metadata("themekit").get_all("Project-URL", ()))
    return str(urls["Documentation"])


def counted(number: int, noun: str) -> str:
    """Number and noun: `1 brand`, `2 brands`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def wants_color() -> bool:
    """A terminal on stderr, and neither NO_COLOR nor TERM=dumb. Source: no-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return _is_terminal()


def say(text: str) -> None:
    """Print a line to stderr. It may hold names of files and folders: what would act on the terminal is escaped."""
    from themekit.diagnostics.printable import printable

    click.echo(printable(text), err=True)


def _is_terminal() -> bool:
    """Somebody watches stderr. It is None where the caller has closed it."""
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def progress(text: str) -> None:
    """One line that the next overwrites, on a terminal; a line of its own elsewhere."""
    if not _is_terminal():
        say(text)
    else:
        from shutil import get_terminal_size

        from themekit.diagnostics.printable import printable

        width = get_terminal_size().columns - 1  # a line that wraps would not be overwritten
        sys.stderr.write(f"\r\x1b[2K{printable(text)[:width]}")
        sys.stderr.flush()


def end_progress() -> None:
    """Clear the progress line, where it is one."""
    if _is_terminal():
        progress("")
