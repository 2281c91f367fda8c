"""A brand's pages as members of its bundle: the variant's pieces and the brand's texts, joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.bundle.pieces import pack_page, pack_zones, page_literals, require_content
from themekit.site.stamp import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.bundle.pieces import PackedFile, PackedPage, PackedSite
    from themekit.model import FileTemplate, SiteTemplate, Slot
    from themekit.site.stamp import Stamper

CHECKED_PAGES = 16
"""One page in so many is unpacked again in each bundle, others in the next: a sixteenth of 35 ms for a site of 150."""


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A page with its template; `content` has its long literals, and numbers of zones, in order."""

    packed: PackedPage
    template: FileTemplate
    content: tuple[bytes | int, ...]


@dataclass(frozen=True, slots=True)
class SharedSite:
    """What the brands of a variant share, at hand for one after another. Zones have numbers of `slots`."""

    files: tuple[PackedFile, ...] = ()
    pages: tuple[SharedPage, ...] = ()
    zones: tuple[tuple[bytes | int, ...], ...] = ()
    slots: tuple[Slot, ...] = ()


def shared_site(packed: PackedSite, template: SiteTemplate) -> SharedSite:
    """The packed site together with the template it was packed from."""
    by_path = {SITE / file.path: file for file in template.files}
    pages = []
    for page in packed.pages:
        literals = iter(page_literals(by_path[page.path]))
        content = tuple(next(literals) if isinstance(piece, bytes) else piece for piece in page.pieces)
        pages.append(SharedPage(page, by_path[page.path], content))
    numbers: dict[Slot, int] = {}
    zones = tuple(
        tuple(part if isinstance(part, bytes) else numbers.setdefault(part, len(numbers)) for part in zone)
        for zone in packed.zones
    )
    return SharedSite(packed.files, tuple(pages), zones, tuple(numbers))


def stamped_files(site: SharedSite, stamper: Stamper, *, turn: int = 0) -> Iterator[PackedFile]:
    """The brand's pages, one at a time.

    One in CHECKED_PAGES, others in each turn, is made a second time in the plain way, and its member unpacked; an
    AssertionError says that the two differ.
    """
    values = [stamper.value(slot) for slot in site.slots]
    texts = [b"".join([part if isinstance(part, bytes) else values[part] for part in zone]) for zone in site.zones]
    zones = pack_zones(texts)
    for place, page in enumerate(site.pages):
        if page.content:
            content = b"".join([part if isinstance(part, bytes) else texts[part] for part in page.content])
        else:
            content = stamper.content(page.template)
        file = pack_page(page.packed, content, zones=zones)
        if (place + turn) % CHECKED_PAGES == 0:
            require_content(file, stamper.content(page.template))
        yield file
