"""Which traces of the last build still hold, told from the inputs alone.

The traces of one build agree with each other: what a task was told by another is that one's value. So a trace holds
in the next build, too, if no input of it or of a task below it has changed. What may not hold is left to the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from themekit.engine.trace import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from themekit.engine.trace import Question, Trace

_Asked = tuple[Kind, str, bytes]
"""Equal to the question, and made in a third of the time: there are thousands."""


def holding(
    roots: Iterable[Question], traces: Mapping[Question, Trace], *, observe: Callable[[Question], str]
) -> dict[Question, Trace]:
    """Those of the traces below `roots` that hold. `observe` has the digest of a file, a folder or a variable.

    All reads are looked at, also after one that changed: a task that runs again most often asks again for the rest.
    """
    known = cast("Mapping[_Asked, Trace]", traces)
    holds: dict[_Asked, bool] = {}
    answers: dict[_Asked, str] = {}

    def look(question: _Asked) -> bool:
        trace = known.get(question)
        if trace is None:
            return False
        all_hold = True
        for read in trace.reads:
            asked = (read.kind, read.name, read.arguments)
            if read.kind is Kind.TASK:
                does_hold = holds.get(asked)
                if does_hold is None:
                    does_hold = holds[asked] = look(asked)
                all_hold &= does_hold and known[asked].digest == read.digest
            else:
                answer = answers.get(asked)
                if answer is None:
                    answer = answers[asked] = observe(read.question)
                all_hold &= answer == read.digest
        return all_hold

    for root in roots:
        if root not in holds:
            holds[root] = look(root)
    return {question: trace for question, trace in traces.items() if holds.get(question)}
