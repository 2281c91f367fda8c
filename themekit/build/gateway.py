"""Tasks that read a brand's gateway policy and the API it guards, and make the files of its gateways."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from themekit.build.brands import BRANDS, report_dead_end, report_located, tokens
from themekit.gateway.comparison import compare
from themekit.gateway.comparison_text import comparison_json, comparison_markdown
from themekit.gateway.envoy import GATEWAY as ENVOY
from themekit.gateway.envoy.containers import emit_containers
from themekit.gateway.envoy.monitoring.emit import emit_dashboard, emit_monitoring
from themekit.gateway.envoy.monitoring.palette import Palette
from themekit.gateway.secret_scan import scan
from themekit.gateway.support import judge
from themekit.model import Artifact
from themekit.plugins import gateways
from themekit.source.examples import example_answers
from themekit.source.openapi import parse_openapi
from themekit.source.policy import PolicyInputs, parse_policy
from themekit.source.secret_texts import described_secrets

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import BrandId
    from themekit.model.gateway import Gateway
    from themekit.model.outline import ApiOutline
    from themekit.model.policy import Policy
    from themekit.source.examples import ExampleAnswer

POLICY_FILE = "policy.json"


def gateway(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The files of the gateways that the brand's policy names, below gateway/; none if it has no policy, or an error.

    Nothing is made for any of them if one cannot do what the policy asks, or if a file would hold a secret.
    """
    known = ask(policy, brand_id)
    if known is None or not ask(is_expressible, brand_id):
        return ()
    parts = [ask(gateway_files, brand_id, target) for target in known.targets]
    parts.append(ask(comparison_files, brand_id))
    if ENVOY.name in known.targets:
        parts += [ask(more, brand_id) for more in (container_files, monitoring_files, dashboard_file)]
    made = [part for part in parts if part is not None]
    return tuple(file for part in made for file in part) if len(made) == len(parts) else ()


def is_expressible(ask: Ask, brand_id: BrandId) -> bool:
    """The brand has a policy, and the gateways that it names can do what it asks; what they cannot is reported."""
    known = ask(policy, brand_id)
    if known is None:
        return False
    found = judge(known, _gateways())
    report_located(ask, found)
    return not any(each.is_error for each in found)


def gateway_files(ask: Ask, brand_id: BrandId, target: str) -> tuple[Artifact, ...] | None:
    """The files of one gateway for a policy that it can express; None if one of them would hold a secret."""
    known = ask(policy, brand_id)
    return () if known is None else _without_secrets(ask, _gateways()[target].emit(known))


def comparison_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...] | None:
    """The comparison of all gateways for the brand's policy, a page, and the same for programs; None as above."""
    known = ask(policy, brand_id)
    if known is None:
        return ()
    comparison = compare(known, _gateways().values())
    page = comparison_markdown(comparison, title=f"Gateways for {brand_id}")
    files = (
        Artifact.text("gateway/report.md", page, media_type="text/markdown"),
        Artifact.text("gateway/report.json", comparison_json(comparison), media_type="application/json"),
    )
    return _without_secrets(ask, files)


def container_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...] | None:
    """The brand's Envoy in containers; None as above."""
    known, files = ask(policy, brand_id), ask(gateway_files, brand_id, ENVOY.name)
    return () if known is None or files is None else _without_secrets(ask, emit_containers(known, files))


def monitoring_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...] | None:
    """What watches the brand's Envoy; None as above."""
    known = ask(policy, brand_id)
    return () if known is None else _without_secrets(ask, emit_monitoring(known))


def dashboard_file(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...] | None:
    """The same for people to look at, in the brand's colours; None as above."""
    known = ask(policy, brand_id)
    return () if known is None else _without_secrets(ask, emit_dashboard(known, ask(palette, brand_id)))


def palette(ask: Ask, brand_id: BrandId) -> Palette | None:
    """The brand's colours for series; None if its tokens cannot be resolved. No other token comes to a dashboard."""
    resolved = ask(tokens, brand_id)
    return None if resolved is None else Palette.of(resolved)


def has_policy(ask: Ask, brand_id: BrandId) -> bool:
    """The brand says what a gateway lets through to its API, or has something else in the place of that file."""
    return not {POLICY_FILE, f"{POLICY_FILE}/"}.isdisjoint(ask.list(BRANDS / brand_id))


def policy(ask: Ask, brand_id: BrandId) -> Policy | None:
    """The brand's policy; None if it has none, or if there is an error in it or in its API's description."""
    if not ask(has_policy, brand_id):
        return None
    path = BRANDS / brand_id / POLICY_FILE
    found = ask(policy_at, path)
    if found is None:
        report_dead_end(ask, path)
    return found


def policy_at(ask: Ask, path: PurePosixPath) -> Policy | None:
    """The policy in this file, by the name of its folder; None if there is none, or an error in it or in its API."""
    content = ask.read(path)
    if content is None:
        return None
    inputs = PolicyInputs(ask.read, ask.list, lambda described: ask(api_model, described), tuple(_gateways()))
    found, diagnostics = parse_policy(path, content, name=path.parent.name, inputs=inputs)
    report_located(ask, diagnostics)
    return found


def api_model(ask: Ask, path: PurePosixPath) -> ApiOutline | None:
    """The API that a file describes: read once, whatever the number of policies that name it."""
    content = ask.read(path)
    if content is None:
        return None
    found, diagnostics = parse_openapi(path, content, read=ask.read)
    secrets = () if found is None else tuple(described_secrets(found))
    report_located(ask, (*diagnostics, *secrets))
    return None if secrets else found


def api_examples(ask: Ask, path: PurePosixPath) -> tuple[ExampleAnswer, ...]:
    """What each operation answers by the API's description; empty if that has mistakes."""
    described, content = ask(api_model, path), ask.read(path)
    if described is None or content is None:
        return ()
    return example_answers(described, content, read=ask.read)


def tags_of(ask: Ask, path: PurePosixPath) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each tag of an API, with the ids of its operations."""
    api = ask(api_model, path)
    if api is None:
        return ()
    return tuple((tag, tuple(each.id for each in api.operations if tag in each.tags)) for tag in api.tags)


def _without_secrets(ask: Ask, files: tuple[Artifact, ...]) -> tuple[Artifact, ...] | None:
    """The files, or None if one of them holds a secret. It is not in the task's value, so it is not kept either."""
    secrets = scan(files)
    ask.report(*secrets)
    return None if secrets else files


@cache
def _gateways() -> dict[str, Gateway]:
    """A look at all that is installed takes 10 ms, and each brand asks for it."""
    return {each.name: each for each in gateways()}
