"""Secrets in files of a portal, which would be published: keys and tokens whose form leaves no doubt.

Docs are full of examples, so what is looked for is narrower than in policies (source/secret_texts.py): no bearer token,
no password in an address. A text that says it is an example, or repeats a few characters, is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Reporter
from themekit.diagnostics.printable import quoted
from themekit.source.locate import span_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.diagnostics import Diagnostic
    from themekit.model import SourceFile

SECRET_IN_PAGE = Code("secret-in-page", summary="A file of the portal holds a key or token, which would be published.")
HINT = "take it out, revoke it, and show one that says EXAMPLE"
MAX_BYTES = 4 << 20  # a search index or a description of an API; larger files are data
MIN_DISTINCT = 8  # characters: `AKIAXXXXXXXXXXXXXXXX` has four

_BASE64_LINES = r"(?:\s*[A-Za-z0-9+/=]{32,}){2}"
_KINDS = (
    ("a private key", b"PRIVATE KEY-----", rf"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----{_BASE64_LINES}"),
    ("an access key of AWS", b"AKIA", r"\bAKIA[A-Z0-9]{16}\b"),
    ("a token of GitHub", b"gh", r"\bgh[pousr]_[A-Za-z0-9]{36,}\b"),
    ("a token of GitHub", b"github_pat_", r"\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
    ("a token of GitLab", b"glpat-", r"\bglpat-[A-Za-z0-9_-]{20,}"),
    ("a token of Slack", b"xox", r"\bxox[abprs]-\d{9,}-[A-Za-z0-9-]{20,}"),
    ("a key of Google", b"AIza", r"\bAIza[A-Za-z0-9_-]{35}\b"),
    ("a token of PyPI", b"pypi-", r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}"),
    ("a token of npm", b"npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a live key of a payment service", b"k_live_", r"\b[sr]k_live_[A-Za-z0-9]{24,}"),
)
_FORMS = tuple((kind, mark, re.compile(form)) for kind, mark, form in _KINDS)


def check_secrets(source: SourceFile) -> tuple[Diagnostic, ...]:
    """A mistake for each secret in a text file, at its place, without the text itself."""
    content = source.content
    if len(content) > MAX_BYTES or not any(mark in content for _, mark, _ in _FORMS):
        return ()
    report, text = Reporter(), content.decode("utf-8-sig", "replace")
    for kind, start, end in _found(text):
        # The place without its line: an excerpt would carry the secret into logs.
        span = span_at(source.path, text, start=start, end=end)
        place = type(span)(span.path, span.line, span.column, span.length)
        report(SECRET_IN_PAGE, place, f"{quoted(source.path.name)} holds {kind}, which would be published", hint=HINT)
    return report.diagnostics


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, mark, form in _FORMS:
        for match in form.finditer(text) if mark.decode() in text else ():
            if "EXAMPLE" not in match[0].upper() and len(set(match[0])) >= MIN_DISTINCT:
                yield kind, match.start(), match.end()
