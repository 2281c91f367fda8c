"""The manifest: every file of a bundle with its digest, as canonical JSON (RFC 8785)."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model.portable_path import portability_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.model import Artifact

FORMAT = "themekit-bundle/1"
MANIFEST_PATH = PurePosixPath(".themekit/manifest.json")
MAX_MANIFEST_BYTES = 32 * 1024 * 1024  # 100,000 files of 300 bytes each

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+(; ?charset=utf-8)?")
_KEYS = frozenset({"brand", "files", "format", "inputs", "tools", "tree"})
_FILE_KEYS = frozenset({"mediaType", "path", "sha256", "size"})
_BRAND_KEYS = frozenset({"id", "locale", "name", "version"})


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file: its path in the bundle, SHA-256 in lower-case hex, size in bytes, media type."""

    path: PurePosixPath
    sha256: str
    size: int
    media_type: str

    def as_json(self) -> dict[str, str | int]:
        """The entry as the manifest writes it."""
        return {"path": str(self.path), "sha256": self.sha256, "size": self.size, "mediaType": self.media_type}


@dataclass(frozen=True, slots=True)
class BundleBrand:
    """Whose bundle it is."""

    id: str
    name: str
    version: str
    locale: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that had a part in the bytes, with its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that a bundle says of itself.

    `files` are sorted by path. `inputs` is the digest of everything the build read, `tree` of everything it made.
    """

    brand: BundleBrand
    files: tuple[FileEntry, ...]
    inputs: str
    tools: tuple[Tool, ...]

    @property
    def tree(self) -> str:
        """SHA-256 over what `sha256sum` prints for all files in path order: digest, two spaces, path, line feed."""
        lines = "".join(f"{entry.sha256}  {entry.path}\n" for entry in self.files)
        return hashlib.sha256(lines.encode()).hexdigest()

    def to_json(self) -> bytes:
        """RFC 8785 JSON: one spelling only, so equal manifests are equal bytes."""
        brand = self.brand
        document = {
            "format": FORMAT,
            "brand": {"id": brand.id, "name": brand.name, "version": brand.version, "locale": brand.locale},
            "files": [entry.as_json() for entry in self.files],
            "inputs": self.inputs,
            "tools": {tool.name: tool.version for tool in self.tools},
            "tree": self.tree,
        }
        # Sorted ASCII keys, integers and text: here the standard library writes what RFC 8785 wants, 20 times faster.
        return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


class InvalidManifestError(ValueError):
    """The text is no manifest; the message says what is wrong, as a clause."""


def file_entry(artifact: Artifact) -> FileEntry:
    """The entry of an artifact."""
    digest = hashlib.sha256(artifact.content).hexdigest()
    return FileEntry(artifact.path, digest, len(artifact.content), artifact.media_type)


def manifest_of(entries: Iterable[FileEntry], *, brand: BundleBrand, inputs: str, tools: Sequence[Tool]) -> Manifest:
    """The manifest of these files, which are sorted here."""
    files = tuple(sorted(entries, key=lambda entry: str(entry.path)))
    return Manifest(brand, files, inputs, tuple(sorted(tools, key=lambda tool: tool.name)))


def parse_manifest(content: bytes) -> Manifest:
    """The manifest, if it is exactly what `to_json` writes. Raises InvalidManifestError for anything else."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InvalidManifestError("is not JSON") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InvalidManifestError(f"is not of the format `{FORMAT}`, the only one known here")
    _members(document, _KEYS, "")
    manifest = Manifest(
        _brand(document["brand"]), _files(document["files"]), _digest(document["inputs"]), _tools(document["tools"])
    )
    if document["tree"] != manifest.tree:
        raise InvalidManifestError("names another tree digest than its files have")
    if manifest.to_json() != content:
        raise InvalidManifestError("is not in canonical form (RFC 8785)")
    return manifest


def _members(value: object, keys: frozenset[str], owner: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise InvalidManifestError(f"has no object in {owner}")
    for fault, names in (("lacks", keys - value.keys()), ("has the unknown", value.keys() - keys)):
        if names:
            listed = ", ".join(f"`{name}`" for name in sorted(names))
            raise InvalidManifestError(f"{fault} {listed}{f' in {owner}' if owner else ''}")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise InvalidManifestError("has a value that is no text where text is due")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidManifestError("has a text with half a character in it")
    return value


def _digest(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise InvalidManifestError("has a digest that is no SHA-256")
    return value


def _brand(value: object) -> BundleBrand:
    brand = _members(value, _BRAND_KEYS, "`brand`")
    return BundleBrand(_text(brand["id"]), _text(brand["name"]), _text(brand["version"]), _text(brand["locale"]))


def _tools(value: object) -> tuple[Tool, ...]:
    if not isinstance(value, dict):
        raise InvalidManifestError("has `tools` that are no object")
    if not all(name.isascii() for name in value):
        raise InvalidManifestError("names a tool in other letters than ASCII")
    return tuple(Tool(_text(name), _text(value[name])) for name in sorted(value))


def _files(value: object) -> tuple[FileEntry, ...]:
    if not isinstance(value, list):
        raise InvalidManifestError("has `files` that are no list")
    files = tuple(_file(item) for item in value)
    paths = [str(entry.path) for entry in files]
    if paths != sorted(set(paths)):
        raise InvalidManifestError("lists its files out of order or twice")
    return files


def _file(value: object) -> FileEntry:
    entry = _members(value, _FILE_KEYS, "a file")
    path, size, media_type = _text(entry["path"]), entry["size"], _text(entry["mediaType"])
    if fault := portability_fault(path):
        raise InvalidManifestError(f"lists the path {path!r}, which {fault}")
    if isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise InvalidManifestError(f"has a size for {path!r} that is no count of bytes")
    if not _MEDIA_TYPE.fullmatch(media_type):
        raise InvalidManifestError(f"has {media_type!r} as the media type of {path!r}")
    return FileEntry(PurePosixPath(path), _digest(entry["sha256"]), size, media_type)
