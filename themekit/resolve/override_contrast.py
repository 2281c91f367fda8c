"""The brand's own colours against the contract: what they break, where that was written, and what would pass."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Fix, Note, Reporter
from themekit.model import Alias, Mode, ModeValue, Origin
from themekit.resolve.aliases import follow_aliases, place_in, slot_in, value_in
from themekit.resolve.colour import from_rgb8, oklch, to_oklch
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.contract import is_kept, judged
from themekit.resolve.lost import NOTHING, Lost
from themekit.resolve.luminance import lightness_contrast, ratio
from themekit.resolve.oklab import rounded
from themekit.resolve.solve import bytes_of, move

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from themekit.diagnostics import Diagnostic
    from themekit.model import Color, ResolvedToken, ResolvedTokens, Token, TokenId, TokenSet
    from themekit.resolve.contract import ShownPair
    from themekit.resolve.luminance import Rgb8
    from themekit.resolve.oklab import Triple

LOW_CONTRAST = Code("low-contrast", summary="A brand's own colour cannot be read where the theme uses it.")

SCAN_STEPS = 40  # of the way to black or white, when a colour that passes is looked for
MAX_NOTES = 3  # further pairs that one value breaks; the first message is enough to act on


@dataclass(frozen=True, slots=True)
class Judgement:
    """A pair in a mode, and the brand's tokens that its two colours come from."""

    shown: ShownPair
    text_owner: TokenId | None
    ground_owner: TokenId | None

    def concerns(self, token_id: TokenId) -> bool:
        """One of the two colours is this token's."""
        return token_id in {self.text_owner, self.ground_owner}

    def bytes_of(self, token_id: TokenId) -> Rgb8:
        """The token's colour as it is shown."""
        return self.shown.text if self.text_owner == token_id else self.shown.ground

    def others(self, token_id: TokenId | None) -> set[TokenId]:
        """The brand's tokens in the pair besides this one."""
        return {owner for owner in (self.text_owner, self.ground_owner) if owner and owner != token_id}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What another colour has to keep: pairs that bind it, and the floor of APCA that the brand asks for, 0 for none.

    With `is_made` the mode is made of a context, where the token can have a value for it.
    """

    bound: Sequence[Judgement]
    text_lc: float
    is_made: bool

    def nearest(self, token_id: TokenId, now: Rgb8) -> Color | None:
        """The nearest colour for the token in all pairs, with the floor if one has it; None if none has the ratios."""
        floors = dict.fromkeys((self.text_lc, 0.0))
        found = (nearest_passing(now, partial(self._passes, token_id, floor=floor)) for floor in floors)
        return next((color for color in found if color is not None), None)

    def _passes(self, token_id: TokenId, rgb: Rgb8, /, *, floor: float) -> bool:
        return all(_holds(one, token_id, rgb=rgb, text_lc=floor) for one in self.bound)


def _holds(one: Judgement, token_id: TokenId, *, rgb: Rgb8, text_lc: float) -> bool:
    text = rgb if one.text_owner == token_id else one.shown.text
    ground = rgb if one.ground_owner == token_id else one.shown.ground
    wanted = one.shown.pair.required_lc(text_lc)
    return ratio(text, ground) >= one.shown.required and (not wanted or abs(lightness_contrast(text, ground)) >= wanted)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not known of a brand's tokens: those that are lost, the defaults that stand in, and in which mode.

    No pair is judged of which a colour is doubtful: what it should be may well be readable.
    """

    lost: Lost = NOTHING
    spare: Mapping[TokenId, ResolvedToken] = field(default_factory=dict)
    doubtful: Mapping[Mode, AbstractSet[TokenId]] = field(default_factory=dict)


CERTAIN = Doubt()


def judge_overrides(
    resolved: ResolvedTokens,
    tokens: Sequence[Token],
    *,
    defaults: TokenSet,
    own: TokenSet,
    doubt: Doubt = CERTAIN,
    text_lc: float = 0.0,
) -> tuple[ResolvedTokens, tuple[Diagnostic, ...]]:
    """The tokens, with the solved defaults put back in high contrast where an override would break it; and the rest.

    High contrast is for people who need it: an override meant for the ordinary modes does not take it from them. One
    that names a high contrast mode is judged like any other. Raises ArithmeticError if the defaults break the contract.
    """
    if not doubt.doubtful and is_kept(resolved):
        return resolved, ()
    left = {(token_id, mode) for token_id, modes in own.partial for mode in Mode if mode not in modes}
    owners = _Owners({token.id: token for token in tokens}, own.by_id(), left)
    solved: ResolvedTokens | None = None
    while True:
        pairs = tuple(judged(resolved, doubt.doubtful))
        broken = [owners.judgement(one) for one in pairs if one.ratio < one.required]
        unasked = {(owner, one.shown.mode): None for one in broken if (owner := owners.unasked(one))}
        if not unasked:
            break
        solved = solved or _resolved(defaults)
        for token_id, mode in unasked:
            owners.put_back(token_id, mode, solved=solved)
        resolved = _resolved(owners.by_id.values(), doubt)
    report = Reporter()
    blamed = _blamed(broken)
    for (owner, mode), faults in blamed.items():
        judgements = (owners.judgement(one) for one in pairs if one.mode is mode)
        # A value that has to change anyway does not bind the others.
        bound = [
            one
            for one in judgements
            if one.concerns(owner) and all((other, mode) not in blamed for other in one.others(owner))
        ]
        wanted = Wanted(bound, text_lc, is_made=mode in own.made_modes)
        _report(owners.own[owner], mode, faults=faults, wanted=wanted, report=report)
    return resolved, report.diagnostics


def _blamed(broken: Sequence[Judgement]) -> dict[tuple[TokenId, Mode], list[Judgement]]:
    """Whom to tell in which mode, with the broken pairs.

    Where both colours are the brand's, it is the one that breaks other pairs too; else the text, the smaller change.
    """
    alone = {
        (owner, one.shown.mode)
        for one in broken
        for owner in (one.text_owner, one.ground_owner)
        if not one.others(owner)
    }
    found: dict[tuple[TokenId, Mode], list[Judgement]] = {}
    for one in broken:
        mode = one.shown.mode
        owners = [owner for owner in (one.text_owner, one.ground_owner) if owner is not None]
        if not owners:
            raise ArithmeticError(f"the default tokens break the contract in mode {mode}")
        owner = next((owner for owner in owners if (owner, mode) in alone), owners[0])
        found.setdefault((owner, mode), []).append(one)
    return found


def _resolved(tokens: Iterable[Token], doubt: Doubt = CERTAIN) -> ResolvedTokens:
    followed = follow_aliases(tuple(tokens), doubt.lost)
    if followed.diagnostics and not doubt.spare:
        raise ArithmeticError(f"references that were right are wrong: {followed.diagnostics[0].message}")
    return followed.resolved(doubt.spare)


@dataclass(slots=True)
class _Owners:
    """Which token of the brand's own a colour of the contract comes from."""

    by_id: dict[TokenId, Token]
    own: Mapping[TokenId, Token]
    restored: set[tuple[TokenId, Mode]] = field(default_factory=set)

    def judgement(self, shown: ShownPair) -> Judgement:
        mode, pair = shown.mode, shown.pair
        return Judgement(shown, self.owner(pair.text, mode), self.owner(pair.ground, mode))

    def owner(self, token_id: TokenId, mode: Mode) -> TokenId | None:
        """The first of the brand's own on the way from a token to its value."""
        if not self.own:
            return None
        while token_id not in self.own or (token_id, mode) in self.restored:
            value = value_in(self.by_id[token_id], mode)
            if not isinstance(value, Alias):
                return None
            token_id = value.target
        return token_id

    def unasked(self, judgement: Judgement) -> TokenId | None:
        """An override behind a broken pair of a high contrast mode that says nothing about this mode."""
        mode = judgement.shown.mode
        for owner in (judgement.text_owner, judgement.ground_owner):
            if owner is not None and mode.is_high_contrast and slot_in(self.own[owner], mode) is not mode:
                return owner
        return None

    def put_back(self, token_id: TokenId, mode: Mode, *, solved: ResolvedTokens) -> None:
        """Give a token its solved value in a mode: as a colour, since a reference could now lead in a circle."""
        token = self.by_id[token_id]
        kept = (one for one in token.modes if one.mode is not mode)
        self.by_id[token_id] = replace(token, modes=(*kept, ModeValue(mode, solved.in_mode(mode)[token_id])))
        self.restored.add((token_id, mode))


def _report(token: Token, mode: Mode, *, faults: Sequence[Judgement], wanted: Wanted, report: Reporter) -> None:
    """One diagnostic for one value: its worst pair, and some of the others as notes."""
    worst, *others = sorted(faults, key=lambda one: one.shown.ratio / one.shown.required)
    notes = [Note(f"also {_sentence(one)}") for one in others[:MAX_NOTES]]
    if len(others) > MAX_NOTES:
        notes.append(Note(f"and {len(others) - MAX_NOTES} more pairs"))
    hint, fix = _remedy(token, mode, now=worst.bytes_of(token.id), wanted=wanted)
    message = f"in mode {mode}, {_sentence(worst)}"
    report(LOW_CONTRAST, place_in(token, mode), message, hint=hint, notes=notes, fix=fix)


def _sentence(one: Judgement) -> str:
    pair, ratio_down = one.shown.pair, int(one.shown.ratio * 100) / 100  # 4.499 is not 4.50
    return f"`{pair.text}` on `{pair.ground}` has a contrast of {ratio_down:.2f}:1, but needs {one.shown.required:g}:1"


def _remedy(token: Token, mode: Mode, *, now: Rgb8, wanted: Wanted) -> tuple[str, Fix | None]:
    """The nearest colour that passes, for people and for programs; or that there is none.

    It has the floor of APCA too, if one colour has both: below the floor there is a warning of its own.
    """
    nearest = wanted.nearest(token.id, now)
    if nearest is None:
        return "no lightness of this colour passes everywhere: override the token it is paired with too", None
    color = hex_of(nearest)
    place = place_in(token, mode)
    if slot_in(token, mode) is not None or mode is Mode.LIGHT:
        return f"the nearest colour that passes is `{color}`", None if place is None else Fix(place, color)
    if wanted.is_made:
        return f"give it another value in the context that is mode {mode}: `{color}`", None
    hint = f'give the mode a value of its own: "$extensions": {{"themekit": {{"modes": {{"{mode}": "{color}"}}}}}}'
    origin = token.origin
    own = None if origin is None else Origin(origin.path, f"{origin.pointer}/$extensions/themekit/modes/{mode}")
    return hint, None if own is None else Fix(own, color)


def nearest_passing(rgb: Rgb8, passes: Callable[[Rgb8], bool]) -> Color | None:
    """The colour of the same hue, and if possible chroma, nearest in lightness that passes; None if none does."""
    now = to_oklch(from_rgb8(rgb))

    def shade_at(lightness: float) -> Triple:
        return rounded((lightness, now[1] if 0 < lightness < 1 else 0.0, now[2]))

    def nearest_towards(end: float) -> Triple | None:
        # Colours that pass can lie between colours that do not: text above them, the page below.
        levels = [now[0] + (end - now[0]) * step / SCAN_STEPS for step in range(SCAN_STEPS + 1)]
        for before, level in itertools.pairwise(levels):
            if passes(bytes_of(shade_at(level))):
                return move(shade_at, passes, start=before, end=level)
        return None

    found = [shade for end in (0.0, 1.0) if (shade := nearest_towards(end))]
    return oklch(min(found, key=lambda shade: abs(shade[0] - now[0]))) if found else None
