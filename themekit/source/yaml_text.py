"""The bytes of a YAML file to a value, and everything wrong with the file, with line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Note, Severity, Span
from themekit.source.json_text import Document
from themekit.source.utf8 import SAVE_AS_UTF_8, undecodable
from themekit.source.yaml_scan import scan_yaml, span_of

if TYPE_CHECKING:
    from pathlib import PurePosixPath

INVALID_YAML = Code("invalid-yaml", summary="A YAML file cannot be read, or is refused.")

MAX_BYTES = 8 * 1024 * 1024  # the largest real description measured has 3.4 MB


def read_yaml(
    path: PurePosixPath, content: bytes, *, max_bytes: int = MAX_BYTES
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The value of a UTF-8 YAML file of at most 8 MiB with one document, and everything that is wrong with it."""
    if len(content) > max_bytes:
        message = f"the file has {len(content):,} bytes; at most {max_bytes:,} are read"
        return None, (_diagnostic(Span(path, 1, 1), message),)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        span, message = undecodable(path, error)
        return None, (_diagnostic(span, message, hint=SAVE_AS_UTF_8),)
    scan = scan_yaml(text)
    lines = text.split("\n") if scan.problems else []
    found = []
    for place, message, hint, other in scan.problems:
        notes = () if other is None else (Note("first written here", span_of(path, other, lines=lines)),)
        found.append(_diagnostic(span_of(path, place, lines=lines), message, hint=hint, notes=notes))
    if not scan.is_whole:
        return None, tuple(found)
    return Document(path, scan.value, frozenset(scan.omitted)), tuple(found)


def _diagnostic(span: Span, message: str, *, hint: str | None = None, notes: tuple[Note, ...] = ()) -> Diagnostic:
    return Diagnostic(INVALID_YAML.name, Severity.ERROR, message, span, notes, hint)
