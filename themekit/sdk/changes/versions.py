"""Semantic versions: which one a change asks for, and whether one is large enough. Source: semver.org 2.0.0."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.api_change import Level

_VERSION = re.compile(r"v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Version:
    """A version without build metadata. `prerelease` holds the identifiers after the hyphen."""

    major: int
    minor: int
    patch: int
    prerelease: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Version | None:
        """The version, or None if the text is none. A `v` before it is Go's way to write one."""
        found = _VERSION.fullmatch(text)
        if found is None:
            return None
        names = tuple(found[4].split(".")) if found[4] else ()
        return None if "" in names else cls(int(found[1]), int(found[2]), int(found[3]), names)

    def __str__(self) -> str:
        """As semver.org writes it."""
        core = f"{self.major}.{self.minor}.{self.patch}"
        return f"{core}-{'.'.join(self.prerelease)}" if self.prerelease else core

    def __lt__(self, other: Version) -> bool:
        """The order of releases. Source: semver.org, section 11."""
        return self._key() < other._key()

    @property
    def core(self) -> tuple[int, int, int]:
        """Without the pre-release."""
        return self.major, self.minor, self.patch

    def _key(self) -> tuple[tuple[int, int, int], bool, tuple[tuple[bool, int, str], ...]]:
        names = tuple((not each.isdecimal(), int(each) if each.isdecimal() else 0, each) for each in self.prerelease)
        return self.core, not self.prerelease, names


def next_version(version: Version, level: Level | None) -> Version:
    """The smallest version after this one that says a change of this level; the same one for no change.

    Before 1.0.0 a break asks for a minor version, anything else for a patch (semver.org, section 4, as npm and Cargo
    read it). A pre-release has promised nothing yet: its last identifier counts on, or `1` is added.
    """
    if level is None:
        return version
    if version.prerelease:
        last = version.prerelease[-1]
        names = (*version.prerelease[:-1], str(int(last) + 1)) if last.isdecimal() else (*version.prerelease, "1")
        return Version(*version.core, names)
    if version.major == 0:
        level = "minor" if level == "major" else "patch"
    if level == "major":
        return Version(version.major + 1, 0, 0)
    if level == "minor":
        return Version(version.major, version.minor + 1, 0)
    return Version(version.major, version.minor, version.patch + 1)


def is_enough(old: Version, new: Version, *, level: Level | None) -> bool:
    """The new version may carry changes of this level. A pre-release of a large enough version is large enough."""
    if level is None:
        return new >= old
    if new <= old:
        return False
    needed = next_version(old, level)
    return old.prerelease != () or new.core >= needed.core


def newest(versions: Iterable[str]) -> str:
    """The version that who names none should get: the highest release, and a pre-release only if there is no other.

    What is no semantic version comes before all that are. Raises ValueError for no versions at all.
    """
    return max(versions, key=_preference)


def _preference(text: str) -> tuple[bool, bool, Version]:
    found = Version.parse(text)
    return found is not None, found is not None and not found.prerelease, found or Version(0, 0, 0)
