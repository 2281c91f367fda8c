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
    from themekit.model.policy import Policy


def emit_http(policy: Policy) -> tuple[Artifact, ...]:
    """The files of an HTTP API."""
    is_compared = has_addresses(policy)
    return _files(policy, http_api.stack(policy), target=http_api.TARGET, with_addresses=is_compared)


def emit_rest(policy: Policy) -> tuple[Artifact, ...]:
    """The files of a REST API."""
    return _files(policy, rest_stack.stack(policy), target=rest_stack.TARGET, with_addresses=False)


def _files(policy: Policy, stack: Stack, *, target: str, with_addresses: bool) -> tuple[Artifact, ...]:
    """Nothing is made of a template that our own check finds a fault in: that would be our mistake."""
    folder = f"gateway/{target}"
    made = template(stack)
    if found := faults(made, policy.logging):
        raise AssertionError(f"{folder}/template.json: {'; '.join(map(str, found))}")
    files = (_json(f"{folder}/template.json", made), _json(f"{folder}/terraform.tf.json", configuration(stack)))
    if not stack.has_authorizer:
        return files
    return (*files, *authorizer_files(policy, f"{folder}/{AUTHORIZER_FOLDER}", with_addresses=with_addresses))


def _json(path: str, value: Json) -> Artifact:
    return Artifact.text(path, written(value), media_type="application/json")
