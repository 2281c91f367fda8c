"""Patches between published bundles: made by who publishes, used by who fetches where one is smaller than the bundle.

A patch is a short cut and no more: what comes out has the digest that is signed of the whole bundle, or is dropped.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.build.files import sync_folder
from themekit.bundle.names import PATCH, ZIP
from themekit.bundle.patch import apply_patch, make_patch
from themekit.publish.listing import MAX_PATCHES, Delta, Stored, version_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from themekit.publish.listing import Listing, Release
    from themekit.publish.place import Place

WORTH = 0.8
"""Of the bundle's size; a larger patch saves too little for the work of applying it."""
MAX_BASE_BYTES = 256 * 1024 * 1024
"""Of an old bundle: making or applying a patch holds both, unpacked, in memory."""


def new_patches(place: Place, listing: Listing, *, release: Release, content: bytes, count: int) -> Iterator[Delta]:
    """Publish patches to this bundle from the `count` versions before it, the newest first. Raises PlaceError.

    What is published already stays; a patch that is not worth it, or an old bundle that is damaged, is passed over.
    """
    if not release.file.name.endswith(ZIP):
        return
    key, known = version_key(release.version), {each.old for each in release.patches}
    older = [each for each in listing.releases if each.file.name.endswith(ZIP) and version_key(each.version) < key]
    free = MAX_PATCHES - len(known)
    for old in older[: -min(count, free) - 1 : -1] if count and free else ():
        if old.file.sha256 in known or old.file.size > MAX_BASE_BYTES:
            continue
        base = place.get(f"{listing.brand}/{old.file.name}")
        patch, _ = make_patch(base, content) if base and _sha256(base) == old.file.sha256 else (b"", ())
        if patch and len(patch) <= WORTH * len(content):
            stem = f"{listing.brand}-{old.version}-to-{release.version}"
            yield Delta(_put(place, listing.brand, stem, patch=patch), old.version, old.file.sha256)


def patch_bundle(
    listing: Listing,
    release: Release,
    *,
    bundles: Path,
    missing: int,
    patch: Callable[[Stored], Path | None],
    tell: Callable[[str], None],
) -> None:
    """Make the release's bundle in `bundles` of one that is there, if a patch is smaller than what is `missing`.

    `patch` fetches a file that is signed into `bundles`. Whatever goes wrong, the bundle is not there after it.
    """
    names = {each.file.sha256: each.file for each in listing.releases}
    for delta in sorted(release.patches, key=lambda each: each.file.size):
        base = names.get(delta.old)
        if delta.file.size >= missing or base is None or base.size > MAX_BASE_BYTES or not is_there(bundles, base):
            continue
        came = patch(delta.file)
        if came is None:
            return
        made, faults = apply_patch((bundles / base.name).read_bytes(), came.read_bytes())
        came.unlink()
        if (len(made), _sha256(made)) != (release.file.size, release.file.sha256):
            why = faults[0].message if faults else "the patch makes another bundle than the one that is signed"
            tell(f"{why}; fetching the whole bundle")
            return
        _keep(bundles / release.file.name, made)
        tell(f"{release.file.name} was made of {base.name} and a patch of {delta.file.size} bytes")
        return


def is_there(folder: Path, stored: Stored) -> bool:
    """Whether the file is in the folder, whole."""
    path = folder / stored.name
    if not path.is_file() or path.stat().st_size != stored.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == stored.sha256


def with_patches(listing: Listing, release: Release, *, made: tuple[Delta, ...]) -> Listing:
    """The listing with these patches more."""
    return listing.put(replace(release, patches=(*release.patches, *made)))


def _put(place: Place, brand: str, stem: str, *, patch: bytes) -> Stored:
    """The patch as it was published: with its digest in its name if another one has the plain name already."""
    stored = Stored(f"{stem}{PATCH}", len(patch), _sha256(patch))
    if not place.create(f"{brand}/{stored.name}", patch, media_type="application/octet-stream"):
        if place.get(f"{brand}/{stored.name}") == patch:
            return stored
        stored = replace(stored, name=f"{stem}-{stored.sha256[:12]}{PATCH}")
        place.create(f"{brand}/{stored.name}", patch, media_type="application/octet-stream")
    return stored


def _keep(path: Path, content: bytes) -> None:
    stage = path.with_name(f".{path.name}.stage")
    with stage.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    stage.replace(path)
    sync_folder(path.parent)  # or the name may be gone after a loss of power, and the bundle with it


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
