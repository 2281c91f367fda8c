"""Single values of a policy: references to secrets, networks, hosts, origins, headers."""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import ip_network
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import urlsplit

from themekit.diagnostics.printable import quoted
from themekit.model.policy import Secret
from themekit.source.codes import DUPLICATE_ITEM, INVALID_TEXT, INVALID_URL
from themekit.source.policy_codes import INVALID_HEADER, INVALID_HOST, INVALID_NETWORK, INVALID_SECRET, UNSAFE_POLICY
from themekit.source.text_policy import text_fault
from themekit.source.urls import web_url_fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.model.policy import SecretStore
    from themekit.source.node import Item, Node

_SECRET = re.compile(
    r"(?:(?P<env>env):(?P<variable>[A-Z][A-Z0-9_]{0,99})"
    r"|(?P<vault>vault):(?P<path>[A-Za-z0-9][A-Za-z0-9_./-]{0,199})#(?P<key>[A-Za-z0-9_.-]{1,60})"
    r"|(?P<aws>aws-sm):(?P<name>[A-Za-z0-9/_+=.@-]{1,200}))"
)
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*")
_HEADER = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_VALUE = re.compile(r"[\x21-\x7e]+(?: [\x21-\x7e]+)*")
_BASE_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)+")
_FRAMING = frozenset(
    [
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ]
)
"""Headers that say where a request goes and where it ends: who changes them makes the next server read another one."""
REFERENCE_HINT = "write `env:NAME`, `vault:path#key` or `aws-sm:name`, and keep the secret there"


def secret(item: Item | None) -> Secret | None:
    """A reference to a secret; None if it is absent or was reported. What was written is never repeated."""
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    match = _SECRET.fullmatch(text)
    if match is None or not {".", ".."}.isdisjoint((match["path"] or match["name"] or "").split("/")):
        item.report(INVALID_SECRET, f"{item.name} is not a reference to a secret", hint=REFERENCE_HINT)
        return None
    store = match["env"] or match["vault"] or match["aws"]
    return Secret(cast("SecretStore", store), match["variable"] or match["path"] or match["name"], match["key"] or "")


def network(item: Item) -> str | None:
    """A network in CIDR form, without bits beyond its length. Source: RFC 4632, RFC 4291 section 2.3."""
    text = item.text() or ""
    try:
        found = ip_network(text, strict=False)
    except ValueError:
        hint = "write it like `203.0.113.0/24` or `2001:db8::/32`"
        item.report(INVALID_NETWORK, f"{item.name}: {quoted(text)} is not a network", hint=hint)
        return None
    if "/" not in text or "%" in text:
        item.report(INVALID_NETWORK, f"{item.name}: {quoted(text)} has no length", hint=f"write `{found}`")
        return None
    if str(found.network_address) != text.partition("/")[0].lower():
        message = f"{item.name}: {quoted(text)} has bits beyond its length, or is not written in the usual way"
        item.report(INVALID_NETWORK, message, hint=f"write `{found}` for all of it")
        return None
    return str(found)


def host(item: Item) -> str | None:
    """The name of one host in lower case: no wildcard, no port."""
    text = item.text() or ""
    if _HOST.fullmatch(text):
        return text
    if "*" in text:
        item.report(INVALID_HOST, f"{item.name}: {quoted(text)} has a wildcard", hint="list each host by its name")
        return None
    hint = "write a name in lower case, without scheme and port, as in `api.acme.example`"
    item.report(INVALID_HOST, f"{item.name}: {quoted(text)} is not a host", hint=hint)
    return None


def base_path(item: Item | None) -> str | None:
    """A path that begins with a slash and does not end with one."""
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    if _BASE_PATH.fullmatch(text) and not {".", ".."} & set(text.split("/")):
        return text
    item.report(INVALID_URL, f"{item.name}: {quoted(text)} is not a path", hint="write it like `/v1`")
    return None


def https_url(item: Item | None) -> str | None:
    """An `https` address without query and fragment."""
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    fault = web_url_fault(text)
    if fault is None and not text.startswith("https://"):
        fault = "is not `https`: whoever is on the way could change it"
    if fault is None and set(text) & set("?#"):
        fault = "has a query or a fragment"
    if fault is None:
        return text
    if not refuse_unshown(item):
        hint = "write an address that starts with `https://`"
        item.report(INVALID_URL, f"{item.name}: {quoted(text)} {fault}", hint=hint)
    return None


def refuse_unshown(item: Item) -> bool:
    """Report an address that cannot be used without showing it, if a password or a token may stand in it."""
    if not {"@", "?"} & set(item.text() or ""):
        return False
    message = f"{item.name} has a user name or a query, and is not shown: a secret may stand there"
    hint = "write the address without what is before `@`, and without what begins with `?`"
    item.reporter(INVALID_URL, replace(item.origin(), is_hidden=True), message, hint=hint)
    return True


def web_origin(item: Item) -> str | None:
    """Scheme, host and port exactly as browsers write them, or `*`. Source: RFC 6454, section 6.2."""
    text = item.text() or ""
    if text == "*":
        return text
    fault = web_url_fault(text)
    if fault is None:
        parts = urlsplit(text)
        default = {"https": 443, "http": 80}.get(parts.scheme)
        if parts.path or parts.query or parts.fragment or text != text.lower() or parts.port == default:
            fault = "is not written as browsers write origins"
    if fault is None:
        return text
    if refuse_unshown(item):
        return None
    if "*" in text:
        item.report(UNSAFE_POLICY, f"{item.name}: {quoted(text)} has a wildcard", hint="list each origin by its name")
        return None
    hint = "write scheme and host in lower case and nothing after them, as in `https://app.acme.example`"
    item.report(INVALID_URL, f"{item.name}: {quoted(text)} {fault}", hint=hint)
    return None


def header(item: Item, name: str | None = None) -> str | None:
    """The name of a header, in lower case."""
    text = (item.text() or "") if name is None else name
    part: Literal["key", "value"] = "value" if name is None else "key"
    if not _HEADER.fullmatch(text):
        hint = "use letters, digits and hyphens"
        item.report(INVALID_HEADER, f"{quoted(text)} is not the name of a header", hint=hint, part=part)
        return None
    if text.lower() in _FRAMING:
        message = f"the header {quoted(text)} says where a request goes or ends, and is the gateway's alone"
        item.report(INVALID_HEADER, message, hint="leave it out", part=part)
        return None
    return text.lower()


def header_value(item: Item | None) -> str | None:
    """A value of visible ASCII characters and single spaces."""
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    if _VALUE.fullmatch(text):
        return text
    item.report(INVALID_HEADER, f"{item.name} is not the value of a header", hint="use visible ASCII characters")
    return None


def word(item: Item | None) -> str | None:
    """A text that is compared exactly: not empty, no white space, nothing invisible."""
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    fault = text_fault(text)
    if fault is not None:
        item.report(INVALID_TEXT, f"{item.name} {fault[0]}", hint=fault[1])
        return None
    if "*" in text:
        message = f"{item.name}: {quoted(text)} has a wildcard; values are compared exactly"
        item.report(UNSAFE_POLICY, message, hint="list each value")
        return None
    if any(character.isspace() for character in text):
        item.report(INVALID_TEXT, f"{item.name}: {quoted(text)} holds white space", hint="write one value an item")
        return None
    return text


def sentence(item: Item | None) -> str | None:
    """A reason in words."""
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    fault = text_fault(text)
    if fault is None:
        return text.strip()
    item.report(INVALID_TEXT, f"{item.name} {fault[0]}", hint="say why, in one line")
    return None


def distinct(node: Node, key: str, *, read: Callable[[Item], str | None]) -> tuple[str, ...]:
    """Every item of a list that can be read; one that stands twice is reported."""
    found: dict[str, None] = {}
    for item in node.items(key):
        value = read(item)
        if value is None:
            continue
        if value in found:
            item.report(DUPLICATE_ITEM, f"{quoted(value)} is listed twice")
        found[value] = None
    return tuple(found)
