"""The operations of a description, as it writes them: members that are no such thing are passed over, not reported.

Whoever reads the description for its mistakes has done so before; here it is only never stumbled upon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from themekit.model import Origin
from themekit.model.outline import METHODS
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from themekit.model.outline import Method
    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.openapi import Files


@dataclass(frozen=True, slots=True)
class Described:
    """A JSON object of the description, references followed, and its place. Empty where there is none."""

    value: JsonObject
    origin: Origin

    def below(self, key: str | int) -> Origin:
        """The place of a member."""
        return Origin(self.origin.path, child_pointer(self.origin.pointer, key))

    def text(self, key: str) -> str:
        """The member if it is a text, else an empty one."""
        value = self.value.get(key)
        return value if isinstance(value, str) else ""

    def flag(self, key: str) -> bool:
        """The member is true."""
        return self.value.get(key) is True


@dataclass(frozen=True, slots=True)
class DescribedOperation:
    """An operation with the parameters of its path, `(place, name)` to parameter."""

    method: Method
    path: str
    id: str
    said: Described
    parameters: dict[tuple[str, str], Described]
    servers: tuple[str, ...]


@dataclass(slots=True)
class Description:
    """A description as a document with files beside it."""

    files: Files
    path: PurePosixPath
    root: JsonObject

    @property
    def is_3_0(self) -> bool:
        """It is one of OpenAPI 3.0, whose schemas are of a dialect of their own."""
        return str(self.root.get("openapi", "")).startswith("3.0")

    @property
    def top(self) -> Described:
        """The whole document."""
        return Described(self.root, Origin(self.path, ""))

    def object(self, value: JsonValue, origin: Origin) -> Described:
        """The object, or the one that is referred to."""
        found = self.files.target(value, origin) if isinstance(value, dict) else None
        if found is None or not isinstance(found[0], dict):
            return Described({}, origin)
        return Described(found[0], found[1])

    def member(self, owner: Described, key: str) -> Described:
        """A member that is an object."""
        return self.object(owner.value.get(key), owner.below(key))

    def members(self, owner: Described, key: str) -> Iterator[tuple[str, Described]]:
        """The objects in a member, by name."""
        listed = self.member(owner, key)
        for name, value in listed.value.items():
            if isinstance(value, dict) and not name.startswith("x-"):
                yield name, self.object(value, listed.below(name))

    def operations(self) -> Iterator[DescribedOperation]:
        """Every operation, in the order of the description."""
        for template, item in self.members(self.top, "paths"):
            for method in METHODS:
                if isinstance(item.value.get(method.lower()), dict):
                    said = self.member(item, method.lower())
                    servers = tuple(self.servers(said)) or tuple(self.servers(item))
                    parameters = dict(self.parameters(item)) | dict(self.parameters(said))
                    yield DescribedOperation(method, template, said.text("operationId"), said, parameters, servers)

    def parameters(self, owner: Described) -> Iterator[tuple[tuple[str, str], Described]]:
        """The parameters, each with its place and name."""
        listed = owner.value.get("parameters")
        place = owner.below("parameters")
        for index, value in enumerate(listed if isinstance(listed, list) else ()):
            found = self.object(value, Origin(place.path, f"{place.pointer}/{index}"))
            if found.text("name") and found.text("in") in {"path", "query", "header", "cookie"}:
                yield (found.text("in"), found.text("name")), found

    def servers(self, owner: Described) -> Iterator[str]:
        """The URLs of servers, with the defaults of their variables, without a slash at the end."""
        listed = owner.value.get("servers")
        for value in listed if isinstance(listed, list) else ():
            server = self.object(value, owner.below("servers"))
            variables = {name: each.text("default") for name, each in self.members(server, "variables")}
            url = re.sub(r"\{([^{}]*)\}", lambda found: variables.get(found[1], ""), server.text("url"))  # noqa: B023 - used at once
            yield url.rstrip("/")


def path_of(url: str) -> str:
    """The path of a URL, without a slash at its end; empty for none."""
    try:
        return unquote(urlsplit(url).path).rstrip("/")
    except ValueError:
        return ""
