"""Diagnostics as text for people: `path:line:column: severity[code]: message`, the line, a caret, the hint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics.code import Severity
from themekit.diagnostics.diagnostic import Span
from themekit.diagnostics.order import in_order
from themekit.diagnostics.printable import display_width, escaped, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.diagnostics.diagnostic import Diagnostic, Note
    from themekit.model import Origin

    Paint = Callable[[str, str], str]

TAB = "    "  # a tab's width depends on the terminal, so it is shown as four spaces
MAX_HINT_WIDTH = 120  # of all keys of a brand; narrower terminals break it again
_LIST_SEPARATOR = re.compile(r"(?<=`,) (?=`)")
_BOLD = "1"
_COLOR = {Severity.ERROR: "1;31", Severity.WARNING: "1;33"}
_HINT = "36"
_GUTTER = "2"


def render_text(diagnostics: Iterable[Diagnostic], *, color: bool = False) -> str:
    """All diagnostics, a blank line between them, ending with a line feed; "" if there are none.

    Control characters are shown escaped, so a value from a brand file cannot write to the terminal.
    """
    paint = _painted if color else _plain
    blocks = ["\n".join(_block(diagnostic, paint)) for diagnostic in in_order(diagnostics)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def headline(diagnostic: Diagnostic) -> str:
    """Line 1 alone: `path:line:column: severity[code]: message`."""
    label = f"{diagnostic.severity.value}[{diagnostic.code}]"
    return f"{_where(diagnostic.place)}{label}: {printable(diagnostic.message)}"


def _plain(text: str, _style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"


def _block(diagnostic: Diagnostic, paint: Paint) -> list[str]:
    style = _COLOR[diagnostic.severity]
    label = paint(f"{diagnostic.severity.value}[{diagnostic.code}]", style)
    lines = [f"{_where(diagnostic.place)}{label}: {paint(printable(diagnostic.message), _BOLD)}"]
    lines += _excerpt(diagnostic.place, style, paint)
    for note in diagnostic.notes:
        lines += _note(note, paint)
    if diagnostic.hint is not None:
        first, *others = _wrapped(printable(diagnostic.hint))
        lines += [f"{paint('hint:', _HINT)} {first}", *(" " * len("hint: ") + line for line in others)]
    return lines


def _note(note: Note, paint: Paint) -> list[str]:
    lines = [f"{_where(note.place)}{paint('note:', _HINT)} {printable(note.message)}"]
    return lines + _excerpt(note.place, _HINT, paint)


def _wrapped(hint: str) -> list[str]:
    """In lines of MAX_HINT_WIDTH where it is a list of names; what is to be typed stays in one piece."""
    lines: list[str] = []
    for piece in _LIST_SEPARATOR.split(hint):
        if lines and display_width(lines[-1]) + 1 + display_width(piece) <= MAX_HINT_WIDTH:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
    return lines


def _where(place: Span | Origin | None) -> str:
    if place is None:
        return ""
    path = printable(str(place.path))
    return f"{path}:{place.line}:{place.column}: " if isinstance(place, Span) else f"{path}: "


def _excerpt(place: Span | Origin | None, style: str, paint: Paint) -> list[str]:
    if not isinstance(place, Span) or not place.excerpt:
        return []
    number = str(place.line)
    start = place.column - place.excerpt_column
    before = ("…" if place.excerpt_column > 1 else "") + _shown(place.excerpt[:start])
    marked = _shown(place.excerpt[start : start + place.length])
    after = _shown(place.excerpt[start + place.length :])
    caret = " " * display_width(before) + paint("^" * max(1, display_width(marked)), style)
    return [
        f"{paint(f'  {number} |', _GUTTER)} {before}{marked}{after}".rstrip(),
        f"{paint('  ' + ' ' * len(number) + ' |', _GUTTER)} {caret}",
    ]


def _shown(text: str) -> str:
    return "".join(TAB if character == "\t" else escaped(character) for character in text)
