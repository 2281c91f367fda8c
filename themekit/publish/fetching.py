"""The newest bundle of a brand, from an update channel: what to fetch is verified before a byte of it is, and it after.

In the folder of a brand are `metadata/` (what the channel said last, so it can say nothing older), `parts/` (downloads
that broke off), `bundles/`, `releases/<version>-<digest>/` and `current`, a link to the last good one.
Source: TUF specification 1.0.34, section 5.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    LengthOrHashMismatchError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.ngclient import FetcherInterface, Updater, UpdaterConfig

from themekit.build.files import make_folder, sync_folder
from themekit.build.lock import locked
from themekit.publish.listing import MAX_LISTING_BYTES, InvalidListingError, parse_listing
from themekit.publish.patching import is_there, patch_bundle
from themekit.publish.remote import RemoteError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tuf.api.metadata import TargetFile

    from themekit.publish.listing import Listing, Release, Stored
    from themekit.publish.remote import Remote

MAX_BUNDLE_BYTES = 1024**3
METADATA_S = 60.0
ATTEMPTS = 6
KEPT = 2
"""Releases that stay unpacked: the current one, and the one before."""


class FetchError(Exception):
    """Nothing new was fetched, and what was there stays; `is_attack` if what came is not what was signed."""

    def __init__(self, message: str, *, is_attack: bool = False) -> None:
        """`message` is a sentence without its stop."""
        super().__init__(message)
        self.is_attack = is_attack


@dataclass(frozen=True, slots=True)
class Got:
    """A bundle on this machine, verified against the channel, and what stands beside it."""

    release: Release
    listing: Listing
    bundle: Path


class _Fetcher(FetcherInterface):
    """Metadata from the place that was named; endless files end at TUF's limits, slow ones after a minute."""

    def __init__(self, remote: Remote, within_s: float) -> None:
        self._remote, self._within_s = remote, within_s
        self._folder = f"{remote.url}/"

    def _fetch(self, url: str) -> Iterator[bytes]:
        try:
            chunks = self._remote.open(url.removeprefix(self._folder)).chunks
        except RemoteError as error:
            if error.status in {403, 404}:
                raise DownloadHTTPError(str(error), 404) from None
            raise DownloadError(str(error)) from None
        return self._bounded(chunks)

    def _bounded(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        end = time.monotonic() + self._within_s
        try:
            for chunk in chunks:
                if time.monotonic() > end:
                    raise DownloadError(f"metadata did not come within {self._within_s:.0f} s")
                yield chunk
        except RemoteError as error:
            raise DownloadError(str(error)) from None


def fetch_bundle(  # noqa: PLR0913  # what, from where, to where
    remote: Remote, brand: str, *, folder: Path, root: bytes | None, version: str = "", metadata_s: float = METADATA_S,
    tell: Callable[[str], None] = lambda _: None,
) -> Got:  # fmt: skip
    """The newest bundle, or one of this version, in `bundles/`; fetched only if it is not there. Raises FetchError.

    `root` is what to trust the first time; later the folder's own metadata says it.
    """
    make_folder(folder)
    with locked(folder, "fetch", timeout_s=10):
        updater = _updater(remote, folder, root=root, metadata_s=metadata_s)
        with _said():
            updater.refresh()
            listing = _listing(remote, updater, brand)
        release = _chosen(listing, version)

        def fetched(stored: Stored) -> Path:
            target = _target(updater, brand, stored)
            _download(remote, brand, stored, target, folder=folder, tell=tell)
            return folder / "bundles" / stored.name

        def patch(stored: Stored) -> Path | None:
            try:
                return fetched(stored)
            except FetchError as error:  # a patch is a short cut: without it the whole bundle is fetched
                tell(f"{error}; going on without the patch")
                return None

        bundles, began = folder / "bundles", folder / "parts" / release.file.sha256
        missing = release.file.size - (began.stat().st_size if began.exists() else 0)
        if not is_there(bundles, release.file):
            patch_bundle(listing, release, bundles=bundles, missing=missing, patch=patch, tell=tell)
        if is_there(bundles, release.file):
            _forget(began)
        for stored in release.vouching:
            fetched(stored)
        return Got(release, listing, bundles / release.file.name)


def activate(got: Got, folder: Path, *, write: Callable[[Path], None]) -> Path:
    """Unpack a bundle that was verified by `write`, and let `current` lead there; the release before stays."""
    name = f"{got.release.version}-{got.release.file.sha256[:12]}"
    releases = folder / "releases"
    make_folder(releases)
    with locked(folder, "fetch", timeout_s=10):
        for left in releases.glob(".stage-*"):
            shutil.rmtree(left)
        target = releases / name
        if not target.is_dir():
            stage = releases / f".stage-{name}"
            stage.mkdir()
            write(stage)
            stage.rename(target)
            sync_folder(releases)
        current = folder / "current"
        before = str(current.readlink()) if current.is_symlink() else ""
        if before != f"releases/{name}":
            hidden = folder / ".current"
            hidden.unlink(missing_ok=True)
            hidden.symlink_to(f"releases/{name}")
            hidden.replace(current)
            sync_folder(folder)
            kept = {name, before.removeprefix("releases/")}
            for old in releases.iterdir():
                if old.name not in kept:
                    shutil.rmtree(old)
        return target


def _updater(remote: Remote, folder: Path, *, root: bytes | None, metadata_s: float) -> Updater:
    metadata = folder / "metadata"
    make_folder(metadata)
    known = metadata / "root.json"
    if root is None and not known.exists():
        raise FetchError("nothing says yet whom to trust: give the channel's root with --root FILE, the first time")
    with _said():
        return Updater(
            str(metadata),
            f"{remote.url}/metadata/",
            fetcher=_Fetcher(remote, metadata_s),
            config=UpdaterConfig(max_delegations=4, prefix_targets_with_hash=False),
            bootstrap=None if known.exists() else root,
        )


@contextmanager
def _said() -> Iterator[None]:
    """What TUF finds, in our words."""
    try:
        yield
    except ExpiredMetadataError as error:
        raise FetchError(f"the channel is out of date: {error}; somebody may be holding back what is new",
                         is_attack=True) from error  # fmt: skip
    except BadVersionNumberError as error:
        raise FetchError(f"the channel says something older than before: {error}", is_attack=True) from error
    except UnsignedMetadataError as error:
        raise FetchError(f"the channel is not signed by those whom you trust: {error}", is_attack=True) from error
    except LengthOrHashMismatchError as error:
        raise FetchError(f"the channel is mixed from different versions: {error}", is_attack=True) from error
    except DownloadHTTPError as error:
        raise FetchError(f"the channel cannot be read: {error}") from error
    except DownloadError as error:
        raise FetchError(f"the channel cannot be read: {error}") from error
    except RepositoryError as error:
        raise FetchError(f"the channel's metadata is not as it has to be: {error}", is_attack=True) from error


def _target(updater: Updater, brand: str, stored: Stored) -> TargetFile:
    """What is signed of a file that the index names: the same."""
    with _said():
        target = updater.get_targetinfo(f"{brand}/{stored.name}")
    if target is None or target.length != stored.size or target.hashes.get("sha256") != stored.sha256:
        raise FetchError(f"the channel's list of `{brand}` and its index name different files", is_attack=True)
    if stored.size > MAX_BUNDLE_BYTES:
        raise FetchError(f"`{stored.name}` is larger than {MAX_BUNDLE_BYTES} bytes")
    return target


def _listing(remote: Remote, updater: Updater, brand: str) -> Listing:
    """The brand's index as it is signed: under its digest, which no later publication changes."""
    try:
        target = updater.get_targetinfo(f"{brand}/index.json")
    except DownloadHTTPError:
        raise FetchError(f"the metadata of `{brand}` is not there: your token does not open it, perhaps") from None
    if target is None:
        raise FetchError(f"the channel has no brand `{brand}`")
    if target.length > MAX_LISTING_BYTES:
        raise FetchError(f"the index of `{brand}` is larger than {MAX_LISTING_BYTES} bytes")
    digest = target.hashes.get("sha256", "")
    try:
        content = remote.read(f"{brand}/{digest}.index.json", at_most=target.length)
        target.verify_length_and_hashes(BytesIO(content))
        return parse_listing(content)
    except RemoteError as error:
        raise FetchError(str(error)) from None
    except InvalidListingError as error:
        raise FetchError(f"the index of `{brand}` {error}") from None


def _chosen(listing: Listing, version: str) -> Release:
    if version:
        found = [each for each in listing.releases if each.version == version and each.file.name.endswith(".zip")]
        if not found:
            raise FetchError(f"`{listing.brand}` has no version {version}")
        if found[0].yanked:
            raise FetchError(f"version {version} of `{listing.brand}` was withdrawn: {found[0].yanked}")
        return found[0]
    newest = listing.newest()
    if newest is None:
        raise FetchError(f"`{listing.brand}` has no bundle to be fetched")
    return newest


def _download(
    remote: Remote, brand: str, stored: Stored, target: TargetFile, *, folder: Path, tell: Callable[[str], None]
) -> None:
    """The file in `bundles/`, whole and as it is signed; what broke off before goes on from there."""
    bundles, parts = folder / "bundles", folder / "parts"
    make_folder(bundles)
    make_folder(parts)
    done, part = bundles / stored.name, parts / stored.sha256
    if is_there(bundles, stored):
        return
    for attempt in range(ATTEMPTS):
        before = part.stat().st_size if part.exists() else 0
        try:
            _receive(remote, f"{brand}/{stored.name}", part, stored.size)
        except RemoteError as error:
            came = part.stat().st_size if part.exists() else 0
            if error.status or (attempt + 1 == ATTEMPTS and came <= before):
                raise FetchError(str(error)) from None
            tell(f"{error}; going on from byte {came}")
            time.sleep(min(0.2 * 2**attempt, 5.0))
            continue
        with part.open("rb") as file:
            try:
                target.verify_length_and_hashes(file)
            except LengthOrHashMismatchError:
                is_old = before > 0
                _forget(part)
                if is_old:
                    continue  # what lay here was damaged: once more, from the beginning
                raise FetchError(f"`{stored.name}` is not the file that was signed", is_attack=True) from None
            os.fsync(file.fileno())
        part.replace(done)
        _tag_of(part).unlink(missing_ok=True)
        sync_folder(bundles)
        return
    raise FetchError(f"`{stored.name}` could not be fetched in {ATTEMPTS} attempts; the next run goes on from there")


def _receive(remote: Remote, path: str, part: Path, size: int) -> None:
    """Add what is missing to the part; never more than the file's signed size."""
    known = _tag_of(part)
    start = part.stat().st_size if part.exists() else 0
    if start == size:
        return
    if start > size:
        _forget(part)
        start = 0
    tag = known.read_text(encoding="utf-8") if known.exists() else ""
    with closing(remote.open(path, start=start, tag=tag)) as opened:
        if opened.size not in {size, -1}:
            _forget(part)
            raise RemoteError(f"{path} has {opened.size} bytes where {size} are signed", 200)
        if opened.start == 0:
            _forget(part)
            if opened.tag.startswith('"'):
                known.write_text(opened.tag, encoding="utf-8")
        with part.open("ab") as file:
            came = opened.start
            for chunk in opened.chunks:
                came += len(chunk)
                if came > size:
                    _forget(part)
                    raise RemoteError(f"{path} does not end where it has to", 200)
                file.write(chunk)
                file.flush()
    if came < size:
        raise RemoteError(f"{path} broke off after {came} of {size} bytes")


def _tag_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.etag")


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _tag_of(part).unlink(missing_ok=True)
