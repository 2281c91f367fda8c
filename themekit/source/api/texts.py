"""Characters that no text of a description may hold: languages could not write them, and SDKs mark places with some.

Control characters in what only people read are replaced, as pages and examples of real descriptions have some.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.source.api.codes import API_FAULT
from themekit.source.json_value import child_pointer
from themekit.source.openapi import INVALID_OPENAPI

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Reporter
    from themekit.source.json_value import JsonValue

REPLACEMENT = "\ufffd"

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MAY_HOLD = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]"
    rb"|\\(?:[0abefvxU]|u(?:00[01]|007[fF]|[dD][89a-fA-F]|[fF][dD][dDeE]|[fF]{3}[eEfF]))"
)  # as bytes, or as an escape of JSON or YAML
_READ_BY_PEOPLE = frozenset({"description", "summary", "title", "pattern"})
_EXAMPLES = frozenset({"example", "examples"})


def check_texts(report: Reporter, path: PurePosixPath, *, content: bytes, value: JsonValue) -> None:
    """Report forbidden characters of a file, each text once; those in texts for people are replaced in `value`."""
    if _MAY_HOLD.search(content):
        _Checker(report, path).check(value)


@dataclass(slots=True)
class _Checker:
    report: Reporter
    path: PurePosixPath

    def check(self, root: JsonValue) -> None:
        stack: list[tuple[JsonValue, str, bool]] = [(root, "", False)]
        while stack:
            value, pointer, is_example = stack.pop()
            if isinstance(value, dict):
                is_named = pointer.endswith("/properties")
                for key, each in value.items():
                    if not key.isprintable() and _FORBIDDEN.search(key):
                        self._refuse(Origin(self.path, child_pointer(pointer, key), "key"), key)
                    inner = is_example or (not is_named and (key in _EXAMPLES or key.startswith("x-")))
                    if isinstance(each, str):
                        inner = inner or key in _READ_BY_PEOPLE
                        value[key] = self._text(each, pointer, key=key, is_read=inner)
                    elif isinstance(each, dict | list):
                        stack.append((each, child_pointer(pointer, key), inner))
            elif isinstance(value, list):
                self._list(value, pointer, is_example=is_example, stack=stack)

    def _list(
        self, value: list[JsonValue], pointer: str, *, is_example: bool, stack: list[tuple[JsonValue, str, bool]]
    ) -> None:
        for index, each in enumerate(value):
            if isinstance(each, str):
                value[index] = self._text(each, pointer, key=index, is_read=is_example)
            elif isinstance(each, dict | list):
                stack.append((each, f"{pointer}/{index}", is_example))

    def _text(self, text: str, pointer: str, *, key: str | int, is_read: bool) -> str:
        if text.isprintable() or _FORBIDDEN.search(text) is None:
            return text
        place = Origin(self.path, child_pointer(pointer, key))
        plain = _CONTROL.sub(REPLACEMENT, text) if is_read else text
        if _FORBIDDEN.search(plain):
            self._refuse(place, plain)
        else:
            self.report(API_FAULT, place, f"the text holds {_named(text)}, which nobody can read; it is replaced")
        return plain

    def _refuse(self, place: Origin, text: str) -> None:
        self.report(INVALID_OPENAPI, place, f"the text holds {_named(text)}: {quoted(text)}")


def _named(text: str) -> str:
    found = _FORBIDDEN.search(text)
    return f"the character U+{ord(found[0]):04X}" if found else "a forbidden character"
