"""Where references stand inside a token's value, what type each must have, and the value with them filled in."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, cast

from themekit.model import (
    Alias,
    BorderValue,
    GradientStop,
    ShadowLayer,
    StrokeStyle,
    TransitionValue,
    TypographyValue,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from _typeshed import DataclassInstance

    from themekit.model import Dimension, ResolvedValue, TokenId, TokenType
    from themekit.model.token import TokenValue

MEMBER_TYPES: dict[type, dict[str, TokenType]] = {
    BorderValue: {"color": "color", "width": "dimension", "style": "strokeStyle"},
    TransitionValue: {"duration": "duration", "delay": "duration", "timing": "cubicBezier"},
    ShadowLayer: {
        "color": "color",
        "offset_x": "dimension",
        "offset_y": "dimension",
        "blur": "dimension",
        "spread": "dimension",
    },
    GradientStop: {"color": "color", "position": "number"},
    TypographyValue: {
        "family": "fontFamily",
        "size": "dimension",
        "weight": "fontWeight",
        "letter_spacing": "dimension",
        "line_height": "number",
    },
}
"""DTCG 2025.10, §9 "Composite types"."""


@dataclass(frozen=True, slots=True)
class Member:
    """A reference inside a composite: the member's name in the model, its target, and the type it must have."""

    name: str
    target: TokenId
    type: TokenType


def members(value: TokenValue) -> Iterator[Member]:
    """The references inside a composite, in order; none for any other value."""
    if isinstance(value, tuple):
        for part in value:
            yield from members(cast("TokenValue", part))
        return
    if isinstance(value, StrokeStyle):
        yield from (Member("dash", length.target, "dimension") for length in value.dash if isinstance(length, Alias))
        return
    for name, type_ in MEMBER_TYPES.get(type(value), {}).items():
        member = getattr(value, name)
        if isinstance(member, Alias):
            yield Member(name, member.target, type_)
        elif isinstance(member, StrokeStyle):
            yield from members(member)


def filled(value: TokenValue, resolved: Mapping[TokenId, ResolvedValue]) -> ResolvedValue:
    """The value with every reference replaced by what it refers to. Raises KeyError if one is not resolved."""
    if isinstance(value, Alias):
        return resolved[value.target]
    if isinstance(value, tuple):
        return cast("ResolvedValue", tuple(filled(cast("TokenValue", part), resolved) for part in value))
    if isinstance(value, StrokeStyle):
        lengths = (resolved[length.target] if isinstance(length, Alias) else length for length in value.dash)
        return replace(value, dash=cast("tuple[Dimension, ...]", tuple(lengths))) if value.dash else value
    changed: dict[str, ResolvedValue] = {}
    for name in MEMBER_TYPES.get(type(value), {}):
        member = getattr(value, name)
        if isinstance(member, Alias | StrokeStyle):
            changed[name] = filled(member, resolved)
    return _replaced(value, changed) if changed else value


def _replaced(value: ResolvedValue, changed: Mapping[str, ResolvedValue]) -> ResolvedValue:
    """`dataclasses.replace`, whose signature cannot say that the types fit: `members` has checked them."""
    constructor = cast("Callable[..., ResolvedValue]", type(value))
    names = (one.name for one in fields(cast("DataclassInstance", value)))
    return constructor(**{name: changed.get(name, getattr(value, name)) for name in names})
