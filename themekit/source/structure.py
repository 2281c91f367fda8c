"""Does the document have the shape of the field table? What has not is reported and left out.

After this pass a reader can rely on JSON types: a field that is there has the type of the table.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from themekit.diagnostics.printable import quoted
from themekit.source.codes import (
    INVALID_NAME,
    MISSING_FIELD,
    OUT_OF_RANGE,
    TOO_LONG,
    UNKNOWN_CHOICE,
    UNKNOWN_KEY,
    WRONG_TYPE,
)
from themekit.source.did_you_mean import MAX_HINTS, did_you_mean_or, nearest
from themekit.source.field_table import ColorValue, DimensionValue, Field, Leaf, Listing, Members, Named, TokenTree
from themekit.source.json_value import JsonType, as_number, child_pointer, dotted, json_type, noun, nouns

if TYPE_CHECKING:
    from themekit.diagnostics import Reporter
    from themekit.source.field_table import Kind
    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.sources import Sources


class _Rejected:
    """A value that was reported."""


_REJECTED: Final = _Rejected()


def checked(
    value: JsonValue,
    table: Members,
    *,
    sources: Sources,
    report: Reporter,
    is_whole: bool = True,
    what: str = "a brand",
) -> JsonObject:
    """The members that have the shape of the table, with every deviation reported.

    With `is_whole` False, a required field that is absent is not: it may stand in a file that could not be read.
    """
    kept = _Checker(sources, report, _homes(table), is_whole, what).kind(value, table, "")
    return kept if isinstance(kept, dict) else {}


def _homes(table: Members) -> dict[str, str]:
    """For each key inside an object of the first level, where it belongs: `primary` to `color.primary`."""
    return {
        inner.name: f"{outer.name}.{inner.name}"
        for outer in reversed(table.fields)
        if isinstance(outer.kind, Members)
        for inner in outer.kind.fields
    }


@dataclass(frozen=True, slots=True)
class _Checker:
    sources: Sources
    report: Reporter
    homes: dict[str, str]
    is_whole: bool
    what: str

    def kind(self, value: JsonValue, kind: Kind, pointer: str) -> JsonValue | _Rejected:
        if self.sources.is_omitted(pointer):
            return _REJECTED
        if isinstance(kind, Members):
            return self.members(value, kind, pointer)
        if isinstance(kind, Leaf):
            return self.leaf(value, kind, pointer)
        if isinstance(kind, Listing):
            return self.listing(value, kind, pointer)
        if isinstance(kind, Named):
            return self.named(value, kind, pointer)
        return value if self.is_type(value, _TYPES[type(kind)], pointer, unit=_UNITS.get(type(kind))) else _REJECTED

    def members(self, value: JsonValue, table: Members, pointer: str) -> JsonValue | _Rejected:
        if not self.is_type(value, ("object",), pointer) or not isinstance(value, dict):
            return _REJECTED
        kept: JsonObject = {}
        meant: set[str] = set()
        for key, member in value.items():
            field = table.by_name.get(key)
            if field is None:
                meant.add(self.unknown_key(key, table, pointer) or "")
                continue
            if member is None:
                continue  # "not set", and what a base file says about it is not inherited
            found = self.kind(member, field.kind, child_pointer(pointer, key))
            if not isinstance(found, _Rejected):
                kept[key] = found
        for field in table.fields:
            if field.is_required and value.get(field.name) is None and field.name not in meant:
                self.missing(field, pointer)
        return kept

    def listing(self, value: JsonValue, listing: Listing, pointer: str) -> JsonValue | _Rejected:
        if not self.is_type(value, ("array",), pointer) or not isinstance(value, list):
            return _REJECTED
        if len(value) > listing.max_items:
            message = f"`{dotted(pointer)}` has {len(value)} items; at most {listing.max_items} are allowed"
            self.report(TOO_LONG, self.sources.origin(pointer), message)
            return _REJECTED
        if len(value) < listing.min_items:
            message = f"`{dotted(pointer)}` is empty; at least one item is needed"
            self.report(MISSING_FIELD, self.sources.origin(pointer), message)
            return _REJECTED
        kept: list[JsonValue] = []
        for index, item in enumerate(value):
            found = self.kind(item, listing.item, f"{pointer}/{index}")
            # None keeps the index of the others; readers pass over it.
            kept.append(None if isinstance(found, _Rejected) else found)
        return kept

    def named(self, value: JsonValue, named: Named, pointer: str) -> JsonValue | _Rejected:
        if not self.is_type(value, ("object",), pointer) or not isinstance(value, dict):
            return _REJECTED
        if len(value) > named.max_items:
            message = f"`{dotted(pointer)}` has {len(value)} members; at most {named.max_items} are allowed"
            self.report(TOO_LONG, self.sources.origin(pointer), message)
            return _REJECTED
        kept: JsonObject = {}
        for key, member in value.items():
            if not self.is_name(key, named.key, pointer) or member is None:
                continue
            found = self.kind(member, named.item, child_pointer(pointer, key))
            if not isinstance(found, _Rejected):
                kept[key] = found
        return kept

    def is_name(self, key: str, leaf: Leaf, pointer: str) -> bool:
        if len(key) <= (leaf.max_length or len(key)) and re.search(leaf.pattern or "", key):
            return True
        message = f"`{dotted(pointer)}` cannot have the name {quoted(key)}"
        place = self.sources.origin(child_pointer(pointer, key), "key")
        self.report(
            INVALID_NAME, place, message, hint="use lower-case words joined with hyphens, as in `payments-read`"
        )
        return False

    def leaf(self, value: JsonValue, leaf: Leaf, pointer: str) -> JsonValue | _Rejected:
        if not self.is_type(value, leaf.types, pointer):
            return _REJECTED
        number = as_number(value)
        if number is not None:
            if leaf.is_integer and number != int(number):
                message = f"`{dotted(pointer)}` is {number:g}; it must be a whole number"
                self.report(OUT_OF_RANGE, self.sources.origin(pointer), message)
                return _REJECTED
            return value if self.is_in_range(number, leaf, pointer) else _REJECTED
        text = str(value)
        if leaf.choices and text not in leaf.choices:
            hint = did_you_mean_or(text, leaf.choices, label="allowed", before=len(self.report.found))
            message = f"`{dotted(pointer)}` cannot be {quoted(text)}"
            self.report(UNKNOWN_CHOICE, self.sources.origin(pointer), message, hint=hint)
            return _REJECTED
        if leaf.max_length is not None and len(text) > leaf.max_length:
            message = f"`{dotted(pointer)}` has {len(text)} characters; at most {leaf.max_length} are allowed"
            self.report(TOO_LONG, self.sources.origin(pointer), message)
            return _REJECTED
        return value

    def is_type(
        self, value: JsonValue, allowed: tuple[JsonType, ...], pointer: str, *, unit: str | None = None
    ) -> bool:
        found = json_type(value)
        if found in allowed:
            return True
        name = f"`{dotted(pointer)}`: " if pointer else ""
        message = f"{name}expected {nouns(allowed)}, found {noun(found)}"
        hint = None
        if found == "number" and (allowed == ("string",) or unit is not None):
            hint = f'write "{value}{unit or ""}"'
        elif found == "string" and allowed == ("array",):
            hint = "write a list: " + quoted(f'["{value}"]')
        self.report(WRONG_TYPE, self.sources.origin(pointer), message, hint=hint)
        return False

    def is_in_range(self, number: float, leaf: Leaf, pointer: str) -> bool:
        low, high = leaf.minimum, leaf.maximum
        if (low is None or number >= low) and (high is None or number <= high):
            return True
        message = f"`{dotted(pointer)}` is {number:g}; it goes from {low:g} to {high:g}"
        self.report(OUT_OF_RANGE, self.sources.origin(pointer), message)
        return False

    def unknown_key(self, key: str, table: Members, pointer: str) -> str | None:
        """Report the key; the field that was probably meant, so that it is not reported as missing too."""
        names = tuple(field.name for field in table.fields)
        before = len(self.report.found)
        near = nearest(key, names) if before < MAX_HINTS else None
        meant = near or (self.homes.get(key) if not pointer else None)
        hint = f"did you mean `{meant}`?" if meant else did_you_mean_or(key, names, label="known keys", before=before)
        where = f"`{dotted(pointer)}`" if pointer else self.what
        message = f"{where} has no key {quoted(key)}"
        self.report(UNKNOWN_KEY, self.sources.origin(child_pointer(pointer, key), "key"), message, hint=hint)
        return near

    def missing(self, field: Field, pointer: str) -> None:
        member = child_pointer(pointer, field.name)
        if self.sources.is_omitted(member) or not self.is_whole:
            return
        message = f"`{dotted(member)}` is required"
        hint = f"write {json.dumps({field.name: field.examples[0]})[1:-1]}" if field.examples else None
        self.report(MISSING_FIELD, self.sources.origin(pointer), message, hint=hint)


_TYPES: dict[type, tuple[JsonType, ...]] = {
    ColorValue: ("string", "object"),
    DimensionValue: ("string", "object"),
    TokenTree: ("object", "array", "string"),
}
_UNITS: dict[type, str] = {DimensionValue: "px"}
