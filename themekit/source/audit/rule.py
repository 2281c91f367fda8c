"""What a rule of the audit is: a code, and a look at a description that finds the places it is broken at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.diagnostics import Code
    from themekit.source.audit.description import Description


@dataclass(frozen=True, slots=True)
class Finding:
    """A place in the description, by JSON pointer, and what is wrong there."""

    pointer: str
    message: str
    hint: str | None = None
    part: Literal["key", "value"] = "value"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `check` is pure and looks at the lists that the description has of its parts."""

    code: Code
    check: Callable[[Description], Iterator[Finding]]
