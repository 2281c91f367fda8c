"""Changes as people and programs read them: a changelog in Markdown, and JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from themekit.model.api_change import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.model.api_change import ApiChange, Level
    from themekit.model.origin import Origin

_LANGUAGES = {"go": "Go", "java": "Java", "python": "Python", "typescript": "TypeScript"}
_TITLES: dict[Level, str] = {"major": "Breaking changes", "minor": "New", "patch": "Fixed"}


def changes_json(changes: Sequence[ApiChange], *, level: Level | None, old: str, new: str) -> str:
    """The changes and the level they ask for. `old` and `new` are the versions that were compared."""
    value = {
        "old": old,
        "new": new,
        "level": level or "none",
        "changes": [
            {
                "rule": each.rule,
                "level": each.level,
                "scope": each.scope,
                "where": each.where,
                "words": each.words,
                "old": _place(each.old),
                "new": _place(each.new),
            }
            for each in changes
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def changes_markdown(changes: Iterable[ApiChange], *, title: str) -> str:
    """A section of a changelog: what breaks first. The texts of a description are data, and are written as such."""
    lines = [f"## {escaped(title)}", ""]
    groups = grouped(changes)
    if not groups:
        lines += ["Nothing that a program could feel changed.", ""]
    for number, (level, scope, told) in enumerate(groups):
        if number == 0 or groups[number - 1][0] != level:
            lines += [f"### {_TITLES[level]}", ""]
        if scope:
            lines += [f"In the {_LANGUAGES.get(scope, scope)} SDK:", ""]
        lines += [*(f"- **{escaped(where)}** {escaped(words)}" for where, words in told), ""]
    return "\n".join(lines)


def grouped(changes: Iterable[ApiChange]) -> tuple[tuple[Level, str, tuple[tuple[str, str], ...]], ...]:
    """The changes as places and words, by level and SDK (what breaks first, "" for the API itself before SDKs).

    A change that is told twice, as a type is sent and received, is one line.
    """
    found = list(changes)
    groups = []
    for level in reversed(LEVELS):
        here = [each for each in found if each.level == level]
        for scope in ("wire", *sorted({each.scope for each in here} - {"wire"})):
            lines = _lines([each for each in here if each.scope == scope], found)
            if lines:
                groups.append((level, "" if scope == "wire" else scope, lines))
    return tuple(groups)


def escaped(text: str) -> str:
    """The text as one line of Markdown that means nothing but itself; code in backticks stays code."""
    parts = re.split(r"(`[^`]*`)", re.sub(r"\s+", " ", text))
    plain = (
        re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", part) if index % 2 == 0 else part for index, part in enumerate(parts)
    )
    return "".join(plain)


def _lines(changes: Sequence[ApiChange], everything: Sequence[ApiChange]) -> tuple[tuple[str, str], ...]:
    """A line for each text: a type that is sent and received has its changes twice, at one level or at two."""
    levels: dict[tuple[str, str, str], set[Level]] = {}
    for each in everything:
        levels.setdefault(_told(each), set()).add(each.level)
    found = ((each.where, each.words + _direction(each) * (len(levels[_told(each)]) > 1)) for each in changes)
    return tuple(dict.fromkeys(found))


def _told(change: ApiChange) -> tuple[str, str, str]:
    return change.scope, change.where, change.words


def _direction(change: ApiChange) -> str:
    return {"request": " (in requests)", "response": " (in answers)"}.get(change.rule.partition("-")[0], "")


def _place(origin: Origin | None) -> dict[str, str] | None:
    return None if origin is None else {"file": str(origin.path), "pointer": origin.pointer}
