"""How a token refers to another: `{color.primary.9}`, or a JSON Pointer in `$ref`. References stay references.

Source: DTCG Format Module 2025.10, "Aliases / References".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import Alias, TokenId
from themekit.source.codes import INVALID_ALIAS
from themekit.source.json_value import json_type, noun, pointer_parts

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item

NAME = r"[^${}.\x00-\x1f\x7f][^{}.\x00-\x1f\x7f]*"
"""A token's or group's name. Source: DTCG Format Module 2025.10, "Name and value"; control characters refused too."""
PATH = re.compile(rf"\{{({NAME}(?:\.{NAME})*(?:\.\$root)?)\}}")

REMEMBERED = 16_384  # references of some large sets: brands and modes repeat them
_NAME = re.compile(NAME)


@lru_cache(maxsize=REMEMBERED)
def alias_of(text: str) -> Alias | None:
    """The reference that a text is, or None; the same object for the same text."""
    match = PATH.fullmatch(text)
    return None if match is None else Alias(TokenId(match.group(1)))


def is_reference(item: Item) -> bool:
    """A string with a brace, or an object with `$ref`: meant as a reference, well-formed or not."""
    if isinstance(item.value, str):
        return "{" in item.value or "}" in item.value
    return isinstance(item.value, dict) and "$ref" in item.value


@lru_cache(maxsize=REMEMBERED)
def is_name(key: str) -> bool:
    """A token or a group can have this name."""
    return _NAME.fullmatch(key) is not None and any(map(str.isalnum, key))


def has_reference(value: JsonValue) -> bool:
    """A part of the value is a reference to a part of another value, which no output can express."""
    if isinstance(value, list):
        return any(isinstance(each, str | dict | list) and has_reference(each) for each in value)
    if isinstance(value, dict):
        return "$ref" in value or any(isinstance(each, dict | list) and has_reference(each) for each in value.values())
    return isinstance(value, str) and "{" in value


def reference(item: Item) -> Alias | None:
    """`{color.primary.9}`, or {"$ref": "#/color/primary/9"}; None if it was reported."""
    if isinstance(item.value, dict):
        return _pointer_object(item, item.value)
    text = item.text() or ""
    found = alias_of(text)
    if found is not None:
        return found
    hint = "a value is one reference and nothing else, as in `{color.primary.9}`"
    item.report(INVALID_ALIAS, f"{quoted(text)} is no reference to a token", hint=hint)
    return None


def _pointer_object(item: Item, members: JsonObject) -> Alias | None:
    written = pointer_of(item, members)
    return None if written is None else pointer_reference(written)


def pointer_of(item: Item, members: JsonObject) -> Item | None:
    """The pointer in a reference object, which holds nothing else; None if it was reported."""
    extra = [key for key in members if key != "$ref"]
    if extra:
        item.report(INVALID_ALIAS, f"a reference has no key {quoted(extra[0])} beside `$ref`")
        return None
    return item.at("$ref", members["$ref"])


def pointer_reference(item: Item) -> Alias | None:
    """A JSON Pointer to a token, or to its `$value`; None if it was reported."""
    parts = local_pointer(item)
    if parts is None:
        return None
    names = parts[:-1] if parts[-1:] == ["$value"] else parts
    if not names or not all(_NAME.fullmatch(name) or name == "$root" for name in names):
        item.report(INVALID_ALIAS, f"`$ref`: {quoted(str(item.value))} leads to no token")
        return None
    return Alias(TokenId(".".join(names)))


def local_pointer(item: Item) -> list[str] | None:
    """The parts of a JSON Pointer into the tokens; None if it is none and was reported."""
    text = item.text()
    if text is not None and text.startswith("#/"):
        return pointer_parts(text.removeprefix("#"))
    shown = quoted(text) if text is not None else noun(json_type(item.value))
    hint = "write a pointer from the outermost group on, as in `#/color/primary/9`"
    item.report(INVALID_ALIAS, f"`$ref`: {shown} is no pointer into these tokens", hint=hint)
    return None
