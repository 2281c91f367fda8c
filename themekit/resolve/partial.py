"""Tokens that only some contexts of a brand's resolver define: what they are in the modes of the others.

An override leaves the default as it is there. A new token has nothing that it could be, so it is the same in all modes,
which is said.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.model import Mode, ModeValue
from themekit.resolve.aliases import slot_in, value_in
from themekit.source.codes import NOT_IN_CONTEXT
from themekit.source.did_you_mean import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.diagnostics import Diagnostic
    from themekit.model import Token, TokenSet


def partly_over(default: Token, token: Token, *, own: TokenSet) -> Token:
    """The token where contexts define it, and the default in the other modes."""
    if not any(own.leaves_default(token.id, mode) for mode in Mode):
        return token

    def value(mode: Mode) -> ModeValue:
        if own.leaves_default(token.id, mode):
            return ModeValue(mode, value_in(default, mode))
        slot = slot_in(token, mode)
        origin = next((one.origin for one in token.modes if one.mode is slot), None)
        return ModeValue(mode, value_in(token, mode), origin or token.origin)

    light, *others = map(value, Mode)
    return replace(token, value=light.value, modes=tuple(others))


def partly_new(own: TokenSet, *, defaults: TokenSet) -> Iterator[Diagnostic]:
    """A warning for each new token that some contexts lack."""
    report = Reporter()
    known = {token.id for token in defaults} if own.partial else set()
    by_id = own.by_id() if own.partial else {}
    for token_id, modes in own.partial:
        if token_id not in known and token_id in by_id:
            message = f"`{token_id}` is defined in {listed(modes)} only; in the other modes it has that value too"
            hint = "define it in what holds for all contexts"
            report(NOT_IN_CONTEXT, by_id[token_id].origin, message, hint=hint)
    yield from report.diagnostics
