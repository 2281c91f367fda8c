"""Security schemes, what operations require of them, and servers.

Source: OpenAPI 3.1.1, "Security Scheme Object", "Security Requirement Object" and "Server Object".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from themekit.diagnostics.printable import quoted
from themekit.model.api import Flow, Requirement, Scheme, SchemeId, Server
from themekit.source.api.docs import docs_of
from themekit.source.api.names import Scope, named
from themekit.source.api.parameters import EXPRESSION, HEADER_NAME
from themekit.source.did_you_mean import did_you_mean
from themekit.source.json_value import json_type, noun

if TYPE_CHECKING:
    from typing import Literal

    from themekit.source.api.reading import At, Reading

FLOWS: dict[str, Literal["implicit", "password", "client-credentials", "authorization-code", "device"]] = {
    "implicit": "implicit",
    "password": "password",
    "clientCredentials": "client-credentials",
    "authorizationCode": "authorization-code",
    "deviceAuthorization": "device",
}


@dataclass(slots=True)
class Security:
    """Reads schemes once, and requirements against them."""

    reading: Reading
    schemes: dict[str, Scheme] = field(default_factory=dict)
    scope: Scope = field(default_factory=Scope)
    unreadable: set[str] = field(default_factory=set)

    def read_schemes(self, components: At) -> None:
        """Every scheme of the description, by its name there."""
        for written, each in self.reading.entries(components, "securitySchemes"):
            at = self.reading.resolved(each)
            scheme = None if at is None else self._scheme(written, at)
            if scheme is None:
                self.unreadable.add(written)
            else:
                self.schemes[written] = scheme

    def _scheme(self, written: str, at: At) -> Scheme | None:
        name, docs = named(written, "scheme"), docs_of([at])
        said = self.reading.text(at, "type")
        base = Scheme(SchemeId(written), name, "http", docs=docs, origin=at.origin)
        if said == "http":
            return self._http(base, at)
        if said == "apiKey":
            return self._api_key(base, at)
        if said == "oauth2":
            return self._named(base, "oauth2", flows=tuple(self._flows(at)))
        if said == "openIdConnect":
            return self._named(base, "openid", openid_url=self.reading.text(at, "openIdConnectUrl"))
        if said == "mutualTLS":
            return self._named(base, "mutual-tls")
        self.reading.refuse(at, f"there is no type of security scheme {quoted(said)}")
        return None

    def _named(
        self,
        base: Scheme,
        kind: Literal["bearer", "basic", "http", "api-key", "oauth2", "openid", "mutual-tls"],
        *,
        flows: tuple[Flow, ...] = (),
        openid_url: str = "",
        scheme: str = "",
        bearer_format: str = "",
    ) -> Scheme:
        name = self.scope.unique(base.name)
        return Scheme(
            id=base.id,
            name=name,
            kind=kind,
            scheme=scheme,
            bearer_format=bearer_format,
            openid_url=openid_url,
            flows=flows,
            docs=base.docs,
            origin=base.origin,
        )

    def _http(self, base: Scheme, at: At) -> Scheme | None:
        scheme = self.reading.text(at, "scheme").lower()
        if not HEADER_NAME.fullmatch(scheme):
            message = "a security scheme of type `http` needs a `scheme`"
            self.reading.refuse(at, message, hint="as in `scheme: bearer`")
            return None
        bearer_format = self.reading.text(at, "bearerFormat")
        if scheme == "bearer":
            return self._named(base, "bearer", scheme=scheme, bearer_format=bearer_format)
        return self._named(base, "basic" if scheme == "basic" else "http", scheme=scheme)

    def _api_key(self, base: Scheme, at: At) -> Scheme | None:
        place, wire = at.members.get("in"), self.reading.text(at, "name")
        if place not in ("header", "query", "cookie") or not wire:
            self.reading.refuse(at, "an API key needs a `name`, and `in` with `header`, `query` or `cookie`")
            return None
        if place != "query" and not HEADER_NAME.fullmatch(wire):
            self.reading.refuse(at, f"{quoted(wire)} cannot be the name of a header or a cookie")
            return None
        return Scheme(
            id=base.id,
            name=self.scope.unique(base.name),
            kind="api-key",
            place=cast("Literal['header', 'query', 'cookie']", place),
            wire=wire,
            docs=base.docs,
            origin=base.origin,
        )

    def _flows(self, at: At) -> list[Flow]:
        found = []
        for written, each in self.reading.entries(at, "flows"):
            if written not in FLOWS:
                continue
            if written != "implicit" and not self.reading.text(each, "tokenUrl"):
                self.reading.warn(each, "the flow needs a `tokenUrl`; SDKs take an access token and fetch none")
            scopes = [(name, str(text.value or "")) for name, text in self.reading.entries(each, "scopes")]
            found.append(
                Flow(
                    kind=FLOWS[written],
                    token_url=self.reading.text(each, "tokenUrl"),
                    authorization_url=self.reading.text(each, "authorizationUrl"),
                    refresh_url=self.reading.text(each, "refreshUrl"),
                    scopes=tuple(scopes),
                )
            )
        return found

    def required(self, owner: At) -> tuple[tuple[Requirement, ...], ...]:
        """The alternatives that an operation, or the whole description, asks for."""
        found: list[tuple[Requirement, ...]] = []
        said = owner.members.get("security")
        if said is not None and not isinstance(said, list):  # read over, it would be a call without credentials
            self.reading.refuse(owner.child("security"), f"`security`: expected a list, found {noun(json_type(said))}")
            return ()
        for each in self.reading.listed(owner, "security"):
            if not isinstance(each.value, dict):
                self.reading.warn(each, "a security requirement is an object of names of schemes")
                continue
            unknown = [name for name in each.value if name not in self.schemes]
            for name in unknown:
                hint = did_you_mean(name, list(self.schemes), before=len(self.reading.files.report.found))
                if name not in self.unreadable:  # read over, it would be a call without credentials
                    self.reading.refuse(each, f"no security scheme has the name {quoted(name)}", hint=hint)
            if not unknown:
                found.append(
                    tuple(
                        Requirement(
                            SchemeId(name), tuple(str(scope) for scope in scopes) if isinstance(scopes, list) else ()
                        )
                        for name, scopes in each.value.items()
                    )
                )
        return tuple(dict.fromkeys(found))


def servers_of(reading: Reading, owner: At) -> tuple[Server, ...]:
    """The servers of a description, a path or an operation."""
    found = []
    for at in reading.listed(owner, "servers"):
        if not isinstance(at.value, dict):
            reading.warn(at, "a server is an object with a `url`")
            continue
        url = reading.text(at, "url")
        variables = dict(reading.entries(at, "variables"))
        for name in EXPRESSION.findall(url):
            url = url.replace("{" + name + "}", _default(reading, variables.get(name), at=at, name=name))
        found.append(Server(url.rstrip("/"), reading.text(at, "description")))
    return tuple(found)


def _default(reading: Reading, variable: At | None, *, at: At, name: str) -> str:
    if variable is not None and "default" in variable.members:
        return reading.text(variable, "default")
    choices = reading.texts(variable, "enum") if variable is not None else []
    if choices:
        return choices[0]
    reading.warn(at, f"the server's variable {quoted(name)} has no default")
    return name
