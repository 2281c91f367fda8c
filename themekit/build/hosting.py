"""Tasks that make what static hosts read: of the site's pages, and of what the brand says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import brand
from themekit.build.portal import plain_pages, site_template, variant
from themekit.build.shares import SHARES, site_share
from themekit.bundle.pieces import PackedFile, pack_files
from themekit.model import FileTemplate
from themekit.site.hosting import hosting_files
from themekit.site.hosting.demands import Demands, demands_of, joined
from themekit.site.stamp import SITE

if TYPE_CHECKING:
    from themekit.engine import Ask
    from themekit.model import Artifact, BrandId
    from themekit.site.variant import Variant


def packed_hosting(ask: Ask, brand_id: BrandId) -> tuple[PackedFile, ...]:
    """The files of `hosting`, deflated."""
    return pack_files(ask(hosting, brand_id))


def hosting(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """What tells hosts how to serve the brand's site, below hosting/ and site/; none if there is no site."""
    of, known = ask(variant, brand_id), ask(brand, brand_id)
    if of is None or known is None:
        return ()
    whose = brand_id if of.overlay else ""
    template = ask(site_template, of, whose)
    if template is None:
        return ()
    plain = tuple(path for path, _ in template.plain)
    own = ask(plain_pages, brand_id, of, plain) if plain else ()
    of_own = demands_of(FileTemplate(page.path, (page.content,), page.media_type) for page in own)
    demands = joined((*(ask(share_demands, of, whose, number) for number in range(SHARES)), of_own))
    files = hosting_files(known, demands, epoch_s=_epoch_s(ask.environment("SOURCE_DATE_EPOCH")))
    authored = {SITE / file.path for file in template.files}  # a project may have a `_headers` of its own
    return tuple(file for file in files if file.path not in authored)


def share_demands(ask: Ask, of: Variant, whose: str, number: int) -> Demands:
    """What the pages of one share demand."""
    return demands_of(ask(site_share, of, whose, number))


def _epoch_s(text: str | None) -> int | None:
    """The time, if it is one; what is wrong with it is told where bundles are written."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 10 else None
