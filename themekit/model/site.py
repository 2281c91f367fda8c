"""A rendered site as literal chunks and slots: what is joined to make a brand's site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, cast

if TYPE_CHECKING:
    from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of input, read by the caller: the site's stages never touch the disk themselves."""

    path: PurePosixPath
    content: bytes


_SLOTS: dict[tuple[str, str], object] = {}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a brand's value: the field's dotted name, and the name of the escaping found there.

    Equal ones are one object: a site has tens of thousands of places and some forty slots, and whoever fills the places
    looks slots up by identity.
    """

    field: str
    escaping: str

    def __new__(cls, field: str, escaping: str) -> Self:
        """The slot there is, or a new one."""
        found = _SLOTS.get((field, escaping))
        if found is None:
            found = _SLOTS[field, escaping] = object.__new__(cls)
        return cast("Self", found)


@dataclass(frozen=True, slots=True)
class FileTemplate:
    """One file of the site. `parts` alternate freely; a static file is one literal."""

    path: PurePosixPath
    parts: tuple[bytes | Slot, ...]
    media_type: str

    @property
    def is_static(self) -> bool:
        """The same bytes for every brand of the variant."""
        return not any(isinstance(part, Slot) for part in self.parts)


@dataclass(frozen=True, slots=True)
class SiteTemplate:
    """All files of a site in path order. `plain` names those that must be rendered for each brand, and why."""

    files: tuple[FileTemplate, ...]
    plain: tuple[tuple[PurePosixPath, str], ...] = ()
