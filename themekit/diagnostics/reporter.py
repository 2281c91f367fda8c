"""What collects diagnostics. Nearly always there are none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics.code import Code
    from themekit.diagnostics.diagnostic import Diagnostic, Fix, Note, Span
    from themekit.model import Origin


@dataclass(slots=True)
class Reporter:
    """Collects the diagnostics of one call: `report(UNKNOWN_TOKEN, place, "…", hint=…)`."""

    found: list[Diagnostic] = field(default_factory=list)

    def __call__(
        self,
        code: Code,
        place: Span | Origin | None,
        message: str,
        *,
        hint: str | None = None,
        notes: Iterable[Note] = (),
        fix: Fix | None = None,
    ) -> None:
        """Add one diagnostic."""
        from themekit.diagnostics.diagnostic import Diagnostic  # noqa: PLC0415  # 4 ms, for nothing that is as it should be

        self.found.append(Diagnostic(code.name, code.severity, message, place, tuple(notes), hint, fix))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All so far, in the order reported."""
        return tuple(self.found)
