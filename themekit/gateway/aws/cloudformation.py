"""A stack as a CloudFormation template. Source: AWS CloudFormation User Guide, "Template anatomy", "Fn::Sub"."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from themekit.gateway.aws.values import Json, JsonObject, Reference, Resource, Stack

PLACES = {"region": "AWS::Region", "account": "AWS::AccountId", "partition": "AWS::Partition"}


def template(stack: Stack) -> JsonObject:
    """The whole template."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": stack.description,
        "Parameters": {
            each.name: {
                "Type": "String",
                "MinLength": 1,
                "Description": each.description,
                **({"NoEcho": True} if each.is_secret else {}),
            }
            for each in stack.parameters
            if each.only != "terraform"
        },
        "Resources": {each.key: _resource(stack, each) for each in stack.resources},
    }


def _resource(stack: Stack, resource: Resource) -> JsonObject:
    def shown(value: Reference | Text | Embedded) -> Json:
        if isinstance(value, Embedded):
            return _as_text(stack, value) if value.is_text else mapped(value.value, shown)
        if isinstance(value, Text):
            return {"Fn::Sub": "".join(_substituted(stack, part) for part in value.parts)}
        return _reference(stack, value)

    after: JsonObject = {"DependsOn": list(resource.after)} if resource.after else {}
    return {"Type": resource.kind.cloudformation, **after, "Properties": mapped(dict(resource.members), shown)}


def _as_text(stack: Stack, embedded: Embedded) -> Json:
    text = marked_text(embedded.value, lambda part: _substituted(stack, part))
    if MARK not in text:
        return text
    return {"Fn::Sub": text.replace("${", "${!").replace(MARK, "${")}


def _substituted(stack: Stack, part: str | Reference) -> str:
    if isinstance(part, str):
        return part.replace("${", "${!")
    if isinstance(part, Place):
        return f"${{{PLACES[part.name]}}}"
    if isinstance(part, Variable):
        return f"${{{part.name}}}"
    if isinstance(part, SecretValue | Packed):
        raise TypeError("a secret in a text, or what only Terraform has")
    name = _fact(stack, part)
    return f"${{{part.resource}}}" if name == "Ref" else f"${{{part.resource}.{name}}}"


def _reference(stack: Stack, value: Reference) -> Json:
    if isinstance(value, Place):
        return {"Ref": PLACES[value.name]}
    if isinstance(value, Packed):
        raise TypeError("only Terraform has this")
    if isinstance(value, Variable):
        return {"Ref": value.name}
    if isinstance(value, SecretValue):
        if value.secret.store == "aws-sm":
            return f"{{{{resolve:secretsmanager:{value.secret.name}}}}}"
        return {"Ref": value.variable}
    name = _fact(stack, value)
    return {"Ref": value.resource} if name == "Ref" else {"Fn::GetAtt": [value.resource, name]}


def _fact(stack: Stack, attribute: Attribute) -> str:
    kind = stack.kind_of(attribute.resource)
    return next(name for fact, name, _ in kind.facts if fact == attribute.fact)
