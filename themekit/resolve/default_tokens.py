"""The token set every brand starts from: its scales and roles in four modes, then type, space, shape, depth and motion.

The ids and their order are the contract with the targets and with brands that override by id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Color, Mode, TokenSet
from themekit.resolve.roles import Paths, Role, Solved, alias, color, solve_roles
from themekit.resolve.scale import Grounds, Ramp, Scale, solve_scale, surfaces
from themekit.resolve.seeds import SCALES, ScaleName, Seed, brand_seeds
from themekit.resolve.shape_tokens import by_mode, default_tokens_of_shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import Brand, Token

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


def default_tokens(brand: Brand) -> TokenSet:
    """The defaults of this brand, before its own tokens are laid over them."""
    solved = solve_modes(brand)
    roles = {mode: dict(solve_roles(one)) for mode, one in solved.items()}
    shadows = {mode: role for mode, of_mode in roles.items() if isinstance(role := of_mode["shadow"], Color)}
    return TokenSet((*_scale_tokens(solved), *_role_tokens(roles), *default_tokens_of_shape(brand, shadows)))


def solve_modes(brand: Brand) -> dict[Mode, Solved]:
    """The scales of each mode. Surfaces of all scales come first, as all text is solved against all of them."""
    seeds = brand_seeds(brand.color)
    ramps = {seed.name: Ramp.of(seed.shade) for seed in seeds}
    paths = Paths.of(seeds[0].shade)
    return {
        mode: Solved(mode, _scales(mode, seeds, ramps=ramps, adjust=brand.color.solid == "adjust"), ramps, paths)
        for mode in Mode
    }


def _scales(
    mode: Mode, seeds: tuple[Seed, ...], *, ramps: Mapping[ScaleName, Ramp], adjust: bool
) -> dict[ScaleName, Scale]:
    owns = {seed.name: surfaces(ramps[seed.name], mode) for seed in seeds}
    grounds = Grounds.of(list(owns.values()), owns["neutral"][0], mode)
    return {
        seed.name: solve_scale(ramps[seed.name], mode, own=owns[seed.name], grounds=grounds, adjust=adjust)
        for seed in seeds
    }


def _scale_tokens(solved: Mapping[Mode, Solved]) -> Iterator[Token]:
    for name in SCALES:
        scales = {mode: one.scales[name] for mode, one in solved.items()}
        for index, use in enumerate(STEP_USES):
            values = {mode: color(scale.steps[index]) for mode, scale in scales.items()}
            yield by_mode(f"color.{name}.{index + 1}", "color", values=values, description=use)
        on = {mode: color(scale.on) for mode, scale in scales.items()}
        yield by_mode(f"color.{name}.on", "color", values=on, description="Text on solid")
        edge = {mode: alias(f"{name}.{9 if scale.solid_is_seen else 8}") for mode, scale in scales.items()}
        yield by_mode(f"color.{name}.edge", "color", values=edge, description="Outline of solid")


def _role_tokens(roles: Mapping[Mode, Mapping[str, Role]]) -> Iterator[Token]:
    for name in roles[Mode.LIGHT]:
        yield by_mode(f"color.{name}", "color", values={mode: of_mode[name] for mode, of_mode in roles.items()})
