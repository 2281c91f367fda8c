"""Python's searches for cycles, left out where very many values are made at once."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_sweeps() -> Iterator[None]:
    """Without searches for cycles: values make none, and of ten thousand at once each search looks at all.

    It may decorate a function, too. For what makes no more than its input bounds: no search frees anything meanwhile.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
