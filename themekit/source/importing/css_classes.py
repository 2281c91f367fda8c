"""Classes that are themes of a page: `.ocean`, which declares nothing but values for properties of the root.

Nothing in CSS tells such a class from one for a part of a page, but that the latter declares ordinary properties, too,
or custom ones of its own, or is a form of a class that does: `.carousel-dark` is no theme beside `.carousel`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.source.importing.css_rules import REMEMBERED, condition_of, lone_class
from themekit.source.importing.css_text import Declaration, Other
from themekit.source.importing.texts import at_commas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.source.importing.css_text import Descriptor

_CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
_COMBINATOR = re.compile(r"[\s>+~]+")


def theme_classes(found: Sequence[Declaration | Descriptor | Other]) -> frozenset[str]:
    """The names of the classes, of all that a sheet declares."""
    at_root: set[str] = set()
    declared: dict[str, set[str]] = {}
    ordinary: set[str] = set()
    for each in found:
        if isinstance(each, Other):
            ordinary.update(_subjects(_selector(each.rules)))
        elif isinstance(each, Declaration):
            condition = condition_of(each.rules)
            if condition is not None and condition.theme is None:
                at_root.add(each.name)
            elif condition is None:
                for name in _lone(_selector(each.rules)):
                    declared.setdefault(name, set()).add(each.name)
    return frozenset(
        name
        for name, names in declared.items()
        if names <= at_root and not any(each in ordinary for each in _stems(name))
    )


def _stems(name: str) -> list[str]:
    """The name, and what of it stands before each hyphen or underscore."""
    return [name, *(name[: match.start()].rstrip("-_") for match in re.finditer("[-_]", name))]


def _selector(rules: tuple[str, ...]) -> str:
    """The innermost prelude that is no at-rule; "" if there is none."""
    return next((rule for rule in reversed(rules) if not rule.startswith("@")), "")


@lru_cache(REMEMBERED)
def _subjects(rule: str) -> frozenset[str]:
    """The classes of what the selectors of a rule select."""
    subjects = (_COMBINATOR.split(each.strip())[-1] for each in at_commas(rule))
    return frozenset(name for subject in subjects for name in _CLASS.findall(subject))


@lru_cache(REMEMBERED)
def _lone(rule: str) -> frozenset[str]:
    """The classes of which a selector is one alone."""
    found = (lone_class(each.strip()) for each in at_commas(rule))
    return frozenset(name for name in found if name is not None)
