"""The `tokens` object of a brand, a DTCG 2025.10 group, to a `TokenSet`. References stay references.

Source: Design Tokens Community Group, Format Module and Color Module 2025.10. Values for modes stand in the extension
`themekit.modes` of a token.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TYPE_CHECKING

from themekit.diagnostics import Note
from themekit.diagnostics.printable import quoted
from themekit.model import Alias, LostToken, Mode, ModeValue, Token, TokenGroup, TokenId, TokenSet
from themekit.model.token_names import ROOT, Casing, css_name, likeness, name_in, shared_casing
from themekit.source.codes import (
    INVALID_TEXT,
    INVALID_TOKEN,
    MISSING_TOKEN_TYPE,
    TOKEN_NAME_COLLISION,
    UNKNOWN_KEY,
    UNKNOWN_MODE,
    UNKNOWN_TOKEN_TYPE,
    UNSUPPORTED_TOKEN_FEATURE,
    WRONG_TYPE,
)
from themekit.source.colors import plain_color
from themekit.source.json_value import json_type, noun, pointer_parts
from themekit.source.node import Item
from themekit.source.text_policy import text_fault
from themekit.source.token_pointers import Pointers
from themekit.source.token_references import alias_of, is_reference
from themekit.source.token_tree import TOKEN_KEYS, Group, has_known_type, read_tree
from themekit.source.token_values import TOKEN_TYPES, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.diagnostics import Reporter
    from themekit.model import TokenType
    from themekit.model.token import TokenValue
    from themekit.source.json_value import JsonObject
    from themekit.source.node import Node
    from themekit.source.sources import Sources

EXTENSION = "themekit"
_PLAIN_KEYS = frozenset({"$value", "$type"})
_TYPES = frozenset(TOKEN_TYPES)
MODES = tuple(mode.value for mode in Mode)
_LATEST: dict[tuple[str, str, Sources], TokenSet] = {}
"""What was read last without a mistake: while somebody edits another part of a brand, its tokens stay the same."""
ANY = "any"  # type of a value whose type is not known
DEPRECATED = ""  # where `$deprecated` is just true, without a reason


def parse_tokens(node: Node) -> TokenSet:
    """The tokens in the order written, each with its type and modes; every mistake is reported.

    A token whose name in CSS is another's is reported too, as one of the two would be lost.
    """
    place = repr(node.members), node.pointer, node.sources
    if place in _LATEST:
        return _LATEST[place]
    before = len(node.reporter.found)
    found = read_tokens(node)
    if len(node.reporter.found) == before:
        _LATEST.clear()
        _LATEST[place] = found
    return found


def read_tokens(node: Node, *, casings: tuple[Casing, ...] = tuple(Casing)) -> TokenSet:
    """As `parse_tokens`, without remembering; names may meet in casings that are not asked for."""
    root = Item(node.members, node.pointer, node.sources, node.reporter)
    tree = read_tree(root)
    reader = _TokenReader(Pointers(tree, root), casings)
    reader.group(tree, "", _Inherited())
    return TokenSet(tuple(reader.tokens), tuple(dict.fromkeys((*reader.lost, *_no_json(node)))), tuple(reader.groups))


def _no_json(node: Node) -> Iterator[LostToken]:
    """What is lost because a value of it was reported while reading the JSON."""
    for pointer in sorted(node.sources.omitted):
        if f"{pointer}/".startswith(f"{node.pointer}/"):
            parts = pointer_parts(pointer.removeprefix(node.pointer))
            yield LostToken(TokenId(".".join(takewhile(lambda part: part == ROOT or not part.startswith("$"), parts))))


def report_collision(
    token: Token,
    other: Token,
    *,
    report: Reporter,
    casings: tuple[Casing, ...] = tuple(Casing),
    hint: str = "rename one of them",
) -> bool:
    """Report two tokens that would get one name in an output; whether they would."""
    casing = shared_casing(token.id, other.id, among=casings)
    if casing is None:
        return False
    name = name_in(casing, token.id)
    shown = f"--tk-{name}" if casing is Casing.KEBAB else name
    where = "" if casing is Casing.KEBAB else f" in {casing}, which some outputs use"
    other_name = quoted(other.id) if other.origin else f"the default token {quoted(other.id)}"
    message = f"{quoted(token.id)} and {other_name} would both be named {quoted(shown)}{where}"
    notes = [Note(f"{quoted(other.id)} is defined here", other.origin)] if other.origin else []
    report(TOKEN_NAME_COLLISION, token.origin, message, notes=notes, hint=hint)
    return True


@dataclass(frozen=True, slots=True)
class _Inherited:
    """What a group hands down to its tokens."""

    type: TokenType | None = None
    deprecated: str | None = None
    has_unknown_type: bool = False


@dataclass(slots=True)
class _TokenReader:
    pointers: Pointers
    casings: tuple[Casing, ...]
    tokens: list[Token] = field(default_factory=list)
    groups: list[TokenGroup] = field(default_factory=list)
    by_likeness: dict[str, list[Token]] = field(default_factory=dict)
    lost: list[LostToken] = field(default_factory=list)

    def group(self, group: Group, prefix: str, above: _Inherited) -> None:
        properties = group.properties
        description = _check_description(properties.get("$description"))
        extensions = properties.get("$extensions")
        if extensions is not None and isinstance(extensions.value, dict) and EXTENSION in extensions.value:
            place = extensions.at(EXTENSION, extensions.value[EXTENSION])
            place.report(UNSUPPORTED_TOKEN_FEATURE, f"`$extensions.{EXTENSION}` of a group: only tokens have modes")
        if (kept := _other_extensions(extensions)) or description:
            self.groups.append(TokenGroup(TokenId(prefix), description, kept))
        own_type = _type(properties.get("$type"))
        is_wrong = group.has_unknown_type or ("$type" in properties and own_type is None)
        deprecated = properties.get("$deprecated")
        here = _Inherited(
            own_type or above.type,
            above.deprecated if deprecated is None else _deprecated(deprecated),
            is_wrong or (above.has_unknown_type and own_type is None),
        )
        self.lost += (LostToken(TokenId(".".join(filter(None, (prefix, name))))) for name in group.lost)
        for name, member in group.members.items():
            path = f"{prefix}.{name}" if prefix else name
            if isinstance(member, Group):
                self.group(member, path, here)
            elif not self.token(member, TokenId(path), here):
                self.lost.append(LostToken(TokenId(path)))

    def token(self, item: Item, token_id: TokenId, above: _Inherited) -> bool:
        """Read a token; False if it is lost."""
        if type(item.value) is dict and item.value.keys() <= _PLAIN_KEYS and not above.has_unknown_type:
            plain = self.plain(item, item.value, token_id, above)
            if plain is not None:
                return self.add(plain, item)
        members: dict[str, Item] = {}
        is_good = True
        for key, written in (item.value if isinstance(item.value, dict) else {}).items():
            member = item.at(key, written)
            if _is_member_of_token(key, member):
                members[key] = member
            elif written is not None:
                is_good = False
        if not (is_good or {"$value", "$ref"} & members.keys()):
            return False  # the key that is wrong may have been meant to be the value
        if "$value" in members and "$ref" in members:
            members["$ref"].report(
                INVALID_TOKEN, f"{quoted(token_id)} has both `$value` and `$ref`", hint="keep one of them"
            )
            return False
        type_ = _type(members.get("$type"))
        if type_ is None and ("$type" in members or above.has_unknown_type):
            return False
        value = self.value(members, item, token_id, type_ or above.type)
        modes = self.modes(members.get("$extensions"), token_id, type_ or above.type)
        description = _check_description(members.get("$description"))
        deprecated = members.get("$deprecated")
        if value is None or modes is None or not is_good:
            return False
        is_alias = isinstance(value, Alias) and all(isinstance(mode.value, Alias) for mode in modes)
        token = Token(
            id=token_id,
            type=type_ if is_alias else type_ or above.type,
            value=value,
            modes=modes,
            description=description,
            deprecated=above.deprecated if deprecated is None else _deprecated(deprecated),
            origin=item.origin("key"),
            extensions=_other_extensions(members.get("$extensions")),
        )
        return self.add(token, item)

    def plain(self, item: Item, members: JsonObject, token_id: TokenId, above: _Inherited) -> Token | None:
        """A token of a value and perhaps a type: most are such. None if it needs a closer look."""
        value, own = members.get("$value"), members.get("$type")
        type_ = above.type if own is None else own
        found: TokenValue | None
        if type(value) is str and value[:1] == "{":
            found = alias_of(value)
            type_ = own
        elif type_ == "color" and type(value) is dict and len(value) == 2:
            found = plain_color(value)
        else:
            return None
        if found is None or not (type_ is None or (isinstance(type_, str) and type_ in _TYPES)):
            return None
        return Token(token_id, type_, found, (), "", above.deprecated, item.origin("key"))

    def value(
        self, members: dict[str, Item], item: Item, token_id: TokenId, type_: TokenType | None
    ) -> TokenValue | None:
        """The token's own value, which may stand in `$ref`."""
        has_pointer = "$ref" in members
        value = replace(item, value={"$ref": members["$ref"].value}) if has_pointer else members["$value"]
        return self.read(value, type_, what=f"{quoted(token_id)} has a value")

    def read(self, item: Item, type_: TokenType | None, *, what: str) -> TokenValue | None:
        """A value, of a mode or of all; a reference to a whole token is read without its type."""
        filled = self.pointers.filled(item, type_ or ANY)
        if filled is None or filled.value is None:
            return None
        if type_ is None and not is_reference(filled):
            hint = f'write "$type" beside it: {_likely_type(filled)}'
            filled.report(MISSING_TOKEN_TYPE, f"{what} but no type", hint=hint)
            return None
        return value_of(filled, type_ or "color")

    def add(self, token: Token, item: Item) -> bool:
        try:
            name = css_name(token.id)
        except ValueError:
            item.report(INVALID_TOKEN, "`$root` needs a group with a name")
            return False
        alike = self.by_likeness.setdefault(likeness(name), [])
        for other in alike:
            if report_collision(token, other, report=item.reporter, casings=self.casings):
                break
        alike.append(token)
        self.tokens.append(token)
        return True

    def modes(
        self, extensions: Item | None, token_id: TokenId, type_: TokenType | None
    ) -> tuple[ModeValue, ...] | None:
        """The values for modes; None if it is not known which modes have one. A value that is wrong is lost."""
        written = _modes(extensions)
        if written is None:
            return None
        known = {name: item for name, item in written.items() if _is_mode(item, name)}
        found: list[ModeValue] = []
        for name, item in known.items():
            value = self.read(item, type_, what=f"{quoted(token_id)} has a value for a mode")
            if value is not None:
                found.append(ModeValue(Mode(name), value))
            elif item.value is not None:
                self.lost.append(LostToken(token_id, Mode(name)))
        return tuple(found) if len(known) == len(written) else None


def _is_member_of_token(key: str, member: Item) -> bool:
    if key.startswith("$"):
        return has_known_type(member, key, keys=TOKEN_KEYS, kind="a token")
    if member.value is None:
        return False
    if f"${key}" in TOKEN_KEYS or not isinstance(member.value, dict):
        hint = member.names_hint(f"${key}", TOKEN_KEYS, label="known keys")
        member.report(UNKNOWN_KEY, f"a token has no key {quoted(key)}", hint=hint, part="key")
    else:
        hint = "move the value into a token named `$root` beside it"
        message = f"a token cannot hold the token or group {quoted(key)}"
        member.report(INVALID_TOKEN, message, hint=hint, part="key")
    return False


def _type(item: Item | None) -> TokenType | None:
    if item is None:
        return None
    if item.value in TOKEN_TYPES:
        return item.value
    hint = item.names_hint(str(item.value), TOKEN_TYPES, label="allowed")
    item.report(UNKNOWN_TOKEN_TYPE, f"there is no token type {quoted(str(item.value))}", hint=hint)
    return None


def _likely_type(item: Item) -> str:
    value = item.value
    if isinstance(value, str) and value[:1].isdigit():
        return '"duration"' if value.endswith("s") else '"dimension"'
    if isinstance(value, str):
        return '"color"' if value.startswith("#") or "(" in value else '"fontFamily"'
    if isinstance(value, dict):
        guesses = {"colorSpace": '"color"', "unit": '"dimension"', "blur": '"shadow"', "fontSize": '"typography"'}
        return next((guess for key, guess in guesses.items() if key in value), '"border"')
    return '"number"' if isinstance(value, int | float) else '"cubicBezier"'


def _check_description(item: Item | None) -> str:
    """The description on one line; "" if it is absent or was reported.

    It may say `A -> B` and `for <h1>`: no page has it but as text, and formats escape it.
    """
    text = None if item is None else item.text()
    if item is None or not text:
        return ""
    text = " ".join(text.split())
    fault = text_fault(text, has_markup=True) if text else None
    if fault is not None:
        message, hint = fault
        item.report(INVALID_TEXT, f"{item.name} {message}", hint=hint)
    return text


def _deprecated(item: Item) -> str | None:
    if isinstance(item.value, str):
        return _check_description(item) or DEPRECATED
    return DEPRECATED if item.value is True else None


def _modes(extensions: Item | None) -> dict[str, Item] | None:
    """The items by the names of their modes; None if what is written there is not known."""
    own = None if extensions is None else _member(extensions, EXTENSION)
    if own is None:
        return {}
    if not isinstance(own.value, dict):
        own.report(WRONG_TYPE, f"`$extensions.{EXTENSION}`: expected an object, found {noun(json_type(own.value))}")
        return None
    for key in own.value:
        if key != "modes":
            message = f"`$extensions.{EXTENSION}` has no key {quoted(key)}"
            own.at(key, None).report(UNKNOWN_KEY, message, hint="did you mean `modes`?", part="key")
    modes = _member(own, "modes")
    if modes is None:
        return {} if own.value.keys() <= {"modes"} else None
    if not isinstance(modes.value, dict):
        modes.report(WRONG_TYPE, f"`modes`: expected an object, found {noun(json_type(modes.value))}")
        return None
    return {name: modes.at(name, value) for name, value in modes.value.items()}


def _is_mode(item: Item, name: str) -> bool:
    if name in MODES:
        return True
    hint = item.names_hint(name, MODES, label="modes")
    item.report(UNKNOWN_MODE, f"there is no mode {quoted(name)}", hint=hint, part="key")
    return False


def _other_extensions(item: Item | None) -> str:
    """What `$extensions` holds beside our own, as JSON text; "" if nothing."""
    written = item.value if item is not None and isinstance(item.value, dict) else {}
    others = {key: value for key, value in written.items() if key != EXTENSION}
    return json.dumps(others, ensure_ascii=False, separators=(",", ":")) if others else ""


def _member(item: Item, key: str) -> Item | None:
    members = item.value if isinstance(item.value, dict) else {}
    return item.at(key, members[key]) if members.get(key) is not None else None
