"""Looks through the files of gateways for what no output may hold, whatever it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter, Span
from themekit.source.secret_texts import HINT, SECRET_IN_OUTPUT, secrets_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics import Diagnostic
    from themekit.model import Artifact


def scan(artifacts: Iterable[Artifact]) -> tuple[Diagnostic, ...]:
    """An error for each secret, with the file and the line that would hold it; what it is, is not shown."""
    report = Reporter()
    for artifact in artifacts:
        text = artifact.content.decode("utf-8", errors="replace")
        for what, start, _ in secrets_in(text):
            place = Span(artifact.path, text.count("\n", 0, start) + 1, 1)
            report(SECRET_IN_OUTPUT, place, f"`{artifact.path}` would hold {what}", hint=HINT)
    return report.diagnostics
