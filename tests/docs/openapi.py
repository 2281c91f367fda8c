"""The sample platform's API description, and what its schemas say of a value."""

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import yaml
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.docs.markdown_pages import DOCS

PATH = DOCS / "api" / "openapi.yaml"
BASES = frozenset({"PaymentMethodBase", "Page", "Event"})
"""Schemas that others extend by `allOf`: these close the object, not the base."""
_NOT_SCHEMAS = frozenset({"examples", "example", "enum", "const"})

Json = Any


class TextLoader(yaml.CSafeLoader):
    """Dates stay text, as in JSON."""

    yaml_implicit_resolvers = {  # noqa: RUF012  # PyYAML reads it from the class
        first: [resolver for resolver in resolvers if resolver[0] != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


@cache
def document() -> Json:
    """The description as JSON would have it. Not to be changed: copy it first."""
    return yaml.load(PATH.read_text(encoding="utf-8"), TextLoader)  # noqa: S506  # a safe loader


def dereferenced(node: Json, root: Json) -> Json:
    """What a `$ref` leads to, in this description."""
    while isinstance(node, dict) and "$ref" in node:
        target = root
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def operations(root: Json) -> Iterator[tuple[str, str, Json]]:
    """Path, method and operation."""
    for path, item in root["paths"].items():
        yield from ((path, method, operation) for method, operation in item.items() if method != "parameters")


class Schemas:
    """The schemas as validators. An object's undeclared member is a mistake here, as a slip of the pen always is one.

    `is_partial`: members may be left out, as samples on pages do.
    """

    def __init__(self, root: Json, *, is_partial: bool = False) -> None:
        closed = copy.deepcopy(root)
        for name, schema in closed["components"]["schemas"].items():
            _close(schema, is_base=name in BASES)
        closed["components"]["schemas"]["Event"].pop("unevaluatedProperties", None)
        if is_partial:
            _loosen(closed["components"])
        resource = Resource(closed, DRAFT202012)
        self._registry = Registry().with_resource("urn:api", resource)
        self._validators: dict[str, jsonschema.Draft202012Validator] = {}

    def faults(self, schema: Json, value: Json) -> list[str]:
        """What is wrong with the value, as paths and messages."""
        text = json.dumps(schema).replace('"#/components', '"urn:api#/components')
        if text not in self._validators:
            self._validators[text] = jsonschema.Draft202012Validator(
                json.loads(text), registry=self._registry, format_checker=jsonschema.FormatChecker()
            )
        errors = self._validators[text].iter_errors(value)
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors]

    def named(self, name: str, value: Json) -> list[str]:
        """The same by a schema's name."""
        return self.faults({"$ref": f"#/components/schemas/{name}"}, value)


def template_of(path: str, root: Json) -> str | None:
    """The path of the description that this one is an instance of; plain ones come first."""
    path = path.partition("?")[0]
    if path in root["paths"]:
        return path
    return next((each for each in root["paths"] if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each), path)), None)


def _close(node: Json, *, is_base: bool) -> None:
    """Refuse undeclared members, except in what is extended; there the inner objects stay open too."""
    if isinstance(node, list):
        for each in node:
            _close(each, is_base=is_base)
    if not isinstance(node, dict):
        return
    is_object = node.get("type") == "object" and "properties" in node and "additionalProperties" not in node
    if "allOf" in node or (is_object and not is_base):
        node["unevaluatedProperties"] = False
    for key, value in node.items():
        if key not in _NOT_SCHEMAS:
            _close(value, is_base=is_base or key == "allOf")


def _loosen(node: Json) -> None:
    """Take away what asks for members: then several of a choice may fit, so one of them is enough."""
    if isinstance(node, list):
        for each in node:
            _loosen(each)
    if isinstance(node, dict):
        if isinstance(node.get("required"), list):
            del node["required"]
        if isinstance(node.get("oneOf"), list):
            node["anyOf"] = node.pop("oneOf")
        for key, value in node.items():
            if key not in _NOT_SCHEMAS:
                _loosen(value)
