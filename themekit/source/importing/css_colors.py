"""Colour functions of CSS with something to work out: `color-mix()`, `oklch(from …)`, and `calc()` among components.

Source: CSS Color 5, sections 3 "color-mix()" and 4 "Relative Colors"; CSS Color 4 for what components count to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.source.colors import SPACES
from themekit.source.importing import texts
from themekit.source.importing.css_math import Figure, Names, figure, plain
from themekit.source.importing.css_terms import NoValueError, Term, split_at, without_space, written_terms
from themekit.source.importing.shades import Mix, Shade

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.source.importing.shades import ColorMath, HueMethod


@dataclass(frozen=True, slots=True)
class _Function:
    """`whole` is what 100 % stands for, None for a hue; `channels` are the words for the origin's components.

    One that `is_bounded` brings figures into the range of sRGB, unless they come from another colour.
    """

    space: str
    whole: tuple[float | None, float | None, float | None]
    channels: str
    scale: float = 1.0
    is_bounded: bool = False


FUNCTIONS: Mapping[str, _Function] = {
    "rgb": _Function("srgb", (255, 255, 255), "r g b", 255, is_bounded=True),
    "hsl": _Function("hsl", (None, 100, 100), "h s l", is_bounded=True),
    "hwb": _Function("hwb", (None, 100, 100), "h w b", is_bounded=True),
    "lab": _Function("lab", (100, 125, 125), "l a b"),
    "lch": _Function("lch", (100, 150, None), "l c h"),
    "oklab": _Function("oklab", (1, 0.4, 0.4), "l a b"),
    "oklch": _Function("oklch", (1, 0.4, None), "l c h"),
}
_OLD = {"rgba": "rgb", "hsla": "hsl"}
_XYZ = {"xyz": "xyz-d65", "xyz-d65": "xyz-d65", "xyz-d50": "xyz-d50"}
_RGB = ("srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020")
_MIXED: Mapping[str, str] = {
    **{name: name for name in ("srgb", "srgb-linear", "display-p3", "a98-rgb", "prophoto-rgb", "rec2020")},
    **{name: name for name in ("lab", "oklab", "hsl", "hwb", "lch", "oklch")},
    **_XYZ,
}
_POLAR = frozenset({"hsl", "hwb", "lch", "oklch"})
_HUES: tuple[HueMethod, ...] = ("shorter", "longer", "increasing", "decreasing")
_SLIP = 1e-5  # of a component of 1: half of what the last digit that is written says


def is_color_function(term: Term) -> bool:
    """A function whose value is a colour."""
    return term.kind == "function" and (
        term.name in FUNCTIONS or term.name in _OLD or term.name in {"color", "color-mix"}
    )


def color_text(term: Term, maths: ColorMath) -> str:
    """The colour as text that every reader of colours takes. Raises NoValueError if it has none.

    What lies outside the space that it was made in is written in OKLCH, which holds every colour.
    """
    return _written(shade(term, maths), maths)


def shade(term: Term, maths: ColorMath) -> Shade:
    """The colour of a word, of hex digits or of a function."""
    if term.kind != "function" or not any(part.kind == "function" for part in term.inner):
        literal = None if term.name == "color-mix" or _is_relative(term) else texts.color(term.text)
        known = None if literal is None else texts.parsed(literal)
        if known is not None and not _has_none(term):
            return Shade(known.space, known.components, known.alpha)
    if term.name == "color-mix":
        return _mix(term, maths)
    if term.name == "color":
        return _predefined(term, maths)
    name = _OLD.get(term.name, term.name)
    if name in FUNCTIONS:
        return _function(FUNCTIONS[name], term.inner, maths)
    if term.kind == "word" and term.text.lower() in {"currentcolor", "inherit"}:
        raise NoValueError(f"only the page knows `{term.text}`")
    raise NoValueError(f"`{term.text[:60]}` is no colour that can be read here")


def _has_none(term: Term) -> bool:
    return any(each.text.lower() == "none" for each in term.inner)


def _written(found: Shade, maths: ColorMath) -> str:
    whole = Shade(found.space, _parts_of(found), 0.0 if found.alpha is None else found.alpha)
    if whole.space in {"hsl", "hwb"}:
        whole = maths.convert(whole, "srgb")
    if not _fits(whole):
        whole = maths.convert(whole, "oklch")
    if not _fits(whole):
        raise NoValueError("it is a colour beyond all that DTCG can write")
    ranges = SPACES[whole.space]
    parts = [min(max(part, low), high) for part, (low, high) in zip(_parts_of(whole), ranges, strict=True)]
    alpha = whole.alpha if whole.alpha is not None else 0.0
    inner = " ".join(plain(part) for part in parts) + ("" if alpha == 1 else f" / {plain(alpha)}")
    return f"{whole.space}({inner})" if whole.space in FUNCTIONS else f"color({whole.space} {inner})"


def _fits(found: Shade) -> bool:
    ranges = zip(_parts_of(found), SPACES[found.space], strict=True)
    return all(low - _SLIP * (high - low) <= part <= high + _SLIP * (high - low) for part, (low, high) in ranges)


def _parts_of(found: Shade) -> tuple[float, float, float]:
    one, two, three = (part or 0.0 for part in found.components)
    return one, two, three


def _mix(term: Term, maths: ColorMath) -> Shade:
    """Source: CSS Color 5, section 3.1 "Percentage Normalization"."""
    arguments = split_at(term.inner, ",")
    how = [each.text.lower() for each in without_space(arguments[0])]
    space, method = "oklab", "shorter"
    if how[:1] == ["in"]:
        space, method = _interpolation(how[1:])
        arguments = arguments[1:]
    if len(arguments) != 2:
        raise NoValueError("`color-mix()` takes two colours")
    (one, first), (other, second) = (_weighted(part, maths) for part in arguments)
    if first is None:
        first = 50.0 if second is None else 100 - second
    if second is None:
        second = 100 - first
    total = first + second
    hue = next(each for each in _HUES if each == method)
    found = maths.mix((one, other), Mix(space, second / total if total else 0.5, hue))
    alpha = found.alpha if found.alpha is None else found.alpha * min(total / 100, 1)
    made = Shade(found.space, found.components, alpha)
    return maths.convert(made, "srgb") if space in {"hsl", "hwb"} else made


def _interpolation(words: Sequence[str]) -> tuple[str, str]:
    space = _MIXED.get(words[0]) if words else None
    if space is None:
        raise NoValueError(f"there is no mixing in `{' '.join(words)[:60]}`")
    if len(words) == 1:
        return space, "shorter"
    if space not in _POLAR or len(words) != 3 or words[1] not in _HUES or words[2] != "hue":
        raise NoValueError(f"`{' '.join(words)[:60]}` is no way to mix")
    return space, words[1]


def _weighted(terms: Sequence[Term], maths: ColorMath) -> tuple[Shade, float | None]:
    """A colour, with its percentage before or behind it."""
    parts = without_space(terms)
    found = [part for part in parts if is_color_function(part) or part.kind in {"word", "string"}]
    if len(found) != 1 or len(parts) > 2:
        raise NoValueError(f"`{written_terms(terms)[:60]}` is no colour with a percentage")
    share = next((figure(part) for part in parts if part is not found[0]), None)
    if share is not None and share.unit != "%":
        raise NoValueError("shares of a mix are percentages")
    if share is not None and not 0 <= share.value <= 100:
        raise NoValueError("shares of a mix go from 0% to 100%")
    return shade(found[0], maths), None if share is None else share.value


def _is_relative(term: Term) -> bool:
    return bool(term.inner) and [each.text.lower() for each in without_space(term.inner)[:1]] == ["from"]


def _predefined(term: Term, maths: ColorMath) -> Shade:
    parts = without_space(term.inner)
    place = 2 if _is_relative(term) else 0
    name = parts[place].text.lower() if len(parts) > place else ""
    space = _XYZ.get(name) or (name if name in _RGB else None)
    if space is None:
        raise NoValueError(f"there is no colour space `{name[:60]}`")
    function = _Function(space, (1, 1, 1), "x y z" if name in _XYZ else "r g b")
    return _function(function, [*parts[:place], *parts[place + 1 :]], maths)


def _function(function: _Function, inner: Sequence[Term], maths: ColorMath) -> Shade:
    """The colour of a function: literal figures are taken as they are, others brought into range as CSS does."""
    parts, alpha_term = _arguments(inner)
    names: Names = {}
    origin: Shade | None = None
    if parts and parts[0].text.lower() == "from":
        if len(parts) != 5:
            raise NoValueError(f"a colour from another has 3 components, not {len(parts) - 2}")
        origin = maths.convert(shade(parts[1], maths), function.space)
        names = _names(function, origin)
        parts = parts[2:]
    if len(parts) != 3:
        raise NoValueError(f"a colour has 3 components, not {len(parts)}")
    named = dict(zip(function.channels.split(), origin.components, strict=True)) if origin else {}
    found = [
        None if _is_missing(part, named) else _component(part, names, whole) / function.scale
        for part, whole in zip(parts, function.whole, strict=True)
    ]
    made = Shade(function.space, (found[0], found[1], found[2]), _alpha(alpha_term, names, origin))
    return _clamped(made, is_bounded=function.is_bounded and origin is None)


def _arguments(inner: Sequence[Term]) -> tuple[list[Term], Term | None]:
    """The components, and what stands behind the slash or as a fourth one between commas."""
    by_commas = split_at(inner, ",")
    if len(by_commas) > 1:
        if not 3 <= len(by_commas) <= 4 or any(len(each) != 1 for each in by_commas):
            raise NoValueError("a colour has 3 components")
        return [each[0] for each in by_commas[:3]], by_commas[3][0] if len(by_commas) == 4 else None
    before, *behind = split_at(inner, "/")
    if len(behind) > 1 or any(len(each) != 1 for each in behind):
        raise NoValueError("one alpha stands behind the slash")
    return without_space(before), behind[0][0] if behind else None


def _names(function: _Function, origin: Shade) -> Names:
    """What the words for the origin's components are in a computation."""
    channels = zip(function.channels.split(), origin.components, strict=True)
    names = {name: Figure((part or 0.0) * function.scale) for name, part in channels}
    return {**names, "alpha": Figure(origin.alpha or 0.0)}


def _is_missing(term: Term, named: Mapping[str, float | None]) -> bool:
    word = term.text.lower()
    return word == "none" or (word in named and named[word] is None)


def _component(term: Term, names: Names, whole: float | None) -> float:
    """A figure in the function's units; degrees for a hue."""
    found = figure(term, names)
    if whole is None:
        if found.unit not in {"", "deg"}:
            raise NoValueError(f"`{term.text[:60]}` is no angle")
        return found.value % 360 % 360
    if found.unit not in {"", "%"}:
        raise NoValueError(f"`{term.text[:60]}` is no number and no percentage")
    value = found.value * whole / 100 if found.unit else found.value
    if abs(value) > texts.MAX_COMPONENT:
        raise NoValueError(f"`{term.text[:60]}` is beyond every colour")
    return value


def _alpha(term: Term | None, names: Names, origin: Shade | None) -> float | None:
    if term is None:
        return 1.0 if origin is None else origin.alpha
    if _is_missing(term, {"alpha": None} if origin is not None and origin.alpha is None else {}):
        return None
    return min(max(_component(term, names, 1), 0.0), 1.0)


def _clamped(found: Shade, *, is_bounded: bool) -> Shade:
    """In range as CSS brings it: lightness and chroma always, sRGB where a function is bounded."""
    ranges = SPACES[found.space]
    bounds = [(-math.inf, math.inf)] * 3
    if is_bounded:
        bounds = list(ranges)
    elif found.space in {"lab", "lch", "oklab", "oklch"}:
        bounds[0] = ranges[0]
        bounds[1] = (0.0, math.inf) if found.space.endswith("lch") else bounds[1]
    parts = [
        part if part is None else min(max(part, low), high)
        for part, (low, high) in zip(found.components, bounds, strict=True)
    ]
    return Shade(found.space, (parts[0], parts[1], parts[2]), found.alpha)
