"""Schemas that have a name of their own in their file. Source: JSON Schema 2020-12, core, 8.2.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from themekit.source.json_value import JsonValue

_KEYWORDS = ("$anchor", "$dynamicAnchor")


def anchored(root: JsonValue) -> dict[str, tuple[JsonValue, str]]:
    """The schemas with an anchor, and their pointers, by name; of two with one name the first."""
    found: dict[str, tuple[JsonValue, str]] = {}
    stack = [(root, "")]
    while stack:
        value, pointer = stack.pop()
        if isinstance(value, dict):
            for keyword in _KEYWORDS:
                name = value.get(keyword)
                if isinstance(name, str):
                    found.setdefault(name, (value, pointer))
            stack.extend((each, child_pointer(pointer, key)) for key, each in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((value[index], f"{pointer}/{index}") for index in reversed(range(len(value))))
    return found
