"""Every token of a brand as the inspector shows it: its values, what it refers to, and where to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import brand, tokens
from themekit.model import Mode
from themekit.render import css
from themekit.render.property_names import property_name
from themekit.resolve.provenance import default_sources
from themekit.source.json_text import decoded_text
from themekit.source.locate import places
from themekit.studio.serving.brand_facts import place_of
from themekit.targets.css import TARGET

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from themekit.engine import Engine
    from themekit.model import Brand, BrandId, Origin, ResolvedToken, ResolvedTokens, Token, TokenId

    Read = Callable[[PurePosixPath], bytes | None]
    TokenFacts = list[dict[str, object]]


def known_tokens(engine: Engine, brand_id: BrandId) -> tuple[Brand, ResolvedTokens] | None:
    """The brand and its tokens, for `token_facts`; None if there is an error in them."""
    known, resolved = engine.get(brand, brand_id), engine.get(tokens, brand_id)
    return None if known is None or resolved is None else (known, resolved)


def token_facts(known: Brand, resolved: ResolvedTokens, *, read: Read) -> TokenFacts:
    """All tokens, in order. It takes a moment, as seeds are moved to see what follows them."""
    own = {token.id: token for token in known.tokens}
    by_id = {token.id: token for token in resolved}
    sources = default_sources(known)
    origins = {token.id: _origin(token, known, own=own, by_id=by_id) for token in resolved}
    written = {token.id: _written(token) for token in known.tokens}

    def text(path: PurePosixPath) -> str | None:
        content = read(path)
        return None if content is None else decoded_text(content)

    every = (*origins.values(), *(origin for by_mode in written.values() for origin in by_mode.values()))
    spans = places((origin for origin in every if origin is not None), text)
    found: TokenFacts = []
    for token in resolved:
        origin = origins[token.id]
        span = None if origin is None else spans.get(origin)
        found.append(
            {
                "name": token.id,
                "property": property_name(TARGET.options.prefix, token.id),
                "type": token.type,
                "values": dict(zip(resolved.modes, map(css.text_of, token.values), strict=True)),
                "references": dict(zip(resolved.modes, token.references, strict=True)),
                "description": token.description,
                "source": None if origin is None or span is None else {**place_of(span), "pointer": origin.pointer},
                "written": {
                    mode: {**place_of(spans[origin]), "pointer": origin.pointer}
                    for mode, origin in written.get(token.id, {}).items()
                    if origin in spans
                },
                "own": token.id in own,
                "from": [] if token.id in own else list(sources.get(token.id, ())),
            }
        )
    return found


def _written(token: Token) -> dict[Mode, Origin]:
    """Where its value stands, as that of light mode, and those of the modes that have others."""
    found = {
        mode: token.place(slot) for mode, slot in ((Mode.LIGHT, None), *((one.mode, one.mode) for one in token.modes))
    }
    return {mode: origin for mode, origin in found.items() if origin is not None}


def _origin(
    token: ResolvedToken, known: Brand, *, own: dict[TokenId, Token], by_id: dict[TokenId, ResolvedToken]
) -> Origin | None:
    """Where the token was written; else what it refers to in the light mode; else the field it comes from."""
    sources = default_sources(known)
    seen: set[TokenId] = set()
    while token.id not in seen:
        if token.id in own:
            return own[token.id].origin
        seen.add(token.id)
        target = token.references[0]
        if target is None or target not in by_id:
            break
        token = by_id[target]
    given = (known.origin_of(pointer) for pointer in sources.get(token.id, ()))
    return next((origin for origin in given if origin is not None), None)
