"""What is written to build/dist: a brand's bundle, its other forms, what vouches for them, and the list of sums."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import themekit
from themekit.build.bill import components_of
from themekit.build.brands import brand
from themekit.build.files import names_in
from themekit.build.lock import locked
from themekit.build.packing import EXTRAS, ingredients
from themekit.build.signing import Made, remove_stale, sign
from themekit.build.write import write_file
from themekit.bundle import SUMS_NAME, Tool, package_brand, sums_text, verify_bundle
from themekit.bundle.names import LISTED, PATCH, TAPE, ZIP
from themekit.bundle.patch import BAD_PATCH, make_patch
from themekit.bundle.tape_form import tape_of
from themekit.diagnostics import Reporter
from themekit.engine.encoding import digest
from themekit.model import BrandId, Origin
from themekit.render import skia_svg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.build.shard import Shard
    from themekit.build.signing import Signing
    from themekit.bundle.pieces import PackedFile
    from themekit.diagnostics import Diagnostic
    from themekit.engine.trace import Read

TOOLS = ("fonttools", "libsass", "mkdocs", "mkdocs-material", "pillow", "pygments", "pymdown-extensions", "resvg-py")
"""Distributions whose versions a bundle names, besides themekit itself and zlib-ng."""
MAX_OLD_BYTES = 1024**3


@dataclass(frozen=True, slots=True)
class Extras:
    """What is asked for besides a zip: parts to include, a tar, patches from old bundles, signatures."""

    include: tuple[str, ...] = ()
    has_tape: bool = False
    old: tuple[Path, ...] = ()
    signing: Signing | None = None

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Those that change bytes, for the provenance."""
        return (("include", ",".join(self.include)),) if self.include else ()


@dataclass(frozen=True, slots=True)
class Packed:
    """A file that was written for a brand. `size` is in bytes."""

    brand_id: BrandId
    path: Path
    sha256: str
    size: int


def write_bundle(
    project: Project, brand_id: BrandId, *, files: Sequence[PackedFile], extras: Extras, epoch_s: int, is_new: bool
) -> tuple[Packed, ...]:
    """Write the brand's zip, its tar if asked for, and sign both; verify it in full if it is a `is_new` variant's."""
    known = project.engine.get(brand, brand_id)
    assert known is not None  # noqa: S101  # else it has no ingredients
    reads = _reads(project, brand_id, extras)
    components = components_of(file.member.header.path for file in files)
    bundle, manifest = package_brand(
        files, brand=known, inputs=_inputs_digest(reads), tools=_tools(), epoch_s=epoch_s, components=components
    )
    if is_new:
        _, faults = verify_bundle(bundle.content, expected_brand=brand_id)
        if faults:
            raise AssertionError(f"the bundle of {brand_id} fails its own verification: {faults}")
    made = Made(manifest, reads, extras.options, epoch_s)
    contents = {bundle.path.name: bundle.content}
    if extras.has_tape:
        contents[f"{bundle.path.name.removesuffix(ZIP)}{TAPE}"] = tape_of(bundle.content)
    return tuple(
        _put(project, project.dist / name, content, made=made, extras=extras) for name, content in contents.items()
    )


def write_patches(
    project: Project, packed: Sequence[Packed], *, extras: Extras
) -> tuple[list[Packed], list[Diagnostic]]:
    """Patches from old bundles to those just written, each from its brand's; what cannot be made is told."""
    report = Reporter()
    written: list[Packed] = []
    for old in _old_bundles(extras.old):
        place = Origin(PurePosixPath(old.as_posix()), "")
        content = old.read_bytes() if old.stat().st_size <= MAX_OLD_BYTES else b""
        verification, faults = verify_bundle(content)
        if faults or verification.manifest is None:
            report(BAD_PATCH, place, "the old bundle is not whole", hint="`themekit verify` says what is wrong with it")
            continue
        of = verification.manifest.brand
        new = next((each for each in packed if each.brand_id == of.id and each.path.name.endswith(ZIP)), None)
        if new is None:
            if old in extras.old:
                report(BAD_PATCH, place, f"no bundle of `{of.id}`, the old bundle's brand, was packaged")
            continue
        patch, found = make_patch(content, new.path.read_bytes())
        report.found += found
        if patch:
            version_of = new.path.name.removeprefix(f"{of.id}-").removesuffix(ZIP)
            path = project.dist / f"{of.id}-{of.version}-to-{version_of}{PATCH}"
            write_file(path, patch, cache=project.cache)
            written.append(Packed(new.brand_id, path, hashlib.sha256(patch).hexdigest(), len(patch)))
    return written, report.found


def write_sums(project: Project, packed: Iterable[Packed], *, shard: Shard | None) -> None:
    """The sums of the bundles just made, and, but for a shard, of those of other brands that are there already."""
    digests = {bundle.path.name: bundle.sha256 for bundle in packed}
    if shard is not None:
        path = project.dist / f"{SUMS_NAME}.{shard.suffix}"
        write_file(path, sums_text(digests).encode(), cache=project.cache)
        return
    with locked(project.cache, "dist-sums"):  # who looks first and writes last would undo another's line
        for name in names_in(project.dist):
            if name.endswith(LISTED) and not name.startswith(".") and name not in digests:
                digests[name] = hashlib.sha256((project.dist / name).read_bytes()).hexdigest()
        if digests:
            write_file(project.dist / SUMS_NAME, sums_text(digests).encode(), cache=project.cache)


def _put(project: Project, path: Path, content: bytes, *, made: Made, extras: Extras) -> Packed:
    if write_file(path, content, cache=project.cache) and extras.signing is None:
        remove_stale(path)
    if extras.signing is not None:
        sign(path, content, made=made, signing=extras.signing, cache=project.cache)
    return Packed(BrandId(made.manifest.brand.id), path, hashlib.sha256(content).hexdigest(), len(content))


def _old_bundles(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and the zips in folders named."""
    for path in paths:
        if path.is_dir():
            yield from (path / name for name in names_in(path) if name.endswith(ZIP) and not name.startswith("."))
        else:
            yield path


def _reads(project: Project, brand_id: BrandId, extras: Extras) -> tuple[Read, ...]:
    """Every file, folder and variable that the bundle is made from."""
    engine = project.engine
    tasks = (ingredients, *(EXTRAS[name] for name in extras.include))
    return engine.reads_below(*(engine.question(task, brand_id) for task in tasks))


def _inputs_digest(reads: tuple[Read, ...]) -> str:
    """SHA-256 of all that was read, with the digests."""
    return digest(tuple(sorted((read.kind.value, read.name, read.digest) for read in reads)))


@cache
def _tools() -> tuple[Tool, ...]:
    named = [*TOOLS, "zlib-ng"]
    if skia_svg.is_there():  # not only installed: without libGL it draws nothing
        named.insert(-1, skia_svg.DISTRIBUTION)
    return (Tool("themekit", themekit.__version__), *(Tool(name, version(name)) for name in named))
