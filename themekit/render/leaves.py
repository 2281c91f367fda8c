"""Composite tokens split into members that any format can write: a border is a width, a style and a colour.

A member's id is its token's with the member's name: `edge.width`, `lift.1.offset-x`, `sky.2.position`. Layers of a
shadow and stops of a gradient count from 1. Where a mode has fewer of them than another, layers that cannot be seen, or
the last stop again, make up the number, so that every member has a value in every mode.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from themekit.model import (
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    GradientStop,
    ShadowLayer,
    StrokeStyle,
    TokenId,
    TokenType,
    TransitionValue,
    TypographyValue,
)
from themekit.model.token_names import css_name, likeness
from themekit.render.css import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model import ResolvedToken, ResolvedTokens, ResolvedValue

Plain = Color | Dimension | Duration | CubicBezier | FontNames | StrokeStyle | float | bool
LeafType = TokenType | Literal["boolean"]
Part = TypeVar("Part", ShadowLayer, GradientStop)
Members = dict[str, tuple[LeafType, Plain]]

_PX0 = Dimension(0.0, "px")
_UNSEEN = ShadowLayer(Color("srgb", (0.0, 0.0, 0.0), 0.0), _PX0, _PX0, _PX0, _PX0)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A token that is no composite, or a member of one; `values` has one value for each mode."""

    id: TokenId
    token: TokenId
    type: LeafType
    values: tuple[Plain, ...]
    description: str = ""
    deprecated: str | None = None

    @property
    def is_constant(self) -> bool:
        """The same in every mode."""
        return len(set(self.values)) == 1


def leaves(tokens: ResolvedTokens) -> tuple[Leaf, ...]:
    """Every token in order, composites as their members; no two have names that meet in any casing.

    A member whose name another token has goes below `part`: `edge.part.width`.
    """
    taken = {_likeness(token.id) for token in tokens}
    found: list[Leaf] = []
    for token in tokens:
        if not _is_composite(token.values[0]):
            found.append(_leaf(token))
            continue
        below = f"{token.id}."
        members = _members(token)
        while any(_likeness(TokenId(below + name)) in taken for name in members[0]):
            below += "part."
        for name, (type_, _) in members[0].items():
            values = tuple(of_mode[name][1] for of_mode in members)
            member = TokenId(below + name)
            taken.add(_likeness(member))
            found.append(Leaf(member, token.id, type_, values, token.description, token.deprecated))
    return tuple(found)


def _leaf(token: ResolvedToken) -> Leaf:
    values = tuple(value for value in token.values if not isinstance(value, tuple | _COMPOSITES))
    return Leaf(token.id, token.id, token.type, values, token.description, token.deprecated)


_COMPOSITES = BorderValue | TransitionValue | TypographyValue


def _is_composite(value: ResolvedValue) -> bool:
    return isinstance(value, tuple | _COMPOSITES)


def _likeness(token_id: TokenId) -> str:
    """Names that are one in some casing have one likeness."""
    return likeness(css_name(token_id))


def _members(token: ResolvedToken) -> list[Members]:
    if token.type == "shadow":
        return _layers([_all_of(value, ShadowLayer) for value in token.values])
    if token.type == "gradient":
        return _stops([_all_of(value, GradientStop) for value in token.values])
    return [_of_composite(value) for value in token.values]


def _of_composite(value: ResolvedValue) -> Members:
    match value:
        case BorderValue():
            return {
                "width": ("dimension", plain(value.width)),
                "style": ("strokeStyle", plain(value.style)),
                "color": ("color", plain(value.color)),
            }
        case TransitionValue():
            return {
                "duration": ("duration", plain(value.duration)),
                "delay": ("duration", plain(value.delay)),
                "timing-function": ("cubicBezier", plain(value.timing)),
            }
        case TypographyValue():
            return {
                "font-family": ("fontFamily", plain(value.family)),
                "font-size": ("dimension", plain(value.size)),
                "font-weight": ("fontWeight", plain(value.weight)),
                "letter-spacing": ("dimension", plain(value.letter_spacing)),
                "line-height": ("number", plain(value.line_height)),
            }
        case _:
            raise TypeError(f"a {type(value).__name__} has no members")


def _layers(of_modes: list[Sequence[ShadowLayer]]) -> list[Members]:
    count = max(map(len, of_modes))
    return [_numbered([_layer(each) for each in (*found, *[_UNSEEN] * (count - len(found)))]) for found in of_modes]


def _layer(layer: ShadowLayer) -> Members:
    return {
        "color": ("color", plain(layer.color)),
        "offset-x": ("dimension", plain(layer.offset_x)),
        "offset-y": ("dimension", plain(layer.offset_y)),
        "blur": ("dimension", plain(layer.blur)),
        "spread": ("dimension", plain(layer.spread)),
        "inset": ("boolean", layer.inset),
    }


def _stops(of_modes: list[Sequence[GradientStop]]) -> list[Members]:
    count = max(map(len, of_modes))
    return [
        _numbered([_stop(each) for each in (*found, *[found[-1]] * (count - len(found)))]) if found else {}
        for found in of_modes
    ]


def _stop(stop: GradientStop) -> Members:
    return {"color": ("color", plain(stop.color)), "position": ("number", plain(stop.position))}


def _numbered(parts: Sequence[Members]) -> Members:
    return {f"{index}.{name}": member for index, part in enumerate(parts, 1) for name, member in part.items()}


def _all_of(value: ResolvedValue, kind: type[Part]) -> tuple[Part, ...]:
    return tuple(part for part in value if isinstance(part, kind)) if isinstance(value, tuple) else ()
