"""The module of the client: its options, its security schemes and its resources."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.python.annotations import Types
from themekit.sdk.python.literals import LITERAL, docstring, string
from themekit.sdk.python.names import option
from themekit.sdk.python.printed import Group, call, imported, printed, subscript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model.api import ApiModel, Flow, Scheme
    from themekit.model.api_types import Type
    from themekit.sdk.python.methods import Resource

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Credential:
    """An option of the client, and what it is."""

    name: str
    text: str


def security(api: ApiModel) -> tuple[tuple[Credential, ...], list[Group | str]]:
    """The options for credentials, and the schemes as the runtime has them, by their ids."""
    first = next((each for each in api.schemes if each.kind == "bearer"), None)
    first = first or next((each for each in api.schemes if each.kind == "api-key"), None)
    options: dict[str, str] = {}
    schemes: list[Group | str] = []
    for each in api.schemes:
        found, expression = _scheme(api, each, is_first=each is first)
        for name, text in found:
            options.setdefault(name, text)
        schemes.append(f"{string(each.id)}: {expression}")
    order = sorted(options, key=lambda name: name != "api_key")
    return tuple(Credential(name, options[name]) for name in order), schemes


def _scheme(api: ApiModel, of: Scheme, *, is_first: bool) -> tuple[list[tuple[str, str]], str]:
    name = "api_key" if is_first else option(of.name)
    text = (of.docs.summary or of.docs.description).strip().split("\n\n")[
        0
    ] or f"The credentials that the API calls {of.id}."
    if of.kind == "bearer":
        return [(name, text)], f"Token({string(name)})"
    if of.kind == "api-key":
        return [(name, text)], f"ApiKey({string(name)}, {string(of.place or 'header')}, {string(of.wire)})"
    if of.kind == "basic":
        return [("username", "The user's name."), ("password", "The user's password.")], "Basic()"
    if of.kind == "http":
        return [(name, text)], f"Token({string(name)}, {string(of.scheme)})"
    if of.kind == "mutual-tls":
        return [], "Certificate()"
    flow = next((each for each in of.flows if each.kind == "client-credentials"), None)
    if flow is None:
        return [("access_token", "An access token that you have.")], 'Token("access_token")'
    found = [("client_id", "The id of your application."), ("client_secret", "The secret of your application.")]
    found.append(("access_token", "An access token that you have: none is fetched then."))
    return found, f"ClientCredentials({string(token_url(api, flow))})"


def token_url(api: ApiModel, flow: Flow) -> str:
    """Where tokens are, as seen from the base URL: `./` in front of what is below a server of the description."""
    for server in api.servers:
        base = server.url.rstrip("/")
        if base and flow.token_url.startswith(f"{base}/"):
            return f".{flow.token_url.removeprefix(base)}"
    return flow.token_url


def client_text(api: ApiModel, resources: Sequence[Resource]) -> str:
    """The module `_client`."""
    options, schemes = security(api)
    body = [
        "_BASE_URLS: Final = {",
        f'    "live": "{slot("base-url", "string")}",',
        f'    "sandbox": "{slot("sandbox-url", "string")}",',
        "}",
        f'_USER_AGENT: Final = "{slot("id")}-sdk-python/{slot("version")}"',
        *printed(Group("_SCHEMES: Final[dict[str, Scheme]] = {", schemes, "}")),
    ]
    event = _webhook_type(api) if api.verifies_webhooks else []
    code = LITERAL.sub("", "\n".join([*map(str, schemes), *event]))
    body += event
    for is_async in (False, True):
        body += ["", "", *_class(api, resources, options, is_async=is_async)]
    if api.verifies_webhooks:
        body += ["", "", *_WEBHOOKS.split("\n")]
    words = set(re.findall(r"[A-Za-z_]+", code))
    words |= {"Sequence"} if _has_scopes(options) else set()
    return "\n".join([*_head(words, api, resources), *body]) + "\n"


def _head(words: set[str], api: ApiModel, resources: Sequence[Resource]) -> Lines:
    words = {"Scheme"} | words | ({"Iterable"} if api.verifies_webhooks else set())
    lines = ['"""The client."""', "", "from __future__ import annotations", ""]
    lines += ["import functools"] if resources or api.verifies_webhooks else []
    lines += imported("typing", {"TYPE_CHECKING", "Final", "Literal", *(words & {"Any", "TypeAlias", "Union"})})
    lines += [
        "",
        *imported("._core.auth", words & {"ApiKey", "Basic", "Certificate", "ClientCredentials", "Scheme", "Token"}),
    ]
    lines += imported("._core.clients", ["AsyncClient", "SyncClient", "settings_of"])
    lines += imported("._core.options", ["Timeout"])
    if api.verifies_webhooks:
        lines += imported(
            "._core.values", words & {"BYTES", "Codec", "DATE", "DATE_TIME", "Kind", "ListOf", "MapOf", "UnionOf"}
        )
        lines += imported("._core.webhooks", ["verified"])
    late = imported("collections.abc", {"Callable", "Mapping", *(words & {"Iterable", "Sequence"})}, indent=4)
    names = ("AsyncTransport", "HttpRequest", "ResponseInfo", "Transport")
    late += ["", *imported("._core.messages", names, indent=4)]
    for each in sorted(resources, key=lambda one: one.module):
        late += imported(f".resources.{each.module}", [each.name, f"Async{each.name}"], indent=4)
    if api.verifies_webhooks:
        late.insert(2, "    from . import types")
    return [*lines, "", "if TYPE_CHECKING:", *late, ""]


def _class(api: ApiModel, resources: Sequence[Resource], options: Sequence[Credential], *, is_async: bool) -> Lines:
    prefix, base = ("Async", "AsyncClient") if is_async else ("", "SyncClient")
    kind = "asynchronous" if is_async else "synchronous"
    lines = [f"class {prefix}{slot('client')}({base}):"]
    lines += docstring(_class_text(api, options, kind=kind, is_async=is_async), indent=4)
    lines += ["", *_init(options, is_async=is_async)]
    for each in resources:
        lines += [
            "",
            "    @functools.cached_property",
            *printed(call(f"def {each.attribute}", ["self"], end=f" -> {prefix}{each.name}:"), indent=4),
            *docstring(each.group.description or each.group.title, indent=8, default=f"The {each.attribute}."),
            *imported(f".resources.{each.module}", [f"{prefix}{each.name}"], indent=8),
            "",
            f"        return {prefix}{each.name}(self)",
        ]
    if api.verifies_webhooks:
        lines += [
            "",
            "    @functools.cached_property",
            "    def webhooks(self) -> Webhooks:",
            '        """Requests that the API sends to you."""',
            "        return Webhooks()",
        ]
    return lines


def _class_text(api: ApiModel, options: Sequence[Credential], *, kind: str, is_async: bool) -> str:
    shared = (
        "Make one and keep it: it keeps connections open."
        if is_async
        else "Make one and keep it: it keeps connections open, and threads may share it."
    )
    lines = [
        f"The {kind} client.",
        "",
        shared,
        "",
        "Args:",
        *(f"    {each.name}: {' '.join(each.text.split())}" for each in options),
        *(["    scopes: What the access token is to allow."] if _has_scopes(options) else []),
        "    environment: `live` or `sandbox`; by default as the API key says, else `live`.",
        "    base_url: Another address of the API.",
        "    timeout: Limits for one attempt, in seconds.",
        "    max_retries: How often a request is repeated that may be.",
        "    headers: Headers for every request.",
        "    before_request: Is called with each request, and may change its headers.",
        "    after_response: Is called with each request and the head of its answer.",
        "    transport: What sends the requests, instead of connections of the client's own.",
    ]
    del api
    return "\n".join(lines)


def _has_scopes(options: Sequence[Credential]) -> bool:
    return any(each.name == "client_id" for each in options)


def _init(options: Sequence[Credential], *, is_async: bool) -> Lines:
    has_scopes = _has_scopes(options)
    heads = ["self", "*", *(f"{each.name}: str | None = None" for each in options)]
    if has_scopes:
        heads.append("scopes: Sequence[str] = ()")
    heads += [
        'environment: Literal["live", "sandbox"] | None = None',
        "base_url: str | None = None",
        "timeout: Timeout | float = Timeout()",
        "max_retries: int = 3",
        "headers: Mapping[str, str] | None = None",
        "before_request: Callable[[HttpRequest], None] | None = None",
        "after_response: Callable[[HttpRequest, ResponseInfo], None] | None = None",
        f"transport: {'Async' if is_async else ''}Transport | None = None",
    ]
    settings: list[Group | str] = [
        "schemes=_SCHEMES",
        Group("options={", [f'"{each.name}": {each.name}' for each in options], "}"),
    ]
    if has_scopes:
        settings.append("scopes=tuple(scopes)")
    settings += ["base_url=base_url", "environment=environment", "base_urls=_BASE_URLS", "user_agent=_USER_AGENT"]
    names = ["timeout", "max_retries", "headers", "before_request", "after_response"]
    settings += [f"{name}={name}" for name in names]
    return [
        *printed(call("def __init__", heads, end=" -> None:"), indent=4),
        *printed(call("settings = settings_of", settings), indent=8),
        "        super().__init__(settings, transport)",
    ]


def _webhook_bodies(api: ApiModel) -> list[Type]:
    found = [content.type for hook in api.webhooks if hook.body for content in hook.body.contents[:1]]
    return list(dict.fromkeys(found))


def _qualified(annotation: str, types: Types) -> str:
    """The annotation with the module's name before each type: the client's module has names of its own."""
    return re.sub(r"[A-Za-z_]\w*", lambda word: f"types.{word[0]}" if word[0] in types.classes else word[0], annotation)


def _webhook_type(api: ApiModel) -> Lines:
    """The type of what webhooks bring, and its codec."""
    types = Types(api.declarations())
    bodies = _webhook_bodies(api)
    names = list(dict.fromkeys(_qualified(types.answer(each), types) for each in bodies))
    if len(names) > 1:
        lines = printed(subscript("WebhookEvent: TypeAlias = Union", [string(name) for name in names]))
        codecs = Group("(", [types.variant_codec(each) for each in bodies], ")", kind="tuple")
        return [*lines, *printed(call("_EVENT: Final[Codec] = UnionOf", [codecs]))]
    codec = types.codec(bodies[0]) if bodies else ""
    annotation = string(names[0]) if names else "Any"
    return [f"WebhookEvent: TypeAlias = {annotation}", f"_EVENT: Final[Codec] = {codec or 'None'}"]


_WEBHOOKS = '''class Webhooks:
    """Requests that the API sends to you."""

    def verify(
        self,
        body: bytes | str,
        signature: str,
        secret: str | Iterable[str],
        *,
        tolerance: float = 300.0,
    ) -> WebhookEvent:
        """The event in a request, if it was signed with the secret.

        Args:
            body: The body as it came, before any parser.
            signature: The header with the signature.
            secret: The endpoint's secret, or several while they are rotated.
            tolerance: How old the signature may be, in seconds.

        Raises:
            WebhookVerificationError: The signature is wrong or too old.
        """
        event: WebhookEvent = verified(_EVENT, body, signature, secret, tolerance)
        return event'''
