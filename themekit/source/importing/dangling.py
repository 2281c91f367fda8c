"""Tokens that follow, over others perhaps, what an import left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.source.importing.texts import is_alias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.json_value import JsonObject, JsonValue


def dangling(tokens: JsonObject) -> list[tuple[str, str]]:
    """The names of tokens to be left out, each with the one it follows. `tokens` are by name, without groups."""
    followers: dict[str, list[str]] = {}
    for name, token in tokens.items():
        for target in _targets(token):
            followers.setdefault(target, []).append(name)
    found: dict[str, str] = {}
    pending = [target for target in followers if target not in tokens]
    while pending:
        target = pending.pop()
        for name in followers.get(target, ()):
            if name not in found:
                found[name] = target
                pending.append(name)
    return [(name, found[name]) for name in tokens if name in found]


def _targets(value: JsonValue) -> Iterator[str]:
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, str) and is_alias(each):
            yield each[1:-1]
        elif isinstance(each, dict):
            pending.extend(value for key, value in each.items() if key != "css")
        elif isinstance(each, list):
            pending.extend(each)
