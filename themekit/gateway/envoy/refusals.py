"""What Envoy cannot do of a policy in particular: names of claims that its formatter would read as something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.gateway.envoy.values import is_plain_claim
from themekit.model.gateway import Feature, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.policy import Policy

WHY = "Envoy's formatter takes names of letters, digits and `_.-/@` only, and not the claim"


def refused(policy: Policy) -> tuple[Refusal, ...]:
    """Claims that would have to stand in a header or in the log, and cannot."""
    return tuple(_refused(policy))


def _refused(policy: Policy) -> Iterator[Refusal]:
    for change in policy.request_set:
        if change.claim and not is_plain_claim(change.claim):
            why = f"{WHY} {quoted(change.claim)}"
            yield Refusal(Feature.REQUEST_HEADERS, policy.origin_of("/requestHeaders"), why)
    is_logged = "consumer" in policy.logging.fields and "consumer" not in policy.logging.redacted
    for issuer in policy.tokens if is_logged else ():
        if not is_plain_claim(issuer.consumer_claim):
            yield Refusal(Feature.LOGGING, issuer.origin, f"{WHY} {quoted(issuer.consumer_claim)}")
