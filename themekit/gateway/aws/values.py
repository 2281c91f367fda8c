"""What is deployed to AWS before it is CloudFormation or Terraform: resources, and what refers to them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from themekit.gateway.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from themekit.model.policy import Secret

SHOWN_DEPTH = 8  # down to an operation, which is one line
MARK = "\ue000"
"""Stands for the start of a reference while a document is made into a text: a character for private use."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]
Facts = Literal["id", "arn", "invoke-arn", "name", "zone"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that is known of a resource when it has been made."""

    resource: str
    fact: Facts = "id"


@dataclass(frozen=True, slots=True)
class Variable:
    """What whoever deploys says, by the name of a `Parameter`."""

    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where is deployed to."""

    name: Literal["region", "account", "partition"]


@dataclass(frozen=True, slots=True)
class Packed:
    """The authorizer's folder as Terraform packs it."""

    fact: Literal["output_path", "output_base64sha256"]


@dataclass(frozen=True, slots=True)
class SecretValue:
    """The value behind a reference, which AWS looks up or whoever deploys says. `variable` is the parameter's name."""

    secret: Secret
    variable: str


Reference = Attribute | Variable | Place | Packed | SecretValue


@dataclass(frozen=True, slots=True)
class Text:
    """A text with references in it."""

    parts: tuple[str | Reference, ...]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A document that stands in a property: an object where that is possible, else its text."""

    value: Value
    is_text: bool = False


_NO_JSON = Attribute | Variable | Place | Packed | SecretValue | Text | Embedded
Value = None | bool | int | float | str | Reference | Text | Embedded | list["Value"] | dict[str, "Value"]
Members = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """What has to be said when deploying, in both languages or in one. A secret one is never shown."""

    name: str
    description: str
    is_secret: bool = False
    only: Literal["", "cloudformation", "terraform"] = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of resource: its types, and where its facts are found.

    `facts` has for each fact the attribute of CloudFormation (`Ref` for its reference) and that of Terraform.
    `terraform` makes Terraform's members, where renaming `members` is not enough.
    """

    cloudformation: str
    terraform: str
    facts: tuple[tuple[Facts, str, str], ...] = (("id", "Ref", "id"),)
    renamed: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource. `key` is its name in the template; `members` are as CloudFormation calls them.

    `only_terraform` are members that CloudFormation finds elsewhere; `dropped` are those that Terraform does.
    """

    key: str
    kind: Kind
    members: Mapping[str, Value]
    after: tuple[str, ...] = ()
    only_terraform: Mapping[str, Value] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stack:
    """All that one gateway consists of."""

    description: str
    parameters: tuple[Parameter, ...]
    resources: tuple[Resource, ...]
    has_authorizer: bool

    def kind_of(self, key: str) -> Kind:
        """The kind of a resource. Raises StopIteration if there is none: a reference to nothing is our own fault."""
        return next(each.kind for each in self.resources if each.key == key)


def mapped(
    value: Value,
    shown: Callable[[Reference | Text | Embedded], Json],
    *,
    text: Callable[[str], str] = str,
) -> Json:
    """Plain JSON, with what is no JSON as `shown` shows it, and texts as `text` writes them.

    What stands at several places is one object there, too, and looked at once.
    """
    known: dict[int, Json] = {}
    is_plain = text is str

    def of(value: Value) -> Json:
        if isinstance(value, str):
            return value if is_plain else text(value)
        if not isinstance(value, dict | list):
            return shown(value) if isinstance(value, _NO_JSON) else value
        found = known.get(id(value))
        if found is None:
            if isinstance(value, dict):
                found = {
                    key: each if is_plain and type(each) is str else of(each)  # most members are plain texts
                    for key, each in value.items()
                }
            else:
                found = [*map(of, value)]
            known[id(value)] = found
        return found

    return of(value)


def marked_text(value: Value, referred: Callable[[Reference], str]) -> str:
    """A document as a text, in which `MARK` stands for the `${` of each reference, so that nothing else becomes one."""

    def shown(each: Reference | Text | Embedded) -> Json:
        return "".join(map(marked, each.parts if isinstance(each, Text) else (each,)))

    def marked(part: str | Reference | Embedded) -> str:
        if isinstance(part, Embedded):
            raise TypeError("a document in a text of a document")
        return part if isinstance(part, str) else MARK + referred(part).removeprefix("${")

    return json.dumps(value, ensure_ascii=False, check_circular=False, default=shown)


def written(value: Json) -> str:
    """JSON as it stands in the files."""
    return f"{json_text(value, depth=SHOWN_DEPTH)}\n"


def joined(*parts: str | Reference) -> Text:
    """A text with references in it."""
    return Text(parts)
