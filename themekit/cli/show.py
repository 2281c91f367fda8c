"""What all commands share in showing: the format of diagnostics, and progress on a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.diagnostics import Diagnostic

FORMATS = ("text", "json", "github", "sarif")

format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How mistakes are printed: for people (stderr), or for machines (stdout).",
)


def show_diagnostics(diagnostics: Sequence[Diagnostic], format_: str) -> None:
    """Print diagnostics: text to stderr, everything for machines to stdout (also when there is none)."""
    from themekit.diagnostics.rendering import render

    is_text = format_ == "text"
    text = render(diagnostics, format_, color=is_text and wants_color())
    if text:
        click.echo(text, nl=False, err=is_text, color=True)


def wants_color() -> bool:
    """A terminal on stderr, and neither NO_COLOR nor TERM=dumb. Source: no-color.org."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def progress(text: str) -> None:
    """One line that the next overwrites, on a terminal; nothing elsewhere."""
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        sys.stderr.write(f"\r\x1b[2K{text}")
        sys.stderr.flush()


def end_progress() -> None:
    """Clear the progress line."""
    progress("")
