"""Where references stand inside a token's value, what type each must have, and the value with them filled in."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, NamedTuple, cast

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

MEMBERS: dict[type, dict[str, tuple[str, TokenType]]] = {
    BorderValue: {"color": ("color", "color"), "width": ("width", "dimension"), "style": ("style", "strokeStyle")},
    TransitionValue: {
        "duration": ("duration", "duration"),
        "delay": ("delay", "duration"),
        "timing": ("timingFunction", "cubicBezier"),
    },
    ShadowLayer: {
        "color": ("color", "color"),
        "offset_x": ("offsetX", "dimension"),
        "offset_y": ("offsetY", "dimension"),
        "blur": ("blur", "dimension"),
        "spread": ("spread", "dimension"),
    },
    GradientStop: {"color": ("color", "color"), "position": ("position", "number")},
    TypographyValue: {
        "family": ("fontFamily", "fontFamily"),
        "size": ("fontSize", "dimension"),
        "weight": ("fontWeight", "fontWeight"),
        "letter_spacing": ("letterSpacing", "dimension"),
        "line_height": ("lineHeight", "number"),
    },
}
"""Per composite: the member in the model, its name in the file, and its type. DTCG 2025.10, §9 "Composite types"."""


class Member(NamedTuple):
    """A reference inside a composite: where it stands (a JSON Pointer below the value), its target and its type.

    `is_item`: it is a layer of a shadow or a stop of a gradient, so its target has exactly one.
    """

    pointer: str
    target: TokenId
    type: TokenType
    is_item: bool = False

    @property
    def name(self) -> str:
        """The member's name in the file."""
        return self.pointer.removeprefix("/").replace("/", ".")


def members(value: TokenValue, type_: TokenType | None = None) -> Iterator[Member]:
    """The references inside a composite of a type, in order; none for any other value."""
    if isinstance(value, tuple):
        for index, part in enumerate(value):
            if isinstance(part, Alias):
                yield Member(f"/{index}", part.target, type_ or "shadow", is_item=True)
            else:
                yield from _members(part, f"/{index}")
    else:
        yield from _members(value, "")


def _members(value: object, pointer: str) -> Iterator[Member]:
    if isinstance(value, StrokeStyle):
        for index, length in enumerate(value.dash):
            if isinstance(length, Alias):
                yield Member(f"{pointer}/dashArray/{index}", length.target, "dimension")
        return
    for name, (written, type_) in MEMBERS.get(type(value), {}).items():
        member = getattr(value, name)
        if isinstance(member, Alias):
            yield Member(f"{pointer}/{written}", member.target, type_)
        elif isinstance(member, StrokeStyle):
            yield from _members(member, f"{pointer}/{written}")


def filled(value: TokenValue, resolved: Mapping[TokenId, ResolvedValue]) -> ResolvedValue:
    """The value with every reference replaced by what it refers to. Raises KeyError if one is not resolved."""
    if isinstance(value, Alias):
        return resolved[value.target]
    if isinstance(value, tuple):
        parts = (_item(part, resolved) for part in value)
        return cast("ResolvedValue", tuple(parts))
    if isinstance(value, StrokeStyle):
        lengths = (resolved[length.target] if isinstance(length, Alias) else length for length in value.dash)
        return replace(value, dash=cast("tuple[Dimension, ...]", tuple(lengths))) if value.dash else value
    changed: dict[str, ResolvedValue] = {}
    for name in MEMBERS.get(type(value), {}):
        member = getattr(value, name)
        if isinstance(member, Alias | StrokeStyle):
            changed[name] = filled(member, resolved)
    if isinstance(position := changed.get("position"), float | int):  # a stop's, which DTCG clamps wherever it is from
        changed["position"] = min(1.0, max(0.0, position))
    return _replaced(value, changed) if changed else value


def _item(part: ShadowLayer | GradientStop | Alias, resolved: Mapping[TokenId, ResolvedValue]) -> object:
    """A layer or stop; a reference leads to a token that has one."""
    found = filled(cast("TokenValue", part), resolved)
    return found[0] if isinstance(part, Alias) and isinstance(found, tuple) else found


def _replaced(value: ResolvedValue, changed: Mapping[str, ResolvedValue]) -> ResolvedValue:
    """`dataclasses.replace`, whose signature cannot say that the types fit: `members` has checked them."""
    constructor = cast("Callable[..., ResolvedValue]", type(value))
    names = (one.name for one in fields(cast("DataclassInstance", value)))
    return constructor(**{name: changed.get(name, getattr(value, name)) for name in names})
