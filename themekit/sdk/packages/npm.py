"""A TypeScript SDK as the tarball that npm installs, and the packument that tells npm of it.

Source: npm, "package-lock and tarballs", and CouchDB's documents as registries answer them ("package metadata").
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Artifact
from themekit.sdk.packages.archives import tar_gz_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_KEPT_OUT = ("tests/", "test/", "node_modules/")


@dataclass(frozen=True, slots=True)
class Tarball:
    """One version of a package. `manifest` is its package.json as text."""

    name: str
    version: str
    content: bytes
    manifest: str

    @property
    def filename(self) -> str:
        """Without the scope, as npm names it in URLs."""
        return f"{self.name.rpartition('/')[2]}-{self.version}.tgz"

    @property
    def integrity(self) -> str:
        """SHA-512 as Subresource Integrity writes it."""
        return "sha512-" + base64.b64encode(hashlib.sha512(self.content).digest()).decode()

    @property
    def shasum(self) -> str:
        """SHA-1, which old clients compare."""
        return hashlib.sha1(self.content).hexdigest()  # noqa: S324 - the protocol asks for it; integrity is SHA-512


def tarball(files: Mapping[str, bytes]) -> Tarball:
    """The package of a project with `package.json`; `files` are by path, relative to it."""
    manifest = files["package.json"].decode()
    described = json.loads(manifest)
    members = [
        (f"package/{path}", files[path])
        for path in sorted(files, key=lambda path: (path != "package.json", path))  # npm reads that one first
        if not path.startswith(_KEPT_OUT)
    ]
    return Tarball(str(described["name"]), str(described["version"]), tar_gz_of(members), manifest)


def packument(found: Tarball, *, url: str) -> dict[str, object]:
    """What a registry answers for the package; `url` is where its tarball is."""
    manifest = json.loads(found.manifest)
    dist = {"integrity": found.integrity, "shasum": found.shasum, "tarball": url}
    version = {**manifest, "_id": f"{found.name}@{found.version}", "dist": dist}
    return {
        "_id": found.name,
        "name": found.name,
        "dist-tags": {"latest": found.version},
        "versions": {found.version: version},
    }


def registry(found: Tarball, *, folder: str, base_url: str) -> tuple[Artifact, ...]:
    """A static registry below `folder`, which is at `base_url`: `npm install --registry …`.

    npm asks for a scoped package as `@scope%2fname`, which a static host takes for the path `@scope/name`: a file, so
    that the tarball cannot be below it.
    """
    path = f"-/{found.name.removeprefix('@')}-{found.version}.tgz"
    described = packument(found, url=f"{base_url}/{path}")
    text = json.dumps(described, ensure_ascii=False) + "\n"
    return (
        Artifact.of(f"{folder}/{path}", found.content, "application/gzip"),
        Artifact.text(f"{folder}/{found.name}", text, media_type="application/json"),
    )
