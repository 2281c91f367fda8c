"""A brand to its resolved tokens: defaults, the brand's own tokens laid over them, references, and the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.resolve.aliases import resolve_aliases
from themekit.resolve.default_tokens import default_tokens

if TYPE_CHECKING:
    from themekit.diagnostics import Diagnostic
    from themekit.model import Brand, ResolvedTokens, Token, TokenId, TokenSet


def resolve_tokens(brand: Brand) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    """Every token of the brand in every mode, and what is wrong; None if a reference or a type is."""
    return resolve_aliases(merged(default_tokens(brand), brand.tokens))


def merged(defaults: TokenSet, own: TokenSet) -> tuple[Token, ...]:
    """The defaults in their places, replaced by tokens of the same id; new tokens follow in the order written."""
    by_id: dict[TokenId, Token] = defaults.by_id()
    by_id |= own.by_id()
    return tuple(by_id.values())
