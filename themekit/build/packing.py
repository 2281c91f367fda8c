"""Tasks that deflate what bundles are made of, so that each file and each piece of a page is deflated once.

A site is packed in shares, by the paths of its files: an edit of one page packs one share anew, and the search index's.
What a brand's texts fill in is no task: it is a join, made when the bundle is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.hosting import packed_hosting
from themekit.build.packages import packages
from themekit.build.pictures import assets
from themekit.build.portal import brand_files, plain_pages, site_template, variant
from themekit.build.sdk import sdk
from themekit.build.shares import site_share
from themekit.build.theme import theme
from themekit.bundle.pieces import PackedFile, PackedSite, pack_files, pack_site
from themekit.engine import heavy
from themekit.model import Artifact
from themekit.site.stamp import SITE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import BrandId
    from themekit.site.variant import Variant


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a brand's bundle is made of, besides its own files: the arguments of the tasks that make it."""

    of: Variant
    whose: str
    plain: tuple[PurePosixPath, ...]


def ingredients(ask: Ask, brand_id: BrandId) -> Ingredients | None:
    """Asks for all of it; None if a part cannot be made, with the reasons reported."""
    of = ask(variant, brand_id)
    if of is None:
        return None
    whose = brand_id if of.overlay else ""
    template, own = ask(site_template, of, whose), ask(own_files, brand_id)  # both, for all mistakes in one run
    if template is None or not own:
        return None
    plain = tuple(path for path, _ in template.plain)
    if plain:
        ask(packed_plain, brand_id, of, plain)
    ask(packed_hosting, brand_id)
    return Ingredients(of, whose, plain)


def own_files(ask: Ask, brand_id: BrandId) -> tuple[PackedFile, ...]:
    """The brand's theme and assets, and their copies in the site; none if the brand has an error."""
    below_site = (Artifact(SITE / file.path, file.content, file.media_type) for file in ask(brand_files, brand_id))
    return pack_files((*ask(theme, brand_id), *ask(assets, brand_id), *below_site))


def packed_plain(ask: Ask, brand_id: BrandId, of: Variant, paths: tuple[PurePosixPath, ...]) -> tuple[PackedFile, ...]:
    """The pages that were rendered for this brand alone."""
    return pack_files(ask(plain_pages, brand_id, of, paths))


def packed_sdk(ask: Ask, brand_id: BrandId) -> tuple[PackedFile, ...]:
    """The sources of the brand's SDKs."""
    return pack_files(file.made() for file in ask(sdk, brand_id))


def packed_packages(ask: Ask, brand_id: BrandId) -> tuple[PackedFile, ...]:
    """The static registries, in the site: their documents say that packages are at `<site>/packages/`."""
    files = (file.made() for file in ask(packages, brand_id))
    return pack_files(Artifact(SITE / file.path, file.content, file.media_type) for file in files)


EXTRAS: dict[str, Callable[[Ask, BrandId], tuple[PackedFile, ...]]] = {"sdk": packed_sdk, "packages": packed_packages}
"""What a bundle holds only when asked, by the name of the part."""


@heavy
def packed_share(ask: Ask, of: Variant, whose: str, number: int) -> PackedSite:
    """The same, packed."""
    return pack_site(ask(site_share, of, whose, number), folder=SITE)
