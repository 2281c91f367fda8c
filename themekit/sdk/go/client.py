"""The client, its credentials as options, and the tables that the runtime reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.model.api_types import Docs, EnumType, Nullable, ObjectType, Primitive, Reference, UnionType
from themekit.model.sdk import slot
from themekit.sdk.go.comments import doc
from themekit.sdk.go.homes import emitted
from themekit.sdk.go.layout import Composite, Row, rows, written
from themekit.sdk.go.literals import is_plain_name, string, strings, tag
from themekit.sdk.go.names import exported
from themekit.sdk.go.plan import primary
from themekit.sdk.go.source import Piece, piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel, Scheme
    from themekit.model.api_types import Type
    from themekit.sdk.go.layout import Expression
    from themekit.sdk.go.plan import Plan

_TEST_KEY = re.compile(r"[a-z][a-z0-9]{0,15}_test_")
_KINDS = {
    "bearer": "bearerScheme",
    "basic": "basicScheme",
    "http": "httpScheme",
    "api-key": "keyScheme",
    "oauth2": "oauthScheme",
    "openid": "oauthScheme",
    "mutual-tls": "transportScheme",
}
# What an Error has anyway.
_ERROR_FIELDS = frozenset(
    [
        "Status",
        "Type",
        "Title",
        "Detail",
        "Instance",
        "Code",
        "RequestID",
        "Header",
        "Body",
        "Data",
        "ErrorFields",
        "Error",
        "Is",
        "Unwrap",
        "Message",
    ]
)


def client_flow(scheme: Scheme) -> str:
    """The URL of tokens for client credentials, or ""."""
    return next((each.token_url for each in scheme.flows if each.kind == "client-credentials"), "")


def client(plan: Plan) -> Iterator[Piece]:
    """The type of the client, and New."""
    given = [
        Row(
            doc(Docs(description=each.group.description or each.group.title), each.field),
            (each.field, f"*{each.type}"),
        )
        for each in plan.services
    ]
    yield piece(
        "// Client calls the API. One serves all goroutines: it holds the connections.",
        "type Client struct {",
        *rows(given),
        *([""] if given else []),
        "\tcaller *caller",
        "}",
    )
    yield from _new(plan)
    yield piece(
        "// String names the address and no credentials.",
        "func (c *Client) String() string {",
        "\treturn c.caller.String()",
        "}",
    )
    yield piece("// GoString is String.", "func (c *Client) GoString() string {", "\treturn c.String()", "}")


def _new(plan: Plan) -> Iterator[Piece]:
    key = primary(plan.api)
    entries = (*((each.field, f"&{each.type}{{caller: made}}") for each in plan.services), ("caller", "made"))
    literal = written(Composite("&Client", entries), "\t")
    given = "apiKey string, opts ...Option" if key else "opts ...Option"
    options = "append([]Option{WithAPIKey(apiKey)}, opts...)" if key else "opts"
    yield piece(
        "// New makes a client. Without credentials it returns no error: its calls do.",
        f"func New({given}) *Client {{",
        f"\tmade := newCaller({options})",
        *f"\treturn {literal}".split("\n"),
        "}",
    )


def credentials(plan: Plan) -> Iterator[Piece]:
    """An option for each way to prove who asks, and for headers that most operations take."""
    api = plan.api
    key = primary(api)
    if key is not None:
        yield _key_option("WithAPIKey", key)
    kinds = {each.kind for each in api.schemes}
    if "basic" in kinds:
        yield _pair_option("WithBasicAuth", "username", "password", about="proves who asks with a name and a password.")
    if any(client_flow(each) for each in api.schemes):
        about = (
            "fetches access tokens with an application's credentials, at the\n"
            "// first call, and renews them before they expire."
        )
        yield _pair_option("WithClientCredentials", "clientID", "clientSecret", about=about)
        yield piece(
            "// WithScopes asks for access tokens with these scopes only.",
            "func WithScopes(scopes ...string) Option {",
            "\treturn func(s *settings) { s.scopes = scopes }",
            "}",
        )
    if kinds & {"oauth2", "openid"}:
        yield piece(
            "// WithAccessToken proves who asks with an access token that you fetched.",
            "func WithAccessToken(token string) Option {",
            "\treturn func(s *settings) { s.accessToken = hide(token) }",
            "}",
        )
    for each in api.schemes:
        if each.kind in {"bearer", "api-key", "http"} and each is not key:
            yield _key_option(plan.options[each.id], each)
    for header in plan.common:
        name = plan.headers[header.wire]
        yield piece(
            *doc(header.docs, name, fallback=f"{name} sends a header."),
            f"func {name}(value string) Option {{",
            f"\treturn WithHeader({string(header.wire)}, value)",
            "}",
        )


def _key_option(name: str, scheme: Scheme) -> Piece:
    return piece(
        *doc(Docs(description=scheme.docs.description), name, fallback=f"{name} proves who asks with a key."),
        f"func {name}(key string) Option {{",
        f"\treturn withKey({string(scheme.id)}, key)",
        "}",
    )


def _pair_option(name: str, first: str, second: str, *, about: str) -> Piece:
    return piece(
        *f"// {name} {about}".split("\n"),
        f"func {name}({first}, {second} string) Option {{",
        f"\treturn func(s *settings) {{ s.{first}, s.{second} = hide({first}), hide({second}) }}",
        "}",
    )


def defaults(api: ApiModel) -> Iterator[Piece]:
    """What a brand fills in."""
    yield piece("// Version is the version of this library.", f'const Version = "{slot("version", "string")}"')
    yield piece(
        "const (",
        f'\tuserAgent      = "{slot("id", "string")}-sdk-go/{slot("version", "string")}"',
        f'\tliveBaseURL    = "{slot("base-url", "string")}"',
        f'\tsandboxBaseURL = "{slot("sandbox-url", "string")}"',
        ")",
    )
    texts = [text for each in api.schemes for text in (each.bearer_format, each.docs.description)]
    prefixes = tuple(dict.fromkeys(found for text in texts for found in _TEST_KEY.findall(text)))
    yield piece(
        "// testKeyPrefixes start the keys that are for the sandbox.", f"var testKeyPrefixes = {strings(prefixes)}"
    )


def tables(plan: Plan) -> Iterator[Piece]:
    """Security schemes, unions and the fields of errors."""
    entries: tuple[tuple[str, Expression], ...] = tuple(
        (string(each.id), f"{{{', '.join(_scheme(each, plan.api))}}}") for each in plan.api.schemes
    )
    yield piece(f"var schemes = {written(Composite('map[string]scheme', entries))}")
    unions = tuple(
        (f"typeOf[{plan.types.names[each.id]}]()", Composite("", tuple(_union(each, plan))))
        for each in emitted(plan)
        if isinstance(each, UnionType)
    )
    yield piece(f"var unions = {written(Composite('map[reflect.Type]union', unions))}", imports=["reflect"])
    yield _error_fields(plan)


def _scheme(scheme: Scheme, api: ApiModel) -> Iterator[str]:
    yield f"kind: {_KINDS[scheme.kind]}"
    if scheme.kind == "api-key":
        yield f"place: {string(scheme.place)}, name: {string(scheme.wire)}"
    if scheme.kind == "http":
        yield f"name: {string(scheme.scheme)}"
    url = client_flow(scheme)
    if url:
        relative = token_path(url, api)
        yield f"tokenURL: {string(relative or url)}"
        if relative:
            yield "isRelative: true"


def token_path(url: str, api: ApiModel) -> str:
    """The URL of tokens as seen from the base URL: `./oauth/token` is below it; "" if it is elsewhere."""
    if not urlsplit(url).scheme:
        return url
    for server in api.servers:
        if server.url and url.startswith(f"{server.url}/"):
            return f".{url.removeprefix(server.url)}"
    return ""


def _union(union: UnionType, plan: Plan) -> Iterator[tuple[str, Expression]]:
    if union.discriminator:
        yield "discriminator", string(union.discriminator)
    variants = tuple(
        ("", f"{{kind: typeOf[{each.go_type}](){f', tags: {strings(each.tags)}' if each.tags else ''}}}")
        for each in plan.types.alternatives(union)
    )
    yield "variants", Composite("[]variant", variants)


def error_fields(plan: Plan) -> dict[str, Row]:
    """Texts that the API's errors have, so that programs read `err.DeclineCode`, by name."""
    found: dict[str, Row] = {}
    for declared in _error_objects(plan):
        for each in declared.fields:
            name = exported(each.name)
            if name in found or name in _ERROR_FIELDS or not is_plain_name(each.wire):
                continue
            if _is_text(plan.types.resolved(each.type), plan):
                found[name] = Row(doc(each.docs), (name, "string", tag(("json", f"{each.wire},omitempty"))))
    return found


def _error_fields(plan: Plan) -> Piece:
    about = "// ErrorFields are what this API's errors have besides those of Error."
    found = error_fields(plan)
    if not found:
        return piece(about, "type ErrorFields struct{}")
    return piece(about, "type ErrorFields struct {", *rows(found.values()), "}")


def _is_text(kind: Type, plan: Plan) -> bool:
    if isinstance(kind, Nullable):
        return _is_text(plan.types.resolved(kind.inner), plan)
    if isinstance(kind, Reference):
        declared = plan.types.by_id[kind.id]
        return isinstance(declared, EnumType) and declared.kind == "string"
    return isinstance(kind, Primitive) and kind.kind == "string"


def _error_objects(plan: Plan) -> Iterator[ObjectType]:
    seen = set()
    for operation in plan.api.operations:
        for response in operation.responses:
            if response in operation.successes or not response.contents or response.contents[0].kind != "json":
                continue
            found = plan.types.object_of(response.contents[0].type)
            if found is not None and found.id not in seen:
                seen.add(found.id)
                yield found
