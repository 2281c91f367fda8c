"""What a task asks through while it runs: every answer is written down, with its digest."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from themekit.engine.answers import unreadable
from themekit.engine.host import UnreadableInput
from themekit.engine.trace import Kind, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.diagnostics import Diagnostic
    from themekit.engine.graph import Engine
    from themekit.engine.task import Notes, P, R, Task


@dataclass(slots=True)
class Recorder:
    """The `ask` of one run."""

    engine: Engine
    reads: dict[Question, str] = field(default_factory=dict)
    reported: list[Diagnostic] = field(default_factory=list)

    def read(self, path: PurePosixPath | str, *, notes: Notes | None = None) -> bytes | None:
        """The bytes of a file, None if it is missing or unreadable; the latter is reported, with `notes`."""
        return cast("bytes | None", self._leaf(Question(Kind.FILE, str(PurePosixPath(path))), notes))

    def list(self, folder: PurePosixPath | str) -> tuple[str, ...]:
        """The names in a folder, folders with a slash at the end; none if it is missing."""
        return cast("tuple[str, ...] | None", self._leaf(Question(Kind.FOLDER, str(PurePosixPath(folder))))) or ()

    def environment(self, name: str) -> str | None:
        """The value of a variable, None if it is unset."""
        return cast("str | None", self._leaf(Question(Kind.ENVIRONMENT, name)))

    def each(self, task: Callable[..., R], arguments: Iterable[tuple[object, ...]]) -> tuple[R, ...]:
        """A task's values for several arguments; what must run of them runs in its batch, if it has one."""
        questions = [self.engine.question(task, *each) for each in arguments]
        self.engine._settle_all(questions)  # noqa: SLF001  # the recorder is the engine's other half
        return tuple(cast("R", self._asked(question)) for question in questions)

    def report(self, *diagnostics: Diagnostic) -> None:
        """Shown whenever the value is used, also when it comes from the store."""
        self.reported += diagnostics

    def __call__(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The value of another task."""
        return cast("R", self._asked(self.engine.question(task, *args, **kwargs)))

    def _asked(self, question: Question) -> object:
        value = self.engine._value(question)  # noqa: SLF001  # as above
        if question not in self.reads:
            self.reads[question] = self.engine._settle(question).digest  # noqa: SLF001  # as above
        return value

    def _leaf(self, question: Question, notes: Notes | None = None) -> object:
        value, answer = self.engine._input(question)  # noqa: SLF001  # as above
        if question not in self.reads and isinstance(value, UnreadableInput):
            self.reads.setdefault(question, answer)  # the notes may ask for more
            self.report(unreadable(value, notes() if notes else ()))
        self.reads.setdefault(question, answer)
        return None if isinstance(value, UnreadableInput) else value
