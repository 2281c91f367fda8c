"""Bundles: every part of a brand in one zip, verified before it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

import themekit
from themekit.build.brands import brand
from themekit.build.parts import PARTS
from themekit.build.prepare import cache_diagnostics, judged, outputs_of, prepare
from themekit.build.write import write_file
from themekit.bundle import SUMS_NAME, Tool, package_brand, sums_text, verify_bundle
from themekit.engine import Kind
from themekit.engine.encoding import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from themekit.build.prepare import Tell
    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId

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


def package(project: Project, brands: Sequence[BrandId], *, jobs: int | None, tell: Tell) -> PackageReport:
    """Write one verified bundle a brand to build/dist, and SHA256SUMS of all that is there."""
    parts, epoch_s = tuple(PARTS), _epoch_s(project)
    lost = prepare(project, brands, parts=parts, jobs=jobs, tell=tell)
    diagnostics, failed = judged(project, brands, parts=parts, lost=lost)
    packed: list[Packed] = []
    for brand_id in brands:
        known = project.engine.get(brand, brand_id)
        if brand_id in failed or known is None:
            continue
        tell(f"packaging {brand_id}")
        bundle = package_brand(
            [artifact for output in outputs_of(project, brand_id, parts=parts) for artifact in output.artifacts],
            brand=known,
            inputs=_inputs_digest(project, brand_id, parts),
            tools=_tools(),
            epoch_s=epoch_s,
        )
        verification, faults = verify_bundle(bundle.content, expected_brand=brand_id)
        if faults:
            raise AssertionError(f"the bundle of {brand_id} fails its own verification: {faults}")
        path = project.dist / bundle.path
        write_file(path, bundle.content, cache=project.cache)
        packed.append(Packed(path, verification.sha256, verification.size))
    _write_sums(project, packed)
    return PackageReport(tuple(packed), failed, (*diagnostics, *cache_diagnostics(project)))


def _inputs_digest(project: Project, brand_id: BrandId, parts: Iterable[str]) -> str:
    """SHA-256 of every file, folder and variable that the brand's parts were made from, with their digests."""
    leaves = {leaf for part in parts for leaf in project.engine.leaves(PARTS[part], brand_id)}
    read = sorted(
        (leaf.kind.value, leaf.name, project.engine.observe(leaf)) for leaf in leaves if leaf.kind != Kind.TASK
    )
    return digest(tuple(read))


def _tools() -> tuple[Tool, ...]:
    named = (*TOOLS, "zlib-ng")
    return (Tool("themekit", themekit.__version__), *(Tool(name, version(name)) for name in named))


def _epoch_s(project: Project) -> int:
    """SOURCE_DATE_EPOCH, or 0 where it is not set. Source: reproducible-builds.org."""
    text = project.host.environment("SOURCE_DATE_EPOCH") or "0"
    if not (text.isascii() and text.isdigit() and int(text) <= LATEST_S):
        raise InvalidEpochError(f"SOURCE_DATE_EPOCH is `{text[:40]}`, not a number of seconds up to {LATEST_S}")
    return int(text)


def _write_sums(project: Project, packed: Sequence[Packed]) -> None:
    """The sums of the bundles just made, and of those of other brands that are there already."""
    digests = {bundle.path.name: bundle.sha256 for bundle in packed}
    for path in sorted(project.dist.glob("*.zip")):
        if path.name not in digests:
            digests[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    if digests:
        write_file(project.dist / SUMS_NAME, sums_text(digests).encode(), cache=project.cache)
