"""Names as Go programmers write them, each of them once in its scope. Source: Go specification, "Identifiers"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model.api_types import Name


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Go Code Review Comments, "Initialisms".
INITIALISMS = _words(
    """
    acl ai api ascii cpu css cvc dns eof guid html http https iban id ids ip json jwt lhs mfa os pdf pin qps ram rhs
    rpc sku sla smtp sql ssh ssl sso tcp tls tos ttl udp ui uid uri url urls utf8 uuid vat vm xml xsrf xss
    """
)
_SPELLED = {"ids": "IDs", "urls": "URLs", "oauth": "OAuth"}
KEYWORDS = _words(
    """
    break case chan const continue default defer else fallthrough for func go goto if import interface map package
    range return select struct switch type var
    """
)
PREDECLARED = _words(
    """
    any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32
    float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune
    string true uint uint8 uint16 uint32 uint64 uintptr
    """
)
PACKAGES = _words("context json http io time errors os fmt log slog url init main")
LOCALS = KEYWORDS | PREDECLARED | PACKAGES | _words("s ctx params opts")
FIELDS = _words("Extra LastResponse MarshalJSON UnmarshalJSON")
# Methods whose signature Go's standard library settles. Source: go vet, "stdmethods".
METHODS = _words(
    """
    GobDecode GobEncode MarshalJSON MarshalXML ReadByte ReadFrom ReadRune UnmarshalJSON UnmarshalXML UnreadByte
    UnreadRune WriteByte WriteTo
    """
)

# What generated files declare besides what has a name of the API.
OWN_NAMES = _words(
    """
    Client New Version WithAPIKey WithBasicAuth WithClientCredentials WithScopes WithAccessToken ErrorFields
    VerifyWebhook userAgent liveBaseURL sandboxBaseURL testKeyPrefixes schemes unions
    """
)
# What the runtime declares for all to see: the same whether its files are at hand or not.
RUNTIME_NAMES = _words(
    """
    ConnectionError Date DateOf DecodeError Download Environment ErrAuthentication ErrBadRequest ErrConflict
    ErrCredentials ErrNotFound ErrPermission ErrRateLimit ErrServer ErrSignature ErrTimeout ErrUnprocessable Error
    Items Live NamedFile Null Option ParseDate Ptr Response Sandbox Stream Unknown WithBaseURL WithEnvironment
    WithHTTPClient WithHeader WithIdempotencyKey WithLogger WithMaxRetries WithRequestHook WithResponse
    WithResponseHook WithTimeout
    """
)
# What the runtime has for itself, as far as an argument of a method could hide it there.
INNER_NAMES = _words(
    """
    call caller decoded fetch fetchBytes fetchFile fetchNothing fetchObject fetchText iterate matchesStatus
    newStream operation pagination answer result
    """
)
RESERVED = OWN_NAMES | RUNTIME_NAMES | INNER_NAMES


@lru_cache(maxsize=65536)
def exported(name: Name) -> str:
    """`("payment", "method", "id")` as `PaymentMethodID`."""
    return "".join(map(_capitalized, name))


def local(name: Name) -> str:
    """`("payment", "method", "id")` as `paymentMethodID`, a name that hides nothing that a method needs."""
    found = name[0] + exported(name[1:])
    return f"{found}_" if found in LOCALS or re.match("op[A-Z]", found) else found


def singular(name: Name) -> Name:
    """The name of one of what `name` names: `("checkout", "sessions")` as `("checkout", "session")`."""
    last = name[-1]
    if last.endswith("ies") and len(last) > 4:
        last = f"{last[:-3]}y"
    elif last.endswith(("sses", "shes", "ches", "xes")):
        last = last[:-2]
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")) and len(last) > 3:
        last = last[:-1]
    return (*name[:-1], last)


@dataclass(slots=True)
class Scope:
    """Names that are taken. Whoever comes later gets `_` at the end, as no name of an API has that."""

    taken: set[str] = field(default_factory=set)

    def claim(self, name: str) -> str:
        """This name, or the next one that is free."""
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name


def _capitalized(word: str) -> str:
    if word in INITIALISMS:
        return _SPELLED.get(word, word.upper())
    return _SPELLED.get(word, word[:1].upper() + word[1:])
