"""What changed for all operations at once: where clients call, what stands behind, headers, targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.change import Area, Fact, Risk, names, neutral, one_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.policy import HeaderChange, Policy

PROTECTING = frozenset(
    {
        "strict-transport-security",
        "x-content-type-options",
        "x-frame-options",
        "content-security-policy",
        "referrer-policy",
        "permissions-policy",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "cross-origin-embedder-policy",
        "cache-control",
    }
)
"""Headers of answers by which browsers protect people."""
OPENING = "access-control-"


def changed_surroundings(old: Policy, new: Policy) -> Iterator[Fact]:
    """The facts of the whole policy, but for its addresses and its log."""
    yield from _listen(old, new)
    yield from _tls(old, new)
    yield from _upstream(old, new)
    yield from _request_headers(old, new)
    yield from _response_headers(old, new)
    yield from _targets(old, new)
    yield from _acceptances(old, new)


def _listen(old: Policy, new: Policy) -> Iterator[Fact]:
    before, after = old.listen, new.listen
    added, removed = sorted(set(after.hosts) - set(before.hosts)), sorted(set(before.hosts) - set(after.hosts))
    yield from one_way(
        Area.LISTEN,
        weaker=f"clients may call {names(added)}",
        stronger=f"clients may no longer call {names(removed)}",
        weakens=bool(added),
        strengthens=bool(removed),
    )
    if before.base_path != after.base_path:
        text = f"paths begin with `{after.base_path or '/'}`, and not with `{before.base_path or '/'}`"
        yield Fact(Area.LISTEN, Risk.WEAKENS, text)
    text = f"clients call port {after.port}, and not {before.port}"
    yield from neutral(Area.LISTEN, old=before.port, new=after.port, text=text)


def _tls(old: Policy, new: Policy) -> Iterator[Fact]:
    before, after = old.listen.tls, new.listen.tls
    if before is None or after is None:
        if before is not None:
            text = f"clients call without TLS: {new.listen.plain_text}"
            yield Fact(Area.TLS, Risk.WEAKENS, text)
        elif after is not None:
            yield Fact(Area.TLS, Risk.STRENGTHENS, f"clients call with TLS, {after.minimum} at least")
        else:
            text = "there is another reason for no TLS"
            yield from neutral(Area.TLS, old=old.listen.plain_text, new=new.listen.plain_text, text=text)
        return
    text = f"the lowest version of TLS is {after.minimum}, and not {before.minimum}"
    yield from one_way(
        Area.TLS,
        weaker=text,
        stronger=text,
        weakens=after.minimum < before.minimum,
        strengthens=after.minimum > before.minimum,
    )
    pairs = [(each.certificate, each.key) for each in (before, after)]
    yield from neutral(Area.TLS, old=pairs[0], new=pairs[1], text="the certificate or its key is another one")


def _upstream(old: Policy, new: Policy) -> Iterator[Fact]:
    before, after = old.upstream, new.upstream
    text = f"requests go to `{after.host}:{after.port}`, and not to `{before.host}:{before.port}`"
    yield from neutral(Area.UPSTREAM, old=(before.host, before.port), new=(after.host, after.port), text=text)
    yield from one_way(
        Area.UPSTREAM,
        weaker="the API is called without TLS",
        stronger="the API is called with TLS, and its certificate checked",
        weakens=before.is_tls and not after.is_tls,
        strengthens=after.is_tls and not before.is_tls,
    )
    text = f"a connection to the API may take {after.connect_timeout_s:g} s, and not {before.connect_timeout_s:g} s"
    yield from neutral(Area.TIMEOUTS, old=before.connect_timeout_s, new=after.connect_timeout_s, text=text)
    text = f"an idle connection to the API is kept {after.idle_timeout_s:g} s, and not {before.idle_timeout_s:g} s"
    yield from neutral(Area.TIMEOUTS, old=before.idle_timeout_s, new=after.idle_timeout_s, text=text)


def _by_name(changes: tuple[HeaderChange, ...]) -> dict[str, HeaderChange]:
    return {change.name: change for change in changes}


def _request_headers(old: Policy, new: Policy) -> Iterator[Fact]:
    """A claim that a header shows has to be printable: to show it no longer lets more tokens through."""
    before, after = _by_name(old.request_set), _by_name(new.request_set)
    for name, change in after.items():
        former = before.get(name)
        if former is None:
            yield Fact(Area.REQUEST_HEADERS, Risk.STRENGTHENS, f"the API gets {_said(change)}")
        elif former != change:
            is_fixed = not former.claim and not change.claim
            risk = Risk.NEUTRAL if is_fixed else Risk.WEAKENS
            yield Fact(Area.REQUEST_HEADERS, risk, f"the API gets {_said(change)}, and not {_said(former)}")
    for name, change in before.items():
        if name not in after:
            yield Fact(Area.REQUEST_HEADERS, Risk.WEAKENS, f"the API no longer gets {_said(change)}")


def _said(change: HeaderChange) -> str:
    return f"`{change.name}` with " + (f"the claim `{change.claim}`" if change.claim else "a fixed text")


def _response_headers(old: Policy, new: Policy) -> Iterator[Fact]:
    area = Area.RESPONSE_HEADERS
    before, after = _by_name(old.response_set), _by_name(new.response_set)
    hidden = sorted(({*new.response_removed} | {*after}) - ({*old.response_removed} | {*before}))
    shown = sorted(({*old.response_removed} | {*before}) - ({*new.response_removed} | {*after}))
    yield from one_way(
        area,
        weaker=f"clients get {names(shown)} as the API answers it",
        stronger=f"clients no longer get {names(hidden)} as the API answers it",
        weakens=bool(shown),
        strengthens=bool(hidden),
    )
    for name, change in after.items():
        if before.get(name) != change:
            risk = Risk.WEAKENS if name.startswith(OPENING) or name in before else Risk.NEUTRAL
            if name in PROTECTING and name not in before:
                risk = Risk.STRENGTHENS
            what = "another text" if name in before else "a fixed text"
            yield Fact(area, risk, f"answers have `{name}` with {what}: `{change.value}`")
    for name in before:
        if name not in after:
            yield Fact(area, Risk.WEAKENS if name in PROTECTING else Risk.NEUTRAL, f"answers no longer have `{name}`")


def _targets(old: Policy, new: Policy) -> Iterator[Fact]:
    for target in new.targets:
        if target not in old.targets:
            yield Fact(Area.TARGETS, Risk.NEUTRAL, f"files are made for `{target}`, too")
    for target in old.targets:
        if target not in new.targets:
            yield Fact(Area.TARGETS, Risk.NEUTRAL, f"no files are made for `{target}` any more")


def _acceptances(old: Policy, new: Policy) -> Iterator[Fact]:
    before = {(each.feature, each.target, each.form): each for each in old.accepted}
    after = {(each.feature, each.target, each.form): each for each in new.accepted}
    for key, each in after.items():
        what = f"`{each.feature}` as `{each.form}` on `{each.target}`"
        if key not in before:
            yield Fact(Area.ACCEPTED, Risk.WEAKENS, f"{what} is accepted: {each.reason}")
        else:
            text = f"{what} is accepted for another reason: {each.reason}"
            yield from neutral(Area.ACCEPTED, old=before[key].reason, new=each.reason, text=text)
    for key, each in before.items():
        if key not in after:
            text = f"`{each.feature}` as `{each.form}` on `{each.target}` is no longer accepted"
            yield Fact(Area.ACCEPTED, Risk.STRENGTHENS, text)
