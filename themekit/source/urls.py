"""Links that are safe to publish: what they may lead to, and the exact characters they may hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from themekit.diagnostics.printable import is_unsafe, quoted
from themekit.source.codes import INVALID_URL

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.source.node import Item

# Characters that end an attribute, a CSS url() or a Markdown link, or that browsers rewrite (RFC 3986, section 2).
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}]")
_BAD_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_HOST = re.compile(
    r"(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*"
)
_IPV6 = re.compile(r"[0-9a-fA-F:.]{2,45}")
_MAILBOX = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_~-]+@[A-Za-z0-9.-]+(\?[A-Za-z0-9%&=+._~,;:@!$'()*/-]*)?")
_NO_BASE = "has a query or a fragment"
_IN_COMMANDS = re.compile(r"[$!\[\]]")  # a shell reads them within quotes, or curl counts by them
_WEB_HINT = "write an address that starts with `https://`"


def web_url(item: Item | None) -> str | None:
    """An absolute http or https URL as written; None if it is absent or was reported."""
    return _reported(item, web_url_fault, _WEB_HINT)


def base_url(item: Item | None) -> str | None:
    """Where an API is: a web URL without query and fragment, and without a trailing slash."""
    found = _reported(item, api_url_fault, _WEB_HINT)
    return None if found is None else found.rstrip("/")


def site_url(item: Item | None) -> str | None:
    """A web URL without query and fragment, and with a trailing slash, as it begins the address of each page.

    Joining a page's path to it changes nothing more: the scheme is in lower case, and no segment is `.`, `..` or empty.
    Source: RFC 3986, section 5.2, as `urljoin` does it, which renderers use.
    """
    found = _reported(item, base_url_fault, _WEB_HINT)
    return None if found is None else urljoin(f"{found.rstrip('/')}/", ".")


def link(item: Item | None) -> str | None:
    """A web URL, a `mailto:` address, or a path inside the portal; None if it is absent or was reported."""
    return _reported(item, link_fault, "write an `https://` address, a `mailto:` address, or a path such as `guides/`")


def contact_url(item: Item | None) -> str | None:
    """Where holes are told: an `https:` or a `mailto:` address. Source: RFC 9116, section 2.5.3."""
    return _reported(item, contact_url_fault, "write an `https://` or a `mailto:` address")


def web_url_fault(url: str) -> str | None:
    """What is wrong with an absolute http or https URL, in words that follow it; None if it is fine."""
    fault = _character_fault(url)
    if fault:
        return fault
    scheme = _SCHEME.match(url)
    if scheme is None:
        return "is not absolute"
    if scheme.group(1).lower() not in {"http", "https"}:
        return f"has the scheme `{scheme.group(1)}`; allowed: `https`, `http`"
    if not url[scheme.end() :].startswith("//"):
        return "has no `//` after its scheme"
    return _authority_fault(url)


def base_url_fault(url: str) -> str | None:
    """As `web_url_fault`; a query or a fragment is a fault too."""
    fault = web_url_fault(url)
    if fault is None and ("?" in url or "#" in url):
        return _NO_BASE
    return fault


def api_url_fault(url: str) -> str | None:
    """As `base_url_fault`; what a shell reads within double quotes is a fault too, as pages show commands with it."""
    fault = base_url_fault(url)
    sign = None if fault else _IN_COMMANDS.search(url.partition("//")[2].partition("/")[2])
    return f"holds `{sign[0]}`, which means something in commands; write it percent-encoded" if sign else fault


def link_fault(url: str) -> str | None:
    """What is wrong with a link of the portal, in words that follow it; None if it is fine."""
    fault = _character_fault(url)
    if fault:
        return fault
    scheme = _SCHEME.match(url)
    if scheme is not None:
        if scheme.group(1).lower() == "mailto":
            return None if _MAILBOX.fullmatch(url[scheme.end() :]) else "is no e-mail address"
        if scheme.group(1).lower() not in {"http", "https"}:
            return f"has the scheme `{scheme.group(1)}`; allowed: `https`, `http`, `mailto`"
        return web_url_fault(url)
    if url.startswith("//"):
        return "leads to another site: it starts with `//`"
    if ":" in re.split(r"[/?#]", url, maxsplit=1)[0]:
        return "has a colon in its first part, which reads as a scheme"
    if ".." in re.split(r"[?#]", url, maxsplit=1)[0].split("/"):
        return "leaves the portal by `..`"
    return None


def contact_url_fault(url: str) -> str | None:
    """What is wrong with an address to tell of a hole at, in words that follow it; None if it is fine."""
    is_known = url.lower().startswith(("https://", "mailto:"))
    return link_fault(url) or (None if is_known else "is neither `https` nor `mailto`")


def _reported(item: Item | None, fault_of: Callable[[str], str | None], hint: str) -> str | None:
    url = None if item is None else item.text()
    if item is None or url is None:
        return None
    fault = fault_of(url)
    if fault is None:
        return url
    if fault == _NO_BASE:
        hint = "leave out everything from `?` or `#`"
    item.report(INVALID_URL, f"{item.name}: {quoted(url)} {fault}", hint=hint)
    return None


def _character_fault(url: str) -> str | None:
    if not url:
        return "is empty"
    match = _FORBIDDEN.search(url)
    if match or any(is_unsafe(character) for character in url):
        return f"holds the character {quoted(match.group())}" if match else "holds an invisible character"
    if not url.isascii():
        return "holds a character outside ASCII; write it percent-encoded, and a host in its `xn--` form"
    return "has a `%` without two hexadecimal digits" if _BAD_ESCAPE.search(url) else None


def _authority_fault(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "has a host or a port that cannot be read"
    if "@" in parts.netloc:
        return "has a user name before its host, which hides where it leads"
    host = parts.hostname or ""
    host_pattern = _IPV6 if parts.netloc.startswith("[") else _HOST
    if not host_pattern.fullmatch(host):
        return "has no valid host"
    return "has port 0" if port == 0 else None
