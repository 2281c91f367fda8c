"""Texts that are secrets by their form: private keys, tokens, keys of well-known services, passwords in addresses.

A policy has references where secrets are meant, but a person can write one into a header's value, and a description
can have one in a name. It is found where it was written, before anything is made of it, so nothing is kept of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic
from themekit.model import Origin
from themekit.model.policy import REDACTED
from themekit.source.json_value import JsonObject, child_pointer, dotted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from themekit.model.outline import ApiOutline, Operation
    from themekit.source.json_value import JsonValue
    from themekit.source.sources import Sources

SECRET_IN_OUTPUT = Code("secret-in-output", summary="A file made from a policy would hold a secret.")
HINT = "take it out of the policy, and treat it as known to others"

_PATTERNS = (
    (
        "a private key",
        "PRIVATE KEY",
        r"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^`\"]*?-----END [A-Z ]*PRIVATE KEY-----|[^`\"]*)",
    ),
    ("a private JWK", r"\"(?:d[pq]?|qi|k)\\?\"\s*:", r"\\?\"(?:d|dp|dq|qi|k)\\?\"\s*:\s*\\?\"[A-Za-z0-9_-]{16,}\\?\""),
    ("a token", "eyJ", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),
    ("a bearer token", "earer ", r"[Bb]earer [A-Za-z0-9._~+/=-]{16,}"),
    ("basic credentials", "asic ", r"[Bb]asic (?=\S*[0-9A-Z])[A-Za-z0-9+/]{12,}={0,2}"),
    ("a key of a payment service", "k_(?:live|test)_", r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{8,}"),
    ("an access key of AWS", "A(?:KI|SI)A", r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("a token of GitHub", "gh[pousr]_", r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    ("a token of Slack", "xox", r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    ("a key of Google", "AIza", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("a password in an address", "://", r"://[^/\s:@\"]+:[^/\s@\"]+@"),
)
_ANY = tuple((what, re.compile(mark), re.compile(pattern)) for what, mark, pattern in _PATTERNS)
"""What it is, a part that is there if it is (the forms cost ten times as much to look for), and its form."""


def secrets_in(text: str) -> Iterator[tuple[str, int, int]]:
    """What each secret is, and from where to where it stands."""
    for what, mark, pattern in _ANY:
        for match in pattern.finditer(text) if mark.search(text) else ():
            yield what, match.start(), match.end()


def without_secrets(text: str) -> str:
    """The text with `[redacted]` in place of each secret."""
    for _, mark, pattern in _ANY:
        if mark.search(text):
            text = pattern.sub(REDACTED, text)
    return text


def written_secrets(members: JsonObject, *, sources: Sources, told: Collection[Origin]) -> Iterator[Diagnostic]:
    """An error for each value or name of a policy that holds a secret, but for those below a place that was told."""
    known = {(each.path, each.pointer) for each in told}
    texts = list(_texts(members, ""))
    if not _any_in(text for _, text, _ in texts):
        return
    for pointer, text, is_key in texts:
        origin = sources.origin(pointer, "key" if is_key else "value")
        for what in dict.fromkeys(what for what, _, _ in secrets_in(text)):
            if not any((origin.path, each) in known for each in _with_parents(pointer)):
                name = without_secrets(dotted(pointer))
                message = f"`{name}` holds {what}, and would bring it into the files of gateways"
                yield _error(origin, message)


def described_secrets(api: ApiOutline) -> Iterator[Diagnostic]:
    """An error for each operation that has a secret in its names: gateways get these."""
    if not _any_in(name for each in api.operations for name in _names(each)):
        return
    for each in api.operations:
        names = _names(each)
        for what in dict.fromkeys(what for name in names for what, _, _ in secrets_in(name)):
            message = f"an operation has {what} in its names, and would bring it into the files of gateways"
            yield _error(each.origin, message)


def _any_in(texts: Iterable[str]) -> bool:
    """One look at all of them together: a policy has hundreds of texts, and nearly always no secret."""
    return next(secrets_in("\n".join(texts)), None) is not None


def _names(operation: Operation) -> tuple[str, ...]:
    return (operation.id, operation.path, *operation.tags, *(each.name for each in operation.parameters))


def _error(origin: Origin, message: str) -> Diagnostic:
    hidden = Origin(origin.path, origin.pointer, origin.part, is_hidden=True)
    return Diagnostic(SECRET_IN_OUTPUT.name, SECRET_IN_OUTPUT.severity, message, hidden, hint=HINT)


def _texts(value: JsonValue, pointer: str) -> Iterator[tuple[str, str, bool]]:
    if isinstance(value, str):
        yield pointer, value, False
    elif isinstance(value, dict):
        for key, each in value.items():
            yield child_pointer(pointer, key), key, True
            yield from _texts(each, child_pointer(pointer, key))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _texts(each, child_pointer(pointer, number))


def _with_parents(pointer: str) -> Iterator[str]:
    while pointer:
        yield pointer
        pointer = pointer.rpartition("/")[0]
