"""The rules of a package, found by looking: each of its modules has one, as `RULE`."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from types import ModuleType

R = TypeVar("R")


def rules_of(package: ModuleType, kind: type[R]) -> tuple[R, ...]:
    """The rules, by the names of their modules. Raises TypeError for a module without one of this kind."""
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(package.__path__)):
        rule = getattr(importlib.import_module(f"{package.__name__}.{name}"), "RULE", None)
        if not isinstance(rule, kind):
            raise TypeError(f"{package.__name__}.{name} has no RULE")
        found.append(rule)
    return tuple(found)
