"""How often Python looks for cycles of garbage.

As it comes, it looks after each 700 new objects, and at all objects again and again, in a build that
makes values by the hundred thousand and hardly a cycle. Looked for more rarely, what cycles there are (of parsers,
syntax trees, tracebacks) still goes, and memory peaks where it did.
"""

from __future__ import annotations

import atexit
import gc

YOUNG, MIDDLE, OLD = 50_000, 20, 100


def sweep_rarely() -> None:
    """For processes that are ours alone, at their start; a program that imports themekit decides for itself.

    At the end there is no search at all: the process takes everything with it.
    """
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    atexit.register(gc.freeze)
