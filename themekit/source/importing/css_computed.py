"""Values of custom properties as a page computes them in one mode: what they refer to is put in, and worked out.

Source: CSS Custom Properties 1, section 3 "Using Cascading Variables"; CSS Color 5, section 8 "light-dark()".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.source.importing.css_colors import color_text, is_color_function
from themekit.source.importing.css_math import figure, is_math
from themekit.source.importing.css_terms import (
    MAX_TEXT,
    NoValueError,
    Term,
    function,
    parsed_terms,
    trimmed,
    without_space,
    written_terms,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.source.importing.shades import ColorMath

MAX_STEPS = 100  # of functions and references on the way to a value: each costs three of Python's 1000 frames
MAX_SIZE = 5_000_000  # characters put in, of all modes and themes: it bounds the time that a sheet takes
MAX_COLORS = 50_000  # functions of colours, of all modes and themes: each costs some tenths of a millisecond
TOO_MUCH = "the sheet refers to too much, from too many places"
_SPACE = Term("space", " ")


class _CircleError(NoValueError):
    """A property that leads back to itself; `name` is where the circle was seen."""

    def __init__(self, name: str) -> None:
        super().__init__(f"`--{name}` leads back to itself")
        self.name = name


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that is one `var()` and nothing else; `has_fallback` is True where a second argument stands."""

    name: str
    has_fallback: bool


@dataclass(slots=True)
class Spent:
    """What the values of a sheet have cost so far, in characters put in and colours worked out."""

    size: int = 0
    colors: int = 0


@dataclass(slots=True)
class Values:
    """The values of all properties in one mode, as they are written. `maths` works out colours; without it none is."""

    declared: Mapping[str, str]
    is_dark: bool = False
    maths: ColorMath | None = None
    spent: Spent = field(default_factory=Spent)
    _known: dict[str, tuple[Term, ...] | NoValueError] = field(default_factory=dict)

    def reference(self, text: str) -> Reference | None:
        """The property that a value is a reference to and no more; `light-dark()` around it is chosen from."""
        terms = self._chosen(parsed_terms(text))
        if len(terms) != 1 or not _is_var(terms[0]):
            return None
        name, fallback = _var(terms[0])
        return Reference(name, fallback is not None) if name in self.declared else None

    def check(self, name: str) -> None:
        """Raises NoValueError if the property has no value here, as where it leads back to itself."""
        self._terms_of(name, ())

    def asks(self, text: str) -> bool:
        """The value refers to another property, on the side of each `light-dark()` that counts here."""
        return self._asks(parsed_terms(text))

    def _asks(self, terms: Sequence[Term]) -> bool:
        return any(
            _is_var(term) or self._asks(self._side(term) if term.name == "light-dark" else term.inner)
            for term in terms
            if term.kind == "function"
        )

    def computed(self, text: str) -> str:
        """The value without references and computations. Raises NoValueError, with the reason, if it has none."""
        return written_terms(trimmed(self._simplified(self._substituted(parsed_terms(text), ()))))

    def _chosen(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        whole = trimmed(terms)
        if len(whole) == 1 and whole[0].name == "light-dark":
            return self._chosen(self._side(whole[0]))
        return whole

    def _side(self, term: Term) -> tuple[Term, ...]:
        parts = _first_comma(term.inner)
        if parts is None:
            raise NoValueError("`light-dark()` takes two values")
        return parts[1] if self.is_dark else parts[0]

    def _substituted(self, terms: Sequence[Term], through: tuple[str, ...], depth: int = 0) -> tuple[Term, ...]:
        """The terms with values in the place of references. White space parts them, as CSS joins no tokens."""
        if depth > MAX_STEPS:
            raise NoValueError("references lead on and on")
        found: list[Term] = []
        size = 0
        for term in terms:
            made = self._put_in(term, through, depth + 1)
            size += sum(len(each.text) for each in made)
            if size > MAX_TEXT:
                raise NoValueError(f"with what it refers to it has more than {MAX_TEXT} characters")
            found += made
        self.spent.size += size
        if self.spent.size > MAX_SIZE:
            raise NoValueError(TOO_MUCH)
        return tuple(found)

    def _put_in(self, term: Term, through: tuple[str, ...], depth: int) -> tuple[Term, ...]:
        if term.name == "light-dark":
            return self._substituted(self._side(term), through, depth)
        if not _is_var(term):
            is_nested = _holds_functions(term)
            return (_rebuilt(term, self._substituted(term.inner, through, depth)) if is_nested else term,)
        name, fallback = _var(term)
        try:
            return (_SPACE, *self._terms_of(name, through, depth), _SPACE)
        except _CircleError as circle:
            if fallback is None or circle.name in through:
                raise
        except NoValueError:
            if fallback is None:
                raise
        return (_SPACE, *self._substituted(fallback, through, depth), _SPACE)

    def _terms_of(self, name: str, through: tuple[str, ...], depth: int = 0) -> tuple[Term, ...]:
        """The value of a property, made once; `through` are the properties that ask for it."""
        if name in through:
            raise _CircleError(name)
        if name not in self._known:
            self._known[name] = self._found(name, (*through, name), depth)
        found = self._known[name]
        if isinstance(found, _CircleError) and found.name not in through:
            raise NoValueError(str(found))
        if isinstance(found, NoValueError):
            raise found.with_traceback(None)
        return found

    def _found(self, name: str, through: tuple[str, ...], depth: int) -> tuple[Term, ...] | NoValueError:
        if name not in self.declared:
            return NoValueError(f"`--{name}` is not declared at the root here")
        if self.spent.size > MAX_SIZE:
            return NoValueError(TOO_MUCH)
        try:
            return trimmed(self._substituted(parsed_terms(self.declared[name]), through, depth))
        except NoValueError as error:  # all members of a circle are without a value, fallbacks or not
            return error

    def _simplified(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        return tuple(self._worked_out(term) for term in terms)

    def _worked_out(self, term: Term) -> Term:
        if term.kind != "function":
            return term
        if is_math(term):
            return Term("number", str(figure(term)))
        if is_color_function(term):
            if not _is_computed(term):
                return term
            if self.maths is None:
                raise NoValueError("colours are not worked out here")
            self.spent.colors += _colors_in(term)
            if self.spent.colors > MAX_COLORS:
                raise NoValueError("the sheet has too many colours to work out")
            return Term("word", color_text(term, self.maths))
        return _rebuilt(term, self._simplified(term.inner)) if _holds_functions(term) else term


def _colors_in(term: Term) -> int:
    return is_color_function(term) + sum(_colors_in(each) for each in term.inner if each.kind == "function")


def _is_computed(term: Term) -> bool:
    first = without_space(term.inner)[:1]
    is_from = bool(first) and first[0].text.lower() == "from"
    return term.name == "color-mix" or is_from or _holds_functions(term)


def _is_var(term: Term) -> bool:
    return term.kind == "function" and term.name == "var"


def _var(term: Term) -> tuple[str, tuple[Term, ...] | None]:
    """The name of a reference without its hyphens, and the fallback, which may hold commas."""
    parts = _first_comma(term.inner)
    names = without_space(term.inner if parts is None else parts[0])
    if len(names) != 1 or not names[0].text.startswith("--"):
        raise NoValueError(f"`{term.text[:60]}` names no property")
    return names[0].text[2:], None if parts is None else parts[1]


def _first_comma(terms: Sequence[Term]) -> tuple[tuple[Term, ...], tuple[Term, ...]] | None:
    place = next((at for at, term in enumerate(terms) if term.kind == "mark" and term.text == ","), None)
    return None if place is None else (trimmed(terms[:place]), trimmed(terms[place + 1 :]))


def _rebuilt(term: Term, inner: Sequence[Term]) -> Term:
    return function(term.text.partition("(")[0], inner)


def _holds_functions(term: Term) -> bool:
    return any(each.kind == "function" for each in term.inner)
