"""The credentials of an API as options of the client's builder. The names are the same in all languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.sdk.java.names import camel
from themekit.sdk.java.reserved import OPTION_WORDS
from themekit.sdk.java.text import literal

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Scheme
    from themekit.model.api_types import Name

OptionKind = Literal["key", "basic", "client", "token", "implied"]
API_KEY: Name = ("api", "key")


@dataclass(frozen=True, slots=True)
class Credential:
    """A scheme, the kind of its options, and the name of the option if it has one of its own."""

    scheme: Scheme
    kind: OptionKind
    name: Name = ()

    @property
    def option(self) -> str:
        """The setter and the field of the builder."""
        return camel(self.name, OPTION_WORDS) if self.name else ""

    @property
    def variable(self) -> str:
        """The variable of the environment."""
        return "_".join(self.name).upper()

    @property
    def token_url(self) -> str:
        """Where tokens come from, as the description says."""
        return next((each.token_url for each in self.scheme.flows if each.kind == "client-credentials"), "")


def credentials(api: ApiModel) -> tuple[Credential, ...]:
    """The API's schemes, in its order."""
    bearers = [each for each in api.schemes if each.kind == "bearer"]
    keys = [each for each in api.schemes if each.kind == "api-key"]
    first = next(iter([*bearers, *keys]), None)
    return tuple(_credential(each, is_first=each is first) for each in api.schemes)


def _credential(scheme: Scheme, *, is_first: bool) -> Credential:
    if scheme.kind == "basic":
        return Credential(scheme, "basic")
    if scheme.kind == "mutual-tls":
        return Credential(scheme, "implied")
    if scheme.kind in {"oauth2", "openid"}:
        has_flow = any(each.kind == "client-credentials" for each in scheme.flows)
        return Credential(scheme, "client" if has_flow else "token", ("access", "token"))
    return Credential(scheme, "key", API_KEY if is_first else _own(scheme))


def _own(scheme: Scheme) -> Name:
    """A scheme of the name of another option gets a word of its own."""
    taken = {API_KEY, ("access", "token"), ("username",), ("password",), ("client", "id"), ("client", "secret")}
    return (*scheme.name, "value") if scheme.name in taken else scheme.name


def applied(found: Credential, api: ApiModel) -> str:
    """The call that gives the credentials what the builder was told."""
    scheme = literal(found.scheme.id)
    if found.kind == "implied":
        return f".implied({scheme})"
    if found.kind == "basic":
        return f".basic({scheme}, builder.username, builder.password)"
    if found.kind == "client":
        fetched = f"builder.oauth({literal(token_place(found.token_url, api))}, base)"
        return f".tokens({scheme}, {fetched}).bearer({scheme}, builder.{found.option})"  # the program's own counts
    if found.kind == "token" or found.scheme.kind == "bearer":
        return f".bearer({scheme}, builder.{found.option})"
    if found.scheme.kind == "http":
        value = f"builder.{found.option} == null ? null : {literal(found.scheme.scheme + ' ')} + builder.{found.option}"
        return f'.header({scheme}, "Authorization", {value})'
    place = found.scheme.place or "header"
    return f".{place}({scheme}, {literal(found.scheme.wire)}, builder.{found.option})"


def token_place(url: str, api: ApiModel) -> str:
    """A token URL below a server of the description as `+` and the rest: it follows the client's base URL."""
    for server in api.servers:
        base = server.url.rstrip("/")
        if base and url.startswith(f"{base}/"):
            return f"+{url[len(base) :]}"
    return url
