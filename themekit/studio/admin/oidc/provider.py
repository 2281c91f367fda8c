"""What an OpenID provider says of itself, its keys, and the exchange of a code for an ID token.

Nothing is kept between logins: keys that were changed are known at once, and a login costs three small requests.

Sources: OpenID Connect Discovery 1.0 (3, 4.3) and Core 1.0 (3.1.3, 9), RFC 6749 (2.3.1), RFC 7636, RFC 9207.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

from themekit.studio.admin.oidc.fetching import ErrorAnswer, NoAnswer, address_fault, fetch, is_loopback

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject, JsonValue

DISCOVERY = "/.well-known/openid-configuration"
MAX_KEYS = 100
MAX_TOKEN = 100_000
_ERROR = re.compile(r"[a-z_]{1,60}")


@dataclass(frozen=True, slots=True)
class Provider:
    """Its addresses. `names_itself`: it sends its issuer back with each code, so that one without is refused."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    takes_basic: bool
    names_itself: bool


def discovered(issuer: str) -> Provider:
    """The provider of this issuer. Raises NoAnswer."""
    document = fetch(issuer.rstrip("/") + DISCOVERY)
    if document.get("issuer") != issuer:
        raise NoAnswer("the provider's document names another issuer than the settings")
    methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    known = methods if isinstance(methods, list) else []
    return Provider(
        issuer,
        _endpoint(document, "authorization_endpoint", issuer=issuer),
        _endpoint(document, "token_endpoint", issuer=issuer),
        _endpoint(document, "jwks_uri", issuer=issuer),
        takes_basic="client_secret_basic" in known or "client_secret_post" not in known,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


def keys_of(provider: Provider) -> list[JsonObject]:
    """Its keys, as they are now. Raises NoAnswer."""
    found = fetch(provider.jwks_uri).get("keys")
    if not isinstance(found, list) or len(found) > MAX_KEYS:
        raise NoAnswer(f"the provider has no list of at most {MAX_KEYS} keys")
    return [each for each in found if isinstance(each, dict)]


def exchanged(
    provider: Provider, code: str, *, redirect_uri: str, verifier: str, client_id: str, client_secret: str
) -> str:
    """The ID token for a code, not judged yet. `client_secret` is empty for a public client. Raises NoAnswer."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    headers = {}
    if client_secret and provider.takes_basic:
        pair = f"{quote_plus(client_id)}:{quote_plus(client_secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": client_id, **({"client_secret": client_secret} if client_secret else {})}
    try:
        token = fetch(provider.token_endpoint, form=urlencode(form).encode(), headers=headers).get("id_token")
    except ErrorAnswer as error:
        raise NoAnswer(f"the provider does not take the code: {error_word(error.body.get('error'))}") from error
    if not isinstance(token, str) or not token.isascii() or len(token) > MAX_TOKEN:
        raise NoAnswer("the provider's answer has no ID token")
    return token


def error_word(value: JsonValue) -> str:
    """An error's name if it looks like one: what others send is shown nowhere as it comes."""
    return value if isinstance(value, str) and _ERROR.fullmatch(value) else "no reason that can be shown"


def _endpoint(document: JsonObject, name: str, *, issuer: str) -> str:
    """An address of the document. One of this machine stands only in that of a provider on this machine."""
    address = document.get(name)
    if not isinstance(address, str):
        raise NoAnswer(f"the provider's document has no `{name}`")
    fault = address_fault(address)
    if not fault and is_loopback(address) and not is_loopback(issuer):
        fault = "must begin with `https://`"
    if fault:
        raise NoAnswer(f"`{name}` of the provider {fault}")
    return address
