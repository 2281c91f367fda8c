"""The token set every brand starts from: its scales and roles in four modes, then type, space, shape, depth and motion.

The ids and their order are the contract with the targets and with brands that override by id.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import Color, GradientStop, Mode, Palettes, Token, TokenId, TokenSet
from themekit.resolve.look import Look
from themekit.resolve.palettes import palette_roles
from themekit.resolve.roles import Paths, Role, Solved, alias, color, muted_on_solid, solve_roles
from themekit.resolve.scale import WHITE, Grounds, Ramp, Scale, solids, solve_scale, surface_bytes, surfaces
from themekit.resolve.seeds import SCALES, ScaleName, Seed, brand_seed, brand_seeds
from themekit.resolve.shape_tokens import by_mode, default_tokens_of_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import Alias, Brand

NO_PALETTES = Palettes()
GRADIENT = Token(
    TokenId("gradient.brand"),
    "gradient",
    tuple(GradientStop(alias(f"gradient.{number}"), (number - 1) / 4) for number in range(1, 6)),
)
REMEMBERED_SCALES, REMEMBERED_ROLES = 64, 1024  # a brand has 7 and 66
STEP_USES = (
    "Page",
    "Subtle ground",
    "Component",
    "Component, hover",
    "Component, active",
    "Subtle border",
    "Border",
    "Strong border",
    "Solid",
    "Solid, hover",
    "Muted text",
    "Text",
)


def default_tokens(brand: Brand, *, only: Mode | None = None) -> TokenSet:
    """The defaults of this brand, before its own tokens are laid over them. `only`: every mode is as this one."""
    solved = solve_modes(brand, only=only)
    roles = {mode: dict(_roles(brand, one)) for mode, one in solved.items()}
    shadows = {mode: role for mode, of_mode in roles.items() if isinstance(role := of_mode["shadow"], Color)}
    further = (GRADIENT,) if brand.color.palettes.gradient else ()
    return TokenSet((*_scale_tokens(solved), *_role_tokens(roles), *default_tokens_of_shape(brand, shadows), *further))


def default_colors(brand: Brand, mode: Mode) -> dict[TokenId, Role]:
    """The defaults' colours in one mode, without those the brand has tokens of its own for: for a first look."""
    solved = solve_modes(brand, only=mode)[mode]
    found: dict[str, Role] = {}
    for name in SCALES:
        scale = solved.scales[name]
        found |= {f"color.{name}.{index}": color(shade) for index, shade in enumerate(scale.steps, start=1)}
        found[f"color.{name}.on"] = color(scale.on)
        found[f"color.{name}.edge"] = _edge(name, scale)
    found |= {f"color.{name}": role for name, role in _roles(brand, solved)}
    own = {token.id for token in brand.tokens}
    return {TokenId(name): role for name, role in found.items() if name not in own}


def leading_colors(brand: Brand, mode: Mode) -> dict[TokenId, Role]:
    """Of `default_colors` those that a page is recognised by, which follow from the primary seed at once.

    They are its solid, the text on it, and by night the surfaces of its hue, one of which is the header: a quarter of
    the time of a mode.
    """
    look, seed = Look.of(brand.color.options), brand_seed(brand.color, "primary").shade
    neutral, own_look = brand_seed(brand.color, "neutral").shade, look.of_scale("primary")
    page = surface_bytes(surfaces(neutral, mode, look.of_scale("neutral"))[0])
    adjust = brand.color.solid == "adjust"
    solid, hover, dark, is_seen = solids(
        seed, mode, look=own_look, page=page, adjust=adjust, lc=own_look.muted_lc if adjust else 0.0
    )
    on = WHITE if dark is None else dark.found()
    found: dict[str, Role] = {"9": color(solid), "10": color(hover), "on": color(on)}
    if mode.is_dark:
        found |= {str(step): color(shade) for step, shade in enumerate(surfaces(seed, mode, own_look), start=1)}
    found["edge"] = alias(f"primary.{9 if is_seen else 8}")
    found = {f"color.primary.{step}": role for step, role in found.items()}
    if not mode.is_dark:
        muted = muted_on_solid(Ramp.of(seed, own_look), solid, on=on, mode=mode, look=look)
        found["color.header-text-muted"] = muted.color
    own = {token.id for token in brand.tokens}
    return {TokenId(name): role for name, role in found.items() if name not in own}


def _roles(brand: Brand, solved: Solved) -> Iterator[tuple[str, Role]]:
    """The roles of a mode, then what the brand asks for beside them."""
    yield from solve_roles(solved)
    if brand.color.palettes != NO_PALETTES:
        yield from palette_roles(solved, brand.color.palettes, accent_is_given=brand.color.accent is not None)


def solve_modes(brand: Brand, *, only: Mode | None = None) -> dict[Mode, Solved]:
    """The scales of each mode. Surfaces of all scales come first, as all text is solved against all of them."""
    seeds = brand_seeds(brand.color)
    look = Look.of(brand.color.options)
    ramps = {seed.name: Ramp.of(seed.shade, look.of_scale(seed.name)) for seed in seeds}
    paths = Paths.of(seeds[0].shade)
    adjust = brand.color.solid == "adjust"
    found = {
        mode: Solved(mode, _scales(mode, seeds, adjust=adjust, look=look), ramps, paths, look)
        for mode in (Mode if only is None else (only,))
    }
    return found if only is None else dict.fromkeys(Mode, found[only])


def _scales(mode: Mode, seeds: tuple[Seed, ...], *, adjust: bool, look: Look) -> dict[ScaleName, Scale]:
    looks = {seed.name: look.of_scale(seed.name) for seed in seeds}
    owns = {seed.name: surfaces(seed.shade, mode, looks[seed.name]) for seed in seeds}
    grounds = Grounds.of(list(owns.values()), owns["neutral"][0], mode)
    return {
        seed.name: solve_scale(
            seed.shade,
            mode,
            grounds=grounds,
            adjust=adjust,
            look=looks[seed.name],
            # A seed that the brand gave is moved for the floor only if it may be; the others are nobody's choice.
            on_lc=look.muted_lc if adjust or not seed.is_given else 0.0,
        )
        for seed in seeds
    }


def _scale_tokens(solved: Mapping[Mode, Solved]) -> Iterator[Token]:
    for name in SCALES:
        yield from _tokens_of_scale(name, tuple(one.scales[name] for one in solved.values()))


@lru_cache(maxsize=REMEMBERED_SCALES)
def _tokens_of_scale(name: ScaleName, scales: tuple[Scale, ...]) -> tuple[Token, ...]:
    """The tokens of one scale, solved in each mode."""
    steps = [
        by_mode(f"color.{name}.{index + 1}", "color", values=_in_modes(scales, index), description=use)
        for index, use in enumerate(STEP_USES)
    ]
    on = dict(zip(Mode, (color(scale.on) for scale in scales), strict=True))
    edge = dict(zip(Mode, (_edge(name, scale) for scale in scales), strict=True))
    return (
        *steps,
        by_mode(f"color.{name}.on", "color", values=on, description="Text on solid"),
        by_mode(f"color.{name}.edge", "color", values=edge, description="Outline of solid"),
    )


def _edge(name: ScaleName, scale: Scale) -> Alias:
    return alias(f"{name}.{9 if scale.solid_is_seen else 8}")


def _in_modes(scales: tuple[Scale, ...], index: int) -> dict[Mode, Color]:
    return dict(zip(Mode, (color(scale.steps[index]) for scale in scales), strict=True))


def _role_tokens(roles: Mapping[Mode, Mapping[str, Role]]) -> Iterator[Token]:
    for name in roles[Mode.LIGHT]:
        yield _token_of_role(name, tuple([of_mode[name] for of_mode in roles.values()]))


@lru_cache(maxsize=REMEMBERED_ROLES)
def _token_of_role(name: str, values: tuple[Role, ...]) -> Token:
    return by_mode(f"color.{name}", "color", values=dict(zip(Mode, values, strict=True)))
