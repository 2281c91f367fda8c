"""Headers of requests and answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


class Headers:
    """Headers in their order; names are the same in upper and lower case."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[tuple[str, str]] = ()) -> None:
        self._items = list(items)

    def __getitem__(self, name: str) -> str:
        found = self.get_all(name)
        if not found:
            raise KeyError(name)
        return ", ".join(found)

    def __setitem__(self, name: str, value: str) -> None:
        self.remove(name)
        self._items.append((name, value))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.get_all(name))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._items)

    def __repr__(self) -> str:
        """The names only: values may be secrets."""
        return f"Headers({', '.join(name for name, _ in self._items)})"

    def get(self, name: str, default: str | None = None) -> str | None:
        """The value, several joined with commas, or the default."""
        found = self.get_all(name)
        return ", ".join(found) if found else default

    def get_all(self, name: str) -> list[str]:
        """Every value of this name."""
        wanted = name.lower()
        return [value for each, value in self._items if each.lower() == wanted]

    def remove(self, name: str) -> None:
        """Take out every header of this name."""
        wanted = name.lower()
        self._items = [item for item in self._items if item[0].lower() != wanted]

    def copy(self) -> Headers:
        """Other headers with the same names and values."""
        return Headers(self._items)


def header_line(name: str, value: str) -> bytes:
    """A header as it is sent. Raises ValueError if it would be more than one line.

    Characters beyond Latin-1 are sent as UTF-8.
    """
    value = value.strip(" \t")
    try:
        raw = value.encode("latin-1")
    except UnicodeEncodeError:
        raw = value.encode("utf-8", "replace")
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(raw.decode("latin-1")):
        raise ValueError(f"the header {name!r} has characters that no header may have")
    return b"%b: %b\r\n" % (name.encode("ascii"), raw)
