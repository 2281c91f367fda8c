"""What the Lua programs know of a policy: a table of plain values, without one word of code."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import TYPE_CHECKING

from themekit.gateway.kong.limits import counted_limits
from themekit.gateway.kong.lua import literal, pattern
from themekit.gateway.kong.values import COUNTED_HEADER, consumer_name, preflight_name, route_name
from themekit.gateway.meaning import removed_headers
from themekit.gateway.requests import closest_first
from themekit.model.policy import Public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.gateway.kong.lua import LuaValue
    from themekit.model.policy import OperationPolicy, Policy, TokenIssuer

_EXPRESSION = re.compile(r"\{[^{}]*\}")


def before_table(policy: Policy, operations: Iterable[OperationPolicy]) -> str:
    """The table of `BEFORE`: every path, so that the closest is found, and all about these operations."""
    addresses = policy.addresses
    return literal(
        {
            "hosts": dict.fromkeys(policy.listen.hosts, True),
            "hops": addresses.trusted_hops,
            "allow": [_network(each) for each in addresses.allow],
            "deny": [_network(each) for each in addresses.deny],
            "counted": COUNTED_HEADER,
            "paths": _paths(policy),
            "issuers": [_issuer(policy, each) for each in policy.tokens],
            "set": [
                {"name": change.name, "value": change.value or None, "claim": change.claim or None}
                for change in policy.request_set
            ],
            "operations": {each.id: _operation(policy, each) for each in operations},
        }
    )


def after_table() -> str:
    """The table of `AFTER`."""
    return literal({"counted": COUNTED_HEADER})


def answer_table(policy: Policy) -> str:
    """The table of `ANSWER`. What is set replaces what the API says."""
    return literal(
        {
            "response_removed": list(policy.response_removed),
            "response_set": [{"name": change.name, "value": change.value} for change in policy.response_set],
        }
    )


def _paths(policy: Policy) -> list[LuaValue]:
    by_path: dict[str, list[OperationPolicy]] = {}
    for operation in closest_first(policy.operations):
        by_path.setdefault(operation.path, []).append(operation)
    found: list[LuaValue] = []
    for path, here in by_path.items():
        pieces = _EXPRESSION.split(policy.listen.base_path + path)
        whole = f"^{'[^/]+'.join(pattern(piece) for piece in pieces)}$"
        found.append({"pattern": whole, "operations": {each.method: _entry(policy, each) for each in here}})
    return found


def _entry(policy: Policy, operation: OperationPolicy) -> LuaValue:
    entry: dict[str, LuaValue] = {"id": operation.id, "route": route_name(policy, operation)}
    if operation.cors is not None:
        entry |= {"preflight": preflight_name(policy, operation), "origins": list(operation.cors.origins)}
    return entry


def _operation(policy: Policy, operation: OperationPolicy) -> LuaValue:
    access = operation.access
    limits = counted_limits(policy, operation)
    found: dict[str, LuaValue] = {
        "public": isinstance(access, Public),
        "counts": limits[0].by if limits else None,
        "removed": list(removed_headers(policy, operation)),
    }
    if not isinstance(access, Public):
        found |= {
            "tokens": list(access.tokens),
            "scopes": [list(group) for group in access.scopes],
            "claims": [{"name": name, "values": list(values)} for name, values in access.claims],
        }
    return found


def _issuer(policy: Policy, issuer: TokenIssuer) -> LuaValue:
    """With `keys` a token needs one of these ids, with its algorithm; without them the `jwt` plugin alone knows."""
    return {
        "name": issuer.name,
        "issuer": issuer.issuer,
        "audiences": list(issuer.audiences),
        "consumer": issuer.consumer_claim,
        "scope": issuer.scope_claim,
        "account": consumer_name(policy, issuer),
        "keys": {key.id: key.algorithm for key in issuer.keys} if issuer.jwks_url is None else None,
    }


def _network(text: str) -> LuaValue:
    network = ip_network(text)
    return {"bytes": list(network.network_address.packed), "bits": network.prefixlen}
