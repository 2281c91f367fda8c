"""Which fields of a brand a default token comes from, for people who look at a colour and want to change it.

Scales come from their seed, or from the primary one it is derived from. What roles come from is measured: a seed is
moved, and those roles that move with it are its own. So nothing here has to be kept in step with the solver.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import dist
from typing import TYPE_CHECKING

from themekit.model import Alias, Color, TokenId
from themekit.resolve.colour import oklch, to_oklch
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.oklab import linear_to_oklab, oklch_to_linear
from themekit.resolve.seeds import SCALES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.model import Brand, Seeds, Token
    from themekit.resolve.oklab import Triple
    from themekit.resolve.seeds import ScaleName

TURN_DEG = 100.0  # far enough that no hue is mistaken for another
SHARE = 0.2  # of the largest effect: text is solved against all surfaces, and moves a little with each
SEEN = 0.004  # of OKLab: less is rounding
SHAPE = {
    "font.family.body": ("/typography/families/body",),
    "font.family.heading": ("/typography/families/heading", "/typography/families/body"),
    "font.family.code": ("/typography/families/code",),
    "font.size": ("/typography/scale",),
    "typography": ("/typography/families", "/typography/scale"),
    "space": ("/shape/density",),
    "radius": ("/shape/radius",),
    "border-width": ("/shape/border",),
    "border": ("/shape/border",),
    "shadow": ("/shape/shadow",),
}
"""By the beginning of their names, the fields that tokens other than colours come from."""


@lru_cache(maxsize=32)
def default_sources(brand: Brand) -> Mapping[TokenId, tuple[str, ...]]:
    """For each default token the JSON Pointers of the fields it comes from, the one that decides most first.

    None are there for an alias, whose target says it, and for what is the same in every brand.
    """
    tokens = default_tokens(brand)
    given = [name for name in SCALES if name == "primary" or getattr(brand.color, name) is not None]
    effects = {name: _effects(brand, name, tokens.by_id()) for name in given} if len(given) > 1 else {}
    return {token.id: _sources(token, given, effects) for token in tokens}


def _sources(
    token: Token, given: Sequence[ScaleName], effects: Mapping[ScaleName, Mapping[TokenId, float]]
) -> tuple[str, ...]:
    kind, name = (*token.id.split("."), "")[:2]
    if kind != "color":
        return next((found for start, found in SHAPE.items() if f"{token.id}.".startswith(f"{start}.")), ())
    if isinstance(token.value, Alias):
        return ()
    if name in SCALES:
        return (f"/color/{name}",) if name in given else ("/color/primary",)
    moved = sorted(given, key=lambda seed: -effects.get(seed, {}).get(token.id, 0.0))
    most = effects.get(moved[0], {}).get(token.id, 0.0)
    if not effects or most < SEEN:
        return ("/color/primary",) if not effects else ()
    return tuple(f"/color/{seed}" for seed in moved if effects[seed][token.id] >= SHARE * most)


def _effects(brand: Brand, name: ScaleName, before: Mapping[TokenId, Token]) -> Mapping[TokenId, float]:
    """How far each role moves, over all modes, if a seed is turned."""
    seed: Color = getattr(brand.color, name)
    lightness, chroma, hue_deg = to_oklch(seed)
    turned = oklch((lightness, max(chroma, 0.08), (hue_deg + TURN_DEG) % 360))
    seeds: Seeds = replace(brand.color, **{str(name): turned})  # type: ignore[arg-type]  # no name of `solid`
    after = default_tokens(replace(brand, color=seeds)).by_id()
    return {
        token_id: _distance(token, after[token_id])
        for token_id, token in before.items()
        if token.type == "color" and token_id.split(".")[1] not in SCALES
    }


def _distance(one: Token, other: Token) -> float:
    return sum(dist(*pair) for pair in zip(_shades(one), _shades(other), strict=False))


def _shades(token: Token) -> list[Triple]:
    values = [token.value, *(mode.value for mode in token.modes)]
    return [linear_to_oklab(oklch_to_linear(to_oklch(value))) for value in values if isinstance(value, Color)]
