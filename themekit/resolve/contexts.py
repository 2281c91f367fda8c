"""Token sets without a brand, one for each mode that an output is to have, to resolved tokens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.model import Mode, ResolvedToken, ResolvedTokens
from themekit.model.token_names import css_name, likeness
from themekit.resolve.aliases import follow_aliases
from themekit.resolve.gamut_report import outside_gamut
from themekit.resolve.lost import NOTHING, groups_of, lost_of
from themekit.source.codes import ALIAS_TYPE, NOT_IN_CONTEXT, TOKEN_IS_GROUP, UNSUPPORTED_TOKEN_FEATURE
from themekit.source.did_you_mean import listed
from themekit.source.tokens import report_collision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.model import Token, TokenGroup, TokenId, TokenSet

    Row = Sequence[ResolvedToken | None]

THEME = {mode.value: mode for mode in Mode}


def resolve_contexts(sets: Sequence[tuple[str, TokenSet]]) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    """The tokens of every set, by the labels of the modes; None if a reference is wrong in one of them.

    Values for modes in `$extensions.themekit` make the four theme modes, where there is but one set. A token that some
    sets lack has there the value of the first set that has it, and a warning says so.
    """
    report = Reporter()
    modes = _modes_of(sets, report)
    found = [_followed(tokens, modes) for _, tokens in sets]
    diagnostics = (*report.diagnostics, *dict.fromkeys(each for one in found for each in one[1]))
    whole = [one for one, _ in found if one is not None]
    if len(whole) < len(sets) or report.diagnostics:
        return None, diagnostics
    groups = tuple({group.id: group for _, tokens in reversed(sets) for group in tokens.groups}.values())
    if len(whole) == 1:
        labels = whole[0].modes if len(modes) > 1 else (THEME.get(sets[0][0], sets[0][0]),)
        return ResolvedTokens(whole[0].tokens, labels, groups), diagnostics
    return _joined(sets, whole, groups=groups, earlier=diagnostics)


def _modes_of(sets: Sequence[tuple[str, TokenSet]], report: Reporter) -> tuple[Mode, ...]:
    own = next((token for _, tokens in sets for token in tokens if token.modes), None)
    if own is None:
        return (Mode.LIGHT,)
    if len(sets) > 1:
        message = f"`{own.id}` has values for modes, and contexts are built as modes: an output has one kind"
        report(UNSUPPORTED_TOKEN_FEATURE, own.origin, message, hint="choose one context of each modifier")
    return tuple(Mode)


def _followed(tokens: TokenSet, modes: tuple[Mode, ...]) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    lost = lost_of(tokens, frozenset(token.id for token in tokens)) if tokens.lost else NOTHING
    followed = follow_aliases(tokens.tokens, lost, among=modes)
    is_whole = not followed.diagnostics and not tokens.lost
    return followed.resolved() if is_whole else None, (*followed.diagnostics, *outside_gamut(tokens))


def _joined(
    sets: Sequence[tuple[str, TokenSet]],
    whole: Sequence[ResolvedTokens],
    *,
    groups: tuple[TokenGroup, ...],
    earlier: tuple[Diagnostic, ...],
) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    """The tokens of all sets, those of the first one first, with a value for each."""
    report = Reporter()
    by_id = [{token.id: token for token in each} for each in whole]
    rows = {
        token_id: [tokens.get(token_id) for tokens in by_id]
        for token_id in dict.fromkeys(token.id for each in whole for token in each)
    }
    joined = tuple(_row(found) for found in rows.values())
    _Partial(sets, rows, report).check()
    diagnostics = (*earlier, *report.diagnostics)
    if any(each.is_error for each in report.diagnostics):
        return None, diagnostics
    return ResolvedTokens(joined, tuple(THEME.get(label, label) for label, _ in sets), groups), diagnostics


def _row(found: Row) -> ResolvedToken:
    """One token. Where a set lacks it, it has the first one's value, and no reference: its target may differ there."""
    first = next(token for token in found if token is not None)
    return replace(
        first,
        values=tuple((token or first).values[0] for token in found),
        references=tuple(None if token is None else token.references[0] for token in found),
    )


@dataclass(frozen=True, slots=True)
class _Partial:
    """Checks what only tokens that some sets lack, or that differ in type, can have wrong."""

    sets: Sequence[tuple[str, TokenSet]]
    rows: Mapping[TokenId, Row]
    report: Reporter
    written: dict[TokenId, Token] = field(default_factory=dict)

    def check(self) -> None:
        partial = [token_id for token_id, found in self.rows.items() if None in found]
        names: dict[str, TokenId] = {}
        if partial:
            names = {likeness(css_name(token_id)): token_id for token_id in reversed(tuple(self.rows))}
        for token_id, found in self.rows.items():
            types = list(dict.fromkeys(token.type for token in found if token is not None))
            if len(types) > 1:
                message = f"`{token_id}` is a {types[0]} in one context and a {types[1]} in another"
                self.report(ALIAS_TYPE, self.token(token_id).origin, message)
        for token_id in partial:
            self.check_name(token_id, names[likeness(css_name(token_id))])

    def check_name(self, token_id: TokenId, other: TokenId) -> None:
        token = self.token(token_id)
        held = next((group for group in groups_of(token_id) if group in self.rows), None)
        if held is not None:
            message = f"`{held}` is a token in one context and cannot hold `{token_id}` in another"
            self.report(TOKEN_IS_GROUP, token.origin, message)
        elif other != token_id and report_collision(token, self.token(other), report=self.report):
            pass
        else:
            has = [label for (label, _), found in zip(self.sets, self.rows[token_id], strict=True) if found]
            message = f"`{token_id}` is defined in {listed(has)} only; in the other modes it has that value too"
            hint = "define it in what holds for all contexts, or build each context on its own"
            self.report(NOT_IN_CONTEXT, token.origin, message, hint=hint)

    def token(self, token_id: TokenId) -> Token:
        """As the first set that has it has it."""
        if not self.written:
            self.written.update({token.id: token for _, tokens in reversed(self.sets) for token in tokens})
        return self.written[token_id]
