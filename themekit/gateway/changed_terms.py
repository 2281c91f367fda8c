"""What else changed for an operation: bodies, validation, pages of other origins, waiting, and what the API gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.change import Area, Fact, Risk, names, neutral, one_way
from themekit.gateway.meaning import removed_headers
from themekit.model.policy import REDACTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.policy import Cors, OperationPolicy, Policy, Retries

Side = tuple["Policy", "OperationPolicy"]


def changed_terms(old: Side, new: Side, *, takes_options: bool) -> Iterator[Fact]:
    """The facts of one operation that both policies have. `takes_options`: its path has an operation `OPTIONS`."""
    before, after = old[1], new[1]
    yield from neutral(
        Area.OPERATIONS, old=before.id, new=after.id, text=f"is called `{after.id}`, and not `{before.id}`"
    )
    yield from one_way(
        Area.BODIES,
        weaker=f"bodies may have {after.max_body_bytes} bytes, and not {before.max_body_bytes}",
        stronger=f"bodies may have only {after.max_body_bytes} bytes, and not {before.max_body_bytes}",
        weakens=after.max_body_bytes > before.max_body_bytes,
        strengthens=after.max_body_bytes < before.max_body_bytes,
    )
    yield from one_way(
        Area.VALIDATION,
        weaker="requests are no longer checked against the description",
        stronger="requests are checked against the description",
        weakens=before.is_validated and not after.is_validated,
        strengthens=after.is_validated and not before.is_validated,
    )
    kept, taken = set(removed_headers(*old)), set(removed_headers(*new))
    yield from one_way(
        Area.REQUEST_HEADERS,
        weaker=f"the API gets {names(sorted(kept - taken))} as the client sent it",
        stronger=f"the API no longer gets {names(sorted(taken - kept))} as the client sent it",
        weakens=bool(kept - taken),
        strengthens=bool(taken - kept),
    )
    yield from _cors(before.cors, after.cors)
    if takes_options and before.cors != after.cors:
        yield Fact(Area.CORS, Risk.WEAKENS, "other preflights than before reach the operation `OPTIONS` of its path")
    text = f"the API has {after.timeout_s:g} s to answer, and not {before.timeout_s:g} s"
    yield from neutral(Area.TIMEOUTS, old=before.timeout_s, new=after.timeout_s, text=text)
    text = f"{_retries(after.retries)}, and not {_retries(before.retries)}"
    yield from neutral(Area.RETRIES, old=_retries(before.retries), new=_retries(after.retries), text=text)


def _retries(retries: Retries | None) -> str:
    if retries is None or not retries.attempts:
        return "no request is sent again"
    return f"requests are sent up to {retries.attempts} times again after {names(sorted(retries.causes))}"


def _cors(old: Cors | None, new: Cors | None) -> Iterator[Fact]:
    if old is None or new is None:
        if new is not None:
            yield Fact(Area.CORS, Risk.WEAKENS, f"pages of {_origins(new)} may call")
        elif old is not None:
            yield Fact(Area.CORS, Risk.STRENGTHENS, "pages of other origins may no longer call")
        return
    yield from _origin_facts(old, new)
    for what, before, after in (
        ("send the header", old.headers, new.headers),
        ("read the header", old.exposed, new.exposed),
    ):
        added, removed = sorted(set(after) - set(before)), sorted(set(before) - set(after))
        yield from one_way(
            Area.CORS,
            weaker=f"pages may {what} {names(added)}",
            stronger=f"pages may no longer {what} {names(removed)}",
            weakens=bool(added),
            strengthens=bool(removed),
        )
    yield from one_way(
        Area.CORS,
        weaker="pages may call with cookies and certificates of the browser",
        stronger="pages may no longer call with cookies and certificates of the browser",
        weakens=new.has_credentials and not old.has_credentials,
        strengthens=old.has_credentials and not new.has_credentials,
    )
    text = f"browsers remember what pages may for {new.max_age_s} s, and not {old.max_age_s} s"
    yield from neutral(Area.CORS, old=old.max_age_s, new=new.max_age_s, text=text)


def _origin_facts(old: Cors, new: Cors) -> Iterator[Fact]:
    added = [] if "*" in old.origins else [each for each in new.origins if each not in old.origins]
    removed = [] if "*" in new.origins else [each for each in old.origins if each not in new.origins]
    yield from one_way(
        Area.CORS,
        weaker=f"pages of {names(added)} may call",
        stronger=f"pages of {names(removed)} may no longer call",
        weakens=bool(added),
        strengthens=bool(removed),
    )


def _origins(cors: Cors) -> str:
    return "any origin" if "*" in cors.origins else names(cors.origins)


SENSITIVE = frozenset({"path", "query", "consumer", "address", "agent"})
"""Fields of the log that can say who called, or for what."""


def changed_logging(old: Policy, new: Policy) -> Iterator[Fact]:
    """The facts of the access log: what can be traced, and what is shown of people."""
    before, after = old.logging, new.logging
    seen_before, seen = set(before.fields) - set(before.redacted), set(after.fields) - set(after.redacted)
    for field in after.fields:
        if field in seen and field not in seen_before:
            risk = Risk.WEAKENS if field in SENSITIVE else Risk.NEUTRAL
            yield Fact(Area.LOGGING, risk, f"the log shows `{field}`")
    for field in before.fields:
        if field not in after.fields:
            yield Fact(Area.LOGGING, Risk.WEAKENS, f"the log no longer has `{field}`: less can be traced")
        elif field in seen_before and field not in seen:
            risk = Risk.STRENGTHENS if field in SENSITIVE else Risk.NEUTRAL
            yield Fact(Area.LOGGING, risk, f"the log shows `{field}` as `{REDACTED}`")
    for field in after.fields:
        if field not in before.fields and field not in seen:
            yield Fact(Area.LOGGING, Risk.NEUTRAL, f"the log has `{field}`, as `{REDACTED}`")
