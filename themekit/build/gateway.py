"""Tasks that read a brand's gateway policy and the API it guards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import BRANDS, report_located
from themekit.source.openapi import parse_openapi
from themekit.source.policy import PolicyInputs, parse_policy

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import BrandId
    from themekit.model.api import ApiModel
    from themekit.model.policy import Policy

POLICY_FILE = "policy.json"


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
