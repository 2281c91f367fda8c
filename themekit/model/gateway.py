"""A gateway as a target of policies: what it makes, and how exactly it can do each thing a policy may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.model.artifact import Artifact
    from themekit.model.origin import Origin
    from themekit.model.policy import Policy


class Feature(StrEnum):
    """What a policy can ask for, by the names that `accept` uses."""

    JWKS = "jwks"
    KEYS = "keys"
    SCOPES = "scopes"
    CLAIMS = "claims"
    API_KEYS = "api-keys"
    CERTIFICATES = "certificates"
    AUTHORITIES = "authorities"
    RATES = "rates"
    TIERS = "tiers"
    QUOTAS = "quotas"
    ADDRESSES = "addresses"
    CORS = "cors"
    BODY_SIZE = "body-size"
    VALIDATION = "validation"
    TIMEOUTS = "timeouts"
    CONNECTIONS = "connections"
    RETRIES = "retries"
    REQUEST_HEADERS = "request-headers"
    RESPONSE_HEADERS = "response-headers"
    PORT = "port"
    TLS = "tls"
    LOGGING = "logging"


class Exactness(StrEnum):
    """How a gateway does what a policy asks for. What is not exact has to be accepted in the policy, with a reason."""

    EXACT = "exact"
    WEAKER = "weaker"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Form:
    """A weaker form that can be accepted: its name, what is left of the feature, and the fields that do nothing then.

    `without` names fields of policy.json (`rates.*.burst`), each with all that is in it, of the policy and of routes;
    `is_partial`: only some of what such a field can ask for is lost, as the summary says.
    """

    name: str
    summary: str
    without: tuple[str, ...] = ()
    is_partial: bool = False

    @property
    def told(self) -> str:
        """The summary, and which fields have no effect."""
        if not self.without:
            return self.summary
        names = ", ".join(f"`{each}`" for each in self.without)
        how = "partly without effect" if self.is_partial else "without effect"
        return f"{self.summary}; {how}: {names}"

    def leaves_out(self, field: str) -> bool:
        """The field, as the form's own are written, has no effect; a route's is told as the policy's own."""
        own = field.removeprefix("routes.*.")
        return any(own == each or own.startswith(f"{each}.") for each in self.without)


@dataclass(frozen=True, slots=True)
class Support:
    """How exactly a gateway does one thing, why not more, and which forms can be accepted instead."""

    feature: Feature
    exactness: Exactness
    why: str = ""
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something of this policy that a gateway cannot do although it can do the feature, and the forms that do instead.

    Without `feature` it is about none of them, such as the number of operations.
    """

    feature: Feature | None
    origin: Origin | None
    why: str
    forms: tuple[Form, ...] = ()


def _refuses_nothing(_policy: Policy) -> tuple[Refusal, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway. `emit` is pure; `supports` has every feature once, with forms that can be accepted.

    `answers` are statuses that differ from those of the policy's meaning, by reason. `refuses` tells what it cannot do
    of one policy in particular.
    """

    name: str
    summary: str
    emit: Callable[[Policy], tuple[Artifact, ...]]
    supports: tuple[Support, ...]
    answers: tuple[tuple[str, int], ...] = ()
    refuses: Callable[[Policy], tuple[Refusal, ...]] = _refuses_nothing

    def support(self, feature: Feature) -> Support:
        """How exactly it does this."""
        return next(each for each in self.supports if each.feature is feature)
