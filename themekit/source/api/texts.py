"""Characters that no text of a description may hold: languages could not write them, and SDKs mark places with some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.source.api.reading import At
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from themekit.source.api.reading import Reading
    from themekit.source.json_value import JsonValue

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def check_texts(reading: Reading, root: At) -> bool:
    """No text of the file holds a forbidden character; each that does is reported once."""
    stack: list[tuple[JsonValue, str]] = [(root.value, root.pointer)]
    search = _FORBIDDEN.search
    is_good = True
    while stack:
        value, pointer = stack.pop()
        if isinstance(value, dict):
            for key, each in value.items():
                if search(key):
                    is_good = _refuse(reading, Origin(root.path, child_pointer(pointer, key), "key"), key)
                if isinstance(each, str):
                    if search(each):
                        is_good = _refuse(reading, Origin(root.path, child_pointer(pointer, key)), each)
                elif isinstance(each, dict | list):
                    stack.append((each, child_pointer(pointer, key)))
        elif isinstance(value, list):
            for index, each in enumerate(value):
                if isinstance(each, str):
                    if search(each):
                        is_good = _refuse(reading, Origin(root.path, f"{pointer}/{index}"), each)
                elif isinstance(each, dict | list):
                    stack.append((each, f"{pointer}/{index}"))
        elif isinstance(value, str) and search(value):
            is_good = _refuse(reading, Origin(root.path, pointer), value)
    return is_good


def _refuse(reading: Reading, place: Origin, text: str) -> bool:
    found = _FORBIDDEN.search(text)
    character = found[0] if found else ""
    reading.refuse(place, f"the text holds the character U+{ord(character):04X}, in {quoted(text)}")
    return False
