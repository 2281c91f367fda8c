"""The files of a policy for an Envoy on this machine only: what is not as it is deployed, and what is said of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import is_allowed_address
from themekit.trial.keys import with_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from themekit.model.policy import Policy, Upstream
    from themekit.trial.keys import IssuerKey

LOOPBACK = "127.0.0.1"
LOOPBACK_NETWORK = "127.0.0.0/8"
PLAIN_TEXT = "on loopback only, for a trial"


@dataclass(frozen=True, slots=True)
class OnLoopback:
    """A policy as it is enforced on this machine, and in which ways it is not the one that is deployed."""

    policy: Policy
    notes: tuple[str, ...]


def on_loopback(
    policy: Policy, upstream: Upstream, *, port: int, keys: Mapping[str, tuple[IssuerKey, ...]] | None = None
) -> OnLoopback:
    """The policy for a gateway on this machine in front of `upstream`; `keys` take the place of the issuers' own."""
    notes = []
    listen = replace(policy.listen, port=port)
    if listen.tls is not None:
        listen = replace(listen, tls=None, plain_text=PLAIN_TEXT)
        notes.append("the listener's TLS is left out: it speaks plain text, on loopback only")
    addresses = policy.addresses
    if not addresses.trusted_hops and not is_allowed_address(policy, LOOPBACK):
        allow = (*addresses.allow, LOOPBACK_NETWORK) if addresses.allow else ()
        deny = tuple(each for each in addresses.deny if not _has_loopback(each))
        addresses = replace(addresses, allow=allow, deny=deny)
        notes.append(f"{LOOPBACK_NETWORK} may call: nobody else can reach loopback")
    found = replace(policy, listen=listen, addresses=addresses, upstream=upstream)
    if keys is not None:
        found = with_keys(found, keys)
        notes.append("the issuers' keys are replaced by test keys")
    elif urls := [issuer.jwks_url for issuer in policy.tokens if issuer.jwks_url]:
        notes.append(f"keys are fetched from {', '.join(urls)}; without these no token is good (see --test-keys)")
    return OnLoopback(found, tuple(notes))


def sandbox_upstream(policy: Policy, port: int) -> Upstream:
    """A server on this machine in the place of the API."""
    return replace(policy.upstream, host=LOOPBACK, port=port, is_tls=False)


def files_of(policy: Policy, rewrite: Callable[[str, bytes], bytes] | None = None) -> dict[str, bytes]:
    """The emitted files by name. Listener and admin page are for this machine, on ports that the system chooses.

    `rewrite` changes an emitted file, for those who test whether a change is noticed.
    """
    found = {}
    for artifact in GATEWAY.emit(policy):
        name = artifact.path.name
        content = artifact.content if rewrite is None else rewrite(name, artifact.content)
        found[name] = _LOCAL.get(name, _as_it_is)(content)
    return found


def version_of(content: bytes) -> str:
    """The version that a file of resources says it has."""
    return str(json.loads(content)["version_info"])


def _has_loopback(network: str) -> bool:
    return ip_address(LOOPBACK) in ip_network(network)


def _as_it_is(content: bytes) -> bytes:
    return content


def _local_listener(content: bytes) -> bytes:
    value = json.loads(content)
    for listener in value["resources"]:
        listener["address"]["socket_address"]["address"] = LOOPBACK
    return json.dumps(value).encode()


def _local_admin(content: bytes) -> bytes:
    value = json.loads(content)
    value["admin"]["address"]["socket_address"] = {"address": LOOPBACK, "port_value": 0}
    return json.dumps(value).encode()


_LOCAL: dict[str, Callable[[bytes], bytes]] = {"lds.json": _local_listener, "envoy.json": _local_admin}
