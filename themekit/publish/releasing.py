"""Bundles onto a place where partners fetch them: files first, then the index that names them, last what is signed.

Readers see the brand as it was, or as it is then: files never change under their names, and an index is replaced in
one step. A publication that was interrupted is finished by the next one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from themekit.publish.listing import (
    BRAND,
    NAME,
    InvalidListingError,
    Listing,
    Release,
    Stored,
    parse_listing,
)
from themekit.publish.patching import new_patches, with_patches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from themekit.publish.channel import Channel
    from themekit.publish.place import Place

    State = Literal["published", "unchanged"]

LOCK = "publishing.lock"
STALE_S = 600
MAX_CHANGES = 20_000
RESERVED = frozenset({"metadata", "root", "targets", "snapshot", "timestamp"})
"""Names that the update channel's files have."""
_TYPES = {
    ".zip": "application/zip",
    ".zst": "application/zstd",
    ".minisig": "text/plain; charset=utf-8",
    ".jsonl": "application/jsonl",
}


class PublishError(Exception):
    """Nothing was published, or not all; the message says why, as a sentence without its stop."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle that was verified, with what vouches for it. `look` are files of the page: name to content and type."""

    name: str
    brand: str
    title: str
    version: str
    content: bytes
    minisig: bytes | None = None
    envelope: bytes | None = None
    changes: str = ""
    locale: str = "en"


@dataclass(frozen=True, slots=True)
class Published:
    """A file, and what came of it."""

    name: str
    state: State


def publish_bundles(
    place: Place,
    bundles: Sequence[Bundle],
    *,
    channel: Channel | None,
    page: Callable[[Listing], Mapping[str, tuple[bytes, str]]],
    now_s: Callable[[], float],
    patches: int = 0,
) -> tuple[Published, ...]:
    """Publish them all, or the same again: what is there stays. Raises PublishError, PlaceError, ChannelError.

    `page` makes the files of a brand's page, `index.html` among them, from its listing. `patches` is from how many
    versions before each bundle there are to be patches.
    """
    if channel is not None:
        channel.check_key()
    with _alone(place, now_s):
        listings = {brand: _listing(place, brand) for brand in dict.fromkeys(bundle.brand for bundle in bundles)}
        for bundle in bundles:
            _check(bundle, listings[bundle.brand])
        if channel is not None:
            channel.check_brands(listings)
        done = [each for bundle in bundles for each in _put_files(place, bundle)]
        for bundle in bundles:
            listings[bundle.brand] = _listed(listings[bundle.brand], bundle)
        for bundle in bundles if patches else ():
            listing = listings[bundle.brand]
            (release,) = (each for each in listing.releases if each.file.name == bundle.name)
            made = tuple(new_patches(place, listing, release=release, content=bundle.content, count=patches))
            listings[bundle.brand] = with_patches(listing, release, made=made)
            done += [Published(f"{bundle.brand}/{each.file.name}", "published") for each in made]
        _put_indexes(place, listings, channel=channel, page=page)
    return tuple(done)


def yank(  # noqa: PLR0913  # what to say of what, and where
    place: Place,
    brand: str,
    *,
    version: str,
    reason: str,
    channel: Channel | None,
    page: Callable[[Listing], Mapping[str, tuple[bytes, str]]],
    now_s: Callable[[], float],
) -> int:
    """Say of all bundles of a version why nobody should take them; "" takes that back. How many they are."""
    if channel is not None:
        channel.check_key()
    with _alone(place, now_s):
        listing = _listing(place, brand)
        hit = [each for each in listing.releases if each.version == version]
        for release in hit:
            listing = listing.put(replace(release, yanked=reason))
        if hit:
            if channel is not None:
                channel.check_brands([brand])
            _put_indexes(place, {brand: listing}, channel=channel, page=page)
    return len(hit)


def _put_indexes(
    place: Place,
    listings: Mapping[str, Listing],
    *,
    channel: Channel | None,
    page: Callable[[Listing], Mapping[str, tuple[bytes, str]]],
) -> None:
    targets: dict[str, dict[str, tuple[int, str]]] = {}
    for brand, listing in listings.items():
        index = listing.to_json()
        digest = hashlib.sha256(index).hexdigest()
        _create(place, f"{brand}/{digest}.index.json", index, media_type="application/json")
        files = dict(page(listing))
        html = files.pop("index.html")
        for name, (content, media_type) in files.items():
            _create(place, f"{brand}/{name}", content, media_type=media_type)
        _replace(place, f"{brand}/index.html", html[0], media_type=html[1])
        _replace(place, f"{brand}/index.json", index, media_type="application/json")
        targets[brand] = {
            f"{brand}/{each.name}": (each.size, each.sha256) for r in listing.releases for each in r.stored
        }
        targets[brand][f"{brand}/index.json"] = (len(index), digest)
    if channel is not None:
        channel.update(targets)


def _check(bundle: Bundle, listing: Listing) -> None:
    if not BRAND.fullmatch(bundle.brand) or not NAME.fullmatch(bundle.name) or not NAME.fullmatch(bundle.version):
        raise PublishError(f"`{bundle.name}` cannot be published: its name or version would not be safe in an address")
    if bundle.brand in RESERVED:
        raise PublishError(
            f"a brand named `{bundle.brand}` cannot be published: the update channel has files of that name"
        )
    if not bundle.name.startswith(f"{bundle.brand}-"):
        raise PublishError(f"`{bundle.name}` is a bundle of `{bundle.brand}`: it has to be named `{bundle.brand}-…`")
    if len(bundle.changes) > MAX_CHANGES:
        raise PublishError(f"what changed takes more than {MAX_CHANGES} characters")
    digest = hashlib.sha256(bundle.content).hexdigest()
    for release in listing.releases:
        if release.file.name == bundle.name and release.file.sha256 != digest:
            raise PublishError(
                f"`{bundle.name}` is published with other content, and a version never changes: raise the brand's "
                "version and package again"
            )


def _put_files(place: Place, bundle: Bundle) -> Iterator[Published]:
    for stored, content in _stored(bundle):
        name = f"{bundle.brand}/{stored.name}"
        is_new = place.create(name, content, media_type=_media_type(stored.name))
        if not is_new and place.get(name) != content and stored.name == bundle.name:
            raise PublishError(f"`{name}` is there with other content, and a version never changes")
        yield Published(name, "published" if is_new else "unchanged")


def _stored(bundle: Bundle) -> Iterator[tuple[Stored, bytes]]:
    for ending, content in (("", bundle.content), (".minisig", bundle.minisig), (".intoto.jsonl", bundle.envelope)):
        if content is not None:
            name = f"{bundle.name}{ending}"
            yield Stored(name, len(content), hashlib.sha256(content).hexdigest()), content


def _listed(listing: Listing, bundle: Bundle) -> Listing:
    """With the bundle; what was published of it before stays as it was, but for what was missing."""
    made = {stored.name: stored for stored, _ in _stored(bundle)}
    file = made[bundle.name]
    signature, provenance = made.get(f"{bundle.name}.minisig"), made.get(f"{bundle.name}.intoto.jsonl")
    new = Release(bundle.version, file, signature, provenance, bundle.changes)
    for known in listing.releases:
        if known.file == file:
            new = replace(
                known,
                signature=known.signature or signature,
                provenance=known.provenance or provenance,
                changes=bundle.changes or known.changes,
            )
    return replace(listing.put(new), title=bundle.title, locale=bundle.locale)


def _listing(place: Place, brand: str) -> Listing:
    content = place.get(f"{brand}/index.json")
    if content is None:
        return Listing(brand, brand)
    try:
        return parse_listing(content)
    except InvalidListingError as error:
        raise PublishError(f"`{brand}/index.json` {error}: bring it back from a copy") from None


def _create(place: Place, name: str, content: bytes, *, media_type: str) -> None:
    """Of a file that is named by its content, one is as good as another."""
    place.create(name, content, media_type=media_type)


def _replace(place: Place, name: str, content: bytes, *, media_type: str) -> None:
    if place.get(name) != content:
        place.put(name, content, media_type=media_type)


@contextmanager
def _alone(place: Place, now_s: Callable[[], float]) -> Iterator[None]:
    """Nobody else publishes meanwhile; a lock that was left is passed over after a while."""
    mine = json.dumps({"time": now_s(), "id": secrets.token_hex(8)}).encode()
    if not place.create(LOCK, mine, media_type="application/json"):
        left = place.get(LOCK) or b""
        try:
            age_s = now_s() - float(json.loads(left)["time"])
        except (ValueError, KeyError, TypeError):
            age_s = STALE_S + 1.0
        if age_s <= STALE_S:
            raise PublishError(f"somebody else is publishing there since {age_s:.0f} s; `{LOCK}` says so")
        place.put(LOCK, mine, media_type="application/json")
    try:
        yield
    finally:
        if place.get(LOCK) == mine:
            place.remove(LOCK)


def _media_type(name: str) -> str:
    return _TYPES.get(f".{name.rpartition('.')[2]}", "application/octet-stream")
