"""The names of an API in Java: classes that never hide one of the language or of the runtime, methods that compile."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.sdk.java.reserved import CLASS_WORDS, KEYWORDS, METHOD_WORDS

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Operation
    from themekit.model.api_types import Name, TypeId
    from themekit.model.outline import OperationId

MAX_CLASS_NAME = 110  # a file system takes names of 255 bytes, nested classes and suffixes included
_KEPT_PLURAL = ("ss", "us", "is", "news", "data", "series", "status", "address")


@lru_cache(maxsize=65536)
def pascal(words: Name) -> str:
    """`PaymentIntent`."""
    return "".join(word[0].upper() + word[1:] for word in words)


@lru_cache(maxsize=65536)
def camel(words: Name, reserved: frozenset[str] = KEYWORDS) -> str:
    """`paymentIntent`, with `_` at the end if that is reserved."""
    found = words[0] + "".join(word[0].upper() + word[1:] for word in words[1:])
    return f"{found}_" if found in reserved else found


def constant_name(words: Name) -> str:
    """`PAYMENT_INTENT`."""
    return "_".join(words).upper()


def singular(words: Name) -> Name:
    """The name of one of these; a name that is no plural stays as it is."""
    last = words[-1]
    if len(last) < 3 or not last.endswith("s") or last.endswith(_KEPT_PLURAL):
        return words
    if last.endswith("ies") and len(last) > 4:
        return (*words[:-1], last[:-3] + "y")
    if last.endswith(("sses", "xes", "ches", "shes")):
        return (*words[:-1], last[:-2])
    return (*words[:-1], last[:-1])


@dataclass(frozen=True, slots=True)
class Names:
    """Class names by what they are for; `resources` and `asynchronous` by the joined words of a group."""

    types: dict[TypeId, str]
    resources: dict[Name, str]
    asynchronous: dict[Name, str]
    params: dict[OperationId, str]
    methods: dict[OperationId, str]
    others: dict[tuple[OperationId, str], str]


@dataclass(slots=True)
class _Classes:
    """Class names that are taken, in lower case: some file systems know no other."""

    taken: set[str] = field(default_factory=lambda: set(CLASS_WORDS))

    def unique(self, name: str, suffix: str = "") -> str:
        if len(name) > MAX_CLASS_NAME:
            name = f"{name[: MAX_CLASS_NAME - 8]}{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        for candidate in (name + suffix, f"{name}Model{suffix}"):
            if candidate.lower() not in self.taken:
                self.taken.add(candidate.lower())
                return candidate
        number = 2
        while f"{name}{suffix}_{number}".lower() in self.taken:
            number += 1
        self.taken.add(f"{name}{suffix}_{number}".lower())
        return f"{name}{suffix}_{number}"


def names_of(api: ApiModel) -> Names:
    """All names of the API; types first, as they are what programs write most."""
    classes = _Classes()
    types = {each.id: classes.unique(pascal(each.name)) for each in api.types}
    resources = {each.name: classes.unique(pascal(each.name), "Resource") for each in api.groups}
    asynchronous = {each.name: classes.unique(f"Async{pascal(each.name)}", "Resource") for each in api.groups}
    params = {each.id: classes.unique(_params_base(each), "Params") for each in api.operations}
    methods, others = _methods(api)
    return Names(types, resources, asynchronous, params, methods, others)


def _params_base(operation: Operation) -> str:
    return pascal((*singular(operation.group), *operation.name))


def _methods(api: ApiModel) -> tuple[dict[OperationId, str], dict[tuple[OperationId, str], str]]:
    methods = {each.id: camel(each.name, METHOD_WORDS) for each in api.operations}
    taken = {(each.group, methods[each.id]) for each in api.operations}
    others: dict[tuple[OperationId, str], str] = {}
    for operation in api.operations:
        for kind, wanted in (("iterate", _iterate(operation)), ("stream", (*operation.name, "streaming"))):
            name = camel(wanted, METHOD_WORDS)
            while (operation.group, name) in taken:
                name += "_"
            others[operation.id, kind] = name
            taken.add((operation.group, name))
    return methods, others


def _iterate(operation: Operation) -> Name:
    return ("iterate", *(operation.name[1:] if operation.name[0] == "list" else operation.name))
