"""The tree of a DTCG 2025.10 group: which objects are tokens, which groups, and what they inherit by `$extends`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.token_names import ROOT
from themekit.source.codes import (
    GROUP_CYCLE,
    INVALID_ALIAS,
    INVALID_TOKEN,
    INVALID_TOKEN_NAME,
    TOO_LONG,
    UNKNOWN_GROUP,
    UNKNOWN_KEY,
    WRONG_TYPE,
)
from themekit.source.json_value import JsonType, dotted, json_type, noun, nouns, pointer_parts
from themekit.source.token_references import NAME, is_name

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item

TOKEN_KEYS: dict[str, tuple[JsonType, ...]] = {
    "$value": ("object", "array", "string", "number", "boolean"),
    "$ref": ("string",),
    "$type": ("string",),
    "$description": ("string",),
    "$deprecated": ("boolean", "string"),
    "$extensions": ("object",),
}
GROUP_KEYS: dict[str, tuple[JsonType, ...]] = {
    "$value": (),  # null only: with a value it is a token
    "$ref": ("string",),
    "$type": ("string",),
    "$description": ("string",),
    "$deprecated": ("boolean", "string"),
    "$extensions": ("object",),
    "$extends": ("string",),
    ROOT: ("object",),
}

MAX_COPIED = 20_000  # ten times the largest real token set
MAX_CHAIN = 16  # as with brand files, nobody can say of a longer chain where a token comes from

_GROUP_PATH = re.compile(rf"\{{({NAME}(?:\.{NAME})*)\}}")


@dataclass(slots=True)
class Group:
    """A group with everything it extends: `properties` by key (`$type`), members in order; a token is an Item.

    `lost` has the names of members that could not be read, and "" if there may be any others; with `has_unknown_type`
    the type that the group gives its tokens could not be read.
    """

    properties: dict[str, Item] = field(default_factory=dict)
    members: dict[str, Item | Group] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    has_unknown_type: bool = False


def read_tree(tokens: Item) -> Group:
    """The tree of the `tokens` object. What is wrong with its structure is reported, and left out."""
    return _TreeReader(tokens).group(tokens, ())


def is_token(members: JsonObject) -> bool:
    """The object has a value, so it is a token and no group.

    With `$ref` and members of its own it is a group that extends another: DTCG 2025.10, "Equivalence to JSON Schema".
    """
    if members.get("$value") is not None:
        return True
    return members.get("$ref") is not None and not any(
        isinstance(value, dict) for key, value in members.items() if not key.startswith("$") or key == ROOT
    )


@dataclass(slots=True)
class _TreeReader:
    root: Item
    cycles: set[frozenset[str]] = field(default_factory=set)
    copied: int = 0

    def group(self, item: Item, open_pointers: tuple[str, ...], *, is_copy: bool = False) -> Group:
        """The group at `item`; a copy made for `$extends` reports nothing, as the original does."""
        own = Group()
        members = item.value if isinstance(item.value, dict) else {}
        for key, value in members.items():
            member = item.at(key, value)
            if key == "$schema" and isinstance(value, str) and not item.pointer:
                continue  # of a file: for editors only. Source: format.json of DTCG 2025.10
            if key.startswith("$"):
                self.property(own, "$extends" if key == "$ref" else key, member, is_copy=is_copy)
            elif is_copy or self.is_named_well(key, member):
                self.member(own, key, member, open_pointers=open_pointers, is_copy=is_copy)
            else:
                own.lost.append(key)
        base = self.extended(own, item, open_pointers, is_copy=is_copy)
        if base is None and (members.get("$extends") is not None or members.get("$ref") is not None):
            own.lost.append("")
        return own if base is None else overlay(own, base)

    def property(self, group: Group, key: str, member: Item, *, is_copy: bool) -> None:
        if not has_known_type(member, key, keys=GROUP_KEYS, kind="a group", is_quiet=is_copy):
            group.has_unknown_type |= key == "$type" and member.value is not None
            group.lost += [ROOT] if key == ROOT else []
            return
        if key == ROOT:
            if isinstance(member.value, dict) and is_token(member.value):
                group.members[ROOT] = member
                return
            group.lost.append(ROOT)
            if not is_copy:
                member.report(INVALID_TOKEN, "`$root` is the group's own token and needs a `$value`")
        else:
            group.properties[key] = member

    def is_named_well(self, key: str, member: Item) -> bool:
        if is_name(key):
            return True
        hint = "a name has a letter or digit, does not start with `$`, and holds no `{`, `}`, `.` or control character"
        message = f"a token or group cannot be named {quoted(key)}"
        member.report(INVALID_TOKEN_NAME, message, hint=hint, part="key")
        return False

    def member(self, group: Group, key: str, member: Item, *, open_pointers: tuple[str, ...], is_copy: bool) -> None:
        value = member.value
        if value is None or (member.sources.omitted and member.sources.is_omitted(member.pointer)):
            return
        if not isinstance(value, dict):
            group.lost.append(key)
            if not is_copy:
                self.report_no_object(key, member)
        elif value.get("$value") is not None or (is_token(value) and not self.refers_to_group(value)):
            group.members[key] = member
        else:
            group.members[key] = self.group(member, open_pointers, is_copy=is_copy)

    def refers_to_group(self, members: JsonObject) -> bool:
        written = members.get("$ref")
        if not isinstance(written, str) or not written.startswith("#/") or members.get("$value") is not None:
            return False
        found: JsonValue = self.root.value
        for part in pointer_parts(written[1:]):
            found = found.get(part) if isinstance(found, dict) else None
        return (
            isinstance(found, dict)
            and bool(found)
            and not is_token(found)
            and "/$" not in written.replace("/$root", "")
        )

    def report_no_object(self, key: str, member: Item) -> None:
        hint: str | None = None
        if f"${key}" in TOKEN_KEYS:
            hint = f"did you mean `${key}`?"
        elif isinstance(member.value, str):
            hint = "write " + quoted(f'{{"$value": "{member.value}"}}')
        message = f"{member.name}: expected a token or a group, found {noun(json_type(member.value))}"
        member.report(WRONG_TYPE, message, hint=hint)

    def extended(self, own: Group, item: Item, open_pointers: tuple[str, ...], *, is_copy: bool) -> Group | None:
        """What the group's `$extends` names, copied; None without one, or if it was reported."""
        written = own.properties.get("$extends")
        if written is None:
            return None
        target = self.target(written, is_copy=is_copy)
        if target is None:
            return None
        opened = (*open_pointers, item.pointer)
        # A group inside itself would be as endless as a group that extends itself.
        inside = [f"{pointer}/".startswith(f"{target.pointer}/") for pointer in opened]
        if any(inside):
            self.report_cycle(written, opened[inside.index(True) :])
            return None
        if self.is_too_much(target, written, length=len(opened)):
            return None
        return self.group(target, opened, is_copy=True)

    def is_too_much(self, target: Item, written: Item, *, length: int) -> bool:
        """Groups that extend groups that extend groups double with each line: a few lines make a billion tokens."""
        if self.copied > MAX_COPIED:
            return True
        self.copied += _tokens_in(target.value)
        if length > MAX_CHAIN:
            written.report(TOO_LONG, f"more than {MAX_CHAIN} groups extend one another in a row")
            self.copied = MAX_COPIED + 1
        elif self.copied > MAX_COPIED:
            written.report(TOO_LONG, f"`$extends` makes more than {MAX_COPIED} tokens of this file")
        return self.copied > MAX_COPIED

    def report_cycle(self, written: Item, pointers: tuple[str, ...]) -> None:
        """Once, from whichever of its groups it is found first."""
        if frozenset(pointers) not in self.cycles:
            self.cycles.add(frozenset(pointers))
            circle = " -> ".join(quoted(dotted(pointer)) for pointer in (*pointers, pointers[0]))
            written.report(GROUP_CYCLE, f"groups extend one another in a circle: {circle}")

    def target(self, written: Item, *, is_copy: bool) -> Item | None:
        text = str(written.value)
        match = _GROUP_PATH.fullmatch(text)
        names = match.group(1).split(".") if match else pointer_parts(text[1:]) if text.startswith("#/") else None
        if names is None:
            if not is_copy:
                hint = "write `{color.base}` or `#/color/base`"
                written.report(INVALID_ALIAS, f"{quoted(text)} is no reference to a group", hint=hint)
            return None
        found = self.root
        for name in names:
            members = found.value if isinstance(found.value, dict) else {}
            if name not in members or not isinstance(members[name], dict):
                if not is_copy:
                    near = written.near(name, members)
                    message = f"`tokens` has no group {quoted('.'.join(names))}"
                    written.report(UNKNOWN_GROUP, message, hint=near)
                return None
            found = found.at(name, members[name])
        if isinstance(found.value, dict) and is_token(found.value):
            if not is_copy:
                written.report(UNKNOWN_GROUP, f"{found.name} is a token; only a group can be extended")
            return None
        return found


def _tokens_in(value: JsonValue) -> int:
    """Members of the group and of its groups; what these extend counts when it is copied."""
    return 1 + sum(_tokens_in(member) for member in value.values()) if isinstance(value, dict) else 0


def overlay(own: Group, base: Group) -> Group:
    """`own` over `base`: groups merge, tokens replace. Source: DTCG 2025.10, "Extending groups"."""
    merged = Group({**base.properties, **own.properties}, dict(base.members), [*base.lost, *own.lost])
    merged.has_unknown_type = own.has_unknown_type or (base.has_unknown_type and "$type" not in own.properties)
    for name, member in own.members.items():
        theirs = base.members.get(name)
        if isinstance(member, Group) and isinstance(theirs, Group):
            merged.members[name] = overlay(member, theirs)
        else:
            merged.members[name] = member
    return merged


def has_known_type(
    member: Item, key: str, *, keys: dict[str, tuple[JsonType, ...]], kind: str, is_quiet: bool = False
) -> bool:
    """The key is one of `keys` and its value has the JSON type of that key; otherwise it is reported, null excepted."""
    allowed = keys.get(key)
    if allowed is None:
        if not is_quiet:
            hint = member.names_hint(key, keys, label="known keys")
            member.report(UNKNOWN_KEY, f"{kind} has no key {quoted(key)}", hint=hint, part="key")
        return False
    found = json_type(member.value)
    if found in allowed:
        return True
    if found == "null":
        return False  # "not set"
    if not is_quiet and not member.sources.is_omitted(member.pointer):
        member.report(WRONG_TYPE, f"`{key}`: expected {nouns(allowed)}, found {noun(found)}")
    return False
