"""The client: its options, its credentials and its resources; and the index of the package."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.model.api_types import Docs
from themekit.model.sdk import slot
from themekit.sdk.typescript.documentation import documented
from themekit.sdk.typescript.layout import Raw, imported, literal
from themekit.sdk.typescript.spelling import camel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.model.api import ApiModel, Scheme, Server
    from themekit.model.api_types import Name
    from themekit.sdk.typescript.layout import Value
    from themekit.sdk.typescript.plan import Plan, Resource

CLIENT = slot("client")

_OWN_OPTIONS_WORDS = (
    "baseUrl environment timeoutMs maxRetries headers fetch onRequest onResponse apiKey clientId clientSecret "
    "scopes username password accessToken"
)
_OWN_OPTIONS = frozenset(_OWN_OPTIONS_WORDS.split())

_ERRORS_WORDS = (
    "ApiError AuthenticationError BadRequestError ConflictError ConnectionError CredentialsError DecodeError "
    "NotFoundError PermissionDeniedError RateLimitError SdkError ServerError TimeoutError UnprocessableError "
    "WebhookVerificationError"
)
ERRORS = _ERRORS_WORDS.split()
VALUES = (("client", ("ApiPromise",)), ("pages", ("Pages",)), ("streams", ("Stream",)), ("bodies", ("fileFromPath",)))
_TYPES_WORDS = "BaseOptions FileContent Page RequestInfo RequestOptions ResponseInfo Uploadable WithResponse"
TYPES = _TYPES_WORDS.split()
INDEXED = frozenset(
    {*ERRORS, *TYPES, *(name for _, names in VALUES for name in names), "BaseClient", "ClientOptions", "Webhooks"}
)
"""What stands where the client does, in the package or in its own module."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A security scheme, what the runtime is told of it, and the options of the client that it needs."""

    scheme: Scheme
    told: Mapping[str, Value]
    options: tuple[tuple[str, str, str], ...]


def credentials_of(api: ApiModel) -> tuple[Credential, ...]:
    """The schemes of an API, as options of the client. The first key is `apiKey`."""
    keys = [each for kind in ("bearer", "api-key") for each in api.schemes if each.kind == kind]
    taken = set(_OWN_OPTIONS)
    found = []
    for scheme in api.schemes:
        is_first = bool(keys) and scheme.id == keys[0].id
        found.append(_credential(scheme, api, option="apiKey" if is_first else _option(scheme.name, scheme, taken)))
    return tuple(found)


def _option(name: Name, scheme: Scheme, taken: set[str]) -> str:
    if scheme.kind not in {"bearer", "api-key", "http"}:
        return ""
    option = camel(name)
    while option in taken:
        option += "_"
    taken.add(option)
    return option


def _credential(scheme: Scheme, api: ApiModel, *, option: str) -> Credential:
    docs = scheme.docs.description
    told: dict[str, Value] = {"id": scheme.id}
    flow = next((each for each in scheme.flows if each.kind == "client-credentials"), None)
    if scheme.kind == "bearer":
        return Credential(scheme, {**told, "kind": "bearer", "option": option}, ((option, "string", docs),))
    if scheme.kind == "api-key":
        placed: dict[str, Value] = {"in": scheme.place, "name": scheme.wire, "option": option}
        return Credential(scheme, {**told, "kind": "api-key", **placed}, ((option, "string", docs),))
    if scheme.kind == "http":
        other: dict[str, Value] = {"scheme": scheme.scheme, "option": option}
        return Credential(scheme, {**told, "kind": "http", **other}, ((option, "string", docs),))
    if scheme.kind == "basic":
        options = (("username", "string", docs), ("password", "string", ""))
        return Credential(scheme, {**told, "kind": "basic"}, options)
    if scheme.kind == "mutual-tls":
        return Credential(scheme, {**told, "kind": "tls"}, ())
    own = ("accessToken", "string", docs if flow is None else "An access token that you have: none is fetched then.")
    if flow is None:
        return Credential(scheme, {**told, "kind": "bearer", "option": "accessToken"}, (own,))
    how: dict[str, Value] = {
        "tokenUrl": token_url(flow.token_url, api.servers),
        "clientAuth": "body" if _takes_client_in_body(api, flow.token_url) else "header",
    }
    named = (("clientId", "string", docs), ("clientSecret", "string", ""), ("scopes", "readonly string[]", ""), own)
    return Credential(scheme, {**told, "kind": "oauth2", **how}, named)


def token_url(url: str, servers: Sequence[Server]) -> str:
    """The URL relative to the base URL, if it is below a server of the description; else as it is."""
    for server in servers:
        if server.url and url.startswith(f"{server.url}/"):
            return f".{url.removeprefix(server.url)}"
    return url


def _takes_client_in_body(api: ApiModel, url: str) -> bool:
    """The description has the token endpoint, and its form has a member for the client's secret."""
    path = urlsplit(url).path
    for operation in api.operations:
        if operation.method == "POST" and operation.body is not None and path.endswith(operation.path):
            parts = [part.field.wire for content in operation.body.contents for part in content.parts]
            return "client_secret" in parts
    return False


def client_code(plan: Plan) -> str:
    """The class of the client."""
    api: dict[str, Value] = {
        "baseUrl": Raw(f'"{slot("base-url", "json")}"'),
        "sandboxUrl": Raw(f'"{slot("sandbox-url", "json")}"'),
        "userAgent": Raw(f'"{slot("id", "json")}-sdk-typescript/{slot("version", "json")}"'),
        "schemes": [each.told for each in credentials_of(plan.api)],
    }
    lines = [f"    this.{each.name} = new resources.{alias(each)}(this);" for each in plan.resources]
    if plan.webhooks:
        lines.append(f"    this.{plan.webhooks} = new Webhooks();")
    imports = ['import { BaseClient } from "./core/client.js";\n']
    if plan.webhooks:
        imports.append('import { Webhooks } from "./core/webhooks.js";\n')
    imports.append('import * as resources from "./resources/index.js";\n')
    body = "\n".join(
        [f"export class {CLIENT} extends BaseClient {{", _CONSTRUCTOR, *lines, "  }", "}\n"],
    )
    members = "".join(f"  {name}: {literal(each, indent=2, used=len(name) + 5)},\n" for name, each in api.items())
    return "\n".join(["".join(imports), f"const api = {{\n{members}}};\n", body])


_CONSTRUCTOR = "  constructor(options = {}) {\n    super(options, api);"


def client_types(plan: Plan) -> str:
    """The client as TypeScript declares it, with its options."""
    docs = documented(Docs(summary=plan.api.title))
    lines: list[str] = []
    for each in plan.resources:
        lines += documented(Docs(summary=each.group.title), indent="  ")
        lines.append(f"  readonly {each.name}: resources.{alias(each)};")
    if plan.webhooks:
        lines.append(f"  readonly {plan.webhooks}: core.Webhooks<types.{plan.webhook_event}>;")
    imports = ["core", *(["resources/index"] if plan.resources else []), *(["types"] if plan.webhooks else [])]
    head = [f'import type * as {each.split("/")[0]} from "./{each}.js";' for each in imports]
    return "\n".join(
        [
            *head,
            "",
            "/** Options of a client. */",
            *_interface(options_of(plan.api)),
            "",
            *docs,
            f"export class {CLIENT} extends core.BaseClient {{",
            "  constructor(options?: ClientOptions);",
            *lines,
            "}\n",
        ]
    ).replace("import type * as core", "import * as core")


def _interface(options: Sequence[tuple[str, str, str]]) -> list[str]:
    if not options:
        return ["export interface ClientOptions extends core.BaseOptions {}"]
    lines = ["export interface ClientOptions extends core.BaseOptions {"]
    for name, type_, docs in options:
        lines += documented(Docs(description=docs), indent="  ")
        lines.append(f"  {name}?: {type_} | null | undefined;")
    return [*lines, "}"]


def options_of(api: ApiModel) -> tuple[tuple[str, str, str], ...]:
    """The options of credentials: name, type, description. Each once."""
    found: dict[str, tuple[str, str, str]] = {}
    for each in credentials_of(api):
        for option in each.options:
            found.setdefault(option[0], option)
    return tuple(found.values())


def alias(resource: Resource) -> str:
    """What the class of a resource is called where all of them are."""
    return resource.class_name


def resource_index(plan: Plan) -> str:
    """All classes of resources."""
    lines = [f'export {{ {each.class_name} }} from "./{each.module}.js";\n' for each in plan.resources]
    return "".join(lines) or "export {};\n"


def index_code() -> str:
    """What the package has."""
    values = "".join(f'export {{ {", ".join(names)} }} from "./core/{module}.js";\n' for module, names in VALUES)
    return (
        f'export {{ {CLIENT} }} from "./client.js";\n{imported(ERRORS, "./core/errors.js", keyword="export")}{values}'
    )


def index_types() -> str:
    """What the package has, types included; those of the API are in `types` too, whatever they are called."""
    values = [*ERRORS, *(name for _, names in VALUES for name in names)]
    return (
        f'export {{ {CLIENT} }} from "./client.js";\n'
        'export type { ClientOptions } from "./client.js";\n'
        f"{imported(values, './core.js', keyword='export')}{imported(TYPES, './core.js', keyword='export type')}"
        'export type * from "./types.js";\nexport type * as types from "./types.js";\n'
    )
