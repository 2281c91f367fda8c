"""Style rules under their at-rules as text: readable, or without anything that could be left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import ItemsView, Sequence

Declarations = Mapping[str, str]
_FRAMES: dict[tuple[int, str, str, str, str], tuple[tuple[str, ...], list[str]]] = {}
REMEMBERED = 32  # frames: five large rules, in two forms, at two or three depths
FEW = 48  # declarations: a frame of so few is made as soon as it is found


class Columns(Declarations):
    """Declarations as their names and their texts, in order: whole rules are compared and written without a dict."""

    __slots__ = ("_by_name", "_written", "is_shared", "names", "texts")

    def __init__(self, names: tuple[str, ...], texts: Sequence[str], *, is_shared: bool = False) -> None:
        """Each name once, and as many texts. What `is_shared` by many sheets keeps what it is written as."""
        self.names = names
        self.texts = texts
        self.is_shared = is_shared
        self._by_name: dict[str, str] | None = None
        self._written: dict[tuple[str, str], str] = {}

    @property
    def by_name(self) -> dict[str, str]:
        """The same as a dict, made once."""
        if self._by_name is None:
            self._by_name = dict(zip(self.names, self.texts, strict=True))
        return self._by_name

    def written(self, colon: str, between: str) -> str:
        """All as text, with this after names and between declarations; made once."""
        text = self._written.get((colon, between))
        if text is None:
            frame = _made_frame(self.names, colon=colon, between=between)
            frame[1::2] = self.texts
            text = self._written[colon, between] = "".join(frame)
        return text

    def __getitem__(self, name: str) -> str:
        """The text of a name."""
        return self.by_name[name]

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self.names)

    def __len__(self) -> int:
        """How many."""
        return len(self.names)

    def __eq__(self, other: object) -> bool:
        """As of dicts."""
        return self.by_name == (other.by_name if isinstance(other, Columns) else other)

    __hash__ = None  # type: ignore[assignment]  # as dicts

    def items(self) -> ItemsView[str, str]:
        """Names with their texts."""
        return self.by_name.items()


class Rule(NamedTuple):
    """A style rule under the conditions of at-rules, the outermost first."""

    conditions: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: Declarations


def other_columns(declared: Columns, *, below: Sequence[str]) -> Columns:
    """Those that have another text than stands `below`."""
    differ = list(map(ne, declared.texts, below))
    return Columns(tuple(compress(declared.names, differ)), list(compress(declared.texts, differ)))


def pretty(rules: Sequence[Rule], *, notice: str = "") -> str:
    """One declaration a line, rules apart, below a line that says what the sheet is."""
    out = [f"{notice}\n"] if notice else []
    opened: tuple[str, ...] = ()
    for number, rule in enumerate(rules):
        kept = _shared(opened, rule.conditions)
        out.extend(f"{'  ' * level}}}\n" for level in reversed(range(kept, len(opened))))
        out.append("\n" if number else "")
        out.extend(f"{'  ' * level}{rule.conditions[level]} {{\n" for level in range(kept, len(rule.conditions)))
        opened = rule.conditions
        indent = "  " * len(opened)
        selectors = ",\n".join(f"{indent}{selector}" for selector in rule.selectors)
        if rule.declarations:
            out.append(f"{selectors} {{\n{indent}  ")
            _write(rule.declarations, colon=": ", between=f";\n{indent}  ", out=out)
            out.append(f";\n{indent}}}\n")
        else:
            out.append(f"{selectors} {{\n{indent}}}\n")
    out.extend(f"{'  ' * level}}}\n" for level in reversed(range(len(opened))))
    return "".join(out)


def minified(rules: Sequence[Rule]) -> str:
    """Nothing that could be left out; neighbours share their at-rules."""
    out: list[str] = []
    opened: tuple[str, ...] = ()
    for rule in rules:
        kept = _shared(opened, rule.conditions)
        out.append("}" * (len(opened) - kept) + "".join(f"{condition}{{" for condition in rule.conditions[kept:]))
        opened = rule.conditions
        out.append(f"{','.join(rule.selectors)}{{")
        _write(rule.declarations, colon=":", between=";", out=out)
        out.append("}")
    out.append("}" * len(opened) + "\n")
    return "".join(out)


def _write(declarations: Declarations, *, colon: str, between: str, out: list[str]) -> None:
    """Add the pieces of the declarations' text: joined once, with all others, as each copy costs as much as its join.

    Brands of one system declare the same names, so what stands around texts is kept.
    """
    if isinstance(declarations, Columns):
        if declarations.is_shared:
            out.append(declarations.written(colon, between))
            return
        names, texts = declarations.names, declarations.texts
    else:
        names, texts = tuple(declarations), list(declarations.values())
    start = len(out) + 1
    out += (_made_frame if len(names) < FEW else _frame)(names, colon=colon, between=between)
    out[start::2] = texts


def _made_frame(names: tuple[str, ...], *, colon: str, between: str) -> list[str]:
    """What stands before each text, and a place for it."""
    frame = [""] * (2 * len(names))
    frame[::2] = [f"{between}{name}{colon}" for name in names]
    if names:
        frame[0] = f"{names[0]}{colon}"
    return frame


def _frame(names: tuple[str, ...], *, colon: str, between: str) -> list[str]:
    """That of many names, remembered. They are compared, and not hashed, which would look at each of them."""
    key = (len(names), names[0], names[-1], colon, between)
    known = _FRAMES.get(key)
    if known is None or known[0] != names:
        known = (names, _made_frame(names, colon=colon, between=between))
        if len(_FRAMES) >= REMEMBERED:
            _FRAMES.clear()
        _FRAMES[key] = known
    return known[1]


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many at-rules, from the outermost, are the same."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length
