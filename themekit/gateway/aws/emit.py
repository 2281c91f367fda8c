"""A policy to the files of an API on AWS: a template, the same for Terraform, and the authorizer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.aws import http_api, rest_stack
from themekit.gateway.aws.access import authorizer_files, has_addresses
from themekit.gateway.aws.check_resources import faults
from themekit.gateway.aws.cloudformation import template
from themekit.gateway.aws.terraform import AUTHORIZER_FOLDER, configuration
from themekit.gateway.aws.values import written
from themekit.model import Artifact

if TYPE_CHECKING:
    from themekit.gateway.aws.values import Json, Stack
    from themekit.model.policy import OperationPolicy, Policy


def emit_http(policy: Policy) -> tuple[Artifact, ...]:
    """The files of an HTTP API."""
    is_compared = has_addresses(policy)
    stack = http_api.stack(policy)
    asked = tuple(each for each in policy.operations if http_api.decided(policy, each) != "native")
    return _files(policy, stack, target=http_api.TARGET, asked=asked, with_addresses=is_compared)


def emit_rest(policy: Policy) -> tuple[Artifact, ...]:
    """The files of a REST API."""
    stack = rest_stack.stack(policy)
    return _files(policy, stack, target=rest_stack.TARGET, asked=policy.operations, with_addresses=False)


def _files(
    policy: Policy, stack: Stack, *, target: str, asked: tuple[OperationPolicy, ...], with_addresses: bool
) -> tuple[Artifact, ...]:
    """Nothing is made of a template that our own check finds a fault in: that would be our mistake."""
    folder = f"gateway/{target}"
    made = template(stack)
    if found := faults(made, policy.logging):
        raise AssertionError(f"{folder}/template.json: {'; '.join(map(str, found))}")
    files = (_json(f"{folder}/template.json", made), _json(f"{folder}/terraform.tf.json", configuration(stack)))
    if not stack.has_authorizer:
        return files
    inner = f"{folder}/{AUTHORIZER_FOLDER}"
    return (*files, *authorizer_files(policy, inner, operations=asked, with_addresses=with_addresses))


def _json(path: str, value: Json) -> Artifact:
    return Artifact.text(path, written(value), media_type="application/json")
