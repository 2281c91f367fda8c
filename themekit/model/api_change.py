"""A difference between two versions of an API, as those who call it feel it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from themekit.model.origin import Origin

Level = Literal["patch", "minor", "major"]
"""What of a semantic version a change asks for."""

LEVELS: tuple[Level, ...] = ("patch", "minor", "major")


@dataclass(frozen=True, slots=True)
class ApiChange:
    """One difference. `scope` is "wire", or the SDK language whose programs feel it.

    `rule` names the kind ("request-field-added-required"), `where` the place ("GET /payments", "Payment.amount"),
    `words` say it in a sentence without a full stop.
    """

    rule: str
    level: Level
    scope: str
    where: str
    words: str
    old: Origin | None = None
    new: Origin | None = None


def largest(levels: tuple[Level, ...]) -> Level | None:
    """The level that all of these ask for together; None if there is none."""
    return max(levels, key=LEVELS.index, default=None)
