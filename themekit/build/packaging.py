"""Bundles: every part of a brand in one zip, verified before it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

import themekit
from themekit.build.brands import brand
from themekit.build.files import names_in
from themekit.build.joining import SharedSite, shared_site, stamped_files
from themekit.build.lock import locked
from themekit.build.outputs import Output, check_outputs
from themekit.build.packing import SHARES, Ingredients, ingredients, own_files, packed_plain, packed_share
from themekit.build.parts import PARTS
from themekit.build.portal import site_template
from themekit.build.prepare import Verdict, cache_diagnostics, prepare
from themekit.build.tidying import tidy
from themekit.build.write import clear_unfinished, write_file
from themekit.bundle import SUMS_NAME, Tool, package_brand, sums_text, verify_bundle
from themekit.bundle.pieces import joined_site
from themekit.engine.encoding import digest
from themekit.model import Artifact, BrandId
from themekit.site.fields import slot_fields
from themekit.site.stamp import Stamper

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from themekit.build.prepare import Tell
    from themekit.build.project import Project
    from themekit.build.shard import Shard
    from themekit.bundle.pieces import PackedFile
    from themekit.diagnostics import Diagnostic

LATEST_S = 4_354_819_199  # the end of 2107, the last year a zip can hold


class InvalidEpochError(ValueError):
    """The environment variable SOURCE_DATE_EPOCH cannot be the time of a bundle."""


TOOLS = ("fonttools", "libsass", "mkdocs", "mkdocs-material", "pillow", "pygments", "pymdown-extensions", "resvg-py")
"""Distributions whose versions a bundle names, besides themekit itself and zlib-ng."""


@dataclass(frozen=True, slots=True)
class Packed:
    """A bundle that was written. `size` is in bytes."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What packaging did."""

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
    project: Project, brands: Sequence[BrandId], *, jobs: int | None, tell: Tell, shard: Shard | None = None
) -> PackageReport:
    """Write one verified bundle a brand to build/dist, and SHA256SUMS of all that is there, or of a shard its own.

    What bundles share is held once, and one bundle at a time, so memory does not grow with the number of brands.
    """
    epoch_s = _epoch_s(project)
    prepared = prepare(project, brands, parts=tuple(PARTS), jobs=jobs, tell=tell, own=own_files)
    verdict = Verdict.on(project, brands, tasks=[ingredients], lost=prepared.lost)
    clear_unfinished(project.dist, cache=project.cache)
    shelf, packed = _Shelf(), dict[BrandId, Packed]()
    for brand_id, made in _by_variant(project, [brand_id for brand_id in brands if verdict.is_good(brand_id)]):
        tell(f"packaging {brand_id}")
        files, is_new = _files(project, brand_id, made, shelf)
        if verdict.refuse(brand_id, _path_faults(files, shelf)):
            continue
        packed[brand_id] = _write(project, brand_id, files, epoch_s=epoch_s, is_new=is_new)
    _write_sums(project, packed.values(), shard)
    tidy(project)
    in_order = tuple(packed[brand_id] for brand_id in brands if brand_id in packed)
    found = (*verdict.diagnostics, *prepared.diagnostics, *cache_diagnostics(project))
    return PackageReport(in_order, tuple(verdict.failed), found)


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
    return [*engine.get(own_files, brand_id), *shelf.site.files, *stamped, *plain], is_new


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


def _write(project: Project, brand_id: BrandId, files: Sequence[PackedFile], *, epoch_s: int, is_new: bool) -> Packed:
    known = project.engine.get(brand, brand_id)
    assert known is not None  # noqa: S101  # as above
    inputs = _inputs_digest(project, brand_id)
    bundle = package_brand(files, brand=known, inputs=inputs, tools=_tools(), epoch_s=epoch_s)
    if is_new:
        _, faults = verify_bundle(bundle.content, expected_brand=brand_id)
        if faults:
            raise AssertionError(f"the bundle of {brand_id} fails its own verification: {faults}")
    path = project.dist / bundle.path
    write_file(path, bundle.content, cache=project.cache)
    return Packed(path, hashlib.sha256(bundle.content).hexdigest(), len(bundle.content))


def _inputs_digest(project: Project, brand_id: BrandId) -> str:
    """SHA-256 of every file, folder and variable that the bundle is made from, with their digests."""
    engine = project.engine
    read = sorted((leaf.kind.value, leaf.name, engine.observe(leaf)) for leaf in engine.leaves(ingredients, brand_id))
    return digest(tuple(read))


@cache
def _tools() -> tuple[Tool, ...]:
    named = (*TOOLS, "zlib-ng")
    return (Tool("themekit", themekit.__version__), *(Tool(name, version(name)) for name in named))


def _epoch_s(project: Project) -> int:
    """SOURCE_DATE_EPOCH, or 0 where it is not set. Source: reproducible-builds.org."""
    text = project.host.environment("SOURCE_DATE_EPOCH") or "0"
    if not (text.isascii() and text.isdigit() and int(text) <= LATEST_S):
        raise InvalidEpochError(f"SOURCE_DATE_EPOCH is `{text[:40]}`, not a number of seconds up to {LATEST_S}")
    return int(text)


def _write_sums(project: Project, packed: Iterable[Packed], shard: Shard | None) -> None:
    """The sums of the bundles just made, and, but for a shard, of those of other brands that are there already."""
    digests = {bundle.path.name: bundle.sha256 for bundle in packed}
    if shard is not None:
        path = project.dist / f"{SUMS_NAME}.{shard.suffix}"
        write_file(path, sums_text(digests).encode(), cache=project.cache)
        return
    with locked(project.cache, "dist-sums"):  # who looks first and writes last would undo another's line
        for name in names_in(project.dist):
            if name.endswith(".zip") and not name.startswith(".") and name not in digests:
                digests[name] = hashlib.sha256((project.dist / name).read_bytes()).hexdigest()
        if digests:
            write_file(project.dist / SUMS_NAME, sums_text(digests).encode(), cache=project.cache)
