"""References to values: every token of a set in every mode, with all that is wrong with the references.

Iterative throughout: a chain may be as long as the set, and no value is resolved twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from themekit.diagnostics import Code, Reporter
from themekit.diagnostics.printable import quoted
from themekit.model import (
    Alias,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    Mode,
    Origin,
    ResolvedToken,
    ResolvedTokens,
    TokenId,
    WrittenColor,
)
from themekit.model.token_names import ROOT
from themekit.resolve.lost import FALLBACKS, NOTHING, Lost
from themekit.resolve.members import Member, filled, members
from themekit.source.codes import ALIAS_CYCLE, ALIAS_TYPE, UNKNOWN_TOKEN
from themekit.source.did_you_mean import did_you_mean, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from themekit.diagnostics import Diagnostic
    from themekit.model import ResolvedValue, Token, TokenType
    from themekit.model.token import TokenValue

ALL_BUT_LIGHT = tuple(mode for mode in Mode if mode is not Mode.LIGHT)
PLAIN = frozenset((Color, WrittenColor, Dimension, Duration, CubicBezier, FontNames, float, int))
"""Values without members."""

PLACES = {mode: place for place, mode in enumerate(Mode)}

HINTED = 50  # mistakes that get the nearest name: looking for it costs a pass over all names
MAX_PARTS = 64  # of a name: no file is nested deeper
MAX_SHOWN = 200  # characters of a name that nothing has
SHOWN_OF_CYCLE = 8  # names in a message; the longest cycle a reader can still follow


def slot_in(token: Token, mode: Mode) -> Mode | None:
    """Which of its mode values a token has in a mode: high contrast falls back to its scheme, and that to `$value`.

    None means `$value`.
    """
    if not token.modes:
        return None
    for fallback in FALLBACKS[mode]:
        for one in token.modes:
            if one.mode is fallback:
                return fallback
    return None


def value_in(token: Token, mode: Mode) -> TokenValue:
    """The value written for a mode, by the rule of `slot_in`."""
    slot = slot_in(token, mode)
    return token.value if slot is None else next(one.value for one in token.modes if one.mode is slot)


def place_in(token: Token, mode: Mode, *, pointer: str = "") -> Origin | None:
    """Where the value for a mode was written, or the part of it at `pointer`; None for a default token."""
    return token.place(slot_in(token, mode), pointer=pointer)


def written_in_modes(token: Token) -> tuple[TokenValue, ...]:
    """`value_in` for every mode, in order."""
    if not token.modes:
        return (token.value,) * len(FALLBACKS)
    if tuple(one.mode for one in token.modes) == ALL_BUT_LIGHT:
        return (token.value, *[one.value for one in token.modes])
    return tuple(value_in(token, mode) for mode in FALLBACKS)


def resolve_aliases(tokens: Sequence[Token]) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    """The tokens in every mode, in order; None if a reference is wrong. Ids must be unique."""
    followed = follow_aliases(tokens)
    return None if followed.diagnostics else followed.resolved(), followed.diagnostics


def follow_aliases(tokens: Sequence[Token], lost: Lost = NOTHING, *, among: tuple[Mode, ...] = tuple(Mode)) -> Followed:
    """What the references lead to in some modes, as far as they do.

    Each mistake is reported once, whatever the number of modes; what refers to a broken token, or to one that is lost,
    is not reported again.
    """
    by_id = {token.id: token for token in tokens}
    report = Reporter()
    types: dict[TokenId, TokenType] = {}
    said: set[tuple[str, ...]] = set()
    modes = tuple(_ModeResolver(mode, by_id, report, types, said, lost) for mode in among)
    written = [written_in_modes(token) for token in by_id.values()]
    for index, resolver in enumerate(modes):
        resolver.like = modes[0] if index else None
        if lost:
            resolver.broken.update(token.id for token in tokens if lost.has_in(token, resolver.mode))
        place = PLACES[resolver.mode]
        resolver.resolve_all([values[place] for values in written])
    return Followed(tuple(tokens), modes, types, report.diagnostics)


@dataclass(frozen=True, slots=True)
class Followed:
    """The tokens with what became of each in each mode."""

    tokens: tuple[Token, ...]
    modes: tuple[_ModeResolver, ...]
    types: Mapping[TokenId, TokenType]
    diagnostics: tuple[Diagnostic, ...]

    def broken_in(self, mode: Mode) -> AbstractSet[TokenId]:
        """The tokens that have no value in a mode: what they refer to is wrong, or lost."""
        return next(one.broken for one in self.modes if one.mode is mode)

    def resolved(self, spare: Mapping[TokenId, ResolvedToken] | None = None) -> ResolvedTokens:
        """The tokens in every mode, in order. For a broken one its spare stands in; without one it is left out."""
        modes = tuple(one.mode for one in self.modes)
        if any(one.broken for one in self.modes):
            found = (self._resolved(token, spare or {}) for token in self.tokens)
            return ResolvedTokens(tuple(one for one in found if one is not None), modes)
        no_references = (None,) * len(modes)
        values = zip(*([one.values[token.id] for token in self.tokens] for one in self.modes), strict=True)
        written = zip(*([one.written[token.id] for token in self.tokens] for one in self.modes), strict=True)
        return ResolvedTokens(
            tuple(
                ResolvedToken(
                    token.id,
                    self.types[token.id],
                    of_token,
                    tuple([one.target if type(one) is Alias else None for one in as_written])
                    if Alias in map(type, as_written)
                    else no_references,
                    token.description,
                    token.deprecated,
                    token.extensions,
                )
                for token, of_token, as_written in zip(self.tokens, values, written, strict=True)
            ),
            modes,
        )

    def _resolved(self, token: Token, spare: Mapping[TokenId, ResolvedToken]) -> ResolvedToken | None:
        other = spare.get(token.id)
        values, references = [], []
        for index, one in enumerate(self.modes):
            if token.id not in one.broken:
                written = one.written[token.id]
                values.append(one.values[token.id])
                references.append(written.target if isinstance(written, Alias) else None)
            elif other is None:
                return None
            else:
                values.append(other.values[index])
                references.append(other.references[index])
        type_ = self.types[token.id] if other is None else other.type
        return ResolvedToken(
            token.id, type_, tuple(values), tuple(references), token.description, token.deprecated, token.extensions
        )


def references(token: Token, value: TokenValue) -> tuple[Member, ...]:
    """What one of a token's values refers to; the pointer of a whole-value reference is ""."""
    if isinstance(value, Alias):
        return (Member("", value.target, token.type or "color"),)
    return tuple(members(value, token.type))


def names_hint(target: str, names: Iterable[str], *, proposed: Iterable[str] | None = None) -> str:
    """The nearest token of those that may be proposed, or what the last group on the way to it holds."""
    known = tuple(names)
    if near := did_you_mean(target, known if proposed is None else proposed):
        return near
    group = ".".join(target.split(".")[:MAX_PARTS])
    held: tuple[str, ...] = ()
    while group and not held:
        group = group.rpartition(".")[0]
        start = f"{group}." if group else ""
        below = (name.removeprefix(start) for name in known if name.startswith(start))
        held = tuple(dict.fromkeys(name.partition(".")[0] for name in below))
    return f"`{group}` holds {listed(held)}" if group else f"tokens begin with {listed(held)}"


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
    lost: Lost = NOTHING
    like: _ModeResolver | None = None
    """A mode that is resolved already; most tokens have the same value there."""
    written: dict[TokenId, TokenValue] = field(default_factory=dict)
    values: dict[TokenId, ResolvedValue] = field(default_factory=dict)
    broken: set[TokenId] = field(default_factory=set)
    users: dict[TokenId, list[TokenId]] = field(default_factory=dict)
    """Who refers to a token; filled when a name is looked for that may be proposed."""

    def resolve_all(self, written: Sequence[TokenValue]) -> None:
        """Every token, by its value in this mode: most are a colour or a reference to one, and need no path."""
        values, broken, types = self.values, self.broken, self.types
        for (token_id, token), value in zip(self.by_id.items(), written, strict=True):
            if token_id in values or token_id in broken:
                continue
            if type(value) in PLAIN and token.type is not None:
                self.written[token_id] = value
                values[token_id] = cast("ResolvedValue", value)
                types[token_id] = token.type
            elif (
                type(value) is Alias
                and value.target in values
                and (token.type or types.get(token_id, types[value.target])) == types[value.target]
            ):
                self.written[token_id] = value
                values[token_id] = values[value.target]
                types[token_id] = types[value.target]
            elif not self._is_as_before(token, value):
                self.resolve(token_id)

    def _is_as_before(self, token: Token, value: TokenValue) -> bool:
        """The token has been given the value of another mode: its own is the same, and all that it refers to too."""
        before = self.like
        if before is None or before.written.get(token.id) is not value or token.id not in before.values:
            return False
        for reference in references(token, value):
            target = self.values.get(reference.target)
            if target is None or target is not before.values.get(reference.target):
                return False
        self.written[token.id] = value
        self.values[token.id] = before.values[token.id]
        return True

    def resolve(self, token_id: TokenId) -> None:
        """Depth first with an own stack; `on_path` has each token's place in it (a closed one is asked for before)."""
        if token_id in self.values or token_id in self.broken:
            return
        path = [self._visit(token_id)]
        on_path = {token_id: 0}
        while path:
            visit = path[-1]
            if visit.done == len(visit.references):
                self._close(visit)
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
            elif self.lost.has(target):
                self.broken.add(visit.token.id)
                visit.done += 1
            else:
                self._report_unknown(visit.token, reference)
                visit.done += 1

    def _visit(self, token_id: TokenId) -> _Visit:
        token = self.by_id[token_id]
        value = self.written[token_id] = value_in(token, self.mode)
        return _Visit(token, value, references(token, value))

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
        wanted = reference.type if reference.pointer else token.type or self.types.get(token.id)
        if wanted is None or wanted == found:
            self._check_count(token, reference)
            return
        self.broken.add(token.id)
        where = f"its member `{reference.name}` must be a {wanted}" if reference.pointer else f"it is a {wanted}"
        self._say(
            ALIAS_TYPE,
            token,
            f"`{token.id}` refers to `{reference.target}`, which is a {found}, but {where}",
            at=reference,
        )

    def _check_count(self, token: Token, reference: Member) -> None:
        """An item of a list is one layer or stop. Source: DTCG 2025.10, "Array aliasing in composite types"."""
        target = self.values[reference.target]
        if reference.is_item and isinstance(target, tuple) and len(target) > 1:
            self.broken.add(token.id)
            message = f"`{reference.target}` has {len(target)} parts; in a list it stands for one, and is not flattened"
            self._say(ALIAS_TYPE, token, message, at=reference, hint="repeat its parts, or give each a token")

    def _report_unknown(self, token: Token, reference: Member) -> None:
        self.broken.add(token.id)
        target = reference.target
        hint = f"`{target}` is a group; did you mean `{target}.{ROOT}`?" if f"{target}.{ROOT}" in self.by_id else None
        if hint is None and len(self.said) < HINTED:
            others = (name for name in self.by_id if name != token.id)
            hint = names_hint(target, others, proposed=self._without_those_that_lead_to(token))
        self._say(UNKNOWN_TOKEN, token, f"no token is named {quoted(target, MAX_SHOWN)}", at=reference, hint=hint)

    def _without_those_that_lead_to(self, token: Token) -> Iterable[TokenId]:
        """The names that may be proposed to a token: neither its own, nor one from which references lead to it."""
        if not self.users:
            for other in self.by_id.values():
                for value in (other.value, *(mode.value for mode in other.modes)):
                    for one in references(other, value):
                        self.users.setdefault(one.target, []).append(other.id)
        leading, pending = {token.id}, [token.id]
        while pending:
            found = [user for user in self.users.get(pending.pop(), ()) if user not in leading]
            leading.update(found)
            pending += found
        return (name for name in self.by_id if name not in leading)

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
        following = ordered[(ordered.index(place) + 1) % len(ordered)].id
        at = next(one for one in references(place, self.written[place.id]) if one.target == following)
        self._say(ALIAS_CYCLE, place, f"references go in a circle: {chain}", at=at)

    def _say(self, code: Code, token: Token, message: str, *, at: Member, hint: str | None = None) -> None:
        """Report once, however many modes have the mistake."""
        once = (code.name, token.id, at.pointer, at.target)
        if once not in self.said:
            self.said.add(once)
            self.report(code, place_in(token, self.mode, pointer=at.pointer), message, hint=hint)
