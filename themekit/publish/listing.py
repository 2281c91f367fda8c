"""`index.json` of a brand: its bundles with sizes and digests, as PEP 691 lists the files of a project.

    {"meta": {"api-version": "1.0"}, "name": "acme", "title": "Acme Pay", "locale": "en", "versions": ["1.0.0"],
     "files": [
      {"filename": "acme-1.0.0.zip", "url": "acme-1.0.0.zip", "version": "1.0.0", "size": 1, "hashes": {"sha256": "…"},
       "yanked": false, "changes": "", "signature": {…}, "provenance": {…}, "patches": [{…}]}]}

`url` is relative to the index. `signature` and `provenance` are null, or `filename`, `size` and `hashes` of their own;
a patch has these, and `from`: version and SHA-256 of the bundle that it is for.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LISTING_BYTES = 4 * 1024 * 1024
MAX_FILES = 10_000
MAX_PATCHES = 20
FORMAT = "1.0"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,199}")
"""Of a file: no slash, no dot in front, nothing that is not in a URL as it is."""
BRAND = re.compile(r"[a-z][a-z0-9-]{0,62}")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBERS = re.compile(r"(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?")


class InvalidListingError(ValueError):
    """The text is no index of a brand; the message says what is wrong, as a clause."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file by its name, size in bytes and SHA-256 in lower-case hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Delta:
    """A patch that makes a bundle of an older one: of that version, with that SHA-256."""

    file: Stored
    version: str
    old: str


@dataclass(frozen=True, slots=True)
class Release:
    """A bundle with what vouches for it. `yanked` is why it should not be taken any more, or empty."""

    version: str
    file: Stored
    signature: Stored | None = None
    provenance: Stored | None = None
    changes: str = ""
    yanked: str = ""
    patches: tuple[Delta, ...] = ()

    @property
    def vouching(self) -> Iterator[Stored]:
        """The bundle, and what vouches for it."""
        yield from (each for each in (self.file, self.signature, self.provenance) if each is not None)

    @property
    def stored(self) -> Iterator[Stored]:
        """The bundle, and all files beside it."""
        yield from self.vouching
        yield from (each.file for each in self.patches)


@dataclass(frozen=True, slots=True)
class Listing:
    """All that was published of a brand, by versions, the newest last."""

    brand: str
    title: str
    releases: tuple[Release, ...] = ()
    locale: str = "en"

    def put(self, release: Release) -> Listing:
        """With this release, in its place."""
        others = [each for each in self.releases if each.file.name != release.file.name]
        ordered = sorted((*others, release), key=lambda each: (version_key(each.version), each.file.name))
        return replace(self, releases=tuple(ordered))

    def newest(self, *, ending: str = ".zip") -> Release | None:
        """The newest that was not yanked; one that is no pre-release, if there is any."""
        good = [each for each in self.releases if not each.yanked and each.file.name.endswith(ending)]
        final = [each for each in good if "-" not in each.version.partition("+")[0]]
        chosen = final or good
        return chosen[-1] if chosen else None

    def to_json(self) -> bytes:
        """The file."""
        document = {
            "meta": {"api-version": FORMAT},
            "name": self.brand,
            "title": self.title,
            "locale": self.locale,
            "versions": list(dict.fromkeys(each.version for each in self.releases)),
            "files": [_file_json(each) for each in self.releases],
        }
        return json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"


def version_key(version: str) -> tuple[object, ...]:
    """What versions sort by: semver 2.0.0, section 11."""
    match = _NUMBERS.fullmatch(version)
    if match is None:
        return (0, 0, 0, 0, version)
    pre = match[4]
    parts = tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in pre.split(".")) if pre else ()
    return (1, int(match[1]), int(match[2]), int(match[3]), not pre, parts)


def parse_listing(content: bytes) -> Listing:
    """The index in a file, which may be hostile. Raises InvalidListingError."""
    if len(content) > MAX_LISTING_BYTES:
        raise InvalidListingError(f"is larger than {MAX_LISTING_BYTES} bytes")
    try:
        document = json.loads(content)
        version, files = str(document["meta"]["api-version"]), document["files"]
        brand, title = document["name"], document["title"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InvalidListingError("is no index of a brand") from error
    if version.partition(".")[0] != FORMAT.partition(".")[0]:
        raise InvalidListingError("is in a form that this version of themekit does not know")
    if not isinstance(brand, str) or not BRAND.fullmatch(brand) or not isinstance(title, str):
        raise InvalidListingError("has no name of a brand")
    if not isinstance(files, list) or len(files) > MAX_FILES:
        raise InvalidListingError(f"has no list of at most {MAX_FILES} files")
    locale = document.get("locale", "en")
    if not isinstance(locale, str) or not _LOCALE.fullmatch(locale):
        raise InvalidListingError("has no language")
    listing = Listing(brand, title, tuple(map(_release, files)), locale)
    names = [stored.name for release in listing.releases for stored in release.stored]
    if len(set(names)) < len(names):
        raise InvalidListingError("names a file twice")
    return listing


def _file_json(release: Release) -> dict[str, object]:
    return {
        "filename": release.file.name,
        "url": release.file.name,
        "version": release.version,
        "size": release.file.size,
        "hashes": {"sha256": release.file.sha256},
        "yanked": release.yanked or False,
        "changes": release.changes,
        "signature": _beside_json(release.signature),
        "provenance": _beside_json(release.provenance),
        "patches": [_delta_json(each) for each in release.patches],
    }


def _delta_json(delta: Delta) -> dict[str, object]:
    return {**_stored_json(delta.file), "from": {"version": delta.version, "hashes": {"sha256": delta.old}}}


def _beside_json(stored: Stored | None) -> dict[str, object] | None:
    return None if stored is None else _stored_json(stored)


def _stored_json(stored: Stored) -> dict[str, object]:
    return {"filename": stored.name, "url": stored.name, "size": stored.size, "hashes": {"sha256": stored.sha256}}


def _release(value: object) -> Release:
    if not isinstance(value, dict):
        raise InvalidListingError("lists something that is no file")
    version, yanked, changes = value.get("version"), value.get("yanked", False), value.get("changes", "")
    if not isinstance(version, str) or not NAME.fullmatch(version) or not isinstance(changes, str):
        raise InvalidListingError("lists a file without a version")
    if not isinstance(yanked, str | bool):
        raise InvalidListingError("says neither yes nor no about a yanked file")
    reason = yanked if isinstance(yanked, str) else "yanked" if yanked else ""
    signature, provenance = (_stored(value[name]) if value.get(name) else None for name in ("signature", "provenance"))
    return Release(version, _stored(value), signature, provenance, changes, reason, _deltas(value.get("patches", [])))


def _deltas(value: object) -> tuple[Delta, ...]:
    if not isinstance(value, list) or len(value) > MAX_PATCHES:
        raise InvalidListingError(f"lists no patches, or more than {MAX_PATCHES} of one version")
    return tuple(map(_delta, value))


def _delta(value: object) -> Delta:
    file = _stored(value)
    old = value.get("from") if isinstance(value, dict) else None
    hashes, version = (old.get("hashes"), old.get("version")) if isinstance(old, dict) else (None, None)
    digest = hashes.get("sha256") if isinstance(hashes, dict) else None
    if not isinstance(version, str) or not NAME.fullmatch(version):
        raise InvalidListingError(f"does not say of which version `{file.name}` is a patch")
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
        raise InvalidListingError(f"does not say of which bundle `{file.name}` is a patch")
    return Delta(file, version, digest)


def _stored(value: object) -> Stored:
    if not isinstance(value, dict):
        raise InvalidListingError("lists something that is no file")
    name, size, hashes = value.get("filename"), value.get("size"), value.get("hashes")
    digest = hashes.get("sha256") if isinstance(hashes, dict) else None
    if not isinstance(name, str) or not NAME.fullmatch(name) or value.get("url", name) != name:
        raise InvalidListingError("lists a file whose name is none")
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size < 2**53:
        raise InvalidListingError(f"has no size of `{name}`")
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
        raise InvalidListingError(f"has no SHA-256 of `{name}`")
    return Stored(name, size, digest)
