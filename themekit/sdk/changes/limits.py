"""Two lists of constraints to what changed.

A narrower one refuses requests that were taken; a wider one lets answers hold what they never held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model.api_change import Level

Direction = Literal["request", "response"]
"""Who writes the value: the caller, or the API."""

_LOWER = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_UPPER = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})


def limit_changes(
    old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]], *, direction: Direction
) -> Iterator[tuple[str, Level, str]]:
    """Rule, level and words of each constraint that differs.

    A narrower one is felt in requests, a wider one in answers. One that is neither (`pattern`) is both.
    """
    before, after = dict(old), dict(new)
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was == now:
            continue
        moved = _moved(name, was, now)
        is_felt = moved in {"both", "narrower" if direction == "request" else "wider"}
        level: Level = "major" if is_felt else "minor" if direction == "request" else "patch"
        yield f"{direction}-limit-{'changed' if moved == 'both' else moved}", level, _words(name, was, now)


def _moved(name: str, was: str | None, now: str | None) -> Literal["narrower", "wider", "both"]:
    if was is None:
        return "narrower"
    if now is None:
        return "wider"
    one, other = _number(was), _number(now)
    if name in _LOWER and one is not None and other is not None:
        return "narrower" if other > one else "wider"
    if name in _UPPER and one is not None and other is not None:
        return "narrower" if other < one else "wider"
    if name == "multipleOf" and one and other:
        return "wider" if one % other == 0 else "narrower" if other % one == 0 else "both"
    if name == "uniqueItems":
        return "narrower" if now == "true" else "wider"
    return "both"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _words(name: str, was: str | None, now: str | None) -> str:
    if was is None:
        return f"`{name}` is now `{now}`, and was not limited"
    return f"`{name}` was `{was}` and is not limited any more" if now is None else f"`{name}` was `{was}`, is `{now}`"
