"""Artifacts -> a deterministic zip with a manifest; and the strict check of such a zip, from wherever it comes."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.bundle.archive import write_zip
from themekit.bundle.condense import condensed
from themekit.bundle.manifest import MANIFEST_PATH, BundleBrand, Tool, manifest_of
from themekit.bundle.pieces import pack_files
from themekit.bundle.sums import SUMS_NAME, check_sum, parse_sums, sums_text
from themekit.bundle.verify import Verification, verify_bundle
from themekit.model import Artifact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.bundle.pieces import PackedFile
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
    files: Sequence[PackedFile], *, brand: Brand, inputs: str, tools: Sequence[Tool], epoch_s: int
) -> Artifact:
    """The brand's bundle `<id>-<version>.zip`: the manifest first, then every file in path order.

    `inputs` is the SHA-256 of what the build read; `epoch_s` the one time of all members (SOURCE_DATE_EPOCH).
    """
    ordered = sorted(files, key=lambda file: file.member.header.path)
    whose = BundleBrand(brand.id, brand.name, brand.version, brand.locale)
    manifest = manifest_of((file.entry for file in ordered), brand=whose, inputs=inputs, tools=tools)
    (first,) = pack_files([Artifact(MANIFEST_PATH, manifest.to_json(), "application/json")])
    content = write_zip((file.member for file in (first, *ordered)), epoch_s=epoch_s)
    return Artifact(PurePosixPath(f"{brand.id}-{brand.version}.zip"), content, "application/zip")
