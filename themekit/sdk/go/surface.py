"""The public names of a Go module and their signatures, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, EnumType, ObjectType, UnionType
from themekit.sdk.go.client import client_flow, error_fields
from themekit.sdk.go.declarations import object_fields
from themekit.sdk.go.homes import emitted
from themekit.sdk.go.literals import value_literal
from themekit.sdk.go.plan import planned, primary
from themekit.sdk.go.services import item_type, signature
from themekit.sdk.go.webhooks import webhook_type

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Declaration
    from themekit.sdk.go.plan import Method, Plan, Service


def surface(api: ApiModel) -> tuple[str, ...]:
    """Sorted. A field of a params struct that must be set ends with ` required`."""
    plan = planned(api)
    return tuple(sorted({*_client(plan), *_services(plan), *_types(plan)}))


def _client(plan: Plan) -> Iterator[str]:
    key = primary(plan.api)
    yield f"New({'apiKey string, ' if key else ''}opts ...Option) *Client"
    kinds = {each.kind for each in plan.api.schemes}
    if "basic" in kinds:
        yield "WithBasicAuth(username, password string) Option"
    if any(client_flow(each) for each in plan.api.schemes):
        yield "WithClientCredentials(clientID, clientSecret string) Option"
        yield "WithScopes(scopes ...string) Option"
    if kinds & {"oauth2", "openid"}:
        yield "WithAccessToken(token string) Option"
    for each in plan.api.schemes:
        if each.kind in {"bearer", "api-key", "http"}:
            yield f"{plan.options[each.id]}(key string) Option"
    yield from (f"{name}(value string) Option" for name in plan.headers.values())
    yield from (f"Error.{name}: string" for name in error_fields(plan))
    if plan.api.verifies_webhooks:
        yield f"VerifyWebhook(body []byte, signature string, secrets ...string) ({webhook_type(plan)}, error)"


def _services(plan: Plan) -> Iterator[str]:
    for service in plan.services:
        yield f"Client.{service.field}: *{service.type}"
        for method in service.methods:
            yield from _method(method, service, plan)


def _method(method: Method, service: Service, plan: Plan) -> Iterator[str]:
    parameters, result = signature(method)
    yield f"{service.field}.{method.name}({parameters}) {result}"
    if method.iterate:
        yield f"{service.field}.{method.iterate}({parameters}) Items[{item_type(method, plan)}]"
    if method.is_twin:
        return
    for each in method.fields:
        yield f"{method.params}.{each.name}: {each.go_type}{' required' if each.is_required else ''}"
    for status, go_type in method.result.statuses:
        yield f"{method.result.go_type}.{status}: {go_type}"


def _types(plan: Plan) -> Iterator[str]:
    for declared in emitted(plan):
        yield from _declaration(declared, plan)


def _declaration(declared: Declaration, plan: Plan) -> Iterator[str]:
    name = plan.types.names[declared.id]
    match declared:
        case ObjectType():
            yield f"{name}: struct"
            yield from (f"{name}.{each.name}: {each.go_type}" for each in object_fields(declared, plan))
        case EnumType():
            yield f"{name}: {declared.kind}"
            for member, constant in plan.constants[declared.id]:
                yield f"{constant}: {name} = {value_literal(member.value)}"
        case UnionType():
            yield f"{name}: interface"
            yield from (
                f"{name}.{each.go_type}: {each.wraps or 'variant'}" for each in plan.types.alternatives(declared)
            )
        case AliasType():
            yield f"{name}: {plan.types.of(declared.target)}"
