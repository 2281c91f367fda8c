"""A change of what a policy means, and how changes that are alike become one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.policy import OperationPolicy


class Risk(StrEnum):
    """What a change does to what the policy protects.

    `WEAKENS`: something may get through, be seen or be believed that was not before. `STRENGTHENS`: the reverse, and
    nothing else. `NEUTRAL`: neither.
    """

    WEAKENS = "weakens"
    STRENGTHENS = "strengthens"
    NEUTRAL = "neutral"


class Area(StrEnum):
    """What a change is about, in the order of reports."""

    OPERATIONS = "operations"
    ACCESS = "access"
    TOKENS = "tokens"
    SCOPES = "scopes"
    CLAIMS = "claims"
    API_KEYS = "api-keys"
    CERTIFICATES = "certificates"
    LIMITS = "limits"
    BODIES = "bodies"
    VALIDATION = "validation"
    CORS = "cors"
    ADDRESSES = "addresses"
    REQUEST_HEADERS = "request-headers"
    RESPONSE_HEADERS = "response-headers"
    LISTEN = "listen"
    TLS = "tls"
    UPSTREAM = "upstream"
    TIMEOUTS = "timeouts"
    RETRIES = "retries"
    LOGGING = "logging"
    TARGETS = "targets"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Fact:
    """What changed, without where."""

    area: Area
    risk: Risk
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A fact, and the operations it is about, in the API's order: none if it is about the whole policy.

    `where` says the same in words.
    """

    area: Area
    risk: Risk
    text: str
    operations: tuple[str, ...] = ()
    where: str = ""


def one_way(area: Area, *, weaker: str, stronger: str, weakens: bool, strengthens: bool) -> Iterator[Fact]:
    """The fact of a thing that can get weaker, stronger, or both at once; nothing if it is as it was."""
    if weakens:
        yield Fact(area, Risk.WEAKENS, weaker)
    if strengthens:
        yield Fact(area, Risk.STRENGTHENS, stronger)


def neutral(area: Area, *, old: object, new: object, text: str) -> Iterator[Fact]:
    """A fact without risk, if the two differ."""
    if old != new:
        yield Fact(area, Risk.NEUTRAL, text)


def names(values: Iterable[str]) -> str:
    """Names in backticks, joined."""
    return ", ".join(f"`{value}`" for value in values)


def grouped(
    facts: Iterable[tuple[OperationPolicy, Fact]], *, all_ids: tuple[str, ...], tags: Mapping[str, tuple[str, ...]]
) -> list[Change]:
    """One change for each fact, with all its operations. `tags` are the operations of each tag of the API."""
    found: dict[Fact, dict[str, OperationPolicy]] = {}
    for operation, fact in facts:
        found.setdefault(fact, {})[operation.id] = operation
    return [
        Change(fact.area, fact.risk, fact.text, tuple(where), _where(where, all_ids=all_ids, tags=tags))
        for fact, where in found.items()
    ]


def _where(
    operations: dict[str, OperationPolicy], *, all_ids: tuple[str, ...], tags: Mapping[str, tuple[str, ...]]
) -> str:
    ids = set(operations)
    if len(ids) > 1 and ids == set(all_ids):
        return f"all {len(ids)} operations"
    if len(ids) == 1:
        (only,) = operations.values()
        return f"`{only.id}` ({only.method} {only.path})"
    for tag, tagged in tags.items():
        if ids == set(tagged):
            return f"all {len(ids)} operations of tag {tag}"
    for tag, tagged in tags.items():
        if ids < set(tagged):
            return f"{len(ids)} operations of tag {tag} ({_some(operations)})"
    return f"{len(ids)} operations ({_some(operations)})"


def _some(ids: Iterable[str], *, at_most: int = 4) -> str:
    listed = list(ids)
    more = len(listed) - at_most
    return names(listed[:at_most]) + (f" and {more} more" if more > 0 else "")
