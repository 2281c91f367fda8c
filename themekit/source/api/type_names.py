"""The names of types: of a component its own, of all others made from the place where they stand.

A name depends on that place and on nothing else, so a change elsewhere leaves it as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.model.api_types import TypeId
from themekit.source.api.names import Scope, named, singular, started, words_of
from themekit.source.json_value import pointer_parts
from themekit.source.reserved_words import RESERVED_TYPE_WORDS

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.model.api_types import Name
    from themekit.source.api.reading import At

MAX_NAME_WORDS = 20

_SECTION_WORDS = {"requestBodies": "request", "responses": "response", "pathItems": "", "callbacks": "callback"}
_DEFINITIONS = frozenset({"$defs", "definitions", "schemas"})
_GOOD_TITLE = re.compile(r"[A-Za-z][A-Za-z0-9 _-]{1,39}")


@dataclass(slots=True)
class TypeNames:
    """The scope of all types, and the names that those of types are made from.

    `operations` are by the keys of their places, `parameters` by their pointers in the description's own file.
    """

    path: PurePosixPath
    sole: set[str]
    scope: Scope = field(default_factory=Scope)
    components: dict[str, Name] = field(default_factory=dict)
    operations: dict[str, Name] = field(default_factory=dict)
    parameters: dict[str, Name] = field(default_factory=dict)

    def reserve(self, component: str) -> None:
        """Give a component its name, before any schema without a name gets one."""
        self.components[component] = self.scope.unique(safe(named(component, "type")))

    def unique(self, at: At) -> tuple[TypeId, Name]:
        """The name of the schema at this place, from now on taken."""
        parts = pointer_parts(at.pointer)
        words = self._of_component(at, parts) or self._unique(at, parts)
        return TypeId("_".join(words)), words

    def _of_component(self, at: At, parts: list[str]) -> Name | None:
        """The name of the component that this schema is, or is the only alternative of."""
        if at.path != self.path or parts[:2] != ["components", "schemas"] or at.mark or at.parts:
            return None
        written = at.pointer.split("/")
        inner = ["/".join(written[:end]) for end in range(6, len(written) + 1, 2)]
        if len(parts) % 2 == 0 or any(f"{at.path}#{each}" not in self.sole for each in inner):
            return None
        return self.components.get(parts[2])

    def _unique(self, at: At, parts: list[str]) -> Name:
        """The name of the place; that of an item that another type has is `…_item` before it gets a number."""
        words = safe(started(self.wanted(at, parts), "type"))
        if parts[-1:] == ["items"] and not at.parts and not self.scope.is_free(words):
            words = (*started(self.wanted(at, parts[:-1]), "type"), "item")
        return self.scope.unique(words)

    def wanted(self, at: At, parts: list[str]) -> Name:
        """The words of the place, and what tells this schema from the others there."""
        base, rest = self._base(at, parts)
        words = self._stepped(base, rest, at, at.pointer)
        if at.mark in ("base", "object"):
            words.append(at.mark)
        elif at.parts and at.mark:  # an alternative with what stands beside it: the owner's name, and its own
            owner = self.wanted_of_owner(at)
            own = _title(at.parts[-1]) or tuple(words)
            words = [*owner, *without_start(own, owner)]
        elif rest[-2:-1] in (["oneOf"], ["anyOf"]) and words[-2:-1] == ["option"] and _own_words(at):
            words = _joined(words[:-2], _own_words(at))
        return tuple(words[:MAX_NAME_WORDS])

    def wanted_of_owner(self, at: At) -> Name:
        """The words of the schema whose alternative this is."""
        owner = pointer_parts(at.mark.removeprefix("@"))
        base, rest = self._base(at, owner)
        return tuple(self._stepped(base, rest, at, at.mark.removeprefix("@")))

    def _stepped(self, base: Name, rest: list[str], at: At, pointer: str) -> list[str]:
        written = pointer.split("/")
        words, index = list(base), 0
        while index < len(rest):
            here = "/".join(written[: len(written) - len(rest) + index + 2])
            if here in self.parameters and rest[index] == "parameters":
                words, index = _joined(words, self.parameters[here]), index + 2
            elif f"{at.path}#{here}" in self.sole and rest[index] in _ONE_OF_MANY:
                index += 2
            else:
                words, index = self._step(words, rest, index)
        return words

    def _base(self, at: At, parts: list[str]) -> tuple[Name, list[str]]:
        if len(parts) >= 3 and parts[0] == "components" and parts[1] != "schemas":
            suffix = _SECTION_WORDS.get(parts[1], "")
            words = words_of(parts[2])
            return (words if not suffix or words[-1:] == (suffix,) else (*words, suffix)), parts[3:]
        written = at.pointer.split("/")
        for length in range(min(len(written), len(parts) + 1), 0, -1):
            found = self.operations.get(f"{at.path}#{'/'.join(written[:length])}")
            if found is not None:
                return found, parts[length - 1 :]
        if parts[:1] == ["paths"] and len(parts) > 2:
            return words_of(parts[1]) or ("root",), parts[2:]
        for index in range(len(parts) - 1, 0, -1):
            if parts[index - 1] in _DEFINITIONS and _is_definition(parts, index):
                return self._defined(at, parts, index), parts[index + 1 :]
        return self._of_file(at, parts)

    def _defined(self, at: At, parts: list[str], index: int) -> Name:
        if at.path == self.path and parts[:2] == ["components", "schemas"] and index == 2:
            return self.components.get(parts[2]) or words_of(parts[2])
        return words_of(parts[index])

    def _of_file(self, at: At, parts: list[str]) -> tuple[Name, list[str]]:
        index = next((i for i, part in enumerate(parts) if part in _KEYWORDS), len(parts))
        if index:
            return words_of(parts[index - 1]) or ("type",), parts[index:]
        return words_of(at.path.stem.split(".")[0]) or ("type",), parts

    def _step(self, words: list[str], rest: list[str], index: int) -> tuple[list[str], int]:
        """The words one step further into the schema, and the index of the next step."""
        part = rest[index]
        following = rest[index + 1] if index + 1 < len(rest) else ""
        if part in _BY_NAME:
            return _joined(words, words_of(following) or named(following, "field")), index + 2
        if part in _ONE_OF_MANY:
            return [*words, *_ONE_OF_MANY[part], _number(following)], index + 2
        if part == "responses":
            return [*words, *_response_words(following)], index + 2
        if part in ("parameters", "headers"):
            return (words if following.isdecimal() else _joined(words, words_of(following))), index + 2
        if part in ("allOf", "content"):
            return words, index + 2
        if part in _LISTS:
            return list(singular(tuple(words))), index + 1
        return [*words, *_WORDS_OF_KEYWORDS.get(part, words_of(part))], index + 1


_BY_NAME = frozenset({"properties", "patternProperties", "$defs", "definitions", "callbacks", "encoding"})
_LISTS = frozenset({"items", "contains", "unevaluatedItems", "itemSchema", "x-itemSchema"})
_ONE_OF_MANY = {"oneOf": ("option",), "anyOf": ("option",), "prefixItems": ("item",)}
_WORDS_OF_KEYWORDS: dict[str, Name] = {
    "additionalProperties": ("value",),
    "unevaluatedProperties": ("value",),
    "requestBody": ("request",),
    **dict.fromkeys(("schema", "if", "then", "else", "not"), ()),
}
_KEYWORDS = frozenset({"properties", "items", "allOf", "oneOf", "anyOf", "additionalProperties", "prefixItems"})


def safe(words: Name) -> Name:
    """The name, longer by the word `model` if languages use it themselves."""
    return (*words, "model") if "".join(words) in RESERVED_TYPE_WORDS else words


def without_start(words: Name, start: Name) -> Name:
    """The words without those they begin with; all of them if none were left."""
    if len(words) > len(start) and words[: len(start)] == start:
        return words[len(start) :]
    return words


def _is_definition(parts: list[str], index: int) -> bool:
    """Not a property that is called `schemas`."""
    return index < 2 or parts[index - 2] != "properties"


def _title(at: At) -> Name:
    title = at.members.get("title")
    return words_of(title) if isinstance(title, str) and _GOOD_TITLE.fullmatch(title) else ()


def _own_words(at: At) -> Name:
    """What an alternative calls itself: its title, or the one value of a member."""
    properties = at.members.get("properties")
    for each in properties.values() if isinstance(properties, dict) and not _title(at) else ():
        listed = each.get("enum", [each.get("const")]) if isinstance(each, dict) else None
        if isinstance(listed, list) and len(listed) == 1 and isinstance(listed[0], str):
            return words_of(listed[0])
    return _title(at)


def _number(index: str) -> str:
    return str(int(index) + 1) if index.isdecimal() else index


def _response_words(status: str) -> tuple[str, ...]:
    if status[:1] == "2":
        return ("response",)
    return ("error",) if status == "default" else (f"error{status.lower()}",)


def _joined(words: list[str], more: Name) -> list[str]:
    """One name after the other, without saying twice what ends the one and starts the other."""
    for length in range(min(len(words), len(more)), 0, -1):
        if tuple(words[-length:]) == more[:length]:
            return [*words, *more[length:]] if len(more) > length else [*words, *more]
    return [*words, *more]
