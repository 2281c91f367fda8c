"""What a host answers to a question, with the digest of the answer."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Span
from themekit.engine.encoding import digest, digest_bytes
from themekit.engine.host import UnreadableInput
from themekit.engine.trace import Kind

if TYPE_CHECKING:
    from themekit.diagnostics import Note
    from themekit.engine.host import Host
    from themekit.engine.trace import Question

UNREADABLE_INPUT = Code("unreadable-input", summary="A file of the project is there, but must not or cannot be read.")
Answer = tuple[object, str]
MISSING = "missing"
"""Stands for a digest where there is no value: a missing file, an unset variable."""


MANY_PATHS = 8192  # of a project of some thousand files; each takes some 500 bytes
_path = lru_cache(maxsize=MANY_PATHS)(PurePosixPath)


def look(host: Host, question: Question, *, before: Answer | None) -> Answer:
    """What the host answers, and its digest; an UnreadableInput is an answer, too. Of the same one as before."""
    try:
        value = _asked_of(host, question)
    except UnreadableInput as error:
        return error.with_traceback(None), f"unreadable: {error.reason}"
    if before is not None and before[0] is value:
        return before
    if value is None and question.kind is not Kind.FOLDER:
        return value, MISSING
    return value, digest_bytes(value) if isinstance(value, bytes) else digest(value)


def _asked_of(host: Host, question: Question) -> bytes | str | tuple[str, ...] | None:
    match question.kind:
        case Kind.FILE:
            return host.read(_path(question.name))
        case Kind.FOLDER:
            return host.list(_path(question.name))
        case _:
            return host.environment(question.name)


def unreadable(error: UnreadableInput, notes: tuple[Note, ...] = ()) -> Diagnostic:
    """What users see of it."""
    return Diagnostic(
        UNREADABLE_INPUT.name,
        UNREADABLE_INPUT.severity,
        f"`{error.path}` cannot be read: {error.reason}",
        Span(error.path, line=1, column=1),
        notes,
    )
