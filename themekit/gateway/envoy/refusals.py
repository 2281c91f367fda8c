"""What Envoy cannot do of a policy in particular: names of claims that its formatter misreads, ports, secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.gateway.envoy.containers import WATCH_PORT
from themekit.gateway.envoy.emit import ADMIN_PORT
from themekit.gateway.envoy.values import data_source, is_plain_claim
from themekit.gateway.secret_places import shared_places
from themekit.model.gateway import Feature, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.policy import Policy, Secret

WHY = "Envoy's formatter takes names of letters, digits and `_.-/@` only, and not the claim"


def refused(policy: Policy) -> tuple[Refusal, ...]:
    """Claims that would have to stand in a header or in the log, and cannot; ports and places that are taken."""
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
    if policy.listen.port in {ADMIN_PORT, WATCH_PORT}:
        why = f"on port {policy.listen.port} it listens for those who run it: some calls would be answered from there"
        yield Refusal(Feature.PORT, policy.origin_of("/listen/port"), why)
    yield from shared_places(policy, _place)


def _place(secret: Secret) -> str:
    """The variable, or the file."""
    (place,) = data_source(secret).values()
    return str(place)
