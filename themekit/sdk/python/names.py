"""Names of the model in Python's spelling, clear of the words that mean something where they stand."""

from __future__ import annotations

import keyword
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model.api_types import Name

_KEYWORDS = frozenset(keyword.kwlist) | {"self", "cls"}
_BUILTINS = frozenset(["int", "float", "str", "bool", "bytes", "list", "dict", "datetime"])
_MEMBERS = _KEYWORDS | _BUILTINS | {"extra", "last_response", "to_json", "from_json", "field", "dataclass"}
_METHODS = _KEYWORDS | _BUILTINS - {"list"}
_OPTIONS = frozenset({"timeout", "max_retries", "headers", "idempotency_key", "api_key", "extra", "body"})
_CLIENT = _KEYWORDS | {"close", "webhooks"}
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))})
_MODULES = _KEYWORDS | _DEVICES | {"shared"}
_TYPES = frozenset(
    [
        "Any",
        "List",
        "Dict",
        "Literal",
        "Mapping",
        "Sequence",
        "Union",
        "TypeAlias",
        "TYPE_CHECKING",
        "Model",
        "ListOf",
        "MapOf",
        "UnionOf",
        "Kind",
        "Iterator",
        "AsyncIterator",
        "Stream",
        "AsyncStream",
        "Download",
        "AsyncDownload",
        "ServerEvent",
        "FileInput",
        "Unset",
        "Timeout",
        "CallOptions",
        "Operation",
        "Paging",
        "Part",
        "None",
        "True",
        "False",
        "MODULES",
        "CODECS",
        "DATE",
        "BYTES",
        "UNSET",
        "SyncClient",
        "AsyncClient",
        "BodySpec",
        "Codec",
    ]
)


def snake(name: Name) -> str:
    """`("payment", "intent")` as `payment_intent`."""
    return "_".join(name)


@lru_cache(maxsize=65536)
def class_name(name: Name) -> str:
    """The name of a type: `PaymentIntent`."""
    return _free("".join(word[0].upper() + word[1:] for word in name), _TYPES)


def member(name: Name) -> str:
    """The name of a field of a data class."""
    return _free(snake(name), _MEMBERS)


def argument(name: Name) -> str:
    """The name of a method's parameter."""
    return _free(snake(name), _KEYWORDS | _OPTIONS)


def method(name: Name) -> str:
    """The name of a method of a resource."""
    return _free(snake(name), _METHODS)


def resource(name: Name) -> str:
    """The name by which a client has a resource."""
    return _free(snake(name), _CLIENT)


def module(name: Name) -> str:
    """The name of a module, on every system's disk."""
    return _free(snake(name), _MODULES)


def option(name: Name) -> str:
    """The name of a client's option for a security scheme."""
    return _free(snake(name), _KEYWORDS | _CLIENT_OPTIONS)


_CLIENT_OPTIONS = frozenset(
    [
        "api_key",
        "username",
        "password",
        "client_id",
        "client_secret",
        "scopes",
        "access_token",
        "base_url",
        "environment",
        "timeout",
        "max_retries",
        "headers",
        "before_request",
        "after_response",
        "transport",
    ]
)


def _free(name: str, taken: frozenset[str]) -> str:
    return f"{name}_" if name in taken else name
