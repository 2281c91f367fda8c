"""A brand to its resolved tokens: defaults, the brand's own tokens laid over them, references, and the contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Reporter
from themekit.diagnostics.printable import quoted
from themekit.model import Mode, TokenSet
from themekit.model.token_names import ROOT, css_name, likeness
from themekit.resolve.aliases import follow_aliases
from themekit.resolve.apca_floor import judge_floor
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.gamut_report import outside_gamut
from themekit.resolve.gradient_contrast import judge_gradients
from themekit.resolve.lost import groups_of, lost_of
from themekit.resolve.override_contrast import Doubt, judge_overrides
from themekit.resolve.partial import partly_new, partly_over
from themekit.source.codes import TOKEN_IS_GROUP, TOKEN_NAME_COLLISION
from themekit.source.tokens import report_collision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.diagnostics import Diagnostic
    from themekit.model import Brand, ResolvedTokens, Token, TokenId

OF_THE_SHEETS = frozenset({"rem", "emblem", "grid-column"})
"""Names of custom properties that the sheets of components and portal set or multiply by, and that are no tokens."""
OVERRIDE_TYPE = Code("override-type", summary="A brand's token has another type than the default token it replaces.")


def resolve_tokens(brand: Brand) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    """Every token of the brand in every mode, and all that is wrong; None if a token or a reference is.

    An override that breaks the contrast contract is an error too, but the tokens are returned with it, to be looked at.
    In high contrast an override that names no such mode counts only where it keeps the contract.
    """
    return _resolved(brand, has_colors=True)


def resolve_mode(brand: Brand, mode: Mode) -> ResolvedTokens | None:
    """The brand's tokens as `resolve_tokens` has them in one mode, at a third of its time: for a first look.

    None where they might be others there, or a token is wrong: the brand's own have values for modes, or the mode is of
    high contrast, where overrides are judged.
    """
    if mode.is_high_contrast or brand.tokens.lost or brand.tokens.partial or any(token.modes for token in brand.tokens):
        return None
    report = Reporter()
    tokens, _ = merged(default_tokens(brand, only=mode), brand.tokens, report=report)
    followed = follow_aliases(tokens, among=(mode,))
    is_wrong = report.diagnostics or followed.diagnostics
    return None if is_wrong else replace(followed.resolved(), groups=brand.tokens.groups)


def diagnose_tokens(draft: Brand, *, has_colors: bool) -> tuple[Diagnostic, ...]:
    """What is wrong with the tokens of a brand that has mistakes elsewhere, or in some of its tokens.

    Without `has_colors` the brand's own colours are not known, and contrast is not judged.
    """
    return _resolved(draft, has_colors=has_colors)[1]


def _resolved(brand: Brand, *, has_colors: bool) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    report = Reporter()
    defaults = default_tokens(brand)
    tokens, kept = merged(defaults, brand.tokens, report=report)
    lost = lost_of(brand.tokens, kept)
    followed = follow_aliases(tokens, lost)
    found = (*report.diagnostics, *followed.diagnostics)
    remarks = (*outside_gamut(brand.tokens), *partly_new(brand.tokens, defaults=defaults))
    if not found and not lost and has_colors:
        resolved = replace(followed.resolved(), groups=brand.tokens.groups)
        text_lc = brand.color.options.text_lc
        judged, more = judge_overrides(resolved, tokens, defaults=defaults, own=brand.tokens, text_lc=text_lc)
        on_gradients = judge_gradients(judged, {token.id: token for token in tokens}, own=brand.tokens)
        return judged, (*remarks, *more, *on_gradients, *judge_floor(judged, brand))
    found += remarks
    if has_colors:
        spare = {token.id: token for token in follow_aliases(tuple(defaults)).resolved()}
        own = TokenSet(tuple(token for token in brand.tokens if token.id in lost.kept))
        doubt = Doubt(lost, spare, {mode: followed.broken_in(mode) for mode in Mode})
        text_lc = brand.color.options.text_lc
        found += judge_overrides(
            followed.resolved(spare), tokens, defaults=defaults, own=own, doubt=doubt, text_lc=text_lc
        )[1]
    return None, found


def merged(defaults: TokenSet, own: TokenSet, *, report: Reporter) -> tuple[tuple[Token, ...], frozenset[TokenId]]:
    """The defaults in their places, replaced by tokens of the same id; new tokens follow in the order written.

    What cannot be merged is reported and left out; the ids are those of the brand's tokens that were not.
    """
    if not own.tokens:
        return defaults.tokens, frozenset()
    by_default = defaults.by_id()
    found: dict[TokenId, Token] = dict(by_default)
    names = {likeness(css_name(token.id)): token for token in defaults}
    below: dict[str, TokenId] = {}
    for token in (*defaults, *own):
        for group in groups_of(token.id):
            below.setdefault(group, token.id)
    kept: set[TokenId] = set()
    for token in own:
        default = by_default.get(token.id)
        if default is None:
            if _has_room(token, known=found, below=below, names=names, report=report):
                found[token.id] = token
                kept.add(token.id)
        elif token.type is not None and token.type != default.type:
            message = f"`{token.id}` is a {default.type} and cannot be replaced by a {token.type}"
            report(OVERRIDE_TYPE, token.origin, message, hint=f'write "$type": "{default.type}"')
        else:
            laid = partly_over(default, token, own=own)
            found[token.id] = replace(laid, type=default.type, description=token.description or default.description)
            kept.add(token.id)
    return tuple(found.values()), frozenset(kept)


def _has_room(
    token: Token,
    *,
    known: Mapping[TokenId, Token],
    below: Mapping[str, TokenId],
    names: Mapping[str, Token],
    report: Reporter,
) -> bool:
    """A new token does not take the place of a group, stand below a token, or have a name in CSS that is taken."""
    if token.id in below:
        message = f"`{token.id}` is a group, which holds `{below[token.id]}`"
        report(TOKEN_IS_GROUP, token.origin, message, hint=f"name it `{token.id}.{ROOT}`")
        return False
    parent = next((group for group in groups_of(token.id) if group in known), None)
    if parent is not None:
        report(TOKEN_IS_GROUP, token.origin, f"`{parent}` is a token and cannot hold `{token.id}`")
        return False
    if css_name(token.id) in OF_THE_SHEETS:
        message = (
            f"{quoted(token.id)} would be named `--tk-{css_name(token.id)}`, which the theme's sheets use themselves"
        )
        report(TOKEN_NAME_COLLISION, token.origin, message, hint="rename it")
        return False
    default = names.get(likeness(css_name(token.id)))
    hint = "rename it" if default is None else f"to replace the default, write `{default.id}`"
    return default is None or not report_collision(token, default, report=report, hint=hint)
