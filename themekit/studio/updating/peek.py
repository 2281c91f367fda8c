"""A task run for a first look: nothing of it is recorded, encoded or reported.

Of a brand with 2,000 tokens its encoding, which the engine compares by, takes five times as long as reading it. What a
peek has seen is not known to be good until the engine has it, too.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from themekit.engine import UnreadableInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.diagnostics import Diagnostic
    from themekit.engine import Engine
    from themekit.engine.task import Notes, P, R, Task

T = TypeVar("T")


class Peek:
    """The `ask` of one task; the tasks that it asks are the engine's."""

    def __init__(self, engine: Engine) -> None:
        """Reads what the engine's host has."""
        self._engine = engine

    def read(self, path: PurePosixPath | str, *, notes: Notes | None = None) -> bytes | None:  # noqa: ARG002
        """A file; None if it is not there or cannot be read."""
        with suppress(UnreadableInput):
            return self._engine.host.read(PurePosixPath(path))
        return None

    def list(self, folder: PurePosixPath | str) -> tuple[str, ...]:
        """A folder's names; none if it cannot be read."""
        with suppress(UnreadableInput):
            return self._engine.host.list(PurePosixPath(folder))
        return ()

    def environment(self, name: str) -> str | None:
        """A variable."""
        return self._engine.host.environment(name)

    def each(self, task: Callable[..., T], arguments: Iterable[tuple[object, ...]]) -> tuple[T, ...]:
        """Several values of one task."""
        return tuple(self._engine.get(task, *each) for each in arguments)

    def report(self, *diagnostics: Diagnostic) -> None:
        """Told to nobody: the engine's own run reports them."""

    def __call__(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The value of another task."""
        return self._engine.get(task, *args, **kwargs)
