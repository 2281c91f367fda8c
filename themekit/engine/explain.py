"""Why a value is what it is, and whether it would be made again: the chain of reads, last time and now.

Runs nothing. Whether a task's changed input changes its value is known only after it ran, so all above a change is
called stale: it will be checked, and run again unless the change stops at a task below it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from themekit.engine.answers import MISSING
from themekit.engine.encoding import decode
from themekit.engine.trace import Kind, Question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.engine.graph import Engine
    from themekit.engine.task import P, R, Task

_SHOWN_DIGEST = 12
MAX_ITEMS = 2  # of a list in an argument: enough to tell it from others


class State(StrEnum):
    """What became of a read since the last run."""

    SAME = "same"
    CHANGED = "changed"
    APPEARED = "appeared"
    VANISHED = "vanished"
    STALE = "stale"
    NEVER_RAN = "never ran"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One read with those below it.

    `recorded` is the digest of the last run, `now` the present one; `now` is empty for a stale task, and both are
    for one that never ran. A task that was explained further up has `is_repeated` and no reads.
    """

    kind: Kind
    label: str
    state: State
    recorded: str = ""
    now: str = ""
    reads: tuple[Explanation, ...] = ()
    is_repeated: bool = False

    def changes(self) -> Iterator[Explanation]:
        """The leaves that are not the same, in the order read."""
        if self.kind is not Kind.TASK and self.state is not State.SAME:
            yield self
        for read in self.reads:
            yield from read.changes()

    def lines(self, depth: int = 0) -> Iterator[str]:
        """As text, one read a line, indented by depth, with the reads that are not the same marked by a star."""
        star = " " if self.state is State.SAME else "*"
        digests = " → ".join(dict.fromkeys(shown for shown in (_short(self.recorded), _short(self.now)) if shown))
        above = ", see above" if self.is_repeated else ""
        yield f"{star} {'  ' * depth}{self.kind} {self.label}: {self.state}{above}" + (
            f" ({digests})" if digests else ""
        )
        for read in self.reads:
            yield from read.lines(depth + 1)


def explain(engine: Engine, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Explanation:
    """The reads of the latest run of a task and of all below it, compared with the inputs as they are now."""
    return _explain_task(engine, engine.question(task, *args, **kwargs), {})


def _explain_task(engine: Engine, question: Question, known: dict[Question, Explanation]) -> Explanation:
    arguments = (shown for argument in _arguments(question) if (shown := _shown(argument)))
    label = " ".join([question.name.rpartition(":")[2], *arguments])
    if question in known:
        above = known[question]
        return Explanation(Kind.TASK, label, above.state, above.recorded, above.now, is_repeated=True)
    latest = next(iter(engine.store.traces(engine.key(question))), None)
    if latest is None:
        known[question] = Explanation(Kind.TASK, label, State.NEVER_RAN)
        return known[question]
    reads = tuple(
        _explain_task(engine, read.question, known)
        if read.kind is Kind.TASK
        else _explain_leaf(read.question, read.digest, engine.observe(read.question))
        for read in latest.reads
    )
    is_same = all(read.state is State.SAME for read in reads)
    state = State.SAME if is_same else State.STALE
    known[question] = Explanation(Kind.TASK, label, state, latest.digest, latest.digest if is_same else "", reads)
    return known[question]


def _explain_leaf(question: Question, recorded: str, now: str) -> Explanation:
    if recorded == now:
        state = State.SAME
    elif MISSING in (recorded, now):
        state = State.APPEARED if recorded == MISSING else State.VANISHED
    else:
        state = State.CHANGED
    return Explanation(question.kind, question.name, state, recorded, now)


def _arguments(question: Question) -> tuple[object, ...]:
    arguments = decode(question.arguments)
    assert isinstance(arguments, tuple)  # noqa: S101  # a task's arguments are encoded from a tuple
    return arguments


def _shown(argument: object) -> str:
    """An argument in a few words: a value of many fields by its name, its first text and its first list."""
    if isinstance(argument, tuple):
        more = ["…"] if len(argument) > MAX_ITEMS else []
        return ", ".join([*map(_shown, argument[:MAX_ITEMS]), *more])
    if isinstance(argument, bytes):
        return f"{len(argument)} bytes"
    if not is_dataclass(argument):
        return str(argument)
    values = [getattr(argument, field.name) for field in fields(argument)]
    texts = [value for value in values if isinstance(value, str | PurePath) and str(value)]
    lists = [value for value in values if isinstance(value, tuple) and value]
    name = " ".join([type(argument).__name__.lower(), *map(str, texts[:1])])
    return ": ".join([name, *map(_shown, lists[:1])])


def _short(digest: str) -> str:
    return digest if " " in digest else digest[:_SHOWN_DIGEST]
