"""Several groups of tokens, from files or from parts of files, as one, which still knows who wrote what.

Later parts win: groups merge, a token replaces another of the same path as a whole. What a group says of itself is
replaced key by key, and its `$extensions` vendor by vendor.
Source: DTCG Resolver Module 2025.10, "Sets" and "Resolution logic"; Format Module, "Inheritance Semantics".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from themekit.diagnostics import Note
from themekit.diagnostics.printable import quoted
from themekit.model.token import TokenType
from themekit.source.codes import TOKEN_IS_GROUP, TOKEN_TYPE_REPLACED
from themekit.source.json_value import child_pointer, dotted
from themekit.source.sources import Sources
from themekit.source.token_tree import is_token

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from themekit.diagnostics import Reporter
    from themekit.model import Origin
    from themekit.source.json_value import JsonObject, JsonValue

_TYPES = frozenset(get_args(TokenType))
_NONE: dict[str, int] = {}


class Part(NamedTuple):
    """A group of tokens: the object at `pointer` of a document, and where that was written."""

    members: JsonObject
    sources: Sources
    pointer: str = ""

    @property
    def omitted(self) -> frozenset[str]:
        """Pointers below `pointer` of values that were reported while reading the JSON."""
        start = f"{self.pointer}/"
        every = (each for each in self.sources.omitted if each.startswith(start))
        return frozenset(each.removeprefix(self.pointer) for each in every)

    def origin(self, pointer: str, part: Literal["key", "value"]) -> Origin:
        """The place of something in the group."""
        return self.sources.origin(f"{self.pointer}{pointer}", part)


@dataclass(frozen=True, slots=True)
class ComposedSources(Sources):
    """The parts by number; by the pointer of a group its members, and the number of the part that wrote each of these.

    What has no entry belongs to the part of its nearest parent with one, and the whole to the first.
    """

    parts: tuple[Part, ...] = ()
    owners: dict[str, dict[str, int]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """As of any sources."""
        return hash(self.path)

    def part_of(self, pointer: str) -> Part:
        """The part in which the value at this pointer was written."""
        while pointer:
            pointer, _, part = pointer.rpartition("/")
            number = self.owners.get(pointer, _NONE).get(part.replace("~1", "/").replace("~0", "~"))
            if number is not None:
                return self.parts[number]
        return self.parts[0]

    def path_of(self, pointer: str) -> PurePosixPath:
        """The file in which the value at this pointer was written."""
        part = self.part_of(pointer)
        return part.sources.path_of(f"{part.pointer}{pointer}")

    def origin(self, pointer: str, part: Literal["key", "value"] = "value") -> Origin:
        """The place of the value, or of its key, in its own file."""
        return self.part_of(pointer).origin(pointer, part)


class Composition(NamedTuple):
    """The tokens of all parts."""

    members: JsonObject
    sources: Sources


def composed(parts: Sequence[Part], report: Reporter) -> Composition:
    """All parts, the later ones over the earlier ones. A token in the place of a group is reported, and left out."""
    if len(parts) == 1 and not parts[0].pointer:
        return Composition(parts[0].members, parts[0].sources)
    sources = ComposedSources(
        parts[0].sources.path,
        omitted=frozenset[str]().union(*(part.omitted for part in parts)),
        parts=tuple(parts),
    )
    members = parts[0].members
    for number, part in enumerate(parts[1:], start=1):
        members = _Overlay(sources, number, report).of(members, part.members, "", Types())
    return Composition(members, sources)


class Types(NamedTuple):
    """The types that groups hand down to their tokens: below, and in what is laid over it."""

    below: JsonValue = None
    above: JsonValue = None

    def within(self, below: JsonObject, above: JsonObject) -> Types:
        """Those in a group of each; a group above that names none has the one below's, as groups merge."""
        theirs = below.get("$type") or self.below
        return Types(theirs, above.get("$type") or below.get("$type") or self.above)

    def of(self, below: JsonObject, above: JsonObject) -> tuple[str, str] | None:
        """The types of two tokens, if they are known and differ; a reference has its target's, which is not known."""
        one, other = _own_type(below, self.below), _own_type(above, self.above)
        return (one, other) if one and other and one != other else None


def _own_type(token: JsonObject, inherited: JsonValue) -> str | None:
    value, own = token.get("$value"), token.get("$type")
    is_alias = "$ref" in token or (isinstance(value, str) and value.startswith("{"))
    found = own or (None if is_alias else inherited)
    return found if isinstance(found, str) and found in _TYPES else None  # any other is reported elsewhere


class _Overlay(NamedTuple):
    sources: ComposedSources
    number: int
    report: Reporter

    def of(self, below: JsonObject, above: JsonObject, pointer: str, types: Types) -> JsonObject:
        """`above` over `below`, which stays as it is: other compositions may share it."""
        result = below | above
        types = types.within(below, above)
        is_same_type = types.below == types.above
        replaced = []
        for key, value in above.items():
            before = below.get(key)
            if type(value) is dict and type(before) is dict:
                if key == "$extensions":
                    result[key] = {**before, **value}
                    continue
                # Two values of one inherited type: what nearly all of a context is. For all else, a closer look.
                is_usual = is_same_type and before.get("$value") is not None and value.get("$value") is not None
                if not is_usual or "$type" in before or "$type" in value:
                    here = child_pointer(pointer, key)
                    is_below, is_above = is_token(before), is_token(value)
                    if not is_below and not is_above and key != "$root":
                        result[key] = self.of(before, value, here, types)
                        continue
                    if is_below != is_above and before and value:
                        result[key] = before
                        self.report_conflict(here, is_token_above=is_above)
                        continue
                    if is_above and is_below and (found := types.of(before, value)):
                        self.report_type(here, found)
            replaced.append(key)
        self.sources.owners.setdefault(pointer, {}).update(dict.fromkeys(replaced, self.number))
        return result

    def report_type(self, pointer: str, types: tuple[str, str]) -> None:
        part = self.sources.parts[self.number]
        message = f"{quoted(dotted(pointer))} is a {types[1]} here and a {types[0]} in what it is laid over"
        notes = [Note(f"a {types[0]} here", self.sources.origin(pointer, "key"))]
        hint = "give it another name, or one type in both"
        self.report(TOKEN_TYPE_REPLACED, part.origin(pointer, "key"), message, notes=notes, hint=hint)

    def report_conflict(self, pointer: str, *, is_token_above: bool) -> None:
        part = self.sources.parts[self.number]
        kinds = ("a token", "a group") if is_token_above else ("a group", "a token")
        message = f"{quoted(dotted(pointer))} is {kinds[0]} here and {kinds[1]} in what it is laid over"
        notes = [Note(f"{kinds[1]} here", self.sources.origin(pointer, "key"))]
        self.report(TOKEN_IS_GROUP, part.origin(pointer, "key"), message, notes=notes)
