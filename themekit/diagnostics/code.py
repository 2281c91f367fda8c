"""Kinds of diagnostics: every module that may find a mistake names those it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors stop what depends on the value and cannot be switched off; warnings do not stop anything."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of diagnostic: a stable word such as `unknown-token`, documented on the page of that name.

    `summary` is the one line that the list of codes shows for it.
    """

    name: str
    severity: Severity = Severity.ERROR
    summary: str = ""
