"""Two lists of an SDK's public names to what changed for programs that were written against it.

A line is a key and a signature; the key is what stands before the first `(`, `:` or ` = `. What is gone is a break. A
signature may grow by parameters that can be left out; any other change of it is a break, and so is a new line that ends
with ` required`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.model.api_change import ApiChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.model.api_change import Level

_KEY = re.compile(r"(.*?)(?=\(|:| = |$)")
_OPENING, _CLOSING = "([{<", ")]}>"
REQUIRED = " required"
_ABSENT = (" | undefined", " | None")  # as types say of a member that an answer may lack: one that it never lacks fits
_PARAMETER = re.compile(r"(?P<name>[\w.]+)\??: (?P<type>.+?)(?: = .*)?")


def surface_changes(old: Sequence[str], new: Sequence[str], *, language: str) -> tuple[ApiChange, ...]:
    """What is gone, what changed and what is new, each in the order of its list."""
    before, after = _by_key(old), _by_key(new)
    found = []

    def report(rule: str, level: Level, key: str, words: str) -> None:
        found.append(ApiChange(rule, level, language, key, words))

    for key in before:
        if key not in after:
            report("name-removed", "major", key, "is gone")
    for key, lines in after.items():
        if key not in before:
            is_required = any(line.endswith(REQUIRED) for line in lines)
            words = "is new, and required" if is_required else "is new"
            report("name-added", "major" if is_required else "minor", key, words)
        elif before[key] != lines:
            is_kept = all(any(_is_compatible(line, other) for other in lines) for line in before[key])
            rule = "signature-extended" if is_kept else "signature-changed"
            words = _of_arguments(before[key], lines) or f"was `{_shown(before[key])}`, is `{_shown(lines)}`"
            report(rule, "minor" if is_kept else "major", key, words)
    return tuple(found)


def _by_key(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Several lines may have one key: overloads."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        key = _key(line)
        found[key] = (*found.get(key, ()), line)
    return found


def _key(line: str) -> str:
    found = _KEY.match(line)
    return (found[1] if found else line).strip()


def _shown(lines: Sequence[str]) -> str:
    return "; ".join(line.removeprefix(_key(line)).strip() or line for line in lines).replace("`", "'")


def _of_arguments(old: Sequence[str], new: Sequence[str]) -> str:
    """What became of arguments that are given by name, one by one; "" where more than these changed."""
    before, after = (_taken_apart(lines[0]) if len(lines) == 1 else None for lines in (old, new))
    if before is None or after is None or before[1] != after[1] or not all("*" in each[0] for each in (before, after)):
        return ""
    (placed, was), (others, now) = _by_name(before[0]), _by_name(after[0])
    if placed != others:
        return ""
    told = [f"the argument `{name}` is gone" for name in was if name not in now]
    told += [f"the argument `{_plain(part)}` is new" for name, part in now.items() if name not in was]
    told += [
        f"the argument `{_plain(was[name])}` is `{_plain(part)}`"
        for name, part in now.items()
        if was.get(name, part) != part
    ]
    return "; ".join(told)


def _by_name(parameters: Sequence[str]) -> tuple[Sequence[str], dict[str, str]]:
    """Parameters with a place, before the `*`, and those that have names only."""
    end = parameters.index("*")
    return parameters[:end], {part.partition(":")[0].strip(): part for part in parameters[end + 1 :]}


def _plain(part: str) -> str:
    return part.replace("`", "'")


def _is_compatible(old: str, new: str) -> bool:
    """A program that fitted the old line fits the new one, and gets the same."""
    if old == new or old.removesuffix(REQUIRED) == new:
        return True
    before, after = _taken_apart(old), _taken_apart(new)
    if before is None or after is None:
        return before is after and any(old == new + absent for absent in _ABSENT)
    if before[1] != after[1]:
        return False
    rest = list(after[0])
    for parameter in before[0]:
        found = next((index for index, other in enumerate(rest) if _fits(parameter, other)), None)
        if found is None:
            return False
        skipped = rest[:found]  # what comes before a parameter must not move it to another place
        if skipped and not ("*" in before[0] and all(map(_is_optional, skipped))):
            return False
        rest = rest[found + 1 :]
    return all(_is_optional(parameter) for parameter in rest)


def _fits(old: str, new: str) -> bool:
    """What was given for the old parameter can be given for the new one."""
    if old == new:
        return True
    before, after = _PARAMETER.fullmatch(old), _PARAMETER.fullmatch(new)
    if before is None or after is None or before["name"] != after["name"]:
        return False
    was, now = (set(each["type"].split(" | ")) for each in (before, after))
    return was <= now and (_is_optional(new) or not _is_optional(old))


def _is_optional(parameter: str) -> bool:
    return "=" in parameter or "?:" in parameter or parameter == "*"


def _taken_apart(line: str) -> tuple[list[str], str] | None:
    """The parameters, and what follows them; None for a line without."""
    start = line.find("(")
    if start < 0:
        return None
    depth, begun, parts = 0, start + 1, list[str]()
    for index, character in enumerate(line[start:], start):
        is_arrow = character == ">" and line[index - 1] in "-="
        depth += (character in _OPENING) - (character in _CLOSING and not is_arrow)
        if depth == 0 or (depth == 1 and character == ","):
            parts.append(line[begun:index].strip())
            begun = index + 1
        if depth == 0:
            return [part for part in parts if part], line[begun:]
    return None
