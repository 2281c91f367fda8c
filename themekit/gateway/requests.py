"""A request as a gateway sees it, and the parts of it that decide: the client's address, the path, the operation.

Tokens are not texts here but what is true of them, so that nothing has to be signed to ask what a policy means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.policy import OperationPolicy, Policy

ClaimValue = str | int | float | bool | tuple[str, ...]

_ESCAPED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_EXPRESSION = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token: who signed it with what, and what it says.

    `key` is the id in its header. `is_genuine`: the issuer's key of that id made the signature, by `algorithm`.
    """

    claims: tuple[tuple[str, ClaimValue], ...]
    key: str = ""
    algorithm: str = "RS256"
    is_genuine: bool = True
    is_well_formed: bool = True

    def claim(self, name: str) -> ClaimValue | None:
        """The value of a claim, or None."""
        return dict(self.claims).get(name)

    def words(self, name: str) -> tuple[str, ...]:
        """The claim as a set of words: those of a list, or of a text between spaces."""
        value = self.claim(name)
        if isinstance(value, tuple):
            return value
        return tuple(value.split(" ")) if isinstance(value, str) else ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request. `target` is path and query as sent; header names are in lower case, in the order sent.

    `source` is the address of the connection. `certificate_names` are those of a client certificate that was verified.
    """

    method: str
    target: str
    host: str
    source: str
    headers: tuple[tuple[str, str], ...] = ()
    body_bytes: int = 0
    token: Token | None = None
    certificate_names: tuple[str, ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """Every value of a header."""
        return tuple(value for header, value in self.headers if header == name)

    def value(self, name: str) -> str:
        """The value of a header that is sent once, else an empty text."""
        found = self.values(name)
        return found[0] if len(found) == 1 else ""


def client_address(request: Request, trusted_hops: int) -> str:
    """The address that the trusted proxies tell, counted from the right; without them that of the connection.

    Whatever a client writes itself stands further left.
    """
    told = [part.strip() for value in request.values("x-forwarded-for") for part in value.split(",")]
    if not trusted_hops or len(told) < trusted_hops:
        return request.source
    try:
        return str(ip_address(told[-trusted_hops]))
    except ValueError:
        return request.source


def normal_path(target: str) -> str | None:
    """The path without query, dot segments and double slashes; None if it could be read in two ways.

    Source: RFC 3986, section 6.2.2. Escaped slashes and backslashes, escaped zeros and fragments have no one reading.
    """
    path = target.partition("?")[0]
    if not path.startswith("/") or "#" in target:
        return None
    if any(escape.upper() in {"2F", "5C", "00"} for escape in _ESCAPED.findall(path)):
        return None
    plain = _ESCAPED.sub(_unescaped, path.replace("\\", "/"))
    parts: list[str] = []
    for part in plain.split("/")[1:]:
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    is_folder = plain.rsplit("/", 1)[-1] in {"", ".", ".."}
    return "/" + "/".join(parts) + ("/" if is_folder and parts else "")


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.fullmatch(character) else match[0]


def path_pattern(template: str) -> str:
    """A regular expression (RE2 and Python alike) that a whole path of the template matches."""
    pieces = _EXPRESSION.split(template)
    return "[^/]+".join(re.escape(piece) for piece in pieces)


def closest_first(operations: Iterable[OperationPolicy]) -> list[OperationPolicy]:
    """Operations in the order to be tried: of two paths that fit, the one with a literal segment first.

    Source: OpenAPI 3.1, "Path Templating Matching".
    """
    return sorted(operations, key=lambda each: [("{" in part, part) for part in each.path.split("/")])


def matching(policy: Policy, path: str) -> list[OperationPolicy]:
    """The operations of the closest path that fits.

    Segment by segment, as a pattern for each of hundreds of paths would be compiled anew at each call.
    """
    base = policy.listen.base_path
    if not path.startswith(base):
        return []
    rest = path[len(base) :]
    parts = rest.split("/")
    fitting = closest_first(each for each in policy.operations if _fits(each.path, rest, parts=parts))
    return [each for each in fitting if each.path == fitting[0].path]


def _fits(template: str, path: str, *, parts: list[str]) -> bool:
    """The whole path is one of the template's: what `path_pattern` means. `parts` are the path's segments."""
    if "{" not in template:
        return template == path
    own = template.split("/")
    return len(own) == len(parts) and all(map(_fits_segment, own, parts))


def _fits_segment(template: str, segment: str) -> bool:
    if "{" not in template:
        return template == segment
    if _EXPRESSION.fullmatch(template):
        return bool(segment)
    return re.fullmatch(path_pattern(template), segment) is not None
