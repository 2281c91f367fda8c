"""Which traces of the last build still hold, told from the inputs alone.

The traces of one build agree with each other: what a task was told by another is that one's value. So a trace holds
in the next build, too, if no input of it or of a task below it has changed. What may not hold is left to the engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.engine.trace import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from themekit.engine.trace import Question, Read, Trace


def holding(
    roots: Iterable[Question], traces: Mapping[Question, Trace], *, is_same: Callable[[Read], bool]
) -> dict[Question, Trace]:
    """Those of the traces below `roots` that hold. `is_same` looks at a file, a folder or a variable.

    All reads are looked at, also after one that changed: a task that runs again most often asks again for the rest.
    """
    holds: dict[Question, bool] = {}

    def look(asked: Question) -> bool:
        trace = traces.get(asked)
        if trace is None:
            return False
        all_hold = True
        for read in trace.reads:
            if read.kind is Kind.TASK:
                below = read.question
                if below not in holds:
                    holds[below] = look(below)
                all_hold &= holds[below] and traces[below].digest == read.digest
            else:
                all_hold &= is_same(read)
        return all_hold

    for root in roots:
        if root not in holds:
            holds[root] = look(root)
    return {asked: traces[asked] for asked, does_hold in holds.items() if does_hold}
