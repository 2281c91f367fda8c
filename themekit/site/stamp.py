"""A brand's site: the variant's template with the brand's texts in its slots, joined."""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import Artifact, Slot
from themekit.site.escaping import apply_escaping
from themekit.site.fields import slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.media_types import media_type
from themekit.site.render import EPOCH_S, render_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from themekit.diagnostics import Diagnostic
    from themekit.model import Brand, FileTemplate, SiteTemplate, SourceFile
    from themekit.site.variant import Variant

SITE = PurePosixPath("site")
"""Where a brand's artifacts of this stage are."""
MANY_PATHS = 8192  # of a site of 2,000 pages


def stamp(template: SiteTemplate, brand: Brand) -> tuple[Artifact, ...]:
    """The brand's files, in path order, below `site/`; those of `template.plain` are not among them."""
    return stamp_fields(template, slot_fields(brand))


def stamp_fields(template: SiteTemplate, fields: Mapping[str, str]) -> tuple[Artifact, ...]:
    """The same from texts by field name. Raises KeyError if the template has a slot for a field that has no text."""
    stamper = Stamper(fields)
    return tuple(
        Artifact(_in_site(file.path), stamper.content(file), file.media_type, file.is_static) for file in template.files
    )


def stamp_when_asked(template: SiteTemplate, texts: tuple[tuple[str, str], ...]) -> tuple[Artifact, ...]:
    """The same; a file is joined when its content is asked for, and each time anew: a site is large, and few need it.

    A writer that knows a file by its origin does not ask.
    """
    stamping = Stamping(template, texts, Stamper(dict(texts)))
    return tuple(StampedArtifact(file, stamping) for file in template.files)


@dataclass(frozen=True, slots=True)
class Stamping:
    """One brand's texts for one template, which lives as long as the stamper needs it."""

    template: SiteTemplate
    texts: tuple[tuple[str, str], ...]
    stamper: Stamper


class StampedArtifact(Artifact):
    """A file of a brand's site that is joined when its content is asked for."""

    __slots__ = ("_file", "_stamping")
    _file: FileTemplate
    _stamping: Stamping

    def __init__(self, file: FileTemplate, stamping: Stamping) -> None:
        """`file` is one of the template of `stamping`."""
        own = {"path": _in_site(file.path), "media_type": file.media_type, "is_shared": file.is_static}
        for name, value in (*own.items(), ("_file", file), ("_stamping", stamping)):
            object.__setattr__(self, name, value)

    @property
    def content(self) -> bytes:
        """The file with the brand's texts in its slots."""
        return self._stamping.stamper.content(self._file)

    @property
    def origin(self) -> tuple[object, object] | None:
        """The file's template, and the texts."""
        return self._file, self._stamping.texts

    def made(self) -> Artifact:
        """An equal one that has its content; the one of a static file is its template's."""
        return self if self.is_shared else Artifact(self.path, self.content, self.media_type, self.is_shared)

    def __eq__(self, other: object) -> bool:
        """As of any artifact."""
        if not isinstance(other, Artifact):
            return NotImplemented
        return (self.path, self.content, self.media_type) == (other.path, other.content, other.media_type)

    def __hash__(self) -> int:
        """As of an equal artifact."""
        return hash((self.path, self.content, self.media_type))


class Stamper:
    """One brand's texts, to be put into any number of files.

    Escaped values are kept by the identity of their slots: hashing equal ones anew would cost more than the join
    itself. So each template must live as long as this.
    """

    def __init__(self, fields: Mapping[str, str]) -> None:
        """`fields` are the brand's texts by field name."""
        self._fields = fields
        self._by_id: dict[int, bytes] = {}
        self._by_slot: dict[Slot, bytes] = {}

    def value(self, slot: Slot) -> bytes:
        """The text for a slot, escaped. Raises KeyError if there is none."""
        value = self._by_slot.get(slot)
        if value is None:
            value = self._by_slot[slot] = apply_escaping(slot.escaping, self._fields[slot.field]).encode()
        self._by_id[id(slot)] = value
        return value

    def content(self, file: FileTemplate) -> bytes:
        """A file with the brand's texts in its slots."""
        parts = file.parts
        if len(parts) == 1 and isinstance(parts[0], bytes):
            return parts[0]
        known, of = self._by_id.get, self.value
        content = b"".join([part if isinstance(part, bytes) else known(id(part)) or of(part) for part in parts])
        return _zipped(content, file.path) if file.path.suffix == ".gz" else content


def render_plain_files(
    variant: Variant,
    brand: Brand,
    *,
    paths: Sequence[PurePosixPath],
    sources: Sequence[SourceFile],
    overlay: Sequence[SourceFile] = (),
    scratch: Path,
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """The files that cannot be stamped, from a render of this brand alone: right by definition, and slow."""
    inputs = SiteInputs(variant, slot_fields(brand), tuple(overlay))
    rendered = render_site(sources, inputs, scratch=scratch)
    artifacts = tuple(
        Artifact(SITE / path, rendered.files[path], media_type(path)) for path in paths if path in rendered.files
    )
    return artifacts, rendered.diagnostics


@lru_cache(maxsize=MANY_PATHS)
def _in_site(path: PurePosixPath) -> PurePosixPath:
    """The same object for each brand: it has its text and its hash then."""
    return SITE / path


def _zipped(content: bytes, path: PurePosixPath) -> bytes:
    """As mkdocs zips its sitemap: the file's name in the header, the renders' fixed time, level 9."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename=path.name, mode="wb", fileobj=buffer, mtime=EPOCH_S) as stream:
        stream.write(content)
    return buffer.getvalue()
