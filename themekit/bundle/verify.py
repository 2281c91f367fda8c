"""Whether a bundle is whole, untampered and safe to unpack: every fault named, nothing extracted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from themekit.bundle.inflating import DAMAGED, TOO_LARGE, inflated, sha256_of
from themekit.bundle.manifest import MANIFEST_PATH, MAX_MANIFEST_BYTES, InvalidManifestError, Manifest, parse_manifest
from themekit.bundle.reader import (
    DOWNLOAD_AGAIN,
    HEADER_MISMATCH,
    NOT_CANONICAL,
    Entry,
    read_entries,
    shown,
)
from themekit.bundle.sbom import SBOM_PATH
from themekit.bundle.tape_form import read_tape
from themekit.bundle.zstd import MAGIC
from themekit.diagnostics import Code, Diagnostic, Note, Reporter

MISSING_MEMBER = Code("bundle-missing-member", summary="A file of the manifest is not in the bundle.")
EXTRA_MEMBER = Code("bundle-extra-member", summary="A file of the bundle is not in its manifest.")
BAD_MANIFEST = Code("bundle-manifest", summary="The manifest of a bundle is absent, or not in its one valid form.")
REPACKED = Code("bundle-repacked", summary="A bundle was unpacked and packed again by another program.")
WRONG_BRAND = Code("bundle-wrong-brand", summary="A bundle is of another brand than the one expected.")

FEW = 3  # members with a strange header: an accident; more than these and half of all: another program's work
EXAMPLES = 2
MAX_UNPACKED_BYTES = 4 * 1024**3  # what one zip without zip64 can name


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `manifest` is None if it could not be read; `sha256` is of the whole file.

    `sbom` is the bill of materials' text; None if there is none, or if anything is wrong with the bundle.
    """

    sha256: str
    size: int
    members: int
    manifest: Manifest | None
    sbom: bytes | None = None


def verify_bundle(content: bytes, *, expected_brand: str | None = None) -> tuple[Verification, tuple[Diagnostic, ...]]:
    """Check structure, paths, sizes, digests and manifest of a bundle; no diagnostics mean that all of it holds.

    `expected_brand` is the brand's id, if the caller knows whose bundle it must be. The content may be hostile: work is
    bounded by its own size and by what the manifest declares.
    """
    report = Reporter()
    entries = _entries(content, report)
    by_path = {entry.path: entry for entry in entries}
    is_archive = bool(entries) or not report.found  # an archive of nothing is one, and has no manifest
    manifest = _manifest(by_path.get(str(MANIFEST_PATH)), report) if is_archive else None
    if manifest is not None:
        _check_members(manifest, by_path, report)
        if entries[0].path != str(MANIFEST_PATH):
            report(BAD_MANIFEST, None, "the manifest is not the first member")
        if expected_brand is not None and manifest.brand.id != expected_brand:
            found = shown(manifest.brand.id)
            report(WRONG_BRAND, None, f"the bundle is of the brand `{found}`, not of `{expected_brand}`")
    sbom = None
    if str(SBOM_PATH) in by_path and not report.found:
        sbom = b"".join(inflated(by_path[str(SBOM_PATH)], report))
    digest = hashlib.sha256(content).hexdigest()
    return Verification(digest, len(content), len(entries), manifest, sbom), report.diagnostics


def _entries(content: bytes, report: Reporter) -> tuple[Entry, ...]:
    if content.startswith(MAGIC):
        return read_tape(content, report)
    entries = read_entries(memoryview(content), report)
    _check_packer(len(entries), report)
    return entries


def _manifest(entry: Entry | None, report: Reporter) -> Manifest | None:
    if entry is None:
        report(BAD_MANIFEST, None, f"the bundle has no `{MANIFEST_PATH}`", hint="was it made by `themekit package`?")
        return None
    if entry.size > MAX_MANIFEST_BYTES:
        report(BAD_MANIFEST, None, f"the manifest is larger than {MAX_MANIFEST_BYTES} bytes")
        return None
    before = len(report.found)
    content = b"".join(inflated(entry, report))
    if len(report.found) > before:
        return None  # what is damaged need not be read for its meaning
    try:
        return parse_manifest(content)
    except InvalidManifestError as error:
        report(BAD_MANIFEST, None, f"the manifest {error}")
        return None


def _check_members(manifest: Manifest, by_path: dict[str, Entry], report: Reporter) -> None:
    listed = {str(entry.path): entry for entry in manifest.files}
    if sum(entry.size for entry in manifest.files) > MAX_UNPACKED_BYTES:
        report(TOO_LARGE, None, f"the bundle would unpack to more than {MAX_UNPACKED_BYTES} bytes")
        return
    for path, expected in listed.items():
        found = by_path.get(path)
        if found is None:
            report(MISSING_MEMBER, None, f"`{shown(path)}` is in the manifest, but not in the bundle")
        elif found.size != expected.size:
            report(DAMAGED, None, f"`{shown(path)}` has {found.size} bytes, the manifest says {expected.size}")
        else:
            _check_content(found, expected.sha256, report=report)
    for path in by_path:
        if path not in listed and path != str(MANIFEST_PATH):
            report(EXTRA_MEMBER, None, f"`{shown(path)}` is in the bundle, but not in the manifest")


def _check_packer(members: int, report: Reporter) -> None:
    """Say once what nearly every member shows: nothing need be hidden, but it is not the file that was made."""
    strange = [found for found in report.found if found.code in {HEADER_MISMATCH.name, NOT_CANONICAL.name}]
    if len(strange) > FEW and 2 * len(strange) > members:
        report(
            REPACKED,
            None,
            f"the archive was packed anew: {len(strange)} members have other headers than `themekit package` writes",
            hint="pass on the file as `themekit package` wrote it: what was packed anew cannot be verified",
            notes=[Note(found.message) for found in strange[:EXAMPLES]],
        )


def _check_content(entry: Entry, expected: str, *, report: Reporter) -> None:
    before = len(report.found)
    if sha256_of(entry, report) != expected and len(report.found) == before:
        message = f"`{shown(entry.path)}` is not the file the manifest describes: its SHA-256 differs"
        report(DAMAGED, None, message, hint=DOWNLOAD_AGAIN)
