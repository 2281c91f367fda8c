"""SHA256SUMS, as GNU coreutils writes and reads it, so that partners can check a download without themekit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

SUMS_NAME = "SHA256SUMS"
CHECKSUM = Code("bundle-checksum", summary="A bundle is not the file that SHA256SUMS lists, or is not listed there.")
BAD_SUMS = Code("bundle-sums-syntax", summary="A line of SHA256SUMS cannot be read.")

_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[^/\x00-\x1f]+)")


def sums_text(digests: Mapping[str, str]) -> str:
    """File name to SHA-256, as the lines of a SHA256SUMS file, sorted by name."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests))


def parse_sums(path: PurePosixPath, text: str) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """File name to digest; a line of another form is a diagnostic at its place."""
    report = Reporter()
    digests: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        span = Span(path, number, 1, max(len(line), 1), line)
        if match is None:
            report(BAD_SUMS, span, "this is no checksum line", hint="write: SHA-256 in hex, two spaces, file name")
        elif match["name"] in digests:
            report(BAD_SUMS, span, f"`{match['name']}` is listed twice")
        else:
            digests[match["name"]] = match["digest"]
    return digests, report.diagnostics


def check_sum(name: str, digest: str, *, digests: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Whether a file's digest is the one listed for its name."""
    report = Reporter()
    if name not in digests:
        report(CHECKSUM, None, f"`{name}` is not listed in {SUMS_NAME}")
    elif digests[name] != digest:
        report(CHECKSUM, None, f"`{name}` is not the file {SUMS_NAME} describes", hint="download it again")
    return report.diagnostics
