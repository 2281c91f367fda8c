"""References into values: `{"$ref": "#/color/blue/$value/components/0"}` and the like, replaced by what they lead to.

A reference to a whole token stays one where a token of that type may stand, so that outputs can keep it. All others are
resolved here, on the JSON: they are for one place in one value, which no output can express.
Source: DTCG Format Module 2025.10, "Property-Level References" and "Array aliasing in composite types".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from themekit.diagnostics.printable import quoted
from themekit.source.codes import ALIAS_CYCLE, TOO_LONG, UNKNOWN_TOKEN
from themekit.source.colors import parse_color
from themekit.source.dimensions import measure
from themekit.source.node import Item
from themekit.source.token_references import PATH, has_reference, is_reference, local_pointer, pointer_of
from themekit.source.token_tree import Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.diagnostics import Code
    from themekit.source.json_value import JsonObject, JsonValue

PARTS: Mapping[str, Mapping[str, str]] = {
    "border": {"color": "color", "width": "dimension", "style": "strokeStyle"},
    "transition": {"duration": "duration", "delay": "duration", "timingFunction": "cubicBezier"},
    "shadow": dict.fromkeys(("offsetX", "offsetY", "blur", "spread"), "dimension") | {"color": "color"},
    "gradient": {"color": "color", "position": "number"},
    "typography": {
        "fontFamily": "fontFamily",
        "fontSize": "dimension",
        "fontWeight": "fontWeight",
        "letterSpacing": "dimension",
        "lineHeight": "number",
    },
    "strokeStyle": {"dashArray": "dashes"},
}
"""The members of values that may be tokens, with their types. Source: DTCG Format Module 2025.10, section 9."""
LISTS: Mapping[str, str] = {"shadow": "shadow", "gradient": "gradient", "dashes": "dimension"}
"""Values that may be lists, and the type of a token that may stand in such a list."""
MAX_STEPS = 64  # references in a row and levels of values together: each costs up to six of Python's 1000 frames
MAX_COPIED = 50_000  # values copied in all: lists of references to lists of references double with each


class _Unknown:
    """Nothing that could be read: it was reported."""


_UNKNOWN: Final = _Unknown()


def is_deep(parts: list[str]) -> bool:
    """The pointer leads into a token and not to it: past `$value`, or to another of its members."""
    inner = parts[:-1] if parts[-1:] == ["$value"] else parts
    return any(part.startswith("$") and part != "$root" for part in inner)


@dataclass(slots=True)
class Pointers:
    """What pointers into one tree lead to. `root` is the outermost group as it is written."""

    tree: Group
    root: Item
    copied: int = 0
    said: set[tuple[str, str]] = field(default_factory=set)

    def filled(self, item: Item, type_: str) -> Item | None:
        """A token's value without references into values; None if one of them was reported."""
        if not isinstance(item.value, dict | list) or not has_reference(item.value):
            return item
        found = self._part(item, type_, 0)
        return None if isinstance(found, _Unknown) else _with(item, found)

    def _filled(self, item: Item, type_: str, steps: int) -> JsonValue | _Unknown:
        if steps > MAX_STEPS:
            return self._fault(ALIAS_CYCLE, item, "references lead on and on, or values are nested too deeply")
        value, deeper = item.value, steps + 1
        if isinstance(value, list):
            of_items = LISTS.get(type_)
            return _list([self._part(item.at(index, each), of_items, deeper) for index, each in enumerate(value)])
        if isinstance(value, dict):
            types = PARTS.get(type_, {})
            return _object({key: self._part(item.at(key, each), types.get(key), deeper) for key, each in value.items()})
        return value

    def _part(self, item: Item, type_: str | None, steps: int) -> JsonValue | _Unknown:
        """A part of a value. `type_` is that of a token which may stand here; None if none may."""
        if not is_reference(item):
            return self._filled(item, type_ or "", steps)
        if isinstance(item.value, dict):
            written = pointer_of(item, item.value)
            if written is None:
                return _UNKNOWN
            parts = local_pointer(written)
            if parts is None:
                return _UNKNOWN
            return item.value if type_ and not is_deep(parts) else self._followed(written, steps)
        is_in_list = item.pointer.rpartition("/")[2].isdigit()
        if type_ or not is_in_list or not PATH.fullmatch(str(item.value)):
            return item.value  # an alias; or text with a brace, which the reader of the value refuses
        return self._followed(item, steps)

    def _followed(self, written: Item, steps: int) -> JsonValue | _Unknown:
        """The value that a pointer or an alias leads to, without any reference in it."""
        if steps > MAX_STEPS:
            return self._fault(ALIAS_CYCLE, written, f"references lead on and on from {quoted(str(written.value))}")
        alias = PATH.fullmatch(str(written.value))
        parts = [*alias.group(1).split("."), "$value"] if alias else local_pointer(written)
        if parts is None:
            return _UNKNOWN
        found = self._walked(parts, written, steps)
        if isinstance(found, _Unknown):
            return found
        self.copied += _size(found)
        if self.copied > MAX_COPIED:
            return self._fault(TOO_LONG, written, f"references copy more than {MAX_COPIED} values")
        if _is_whole_reference(found):
            return self._onward(found, written, steps)
        return self._filled(_with(written, found), "", steps + 1)

    def _onward(self, reference: JsonValue, written: Item, steps: int) -> JsonValue | _Unknown:
        text = reference["$ref"] if isinstance(reference, dict) else reference
        return self._followed(_with(written, text), steps + 1)

    def _walked(self, parts: list[str], written: Item, steps: int) -> JsonValue | _Unknown:
        token, rest = self._token(parts)
        current: JsonValue = self.root.value if token is None else token.value
        if token is None:
            rest = parts
        for number, part in enumerate(rest or ["$value"]):
            if number and _is_whole_reference(current):
                onward = self._onward(current, written, steps)
                if isinstance(onward, _Unknown):
                    return onward
                current = onward
            if isinstance(current, dict) and part == "$value" and current.get("$value") is None and "$ref" in current:
                current = {"$ref": current["$ref"]}
            elif isinstance(current, dict) and part in current:
                current = current[part]
            elif isinstance(current, list) and part.isdecimal() and int(part) < len(current):
                current = current[int(part)]
            elif isinstance(current, str) and (spelt := spelt_out(current)) is not None and part in spelt:
                current = spelt[part]
            else:
                return self._leads_nowhere(written, parts, part, is_in_token=token is not None)
        return current

    def _token(self, parts: list[str]) -> tuple[Item | None, list[str]]:
        """The token on the way of a pointer, inherited ones included, and what of the pointer is left there."""
        found: Group | Item | None = self.tree
        for number, part in enumerate(parts):
            if not isinstance(found, Group):
                break
            found = found.members.get(part)
            if isinstance(found, Item):
                return found, parts[number + 1 :]
        return None, parts

    def _leads_nowhere(self, written: Item, parts: list[str], missing: str, *, is_in_token: bool) -> _Unknown:
        """A token that is not written here may be a default one: that is solved later, and another in each mode."""
        shown, above = quoted(str(written.value)), parts[: parts.index("$value")] if "$value" in parts else []
        if is_in_token or missing not in above:
            message = f"{shown} leads nowhere: there is no {quoted(missing)}"
            hint = "only what is written in these tokens can be pointed into"
            return self._fault(UNKNOWN_TOKEN, written, message, hint=hint)
        name = ".".join(above)
        message = f"{shown} leads into {quoted(name)}, which is not written in these tokens"
        alias = quoted(f"{{{name}}}")
        hint = f"into a default token no pointer leads; where a whole value stands, {alias} follows one"
        return self._fault(UNKNOWN_TOKEN, written, message, hint=hint)

    def _fault(self, code: Code, written: Item, message: str, *, hint: str | None = None) -> _Unknown:
        if (code.name, written.pointer) not in self.said:
            self.said.add((code.name, written.pointer))
            written.report(code, message, hint=hint)
        return _UNKNOWN


def spelt_out(text: str) -> JsonObject | None:
    """The object that DTCG has for a colour, a length or a time which a string writes; None for any other text."""
    for units in (("px", "rem"), ("ms", "s")):
        found = measure(text, units=units, noun_="")
        if not isinstance(found, str):
            return {"value": found[0], "unit": found[1]}
    try:
        color = parse_color(text)
    except ValueError:
        return None
    return {"colorSpace": color.space, "components": [*color.components], "alpha": color.alpha}


def _is_whole_reference(value: JsonValue) -> bool:
    if isinstance(value, str):
        return PATH.fullmatch(value) is not None
    return isinstance(value, dict) and value.keys() == {"$ref"}


def _size(value: JsonValue) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_size, value.values()))
    return 1 + sum(map(_size, value)) if isinstance(value, list) else 1


def _with(place: Item, value: JsonValue) -> Item:
    return Item(value, place.pointer, place.sources, place.reporter)


def _list(values: Iterable[JsonValue | _Unknown]) -> JsonValue | _Unknown:
    found: list[JsonValue] = []
    is_known = True
    for value in values:  # all of them, so that each mistake is reported
        if isinstance(value, _Unknown):
            is_known = False
        else:
            found.append(value)
    return found if is_known else _UNKNOWN


def _object(values: Mapping[str, JsonValue | _Unknown]) -> JsonValue | _Unknown:
    found: JsonObject = {}
    for key, value in values.items():
        if isinstance(value, _Unknown):
            return value
        found[key] = value
    return found
