"""Bundles: every part of a brand in one zip, verified before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.build.brands import brand
from themekit.build.dist import Extras, Packed, write_bundle, write_patches, write_sums
from themekit.build.hosting import packed_hosting
from themekit.build.joining import SharedSite, shared_site, stamped_files
from themekit.build.outputs import Output, check_outputs
from themekit.build.packing import EXTRAS, Ingredients, ingredients, own_files, packed_plain, packed_share
from themekit.build.parts import PARTS
from themekit.build.portal import site_template
from themekit.build.prepare import Verdict, cache_diagnostics, prepare
from themekit.build.shares import SHARES
from themekit.build.tidying import tidy
from themekit.build.write import clear_unfinished
from themekit.bundle.pieces import joined_site
from themekit.model import Artifact, BrandId
from themekit.site.fields import slot_fields
from themekit.site.stamp import Stamper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.prepare import Tell
    from themekit.build.project import Project
    from themekit.build.shard import Shard
    from themekit.bundle.pieces import PackedFile
    from themekit.diagnostics import Diagnostic

LATEST_S = 4_354_819_199  # the end of 2107, the last year a zip can hold


class InvalidEpochError(ValueError):
    """The environment variable SOURCE_DATE_EPOCH cannot be the time of a bundle."""


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What packaging did. Besides zips, `bundles` has tars and patches."""

    bundles: tuple[Packed, ...]
    failed: tuple[BrandId, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Shelf:
    """What one bundle leaves for the next: the site, if that is of the same variant, and what was checked of it."""

    made: Ingredients | None = None
    site: SharedSite = field(default_factory=SharedSite)
    paths: tuple[str, ...] = ()
    turn: int = 0


def package(
    project: Project,
    brands: Sequence[BrandId],
    *,
    jobs: int | None,
    tell: Tell,
    shard: Shard | None = None,
    extras: Extras = Extras(),  # noqa: B008  # frozen
) -> PackageReport:
    """Write one verified bundle a brand to build/dist, and SHA256SUMS of all that is there, or of a shard its own.

    What bundles share is held once, and one bundle at a time, so memory does not grow with the number of brands.
    """
    epoch_s = _epoch_s(project)
    prepared = prepare(project, brands, parts=tuple(PARTS), jobs=jobs, tell=tell, own=own_files)
    tasks = (ingredients, *(EXTRAS[name] for name in extras.include))
    verdict = Verdict.on(project, brands, tasks=tasks, lost=prepared.lost)
    clear_unfinished(project.dist, cache=project.cache)
    shelf, packed = _Shelf(), dict[BrandId, tuple[Packed, ...]]()
    for brand_id, made in _by_variant(project, [brand_id for brand_id in brands if verdict.is_good(brand_id)]):
        tell(f"packaging {brand_id}")
        files, is_new = _files(project, brand_id, made, shelf)
        files += (file for name in extras.include for file in project.engine.get(EXTRAS[name], brand_id))
        if verdict.refuse(brand_id, _path_faults(files, shelf)):
            continue
        packed[brand_id] = write_bundle(
            project, brand_id, files=files, extras=extras, epoch_s=epoch_s, is_new=is_new or bool(extras.include)
        )
    in_order = [each for brand_id in brands for each in packed.get(brand_id, ())]
    patches, unmade = write_patches(project, in_order, extras=extras)
    in_order += patches
    write_sums(project, in_order, shard=shard)
    tidy(project)
    found = (*verdict.diagnostics, *unmade, *prepared.diagnostics, *cache_diagnostics(project))
    return PackageReport(tuple(in_order), tuple(verdict.failed), found)


def _by_variant(project: Project, brands: Sequence[BrandId]) -> list[tuple[BrandId, Ingredients]]:
    """The brands with what their bundles are made of, those of one variant next to one another."""
    found = [(brand_id, project.engine.get(ingredients, brand_id)) for brand_id in brands]
    places: dict[Ingredients, int] = {}
    known = [(brand_id, made) for brand_id, made in found if made is not None]
    for _, made in known:
        places.setdefault(made, len(places))
    return sorted(known, key=lambda each: places[each[1]])


def _files(project: Project, brand_id: BrandId, made: Ingredients, shelf: _Shelf) -> tuple[list[PackedFile], bool]:
    """Every file of the brand, ready to be put into its bundle; and whether its variant is a new one in this run."""
    engine = project.engine
    is_new = made != shelf.made
    if is_new:
        shelf.made, shelf.site = made, _site(project, made)
    known = engine.get(brand, brand_id)
    assert known is not None  # noqa: S101  # else it has no ingredients
    shelf.turn += 1
    stamped = stamped_files(shelf.site, Stamper(slot_fields(known)), turn=shelf.turn)
    plain = engine.get(packed_plain, brand_id, made.of, made.plain) if made.plain else ()
    return [
        *engine.get(own_files, brand_id),
        *engine.get(packed_hosting, brand_id),
        *shelf.site.files,
        *stamped,
        *plain,
    ], is_new


def _site(project: Project, made: Ingredients) -> SharedSite:
    template = project.engine.get(site_template, made.of, made.whose)
    assert template is not None  # noqa: S101  # as above
    shares = (project.engine.get(packed_share, made.of, made.whose, number) for number in range(SHARES))
    return shared_site(joined_site(shares), template)


def _path_faults(files: Sequence[PackedFile], shelf: _Shelf) -> tuple[Diagnostic, ...]:
    """What is wrong with the paths; looked at once for brands that have the same."""
    paths = tuple(file.member.header.path for file in files)
    if paths == shelf.paths:
        return ()
    nothing = tuple(Artifact(file.entry.path, b"", file.entry.media_type) for file in files)
    faults = check_outputs([Output("the bundle", nothing)])
    shelf.paths = () if faults else paths
    return faults


def _epoch_s(project: Project) -> int:
    """SOURCE_DATE_EPOCH, or 0 where it is not set. Source: reproducible-builds.org."""
    text = project.host.environment("SOURCE_DATE_EPOCH") or "0"
    if not (text.isascii() and text.isdigit() and int(text) <= LATEST_S):
        raise InvalidEpochError(f"SOURCE_DATE_EPOCH is `{text[:40]}`, not a number of seconds up to {LATEST_S}")
    return int(text)
