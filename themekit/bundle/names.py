"""Names of the files that partners download: each ends with its form, and what vouches for it is named after it."""

from __future__ import annotations

ZIP = ".zip"
TAPE = ".tar.zst"
PATCH = ".patch"
LISTED = (ZIP, TAPE, PATCH)
"""Endings of the files that SHA256SUMS lists."""
SIGNATURE = ".minisig"
PROVENANCE = ".intoto.jsonl"


def beside(name: str) -> tuple[str, str]:
    """The names of the signature and the provenance of a file."""
    return f"{name}{SIGNATURE}", f"{name}{PROVENANCE}"
