"""The update channel: TUF metadata over static files, so that nobody can serve partners something old or mixed.

Keys of the root, of which a threshold has to sign, say which key signs the rest; that one lists each brand as a
delegated role of its own, whose paths are `<brand>/…`, and which it signs itself, or a key of the brand's own does.
Keys are those of `themekit keys new`.
Source: TUF specification 1.0.34; all versions of metadata stay (`consistent_snapshot`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from securesystemslib.signer import Key, Signature, Signer, SSlibKey
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import (
    DelegatedRole,
    Delegations,
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization import DeserializationError
from tuf.api.serialization.json import JSONSerializer

from themekit.publish.listing import BRAND

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from themekit.bundle.keys import PublicKey, SigningKey
    from themekit.publish.place import Place

FOLDER = "metadata"
JSON = "application/json"
ONLINE = ("targets", "snapshot", "timestamp")
ROOT_DAYS, ROLE_DAYS, FRESH_DAYS = 365, 90, 14
MAX_METADATA_BYTES = 5_000_000
MOST_ATTEMPTS = 50
_PRETTY = JSONSerializer(compact=False)


class ChannelError(Exception):
    """The channel's metadata is not as it has to be, or cannot be signed by this key; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Lives:
    """For how many days metadata is good: of a brand and the list of brands, and of what says that it is fresh."""

    role: int = ROLE_DAYS
    fresh: int = FRESH_DAYS


class KeySigner(Signer):
    """A key of ours as TUF asks for signatures."""

    def __init__(self, key: SigningKey) -> None:
        """`key` is unlocked."""
        self._key = key

    @property
    def public_key(self) -> SSlibKey:
        """As TUF knows it."""
        return tuf_key(self._key.public)

    @classmethod
    def from_priv_key_uri(cls, priv_key_uri: str, public_key: Any, secrets_handler: Any = None) -> KeySigner:  # noqa: ANN401
        """Not by an address: keys are read from files."""
        raise NotImplementedError

    def sign(self, payload: bytes) -> Signature:
        """Ed25519 over the payload itself."""
        return Signature(tuf_key(self._key.public).keyid, self._key.signature_of(payload).hex())


def tuf_key(key: PublicKey) -> SSlibKey:
    """The public key as metadata holds it; its id is the SHA-256 of its bytes."""
    keyid = hashlib.sha256(key.raw).hexdigest()
    return SSlibKey(keyid, "ed25519", "ed25519", {"public": key.raw.hex()})


def new_root(
    keys: Sequence[PublicKey], online: PublicKey, *, threshold: int, now: datetime, days: int = ROOT_DAYS,
    before: bytes | None = None,
) -> bytes:  # fmt: skip
    """A root that nobody has signed yet: the first, or the one after `before`. Raises ChannelError."""
    if not 1 <= threshold <= len({key.raw for key in keys}):
        raise ChannelError(f"of {len(keys)} keys, {threshold} cannot sign")
    root = Root(expires=_end(now, days), consistent_snapshot=True)
    if before is not None:
        root.version = read_root(before).signed.version + 1
    for key in keys:
        root.add_key(tuf_key(key), "root")
    for role in ONLINE:
        root.add_key(tuf_key(online), role)
    root.roles["root"].threshold = threshold
    return _bytes(Metadata(root))


def sign_root(content: bytes, key: SigningKey) -> bytes:
    """With this key's signature, too. Raises ChannelError."""
    metadata = read_root(content)
    metadata.sign(KeySigner(key), append=True)
    return _bytes(metadata)


def read_root(content: bytes) -> Metadata[Root]:
    """Its metadata, of which no signature is checked. Raises ChannelError."""
    return _parsed(content, Root, "root")


def put_root(place: Place, content: bytes) -> int:
    """Publish a root that has its signatures, and those that the one before asks for; its version."""
    root = read_root(content)
    version = root.signed.version
    before = latest_root(place)
    if before is not None and place.get(f"{FOLDER}/{version}.root.json") == content:
        return version
    due = 1 if before is None else before.signed.version + 1
    if version != due:
        raise ChannelError(f"this is version {version} of the root, and {due} is due")
    for judge in [root, *([] if before is None else [before])]:
        try:
            judge.signed.verify_delegate("root", root.signed_bytes, root.signatures)
        except RepositoryError:
            needed = judge.signed.roles["root"].threshold
            which = "its own" if judge is root else "the present root's"
            raise ChannelError(f"the root is not signed by {needed} of {which} keys") from None
    if not place.create(f"{FOLDER}/{version}.root.json", content, media_type=JSON):
        raise ChannelError(f"version {version} of the root was published meanwhile")
    place.put(f"{FOLDER}/root.json", content, media_type=JSON)
    return version


def latest_root(place: Place) -> Metadata[Root] | None:
    """The root with the highest version; None where there is no channel."""
    content = place.get(f"{FOLDER}/root.json")
    if content is None:
        return None
    found = read_root(content)
    while (later := place.get(f"{FOLDER}/{found.signed.version + 1}.root.json")) is not None:
        found = read_root(later)  # whoever published it was interrupted before `root.json`
    return found


@dataclass(slots=True)
class Channel:
    """The metadata below one root, to be brought up to date by its online key.

    `brand_keys` are those of brands that have one of their own, or get one now. A brand whose key is not here stays as
    it is published: nobody else can say anything new of it.
    """

    place: Place
    root: Metadata[Root]
    key: SigningKey
    now: datetime
    lives: Lives = Lives()
    brand_keys: Mapping[str, SigningKey] = field(default_factory=dict)

    def check_key(self) -> None:
        """Raises ChannelError if the root does not name this key, or is over."""
        keyid = tuf_key(self.key.public).keyid
        if any(keyid not in self.root.signed.roles[role].keyids for role in ONLINE):
            raise ChannelError(f"the root does not name the key {self.key.public.id}: take the channel's online key")
        if self.root.signed.is_expired(self.now):
            raise ChannelError("the root is over: make the next one with `themekit channel root`")

    def check_brands(self, brands: Iterable[str]) -> None:
        """Raises ChannelError if one of these has a key of its own that is not here: before a file is published."""
        old, named = self._present(), tuple(brands)
        for brand in named:
            self._signer(brand, old)
        for brand in self.brand_keys:
            if brand not in old.roles and brand not in named:
                raise ChannelError(f"the channel has no brand `{brand}`, for which there is a key")

    def waiting(self) -> Mapping[str, datetime]:
        """The brands whose metadata is past half of its life, but only another key can renew; and when it ends."""
        old = self._present()
        foreign = old.owners.keys() - self.brand_keys.keys()
        late = {brand: role.signed for brand, role in old.roles.items() if self._is_stale(role, self.lives.role)}
        return {brand: signed.expires for brand, signed in late.items() if brand in foreign}

    def update(self, brands: Mapping[str, Mapping[str, tuple[int, str]]]) -> bool:
        """Let each of these brands have these targets: path to size and SHA-256. Whether anything was written."""
        old = self._present()
        roles: dict[str, Metadata[Targets]] = {}
        for brand in dict.fromkeys((*old.roles, *brands)):
            known = old.roles.get(brand)
            files = {path: _target(path, *brands[brand][path]) for path in sorted(brands.get(brand, {}))}
            if brand not in brands:
                files = old.roles[brand].signed.targets
            if known is not None and not self._is_due(brand, known, files=files, old=old):
                roles[brand] = known
                continue
            new = Targets(self._free(brand, known), expires=_end(self.now, self.lives.role))
            new.targets = files
            roles[brand] = Metadata(new)
        changed = {brand: role for brand, role in roles.items() if role is not old.roles.get(brand)}
        targets = self._targets(old, roles)
        if not changed and targets is old.targets and not old.is_stale(self):
            return False
        self._write(old, changed, targets, roles)
        return True

    def _signer(self, brand: str, old: _Present) -> SigningKey:
        """The key that says what is new of a brand. Raises ChannelError if it is not here."""
        if brand not in self.brand_keys and brand in old.owners:
            raise ChannelError(f"`{brand}` has a key of its own: say --brand-key {brand}=KEY")
        return self.brand_keys.get(brand, self.key)

    def _is_due(self, brand: str, known: Metadata[Targets], *, files: Mapping[str, TargetFile], old: _Present) -> bool:
        """Whether the role has to be made anew; what only gets older waits for whoever has its key."""
        if known.signed.targets != files:
            return True
        if brand not in self.brand_keys and brand in old.owners:
            return False
        return self._is_stale(known, self.lives.role) or not _is_by(self._signer(brand, old), known)

    def _targets(self, old: _Present, roles: Mapping[str, Metadata[Targets]]) -> Metadata[Targets]:
        """The list of brands, made anew if it says something else or is nearly over."""
        keys = {brand: old.owners.get(brand, tuf_key(self.key.public)) for brand in sorted(roles)}
        keys |= {brand: tuf_key(key.public) for brand, key in self.brand_keys.items() if brand in roles}
        delegated = {
            brand: DelegatedRole(brand, [key.keyid], 1, terminating=True, paths=[f"{brand}/*"])
            for brand, key in keys.items()
        }
        wanted = Delegations({key.keyid: key for key in keys.values()}, delegated) if delegated else None
        known = old.targets
        is_good = known is not None and not self._is_stale(known, self.lives.role) and self._signs(known)
        if known is not None and is_good and known.signed.delegations == wanted:
            return known
        version = self._free("targets", known)
        return Metadata(Targets(version, expires=_end(self.now, self.lives.role), delegations=wanted))

    def _write(
        self, old: _Present, changed: Mapping[str, Metadata[Targets]], targets: Metadata[Targets],
        roles: Mapping[str, Metadata[Targets]],
    ) -> None:  # fmt: skip
        """What is named comes before what names it; the timestamp, last, is when all of it becomes visible."""
        for brand, role in changed.items():
            self._create(f"{role.signed.version}.{brand}.json", role, key=self._signer(brand, old))
        if targets is not old.targets:
            self._create(f"{targets.signed.version}.targets.json", targets)
        meta = {f"{brand}.json": MetaFile(role.signed.version) for brand, role in roles.items()}
        meta["targets.json"] = MetaFile(targets.signed.version)
        version = self._free("snapshot", old.snapshot)
        snapshot = Metadata(Snapshot(version, expires=_end(self.now, self.lives.fresh), meta=meta))
        content = self._create(f"{version}.snapshot.json", snapshot)
        number = 1 if old.timestamp is None else old.timestamp.signed.version + 1
        whole = MetaFile(version, len(content), {"sha256": hashlib.sha256(content).hexdigest()})
        timestamp = Metadata(Timestamp(number, expires=_end(self.now, self.lives.fresh), snapshot_meta=whole))
        timestamp.sign(KeySigner(self.key))
        self.place.put(f"{FOLDER}/timestamp.json", _bytes(timestamp), media_type=JSON)

    def _create(self, name: str, metadata: Metadata[Any], *, key: SigningKey | None = None) -> bytes:
        metadata.sign(KeySigner(key or self.key))
        content = _bytes(metadata)
        if not self.place.create(f"{FOLDER}/{name}", content, media_type=JSON):
            raise ChannelError(f"{name} was published by somebody else meanwhile: publish again")
        return content

    def _free(self, role: str, known: Metadata[Any] | None) -> int:
        """The first version that no file has: a publication that was interrupted may have left some."""
        version = 1 if known is None else int(known.signed.version) + 1
        for number in range(version, version + MOST_ATTEMPTS):
            if self.place.get(f"{FOLDER}/{number}.{role}.json") is None:
                return number
        raise ChannelError(f"more than {MOST_ATTEMPTS} unfinished publications of `{role}` lie in {FOLDER}/")

    def _is_stale(self, metadata: Metadata[Any], days: int) -> bool:
        """Half of its life is over."""
        return bool(metadata.signed.expires - self.now < timedelta(days=days / 2))

    def _signs(self, metadata: Metadata[Any]) -> bool:
        return _is_by(self.key, metadata)

    def _present(self) -> _Present:
        """What is published now, as far as its signatures are good. Raises ChannelError for any that is not.

        After a change of the online key the old one's are good by the root before.
        """
        timestamp = self._read("timestamp.json", Timestamp, "timestamp")
        if timestamp is None:
            return _Present()
        snapshot = self._read(f"{timestamp.signed.snapshot_meta.version}.snapshot.json", Snapshot, "snapshot")
        if snapshot is None:
            raise ChannelError("the timestamp names a snapshot that is not there: bring it back from a copy")
        versions = {name: meta.version for name, meta in snapshot.signed.meta.items()}
        targets = self._read(f"{versions.get('targets.json', 0)}.targets.json", Targets, "targets")
        if targets is None:
            raise ChannelError("the snapshot names a list of brands that is not there: bring it back from a copy")
        delegated = targets.signed.delegations
        roles: dict[str, Metadata[Targets]] = {}
        owners: dict[str, Key] = {}
        keys, online = (delegated.keys if delegated else {}), self._online_ids()
        for brand, role in ((delegated.roles or {}) if delegated else {}).items():
            name = f"{versions.get(f'{brand}.json', 0)}.{brand}.json"
            content = self.place.get(f"{FOLDER}/{name}") if BRAND.fullmatch(brand) else None
            if content is None:
                raise ChannelError(f"the snapshot names metadata of `{brand}` that is not there")
            roles[brand] = _parsed(content, Targets, brand)
            _verified(targets.signed, brand, roles[brand])
            for keyid in role.keyids:
                if keyid in keys and keyid not in online:
                    owners[brand] = keys[keyid]
        return _Present(timestamp, snapshot, targets, roles, owners)

    def _judges(self) -> list[Root]:
        """The root, and the one before: until the first publication after it that one's keys have signed."""
        version = self.root.signed.version
        before = self.place.get(f"{FOLDER}/{version - 1}.root.json") if version > 1 else None
        return [self.root.signed, *([read_root(before).signed] if before else [])]

    def _online_ids(self) -> frozenset[str]:
        return frozenset(keyid for judge in self._judges() for keyid in judge.roles["targets"].keyids)

    def _read(self, name: str, kind: type[Any], role: str) -> Metadata[Any] | None:
        content = self.place.get(f"{FOLDER}/{name}")
        if content is None:
            return None
        metadata = _parsed(content, kind, role)
        for judge in self._judges():
            try:
                judge.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
            except RepositoryError:
                continue
            return metadata
        raise ChannelError(f"{name} is not signed by the channel's key: somebody else wrote it")


@dataclass(frozen=True, slots=True)
class _Present:
    timestamp: Metadata[Timestamp] | None = None
    snapshot: Metadata[Snapshot] | None = None
    targets: Metadata[Targets] | None = None
    roles: Mapping[str, Metadata[Targets]] = field(default_factory=dict)
    owners: Mapping[str, Key] = field(default_factory=dict)
    """The keys of brands that do not have the online one."""

    def is_stale(self, channel: Channel) -> bool:
        both = (self.timestamp, self.snapshot)
        life = channel.lives.fresh
        return any(each is None or channel._is_stale(each, life) or not channel._signs(each) for each in both)  # noqa: SLF001


def _is_by(key: SigningKey, metadata: Metadata[Any]) -> bool:
    return tuf_key(key.public).keyid in metadata.signatures


def _verified(judge: Targets, role: str, metadata: Metadata[Any]) -> None:
    try:
        judge.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
    except RepositoryError:
        raise ChannelError(f"the metadata of `{role}` is not signed by its key: somebody else wrote it") from None


def _target(path: str, size: int, sha256: str) -> TargetFile:
    return TargetFile(size, {"sha256": sha256}, path)


def _parsed(content: bytes, kind: type[Any], role: str) -> Metadata[Any]:
    try:
        metadata: Metadata[Any] = Metadata.from_bytes(content[: MAX_METADATA_BYTES + 1])
    except DeserializationError as error:
        raise ChannelError(f"the metadata of `{role}` cannot be read") from error
    if not isinstance(metadata.signed, kind):
        raise ChannelError(f"the metadata of `{role}` is of another kind")
    return metadata


def _bytes(metadata: Metadata[Any]) -> bytes:
    return metadata.to_bytes(_PRETTY) + b"\n"


def _end(now: datetime, days: int) -> datetime:
    return (now + timedelta(days=days)).astimezone(UTC).replace(microsecond=0)
