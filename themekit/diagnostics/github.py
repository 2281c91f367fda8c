"""Diagnostics as GitHub Actions workflow commands, which become annotations on a pull request's lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.diagnostic import Span
from themekit.diagnostics.order import in_order
from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics.diagnostic import Diagnostic


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """One `::error file=…,line=…,col=…::message` a line.

    Source: GitHub Docs, "Workflow commands for GitHub Actions"; the escapes are those of actions/toolkit, command.ts.
    """
    return "".join(_command(diagnostic) + "\n" for diagnostic in in_order(diagnostics))


def _command(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    properties = []
    if place is not None:
        properties.append(("file", printable(str(place.path))))
    if isinstance(place, Span):
        end = place.column + max(1, place.length) - 1
        properties += [("line", str(place.line)), ("col", str(place.column)), ("endColumn", str(end))]
    properties.append(("title", diagnostic.code))
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties)
    return f"::{diagnostic.severity.value} {listed}::{_data(_message(diagnostic))}"


def _message(diagnostic: Diagnostic) -> str:
    lines = [printable(diagnostic.message)]
    for note in diagnostic.notes:
        at = f" ({printable(str(note.place.path))}:{note.place.line})" if isinstance(note.place, Span) else ""
        lines.append(f"note: {printable(note.message)}{at}")
    if diagnostic.hint is not None:
        lines.append(f"hint: {printable(diagnostic.hint)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
