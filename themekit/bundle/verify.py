"""Whether a bundle is whole, untampered and safe to unpack: every fault named, nothing extracted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng

from themekit.bundle.archive import STORED
from themekit.bundle.manifest import MANIFEST_PATH, MAX_MANIFEST_BYTES, InvalidManifestError, Manifest, parse_manifest
from themekit.bundle.reader import (
    DOWNLOAD_AGAIN,
    HEADER_MISMATCH,
    NOT_CANONICAL,
    OR_DISTRUST,
    Entry,
    read_entries,
    shown,
)
from themekit.diagnostics import Code, Diagnostic, Note, Reporter

if TYPE_CHECKING:
    from collections.abc import Iterator

DAMAGED = Code("bundle-damaged", summary="A file of a bundle is not the one its manifest describes.")
SIZE_LIE = Code("bundle-size-lie", summary="A file of a bundle unpacks to another size than it declares.")
TOO_LARGE = Code("bundle-too-large", summary="A bundle is larger, or would unpack to more, than any real one.")
MISSING_MEMBER = Code("bundle-missing-member", summary="A file of the manifest is not in the bundle.")
EXTRA_MEMBER = Code("bundle-extra-member", summary="A file of the bundle is not in its manifest.")
BAD_MANIFEST = Code("bundle-manifest", summary="The manifest of a bundle is absent, or not in its one valid form.")
REPACKED = Code("bundle-repacked", summary="A bundle was unpacked and packed again by another program.")
WRONG_BRAND = Code("bundle-wrong-brand", summary="A bundle is of another brand than the one expected.")

FEW = 3  # members with a strange header: an accident; more than these and half of all: another program's work
EXAMPLES = 2
MAX_UNPACKED_BYTES = 4 * 1024**3  # what one zip without zip64 can name
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `manifest` is None if it could not be read; `sha256` is of the whole file."""

    sha256: str
    size: int
    members: int
    manifest: Manifest | None


def verify_bundle(content: bytes, *, expected_brand: str | None = None) -> tuple[Verification, tuple[Diagnostic, ...]]:
    """Check structure, paths, sizes, digests and manifest of a bundle; no diagnostics mean that all of it holds.

    `expected_brand` is the brand's id, if the caller knows whose bundle it must be. The content may be hostile: work is
    bounded by its own size and by what the manifest declares.
    """
    report = Reporter()
    entries = read_entries(memoryview(content), report)
    _check_packer(len(entries), report)
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
    digest = hashlib.sha256(content).hexdigest()
    return Verification(digest, len(content), len(entries), manifest), report.diagnostics


def _manifest(entry: Entry | None, report: Reporter) -> Manifest | None:
    if entry is None:
        report(BAD_MANIFEST, None, f"the bundle has no `{MANIFEST_PATH}`", hint="was it made by `themekit package`?")
        return None
    if entry.size > MAX_MANIFEST_BYTES:
        report(BAD_MANIFEST, None, f"the manifest is larger than {MAX_MANIFEST_BYTES} bytes")
        return None
    before = len(report.found)
    content = b"".join(_inflated(entry, report))
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
    if _sha256(entry, report) != expected and len(report.found) == before:
        message = f"`{shown(entry.path)}` is not the file the manifest describes: its SHA-256 differs"
        report(DAMAGED, None, message, hint=DOWNLOAD_AGAIN)


def _sha256(entry: Entry, report: Reporter) -> str:
    digest = hashlib.sha256()
    for chunk in _inflated(entry, report):
        digest.update(chunk)
    return digest.hexdigest()


def _inflated(entry: Entry, report: Reporter) -> Iterator[bytes]:
    """The content in chunks, never more than the size declared; lies about size and CRC go to `report`."""
    chunks = _stored(entry) if entry.method == STORED else _deflated(entry, report)
    size, crc32, before = 0, 0, len(report.found)
    for chunk in chunks:
        size += len(chunk)
        if size > entry.size:
            message = f"`{shown(entry.path)}` unpacks to more than the {entry.size} bytes it declares"
            report(SIZE_LIE, None, message, hint=OR_DISTRUST)
            return
        crc32 = zlib_ng.crc32(chunk, crc32)
        yield chunk
    if len(report.found) > before:
        return  # the data is damaged: that its size and CRC differ follows
    if size < entry.size:
        message = f"`{shown(entry.path)}` unpacks to {size} bytes, but declares {entry.size}"
        report(SIZE_LIE, None, message, hint=OR_DISTRUST)
    elif crc32 != entry.crc32:
        report(DAMAGED, None, f"`{shown(entry.path)}` is damaged: its CRC-32 differs", hint=DOWNLOAD_AGAIN)


def _stored(entry: Entry) -> Iterator[bytes]:
    for start in range(0, len(entry.data), _CHUNK):
        yield bytes(entry.data[start : start + _CHUNK])


def _deflated(entry: Entry, report: Reporter) -> Iterator[bytes]:
    inflater = zlib_ng.decompressobj(-15)
    pending: bytes | memoryview = entry.data
    try:
        while pending:  # what stands behind the end of the stream is never pending
            yield inflater.decompress(pending, _CHUNK)
            pending = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib_ng.error:  # type: ignore[misc]  # the stub calls it a value
        message = f"`{shown(entry.path)}` cannot be unpacked: its compressed data is damaged"
        report(DAMAGED, None, message, hint=DOWNLOAD_AGAIN)
        return
    if inflater.unused_data or not inflater.eof:
        report(DAMAGED, None, f"`{shown(entry.path)}` has compressed data that does not end where it should")
