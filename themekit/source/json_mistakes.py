"""What is wrong with the bytes of a JSON file, with line and column, and what can be read of it nevertheless."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Diagnostic, Note, Span
from themekit.source.codes import JSON_EMPTY, JSON_ENCODING, JSON_SIZE
from themekit.source.json_scan import scan_json
from themekit.source.json_text import IF_EMPTY, Document
from themekit.source.locate import span_at
from themekit.source.utf8 import SAVE_AS_UTF_8, undecodable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from themekit.diagnostics import Code
    from themekit.source.json_found import Problem, Scan


def too_large(path: PurePosixPath, size: int, *, max_bytes: int) -> Diagnostic:
    """The file has more bytes than are read."""
    return _diagnostic(JSON_SIZE, Span(path, 1, 1), f"the file has {size:,} bytes; at most {max_bytes:,} are read")


def other_encoding(path: PurePosixPath) -> Diagnostic:
    """The file is as other systems write text."""
    message = "the file is not UTF-8 but UTF-16 or UTF-32"
    return _diagnostic(JSON_ENCODING, Span(path, 1, 1), message, hint="save it as UTF-8")


def not_utf_8(path: PurePosixPath, error: UnicodeDecodeError) -> Diagnostic:
    """A byte is none of UTF-8."""
    span, message = undecodable(path, error)
    return _diagnostic(JSON_ENCODING, span, message, hint=SAVE_AS_UTF_8)


def read_carefully(
    path: PurePosixPath, text: str, *, scanner: Callable[[str], Scan] = scan_json, if_empty: str = IF_EMPTY
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """The value, and every mistake in the text; None if nothing could be read. `if_empty` is as in `read_json`."""
    scan = scanner(text)
    problems = (replace(each, hint=if_empty) if each.code is JSON_EMPTY else each for each in scan.problems)
    diagnostics = tuple(_located(path, text, problem) for problem in problems)
    if not scan.is_whole:
        return None, diagnostics
    return Document(path, scan.value, scan.omitted), diagnostics


def _located(path: PurePosixPath, text: str, problem: Problem) -> Diagnostic:
    span = span_at(path, text, start=problem.start, end=problem.end)
    notes: tuple[Note, ...] = ()
    if problem.other is not None:
        start, end = problem.other
        notes = (Note(problem.note, span_at(path, text, start=start, end=end)),)
    return _diagnostic(problem.code, span, problem.message, hint=problem.hint, notes=notes)


def _diagnostic(
    code: Code, span: Span, message: str, *, hint: str | None = None, notes: tuple[Note, ...] = ()
) -> Diagnostic:
    return Diagnostic(code.name, code.severity, message, span, notes, hint)
