"""Tasks: their type, what they may ask, their names and their marks."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from types import FunctionType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Protocol, TypeGuard, TypeVar

from themekit.engine.encoding import is_our_module

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic, Note

P = ParamSpec("P")
R = TypeVar("R")
Notes = Callable[[], "tuple[Note, ...]"]
_Function = TypeVar("_Function", bound=Callable[..., object])
_Batch = TypeVar("_Batch", bound="Callable[..., Sequence[object]]")


class Ask(Protocol):
    """All that a task can see. Paths are relative to the project; `@themekit/…` and `@fonts/<slug>/…` are mounts."""

    def read(self, path: PurePosixPath | str, *, notes: Notes | None = None) -> bytes | None:
        """The content of a file, or None if it is missing or cannot be read (which is reported for the task).

        `notes` are added to that report, such as who named the file; it is called only then.
        """

    def list(self, folder: PurePosixPath | str) -> tuple[str, ...]:
        """The names in a folder, sorted; those of folders end with a slash. Empty for a missing folder."""

    def environment(self, name: str) -> str | None:
        """The value of an environment variable."""

    def each(self, task: Callable[..., R], arguments: Iterable[tuple[object, ...]]) -> tuple[R, ...]:
        """The task's value for each of the arguments; those that must run are run together, if the task has a batch."""

    def report(self, *diagnostics: Diagnostic) -> None:
        """Store diagnostics with this run; they are replayed whenever its value is reused."""

    def __call__(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The value of another task. Arguments are positional, and values that `encode` takes."""


Task = Callable[Concatenate[Ask, P], R]

_recomputed: set[str] = set()
_heavy: set[str] = set()
_assembled: set[str] = set()
_batches: dict[str, Callable[..., Sequence[object]]] = {}


def recomputed(task: _Function) -> _Function:
    """Mark a task whose value is large and quicker to make again than to store: only its digest is remembered.

    A brand's stamped site is such a value: 38 MB that a join makes in 5 ms.
    """
    _recomputed.add(task_name(task))
    return task


def assembled(task: _Function) -> _Function:
    """Mark a task whose value is only put together from what it asked for: known by the digests of its reads.

    Its value is neither stored nor encoded, which for a whole site costs more than to put it together; only if it is
    heavy, too, and machines share the store, they find it there whole. What is above it
    runs whenever a read changed: there is no cutoff here, so the tasks it asks must have one.
    """
    _assembled.add(task_name(task))
    return task


def is_assembled(name: str) -> bool:
    """The task of this name is marked with `assembled`."""
    return name in _assembled


def batch_of(
    task: Callable[..., object],
) -> Callable[[_Batch], _Batch]:
    """Give a task a function for many arguments at once: from an `ask` and a tuple of arguments each, to the values.

    It must ask with each `ask` what the task would ask for these arguments, and give the same values.
    """

    def mark(batch: _Batch) -> _Batch:
        _batches[task_name(task)] = batch
        return batch

    return mark


def batch_for(name: str) -> Callable[..., Sequence[object]] | None:
    """The batch of the task of this name."""
    return _batches.get(name)


def is_recomputed(name: str) -> bool:
    """The task of this name is marked with `recomputed`."""
    return name in _recomputed


def heavy(task: _Function) -> _Function:
    """Mark a task that takes longer than to ask a store far away (40 ms): its value is shared between machines.

    The trace that goes with it names only files, folders and variables, of all tasks below: no other value is needed to
    know that it still holds.
    """
    _heavy.add(task_name(task))
    return task


def is_heavy(name: str) -> bool:
    """The task of this name is marked with `heavy`."""
    return name in _heavy


def task_name(task: Callable[..., object]) -> str:
    """`module:name`. Raises TypeError for a lambda, a method or any callable that is no plain function with `ask`."""
    if not _is_task(task) or task.__name__ == "<lambda>":
        raise TypeError(f"{task!r} is no task: a task is a function whose first parameter is `ask`")
    return f"{task.__module__}:{task.__qualname__}"


def find_task(name: str) -> Callable[..., object] | None:
    """The task of this name, from a module that is loaded or is ours; None if there is none (any more).

    Names come from the store, so they must not make us import or call anything but tasks.
    """
    module_name = name.partition(":")[0]
    if not is_our_module(module_name) and module_name not in sys.modules:
        return None
    try:
        return load_task(name)
    except LookupError:
        return None


def load_task(name: str) -> Callable[..., object]:
    """The task of this name, its module imported whatever it is. Raises LookupError if there is none."""
    module_name, _, qualname = name.partition(":")
    try:
        found: object = sys.modules.get(module_name) or importlib.import_module(module_name)
        for part in qualname.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"there is no task `{name}`") from error
    if not _is_task(found):
        raise LookupError(f"`{name}` is no task")
    return found


def _is_task(found: object) -> TypeGuard[FunctionType]:
    return isinstance(found, FunctionType) and found.__code__.co_varnames[:1] == ("ask",)
