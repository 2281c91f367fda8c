"""A resolver document: sets of tokens, and modifiers of which one context each is chosen, in the order they apply.

Source: DTCG Resolver Module 2025.10.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from themekit.diagnostics.printable import quoted
from themekit.source.codes import INVALID_RESOLVER, MISSING_FIELD, TOO_LONG, UNKNOWN_CHOICE, UNKNOWN_KEY, WRONG_TYPE
from themekit.source.composition import Part
from themekit.source.json_value import json_type, noun, pointer_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from themekit.source.json_value import JsonType
    from themekit.source.node import Item
    from themekit.source.resolver_documents import Documents

VERSION = "2025.10"
IF_EMPTY = (
    'write {"version": "2025.10", "sets": {"base": {"sources": [{"$ref": "base.tokens.json"}]}}, '
    '"resolutionOrder": [{"$ref": "#/sets/base"}]}'
)
MAX_PARTS = 1000  # groups of tokens in one resolution
MAX_NESTED = 32  # sets in sets
MAX_SOURCES = 4000  # followed in one resolution: sets that name others twice multiply with each level
ROOT_KEYS: dict[str, JsonType] = {
    "$schema": "string",
    "name": "string",
    "version": "string",
    "description": "string",
    "sets": "object",
    "modifiers": "object",
    "resolutionOrder": "array",
    "$defs": "object",
}
SET_KEYS: dict[str, JsonType] = {"description": "string", "sources": "array", "$extensions": "object"}
MODIFIER_KEYS: dict[str, JsonType] = {
    "description": "string",
    "contexts": "object",
    "default": "string",
    "$extensions": "object",
}
INLINE_KEYS: dict[str, JsonType] = {"name": "string", "type": "string"}


class Modifier(NamedTuple):
    """A modifier of `resolutionOrder`: the sources of each context, and the one that holds if none is chosen."""

    name: str
    item: Item
    contexts: Mapping[str, Item]
    default: str | None = None


class Resolver(NamedTuple):
    """What a document says, as far as it could be read: the sources of each set, and the modifiers, in their order."""

    path: PurePosixPath
    documents: Documents
    order: tuple[Modifier | Item, ...] = ()

    @property
    def modifiers(self) -> Mapping[str, Modifier]:
        """By name."""
        return {each.name: each for each in self.order if isinstance(each, Modifier)}

    def parts(self, contexts: Mapping[str, str]) -> tuple[Part, ...]:
        """The groups of tokens of one resolution, to be composed in this order; `contexts` is by modifier."""
        found: list[Part] = []
        reader = _Sources(self.documents)
        for each in self.order:
            sources = each.contexts[contexts[each.name]] if isinstance(each, Modifier) else each
            found += reader.of(sources, ())
        return tuple(found)


def read_resolver(path: PurePosixPath, documents: Documents) -> Resolver | None:
    """The resolver document at `path`; None if it cannot be read at all. Every mistake in it is reported."""
    root = documents.root(path, if_empty=IF_EMPTY)
    return None if root is None else Resolver(path, documents, _Reader(documents, root).order())


@dataclass(slots=True)
class _Reader:
    documents: Documents
    root: Item
    names: dict[str, Item] = field(default_factory=dict)
    known: dict[tuple[PurePosixPath, str], Modifier | Item | None] = field(default_factory=dict)

    def order(self) -> tuple[Modifier | Item, ...]:
        members = self.root.value if isinstance(self.root.value, dict) else {}
        _check_keys(self.root, ROOT_KEYS, what="a resolver document")
        for key in ("version", "resolutionOrder"):
            if key not in members:
                self.root.report(MISSING_FIELD, f"`{key}` is required in a resolver document")
        version = members.get("version")
        if isinstance(version, str) and version != VERSION:
            hint = f'write "{VERSION}"'
            self.root.at("version", version).report(UNKNOWN_CHOICE, f"`version` cannot be {quoted(version)}", hint=hint)
        self.check_unused()
        order = members.get("resolutionOrder")
        if not isinstance(order, list):
            return ()
        written = self.root.at("resolutionOrder", order)
        if not order:
            written.report(INVALID_RESOLVER, "`resolutionOrder` is empty, so there is no token")
        found = [self.item_of_order(written.at(index, each)) for index, each in enumerate(order[:MAX_PARTS])]
        if len(order) > MAX_PARTS:
            written.report(TOO_LONG, f"`resolutionOrder` has more than {MAX_PARTS} items")
        return tuple(each for each in found if each is not None)

    def check_unused(self) -> None:
        """Sets and modifiers that no order names are looked at too: a slip in them would show up much later."""
        members = self.root.value if isinstance(self.root.value, dict) else {}
        for key, read in (("sets", self.sources_of), ("modifiers", self.modifier_of)):
            every = members.get(key)
            if isinstance(every, dict):
                for name, value in every.items():
                    item = self.root.at(key, every).at(name, value)
                    self.known[item.sources.path, item.pointer] = read(item, name)

    def item_of_order(self, item: Item) -> Modifier | Item | None:
        members = item.value
        if not isinstance(members, dict):
            item.report(WRONG_TYPE, f"expected a set or a modifier, found {noun(json_type(members))}")
            return None
        if "$ref" not in members:
            return self.inline(item)
        target = self.documents.target(item)
        if target is None:
            return None
        parts = pointer_parts(target.pointer)
        if len(parts) != 2 or parts[0] not in {"sets", "modifiers"}:
            message = f"{quoted(str(members['$ref']))} is neither a set nor a modifier"
            hint = "write `#/sets/…` or `#/modifiers/…`"
            item.at("$ref", members["$ref"]).report(INVALID_RESOLVER, message, hint=hint)
            return None
        read = self.sources_of if parts[0] == "sets" else self.modifier_of
        is_plain = len(members) == 1
        place = (target.sources.path, target.pointer)
        found = self.known[place] if is_plain and place in self.known else read(target if is_plain else item, parts[1])
        if isinstance(found, Modifier) and not self.is_new(parts[1], item):
            return None
        return found

    def inline(self, item: Item) -> Modifier | Item | None:
        members = item.value if isinstance(item.value, dict) else {}
        kind, name = members.get("type"), members.get("name")
        for key in ("name", "type"):
            if not isinstance(members.get(key), str):
                item.report(INVALID_RESOLVER, f"a set or modifier in `resolutionOrder` needs `{key}`")
        if not isinstance(name, str) or not isinstance(kind, str):
            return None
        if kind not in {"set", "modifier"}:
            item.at("type", kind).report(
                UNKNOWN_CHOICE, f"`type` cannot be {quoted(kind)}", hint='write "set" or "modifier"'
            )
            return None
        is_new = self.is_new(name, item)
        read = self.sources_of if kind == "set" else self.modifier_of
        found = read(item, name, more=INLINE_KEYS)
        return found if is_new else None

    def is_new(self, name: str, item: Item) -> bool:
        other = self.names.setdefault(name, item)
        if other is not item:
            item.report(INVALID_RESOLVER, f"`resolutionOrder` has the name {quoted(name)} twice")
        return other is item

    def sources_of(self, item: Item, name: str, *, more: Mapping[str, JsonType] | None = None) -> Item | None:
        """The sources of a set."""
        what = f"the set {quoted(name)}"
        if not _check_keys(item, {**SET_KEYS, **(more or {})}, what=what):
            return None
        sources = self.documents.member(item, "sources")
        if sources is None and isinstance(item.value, dict) and "$ref" not in item.value:
            item.report(MISSING_FIELD, f"{what} needs `sources`")
        return sources if sources is not None and isinstance(sources.value, list) else None

    def modifier_of(self, item: Item, name: str, *, more: Mapping[str, JsonType] | None = None) -> Modifier | None:
        """A modifier, as far as it can be used."""
        what = f"the modifier {quoted(name)}"
        if not _check_keys(item, {**MODIFIER_KEYS, **(more or {})}, what=what):
            return None
        contexts, default = self.documents.member(item, "contexts"), self.documents.member(item, "default")
        if contexts is None or not isinstance(contexts.value, dict):
            if contexts is None and isinstance(item.value, dict) and "$ref" not in item.value:
                item.report(MISSING_FIELD, f"{what} needs `contexts`")
            return None
        by_name = {key: contexts.at(key, value) for key, value in contexts.value.items()}
        self.check_contexts(contexts, by_name, what)
        chosen = default.text() if default is not None else None
        if default is not None and chosen is not None and chosen not in by_name:
            hint = default.names_hint(chosen, by_name, label="contexts")
            default.report(INVALID_RESOLVER, f"`default` of {what} cannot be {quoted(chosen)}", hint=hint)
        return Modifier(name, item, by_name, chosen if chosen in by_name else None) if by_name else None

    def check_contexts(self, contexts: Item, by_name: Mapping[str, Item], what: str) -> None:
        if len(by_name) < 2:
            hint = None if not by_name else "what always applies is a set"
            contexts.report(
                INVALID_RESOLVER, f"{what} needs two contexts or more, and has {len(by_name) or 'none'}", hint=hint
            )
        for each in by_name.values():
            if not isinstance(each.value, list):
                each.report(WRONG_TYPE, f"{each.name}: expected an array, found {noun(json_type(each.value))}")


@dataclass(slots=True)
class _Sources:
    """Follows the sources of sets and contexts of one resolution down to groups of tokens; `count` are those so far."""

    documents: Documents
    count: int = 0

    def of(self, sources: Item, opened: tuple[tuple[PurePosixPath, str], ...]) -> Iterator[Part]:
        for index, each in enumerate(sources.value if isinstance(sources.value, list) else ()):
            if self.count > MAX_SOURCES:  # reported
                return
            self.count += 1
            source = sources.at(index, each)
            if self.count > MAX_SOURCES:
                message = f"one resolution has more than {MAX_SOURCES} sources, those of sets in sets counted each time"
                source.report(TOO_LONG, message)
                return
            if not isinstance(each, dict):
                source.report(WRONG_TYPE, f"expected tokens or a reference, found {noun(json_type(each))}")
            elif "$ref" in each:
                yield from self.referred(source, opened)
            else:
                yield Part(each, source.sources, source.pointer)

    def referred(self, source: Item, opened: tuple[tuple[PurePosixPath, str], ...]) -> Iterator[Part]:
        members = source.value if isinstance(source.value, dict) else {}
        target = self.documents.target(source)
        if target is None:
            return
        written = source.at("$ref", members["$ref"])
        first, *rest = (*pointer_parts(target.pointer), "")
        if first in {"modifiers", "resolutionOrder"}:
            what = "a modifier" if first == "modifiers" else "an item of `resolutionOrder`"
            written.report(INVALID_RESOLVER, f"{quoted(str(written.value))}: nothing but the order may refer to {what}")
            return
        here = (target.sources.path, target.pointer)
        if here in opened or len(opened) > MAX_NESTED:
            circle = " -> ".join(quoted(pointer) for _, pointer in (*takewhile(lambda one: one != here, opened), here))
            written.report(INVALID_RESOLVER, f"sets refer to one another in a circle: {circle}")
            return
        own = {key: value for key, value in members.items() if key != "$ref"}
        if first == "sets" and len(rest) == 2:
            sources = self.documents.member(source, "sources")
            if sources is not None:
                yield from self.of(sources, (*opened, here))
        elif not isinstance(target.value, dict):
            written.report(WRONG_TYPE, f"expected tokens, found {noun(json_type(target.value))}")
        elif "$ref" in target.value:
            yield from self.referred(target, (*opened, here))
        else:
            # keys beside `$ref` override as a whole: "objects and arrays are not merged"
            kept = {key: value for key, value in target.value.items() if key not in own} if own else target.value
            yield Part(kept, target.sources, target.pointer)
            if own:
                yield Part(own, source.sources, source.pointer)


def _check_keys(item: Item, keys: Mapping[str, JsonType], *, what: str) -> bool:
    """Report unknown keys and wrong types; False if it is no object at all."""
    if not isinstance(item.value, dict):
        item.report(WRONG_TYPE, f"{what}: expected an object, found {noun(json_type(item.value))}")
        return False
    for key, value in item.value.items():
        member, type_ = item.at(key, value), keys.get(key)
        if key == "$ref" and "version" not in keys:
            continue
        if type_ is None:
            hint = member.names_hint(key, keys, label="known keys")
            member.report(UNKNOWN_KEY, f"{what} has no key {quoted(key)}", hint=hint, part="key")
        elif json_type(value) != type_ and not member.sources.is_omitted(member.pointer):
            member.report(WRONG_TYPE, f"`{key}` of {what}: expected {noun(type_)}, found {noun(json_type(value))}")
    return True
