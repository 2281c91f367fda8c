"""A rendered site as literal chunks and slots: what is joined to make a brand's site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of input, read by the caller: the site's stages never touch the disk themselves."""

    path: PurePosixPath
    content: bytes


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a brand's value: the field's dotted name, and the name of the escaping found there."""

    field: str
    escaping: str


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
