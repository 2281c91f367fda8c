"""A stack in Terraform's JSON syntax, for the provider `hashicorp/aws`. Made from the same resources as the template.

Source: Terraform, "JSON Configuration Syntax"; `$${` and `%%{` are the escapes of `${` and `%{`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.gateway.aws.kinds import ALARM, HTTP_STAGE, METHOD_SETTINGS, REST_STAGE
from themekit.gateway.aws.values import (
    MARK,
    Attribute,
    Embedded,
    Packed,
    Place,
    SecretValue,
    Text,
    Variable,
    mapped,
    marked_text,
)

if TYPE_CHECKING:
    from themekit.gateway.aws.values import Json, JsonObject, Kind, Members, Reference, Resource, Stack, Value

TERRAFORM_VERSION = ">= 1.5"
PROVIDER: JsonObject = {"source": "hashicorp/aws", "version": ">= 6.0"}
ARCHIVER: JsonObject = {"source": "hashicorp/archive", "version": ">= 2.4"}
PLACES = {
    "region": "${data.aws_region.current.id}",
    "account": "${data.aws_caller_identity.current.account_id}",
    "partition": "${data.aws_partition.current.partition}",
}
AUTHORIZER_FOLDER = "authorizer"


def configuration(stack: Stack) -> JsonObject:
    """The whole configuration."""
    resources: dict[str, Json] = {}
    for each in stack.resources:
        _put(resources, each.kind.terraform, name=named(each.key), members=_members(stack, each))
        if each.kind is REST_STAGE:
            _put_method_settings(resources, stack, each)
    data: JsonObject = {each: {"current": {}} for each in ("aws_region", "aws_caller_identity", "aws_partition")}
    providers: JsonObject = {"aws": PROVIDER}
    if stack.has_authorizer:
        providers["archive"] = ARCHIVER
        source = f"${{path.module}}/{AUTHORIZER_FOLDER}"
        archive: JsonObject = {
            "type": "zip",
            "source_dir": source,
            "output_path": f"{source}.zip",
            "output_file_mode": "0644",
        }
        data["archive_file"] = {"authorizer": archive}
    return {
        "terraform": {"required_version": TERRAFORM_VERSION, "required_providers": providers},
        "variable": {
            snake(each.name): {
                "type": "string",
                "nullable": False,
                "description": each.description,
                **({"sensitive": True} if each.is_secret else {}),
            }
            for each in stack.parameters
            if each.only != "cloudformation"
        },
        "data": data,
        "resource": resources,
    }


def snake(name: str) -> str:
    """`RestApiId` as `rest_api_id`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()


def named(key: str) -> str:
    """The name of a resource. A deployment keeps its own, and is made anew by its trigger."""
    return "deployment" if re.fullmatch(r"Deployment[0-9a-f]{16}", key) else snake(key)


def _put(resources: dict[str, Json], kind: str, *, name: str, members: JsonObject) -> None:
    named = resources.setdefault(kind, {})
    assert isinstance(named, dict)  # noqa: S101 - made above
    named[name] = members


def _members(stack: Stack, resource: Resource) -> JsonObject:
    kind = resource.kind
    members: Members = {key: value for key, value in resource.members.items() if key not in resource.dropped}
    if kind is HTTP_STAGE:
        routes = members.pop("RouteSettings", {})
        assert isinstance(routes, dict)  # noqa: S101 - made so
        members["RouteSettings"] = [
            {"RouteKey": key, **settings} for key, settings in routes.items() if isinstance(settings, dict)
        ]
    if kind is REST_STAGE:
        members.pop("MethodSettings", None)
    if kind is ALARM and isinstance(dimensions := members.get("Dimensions"), list):
        members["Dimensions"] = {str(each["Name"]): each["Value"] for each in dimensions if isinstance(each, dict)}
    shown: JsonObject = {}
    for key, value in members.items():
        is_map = key == "Dimensions"
        text = _text_of(stack, value) if key in kind.texts else None
        shown[_renamed(kind, key)] = text if text is not None else _shown(stack, value, kind=kind, is_map=is_map)
    for key, value in resource.only_terraform.items():
        shown[key] = _written(stack, value)
    if resource.after:
        shown["depends_on"] = [f"{stack.kind_of(each).terraform}.{named(each)}" for each in resource.after]
    return shown


def _put_method_settings(resources: dict[str, Json], stack: Stack, stage: Resource) -> None:
    """Settings of methods are resources of their own here."""
    settings = stage.members["MethodSettings"]
    assert isinstance(settings, list)  # noqa: S101 - made so
    for number, each in enumerate(settings):
        assert isinstance(each, dict)  # noqa: S101 - made so
        path = str(each["ResourcePath"]).removeprefix("/").replace("~1", "/").removeprefix("/")
        inner = {key: value for key, value in each.items() if key not in {"ResourcePath", "HttpMethod"}}
        members: Members = {
            "rest_api_id": Attribute("Api"),
            "stage_name": Attribute(stage.key),
            "method_path": f"{path}/{each['HttpMethod']}",
            "settings": {snake(key): value for key, value in inner.items()},
        }
        rendered = _written(stack, members)
        assert isinstance(rendered, dict)  # noqa: S101 - made above
        _put(resources, METHOD_SETTINGS, name=f"method_{number}", members=rendered)


def _renamed(kind: Kind, key: str) -> str:
    return dict(kind.renamed).get(key, snake(key))


def _shown(stack: Stack, value: Value, *, kind: Kind, is_map: bool = False) -> Json:
    if isinstance(value, dict):
        return {key if is_map else _renamed(kind, key): _shown(stack, each, kind=kind) for key, each in value.items()}
    if isinstance(value, list):
        return [_shown(stack, each, kind=kind) for each in value]
    return _written(stack, value)


def _written(stack: Stack, value: Value) -> Json:
    """JSON whose strings are Terraform's templates."""

    def shown(each: Reference | Text | Embedded) -> Json:
        if isinstance(each, Embedded):
            return _text_of(stack, each)
        parts = each.parts if isinstance(each, Text) else (each,)
        return "".join(_escaped(part) if isinstance(part, str) else _interpolated(stack, part) for part in parts)

    return mapped(value, shown, text=_escaped)


def _text_of(stack: Stack, value: Value) -> str | None:
    """A document as a text, with references in it; None if the value is none."""
    if not isinstance(value, Embedded):
        return None
    text = marked_text(value.value, lambda part: _interpolated(stack, part))
    return _escaped(text).replace(MARK, "${")


def _interpolated(stack: Stack, value: Reference) -> str:
    if isinstance(value, Place):
        return PLACES[value.name]
    if isinstance(value, Packed):
        return f"${{data.archive_file.authorizer.{value.fact}}}"
    if isinstance(value, Variable):
        return f"${{var.{snake(value.name)}}}"
    if isinstance(value, SecretValue):
        return f"${{var.{snake(value.variable)}}}"
    kind = stack.kind_of(value.resource)
    name = next(name for fact, _, name in kind.facts if fact == value.fact)
    return f"${{{kind.terraform}.{named(value.resource)}.{name}}}"


def _escaped(text: str) -> str:
    return text.replace("${", "$${").replace("%{", "%%{")
