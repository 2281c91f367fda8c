"""Figma's variables, as its REST API gives them (`/v1/files/…/variables/local`), to DTCG 2025.10.

A collection with several modes becomes a modifier with a context for each, one with a single mode becomes a set. Names
are those of a collection in Figma, so what another collection has too begins with its own collection's name here.
Source: developers.figma.com, "Variables", "VariableScope".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.importing.dangling import Placed, leave_out_dangling
from themekit.source.importing.imported import NOT_IMPORTED, Imported
from themekit.source.json_value import as_number

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item

LENGTHS = frozenset(
    {
        *("CORNER_RADIUS", "WIDTH_HEIGHT", "GAP", "STROKE_FLOAT", "EFFECT_FLOAT", "FONT_SIZE"),
        *("LETTER_SPACING", "PARAGRAPH_SPACING", "PARAGRAPH_INDENT", "LINE_HEIGHT"),
    }
)
EXTENSION = "com.figma"
KEPT = ("id", "scopes", "codeSyntax", "hiddenFromPublishing")


def figma(root: Item) -> Imported:
    """A resolver document with every collection."""
    members = root.value if isinstance(root.value, dict) else {}
    meta = root.at("meta", members["meta"]) if isinstance(members.get("meta"), dict) else root
    return _Collections(_objects(meta, "variables"), _objects(meta, "variableCollections")).imported()


def _objects(item: Item, key: str) -> dict[str, Item]:
    members = item.value if isinstance(item.value, dict) else {}
    every = members.get(key)
    if not isinstance(every, dict):
        return {}
    held = item.at(key, every)
    return {name: held.at(name, value) for name, value in every.items() if isinstance(value, dict)}


@dataclass(slots=True)
class _Names:
    """Names that are given once each."""

    taken: dict[str, int] = field(default_factory=dict)

    def free(self, name: str) -> str:
        """The name, or with the first number behind it that makes it one of its own."""
        free = name
        while free in self.taken:
            self.taken[name] += 1  # from the last one on: a file may have a hundred thousand of one name
            free = f"{name} {self.taken[name]}"
        self.taken[free] = 1
        return free


@dataclass(slots=True)
class _Collections:
    variables: dict[str, Item]
    collections: dict[str, Item]
    count: int = 0
    paths: dict[str, tuple[str, ...]] = field(default_factory=dict)
    placed: list[Placed] = field(default_factory=list)
    members: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def imported(self) -> Imported:
        names = _Names()
        self.names = {id_: names.free(_text(item, "name") or id_) for id_, item in self.collections.items()}
        self.name_all()
        sets: JsonObject = {}
        modifiers: JsonObject = {}
        order: list[JsonValue] = []
        made: list[JsonObject] = []
        for id_, item in self.collections.items():
            name, modes = self.names[id_], self.modes(item)
            trees = {label: self.tree(id_, mode) for mode, label in modes.items()}
            made += trees.values()
            pointer = name.replace("~", "~0").replace("/", "~1")
            if len(trees) > 1:
                default = modes.get(_text(item, "defaultModeId") or "", next(iter(trees)))
                modifiers[name] = {"contexts": {label: [tree] for label, tree in trees.items()}, "default": default}
                order.append({"$ref": f"#/modifiers/{pointer}"})
            elif trees:
                sets[name] = {"sources": list(trees.values())}
                order.append({"$ref": f"#/sets/{pointer}"})
        self.count -= leave_out_dangling(made, self.placed, seen={".".join(path) for path in self.paths.values()})
        whole: JsonObject = {"version": "2025.10"}
        parts: JsonObject = {"sets": sets, "modifiers": modifiers}
        document = {**whole, **{key: part for key, part in parts.items() if part}, "resolutionOrder": order}
        return Imported("figma", document, self.count)

    def modes(self, item: Item) -> dict[str, str]:
        """The names of a collection's modes by id."""
        members = item.value if isinstance(item.value, dict) else {}
        modes = members.get("modes")
        found: dict[str, str] = {}
        names = _Names()
        for mode in modes if isinstance(modes, list) else ():
            id_ = mode.get("modeId") if isinstance(mode, dict) else None
            name = mode.get("name") if isinstance(mode, dict) else None
            if isinstance(id_, str) and isinstance(name, str):
                found[id_] = names.free(name)
        return found

    def name_all(self) -> None:
        """A path for each variable: one that is also the group of another becomes that group's `$root`."""
        owners: dict[tuple[str, ...], str] = {}
        for id_, item in self.variables.items():
            name = _text(item, "name") or id_
            collection = _text(item, "variableCollectionId") or ""
            if collection not in self.collections:
                message = f"the variable {quoted(name)} was left out: its collection is not in this file"
                item.report(NOT_IMPORTED, message)
            path = tuple(_clean(part) for part in name.split("/") if part.strip()) or ("variable",)
            path = self.own_path(path, collection, owners)
            if "/".join(path) != name:
                item.report(NOT_IMPORTED, f"the variable {quoted(name)} is named {quoted('/'.join(path))} now")
            self.paths[id_] = path
            self.members.setdefault(collection, []).append(id_)
        groups = {path[:length] for path in self.paths.values() for length in range(1, len(path))}
        self.paths = {id_: (*path, "$root") if path in groups else path for id_, path in self.paths.items()}

    def own_path(self, path: tuple[str, ...], collection: str, owners: dict[tuple[str, ...], str]) -> tuple[str, ...]:
        """The path, below the collection's name where another collection has it: later sets replace earlier ones."""
        while owners.setdefault(path, collection) != collection:
            path = (_clean(self.names.get(collection, collection)), *path)
        return path

    def tree(self, collection: str, mode: str) -> JsonObject:
        made: JsonObject = {}
        for id_ in self.members.get(collection, ()):
            item = self.variables[id_]
            token = self.token(item, mode)
            if token is None:
                continue
            group = made
            *groups, name = self.paths[id_]
            for part in groups:
                inner = group.setdefault(part, {})
                group = inner if isinstance(inner, dict) else {}
            if name in group:
                item.report(NOT_IMPORTED, f"another variable is named {quoted('/'.join(self.paths[id_]))}, too")
                continue
            group[name] = token
            self.placed.append(Placed(self.paths[id_], group, _value(item, mode), quoted(self.name(item)), {}))
            self.count += 1
        return made

    def token(self, item: Item, mode: str) -> JsonObject | None:
        members = item.value if isinstance(item.value, dict) else {}
        values = members.get("valuesByMode")
        if not isinstance(values, dict) or mode not in values:
            item.report(NOT_IMPORTED, f"the variable {quoted(self.name(item))} has no value in the mode {quoted(mode)}")
            return None
        value = _value(item, mode)
        kept: JsonObject = {key: members[key] for key in KEPT if members.get(key) not in (None, [], {}, False)}
        notes: JsonObject = {"$extensions": {EXTENSION: kept}} if kept else {}
        description = members.get("description")
        if isinstance(description, str) and description:
            notes = {"$description": description, **notes}
        if isinstance(value.value, dict) and value.value.get("type") == "VARIABLE_ALIAS":
            target = self.paths.get(str(value.value.get("id")))
            if target is None:
                value.report(NOT_IMPORTED, f"{quoted(self.name(item))} refers to a variable that is not in this file")
                return None
            return {"$value": f"{{{'.'.join(target)}}}", **notes}
        typed = self.value(item, value)
        return None if typed is None else {**typed, **notes}

    def value(self, item: Item, value: Item) -> JsonObject | None:
        members = item.value if isinstance(item.value, dict) else {}
        scopes = members.get("scopes")
        named = {str(scope) for scope in scopes} if isinstance(scopes, list) else set()
        match members.get("resolvedType"):
            case "COLOR":
                return _color(value)
            case "FLOAT" if (number := as_number(value.value)) is not None:
                return self.number(item, number, named)
            case "STRING" if named == {"FONT_FAMILY"} and isinstance(value.value, str):
                return {"$type": "fontFamily", "$value": value.value}
        kind = str(members.get("resolvedType"))
        message = f"{quoted(self.name(item))} was left out: DTCG has no type for {quoted(kind)} variables of this use"
        value.report(NOT_IMPORTED, message)
        return None

    def number(self, item: Item, number: float, scopes: set[str]) -> JsonObject:
        plain: float = int(number) if number == int(number) else number
        if scopes == {"FONT_WEIGHT"} and 1 <= number <= 1000:
            return {"$type": "fontWeight", "$value": plain}
        if scopes and scopes <= LENGTHS:
            return {"$type": "dimension", "$value": {"value": plain, "unit": "px"}}
        if scopes == {"OPACITY"}:  # which Figma counts in hundredths, and every platform from 0 to 1
            return {"$type": "number", "$value": round(number / 100, 6)}
        message = f"nothing says what {quoted(self.name(item))} measures, so it is a number and no length"
        item.report(NOT_IMPORTED, message, hint="give the variable a scope in Figma, such as `Gap`")
        return {"$type": "number", "$value": plain}

    def name(self, item: Item) -> str:
        return _text(item, "name") or item.pointer


def _color(value: Item) -> JsonObject | None:
    channels = value.value if isinstance(value.value, dict) else {}
    numbers = [as_number(channels.get(key)) for key in "rgb"]
    good: list[JsonValue] = [round(number, 5) for number in numbers if number is not None and 0 <= number <= 1]
    alpha = as_number(channels.get("a", 1))
    if len(good) != 3 or alpha is None or not 0 <= alpha <= 1:
        value.report(NOT_IMPORTED, f"{value.name} was left out: it is no colour of red, green and blue from 0 to 1")
        return None
    color: JsonObject = {"colorSpace": "srgb", "components": good}
    return {"$type": "color", "$value": color if alpha == 1 else {**color, "alpha": round(alpha, 5)}}


def _value(item: Item, mode: str) -> Item:
    """The value of a variable in a mode that it has."""
    members = item.value if isinstance(item.value, dict) else {}
    values = members.get("valuesByMode")
    return item.at("valuesByMode", values).at(mode, values[mode] if isinstance(values, dict) else None)


def _text(item: Item, key: str) -> str | None:
    value = item.value.get(key) if isinstance(item.value, dict) else None
    return value if isinstance(value, str) else None


def _clean(part: str) -> str:
    text = "".join("-" if char in "{}." or ord(char) < 0x20 or char == "\x7f" else char for char in part.strip())
    text = text.lstrip("$") or "-"
    return text if any(map(str.isalnum, text)) else f"{text}x"
