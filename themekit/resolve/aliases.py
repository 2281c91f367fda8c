"""References to values: every token of a set in every mode, with all that is wrong with the references.

Iterative throughout: a chain may be as long as the set, and no value is resolved twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Reporter
from themekit.model import Alias, Mode, ResolvedToken, ResolvedTokens, TokenId
from themekit.resolve.members import Member, filled, members
from themekit.resolve.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.model import ResolvedValue, Token, TokenType
    from themekit.model.token import TokenValue

UNKNOWN_TOKEN = Code("unknown-token", summary="A reference names a token that does not exist.")
ALIAS_CYCLE = Code("alias-cycle", summary="References lead back to where they started.")
ALIAS_TYPE = Code("alias-type", summary="A reference leads to a token of another type.")

SHOWN_OF_CYCLE = 8  # names in a message; the longest cycle a reader can still follow
FALLBACKS = {
    Mode.LIGHT: (Mode.LIGHT,),
    Mode.DARK: (Mode.DARK,),
    Mode.LIGHT_CONTRAST: (Mode.LIGHT_CONTRAST, Mode.LIGHT),
    Mode.DARK_CONTRAST: (Mode.DARK_CONTRAST, Mode.DARK),
}


def value_in(token: Token, mode: Mode) -> TokenValue:
    """What was written for a mode: high contrast falls back to its scheme, and that to the token's `$value`."""
    if token.modes:
        written = {one.mode: one.value for one in token.modes}
        for fallback in FALLBACKS[mode]:
            if fallback in written:
                return written[fallback]
    return token.value


def resolve_aliases(tokens: Sequence[Token]) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    """The tokens in every mode, in order; None if a reference is wrong. Ids must be unique.

    Each mistake is reported once, whatever the number of modes; what refers to a broken token is not reported again.
    """
    by_id = {token.id: token for token in tokens}
    report = Reporter()
    types: dict[TokenId, TokenType] = {}
    said: set[tuple[str, ...]] = set()
    modes = [_ModeResolver(mode, by_id, report, types, said) for mode in Mode]
    for resolver in modes:
        for token_id in by_id:
            resolver.resolve(token_id)
    if report.found:
        return None, report.diagnostics
    resolved = []
    for token in tokens:
        written = [value_in(token, mode) for mode in Mode]
        values = tuple(resolver.values[token.id] for resolver in modes)
        references = tuple(value.target if isinstance(value, Alias) else None for value in written)
        resolved.append(
            ResolvedToken(token.id, types[token.id], values, references, token.description, token.deprecated)
        )
    return ResolvedTokens(tuple(resolved)), ()


@dataclass(slots=True)
class _Visit:
    """A token on the path being followed, and how many of its references are done."""

    token: Token
    value: TokenValue
    references: tuple[Member, ...]
    done: int = 0


@dataclass(slots=True)
class _ModeResolver:
    mode: Mode
    by_id: Mapping[TokenId, Token]
    report: Reporter
    types: dict[TokenId, TokenType]
    said: set[tuple[str, ...]]
    values: dict[TokenId, ResolvedValue] = field(default_factory=dict)
    broken: set[TokenId] = field(default_factory=set)

    def resolve(self, token_id: TokenId) -> None:
        """Depth first with an own stack; `on_path` has each open token's place in it."""
        if token_id in self.values or token_id in self.broken:
            return
        path = [self._visit(token_id)]
        on_path = {token_id: 0}
        while path:
            visit = path[-1]
            if visit.done == len(visit.references):
                self._close(visit)
                del on_path[visit.token.id]
                path.pop()
                continue
            reference = visit.references[visit.done]
            target = reference.target
            if target in self.values:
                self._check_type(visit.token, reference)
                visit.done += 1
            elif target in self.broken:
                self.broken.add(visit.token.id)
                visit.done += 1
            elif target in on_path:
                self._report_cycle([one.token for one in path[on_path[target] :]])
                visit.done += 1
            elif target in self.by_id:
                on_path[target] = len(path)
                path.append(self._visit(target))
            else:
                self._report_unknown(visit.token, target)
                visit.done += 1

    def _visit(self, token_id: TokenId) -> _Visit:
        token = self.by_id[token_id]
        value = value_in(token, self.mode)
        if isinstance(value, Alias):
            return _Visit(token, value, (Member("", value.target, token.type or "color"),))
        return _Visit(token, value, tuple(members(value)))

    def _close(self, visit: _Visit) -> None:
        token = visit.token
        if token.id in self.broken:
            return
        self.values[token.id] = filled(visit.value, self.values)
        if token.id not in self.types:
            type_ = token.type
            if type_ is None and isinstance(visit.value, Alias):
                type_ = self.types[visit.value.target]
            if type_ is None:
                raise ValueError(f"token {token.id} has neither a type nor a reference")
            self.types[token.id] = type_

    def _check_type(self, token: Token, reference: Member) -> None:
        found = self.types[reference.target]
        wanted = reference.type if reference.name else token.type or self.types.get(token.id)
        if wanted is None or wanted == found:
            return
        self.broken.add(token.id)
        where = f"its member `{reference.name}` must be a {wanted}" if reference.name else f"it is a {wanted}"
        self._say(
            ALIAS_TYPE,
            token,
            f"`{token.id}` refers to `{reference.target}`, which is a {found}, but {where}",
            key=reference.target,
        )

    def _report_unknown(self, token: Token, target: TokenId) -> None:
        self.broken.add(token.id)
        close = nearest(target, self.by_id)
        hint = f"did you mean `{{{close}}}`?" if close else None
        self._say(UNKNOWN_TOKEN, token, f"no token is named `{target}`", key=target, hint=hint)

    def _report_cycle(self, cycle: Sequence[Token]) -> None:
        self.broken.update(token.id for token in cycle)
        first = min(range(len(cycle)), key=lambda index: cycle[index].id)
        ordered = [*cycle[first:], *cycle[:first]]
        names = [f"`{token.id}`" for token in ordered]
        if len(names) > SHOWN_OF_CYCLE:
            hidden = len(names) - SHOWN_OF_CYCLE
            names = [*names[: SHOWN_OF_CYCLE - 1], f"{hidden} more", names[-1]]
        # The user's own token is the one to change: a default on the cycle was there before.
        place = next((token for token in ordered if token.origin is not None), ordered[0])
        chain = " → ".join([*names, names[0]])
        self._say(ALIAS_CYCLE, place, f"references go in a circle: {chain}", key=ordered[0].id)

    def _say(self, code: Code, token: Token, message: str, *, key: str, hint: str | None = None) -> None:
        """Report once, however many modes have the mistake."""
        once = (code.name, token.id, key)
        if once not in self.said:
            self.said.add(once)
            self.report(code, token.origin, message, hint=hint)
