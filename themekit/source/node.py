"""An object of a brand file whose shape was checked, with the places of its members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.diagnostics.printable import quoted
from themekit.source.did_you_mean import did_you_mean, did_you_mean_or
from themekit.source.json_value import JsonObject, as_number, child_pointer, dotted

MAX_NAME = 120  # a key may be as long as its file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from themekit.diagnostics import Code, Note, Reporter
    from themekit.model import Origin
    from themekit.source.json_value import JsonValue
    from themekit.source.sources import Sources


@dataclass(frozen=True, slots=True)
class Item:
    """One value with its place: a member or an element."""

    value: JsonValue
    pointer: str
    sources: Sources
    reporter: Reporter

    @property
    def name(self) -> str:
        """The dotted name in backticks, for messages."""
        return quoted(dotted(self.pointer), MAX_NAME)

    def origin(self, part: Literal["key", "value"] = "value") -> Origin:
        """Where it was written."""
        return self.sources.origin(self.pointer, part)

    def report(
        self,
        code: Code,
        message: str,
        *,
        hint: str | None = None,
        notes: Iterable[Note] = (),
        part: Literal["key", "value"] = "value",
    ) -> None:
        """Report a mistake at this value, or at its key."""
        self.reporter(code, self.origin(part), message, hint=hint, notes=notes)

    def near(self, name: str, names: Iterable[str]) -> str | None:
        """The hint "did you mean `x`?", or None."""
        return did_you_mean(name, names, before=len(self.reporter.found))

    def names_hint(self, name: str, names: Collection[str], *, label: str) -> str | None:
        """The hint "did you mean `x`?", or all names after the label; None after many mistakes."""
        return did_you_mean_or(name, names, label=label, before=len(self.reporter.found))

    def at(self, key: str | int, value: JsonValue) -> Item:
        """The item of a member or an element of this value."""
        return Item(value, child_pointer(self.pointer, key), self.sources, self.reporter)

    def text(self) -> str | None:
        """The value if it is a string."""
        return self.value if isinstance(self.value, str) else None


@dataclass(frozen=True, slots=True)
class Node:
    """An object; a node of no members stands for an absent one."""

    members: JsonObject
    pointer: str
    sources: Sources
    reporter: Reporter

    def item(self, key: str) -> Item | None:
        """The member, or None if it is absent."""
        if key not in self.members:
            return None
        return Item(self.members[key], child_pointer(self.pointer, key), self.sources, self.reporter)

    def node(self, key: str) -> Node:
        """The object under this key, without members if it is absent."""
        value = self.members.get(key)
        members = value if isinstance(value, dict) else {}
        return Node(members, child_pointer(self.pointer, key), self.sources, self.reporter)

    def has(self, key: str) -> bool:
        """The member is there."""
        return key in self.members

    def choice(self, key: str, default: str) -> str:
        """A string that the table of fields already compared with its choices."""
        value = self.members.get(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: float) -> float:
        """A number that the table of fields already compared with its range."""
        found = as_number(self.members.get(key))
        return default if found is None else found

    def items(self, key: str) -> tuple[Item, ...]:
        """The elements of an array; those that were rejected are left out, the others keep their index."""
        value = self.members.get(key)
        if not isinstance(value, list):
            return ()
        pointer = child_pointer(self.pointer, key)
        return tuple(
            Item(item, f"{pointer}/{index}", self.sources, self.reporter)
            for index, item in enumerate(value)
            if item is not None
        )

    def nodes(self, key: str) -> tuple[Node, ...]:
        """The elements of an array of objects."""
        return tuple(
            Node(item.value, item.pointer, self.sources, self.reporter)
            for item in self.items(key)
            if isinstance(item.value, dict)
        )
