"""Our own check of an emitted template: what makes an API open, broken or refused by AWS, and what linters let pass.

It reads the finished template, and shares nothing with what makes it but the names of Amazon's extensions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.gateway.aws.values import Json, JsonObject

METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})
MAX_SCOPES = 10
TIMEOUTS_MS = {"HTTP": (50, 30_000), "REST": (50, 29_000)}
OPEN = "Open to everyone: "
_EXPRESSION = re.compile(r"\{([^{}]*)\}")
_SUBSTITUTED = re.compile(r"\$\{([A-Za-z0-9:.]+)\}")
Trail = tuple["Trail | None", str | int]
"""The way to a value: that to what it stands in, and its key or index there."""
VALIDATOR = "x-amazon-apigateway-request-validator"
_REFERRING = frozenset({"Ref", "Fn::GetAtt", "Fn::Sub", "$ref", VALIDATOR})
_PSEUDO = frozenset({"AWS::Region", "AWS::AccountId", "AWS::Partition"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a template. `place` is a path of keys."""

    place: str
    message: str

    def __str__(self) -> str:
        """`Resources/Api: message`."""
        return f"{self.place}: {self.message}"


def members(value: Json) -> JsonObject:
    """The members of an object; none of anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Json) -> list[Json]:
    """The items of a list; none of anything else."""
    return value if isinstance(value, list) else []


def of_type(template: JsonObject, *types: str) -> list[tuple[str, JsonObject]]:
    """The resources of these types: name and properties."""
    found = members(template.get("Resources")).items()
    return [
        (name, members(members(each).get("Properties"))) for name, each in found if members(each).get("Type") in types
    ]


def body_faults(template: JsonObject) -> Iterator[Fault]:
    """What is wrong in the OpenAPI document of the template's one API, and in what refers to nothing."""
    referring = tuple(_referring(template.get("Resources")))
    yield from _dangling(template, referring)
    apis = of_type(template, "AWS::ApiGatewayV2::Api", "AWS::ApiGateway::RestApi")
    if len(apis) != 1:
        yield Fault("Resources", f"{len(apis)} APIs instead of one")
        return
    ((name, properties),) = apis
    place = f"Resources/{name}"
    kind = "HTTP" if of_type(template, "AWS::ApiGatewayV2::Api") else "REST"
    if properties.get("DisableExecuteApiEndpoint") is not True:
        yield Fault(place, "it can be called past its domain names")
    if properties.get("FailOnWarnings") is not True:
        yield Fault(place, "what AWS does not understand would be left out")
    body = members(properties.get("Body"))
    if not re.fullmatch(r"3\.0\.\d", str(body.get("openapi"))) or not members(body.get("info")).get("title"):
        yield Fault(place, "the document is no OpenAPI 3.0")
    schemes = members(members(body.get("components")).get("securitySchemes"))
    for scheme, value in schemes.items():
        yield from _scheme_faults(f"{place}/{scheme}", members(value), kind=kind)
    if not members(body.get("paths")):
        yield Fault(place, "it has no path")
    yield from _paths_faults(place, body, schemes=schemes, kind=kind)
    yield from _document_faults(place, body, kind=kind)
    yield from _unknown_names(body, referring)


def _paths_faults(place: str, body: JsonObject, *, schemes: JsonObject, kind: str) -> Iterator[Fault]:
    for path, item in members(body.get("paths")).items():
        for method, value in members(item).items():
            where = f"{place}{path}/{method}"
            if method in METHODS:
                yield from _operation_faults(where, members(value), schemes=schemes, kind=kind)
                yield from _path_faults(where, path, operation=members(value), kind=kind)
            else:
                yield Fault(where, "no method of API Gateway")


def _dangling(template: JsonObject, referring: Iterable[tuple[Trail, JsonObject]]) -> Iterator[Fault]:
    """References to resources and parameters that there are not."""
    known = {*members(template.get("Resources")), *members(template.get("Parameters"))} | _PSEUDO
    for trail, value in referring:
        if "Ref" in value and str(value["Ref"]) not in known:
            yield Fault(_place(trail), f"there is no {value['Ref']}")
        if "Fn::GetAtt" in value and str(items(value["Fn::GetAtt"])[0]) not in known:
            yield Fault(_place(trail), f"there is no {items(value['Fn::GetAtt'])[0]}")
        if "Fn::Sub" in value:
            for name in _SUBSTITUTED.findall(str(value["Fn::Sub"])):
                if name.partition(".")[0] not in known:
                    yield Fault(_place(trail), f"there is no {name}")
    for name, each in members(template.get("Resources")).items():
        for after in items(members(each).get("DependsOn")):
            if str(after) not in known:
                yield Fault(f"Resources/{name}", f"there is no {after}")


def _referring(resources: Json) -> Iterator[tuple[Trail, JsonObject]]:
    """Each object that refers to something, with the way to it; one that stands at several places is told once."""
    waiting: list[tuple[Trail, Json]] = [((None, "Resources"), resources)]
    seen: set[int] = set()
    while waiting:  # with a stack of its own: through twenty generators each object would be passed up twenty times
        trail, value = waiting.pop()
        if isinstance(value, dict) and not _REFERRING.isdisjoint(value):
            yield trail, value
        inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, each in inner:
            if isinstance(each, dict | list) and id(each) not in seen:
                seen.add(id(each))
                waiting.append(((trail, key), each))


def _place(trail: Trail) -> str:
    """The way as a path of keys: put together only where there is a fault to tell."""
    before, key = trail
    return str(key) if before is None else f"{_place(before)}/{key}"


def _scheme_faults(place: str, scheme: JsonObject, *, kind: str) -> Iterator[Fault]:
    authorizer = members(scheme.get("x-amazon-apigateway-authorizer"))
    if not authorizer:
        is_key = (scheme.get("type"), scheme.get("name"), scheme.get("in")) == ("apiKey", "x-api-key", "header")
        if kind == "HTTP" or not is_key:
            yield Fault(place, "it names no authorizer")
        return
    said = authorizer.get("type")
    if said == "jwt" and kind == "HTTP":
        yield from _jwt_faults(place, scheme, authorizer)
        return
    if said not in {"request", "token"} or (said == "token" and kind == "HTTP"):
        yield Fault(place, f"no authorizer of such an API is a {said}")
        return
    if not authorizer.get("authorizerUri"):
        yield Fault(place, "it names no function")
    if authorizer.get("authorizerResultTtlInSeconds") != 0:
        yield Fault(place, "what was decided for one request would hold for others")
    if kind == "HTTP" and authorizer.get("authorizerPayloadFormatVersion") != "2.0":
        yield Fault(place, "the function reads another form of events")
    if kind == "HTTP" and authorizer.get("enableSimpleResponses") is not False:
        yield Fault(place, "the function answers with a policy")
    if scheme.get("type") != "apiKey" or (kind == "REST" and scheme.get("x-amazon-apigateway-authtype") != "custom"):
        yield Fault(place, "AWS takes it for no authorizer")


def _jwt_faults(place: str, scheme: JsonObject, authorizer: JsonObject) -> Iterator[Fault]:
    configuration = members(authorizer.get("jwtConfiguration"))
    if not str(configuration.get("issuer", "")).startswith("https://"):
        yield Fault(place, "tokens of any issuer would do")
    if not items(configuration.get("audience")):
        yield Fault(place, "tokens for anybody would do")
    if authorizer.get("identitySource") != "$request.header.Authorization":
        yield Fault(place, "it looks for tokens elsewhere")
    if scheme.get("type") != "oauth2":
        yield Fault(place, "its operations can name no scopes, or its issuer is whom an address names")


def _operation_faults(place: str, operation: JsonObject, *, schemes: JsonObject, kind: str) -> Iterator[Fault]:
    security = operation.get("security")
    if not isinstance(security, list):
        yield Fault(place, "nothing says who may call")
    elif not security and not str(operation.get("description", "")).startswith(OPEN):
        yield Fault(place, "it is open, and nothing says why")
    if len(items(security)) > 1:
        yield Fault(place, "AWS reads the first of several requirements only")
    for requirement in items(security):
        if not members(requirement):
            yield Fault(place, "an empty requirement is open to everyone")
        for name, scopes in members(requirement).items():
            authorizer = members(members(schemes.get(name)).get("x-amazon-apigateway-authorizer"))
            if name not in schemes:
                yield Fault(place, f"there is no security scheme {name}")
            elif len(items(scopes)) > MAX_SCOPES:
                yield Fault(place, f"more than {MAX_SCOPES} scopes")
            elif scopes and authorizer.get("type") != "jwt":
                yield Fault(place, "this authorizer does not look at scopes")
    yield from _integration_faults(place, members(operation.get("x-amazon-apigateway-integration")), kind=kind)


def _integration_faults(place: str, integration: JsonObject, *, kind: str) -> Iterator[Fault]:
    if not integration:
        yield Fault(place, "nothing answers it")
        return
    low, high = TIMEOUTS_MS[kind]
    timeout = integration.get("timeoutInMillis")
    if not isinstance(timeout, int) or isinstance(timeout, bool) or not low <= timeout <= high:
        yield Fault(place, f"a timeout of {timeout} ms; AWS takes {low} to {high}")
    said = integration.get("type")
    if said == "mock" and kind == "REST":
        return
    if said != "http_proxy":
        yield Fault(place, f"no integration is a {said} here")
    if not integration.get("httpMethod"):
        yield Fault(place, "no method for the API")
    if kind == "HTTP" and integration.get("payloadFormatVersion") != "1.0":
        yield Fault(place, "AWS takes payload format 1.0 only")
    yield from _link_faults(place, integration)
    for name, value in members(integration.get("requestParameters")).items():
        if kind == "REST" and not re.fullmatch(r"'[^']*'|context\.[\w.]+|method\.request\.path\.[\w.-]+", str(value)):
            yield Fault(place, f"AWS cannot read the value of {name}")
        if kind == "HTTP" and re.search(r"\$request\.|\$\{", str(value)):
            yield Fault(place, f"{name} would have a text of the client's")


def _link_faults(place: str, integration: JsonObject) -> Iterator[Fault]:
    uri, link = integration.get("uri"), integration.get("connectionType")
    if link == "INTERNET" and not str(uri).startswith("https://"):
        yield Fault(place, "requests would cross the Internet in clear text")
    if link == "VPC_LINK" and not integration.get("connectionId"):
        yield Fault(place, "it names no VPC link")
    if link not in {"INTERNET", "VPC_LINK"} or not uri:
        yield Fault(place, "nothing says where the API is")


def _path_faults(place: str, path: str, *, operation: JsonObject, kind: str) -> Iterator[Fault]:
    """Parameters of the path are described, and a REST API hands them on one by one."""
    listed = [members(each) for each in items(operation.get("parameters"))]
    described = {str(each.get("name")) for each in listed if each.get("in") == "path" and each.get("required") is True}
    integration = members(operation.get("x-amazon-apigateway-integration"))
    mapped = members(integration.get("requestParameters"))
    for name in _EXPRESSION.findall(path):
        if name not in described:
            yield Fault(place, f"the parameter {name} is not described")
        if kind == "REST" and integration.get("type") != "mock":
            source = mapped.get(f"integration.request.path.{name}")
            if source != f"method.request.path.{name}":
                yield Fault(place, f"the API does not get the parameter {name}")


def _document_faults(place: str, body: JsonObject, *, kind: str) -> Iterator[Fault]:
    cors = members(body.get("x-amazon-apigateway-cors"))
    if "*" in items(cors.get("allowOrigins")) and cors.get("allowCredentials"):
        yield Fault(place, "pages of any origin could call with the user's cookies")
    if cors and not items(cors.get("allowOrigins")):
        yield Fault(place, "rules for pages without an origin")
    if kind == "REST":
        yield from _mock_faults(place, body)
    policy = members(body.get("x-amazon-apigateway-policy"))
    statements = [members(each) for each in items(policy.get("Statement"))]
    if policy and not any(each.get("Effect") == "Deny" and each.get("Condition") for each in statements):
        yield Fault(place, "the resource policy denies nobody")


def _unknown_names(body: JsonObject, referring: Iterable[tuple[Trail, JsonObject]]) -> Iterator[Fault]:
    """Validators and schemas that the document names and does not have."""
    validators = members(body.get(f"{VALIDATOR}s"))
    for trail, each in referring:
        validator = each.get(VALIDATOR)
        if validator is not None and validator not in validators:
            yield Fault(_place(trail), f"there is no request validator {validator}")
        reference = each.get("$ref")
        if isinstance(reference, str) and not _leads_somewhere(body, reference):
            yield Fault(_place(trail), f"{reference} leads to nothing")


def _mock_faults(place: str, body: JsonObject) -> Iterator[Fault]:
    """Preflights: `*` and credentials together, in the headers of a mock."""
    for path, item in members(body.get("paths")).items():
        integration = members(members(members(item).get("options")).get("x-amazon-apigateway-integration"))
        answer = members(members(integration.get("responses")).get("default"))
        said = {
            key.rpartition(".")[2].lower(): value for key, value in members(answer.get("responseParameters")).items()
        }
        is_any = said.get("access-control-allow-origin") == "'*'"
        if is_any and "access-control-allow-credentials" in said:
            yield Fault(f"{place}{path}/options", "pages of any origin could call with the user's cookies")


def _leads_somewhere(body: JsonObject, reference: str) -> bool:
    value: Json = body
    for part in reference.removeprefix("#/").split("/"):
        value = members(value).get(part.replace("~1", "/").replace("~0", "~"))
    return reference.startswith("#/") and value is not None
