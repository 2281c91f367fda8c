"""The resources of a client and the names of their methods: what an SDK's user types.

`listPayments` of the tag Payments is `payments.list`. Where ids only repeat method and path, the path is read instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.model.api import Group
from themekit.source.api.names import Scope, named, singular, started, stem, words_of
from themekit.source.reserved_words import ACTION_WORDS

if TYPE_CHECKING:
    from themekit.model.api_types import Name
    from themekit.model.outline import Method

_VERSION = re.compile(r"v\d+(?:[._]\d+)*|api|rest", re.IGNORECASE)
_EXPRESSION = re.compile(r"\{[^{}]*\}")
_VERBS: dict[str, str] = {"POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete", "GET": "get"}
_FILLERS = frozenset({"a", "an", "the", "of", "for", "in", "by", "to", "from", "with", "on"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the name of an operation is made from."""

    written_id: str
    method: Method
    path: str
    tag: str


@dataclass(slots=True)
class Groups:
    """Groups in the order of first use, and the methods of each."""

    tags: dict[str, str]
    found: dict[str, Group] = field(default_factory=dict)
    methods: dict[str, Scope] = field(default_factory=dict)

    def group_of(self, asked: Asked) -> Name:
        """The group of an operation: its first tag, or the first segment of its path that names something."""
        title = asked.tag or next((each for each in segments(asked.path) if not _is_expression(each)), "api")
        name = named(title, "group")
        key = "".join(name)
        if key not in self.found:
            self.found[key] = Group(name, title, self.tags.get(asked.tag, ""))
            self.methods[key] = Scope()
        return self.found[key].name

    def method_of(self, asked: Asked, group: Name) -> Name:
        """The name of an operation in its group: the shortest of a few that is free."""
        scope = self.methods["".join(group)]
        candidates = [started(each, "call") for each in _candidates(asked, group) if each]
        free = next((each for each in candidates if scope.is_free(each)), candidates[-1])
        return scope.unique(free)


def segments(path: str) -> list[str]:
    """The parts of a path, without versions at its start."""
    found = [each for each in re.split(r"[/?#]", path.partition("?")[0]) if each]
    while len(found) > 1 and _VERSION.fullmatch(found[0]):
        found = found[1:]
    return found


def made_id(method: Method, path: str) -> str:
    """An operation's id from its method and path: `GET /payments/{id}` is `get_payments_id`."""
    return "_".join([method.lower(), *words_of(path.partition("?")[0])]) or method.lower()


def _is_expression(segment: str) -> bool:
    return _EXPRESSION.fullmatch(segment) is not None


def _candidates(asked: Asked, group: Name) -> list[Name]:
    own = words_of(asked.written_id)
    if not own or _repeats_path(own, asked):
        by_path = _of_path(asked, group)
        return [*by_path, own or words_of(made_id(asked.method, asked.path))]
    return [_without_group(own, group), own]


def _repeats_path(words: Name, asked: Asked) -> bool:
    """The id says method and path only, as in `get_files_id_tasks`: ids are made so by machines."""
    if words[0] != asked.method.lower():
        return False
    said = [word for word in words[1:] if word not in ("id", "by")]
    path = [word for segment in segments(asked.path) for word in words_of(segment) if word not in ("id", "by")]
    static = [
        word
        for segment in segments(asked.path)
        if not _is_expression(segment)
        for word in words_of(_EXPRESSION.sub("", segment))
        if word not in ("id", "by")
    ]
    fragment = list(words_of(asked.path.partition("#")[2]))
    return stem(tuple(said)) in (stem(tuple(path)), stem(tuple(static)), stem(tuple(static + fragment)))


def _without_group(words: Name, group: Name) -> Name:
    """The words without those of the group, in one or many: `list_customer_payment_methods` keeps the customers."""
    stems, wanted = stem(words), stem(group)
    for length in range(len(wanted), 0, -1):
        for start in range(len(words) - length, -1, -1):
            if stems[start : start + length] == wanted[:length] and (length == len(wanted) or start > 0):
                rest = (*words[:start], *words[start + length :])
                rest = _trimmed(rest)
                return rest or words
        if length <= (len(wanted) + 1) // 2:
            break
    return words


def _trimmed(words: Name) -> Name:
    while words and words[-1] in _FILLERS:
        words = words[:-1]
    while words and words[0] in _FILLERS:
        words = words[1:]
    return words


def _of_path(asked: Asked, group: Name) -> list[Name]:
    """Names by what the request does to the resource at its path, the shortest first."""
    parts = segments(asked.path.partition("#")[0])
    ends_in_item = bool(parts) and _is_expression(parts[-1])
    verb = _VERBS.get(asked.method, asked.method.lower())
    static = [words_of(_EXPRESSION.sub(" ", each)) for each in parts if not _is_expression(each)]
    static = [each for each in static if each]
    if asked.method == "GET" and not ends_in_item and static and _is_plural(static[-1]):
        verb = "list"
    fragment = words_of(asked.path.partition("#")[2])
    wanted = stem(group)
    last_is_group = bool(static) and stem(static[-1]) == wanted
    others = [each for each in static if stem(each) != wanted]
    if fragment:
        return [fragment, (verb, *fragment), (verb, *_flat(others), *fragment)]
    if last_is_group:
        owners = _flat([_one_of(each) for each in others])
        return [(verb,), (verb, "for", *owners) if owners else (verb,), (verb, *_flat(static))]
    if not others:
        return [(verb,), (verb, *_flat(static))]
    if (
        asked.method in ("POST", "PUT")
        and not ends_in_item
        and others[-1] == static[-1]
        and others[-1][0] in ACTION_WORDS
    ):
        return [others[-1], (*others[-1], *_flat([_one_of(each) for each in others[:-1]])), (verb, *_flat(static))]
    named_last = others[-1] if verb == "list" or not ends_in_item else _one_of(others[-1])
    return [
        (verb, *named_last),
        (verb, *_flat([_one_of(each) for each in others[:-1]]), *named_last),
        (verb, *_flat(static)),
    ]


def _is_plural(words: Name) -> bool:
    return singular(words)[-1] != "item"


def _one_of(words: Name) -> Name:
    return stem(words)


def _flat(names: list[Name]) -> Name:
    return tuple(word for each in names for word in each)
