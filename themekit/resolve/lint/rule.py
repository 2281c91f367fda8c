"""What a rule of the lint is: a code, and a look at tokens, a brand's or no brand's, for the places it is broken at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from themekit.model import Alias, Color, Dimension, Mode, Origin, ResolvedTokens
from themekit.resolve.members import members
from themekit.resolve.shape_tokens import ROOT_PX, motion_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.diagnostics import Code, Note
    from themekit.model import Brand, ResolvedToken, Token, TokenId, TokenSet
    from themekit.model.token import TokenValue

NO_TOKENS = ResolvedTokens(())


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a rule is broken, and what is wrong there. `place` is None where only defaults are concerned."""

    place: Origin | None
    message: str
    hint: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `check` is pure; a rule that is not `is_on` looks only where it is asked for.

    A rule that `needs_brand` is about the default tokens, which files of tokens without a brand do not have.
    """

    code: Code
    check: Callable[[Theme], Iterator[Finding]]
    is_on: bool = True
    needs_brand: bool = False


@dataclass(frozen=True)
class Theme:
    """What rules look at: the tokens as written, and a brand with all its tokens without references in all modes.

    Without a brand, there are the tokens alone.
    """

    tokens: TokenSet
    brand: Brand | None = None
    resolved: ResolvedTokens = NO_TOKENS

    @cached_property
    def own(self) -> dict[TokenId, Token]:
        """The tokens that are written, by id."""
        return self.tokens.by_id()

    @cached_property
    def by_id(self) -> dict[TokenId, ResolvedToken]:
        """All tokens, the defaults too."""
        return {token.id: token for token in self.resolved}

    def is_new(self, token: Token) -> bool:
        """The token replaces no default."""
        return self.brand is None or token.id in self._new

    @cached_property
    def _new(self) -> frozenset[TokenId]:
        """New tokens stand behind all defaults, of which motion is the last."""
        *_, last = motion_tokens()
        ids = [token.id for token in self.resolved]
        return frozenset(ids[ids.index(last.id) + 1 :])


@dataclass(frozen=True, slots=True)
class Written:
    """One value that a token writes, with the mode it is for (None: all without one of their own) and its place."""

    token: Token
    mode: Mode | None
    value: TokenValue

    def place(self, pointer: str = "") -> Origin | None:
        """Of the value, or of a member of it."""
        return self.token.place(self.mode, pointer=pointer)


def written(token: Token) -> Iterator[Written]:
    """All that a token says, mode by mode."""
    yield Written(token, None, token.value)
    for each in token.modes:
        yield Written(token, each.mode, each.value)


def references(value: TokenValue) -> Iterator[tuple[str, TokenId]]:
    """What a value refers to, each with the pointer of its place below the value."""
    if isinstance(value, Alias):
        yield "", value.target
    else:
        for member in members(value):
            yield member.pointer, member.target


def px_of(value: object) -> float | None:
    """A length in CSS pixels of a page whose root text is 16 px; None for what is no length."""
    if not isinstance(value, Dimension):
        return None
    return value.value * ROOT_PX if value.unit == "rem" else value.value


def colors_in(value: object) -> Iterator[tuple[str, Color]]:
    """The colours that stand in a value, each with the pointer of its place below the value."""
    if isinstance(value, Color):
        yield "", value
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from ((f"/{index}{pointer}", color) for pointer, color in colors_in(part))
    elif isinstance(color := getattr(value, "color", None), Color):
        yield "/color", color


def shown_px(value_px: float) -> str:
    """`11.2 px`: as many digits as tell it from a limit."""
    return f"{value_px:.4g} px"
