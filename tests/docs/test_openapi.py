"""The API description is valid, says everything, and each of its examples is what its schema allows."""

import copy
import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.docs.openapi import PATH, Json, Schemas, dereferenced, document, operations

LEAST_OPERATIONS = 40
USED_BY_REFERENCE = ("schemas", "parameters", "headers", "responses", "examples")


@cache
def schemas() -> Schemas:
    return Schemas(document())


def nodes(node: Json, where: str = "") -> Iterator[tuple[str, Json]]:
    """Every object with its JSON Pointer."""
    if isinstance(node, dict):
        yield where, node
        for key, value in node.items():
            yield from nodes(value, f"{where}/{key.replace('/', '~1')}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from nodes(value, f"{where}/{index}")


def examples_of_media(root: Json) -> Iterator[tuple[str, Json, Json]]:
    """Place, schema and value of each example of a body or a parameter."""
    for where, node in nodes(root):
        if "/examples/" in where or "schema" not in node:
            continue
        for name, example in node.get("examples", {}).items():
            yield f"{where}/{name}", node["schema"], dereferenced(example, root)["value"]
        if "example" in node:
            yield where, node["schema"], node["example"]


def examples_of_schemas(root: Json) -> Iterator[tuple[str, Json, Json]]:
    """Place, schema and value of each example and default that a schema gives of itself."""
    for where, node in nodes(root["components"]["schemas"]):
        bare = {key: value for key, value in node.items() if key not in {"examples", "default"}}
        if isinstance(node.get("examples"), list):
            yield from ((where, bare, value) for value in node["examples"])
        if "default" in node and not where.endswith("/properties"):
            yield f"{where}/default", bare, node["default"]


def example_faults(root: Json) -> list[str]:
    own = schemas() if root is document() else Schemas(root)
    found = (*examples_of_media(root), *examples_of_schemas(root))
    return [f"{where}: {fault}" for where, schema, value in found for fault in own.faults(schema, value)]


def bodies_without_example(root: Json) -> list[str]:
    return [
        where
        for where, node in nodes(root["paths"])
        if re.search(r"/(requestBody|responses/\d+)/content/[^/]+$", where)
        and not node.get("examples")
        and "example" not in node
    ]


def silent_parts(root: Json) -> Iterator[str]:
    """What has no words: operations, their parameters and bodies, members of schemas."""
    for path, method, operation in operations(root):
        where = f"{method.upper()} {path}"
        yield from (f"{where}: no {key}" for key in ("operationId", "summary", "description") if not operation.get(key))
        parameters = [dereferenced(each, root) for each in operation.get("parameters", [])]
        yield from (f"{where}: parameter {each['name']}" for each in parameters if not each.get("description"))
        if "requestBody" in operation and not operation["requestBody"].get("description"):
            yield f"{where}: body"
    for where, node in nodes(root["components"]["schemas"]):
        if where.endswith("/properties") and "/allOf/" not in where:
            for name, member in node.items():
                if not (member.get("description") or dereferenced(member, root).get("description")):
                    yield f"{where}/{name}"


def unused_components(root: Json) -> list[str]:
    used = {node["$ref"] for _, node in nodes(root) if isinstance(node.get("$ref"), str)}
    mapped = {target for _, node in nodes(root) for target in mapped_by(node)}
    return [
        f"{kind}/{name}"
        for kind in USED_BY_REFERENCE
        for name in root["components"][kind]
        if f"#/components/{kind}/{name}" not in used | mapped
    ]


def mapped_by(node: Json) -> list[str]:
    """What a discriminator leads to."""
    discriminator = node.get("discriminator")
    return list(discriminator.get("mapping", {}).values()) if isinstance(discriminator, dict) else []


def loose_ends(root: Json) -> Iterator[str]:
    """Ids that stand twice; tags, security schemes and scopes that are not declared."""
    ids = [operation["operationId"] for _, _, operation in operations(root)]
    yield from (f"id {each}" for each in sorted(set(ids)) if ids.count(each) > 1)
    tags = {tag["name"] for tag in root["tags"]}
    schemes = root["components"]["securitySchemes"]
    scopes = schemes["oauth"]["flows"]["clientCredentials"]["scopes"]
    for _, _, operation in operations(root):
        yield from (f"tag {tag}" for tag in operation["tags"] if tag not in tags)
        for requirement in operation["security"]:
            yield from (f"scheme {name}" for name in requirement if name not in schemes)
            yield from (f"scope {scope}" for scope in requirement.get("oauth", []) if scope not in scopes)


def test_the_description_is_valid_openapi():
    assert [] == [str(error) for error in OpenAPIV31SpecValidator(document()).iter_errors()]


def test_no_value_is_a_date_to_yaml():
    """A reader of YAML 1.1 would make dates of unquoted ones, and their examples would no longer be text."""
    assert document() == yaml.load(PATH.read_text(encoding="utf-8"), yaml.CSafeLoader)


def test_every_example_fits_its_schema():
    assert [] == example_faults(document())


def test_every_body_has_an_example():
    assert [] == bodies_without_example(document())


def test_everything_is_described():
    assert [] == list(silent_parts(document()))


def test_every_component_is_used():
    assert [] == unused_components(document())


def test_ids_tags_and_scopes():
    assert [] == list(loose_ends(document()))


def test_it_is_a_whole_platform():
    assert len(list(operations(document()))) >= LEAST_OPERATIONS
    assert set(document()["components"]["securitySchemes"]) == {"secretKey", "publishableKey", "oauth"}


def spoil_example(root: Json) -> None:
    next(iter(root["components"]["examples"].values()))["value"]["no_such_member"] = 1


def spoil_words(root: Json) -> None:
    del root["components"]["schemas"]["Payment"]["properties"]["amount"]["description"]


def spoil_use(root: Json) -> None:
    root["components"]["schemas"]["Spare"] = {"type": "object"}


def spoil_tag(root: Json) -> None:
    root["paths"]["/payments"]["get"]["tags"] = ["Paymnets"]


def spoil_body(root: Json) -> None:
    for media in root["paths"]["/payments"]["post"]["requestBody"]["content"].values():
        media.pop("examples")


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (spoil_example, example_faults),
        (spoil_words, silent_parts),
        (spoil_use, unused_components),
        (spoil_tag, loose_ends),
        (spoil_body, bodies_without_example),
    ],
    ids=lambda each: each.__name__,
)
def test_a_planted_mistake_is_found(spoil: Callable[[Json], None], check: Callable[[Json], object]):
    spoiled = copy.deepcopy(document())
    spoil(spoiled)
    assert list(check(spoiled))
