"""Routes to decisions: for every operation of the API who may call it, and under which terms.

A route names one operation, or all of a path, or all of a tag. Of several that fit an operation the closest one
decides: operation before path before tag, and of two alike the one that names methods. What it leaves out is decided by
the next one, and at last by the policy itself; only the access has no last word, so it must be in some route.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from themekit.diagnostics import Note
from themekit.diagnostics.printable import quoted
from themekit.model.policy import Cors, OperationPolicy, Public, Retries
from themekit.source.policy_callers import access, known_names, named_nodes
from themekit.source.policy_codes import (
    AMBIGUOUS_ROUTE,
    UNDECIDED_OPERATION,
    UNKNOWN_OPERATION,
    UNSAFE_POLICY,
    UNUSED_ROUTE,
)
from themekit.source.policy_values import distinct, header, web_origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model import Origin
    from themekit.model.outline import ApiOutline, Operation
    from themekit.model.policy import Access, ApiKeys, Certificates, Limit, RetryCause, TokenIssuer
    from themekit.source.node import Node

KINDS = ("operation", "path", "tag")
SETTINGS = ("access", "limits", "cors", "maxBodyBytes", "validation", "timeoutS", "retries")
_IGNORED = frozenset(("header", name) for name in ("accept", "authorization", "content-type"))
"""Parameters that a description may hold and that mean nothing. Source: OpenAPI 3.1, "Parameter Object", `name`."""
DEFAULT_BODY_BYTES = 65_536
DEFAULT_TIMEOUT_S = 15.0


@dataclass(frozen=True, slots=True)
class Callers:
    """Who and what a route can name."""

    tokens: tuple[TokenIssuer, ...]
    api_keys: tuple[ApiKeys, ...]
    certificates: tuple[Certificates, ...]
    limits: tuple[Limit, ...]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What a route, or the policy itself, says; None where it says nothing."""

    node: Node
    name: str = ""
    access: Access | None = None
    limits: tuple[str, ...] | None = None
    cors: Cors | None = None
    retries: Retries | None = None


@dataclass(frozen=True, slots=True)
class _Route:
    terms: _Terms
    kind: str
    target: str
    methods: frozenset[str]

    @property
    def rank(self) -> tuple[int, bool]:
        """Smaller is closer."""
        return KINDS.index(self.kind), not self.methods

    def fits(self, operation: Operation) -> bool:
        named = {"operation": operation.id, "path": operation.path}.get(self.kind)
        is_named = named == self.target if named else self.target in operation.tags
        return is_named and (not self.methods or operation.method in self.methods)


def operations(root: Node, api: ApiOutline | None, *, callers: Callers) -> tuple[OperationPolicy, ...] | None:
    """The decision for every operation, in the API's order; None without an API."""
    general = _terms(root, root, "", may_open=False)
    routes = [route for name, node in named_nodes(root.node("routes")) if (route := _route(name, node, root))]
    if api is None:
        return None
    _check_targets(routes, api)
    used: set[str] = set()
    found = [
        decided
        for operation in api.operations
        if (decided := _decided(operation, [route for route in routes if route.fits(operation)], general, used))
    ]
    for route in routes:
        if route.terms.name not in used and any(route.fits(operation) for operation in api.operations):
            place = route.terms.node.sources.origin(route.terms.node.pointer, "key")
            message = f"the route {quoted(route.terms.name)} decides nothing: closer routes decide all of it"
            root.reporter(UNUSED_ROUTE, place, message)
    _check_consumers(found, root, callers)
    return tuple(found)


def _route(name: str, node: Node, root: Node) -> _Route | None:
    place = node.sources.origin(node.pointer, "key")
    kinds = [kind for kind in KINDS if node.has(kind)]
    terms = _terms(node, root, name, may_open=True)
    if len(kinds) != 1:
        said = " and ".join(f"`{kind}`" for kind in kinds) or "nothing"
        hint = "write one of `operation`, `path` and `tag`"
        node.reporter(UNKNOWN_OPERATION, place, f"the route {quoted(name)} names {said}", hint=hint)
        return None
    methods = frozenset(str(item.value) for item in node.items("methods"))
    if node.has("methods") and not node.items("methods"):
        node.reporter(UNKNOWN_OPERATION, place, f"the route {quoted(name)} is for no method: the list is empty")
        return None
    return _Route(terms, kinds[0], node.choice(kinds[0], ""), methods)


def _terms(node: Node, root: Node, name: str, *, may_open: bool) -> _Terms:
    limits = known_names(node, "limits", known=root.node("rates").members, what="rates") if node.has("limits") else None
    return _Terms(
        node=node,
        name=name,
        access=access(node, root) if may_open else None,
        limits=limits,
        cors=_cors(node.node("cors")) if node.has("cors") else None,
        retries=_retries(node.node("retries")) if node.has("retries") else None,
    )


def _cors(node: Node) -> Cors | None:
    place = node.sources.origin(node.pointer)
    origins = distinct(node, "origins", read=web_origin)
    credentials = node.members.get("credentials") is True
    if "*" in origins and len(origins) > 1:
        node.reporter(UNSAFE_POLICY, place, "`*` makes the other origins pointless", hint="keep one or the other")
    if "*" in origins and credentials:
        message = "every page in the world could call with the user's credentials"
        node.reporter(UNSAFE_POLICY, place, message, hint="list the origins, or leave `credentials` out")
    if not origins:
        return None
    return Cors(
        origins=origins,
        headers=distinct(node, "headers", read=header),
        exposed=distinct(node, "expose", read=header),
        has_credentials=credentials,
        max_age_s=int(node.number("maxAgeS", 600)),
    )


def _retries(node: Node) -> Retries | None:
    causes = tuple(cast("RetryCause", item.value) for item in node.items("on"))
    attempts = int(node.number("attempts", 0))
    return Retries(attempts, tuple(dict.fromkeys(causes)) or ("connect-failure",)) if attempts else None


def _check_targets(routes: Sequence[_Route], api: ApiOutline) -> None:
    known = {
        "operation": tuple(operation.id for operation in api.operations),
        "path": api.paths,
        "tag": api.tags,
    }
    for route in routes:
        item = route.terms.node.item(route.kind)
        if item is None or any(route.fits(operation) for operation in api.operations):
            continue
        names = known[route.kind]
        if route.target in names:
            listed = ", ".join(sorted(f"`{method}`" for method in route.methods))
            message = f"the {route.kind} {quoted(route.target)} has no operation with {listed}"
            item.report(UNKNOWN_OPERATION, message)
        else:
            hint = item.names_hint(route.target, names, label=f"the {route.kind}s are")
            item.report(UNKNOWN_OPERATION, f"the API has no {route.kind} {quoted(route.target)}", hint=hint)


def _decided(
    operation: Operation, fitting: Sequence[_Route], general: _Terms, used: set[str]
) -> OperationPolicy | None:
    """Everything about one operation; None if nobody decides who may call it, which is reported."""
    closest = sorted(fitting, key=lambda route: route.rank)
    chosen: dict[str, _Terms] = {}
    for setting in SETTINGS:
        saying = [route for route in closest if route.terms.node.has(setting)]
        if not saying:
            continue
        chosen[setting] = saying[0].terms
        used.add(saying[0].terms.name)
        if len(saying) > 1 and saying[0].rank == saying[1].rank:
            used.add(saying[1].terms.name)
            _report_ambiguous(operation, setting, saying[0], saying[1])
    terms = chosen.get("access")
    if terms is None:
        _report_undecided(operation, closest, general)
        return None
    if terms.access is None:
        return None  # reported
    node = terms.node

    def of(setting: str) -> _Terms:
        return chosen.get(setting, general)

    is_validated = of("validation").node.choice("validation", "none") == "openapi"
    required = [
        (each.place, each.name)
        for each in operation.parameters
        if each.is_required and each.place != "path" and (each.place, each.name.lower()) not in _IGNORED
    ]
    return OperationPolicy(
        id=operation.id,
        method=operation.method,
        path=operation.path,
        route=terms.name,
        access=terms.access,
        origin=node.sources.origin(node.pointer, "key"),
        limits=of("limits").limits or (),
        cors=of("cors").cors,
        max_body_bytes=int(of("maxBodyBytes").node.number("maxBodyBytes", DEFAULT_BODY_BYTES)),
        is_validated=is_validated,
        required=tuple(required) if is_validated else (),
        timeout_s=of("timeoutS").node.number("timeoutS", DEFAULT_TIMEOUT_S),
        retries=of("retries").retries,
        settings=tuple(
            (each, chosen[each].node.sources.origin(f"{chosen[each].node.pointer}/{each}", "key"))
            for each in SETTINGS[1:]
            if each in chosen
        ),
    )


def _report_ambiguous(operation: Operation, setting: str, one: _Route, other: _Route) -> None:
    node = other.terms.node
    first = one.terms.node.sources.origin(one.terms.node.pointer, "key")
    both = f"{quoted(one.terms.name)} and {quoted(other.terms.name)}"
    message = f"the routes {both} both decide `{setting}` of `{operation.id}`"
    hint = f"add a route for the operation `{operation.id}`"
    notes = [Note("the other route", first)]
    node.reporter(AMBIGUOUS_ROUTE, node.sources.origin(node.pointer, "key"), message, hint=hint, notes=notes)


def _report_undecided(operation: Operation, fitting: Sequence[_Route], general: _Terms) -> None:
    hint = "add a route with `access`"
    if fitting:
        hint = f"add `access` to the route `{fitting[0].terms.name}`"
    elif operation.tags:
        hint = f"add a route for the tag `{operation.tags[0]}`, or for the operation"
    routes = general.node.sources.origin("/routes", "key")
    message = f"nothing says who may call `{operation.id}` ({operation.method} {operation.path})"
    general.node.reporter(UNDECIDED_OPERATION, operation.origin, message, hint=hint, notes=[Note("routes", routes)])


def _check_consumers(found: Sequence[OperationPolicy], root: Node, callers: Callers) -> None:
    """A limit by consumer counts nobody where no token says who calls."""
    by_consumer = {limit.name for limit in callers.limits if limit.by == "consumer"}
    reported: set[tuple[str, Origin]] = set()
    for operation in found:
        if isinstance(operation.access, Public) or not operation.access.tokens:
            for name in operation.limits:
                key = (name, operation.origin)
                if name in by_consumer and key not in reported:
                    reported.add(key)
                    message = f"the limit `{name}` counts by consumer, but no token says who calls `{operation.id}`"
                    hint = "limit it by `address` or `route`, or ask for `tokens`"
                    root.reporter(UNSAFE_POLICY, operation.origin, message, hint=hint)
