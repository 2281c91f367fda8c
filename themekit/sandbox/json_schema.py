"""jsonschema without its own formats, whose grammar of IRIs takes longer to build than a description to be read.

It is built while jsonschema is imported, where the package for it is installed. Formats are checked by `validity`.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GRAMMAR = "rfc3987_syntax"


@contextmanager
def _without(name: str) -> Iterator[None]:
    """A module that is not loaded yet cannot be imported meanwhile."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # what the import system takes for: there is none
    try:
        yield
    finally:
        del sys.modules[name]


with _without(_GRAMMAR):
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import Draft202012Validator, extend

__all__ = ["Draft202012Validator", "ValidationError", "extend"]
