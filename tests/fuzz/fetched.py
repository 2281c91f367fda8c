"""Parsers of what comes over the network beside a bundle: signatures, keys, provenance, indexes, patches, TUF metadata.

Metadata is tried twice: as somebody without a key would send it, and signed by the channel's own key, as whoever stole
that key could. What is behind a signature must survive the second, too.
"""

import json
import shutil
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from types import SimpleNamespace

from tuf.api.metadata import Metadata
from tuf.api.serialization import DeserializationError, SerializationError

from tests.publish.channels import Repository, bundle_of, key
from themekit.bundle.envelope import InvalidEnvelopeError, parse_envelope, sealed
from themekit.bundle.keys import UnusableKeyError, public_key
from themekit.bundle.patch import apply_patch, make_patch
from themekit.bundle.provenance import InvalidProvenanceError, parse_statement
from themekit.bundle.signature import InvalidSignatureError, check_minisig, parse_minisig
from themekit.bundle.trusted_keys import TrustedKey, TrustedKeys, parse_trusted_keys
from themekit.publish.channel import Channel, ChannelError, KeySigner, read_root
from themekit.publish.fetching import FetchError, fetch_bundle
from themekit.publish.listing import InvalidListingError, parse_listing
from themekit.publish.remote import RemoteError

ROLES = {"root": ("root", "timestamp"), "snapshot": ("snapshot",), "targets": ("targets", "acme")}
"""Where a file of a kind is tried, by its kind; what is no metadata is none anywhere."""


NUMBERS = {"timestamp": "", "root": "2."}
"""Of the file's name: the next root, and the present version of the others."""


def signature(content: bytes) -> None:
    """A `.minisig`, as if it were some key's of some file."""
    with suppress(InvalidSignatureError):
        check_minisig(parse_minisig(content), b"hello", key=key("online").public)


def keys(content: bytes) -> None:
    """A public key, and a file of trusted ones."""
    with suppress(UnusableKeyError):
        assert public_key(content.decode("utf-8", "replace")).text
    found, diagnostics = parse_trusted_keys(PurePosixPath("trusted.json"), content)
    assert not (found.keys and diagnostics)


def provenance(content: bytes) -> None:
    """An envelope with what is in it, and the statement itself."""
    with suppress(InvalidEnvelopeError, InvalidProvenanceError):
        parse_statement(parse_envelope(content).payload)
    with suppress(InvalidProvenanceError):
        parse_statement(content)


def listing(content: bytes) -> None:
    """An index: what can be read is written, and read the same again."""
    with suppress(InvalidListingError):
        found = parse_listing(content)
        assert found == parse_listing(found.to_json())


def patch(content: bytes) -> None:
    """A patch for a bundle of ours."""
    made, diagnostics = apply_patch(bundle_of("1.0.0").content, content)
    assert bool(made) != bool(diagnostics)


def metadata(content: bytes) -> None:
    """One file of an update channel: its root, or any other, as it came and signed by the stolen key."""
    with suppress(ChannelError):
        read_root(content)
    forged, kind = _signed(content)
    for role in ROLES.get(kind, ("timestamp",)):
        for text in {content, forged}:
            _fetched({**_published(), **_named(role, text)})
            _updated({**_published(), **_named(role, text)})


def _fetched(files: dict[str, bytes]) -> None:
    """A partner's side."""

    def opened(path: str, **_: object) -> SimpleNamespace:
        if path not in files:
            raise RemoteError(f"{path} is not there", 404)
        return SimpleNamespace(start=0, size=len(files[path]), tag="", chunks=iter((files[path],)), close=lambda: None)

    def read(path: str, *, at_most: int) -> bytes:
        return b"".join(opened(path).chunks)[:at_most]

    remote = SimpleNamespace(url="https://downloads.example", open=opened, read=read)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-fetch-"))
    try:
        with suppress(FetchError, RemoteError):
            fetch_bundle(remote, "acme", folder=folder, root=files["metadata/root.json"])
    finally:
        shutil.rmtree(folder)


def _updated(files: dict[str, bytes]) -> None:
    """The operator's side: the next publication reads what is there."""

    def create(name: str, content: bytes, *, media_type: str) -> bool:
        del media_type
        return files.setdefault(name, content) is content

    place = SimpleNamespace(get=files.get, create=create, put=lambda *_, **__: None)
    root = read_root(files["metadata/root.json"])
    with suppress(ChannelError):
        Channel(place, root, key("online"), datetime.now(UTC)).update({"acme": {"acme/a.zip": (1, "0" * 64)}})


def _named(role: str, content: bytes) -> dict[str, bytes]:
    return {f"metadata/{NUMBERS.get(role, '1.')}{role}.json": content}


def _signed(content: bytes) -> tuple[bytes, str]:
    """With good signatures of the online key and of the root's, if it is metadata at all; and its kind."""
    try:
        parsed = Metadata.from_bytes(content)
        for name in ("online", "r1", "r2"):
            parsed.sign(KeySigner(key(name)), append=True)
        return parsed.to_bytes(), str(parsed.signed.type)
    except (DeserializationError, SerializationError, ValueError):
        return content, ""


@cache
def _published() -> dict[str, bytes]:
    """Every file of a small channel."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-channel-"))
    try:
        Repository(folder).begin().publish(bundle_of())
        return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    finally:
        shutil.rmtree(folder)


def some_metadata() -> list[bytes]:
    return [content for path, content in _published().items() if path.startswith("metadata/")]


def some_listings() -> list[bytes]:
    return [content for path, content in _published().items() if path.endswith("index.json")]


def some_signatures() -> list[bytes]:
    return [key("online").minisig(b"hello", name="acme-1.0.0.zip", epoch_s=0).encode()]


def some_keys() -> list[bytes]:
    public = key("online").public
    return [public.to_file().encode(), TrustedKeys((TrustedKey(public, 0, 1),)).to_json().encode()]


def some_provenance() -> list[bytes]:
    statement = {"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "a", "digest": {"sha256": "0"}}]}
    payload = json.dumps(statement).encode()
    return [sealed(payload, key=key("online")), payload]


def some_patches() -> list[bytes]:
    made, _ = make_patch(bundle_of("1.0.0").content, bundle_of("1.0.1", text=b"hello again").content)
    return [made]
