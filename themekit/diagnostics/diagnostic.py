"""Spans and diagnostics. A diagnostic is a value: it is stored with what produced it and shown at the edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics.code import Severity

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.model import Origin


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text file.

    Line and column are 1-based, column and length count characters. `excerpt` is the text of the line, or of a long
    line the part around the place, whose first character stands in column `excerpt_column`.
    """

    path: PurePosixPath
    line: int
    column: int
    length: int = 1
    excerpt: str = ""
    excerpt_column: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """A second place or fact: `defined here`."""

    message: str
    place: Span | Origin | None = None


@dataclass(frozen=True, slots=True)
class Fix:
    """A value that would be accepted at a place: for programs that offer it. Nothing is ever changed unasked."""

    place: Origin
    value: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake.

    `place` may be an Origin until `source.locate` turns it into a Span; `hint` is what to type instead, and `fix` the
    same for programs, where one value will do.
    """

    code: str
    severity: Severity
    message: str
    place: Span | Origin | None = None
    notes: tuple[Note, ...] = ()
    hint: str | None = None
    fix: Fix | None = None

    @property
    def is_error(self) -> bool:
        """Stops the brand's build."""
        return self.severity is Severity.ERROR
