"""A brand's further JSON files as the Studio reads them: only those that its build reads, and no large ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.engine import UnreadableInput
from themekit.source.json_text import MAX_BYTES, decoded_text, read_json
from themekit.studio.brand_sources import brand_sources, readers_of
from themekit.studio.serving.answers import version_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from themekit.build.project import Project
    from themekit.engine import Engine
    from themekit.model import BrandId

    Readers = Mapping[PurePosixPath, tuple[BrandId, ...]]

MAX_TOTAL_BYTES = 8 << 20  # of all files of a brand: they are read again after each save
TOO_LARGE = f"it has more than {MAX_BYTES >> 20} MiB: edit it in an editor of your own"
TOO_MANY = "the brand's files are too many or too large: edit it in an editor of your own"
LINK = "it is a link to another file: edit that one"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file; `content` is what it has, and `refusal` says why it is not edited here, "" if it is."""

    path: PurePosixPath
    content: bytes = field(repr=False)
    readers: tuple[BrandId, ...]
    refusal: str = ""

    def as_json(self) -> dict[str, object]:
        """Text and value only of a file that is edited here; the value is null of what is no JSON."""
        known: dict[str, object] = {
            "path": str(self.path),
            "version": version_of(self.content),
            "readers": list(self.readers),
            "refusal": self.refusal,
        }
        if self.refusal:
            return {**known, "text": None, "value": None}
        document, _ = read_json(self.path, self.content)
        value = None if document is None else document.value
        return {**known, "text": decoded_text(self.content), "value": value}


def known_sources(engine: Engine, brand_id: BrandId) -> Readers:
    """The brand's further files, each with the brands that are made of it, too."""
    return readers_of(engine, brand_sources(engine, brand_id))


def read_sources(project: Project, known: Readers) -> tuple[SourceText, ...]:
    """Those that are there, as they are on the disk now. Where readers are not asked for, none are given."""
    found: list[SourceText] = []
    total = 0
    for path, readers in known.items():
        try:
            content = project.host.read(path)
        except UnreadableInput as error:
            found.append(SourceText(path, b"", readers, f"it cannot be read: {error.reason}"))
            continue
        if content is None:
            continue
        total += len(content)
        refusal = TOO_LARGE if len(content) > MAX_BYTES else TOO_MANY if total > MAX_TOTAL_BYTES else ""
        if not refusal and (project.root / path).is_symlink():
            refusal = LINK
        found.append(SourceText(path, content, readers, refusal))
    return tuple(found)
