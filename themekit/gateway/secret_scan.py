"""Looks for what no output may hold: private keys, tokens, keys of well-known services, passwords in addresses.

A policy cannot hold a secret in a field made for one, but a person can write one into a header's value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Reporter, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics import Diagnostic
    from themekit.model import Artifact

SECRET_IN_OUTPUT = Code("secret-in-output", summary="A file made from a policy would hold a secret.")

_PRIVATE = tuple(f'"{name}{end}' for name in ("d", "dp", "dq", "qi", "k") for end in ('"', '\\"'))
_PATTERNS = (
    ("a private key", "PRIVATE KEY", r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    ("a private JWK", _PRIVATE, r"\\?\"(?:d|dp|dq|qi|k)\\?\"\s*:\s*\\?\"[A-Za-z0-9_-]{16,}\\?\""),
    ("a token", "eyJ", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"),
    ("a bearer token", "earer ", r"[Bb]earer [A-Za-z0-9._~+/=-]{16,}"),
    ("basic credentials", "asic ", r"[Bb]asic [A-Za-z0-9+/]{12,}={0,2}"),
    ("a key of a payment service", ("k_live_", "k_test_"), r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{8,}"),
    ("an access key of AWS", ("AKIA", "ASIA"), r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    ("a token of GitHub", ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"), r"\bgh[pousr]_[A-Za-z0-9]{30,}"),
    ("a token of Slack", "xox", r"\bxox[abprs]-[A-Za-z0-9-]{10,}"),
    ("a key of Google", "AIza", r"\bAIza[A-Za-z0-9_-]{35}"),
    ("a password in an address", "://", r"://[^/\s:@\"]+:[^/\s@\"]+@"),
)
_ANY = tuple(
    (what, (marks,) if isinstance(marks, str) else marks, re.compile(pattern)) for what, marks, pattern in _PATTERNS
)
"""What it is, texts of which one is there if it is (the patterns cost ten times as much), and its form."""


def scan(artifacts: Iterable[Artifact]) -> tuple[Diagnostic, ...]:
    """An error for each secret, with the file and the line that would hold it; what it is, is not shown."""
    report = Reporter()
    for artifact in artifacts:
        text = artifact.content.decode("utf-8", errors="replace")
        for what, marks, pattern in _ANY:
            for match in pattern.finditer(text) if any(mark in text for mark in marks) else ():
                line = text.count("\n", 0, match.start()) + 1
                hint = "take it out of the policy, and treat it as known to others"
                report(
                    SECRET_IN_OUTPUT, Span(artifact.path, line, 1), f"`{artifact.path}` would hold {what}", hint=hint
                )
    return report.diagnostics
