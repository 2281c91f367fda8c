"""Tasks that read a brand's gateway policy and the API it guards, and make the files of its gateways."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from themekit.build.brands import BRANDS, report_located
from themekit.gateway.secret_scan import scan
from themekit.gateway.support import judge
from themekit.plugins import gateways
from themekit.source.examples import example_answers
from themekit.source.openapi import parse_openapi
from themekit.source.policy import PolicyInputs, parse_policy

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import Artifact, BrandId
    from themekit.model.api import ApiModel
    from themekit.model.gateway import Gateway
    from themekit.model.policy import Policy
    from themekit.source.examples import ExampleAnswer

POLICY_FILE = "policy.json"


def gateway(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The files of the gateways that the brand's policy names, below gateway/; none if it has no policy, or an error.

    Nothing is made for any of them if one cannot do what the policy asks, or if a file would hold a secret.
    """
    known = ask(policy, brand_id)
    if known is None:
        return ()
    found = judge(known, _gateways())
    report_located(ask, found)
    if any(each.is_error for each in found):
        return ()
    files = [file for target in known.targets for file in ask(gateway_files, brand_id, target)]
    secrets = scan(files)
    ask.report(*secrets)
    return () if secrets else tuple(files)


def gateway_files(ask: Ask, brand_id: BrandId, target: str) -> tuple[Artifact, ...]:
    """The files of one gateway for a policy that it can express."""
    known = ask(policy, brand_id)
    return () if known is None else _gateways()[target].emit(known)


def has_policy(ask: Ask, brand_id: BrandId) -> bool:
    """The brand says what a gateway lets through to its API."""
    return POLICY_FILE in ask.list(BRANDS / brand_id)


def policy(ask: Ask, brand_id: BrandId) -> Policy | None:
    """The brand's policy; None if it has none, or if there is an error in it or in its API's description."""
    path = BRANDS / brand_id / POLICY_FILE
    content = ask.read(path) if ask(has_policy, brand_id) else None
    if content is None:
        return None
    inputs = PolicyInputs(ask.read, ask.list, lambda described: ask(api_model, described))
    found, diagnostics = parse_policy(path, content, name=brand_id, inputs=inputs)
    report_located(ask, diagnostics)
    return found


def api_model(ask: Ask, path: PurePosixPath) -> ApiModel | None:
    """The API that a file describes: read once, whatever the number of policies that name it."""
    content = ask.read(path)
    if content is None:
        return None
    found, diagnostics = parse_openapi(path, content, read=ask.read)
    report_located(ask, diagnostics)
    return found


def api_examples(ask: Ask, path: PurePosixPath) -> tuple[ExampleAnswer, ...]:
    """What each operation answers by the API's description; empty if that has mistakes."""
    described, content = ask(api_model, path), ask.read(path)
    if described is None or content is None:
        return ()
    return example_answers(described, content, read=ask.read)


@cache
def _gateways() -> dict[str, Gateway]:
    """A look at all that is installed takes 10 ms, and each brand asks for it."""
    return {each.name: each for each in gateways()}
