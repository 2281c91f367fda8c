"""The engine: runs tasks, records what they asked, and reuses a value as long as its trace still holds.

Verifying traces with a suspending scheduler ("Build systems à la carte", Mokhov et al. 2018). A trace holds if every
question in it, asked again in the recorded order, gets an answer of the recorded digest. Checking stops at the first
mismatch: up to there the task would have asked the same, so no task is run that a plain run would not run. Digests are
of values, so a change that leaves a value as it was stops there (early cutoff).
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import ExitStack, contextmanager
from dataclasses import is_dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from themekit.engine.answers import MISSING, look
from themekit.engine.dependents import Dependents, touched
from themekit.engine.encoding import EncodingError, decode, digest, digest_bytes, encode
from themekit.engine.installation import code_digest
from themekit.engine.recorder import Recorder
from themekit.engine.revival import holding
from themekit.engine.task import batch_for, find_task, is_assembled, is_heavy, is_recomputed, task_name
from themekit.engine.trace import Kind, Question, Read, Trace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.engine.answers import Answer
    from themekit.engine.host import Host
    from themekit.engine.store import Store
    from themekit.engine.task import P, R, Task

KEPT_VALUES_BYTES = 256 << 20  # enough for all that brands share; the rest is read again
KEPT_ASSEMBLED = 4  # of those the last few: whole sites, each asked for soon after it was put together, or not again


class TaskCycle(RuntimeError):  # noqa: N818  # the field's word
    """A task asked for itself, over the tasks named in `chain`."""

    def __init__(self, chain: tuple[str, ...]) -> None:
        """`chain` starts and ends with the same task."""
        super().__init__("tasks ask in a circle: " + " → ".join(chain))
        self.chain = chain


class Engine:
    """One build: each input is read once, each task is checked once. Not for several threads.

    `ran` has the names of the tasks that were executed, in the order they finished.
    """

    def __init__(self, host: Host, store: Store, *, code: str | None = None) -> None:
        """`code` stands for the code of the tasks, by default that of themekit and all that is installed."""
        self.host = host
        self.store = store
        self.ran: list[str] = []
        self._made: set[Question] = set()
        self._code = code_digest() if code is None else code
        self._inputs: dict[Question, Answer] = {}
        self._before: dict[Question, Answer] = {}
        self._traces: dict[Question, Trace] = {}
        self._last: dict[Question, Trace] = {}
        self._roots: dict[Question, None] = {}
        self._reported: dict[Question, dict[Diagnostic, None]] = {}
        self._dependents = Dependents()
        self._superseded: dict[Question, str] = {}
        self._keys: dict[Question, str] = {}
        self._running: dict[Question, None] = {}
        self._tasks: dict[str, Callable[..., object]] = {}
        self._values: OrderedDict[str, tuple[object, int]] = OrderedDict()
        self._values_bytes = 0
        self._assembled: OrderedDict[str, object] = OrderedDict()
        self._questions: dict[tuple[object, ...], Question] = {}

    def get(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The value of a task, from the store if it is still good."""
        return cast("R", self._value(self._root(task, *args, **kwargs)))

    def digest(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> str:
        """The digest of a task's value; the value itself is not loaded, nor made if only that is missing."""
        return self._settle(self._root(task, *args, **kwargs)).digest

    def diagnostics(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> tuple[Diagnostic, ...]:
        """All that the task and those it asked reported, in the order first asked, each once."""
        root = self._root(task, *args, **kwargs)
        self._settle(root)
        return tuple(self._diagnostics(root))

    def leaves(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> tuple[Question, ...]:
        """Every file, folder and variable the value depends on, each once: the list to watch."""
        return tuple(read.question for read in self.reads_below(self.question(task, *args, **kwargs)))

    def reads_below(self, *questions: Question) -> tuple[Read, ...]:
        """The same for several tasks together, with the digests of the answers."""
        reads = (read for _, trace in self._closure(*questions) for read in trace.reads if read.kind is not Kind.TASK)
        return tuple(dict.fromkeys(reads))

    def inputs(self) -> tuple[Question, ...]:
        """Every file, folder and variable that this build has looked at: the list to watch."""
        return tuple(self._inputs)

    def refresh(self) -> None:
        """Begin another build over the same host: look at the inputs anew, keep the values."""
        self.ran.clear()
        self._before, self._inputs = self._before | self._inputs if self._last else self._inputs, {}
        self._last, self._traces = self._last | self._traces, {}
        self._dependents.clear()
        self._superseded.clear()

    def forget(self, changed: Iterable[PurePosixPath]) -> frozenset[Question]:
        """Begin another build, in which only these files and folders, and what is in folders, may have changed.

        They are looked at again. What was made from any that is another now is forgotten: its questions are returned.
        All else stays settled, so what follows costs what the change does.
        """
        self.ran.clear()
        before = {question: self._inputs.pop(question)[1] for question in touched(self._inputs, changed)}
        forgotten = self._dependents.take(each for each, answer in before.items() if self.observe(each) != answer)
        for question in forgotten & self._traces.keys():
            self._superseded[question] = self._traces.pop(question).digest
            self._reported.pop(question, None)
        return forgotten

    def _revive(self) -> None:
        """Of the last build's traces keep those that still hold; of the store only the topmost are looked for."""
        last, self._last = self._last, {}
        roots = [root for root in self._roots if last.get(root) in tuple(self.store.traces(self.key(root)))]
        self._roots = {}
        self._traces = holding(roots, last, observe=self.observe)
        self._reported = {asked: found for asked, found in self._reported.items() if asked in self._traces}
        for asked, trace in self._traces.items():
            self.store.reuse(self.key(asked), trace, is_latest=True)
            self._dependents.add(asked, trace)

    def _hold(self, question: Question, trace: Trace) -> None:
        """The trace holds from now on. The value that it takes the place of is not kept at hand: nobody asks for it."""
        self._traces[question] = trace
        self._dependents.add(question, trace)
        before = self._superseded.pop(question, trace.digest)
        if before != trace.digest:
            self._assembled.pop(before, None)
            self._values_bytes -= self._values.pop(before, (None, 0))[1]

    def is_settled(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> bool:
        """The store has the task's value, and nothing it was made from has changed. Runs no task."""
        return self._would_hold(self._root(task, *args, **kwargs))

    def _would_hold(self, question: Question) -> bool:
        """What is found to hold is settled. Of a task that does not hold it is not known how it would come out."""
        if self._last:
            self._revive()
        if question in self._traces:
            return True
        if self._find(question.name) is None:
            return False
        key = self.key(question)
        latest = next(iter(self.store.traces(key)), None)
        if latest is None or not all(map(self._has_same, latest.reads)):
            return False
        self.store.reuse(key, latest, is_latest=True)
        self._hold(question, latest)
        return True

    def _has_same(self, read: Read) -> bool:
        if read.kind is not Kind.TASK:
            return self.observe(read.question) == read.digest
        return self._would_hold(read.question) and self._traces[read.question].digest == read.digest

    def question(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Question:
        """The question that asks for this task's value."""
        name = task_name(task)
        if kwargs:
            raise TypeError(f"`{name}` is asked with named arguments; a task's arguments are positional")
        self._tasks[name] = task
        if not all(map(_is_exact, args)):
            return Question(Kind.TASK, name, encode(args))
        asked = (name, *map(type, args), *args)
        question = self._questions.get(asked)
        if question is None:
            question = self._questions[asked] = Question(Kind.TASK, name, encode(args))
        return question

    def _root(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Question:
        """The question, remembered as one that a build began with."""
        question = self.question(task, *args, **kwargs)
        self._roots[question] = None
        return question

    def key(self, question: Question) -> str:
        """The key of a task's traces in the store."""
        key = self._keys.get(question)
        if key is None:
            key = self._keys[question] = digest((question.name, question.arguments, self._code))
        return key

    def observe(self, question: Question) -> str:
        """The digest of what the host answers now, the same throughout one build."""
        return self._input(question)[1]

    def _input(self, question: Question) -> tuple[object, str]:
        answer = self._inputs.get(question)
        if answer is None:
            answer = self._inputs[question] = look(self.host, question, before=self._before.get(question))
        return answer

    def _answer_digest(self, question: Question) -> str:
        if question.kind is not Kind.TASK:
            return self.observe(question)
        return self._settle(question).digest if self._find(question.name) else MISSING

    def _settle(self, question: Question) -> Trace:
        """The trace that holds now: one from the store, else of a run."""
        trace = self._traces.get(question) or self._held(question)
        if trace is None:
            with self._entered(question):
                trace = self._run(question)
        return trace

    def _held(self, question: Question) -> Trace | None:
        """The trace of the store that holds now, if one does. Tasks below may run for that, this one does not."""
        if self._last:
            self._revive()
        known = self._traces.get(question)
        if known is not None:
            return known
        key = self.key(question)
        with self._entered(question):
            for place, trace in enumerate(self.store.traces(key, is_heavy=is_heavy(question.name))):
                if all(self._answer_digest(read.question) == read.digest for read in trace.reads):
                    self.store.reuse(key, trace, is_latest=place == 0)
                    self._hold(question, trace)
                    self._tell(question, trace)
                    return trace
        return None

    def _settle_all(self, questions: Sequence[Question]) -> None:
        """Settle questions of one task. Those that must run are run by the task's batch, if it has one."""
        due = [question for question in dict.fromkeys(questions) if self._held(question) is None]
        batch = batch_for(questions[0].name) if questions else None
        if batch is None or not due:
            return
        with ExitStack() as entered:
            for question in due:
                entered.enter_context(self._entered(question))
            recorders = [Recorder(self) for _ in due]
            values = batch(recorders, [decode(question.arguments) for question in due])
            for question, recorder, value in zip(due, recorders, values, strict=True):
                self._record(question, recorder, value)

    def _value(self, question: Question) -> object:
        trace = self._settle(question)
        if trace.digest in self._assembled:
            self._assembled.move_to_end(trace.digest)
            return self._assembled[trace.digest]
        if trace.digest not in self._values:
            data = self.store.blob(trace.digest, is_heavy=is_heavy(question.name))
            if data is None:  # evicted, damaged, or never stored
                with self._entered(question):
                    trace = self._run(question)
                if trace.digest in self._assembled:
                    return self._assembled[trace.digest]
            else:
                self._keep(trace.digest, decode(data), len(data))
        self._values.move_to_end(trace.digest)
        return self._values[trace.digest][0]

    def _run(self, question: Question) -> Trace:
        recorder = Recorder(self)
        arguments = cast("tuple[object, ...]", decode(question.arguments))
        return self._record(question, recorder, self._tasks[question.name](recorder, *arguments))

    def _record(self, question: Question, recorder: Recorder, value: object) -> Trace:
        """The trace of a run that is over, with its value kept and stored."""
        reads = tuple(Read(*asked, answer) for asked, answer in recorder.reads.items())
        reported = tuple(recorder.reported)
        is_shared = self.store.is_shared and is_heavy(question.name)
        if is_assembled(question.name) and not is_shared:
            trace = Trace(reads, reported, digest((question.name, question.arguments, reads)))
            self.store.record(self.key(question), trace, None)
            self._assembled[trace.digest] = value
            while len(self._assembled) > KEPT_ASSEMBLED:
                self._assembled.popitem(last=False)
        else:
            try:
                data = encode(value)
            except EncodingError as error:
                raise EncodingError(f"the value of the task `{question.name}`: {error}") from error
            trace = Trace(reads, reported, digest_bytes(data))
            kept = None if is_recomputed(question.name) else data
            self.store.record(self.key(question), trace, kept, shared=self._deep(trace) if is_shared else None)
            self._keep(trace.digest, value, len(data))
        self._hold(question, trace)
        self._made.add(question)
        self.ran.append(question.name.partition(":")[2])
        return trace

    def _tell(self, question: Question, trace: Trace) -> None:
        """The value is as it was, though tasks below it ran: tell other machines, too, from which files it is made."""
        is_shared = self.store.is_shared and is_heavy(question.name)
        data = None
        if is_shared and any(asked in self._made for asked, _ in self._below(trace)):
            data = self.store.blob(trace.digest)
        if data is not None:  # evicted: it is made again if somebody asks for it, and told then
            self.store.record(self.key(question), trace, data, shared=self._deep(trace))

    def _below(self, trace: Trace) -> Iterator[tuple[Question, Trace]]:
        return self._closure(*(read.question for read in trace.reads if read.kind is Kind.TASK))

    def _deep(self, trace: Trace) -> Trace:
        """The same with the leaves below in place of tasks: it can be checked where none of these tasks ever ran."""
        below = [each for _, each in self._below(trace)]
        leaves = (read for each in (*below, trace) for read in each.reads if read.kind is not Kind.TASK)
        reported = (diagnostic for each in (*below, trace) for diagnostic in each.diagnostics)
        return Trace(tuple(dict.fromkeys(leaves)), tuple(dict.fromkeys(reported)), trace.digest)

    def _find(self, name: str) -> Callable[..., object] | None:
        task = self._tasks.get(name) or find_task(name)
        if task is not None:
            self._tasks[name] = task
        return task

    def _keep(self, digest_: str, value: object, size: int) -> None:
        if digest_ not in self._values:
            self._values[digest_] = (value, size)
            self._values_bytes += size
        while self._values_bytes > KEPT_VALUES_BYTES and len(self._values) > 1:
            self._values_bytes -= self._values.popitem(last=False)[1][1]

    @contextmanager
    def _entered(self, question: Question) -> Iterator[None]:
        if question in self._running:
            chain = [*self._running, question]
            raise TaskCycle(tuple(asked.name.partition(":")[2] for asked in chain[chain.index(question) :]))
        self._running[question] = None
        try:
            yield
        finally:
            del self._running[question]

    def _diagnostics(self, question: Question) -> dict[Diagnostic, None]:
        """Once for each task, however many ask for it: a hundred brands have the diagnostics of one site."""
        known = self._reported.get(question)
        if known is None:
            trace, known = self._settle(question), {}
            for read in trace.reads:
                if read.kind is Kind.TASK:
                    known |= self._diagnostics(read.question)
            self._reported[question] = known = known | dict.fromkeys(trace.diagnostics)
        return known

    def _closure(self, *questions: Question) -> Iterator[tuple[Question, Trace]]:
        """The traces of tasks and of all below them, what was asked first first, a task after what it asked."""
        seen: set[Question] = set()

        def walk(asked: Question) -> Iterator[tuple[Question, Trace]]:
            seen.add(asked)
            trace = self._settle(asked)
            for read in trace.reads:
                if read.kind is Kind.TASK and read.question not in seen:
                    yield from walk(read.question)
            yield asked, trace

        return (each for question in questions if question not in seen for each in walk(question))


def _is_exact(argument: object) -> bool:
    """Equal ones of a type are encoded alike, as is not so of `1` and `True` in two tuples."""
    return isinstance(argument, str | PurePosixPath) or is_dataclass(argument)
