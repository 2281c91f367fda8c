"""Artifacts -> a deterministic zip with a manifest; and the strict check of such a zip, from wherever it comes."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.bundle.archive import EARLIEST_S, write_zip
from themekit.bundle.condense import condensed
from themekit.bundle.manifest import MANIFEST_PATH, BundleBrand, Manifest, Tool, manifest_of
from themekit.bundle.pieces import pack_files
from themekit.bundle.sbom import MEDIA_TYPE as SBOM_TYPE
from themekit.bundle.sbom import SBOM_PATH, sbom_json
from themekit.bundle.sums import SUMS_NAME, check_sum, parse_sums, sums_text
from themekit.bundle.verify import Verification, verify_bundle
from themekit.model import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.bundle.pieces import PackedFile
    from themekit.bundle.sbom import Component
    from themekit.model import Brand

__all__ = [
    "SUMS_NAME",
    "Tool",
    "Verification",
    "check_sum",
    "condensed",
    "package_brand",
    "parse_sums",
    "sums_text",
    "verify_bundle",
]


def package_brand(
    files: Sequence[PackedFile],
    *,
    brand: Brand,
    inputs: str,
    tools: Sequence[Tool],
    epoch_s: int,
    components: Iterable[Component] = (),
) -> tuple[Artifact, Manifest]:
    """The brand's bundle `<id>-<version>.zip`: the manifest first, then every file in path order; and the manifest.

    `inputs` is the SHA-256 of what the build read; `epoch_s` the one time of all members (SOURCE_DATE_EPOCH).
    `components` are the packages that the bill of materials lists.
    """
    whose = BundleBrand(brand.id, brand.name, brand.version, brand.locale)
    by_name = {tool.name: tool.version for tool in tools}
    sbom = sbom_json(whose, components, tool_version=by_name.get("themekit", ""), epoch_s=max(epoch_s, EARLIEST_S))
    ordered = sorted(
        (*files, *pack_files([Artifact(SBOM_PATH, sbom, SBOM_TYPE)])), key=lambda file: file.member.header.path
    )
    manifest = manifest_of((file.entry for file in ordered), brand=whose, inputs=inputs, tools=tools)
    (first,) = pack_files([Artifact(MANIFEST_PATH, manifest.to_json(), "application/json")])
    content = write_zip((file.member for file in (first, *ordered)), epoch_s=epoch_s)
    path = PurePosixPath(f"{brand.id}-{brand.version}.zip")
    return Artifact(path, content, "application/zip"), manifest
