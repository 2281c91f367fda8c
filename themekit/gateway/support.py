"""Can a gateway do what a policy asks? What it cannot do exactly is an error at the policy's line, with the choices.

A weaker form is emitted only if the policy accepts it by name, with a reason. Nothing is ever dropped in silence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Note, Reporter, Severity
from themekit.diagnostics.printable import quoted
from themekit.model.gateway import Exactness, Feature
from themekit.model.policy import Guarded
from themekit.source.did_you_mean import did_you_mean_or
from themekit.source.policy_codes import UNKNOWN_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.diagnostics import Diagnostic
    from themekit.model import Origin
    from themekit.model.gateway import Form, Gateway, Refusal, Support
    from themekit.model.policy import Acceptance, OperationPolicy, Policy

NOT_EXPRESSIBLE = Code("not-expressible", summary="A gateway cannot do exactly what the policy asks.")
UNUSED_ACCEPTANCE = Code(
    "unused-acceptance", Severity.WARNING, "A policy accepts a weaker form of something that it gets exactly."
)


CONNECTIONS = ("/upstream/connectTimeoutS", "/upstream/idleTimeoutS")


@dataclass(frozen=True, slots=True)
class Use:
    """A feature that a policy uses, and the first place where it does."""

    feature: Feature
    origin: Origin | None


def uses(policy: Policy) -> tuple[Use, ...]:
    """Every feature that the policy uses, once, in the order of `Feature`."""
    first: dict[Feature, Origin | None] = {}
    for feature, origin in _each_use(policy):
        first.setdefault(feature, origin)
    return tuple(Use(feature, first[feature]) for feature in Feature if feature in first)


def judge(policy: Policy, gateways: Mapping[str, Gateway]) -> tuple[Diagnostic, ...]:
    """What the policy's targets cannot do, and what it accepts without need."""
    report = Reporter()
    used = uses(policy)
    for target in policy.targets:
        gateway = gateways.get(target)
        if gateway is None:
            hint = did_you_mean_or(target, tuple(gateways), label="the gateways are")
            report(UNKNOWN_NAME, policy.origin_of("/targets"), f"no gateway is named {quoted(target)}", hint=hint)
            continue
        accepted = {each.feature: each for each in policy.accepted if each.target == target}
        for use in used:
            _judge_use(use, gateway, accepted.get(use.feature), report=report)
        refusals = gateway.refuses(policy)
        for each in refusals:
            _judge_refusal(each, gateway, accepted.get(each.feature or ""), report=report)
        _judge_accepted(accepted, gateway, used=used, refusals=refusals, report=report)
    return report.diagnostics


def _judge_use(use: Use, gateway: Gateway, accepted: Acceptance | None, *, report: Reporter) -> None:
    support = gateway.support(use.feature)
    forms = {form.name for form in support.forms}
    if support.exactness is Exactness.EXACT or (accepted is not None and accepted.form in forms):
        return
    can = "cannot do" if support.exactness is Exactness.NO else "can do only in a weaker form"
    message = f"`{gateway.name}` {can} `{use.feature}`: {support.why}"
    hint = _choices(gateway, support.feature, support.forms)
    report(NOT_EXPRESSIBLE, use.origin, message, hint=hint, notes=_notes(accepted, support.forms))


def _judge_refusal(refusal: Refusal, gateway: Gateway, accepted: Acceptance | None, *, report: Reporter) -> None:
    if accepted is not None and accepted.form in {form.name for form in refusal.forms}:
        return
    what = f"these `{refusal.feature}`" if refusal.feature else "this"
    hint = _choices(gateway, refusal.feature, refusal.forms)
    notes = _notes(accepted, refusal.forms) if refusal.forms else ()
    message = f"`{gateway.name}` cannot do {what}: {refusal.why}"
    report(NOT_EXPRESSIBLE, refusal.origin, message, hint=hint, notes=notes)


def _choices(gateway: Gateway, feature: Feature | None, forms: tuple[Form, ...]) -> str:
    if not forms:
        return f"take `{gateway.name}` out of `targets`, or ask for something else"
    form = forms[0]
    entry = {"feature": feature, "target": gateway.name, "form": form.name, "reason": "…"}
    others = "".join(f"; or the form `{each.name}`: {each.told}" for each in forms[1:])
    written = json.dumps(entry, ensure_ascii=False)
    return f"take `{gateway.name}` out of `targets`, or add to `accept`: {written}, and {form.told}{others}"


def _notes(accepted: Acceptance | None, forms: tuple[Form, ...]) -> tuple[Note, ...]:
    if accepted is None:
        return ()
    names = ", ".join(f"`{form.name}`" for form in forms) or "none"
    return (Note(f"there is no form {quoted(accepted.form)}; forms: {names}", accepted.origin),)


def _judge_accepted(
    accepted: Mapping[str, Acceptance],
    gateway: Gateway,
    *,
    used: tuple[Use, ...],
    refusals: tuple[Refusal, ...],
    report: Reporter,
) -> None:
    """A form that a gateway offers for what it does exactly is a choice, and not without need."""
    needed = {str(each.feature) for each in refusals}
    in_use = {str(use.feature) for use in used} | needed
    for name, each in accepted.items():
        if name not in in_use or (name not in needed and _is_exact(gateway.support(Feature(name)), each)):
            why = "does not use it" if name not in in_use else f"gets it exactly from `{gateway.name}`"
            report(UNUSED_ACCEPTANCE, each.origin, f"a weaker form of `{name}` is accepted, but the policy {why}")


def _is_exact(support: Support, accepted: Acceptance) -> bool:
    chosen = accepted.form in {form.name for form in support.forms}
    return support.exactness is Exactness.EXACT and not chosen


def _each_use(policy: Policy) -> Iterator[tuple[Feature, Origin | None]]:
    for issuer in policy.tokens:
        yield Feature.KEYS if issuer.jwks_url is None else Feature.JWKS, issuer.origin
    if len({each.authority for each in policy.certificates}) > 1:
        yield Feature.AUTHORITIES, policy.origin_of("/certificates")
    named = {name for operation in policy.operations for name in operation.limits}
    for limit in policy.limits:
        if limit.name in named:
            yield Feature.QUOTAS if limit.is_quota else Feature.RATES, limit.origin
            if limit.tiers:
                yield Feature.TIERS, limit.origin
    for operation in policy.operations:
        yield from _uses_of(policy, operation)
    general = (
        (Feature.ADDRESSES, "/addresses", policy.addresses.allow or policy.addresses.deny),
        (Feature.TLS, "/listen", policy.listen.tls),
        (Feature.REQUEST_HEADERS, "/requestHeaders", policy.request_removed or policy.request_set),
        (Feature.RESPONSE_HEADERS, "/responseHeaders", policy.response_removed or policy.response_set),
        (Feature.LOGGING, "/logging", policy.logging.fields),
        (Feature.PORT, "/listen/port", policy.origin_of("/listen/port")),
        *((Feature.CONNECTIONS, pointer, policy.origin_of(pointer)) for pointer in CONNECTIONS),
    )
    yield from ((feature, policy.origin_of(pointer)) for feature, pointer, is_used in general if is_used)


def _uses_of(policy: Policy, operation: OperationPolicy) -> Iterator[tuple[Feature, Origin | None]]:
    access = operation.access
    if isinstance(access, Guarded):
        asked = (
            (Feature.SCOPES, access.scopes),
            (Feature.CLAIMS, access.claims),
            (Feature.API_KEYS, access.api_keys),
            (Feature.CERTIFICATES, access.certificates),
        )
        yield from ((feature, operation.origin) for feature, values in asked if values)
    terms = (
        (Feature.CORS, "cors", operation.cors),
        (Feature.VALIDATION, "validation", operation.is_validated),
        (Feature.RETRIES, "retries", operation.retries),
        (Feature.BODY_SIZE, "maxBodyBytes", operation.max_body_bytes),
        (Feature.TIMEOUTS, "timeoutS", operation.timeout_s),
    )
    yield from ((feature, policy.place_of(operation, setting)) for feature, setting, is_used in terms if is_used)
