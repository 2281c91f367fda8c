"""A file of tokens in which nothing is unusual, read without keeping the place of each value.

Nearly all files are such: groups with a type, tokens with a value and perhaps a description, and nothing to report. Of
any other file nothing is read here, and the reader of `tokens` has it, which knows the whole format and reports every
mistake. Where this reader has an answer, it is that one's.
"""

from __future__ import annotations

from itertools import accumulate, chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

from themekit.model import TokenId, TokenType
from themekit.model.token_names import css_name, likeness
from themekit.source.colors import plain_colors
from themekit.source.json_text import read_json
from themekit.source.json_value import child_pointer
from themekit.source.plain_values import READERS, plain_value
from themekit.source.text_policy import text_fault
from themekit.source.token_references import alias_of, has_reference, is_name, is_reference

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from themekit.model import Color
    from themekit.model.token import TokenValue
    from themekit.source.json_value import JsonObject, JsonValue

MAX_BYTES = 8 << 20  # the largest public set of one file has 1.1 MB
ONLY = "default"
"""The mode of tokens where there is one."""
_TYPES: dict[str, TokenType] = {name: name for name in get_args(TokenType)}
_TOKEN_KEYS = frozenset({"$value", "$type", "$description"})
_REMEMBERED = 64  # groups: those of one large file
_MAX_REMEMBERED = 16_384  # tokens of one group
_KNOWN: dict[tuple[str, TokenType | None], _Group] = {}
"""By a group's path and the type it inherits: what it was last.

Files share the objects of groups that are the same text (`json_groups`), and nobody changes them."""


class PlainTokens(NamedTuple):
    """Tokens in the order written, each by its place in four lists. The type is as in `Token`.

    `groups` are the values of whole groups, each with the row of its first: the same object where it was read before.
    """

    ids: list[TokenId]
    types: list[TokenType | None]
    values: list[TokenValue]
    descriptions: list[str]
    groups: list[tuple[int, list[TokenValue]]]

    def is_named_as(self, other: PlainTokens) -> bool:
        """All but the values is the very same."""
        return self.ids is other.ids and self.types is other.types and self.descriptions is other.descriptions


class _Group(NamedTuple):
    """A group as written, and its tokens. They may be colours only, each a value and nothing else."""

    members: JsonObject
    tokens: PlainTokens
    are_colors: bool


_UNLIKE: list[list[TokenId]] = []
"""The names that were found last to be unlike."""
_JOINED: list[tuple[Sequence[PlainTokens], PlainTokens]] = []
"""The parts that were joined last, and what that gave."""


class _UnusualError(Exception):
    """Something that needs a closer look."""


def read_plain_tokens(path: PurePosixPath, content: bytes) -> PlainTokens | None:
    """The tokens of a file, or None."""
    document, found = read_json(path, content, max_bytes=MAX_BYTES, shares_members=True)
    return None if document is None or found or type(document.value) is not dict else plain_tokens(document.value)


def plain_tokens(members: JsonObject) -> PlainTokens | None:
    """The tokens of an outermost group with nothing wrong in its JSON, or None."""
    try:
        tokens = _joined(_parts(members))
    except _UnusualError:
        return None
    return tokens if _are_unlike(tokens.ids) else None


def _are_unlike(ids: list[TokenId]) -> bool:
    """No two names could meet in any casing. Brands of one system have the same ones, which are remembered."""
    if not _UNLIKE or (ids is not _UNLIKE[0] and ids != _UNLIKE[0]):
        try:
            names = {likeness(css_name(token_id)) for token_id in ids}
        except ValueError:
            return False
        if len(names) < len(ids):
            return False
        _UNLIKE[:] = [ids]
    return True


def pointer_of(token_id: TokenId) -> str:
    """The JSON Pointer of a token that was read here: no key of such a file holds a dot."""
    pointer = ""
    for part in token_id.split("."):
        pointer = child_pointer(pointer, part)
    return pointer


def _parts(members: JsonObject) -> list[PlainTokens]:
    """The tokens of each group in the outermost one, and of what stands before and after these."""
    type_ = _type_in(members)
    parts = []
    loose: JsonObject = {}
    for key, member in members.items():
        if type(member) is dict and member.get("$value") is None and is_name(key):
            if loose:
                parts.append(_read_group(loose, "", type_).tokens)
                loose = {}
            parts.append(_group(member, key, type_))
        else:
            loose[key] = member
    if loose:
        parts.append(_read_group(loose, "", type_).tokens)
    return parts


def _joined(parts: Sequence[PlainTokens]) -> PlainTokens:
    """One after the other. Sets of one system, whose groups have the same names, share the lists of all of them."""
    values = list(chain.from_iterable(each.values for each in parts))
    starts = accumulate((len(each.values) for each in parts), initial=0)
    groups = [(start, each.values) for start, each in zip(starts, parts, strict=False)]
    if _JOINED and len(_JOINED[0][0]) == len(parts) and all(map(PlainTokens.is_named_as, parts, _JOINED[0][0])):
        joined = _JOINED[0][1]._replace(values=values, groups=groups)
    else:
        joined = PlainTokens(
            list(chain.from_iterable(each.ids for each in parts)),
            list(chain.from_iterable(each.types for each in parts)),
            values,
            list(chain.from_iterable(each.descriptions for each in parts)),
            groups,
        )
    _JOINED[:] = [(parts, joined)]
    return joined


def _group(members: JsonObject, prefix: str, type_: TokenType | None) -> PlainTokens:
    """A group below the outermost one; what it was last time is remembered."""
    known = _KNOWN.get((prefix, type_))
    if known is None or known.members is not members:
        known = (known and _in_other_colors(known, members)) or _read_group(members, prefix, type_)
        if len(known.tokens.ids) <= _MAX_REMEMBERED:
            if len(_KNOWN) >= _REMEMBERED:
                _KNOWN.clear()
            _KNOWN[prefix, type_] = known
    return known.tokens


def _read_group(members: JsonObject, prefix: str, type_: TokenType | None) -> _Group:
    tokens = PlainTokens([], [], [], [], [])
    _read(members, prefix, type_, into=tokens)
    written = [member for key, member in members.items() if key != "$type"]
    return _Group(members, tokens, are_colors=len(written) == len(tokens.ids) and _lone_colors(written) is not None)


def _read(members: JsonObject, prefix: str, type_: TokenType | None, *, into: PlainTokens) -> None:
    type_ = _type_in(members) or type_
    read_value = None if type_ is None else READERS.get(type_)
    types, values, descriptions = into.types, into.values, into.descriptions
    ids = cast("list[str]", into.ids)
    start = f"{prefix}." if prefix else ""
    if type_ == "color" and (colors := _all_colors(members)):
        keys, found = colors
        ids += [start + key for key in keys]
        types += [type_] * len(keys)
        values += found
        descriptions += [""] * len(keys)
        return
    for key, member in members.items():
        if not key.isalnum():
            if key == "$type" or (key == "$schema" and not prefix and type(member) is str):
                continue
            if not is_name(key):  # as no other key that starts with `$` is
                raise _UnusualError
        if type(member) is not dict:
            raise _UnusualError
        written = member.get("$value")
        if written is None:
            _read(member, start + key, type_, into=into)
            continue
        # What most tokens are: a value alone, of the group's type. A reference is a string.
        value = read_value(written) if len(member) == 1 and read_value and type(written) is dict else None
        if value is None:
            _token(member, TokenId(start + key), type_, into=into)
        else:
            ids.append(start + key)
            types.append(type_)
            values.append(value)
            descriptions.append("")


def _in_other_colors(known: _Group, members: JsonObject) -> _Group | None:
    """A group of the same names and type, both of colours alone; None if it is another one.

    What its tokens are called is shared: brands of one system have the same names.
    """
    before = known.members
    if not known.are_colors or list(members) != list(before) or members.get("$type") != before.get("$type"):
        return None
    colors = _lone_colors([member for key, member in members.items() if key != "$type"])
    if colors is None:
        return None
    return known._replace(members=members, tokens=known.tokens._replace(values=cast("list[TokenValue]", colors)))


def _all_colors(members: JsonObject) -> tuple[list[str], list[Color]] | None:
    """The keys and values of a group of colours and nothing else, each a value alone; None of any other group."""
    tokens = members.copy()
    tokens.pop("$type", None)
    if not ("".join(tokens).isalnum() and "" not in tokens) and not all(map(is_name, tokens)):
        return None
    colors = _lone_colors(tokens.values())
    return None if colors is None else (list(tokens), colors)


def _lone_colors(tokens: Collection[JsonValue]) -> list[Color] | None:
    """The values of tokens that are a plain colour each and nothing else; None if one is not."""
    if set(map(type, tokens)) != {dict}:
        return None
    written = cast("Collection[JsonObject]", tokens)
    if set(map(len, written)) != {1}:
        return None
    return plain_colors([token.get("$value") for token in written])


def _token(members: JsonObject, token_id: TokenId, inherited: TokenType | None, *, into: PlainTokens) -> None:
    written, own, description = members["$value"], None, ""
    if len(members) > 1:
        if not members.keys() <= _TOKEN_KEYS:
            raise _UnusualError
        own, description = _type_in(members), _description_in(members)
    value: TokenValue | None
    type_ = own or inherited
    if type(written) is str and written[:1] == "{":
        value, type_ = alias_of(written), own  # the type of an alias is its target's
    elif type_ is None:
        raise _UnusualError
    else:
        value = plain_value(written, type_)
        if value is None:
            value = _other_value(written, type_, token_id)
    if value is None:
        raise _UnusualError
    into.ids.append(token_id)
    into.types.append(type_)
    into.values.append(value)
    into.descriptions.append(description)


def _type_in(members: JsonObject) -> TokenType | None:
    if "$type" not in members:
        return None
    own = members["$type"]
    if type(own) is not str or own not in _TYPES:
        raise _UnusualError
    return _TYPES[own]


def _description_in(members: JsonObject) -> str:
    if "$description" not in members:
        return ""
    text = members["$description"]
    if type(text) is not str or text_fault(text := " ".join(text.split()), has_markup=True) is not None:
        raise _UnusualError
    return text


def _other_value(written: JsonValue, type_: TokenType, token_id: TokenId) -> TokenValue | None:
    """A value that is written in another way, if there is nothing to report about it."""
    from themekit.diagnostics import Reporter  # noqa: PLC0415  # 10 ms with the rest, for what few files have
    from themekit.source.node import Item  # noqa: PLC0415
    from themekit.source.sources import Sources  # noqa: PLC0415
    from themekit.source.token_values import value_of  # noqa: PLC0415

    report = Reporter()
    item = Item(written, child_pointer(pointer_of(token_id), "$value"), Sources(PurePosixPath()), report)
    if is_reference(item) or has_reference(written):
        return None
    value = value_of(item, type_)
    return None if report.found else value
