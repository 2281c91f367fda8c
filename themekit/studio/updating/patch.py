"""Two versions of a sheet's rules → the declarations that differ, by the index of their rule.

A browser that has the older version sets them in the sheet it has, so the cascade stays what it was: no rule of higher
weight, none that would have to be taken away again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.targets.css import minified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from themekit.targets.css import Rule

Changes = tuple[tuple[int, "Mapping[str, str | None]"], ...]


@dataclass(frozen=True, slots=True)
class Patch:
    """`changes` has (index, declarations), where None takes one away; `count` is the number of rules of the sheet.

    Rules are counted through at-rules in the order in which they stand. `changes` is None if the sheets have other
    rules, not only other declarations: then `text` has the whole sheet.
    """

    changes: Changes | None
    count: int
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """The sheets are the same."""
        return self.changes == ()

    def as_json(self) -> dict[str, object]:
        """The members of an event."""
        changed = [[index, dict(declarations)] for index, declarations in self.changes or ()]
        return {"rules": changed, "count": self.count, **({"text": self.text} if self.changes is None else {})}


def patch_of(old: Sequence[Rule], new: Sequence[Rule]) -> Patch:
    """What turns the old rules into the new ones."""
    if len(old) != len(new) or any(not _is_same_rule(*both) for both in zip(old, new, strict=True)):
        return Patch(None, len(new), minified(new))
    found = []
    for index, (one, other) in enumerate(zip(old, new, strict=True)):
        if one.declarations != other.declarations:
            found.append((index, _difference(one.declarations, other.declarations)))
    return Patch(tuple(found), len(new))


def amended(rules: Sequence[Rule], newer: Iterable[Rule]) -> tuple[tuple[Rule, ...], Patch]:
    """The rules, with declarations that some newer ones have otherwise, and these alone; none is added or taken away.

    As long as the newer ones are few this takes little, however many declarations there are.
    """
    texts = {(rule.conditions, rule.selectors): rule.declarations for rule in newer}
    found, changes = list(rules), []
    for index, rule in enumerate(rules):
        known, old = texts.get((rule.conditions, rule.selectors), {}), rule.declarations
        changed = {name: text for name, text in known.items() if old.get(name, text) != text}
        if changed:
            found[index] = rule._replace(declarations={**old, **changed})
            changes.append((index, changed))
    return tuple(found), Patch(tuple(changes), len(found))


def _is_same_rule(one: Rule, other: Rule) -> bool:
    return one.selectors == other.selectors and one.conditions == other.conditions


def _difference(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str | None]:
    changed: dict[str, str | None] = {name: text for name, text in new.items() if old.get(name) != text}
    return changed | {name: None for name in old if name not in new}
