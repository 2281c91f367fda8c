"""Mathematics of CSS worked out: `calc()`, `min()`, `clamp()` and the like, as far as a style sheet alone decides them.

Lengths that only the page can add up, such as rem and vw, have no value here. Source: CSS Values 4, section 10.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.source.importing.css_terms import NoValueError, Term, split_at, trimmed, without_space

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DIGITS = 6
_CANONICAL: Mapping[str, tuple[str, float]] = {
    "px": ("px", 1.0),
    "in": ("px", 96.0),
    "cm": ("px", 96 / 2.54),
    "mm": ("px", 9.6 / 2.54),
    "q": ("px", 2.4 / 2.54),
    "pt": ("px", 4 / 3),
    "pc": ("px", 16.0),
    "s": ("ms", 1000.0),
    "ms": ("ms", 1.0),
    "deg": ("deg", 1.0),
    "grad": ("deg", 0.9),
    "turn": ("deg", 360.0),
    "rad": ("deg", 180 / math.pi),
}
_NO_LENGTHS = frozenset({"", "%", "ms", "deg", "dpi", "dpcm", "dppx", "x", "hz", "khz", "fr"})
_CONSTANTS: Mapping[str, float] = {"e": math.e, "pi": math.pi}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and its unit: "" for none, `px` for all absolute lengths, `ms`, `deg`, `%`, or another as written."""

    value: float
    unit: str = ""

    def __str__(self) -> str:
        """As CSS has it."""
        return f"{plain(self.value)}{self.unit}"


Names = dict[str, Figure]
"""Words that stand for figures, such as the channels of a colour that another is made from."""


def plain(value: float, digits: int = DIGITS) -> str:
    """A number in digits, without an exponent."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def is_math(term: Term) -> bool:
    """A function that this module works out."""
    return term.kind == "function" and term.name in _FUNCTIONS


def figure(term: Term, names: Names | None = None) -> Figure:
    """What a term comes to. Raises NoValueError if it has no figure, or none without the page."""
    try:
        found = _figure(term, names or {})
    except (ArithmeticError, ValueError):  # of infinity: numbers may be long
        raise NoValueError("it has no finite value") from None
    if not math.isfinite(found.value):
        raise NoValueError("it has no finite value")
    return found


def _figure(term: Term, names: Names) -> Figure:
    if term.kind == "number":
        unit, scale = _CANONICAL.get(term.unit, (term.unit, 1.0))
        return Figure(term.value * scale, unit)
    if term.kind == "word":
        word = term.text.lower()
        if word in names:
            return names[word]
        if word in _CONSTANTS:
            return Figure(_CONSTANTS[word])
    if term.kind == "function" and not term.name:
        return _sum(term.inner, names)
    if is_math(term):
        return _FUNCTIONS[term.name](term, names)
    raise NoValueError(f"`{term.text[:60]}` is no figure")


def _sum(terms: Sequence[Term], names: Names) -> Figure:
    """A sum of products. A plus or minus has white space on both sides, else it is a number's sign."""
    whole = trimmed(terms)
    products: list[list[Term]] = [[]]
    signs = [1.0]
    for index, term in enumerate(whole):
        if term.kind == "mark" and term.text in "+-":
            if index in {0, len(whole) - 1}:
                raise NoValueError(f"a figure is missing {'behind' if index else 'before'} `{term.text}`")
            if not _has_space(whole, index):
                raise NoValueError(f"`{term.text}` needs white space on both sides")
            signs.append(1.0 if term.text == "+" else -1.0)
            products.append([])
        else:
            products[-1].append(term)
    found: Figure | None = None
    for sign, product in zip(signs, products, strict=True):
        each = _product(without_space(product), names)
        each = Figure(sign * each.value, each.unit)
        found = each if found is None else _alike((found, each), "adds", lambda parts: parts[0] + parts[1])
    return found or Figure(0)


def _has_space(terms: Sequence[Term], index: int) -> bool:
    return terms[index - 1].kind == terms[index + 1].kind == "space"


def _product(terms: Sequence[Term], names: Names) -> Figure:
    if len(terms) % 2 == 0:
        raise NoValueError("a figure is missing, or stands alone" if terms else "a figure is missing")
    found = _figure(terms[0], names)
    for mark, term in zip(terms[1::2], terms[2::2], strict=True):
        other = _figure(term, names)
        if mark.kind != "mark" or mark.text not in "*/":
            raise NoValueError(f"there is no sign before `{term.text[:60]}`")
        found = _multiplied(found, other) if mark.text == "*" else _divided(found, other)
    return found


def _multiplied(one: Figure, other: Figure) -> Figure:
    if one.unit and other.unit:
        raise NoValueError(f"it multiplies {one.unit} by {other.unit}")
    return Figure(one.value * other.value, one.unit or other.unit)


def _divided(one: Figure, other: Figure) -> Figure:
    if other.unit and other.unit != one.unit:
        raise NoValueError(f"it divides {one.unit or 'a number'} by {other.unit}")
    if not other.value:
        raise NoValueError("it divides by zero")
    return Figure(one.value / other.value, "" if other.unit else one.unit)


def _alike(figures: Sequence[Figure], does: str, made: Callable[[list[float]], float]) -> Figure:
    """One figure of several in one unit. A length of zero has every unit of length."""
    leading = next((each for each in figures if each.value or not _is_length(each.unit)), figures[0]).unit
    for each in figures:
        if each.unit != leading and (each.value or not (_is_length(each.unit) and _is_length(leading))):
            raise NoValueError(f"it {does} {leading or 'a number'} and {each.unit or 'a number'}")
    return Figure(made([each.value for each in figures]), leading)


def _is_length(unit: str) -> bool:
    return unit not in _NO_LENGTHS


def _arguments(term: Term, names: Names, *, least: int = 1, most: int = 64) -> list[Figure]:
    parts = split_at(term.inner, ",")
    if not least <= len(parts) <= most:
        raise NoValueError(f"`{term.name}()` cannot have {len(parts)} arguments")
    return [_sum(part, names) for part in parts]


def _calc(term: Term, names: Names) -> Figure:
    return _arguments(term, names, most=1)[0]


def _min(term: Term, names: Names) -> Figure:
    return _alike(_arguments(term, names), "compares", min)


def _max(term: Term, names: Names) -> Figure:
    return _alike(_arguments(term, names), "compares", max)


def _clamp(term: Term, names: Names) -> Figure:
    least, *between = _arguments(term, names, least=3, most=3)
    return _alike([least, *between], "compares", lambda each: max(each[0], min(each[1], each[2])))


def _hypot(term: Term, names: Names) -> Figure:
    return _alike(_arguments(term, names), "adds", lambda each: math.hypot(*each))


def _abs(term: Term, names: Names) -> Figure:
    found = _calc(term, names)
    return Figure(abs(found.value), found.unit)


def _sign(term: Term, names: Names) -> Figure:
    found = _calc(term, names)
    if found.unit == "%":
        raise NoValueError("only the page knows what a percentage is of")
    return Figure(float((found.value > 0) - (found.value < 0)))


def _steps(term: Term, names: Names) -> Figure:
    """`round(how, value, step)`: halves go up, and the step is 1 for a number. Source: CSS Values 4, 10.3."""
    parts = split_at(term.inner, ",")
    how = parts[0][0].text.lower() if parts[0] and parts[0][0].text.lower() in _ROUNDINGS else "nearest"
    given = parts[1:] if parts[0] and parts[0][0].text.lower() in _ROUNDINGS else parts
    figures = [_sum(part, names) for part in given]
    if len(figures) == 1 and not figures[0].unit:
        figures.append(Figure(1))
    if len(figures) != 2 or not figures[1].value:
        raise NoValueError("`round()` needs a value and a step")
    rounding = _ROUNDINGS[how]
    return _alike(figures, "rounds", lambda each: rounding(each[0] / abs(each[1])) * abs(each[1]))


def _mod(term: Term, names: Names) -> Figure:
    return _alike(_arguments(term, names, least=2, most=2), "divides", lambda each: _remainder(*each, is_floored=True))


def _rem(term: Term, names: Names) -> Figure:
    return _alike(_arguments(term, names, least=2, most=2), "divides", lambda each: _remainder(*each, is_floored=False))


def _remainder(value: float, step: float, *, is_floored: bool) -> float:
    if not step:
        raise NoValueError("it divides by zero")
    return value % step if is_floored else math.fmod(value, step)


def _of_numbers(made: Callable[..., float], *, least: int = 1, most: int = 1) -> Callable[[Term, Names], Figure]:
    """A function of numbers without units."""

    def worked_out(term: Term, names: Names) -> Figure:
        figures = _arguments(term, names, least=least, most=most)
        if any(each.unit for each in figures):
            raise NoValueError(f"`{term.name}()` takes numbers without units")
        try:
            return Figure(made(*(each.value for each in figures)))
        except (ValueError, OverflowError, ZeroDivisionError):
            raise NoValueError("it has no finite value") from None

    return worked_out


def _of_angle(made: Callable[[float], float]) -> Callable[[Term, Names], Figure]:
    def worked_out(term: Term, names: Names) -> Figure:
        found = _calc(term, names)
        if found.unit not in {"", "deg"}:
            raise NoValueError(f"`{term.name}()` takes an angle")
        return Figure(made(math.radians(found.value) if found.unit else found.value))

    return worked_out


_ROUNDINGS: Mapping[str, Callable[[float], float]] = {
    "nearest": lambda value: math.floor(value + 0.5),
    "up": math.ceil,
    "down": math.floor,
    "to-zero": math.trunc,
}
_FUNCTIONS: Mapping[str, Callable[[Term, Names], Figure]] = {
    "calc": _calc,
    "-webkit-calc": _calc,
    "min": _min,
    "max": _max,
    "clamp": _clamp,
    "hypot": _hypot,
    "abs": _abs,
    "sign": _sign,
    "round": _steps,
    "mod": _mod,
    "rem": _rem,
    "pow": _of_numbers(math.pow, least=2, most=2),
    "sqrt": _of_numbers(math.sqrt),
    "exp": _of_numbers(math.exp),
    "log": _of_numbers(math.log, most=2),
    "sin": _of_angle(math.sin),
    "cos": _of_angle(math.cos),
    "tan": _of_angle(math.tan),
}
