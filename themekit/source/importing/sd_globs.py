"""Which files a Style Dictionary configuration names, in the order in which they are merged.

Source: styledictionary.com, "Configuration"; npm `glob`, "Glob Primer": names that begin with a dot are matched by a
dot only, and the files of each pattern are sorted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from themekit.source.importing.sd_groups import fits_groups, has_groups, parsed_groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Mark = TypeVar("Mark")
Each = TypeVar("Each")
MAX_PATTERN = 300
MAX_ALTERNATIVES = 64  # of braces: those within braces multiply
OF_GROUPS = 20  # times the work of a pattern without, mostly
STAR, ANY = "*any", "*one"  # marks of a pattern, which no character is
_MAGIC = re.compile(r"[*?\[\]{}!()]")
_BRACES = re.compile(r"\{([^{}]*)\}")


class UnreadableGlobError(ValueError):
    """A pattern that this module does not know; its text is the reason."""


def matching(pattern: str, names: Iterable[str]) -> list[str]:
    """The names that a pattern matches, sorted. Raises UnreadableGlobError."""
    wanted = alternatives(pattern)
    return sorted(name for name in names if any(_matches(each, name) for each in wanted))


def work_of(pattern: str) -> int:
    """How much it is to try a pattern on a name, beside one without choices and groups. Raises UnreadableGlobError."""
    return len(alternatives(pattern)) * (OF_GROUPS if has_groups(pattern) else 1)


def folder_of(pattern: str) -> PurePosixPath:
    """The folder below which all lies that a pattern without braces can match: its parts before the first `*`."""
    parts = PurePosixPath(pattern).parts
    magic = next((index for index, part in enumerate(parts) if _MAGIC.search(part)), len(parts) - 1)
    return PurePosixPath(*parts[:magic]) if magic > 0 else PurePosixPath()


def alternatives(pattern: str) -> list[str]:
    """The pattern without braces, once for each choice in them, and without `./` before it."""
    if len(pattern) > MAX_PATTERN:
        raise UnreadableGlobError(f"it is longer than {MAX_PATTERN} characters")
    if "\\" in pattern:
        raise UnreadableGlobError("a backslash is not read here: folders are parted by `/`")
    if pattern.startswith("!") and not pattern.startswith("!("):
        raise UnreadableGlobError("it excludes nothing, as Style Dictionary takes the `!` for a part of a name")
    done = _without_braces(pattern)
    for each in done:
        if each.startswith("/") or ".." in each.split("/") or re.match(r"[A-Za-z]:", each):
            raise UnreadableGlobError("it leads out of the folder of the configuration")
    found = [re.sub(r"(?:(?<=/)|^)(?:\./)+", "", each) for each in done]
    try:
        for part in (part for each in found for part in each.split("/") if has_groups(part)):
            parsed_groups(part)
    except ValueError as error:
        raise UnreadableGlobError(str(error)) from None
    return found


def _without_braces(pattern: str) -> list[str]:
    found, done = [pattern], []
    while found:
        each = found.pop(0)
        match = _BRACES.search(each)
        if match is None:
            done.append(each)
            continue
        if "," not in match.group(1):  # `{1..3}`
            raise UnreadableGlobError("braces hold a list with commas")
        found += [each[: match.start()] + choice + each[match.end() :] for choice in match.group(1).split(",")]
        if len(found) + len(done) > MAX_ALTERNATIVES:
            raise UnreadableGlobError(f"its braces make more than {MAX_ALTERNATIVES} patterns")
    return done


@dataclass(frozen=True, slots=True)
class _Class:
    """Characters in brackets: pairs of the first and the last of a range."""

    ranges: tuple[tuple[str, str], ...]
    is_negated: bool

    def has(self, char: str) -> bool:
        return any(first <= char <= last for first, last in self.ranges) != self.is_negated


def _matches(pattern: str, name: str) -> bool:
    """Two asterisks are any folders, none of which begins with a dot."""
    parts = tuple(part for part in pattern.split("/") if part)
    if parts[-1:] == ("**",):
        parts = (*parts, "*")  # a file, and not the folder itself
    return _fits(
        parts, tuple(name.split("/")), star="**", one=_part_matches, eats=lambda part: not part.startswith(".")
    )


def _part_matches(pattern: str, name: str) -> bool:
    if has_groups(pattern):
        return fits_groups(pattern, name, is_one=lambda mark, char: _is_char(_marks(mark)[0], char))
    marks = _marks(pattern)
    if name.startswith(".") and marks[0] != ".":
        return False
    return _fits(marks, tuple(name), star=STAR, one=_is_char, eats=lambda _: True)


def _fits(
    marks: Sequence[Mark],
    items: Sequence[Each],
    *,
    star: Mark,
    one: Callable[[Mark, Each], bool],
    eats: Callable[[Each], bool],
) -> bool:
    """Whether marks cover the items, a star any number of them. At most as many steps as marks times items.

    Only the last star has to be tried again: an earlier one that took more would only leave less for it.
    """
    at, done, last, taken = 0, 0, -1, 0
    while done < len(items):
        if at < len(marks) and marks[at] == star:
            last, taken = at, done
            at += 1
        elif at < len(marks) and one(marks[at], items[done]):
            at += 1
            done += 1
        elif last >= 0 and eats(items[taken]):
            taken += 1
            at, done = last + 1, taken
        else:
            return False
    return all(mark == star for mark in marks[at:])


def _is_char(mark: str | _Class, char: str) -> bool:
    return mark.has(char) if isinstance(mark, _Class) else mark in {ANY, char}


@lru_cache(256)
def _marks(part: str) -> tuple[str | _Class, ...]:
    return tuple(_each_mark(part))


def _each_mark(part: str) -> Iterator[str | _Class]:
    at = 0
    while at < len(part):
        char, end = part[at], part.find("]", at + 2)
        if char == "*":
            yield STAR
        elif char == "?":
            yield ANY
        elif char == "[" and end > 0:
            inner = part[at + 1 : end]
            is_negated = inner[0] in "!^"
            yield _Class(tuple(_ranges(inner[is_negated:])), is_negated)
            at = end
        else:
            yield char
        at += 1


def _ranges(inner: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(inner):
        is_range = inner[at + 1 : at + 2] == "-" and at + 2 < len(inner)
        yield inner[at], inner[at + 2] if is_range else inner[at]
        at += 3 if is_range else 1
