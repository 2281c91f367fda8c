"""A resolver document that a brand's `tokens` name: the groups of tokens in each mode that its contexts make.

    "tokens": {"resolver": "acme.resolver.json", "contexts": {"density": "compact"}}

Contexts named like modes make these modes; `modes` says which contexts do where they have other names.
Source: DTCG Resolver Module 2025.10, "Inputs".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

from themekit.diagnostics.printable import quoted
from themekit.model import Mode
from themekit.source.codes import UNKNOWN_CONTEXT, UNKNOWN_KEY, UNKNOWN_MODE, WRONG_TYPE
from themekit.source.json_value import json_type, noun
from themekit.source.resolver_input import match

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.source.composition import Part
    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item
    from themekit.source.resolver import Modifier, Resolver

KEYS = ("resolver", "contexts", "modes")
MODES = {mode.value: mode for mode in Mode}


def names_resolver(value: JsonValue) -> TypeGuard[JsonObject]:
    """The object names a resolver document. A group of tokens with that name holds an object under it, never text."""
    return isinstance(value, dict) and isinstance(value.get("resolver"), str)


def is_in_place(value: JsonValue) -> TypeGuard[JsonObject]:
    """The value of `tokens` is a group of tokens and names no file."""
    return isinstance(value, dict) and not names_resolver(value)


def scheme_of(mode: Mode) -> Mode:
    """The mode whose values a high contrast mode has where it has none of its own; any other has those of light."""
    return Mode.DARK if mode is Mode.DARK_CONTRAST else Mode.LIGHT


def nearest_of(mode: Mode, among: Mapping[Mode, object]) -> Mode:
    """The first of the mode, its scheme and light that is there; light if none is."""
    return next((each for each in (mode, scheme_of(mode)) if each in among), Mode.LIGHT)


@dataclass(frozen=True, slots=True)
class ChosenContexts:
    """A resolver, and the contexts of its modifiers in each mode that it makes, light always among them."""

    resolver: Resolver
    by_mode: Mapping[Mode, Mapping[str, str]]

    def parts(self, mode: Mode) -> tuple[Part, ...]:
        """The groups of tokens of a mode; of one that the resolver does not make, those of its scheme."""
        return self.resolver.parts(self.by_mode[nearest_of(mode, self.by_mode)])


def chosen_contexts(item: Item, resolver: Resolver) -> ChosenContexts | None:
    """Which contexts hold in which mode, by the object that names the resolver; None if that is not known."""
    return _Chooser(item, resolver).chosen()


@dataclass(slots=True)
class _Chooser:
    item: Item
    resolver: Resolver
    is_good: bool = True
    fixed: dict[str, str] = field(default_factory=dict)

    def chosen(self) -> ChosenContexts | None:
        members = self.item.value if isinstance(self.item.value, dict) else {}
        for key, value in members.items():
            if key not in KEYS:
                member = self.item.at(key, value)
                hint = member.names_hint(key, KEYS, label="known keys")
                message = f"`tokens` that name a resolver have no key {quoted(key)}"
                self.wrong(member).report(UNKNOWN_KEY, message, hint=hint, part="key")
        if (contexts := members.get("contexts")) is not None:
            self.fixed.update(self.read(self.item.at("contexts", contexts)))
        if (modes := members.get("modes")) is not None:
            by_mode: dict[Mode, Mapping[str, str]] = {Mode.LIGHT: self.fixed}
            by_mode.update(self.written(self.item.at("modes", modes)))
        else:
            by_mode = self.named()
        whole = {mode: self.complete(contexts) for mode, contexts in by_mode.items()}
        self.check_defaults(whole)
        return ChosenContexts(self.resolver, whole) if self.is_good else None

    def wrong(self, item: Item) -> Item:
        self.is_good = False
        return item

    def written(self, modes: Item) -> Iterator[tuple[Mode, Mapping[str, str]]]:
        """The contexts of each mode under `modes`, over those that always hold."""
        for name, value in self.members(modes, "modes and their contexts").items():
            item = modes.at(name, value)
            if name in MODES:
                yield MODES[name], {**self.fixed, **self.read(item)}
            else:
                hint = item.names_hint(name, MODES, label="allowed")
                self.wrong(item).report(UNKNOWN_MODE, f"there is no mode {quoted(name)}", hint=hint, part="key")

    def named(self) -> dict[Mode, Mapping[str, str]]:
        """The modes for which a modifier that is free has a context of that name, whatever its case."""
        free: dict[str, dict[Mode, str]] = {}
        for name, modifier in self.resolver.modifiers.items():
            known = {MODES[each.casefold()]: each for each in modifier.contexts if each.casefold() in MODES}
            if known and name not in self.fixed:
                free[name] = known
        wanted = {mode for known in free.values() for mode in known} | {Mode.LIGHT}
        return {
            mode: self.fixed
            | {name: known[near] for name, known in free.items() if (near := nearest_of(mode, known)) in known}
            for mode in Mode
            if mode in wanted
        }

    def read(self, contexts: Item) -> dict[str, str]:
        """One context for each modifier named, by the names that the document has."""
        found: dict[str, str] = {}
        modifiers = self.resolver.modifiers
        for name, value in self.members(contexts, "modifiers and their contexts").items():
            item = contexts.at(name, value)
            known = match(name, modifiers)
            if known is None:
                hint = item.names_hint(name, modifiers, label="modifiers")
                self.wrong(item).report(
                    UNKNOWN_CONTEXT, f"the resolver has no modifier {quoted(name)}", hint=hint, part="key"
                )
            elif (context := self.context(item, modifiers[known])) is not None:
                found[known] = context
        return found

    def context(self, item: Item, modifier: Modifier) -> str | None:
        text = item.text()
        known = None if text is None else match(text, modifier.contexts)
        if text is None:
            message = f"{item.name}: expected the name of a context, found {noun(json_type(item.value))}"
            self.wrong(item).report(WRONG_TYPE, message)
        elif known is None:
            hint = item.names_hint(text, modifier.contexts, label="contexts")
            message = f"the modifier {quoted(modifier.name)} has no context {quoted(text)}"
            self.wrong(item).report(UNKNOWN_CONTEXT, message, hint=hint)
        return known

    def members(self, item: Item, what: str) -> JsonObject:
        if isinstance(item.value, dict):
            return item.value
        message = f"{item.name}: expected an object of {what}, found {noun(json_type(item.value))}"
        self.wrong(item).report(WRONG_TYPE, message)
        return {}

    def complete(self, contexts: Mapping[str, str]) -> dict[str, str]:
        """The contexts, and the default of each modifier that has none among them."""
        defaults = {name: each.default for name, each in self.resolver.modifiers.items() if each.default is not None}
        return {**defaults, **contexts}

    def check_defaults(self, by_mode: Mapping[Mode, Mapping[str, str]]) -> None:
        for name, modifier in self.resolver.modifiers.items():
            if any(name not in contexts for contexts in by_mode.values()):
                first = next(iter(modifier.contexts))
                message = f"the modifier {quoted(name)} has no default, and no context of it is chosen"
                hint = f'choose one: "contexts": {{"{name}": "{first}"}}'
                self.wrong(self.item).report(UNKNOWN_CONTEXT, message, hint=hint)
