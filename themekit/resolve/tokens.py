"""A brand to its resolved tokens: defaults, the brand's own tokens laid over them, references, and the contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Reporter
from themekit.model.token_names import ROOT, css_name
from themekit.resolve.aliases import resolve_aliases
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.override_contrast import judge_overrides
from themekit.source.codes import TOKEN_NAME_COLLISION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.diagnostics import Diagnostic
    from themekit.model import Brand, ResolvedTokens, Token, TokenId, TokenSet

OVERRIDE_TYPE = Code("override-type", summary="A brand's token has another type than the default token it replaces.")
TOKEN_IS_GROUP = Code("token-is-group", summary="A token has the name of a group, or stands below a token.")


def resolve_tokens(brand: Brand) -> tuple[ResolvedTokens | None, tuple[Diagnostic, ...]]:
    """Every token of the brand in every mode, and what is wrong; None if a token or a reference is.

    An override that breaks the contrast contract is an error too, but the tokens are returned with it, to be looked at.
    In high contrast an override that names no such mode counts only where it keeps the contract.
    """
    report = Reporter()
    defaults = default_tokens(brand)
    tokens = merged(defaults, brand.tokens, report=report)
    resolved, found = resolve_aliases(tokens)
    if resolved is None or report.found:
        return None, (*report.diagnostics, *found)
    return judge_overrides(resolved, tokens, defaults=defaults, own=brand.tokens)


def merged(defaults: TokenSet, own: TokenSet, *, report: Reporter) -> tuple[Token, ...]:
    """The defaults in their places, replaced by tokens of the same id; new tokens follow in the order written.

    What cannot be merged is reported and left out.
    """
    by_default = defaults.by_id()
    found: dict[TokenId, Token] = dict(by_default)
    names = {css_name(token_id): token_id for token_id in by_default}
    below: dict[str, TokenId] = {}
    for token in (*defaults, *own):
        for group in groups_of(token.id):
            below.setdefault(group, token.id)
    for token in own:
        default = by_default.get(token.id)
        if default is None:
            if _has_room(token, known=found, below=below, names=names, report=report):
                found[token.id] = token
        elif token.type is not None and token.type != default.type:
            message = f"`{token.id}` is a {default.type} and cannot be replaced by a {token.type}"
            report(OVERRIDE_TYPE, token.origin, message, hint=f'write "$type": "{default.type}"')
        else:
            found[token.id] = replace(token, type=default.type, description=token.description or default.description)
    return tuple(found.values())


def groups_of(token_id: TokenId) -> Iterator[str]:
    """The groups a token stands in, the innermost first: `color.primary.9` in `color.primary` and `color`."""
    group = token_id.rpartition(".")[0]
    while group:
        yield group
        group = group.rpartition(".")[0]


def _has_room(
    token: Token,
    *,
    known: Mapping[TokenId, Token],
    below: Mapping[str, TokenId],
    names: Mapping[str, TokenId],
    report: Reporter,
) -> bool:
    """A new token does not take the place of a group, stand below a token, or have another's name in CSS."""
    if token.id in below:
        message = f"`{token.id}` is a group, which holds `{below[token.id]}`"
        report(TOKEN_IS_GROUP, token.origin, message, hint=f"name it `{token.id}.{ROOT}`")
        return False
    parent = next((group for group in groups_of(token.id) if group in known), None)
    if parent is not None:
        report(TOKEN_IS_GROUP, token.origin, f"`{parent}` is a token and cannot hold `{token.id}`")
        return False
    name = css_name(token.id)
    if name in names:
        message = f"`{token.id}` and the default token `{names[name]}` would both be named `--tk-{name}`"
        report(TOKEN_NAME_COLLISION, token.origin, message, hint=f"to replace the default, write `{names[name]}`")
        return False
    return True
