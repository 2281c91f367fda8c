"""An HTTP API as its OpenAPI description says, whole and in the same shape whatever version or style it was written in.

SDKs, the reference, the sandbox, coverage and differences are made from this and from nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NewType

from themekit.model.api_types import Docs, JsonText, Name, Type

if TYPE_CHECKING:
    from themekit.model.api_types import Declaration, Field, TypeId
    from themekit.model.origin import Origin
    from themekit.model.outline import Method, OperationId, ParameterPlace

SchemeId = NewType("SchemeId", str)

ContentKind = Literal["json", "form", "multipart", "text", "binary", "events", "json-lines", "xml"]
"""How a body is written: `form` is URL-encoded, `events` is server-sent events, `json-lines` a JSON value a line."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation; `name` is unique among its parameters and the fields of a body that is an object.

    `style` and `explode` are OpenAPI's, filled in; `content_type` is set if the value is written as a media type
    instead ("application/json"). A parameter in a path is always required.
    """

    wire: str
    name: Name
    place: ParameterPlace
    type: Type
    is_required: bool = False
    style: Literal["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject"] = "form"
    explode: bool = True
    allow_reserved: bool = False
    content_type: str = ""
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a form or of a multipart body, and how it is written.

    `is_file`: bytes with a file name; a list of these is sent as one part each. `content_type` is "" for: by its type.
    """

    field: Field
    is_file: bool = False
    content_type: str = ""
    style: Literal["form", "spaceDelimited", "pipeDelimited", "deepObject"] = "form"
    explode: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """A body in one media type. `type` is that of one event or line if it is a stream.

    `parts` are there for forms and multipart bodies. `examples` have names, and are values as JSON.
    """

    media_type: str
    kind: ContentKind
    type: Type
    parts: tuple[Part, ...] = ()
    examples: tuple[tuple[str, JsonText], ...] = ()
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What an operation takes, in the order of preference: JSON that has no files in it first, then as described."""

    contents: tuple[Content, ...]
    is_required: bool = False
    docs: Docs = field(default_factory=Docs)


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a response."""

    wire: str
    name: Name
    type: Type
    is_required: bool = False
    docs: Docs = field(default_factory=Docs)


@dataclass(frozen=True, slots=True)
class Link:
    """What can be asked next. `arguments` are parameters of that operation and runtime expressions or values."""

    name: str
    operation: OperationId
    arguments: tuple[tuple[str, str], ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer. `status` is "200", a range as in "4XX", or "default". No content is: no body."""

    status: str
    contents: tuple[Content, ...] = ()
    headers: tuple[Header, ...] = ()
    links: tuple[Link, ...] = ()
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)

    @property
    def is_success(self) -> bool:
        """It is an answer of success: `default` is one only if an operation has no other."""
        return self.status[:1] == "2"


@dataclass(frozen=True, slots=True)
class Flow:
    """A way to an OAuth 2.0 token. URLs are as the description says, "" where there is none."""

    kind: Literal["implicit", "password", "client-credentials", "authorization-code", "device"]
    token_url: str = ""
    authorization_url: str = ""
    refresh_url: str = ""
    scopes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A security scheme. `place` and `wire` say where an API key goes; `scheme` is that of HTTP ("digest")."""

    id: SchemeId
    name: Name
    kind: Literal["bearer", "basic", "http", "api-key", "oauth2", "openid", "mutual-tls"]
    place: Literal["", "header", "query", "cookie"] = ""
    wire: str = ""
    scheme: str = ""
    bearer_format: str = ""
    openid_url: str = ""
    flows: tuple[Flow, ...] = ()
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A scheme that a request must satisfy, with scopes."""

    scheme: SchemeId
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Server:
    """A base URL, without a slash at its end, with the defaults of its variables filled in."""

    url: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Pagination:
    """How a list goes on. `items` and `next` are the wire names that lead through the answer's body.

    - "cursor": the value at `next` is sent as the parameter `parameter`; it ends if that is absent, null or "".
    - "last-id": the member `id_field` of the last item is sent as `parameter`; it ends by `more`, or with no items.
    - "offset": `parameter` grows by the number of items; "page": by one; both end with no items, or by `more`.
    - "next-url": the value at `next` is the URL of the next page; "link-header": RFC 8288 `Link: <…>; rel="next"`.

    `more` leads to a boolean that is false on the last page, or is empty. `size` is the parameter for a page's size.
    `place` says where `parameter` is: in the query, or a member of the JSON body.
    """

    kind: Literal["cursor", "last-id", "offset", "page", "next-url", "link-header"]
    items: tuple[str, ...]
    item_type: Type
    parameter: str = ""
    place: Literal["query", "body"] = "query"
    next: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    size: str = ""
    id_field: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """A request that the API sends to a URL it was told. `expression` is that URL as the description says."""

    name: Name
    expression: str
    method: Method
    body: RequestBody | None = None
    docs: Docs = field(default_factory=Docs)


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `group` names the resource it belongs to, `name` is unique in the group.

    `security` are alternatives, each of requirements that all hold; an empty alternative is: without any. No
    alternative at all is: public. `servers` is empty for: the API's. `idempotency` is the wire name of the header whose
    value makes a repeated request one, or "". `responses` are in the order of the description.
    """

    id: OperationId
    group: Name
    name: Name
    method: Method
    path: str
    parameters: tuple[Parameter, ...] = ()
    body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[Requirement, ...], ...] = ()
    servers: tuple[Server, ...] = ()
    tags: tuple[str, ...] = ()
    pagination: Pagination | None = None
    idempotency: str = ""
    callbacks: tuple[Callback, ...] = ()
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)

    @property
    def successes(self) -> tuple[Response, ...]:
        """The answers of success; an operation that describes none has its `default`, if it has that."""
        found = tuple(each for each in self.responses if each.is_success)
        return found or tuple(each for each in self.responses if each.status == "default")

    @property
    def may_succeed(self) -> bool:
        """It describes an answer of success, or none at all: one with errors or redirects only cannot be tried."""
        return bool(self.successes) or not self.responses


@dataclass(frozen=True, slots=True)
class Group:
    """The operations of one resource. `title` is for people."""

    name: Name
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Webhook:
    """A request that the API sends to those who asked for it. `title` is its name in the description."""

    name: Name
    title: str
    method: Method
    body: RequestBody | None = None
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ApiModel:
    """An API. All tuples are in the order of the description; `types` has every declaration that something refers to.

    `digest` is the SHA-256 of the description's value, in hexadecimal. `webhook_signature` is the scheme that webhooks
    are signed by, "" if the description says none: see `themekit.source.api.webhook_signature`.
    """

    title: str
    version: str
    docs: Docs
    servers: tuple[Server, ...]
    groups: tuple[Group, ...]
    operations: tuple[Operation, ...]
    types: tuple[Declaration, ...]
    schemes: tuple[Scheme, ...]
    webhooks: tuple[Webhook, ...] = ()
    license_name: str = ""
    digest: str = ""
    webhook_signature: str = ""

    @property
    def verifies_webhooks(self) -> bool:
        """SDKs can tell whether a webhook is genuine."""
        return bool(self.webhooks and self.webhook_signature)

    @property
    def gives_tokens(self) -> bool:
        """Whoever has an application's credentials gets every access token from the API itself, so from its sandbox."""
        asked = [each for each in self.schemes if each.kind in {"oauth2", "openid"}]
        found = [flow.token_url for each in asked for flow in each.flows if flow.kind == "client-credentials"]
        bases = [each.url.rstrip("/") for each in self.servers]
        is_own = all("//" not in url or any(base and url.startswith(f"{base}/") for base in bases) for url in found)
        return is_own and len(found) == len(asked)

    def by_group(self) -> dict[Name, tuple[Operation, ...]]:
        """The operations by the names of their groups, made at each call: ask once."""
        found: dict[Name, list[Operation]] = {each.name: [] for each in self.groups}
        for operation in self.operations:
            found.setdefault(operation.group, []).append(operation)
        return {name: tuple(operations) for name, operations in found.items()}

    def declarations(self) -> dict[TypeId, Declaration]:
        """The types by id, made at each call: ask once."""
        return {each.id: each for each in self.types}

    def describes(self, status: str) -> bool:
        """Some operation says that it may answer with this status; its range and `default` do not count."""
        return any(response.status == status for each in self.operations for response in each.responses)
