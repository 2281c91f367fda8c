"""Every rule there is: a module of `rules/` has one."""

from __future__ import annotations

from functools import cache

from themekit.source.audit import rules
from themekit.source.audit.rule import Rule
from themekit.source.rule_modules import rules_of


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules, by the names of their modules. Raises TypeError for a module without one."""
    return rules_of(rules, Rule)
