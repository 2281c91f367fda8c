"""What a policy defines and no operation comes to use: issuers, API keys, certificates, limits, tiers.

Only what the policy's own file defines is told: what it inherits may be meant for other brands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.policy import Guarded
from themekit.source.policy_codes import UNUSED_DEFINITION, UNUSED_ROUTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from themekit.model.policy import Limit, OperationPolicy
    from themekit.source.node import Node
    from themekit.source.policy_routes import Callers

_ASKED = {"tokens": "tokens", "apiKeys": "apiKeys", "certificates": "certificates", "rates": "limits"}
"""Where a definition is named: in the member of this name of an access, or of a route."""


def report_unused(root: Node, found: Sequence[OperationPolicy], *, callers: Callers) -> None:
    """Warn of each definition that decides nothing, unless a mistake keeps operations from being decided."""
    if any(each.is_error for each in root.reporter.found):
        return
    used = {
        "tokens": _names(access.tokens for access in _guarded(found)),
        "apiKeys": _names(access.api_keys for access in _guarded(found)),
        "certificates": _names(access.certificates for access in _guarded(found)),
        "rates": _names(operation.limits for operation in found),
    }
    is_told = any(each.code == UNUSED_ROUTE.name for each in root.reporter.found)
    for key, names in used.items():
        named = set(_named(root, _ASKED[key]))
        for name in root.node(key).members:
            if name not in names and not (is_told and name in named):
                _report(root, key, name, is_named=name in named)
    for limit in callers.limits:
        _report_tiers(root, limit, found)


def _guarded(found: Sequence[OperationPolicy]) -> Iterator[Guarded]:
    return (operation.access for operation in found if isinstance(operation.access, Guarded))


def _names(lists: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(name for names in lists for name in names)


def _named(root: Node, asked: str) -> Iterator[str]:
    """Every name that stands in a list of this kind, whether or not it decides something."""
    routes = root.node("routes")
    nodes = [routes.node(name) for name in routes.members]
    places = (root, *nodes) if asked == "limits" else [node.node("access") for node in nodes]
    return (str(item.value) for place in places for item in place.items(asked))


def _report(root: Node, key: str, name: str, *, is_named: bool) -> None:
    place = root.sources.origin(root.node(key).node(name).pointer, "key")
    if place.path != root.sources.path:
        return
    asked = f"`{_ASKED[key]}`" if key == "rates" else f"`access.{_ASKED[key]}`"
    message, hint = f"no route names {quoted(name)} of `{key}`", f"name it in {asked} of a route, or remove it"
    if is_named:
        message = f"no operation uses {quoted(name)} of `{key}`: closer routes decide {asked} of all of them"
        hint = f"name it in {asked} of a closer route, or remove it"
    root.reporter(UNUSED_DEFINITION, place, message, hint=hint)


def _report_tiers(root: Node, limit: Limit, found: Sequence[OperationPolicy]) -> None:
    """A tier is never reached where every operation of its limit asks for other values of its claim."""
    counted = [operation.access for operation in found if limit.name in operation.limits]
    asked = [dict(access.claims).get(limit.tier_claim) if isinstance(access, Guarded) else None for access in counted]
    if not asked or None in asked:
        return
    reached = _names(values for values in asked if values is not None)
    rates = root.node("rates").node(limit.name).node("tiers").node("rates")
    for name, _ in limit.tiers:
        place = root.sources.origin(rates.node(name).pointer, "key")
        if name not in reached and place.path == root.sources.path:
            message = f"nobody has the tier {quoted(name)}: the operations ask for other values of the claim"
            hint = f"add it to `claims` of a route whose limit is {quoted(limit.name)}, or remove it"
            root.reporter(UNUSED_DEFINITION, place, message, hint=hint)
