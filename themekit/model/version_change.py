"""What a version of an API changed, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model.api_change import Level

Line = tuple[str, str]
"""Where, and what is so there now: texts, of which the parts in backticks are code."""


@dataclass(frozen=True, slots=True)
class VersionChange:
    """The changes of `version` against `before`: by level, and by the SDK that feels them, "" for the API itself."""

    version: str
    before: str
    groups: tuple[tuple[Level, str, tuple[Line, ...]], ...] = ()
