"""What a field can be: the words in which the tables of brand.json and policy.json are written.

The reader (structure.py) and the JSON Schema (schema.py) are made from one table of these, so they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.source.json_value import pointer_parts

if TYPE_CHECKING:
    from themekit.source.json_value import JsonType, JsonValue


NAME_PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
"""Names that authors give to things: lower-case words joined with hyphens."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value without members. `pattern` is for editors; its exact rule is in the module of its subject."""

    types: tuple[JsonType, ...] = ("string",)
    choices: tuple[str, ...] = ()
    max_length: int | None = None
    minimum: float | None = None
    maximum: float | None = None
    pattern: str | None = None
    is_integer: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """An array of one kind of item."""

    item: Kind
    max_items: int
    min_items: int = 0


@dataclass(frozen=True, slots=True)
class Members:
    """An object with known keys."""

    fields: tuple[Field, ...]
    by_name: dict[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the fields once."""
        object.__setattr__(self, "by_name", {field.name: field for field in self.fields})


@dataclass(frozen=True, slots=True)
class Named:
    """An object whose keys are the author's own names. `pattern` is for editors; `source/structure.py` has the rule."""

    item: Kind
    max_items: int
    key: Leaf = field(default_factory=lambda: Leaf(max_length=60, pattern=NAME_PATTERN))


@dataclass(frozen=True, slots=True)
class TokenTree:
    """A DTCG group, whose keys are the brand's own. source/tokens.py reads it."""


@dataclass(frozen=True, slots=True)
class ColorValue:
    """A CSS colour string or a DTCG colour object. source/colors.py reads it."""


@dataclass(frozen=True, slots=True)
class DimensionValue:
    """A length such as "6px" or a DTCG dimension object. source/dimensions.py reads it."""


Kind = Leaf | Listing | Members | Named | TokenTree | ColorValue | DimensionValue


@dataclass(frozen=True, slots=True)
class Field:
    """A key and its value. `default` says in words what stands in for an absent value."""

    name: str
    kind: Kind
    summary: str
    default: str | None = None
    examples: tuple[JsonValue, ...] = ()
    is_required: bool = False


def names_at(table: Members, pointer: str) -> tuple[str, ...]:
    """The names that an object at a JSON Pointer can have, in the table's order; none where it names them itself."""
    kind: Kind = table
    for part in pointer_parts(pointer):
        if isinstance(kind, Listing):
            kind = kind.item
        elif isinstance(kind, Members) and part in kind.by_name:
            kind = kind.by_name[part].kind
        else:
            return ()
    return tuple(kind.by_name) if isinstance(kind, Members) else ()
