"""The operations of a path, a webhook or a callback; what would be one, but is not read, is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.origin import Origin
from themekit.model.outline import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.outline import Method
    from themekit.source.api.reading import At, Reading

_BY_KEY = {each.lower(): each for each in METHODS}
_MEMBERS = frozenset({"$ref", "summary", "description", "servers", "parameters"})
_OF_LATER_VERSIONS = frozenset({"query", "additionalOperations"})


def item_of(reading: Reading, at: At) -> At | None:
    """The path item that is meant; None if that was reported. Beside a `$ref` it would have operations unread."""
    if "$ref" in at.members:
        for key in at.members:
            if key in _BY_KEY or key in {"parameters", "servers"}:
                reading.refuse(at.child(key), f"{quoted(key)} is not read beside `$ref`; write it where that leads")
    return reading.resolved(at)


def operations_of(reading: Reading, item: At, *, of: str) -> Iterator[tuple[Method, At]]:
    """The operations by their methods, in the order of the item. `of` is its path or name, for messages."""
    for key in item.members:
        at, method = item.child(key), _BY_KEY.get(key)
        if method is None:
            _check_member(reading, at, key)
        elif isinstance(at.value, dict):
            yield method, at
        else:
            reading.refuse(at, f"{quoted(f'{method} {of}')} is no operation: expected an object")


def _check_member(reading: Reading, at: At, key: str) -> None:
    if key in _MEMBERS or key.startswith("x-"):
        return
    place = Origin(at.path, at.pointer, "key")
    if key.lower() in _BY_KEY:
        hint = f"methods are in lower case: `{key.lower()}`"
        reading.refuse(place, f"{quoted(key)} is no method, so its operation would be missing", hint=hint)
    elif key in _OF_LATER_VERSIONS or "responses" in at.members:
        reading.refuse(place, f"{quoted(key)} is no method of OpenAPI 3.1, so its operation would be missing")
    else:
        reading.warn(place, f"{quoted(key)} is no member of a path; it is passed over")
