"""A Java SDK in the layout of a Maven repository: jars, the project's file, checksums, and the list of versions.

Source: Maven, "Repository layout" and "Repository metadata".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from themekit.model import Artifact
from themekit.sdk.packages.archives import zip_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SOURCE = "src/main/java/"
RESOURCES = "src/main/resources/"


@dataclass(frozen=True, slots=True)
class Coordinates:
    """Where a library is in every repository."""

    group: str
    artifact: str
    version: str

    @property
    def folder(self) -> str:
        """Of this version."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}"


def jar(classes: Mapping[str, bytes], files: Mapping[str, bytes], *, module: str) -> bytes:
    """The jar of compiled classes, with the project's resources; `module` is its automatic module name."""
    manifest = f"Manifest-Version: 1.0\r\nAutomatic-Module-Name: {module}\r\n\r\n".encode()
    resources = {path.removeprefix(RESOURCES): content for path, content in files.items() if path.startswith(RESOURCES)}
    members = {**resources, **classes}
    return zip_of([("META-INF/MANIFEST.MF", manifest), *((path, members[path]) for path in sorted(members))])


def repository(of: Coordinates, files: Mapping[str, bytes], *, jar_content: bytes, folder: str) -> tuple[Artifact, ...]:
    """A static repository below `folder` with this one version. `files` are the project's, with `pom.xml`."""
    stem = f"{of.folder}/{of.artifact}-{of.version}"
    sources = [(path.removeprefix(SOURCE), files[path]) for path in sorted(files) if path.startswith(SOURCE)]
    metadata = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<metadata>\n'
        f"  <groupId>{escape(of.group)}</groupId>\n  <artifactId>{escape(of.artifact)}</artifactId>\n  <versioning>\n"
        f"    <latest>{of.version}</latest>\n    <release>{of.version}</release>\n    <versions>\n"
        f"      <version>{of.version}</version>\n    </versions>\n  </versioning>\n</metadata>\n"
    )
    listed = [
        (f"{stem}.jar", jar_content, "application/java-archive"),
        (f"{stem}-sources.jar", zip_of(sources), "application/java-archive"),
        (f"{stem}.pom", files["pom.xml"], "text/xml"),
        (f"{of.folder.rpartition('/')[0]}/maven-metadata.xml", metadata.encode(), "text/xml"),
    ]
    return tuple(_with_checksums((f"{folder}/{path}", content, media_type) for path, content, media_type in listed))


def _with_checksums(files: Iterable[tuple[str, bytes, str]]) -> Iterator[Artifact]:
    """Each file with the checksums that clients ask for. MD5 and SHA-1 are Maven's own, and guard against accidents."""
    for path, content, media_type in files:
        yield Artifact.of(path, content, media_type)
        for name in ("md5", "sha1", "sha256"):
            digest = hashlib.new(name, content, usedforsecurity=False).hexdigest()
            yield Artifact.text(f"{path}.{name}", digest)
