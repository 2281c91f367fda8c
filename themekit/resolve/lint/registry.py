"""Every rule there is, found by looking: a module of `rules/` has one, as `RULE`."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from themekit.resolve.lint import rules
from themekit.resolve.lint.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules, by the names of their modules. Raises TypeError for a module without one."""
    found = []
    for name in sorted(module.name for module in pkgutil.iter_modules(rules.__path__)):
        rule = getattr(importlib.import_module(f"{rules.__name__}.{name}"), "RULE", None)
        if not isinstance(rule, Rule):
            raise TypeError(f"{rules.__name__}.{name} has no RULE")
        found.append(rule)
    return tuple(found)
