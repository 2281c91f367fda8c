"""Trees of tokens as Style Dictionary and Tokens Studio write them, to trees of DTCG 2025.10.

A token is an object with `value` or `$value`. What a token says beside value, type and description is kept in
`$extensions`, under the tool's name, so that only values themselves can be lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.importing import texts
from themekit.source.importing.computed import LINE_HEIGHTS, Figures, modify_of
from themekit.source.importing.dangling import Placed, leave_out_dangling
from themekit.source.importing.gradients import gradient
from themekit.source.importing.imported import NOT_IMPORTED
from themekit.source.importing.untyped import typed
from themekit.source.json_value import json_type, noun
from themekit.source.token_pointers import PARTS
from themekit.source.token_references import NAME
from themekit.source.token_values import TOKEN_TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item

_NAME = re.compile(NAME)
_BAD = re.compile(r"[{}.\x00-\x1f\x7f]|^\$+")
_ALIAS = re.compile(r"\{([^{}]*)\}")
OLD_ALIAS = re.compile(r"\$[\w-]+(\.[\w-]+)*")
KNOWN = frozenset(
    {
        *("value", "$value", "type", "$type", "description", "$description", "comment"),
        *("extensions", "$extensions", "deprecated", "$deprecated"),
    }
)
LEAVES: Mapping[str, Callable[[JsonValue], JsonValue]] = {
    "color": texts.color,
    "dimension": texts.dimension,
    "fontFamily": texts.font_family,
    "fontWeight": texts.font_weight,
    "duration": texts.duration,
    "cubicBezier": texts.cubic_bezier,
    "number": texts.number,
    "strokeStyle": texts.stroke_style,
}
DEFAULTS: Mapping[str, Mapping[str, JsonValue]] = {
    "border": {"style": "solid"},
    "transition": {"delay": {"value": 0, "unit": "ms"}, "timingFunction": [0.25, 0.1, 0.25, 1]},
    "shadow": dict.fromkeys(("offsetX", "offsetY", "blur", "spread")),
    "typography": {"fontWeight": 400, "letterSpacing": {"value": 0, "unit": "px"}, "lineHeight": 1.2},
}
"""What stands for a member that is absent, as DTCG wants them all: what CSS takes then. It is said each time."""
ZERO: JsonObject = {"value": 0, "unit": "px"}
_SLOPING = re.compile(r"(.*?)[\s_-]*(italic|oblique)", re.IGNORECASE)
_NOT_COMPUTED = ("; nothing is computed here", "; it is not computed, or refers to what sets differ in")
_UNITS = "write its unit, `px` or `rem`; of a configuration's platforms the transforms tell it"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a tool differs: the name of its extension, its types in DTCG's words, and its members of composites.

    `bare` is the unit of lengths without one. `type_of` tells the type of a token that names none, from its path. In a
    tool that `guesses`, most files name no types, and what a value is shows in how it is written.
    """

    extension: str
    types: Mapping[str, str]
    members: Mapping[str, str]
    bare: str | None = None
    type_of: Callable[[tuple[str, ...]], str | None] = lambda _: None
    guesses: bool = False


def _as_made(members: JsonObject, extension: str, *, was: JsonValue) -> JsonObject:
    """The token with the change of its colour as one that is made: nobody makes it twice, and the way back is kept."""
    extensions = members.get("$extensions")
    own = extensions.get(extension) if isinstance(extensions, dict) else None
    if not isinstance(extensions, dict) or not isinstance(own, dict):
        return members
    kept: JsonObject = {key: value for key, value in own.items() if key != "modify"}
    made: JsonObject = {**kept, "modified": own["modify"], "unmodified": was}
    return {**members, "$extensions": {**extensions, extension: made}}


def _inner(members: JsonObject) -> list[str]:
    """The names of tokens in a token, which DTCG has no place for."""
    return [
        key
        for key, value in members.items()
        if isinstance(value, dict) and key not in KNOWN and ("value" in value or "$value" in value)
    ]


def _upright(item: Item) -> JsonValue:
    """The weight in the name of a font's style, such as `Bold Italic`. That it slopes is told of: DTCG has no word."""
    match = _SLOPING.fullmatch(item.value.strip()) if isinstance(item.value, str) and len(item.value) < 100 else None
    weight = texts.font_weight(match[1] or "regular") if match else None
    if match and weight is not None:
        item.report(NOT_IMPORTED, f"{item.name} is the weight alone now: DTCG has no {quoted(match[2].lower())}")
    return weight


@dataclass(slots=True)
class TreeImport:
    """Trees being imported, whose tokens may follow one another. With `figures`, computations are worked out.

    `count` is the number of tokens so far, `seen` has the names of all in the source, with those that were left out.
    """

    dialect: Dialect
    count: int = 0
    figures: Figures | None = None
    placed: list[Placed] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    references: dict[str, Item] = field(default_factory=dict)

    def trees(self, roots: Iterable[Item]) -> list[JsonObject]:
        """The trees with all that could be carried over, and without groups in which that is nothing."""
        made = [self.group(root) for root in roots]
        self.count -= leave_out_dangling(made, self.placed, seen=self.seen)
        return made

    def group(self, item: Item, path: tuple[str, ...] = (), inherited: str | None = None) -> JsonObject:
        """The group with all that could be carried over but for what references lead to."""
        members = item.value if isinstance(item.value, dict) else {}
        type_ = self.type_named(members.get("$type"), members.get("type")) or inherited
        made: JsonObject = {}
        for key, value in members.items():
            each = item.at(key, value)
            if key in {"$type", "type"} and isinstance(value, str):
                continue  # its tokens have it
            if key in {"$description", "comment"} and isinstance(value, str):
                made["$description"] = value
            elif (key == "$extensions" and isinstance(value, dict)) or (
                key == "$deprecated" and isinstance(value, bool | str)
            ):
                made[key] = value
            elif not isinstance(value, dict):
                each.report(NOT_IMPORTED, f"{each.name} is no token and no group, and was left out", part="key")
            else:
                self.member(made, each, (*path, key), type_)
        return made

    def member(self, made: JsonObject, item: Item, path: tuple[str, ...], inherited: str | None) -> None:
        """Add a token or a group to the group `made`."""
        members = item.value if isinstance(item.value, dict) else {}
        is_token = "value" in members or "$value" in members
        if is_token:
            self.seen.add(".".join(path))
        name = path[-1]
        is_root = name == "$root" and is_token and len(path) > 1  # DTCG's own name for the token that a group is
        if not is_root and (not _NAME.fullmatch(name) or not any(map(str.isalnum, name))):
            name = _BAD.sub("-", name) or "-"
            if name in made or not any(map(str.isalnum, name)):
                item.report(
                    NOT_IMPORTED, f"{item.name} has a name that no token can have, and was left out", part="key"
                )
                return
            item.report(NOT_IMPORTED, f"{item.name} is named {quoted(name)} now: DTCG forbids its name", part="key")
            path = (*path[:-1], name)
        if not is_token:
            made[name] = self.group(item, path, inherited)
            return
        for key in _inner(members):
            self.seen.add(".".join((*path, key)))
            item.at(key, members[key]).report(
                NOT_IMPORTED, f"{item.name} is a token, and {quoted(key)} in it was left out", part="key"
            )
        self.references = {}
        token = self.token(item, path, inherited)
        if token is not None:
            made[name] = token
            self.count += 1
            key = "$value" if "$value" in members else "value"
            value = item.at(key, members[key])
            self.placed.append(Placed(path, made, value, value.name, self.references))

    def token(self, item: Item, path: tuple[str, ...], inherited: str | None) -> JsonObject | None:
        """The token; None if it was reported."""
        members = item.value if isinstance(item.value, dict) else {}
        key = "$value" if "$value" in members else "value"
        value = item.at(key, members[key])
        written = members.get("$type", members.get("type"))
        type_ = (
            self.type_named(written)
            or (inherited if written is None else None)
            or (self.dialect.type_of(path) if written is None else None)
        )
        found: JsonValue = self.alias(value)
        if found is None and type_ in {"color", "gradient"} and (drawn := self.gradient(value)) is not None:
            type_, found = "gradient", drawn
        if found is None and type_ is None and written is None and self.dialect.guesses:
            type_, found = self.guessed(value, path)
        if found is None and type_ is None:
            said = f"the type {quoted(str(written))} is none of DTCG's" if written is not None else "it has no type"
            value.report(NOT_IMPORTED, f"{item.name} was left out: {said}")
            return None
        if found is None and written in LINE_HEIGHTS and self.figures and self.figures.is_in_pixels(value.value):
            message = f"{item.name} was left out: it is px, and a line height of DTCG is a multiple of the font size"
            value.report(
                NOT_IMPORTED, message, hint="write it as `150%`; styles of text that use it have their multiple"
            )
            return None
        if found is None:
            found = self.value(value, str(type_))
        if found is None:
            return None
        if type_ == "color" and (change := modify_of(members)) is not None:
            changed = self.modified(item, members, value=value.value, change=change)
            if changed is not None:
                found, members = changed, _as_made(members, self.dialect.extension, was=value.value)
        made: JsonObject = {"$type": type_} if type_ and not texts.is_alias(found) else {}
        return {**made, "$value": found, **self.notes(members, drawn=value.text() if type_ == "gradient" else None)}

    def guessed(self, item: Item, path: tuple[str, ...]) -> tuple[str | None, JsonValue]:
        """The type and the value of a token that names no type; both None for what could be anything."""
        if (drawn := self.gradient(item)) is not None:
            return "gradient", drawn
        value = item.value
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        text = str(value).strip() if is_number or isinstance(value, str) else ""
        return typed("-".join(path), text) or (None, None)

    def gradient(self, item: Item) -> JsonValue:
        """The stops of a gradient of CSS; None for any other text, and for stops that DTCG cannot say."""
        found = gradient(item.value, self.paint) if isinstance(item.value, str) else None
        if found is not None and found.left_out:
            lost = ", ".join(map(quoted, found.left_out))
            item.report(NOT_IMPORTED, f"{item.name} has its stops only: DTCG cannot say {lost} of a gradient")
        return None if found is None else found.stops

    def paint(self, text: str) -> JsonValue:
        """The colour of a stop, which may be a reference."""
        if texts.is_alias(text):
            return text
        return texts.color(text) or (self.figures.tinted(text) if self.figures else None)

    def modified(self, item: Item, members: JsonObject, *, value: JsonValue, change: JsonValue) -> JsonObject | None:
        """The colour as its tool would have changed it; None if it stays as it was. Both are said."""
        extensions = members.get("$extensions")
        own = extensions.get(self.dialect.extension) if isinstance(extensions, dict) else None
        found = None if self.figures is None else self.figures.modified(value, change)
        message = f"{item.name} is the colour before this change, which is not made here"
        if found is not None:
            message = f"{item.name} is the colour after this change now and follows no other token"
        place = item.at("$extensions", extensions).at(self.dialect.extension, own).at("modify", change)
        place.report(NOT_IMPORTED, message, part="key")
        return found

    def notes(self, members: JsonObject, *, drawn: str | None = None) -> JsonObject:
        """Description, deprecation, and everything else under the tool's name; `drawn` is a gradient as it was."""
        made: JsonObject = {}
        text = next((members[key] for key in ("$description", "description", "comment") if members.get(key)), None)
        if isinstance(text, str):
            made["$description"] = text
        deprecated = members.get("$deprecated", members.get("deprecated"))
        if isinstance(deprecated, bool | str):
            made["$deprecated"] = deprecated
        inner = _inner(members)
        others: JsonObject = {key: value for key, value in members.items() if key not in KNOWN and key not in inner}
        if drawn is not None:
            others["gradient"] = drawn
        type_ = members.get("$type", members.get("type"))
        if isinstance(type_, str) and type_ not in TOKEN_TYPES:
            others["type"] = type_  # the tool's own word says more
        extensions = members.get("$extensions", members.get("extensions"))
        kept: JsonObject = dict(extensions) if isinstance(extensions, dict) else {}
        if others:
            kept[self.dialect.extension] = others
        return {**made, "$extensions": kept} if kept else made

    def type_named(self, *names: JsonValue) -> str | None:
        """The type of DTCG for one of the tool's names."""
        for name in names:
            if isinstance(name, str):
                found = self.dialect.types.get(name, name)
                if found in TOKEN_TYPES:
                    return found
        return None

    def alias(self, item: Item) -> str | None:
        """A reference in DTCG's form; None for any other value."""
        text = item.text()
        if text is None:
            return None
        path: str | None = None
        match = _ALIAS.fullmatch(text.strip())
        if OLD_ALIAS.fullmatch(text):
            path = text[1:]
        elif match is not None:
            path = match.group(1).strip().removesuffix(".value").removesuffix(".$value")
        if path is None or not texts.is_alias(f"{{{path}}}"):
            return None
        self.references.setdefault(path, item)
        return f"{{{path}}}"

    def value(self, item: Item, type_: str) -> JsonValue:
        """The value in DTCG's form; None if it was reported."""
        if type_ in PARTS and type_ != "strokeStyle":
            return self.composite(item, type_)
        found = self.leaf(item.value, type_)
        if found is None and type_ == "fontWeight":
            found = _upright(item)
        if found is None and self.figures is not None and isinstance(item.value, str):
            found = self.computed(item, item.value, type_)
        if found is None:
            shown = quoted(item.value) if isinstance(item.value, str) else noun(json_type(item.value))
            why = _NOT_COMPUTED[self.figures is not None] if isinstance(item.value, str) and "{" in item.value else ""
            is_bare = type_ == "dimension" and texts.number(item.value) is not None and "%" not in shown
            hint = _UNITS if is_bare else None
            item.report(NOT_IMPORTED, f"{item.name} was left out: {shown} is no {type_} of DTCG{why}", hint=hint)
        return found

    def leaf(self, value: JsonValue, type_: str) -> JsonValue:
        """A value that is no composite in DTCG's form; None if it has none."""
        if type_ == "dimension" and not isinstance(value, dict):
            return texts.dimension(value, bare=self.dialect.bare)
        return LEAVES[type_](value)

    def computed(self, item: Item, text: str, type_: str) -> JsonValue:
        """What a computation comes to, which is said, as it follows its references no more; None if it is none."""
        if self.figures is None:
            return None
        if type_ == "color":
            found: JsonValue = self.figures.tinted(text)
            shown = "a colour of its own"
        else:
            figure = self.figures.computed(text)
            found = None if figure is None else self.leaf(str(figure), type_)
            shown = quoted(f"{found['value']:g}{found['unit']}" if isinstance(found, dict) else str(found))
        if found is not None:
            follows = " and follows no other token" if "{" in text else ""
            item.report(NOT_IMPORTED, f"{item.name} is {shown} now{follows}: {quoted(text)}")
        return found

    def composite(self, item: Item, type_: str) -> JsonValue:
        """A composite; None if it was reported."""
        if isinstance(item.value, str) and type_ == "shadow":
            found = texts.shadow(item.value)
            if found is not None:
                return found
        if isinstance(item.value, list) and type_ in {"shadow", "gradient"}:
            parts = [self.composite(item.at(index, each), type_) for index, each in enumerate(item.value)]
            good = [part for part in parts if part is not None]
            return list(good) if len(good) == len(parts) and good else None
        if isinstance(item.value, dict):
            return self.completed(item, self.parts(item, item.value, type_), type_)
        item.report(NOT_IMPORTED, f"{item.name} was left out: {noun(json_type(item.value))} is no {type_} of DTCG")
        return None

    def parts(self, item: Item, members: JsonObject, type_: str) -> JsonObject:
        """The members of a composite by DTCG's names."""
        made: JsonObject = {}
        for key, value in members.items():
            name = self.dialect.members.get(f"{type_}.{key}", self.dialect.members.get(key, key))
            part = item.at(key, value)
            wanted = PARTS[type_].get(name)
            if name == "inset" and type_ == "shadow":
                if value in (True, "innerShadow"):
                    made["inset"] = True
                elif value not in (False, "dropShadow"):
                    part.report(NOT_IMPORTED, f"{part.name} was left out: a shadow is inset or not", part="key")
            elif name == "lineHeight" and self.figures is not None and self.figures.is_in_pixels(value):
                made |= self.line_height(part, self.figures.multiple(value, members.get("fontSize")))
            elif wanted is None:
                part.report(NOT_IMPORTED, f"{part.name} was left out: a {type_} of DTCG has no such part", part="key")
            else:
                alias = self.alias(part)
                found = alias if alias is not None else self.value(part, wanted)
                made |= {} if found is None else {name: found}
        return made

    def line_height(self, part: Item, multiple: float | None) -> JsonObject:
        """A height of lines in pixels as DTCG has it, which is said; nothing if the size of text is not known."""
        if multiple is None:
            part.report(NOT_IMPORTED, f"{part.name} was left out: it is px, and no multiple of the font size")
            return {}
        part.report(NOT_IMPORTED, f"{part.name} is {multiple:g} times the font size now: DTCG has no px there")
        return {"lineHeight": multiple}

    def completed(self, item: Item, made: JsonObject, type_: str) -> JsonObject | None:
        """With what DTCG wants and is not there; None if nothing can stand for it, which was reported."""
        defaults = DEFAULTS.get(type_, {})
        missing = [name for name in PARTS[type_] if name not in made]
        lacking = [name for name in missing if name not in defaults]
        if lacking:
            item.report(NOT_IMPORTED, f"{item.name} was left out: a {type_} needs {quoted(lacking[0])}")
            return None
        for name in missing:
            made[name] = defaults[name] or ZERO
            item.report(NOT_IMPORTED, f"{item.name} has no {quoted(name)} that DTCG can write; a default stands there")
        return made
