"""What an import makes, and how it says what it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.diagnostics import Code, Severity

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject

Kind = Literal["tokens-studio", "style-dictionary", "css", "figma"]
KINDS: tuple[Kind, ...] = ("tokens-studio", "style-dictionary", "css", "figma")

NOT_IMPORTED = Code(
    "not-imported", Severity.WARNING, summary="Something in another tool's tokens has no place in DTCG, or was changed."
)


@dataclass(frozen=True, slots=True)
class Imported:
    """A document of DTCG 2025.10: tokens, or a resolver document where the source has sets, themes or modes.

    `targets` are those of themekit that write what the source's own outputs are, with their `prefix`.
    """

    kind: Kind
    document: JsonObject
    count: int
    targets: tuple[str, ...] = ()
    prefix: str | None = None

    @property
    def is_resolver(self) -> bool:
        """It is a resolver document."""
        return "resolutionOrder" in self.document
