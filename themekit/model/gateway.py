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
    RETRIES = "retries"
    REQUEST_HEADERS = "request-headers"
    RESPONSE_HEADERS = "response-headers"
    TLS = "tls"
    LOGGING = "logging"


class Exactness(StrEnum):
    """How a gateway does what a policy asks for. What is not exact has to be accepted in the policy, with a reason."""

    EXACT = "exact"
    WEAKER = "weaker"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Form:
    """A weaker form that can be accepted: its name, and what is left of the feature."""

    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class Support:
    """How exactly a gateway does one thing, why not more, and which forms can be accepted instead."""

    feature: Feature
    exactness: Exactness
    why: str = ""
    forms: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A value of a policy that a gateway cannot take, although it does the feature otherwise, and what can be accepted.

    Without `feature` it is about no feature at all, such as the number of operations.
    """

    why: str
    origin: Origin | None
    feature: Feature | None = None
    forms: tuple[Form, ...] = ()


def no_shortfalls(_policy: Policy) -> tuple[Shortfall, ...]:
    """What a gateway without limits of its own cannot take."""
    return ()


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway. `emit` is pure; `supports` has every feature once, with forms that can be accepted.

    `answers` are statuses that differ from those of the policy's meaning, by reason. `shortfalls` finds values that
    are beyond a limit of the gateway.
    """

    name: str
    summary: str
    emit: Callable[[Policy], tuple[Artifact, ...]]
    supports: tuple[Support, ...]
    answers: tuple[tuple[str, int], ...] = ()
    shortfalls: Callable[[Policy], tuple[Shortfall, ...]] = no_shortfalls

    def support(self, feature: Feature) -> Support:
        """How exactly it does this."""
        return next(each for each in self.supports if each.feature is feature)
