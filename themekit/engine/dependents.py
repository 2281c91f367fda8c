"""What was made from what, upwards: which tasks a change of an input reaches."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.engine.trace import Kind, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.engine.trace import Trace


class Dependents:
    """For each question the tasks that asked it, as traces are found to hold.

    A task that no longer asks a question stays with it until that question changes: one look too many, none too few.
    """

    def __init__(self) -> None:
        """No trace is known yet."""
        self._above: dict[Question, set[Question]] = {}

    def add(self, question: Question, trace: Trace) -> None:
        """This trace of a task holds."""
        for read in trace.reads:
            self._above.setdefault(read.question, set()).add(question)

    def take(self, questions: Iterable[Question]) -> frozenset[Question]:
        """The tasks above these questions, which ask no more until their traces are added again."""
        pending, found = list(questions), set[Question]()
        while pending:
            new = self._above.pop(pending.pop(), set()) - found
            found |= new
            pending += new
        return frozenset(found)

    def clear(self) -> None:
        """Forget all traces."""
        self._above.clear()


def touched(inputs: Iterable[Question], changed: Iterable[PurePosixPath]) -> list[Question]:
    """Those of the inputs whose answer may be another, as these files and folders, and what is in folders, may be."""
    files = {str(path) for path in changed}
    folders = files | {str(folder) for path in files for folder in PurePosixPath(path).parents}
    inside = tuple("" if path == "." else f"{path}/" for path in files)
    names = {Kind.FILE: files, Kind.FOLDER: folders}
    return [
        question
        for question in inputs
        if question.kind in names and (question.name in names[question.kind] or question.name.startswith(inside))
    ]
