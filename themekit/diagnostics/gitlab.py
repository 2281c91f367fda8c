"""Diagnostics as a GitLab Code Quality report, which GitLab shows beside the lines of a merge request."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from themekit.diagnostics.code import Severity
from themekit.diagnostics.diagnostic import Span
from themekit.diagnostics.order import in_order
from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics.diagnostic import Diagnostic

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}
NOWHERE = "."  # a path is required, and some mistakes are of the whole project


def render_gitlab(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON array, one object a diagnostic; `[]` for none.

    Fingerprints leave lines out, so a mistake that only moved is the same one to GitLab; of several that are equal
    else each has its own. Source: GitLab Docs, "Code Quality report format".
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    return json.dumps([_entry(each, seen) for each in in_order(diagnostics)], ensure_ascii=False, indent=2) + "\n"


def _entry(diagnostic: Diagnostic, seen: Counter[tuple[str, str, str]]) -> dict[str, object]:
    place = diagnostic.place
    path = NOWHERE if place is None else printable(str(place.path))
    message = printable(diagnostic.message)
    same = diagnostic.code, path, message
    seen[same] += 1
    hint = "" if diagnostic.hint is None else f" (hint: {printable(diagnostic.hint)})"
    begin = place.line if isinstance(place, Span) else 1
    return {
        "description": f"{message}{hint}",
        "check_name": diagnostic.code,
        "fingerprint": sha256("\0".join((*same, str(seen[same]))).encode()).hexdigest(),
        "severity": SEVERITIES[diagnostic.severity],
        "location": {"path": path, "lines": {"begin": begin}},
    }
