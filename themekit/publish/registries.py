"""Packages into registries, each version once: the same bytes again are no work, other bytes under its name an error.

Source: PyPI's legacy upload API, npm's registry API, Maven's repository layout, and the GOPROXY protocol.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from themekit.publish.requests import MAX_ANSWER, MAX_DOCUMENT, RegistryError
from themekit.sdk.changes.versions import newest
from themekit.sdk.packages.npm import packument
from themekit.sdk.packages.pypi import normalized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from themekit.model import Artifact
    from themekit.publish.requests import Registry
    from themekit.sdk.packages.npm import Tarball
    from themekit.sdk.packages.pypi import Distribution

_VERSION = re.compile(rb"<version>\s*([A-Za-z0-9._+-]+)\s*</version>")
_OUR_VERSION = re.compile(rb"      <version>([^<]+)</version>\n")
_NEWEST = re.compile(rb"<(latest|release)>[^<]*</(?:latest|release)>")
_GO_VERSION = re.compile(rb"v\d+\.\d+\.\d+[A-Za-z0-9.+-]*")

State = Literal["published", "unchanged", "would publish"]


@dataclass(frozen=True, slots=True)
class Published:
    """What was done with one file or version."""

    name: str
    state: State


class VersionTaken(RegistryError):  # noqa: N818 - says what is so, as the house's others do
    """The registry has this version already, with other bytes."""

    def __init__(self, what: str) -> None:
        """`what` names the version."""
        super().__init__(f"{what} is there already, with other bytes; a version is published once: choose a new one")


def publish_python(registry: Registry, found: Sequence[Distribution], *, dry_run: bool) -> list[Published]:
    """Upload a wheel and a source distribution."""
    done = []
    for each in found:
        known = _known_sha256(registry, each)
        if known is not None and known != each.sha256:
            raise VersionTaken(each.filename)
        if known is None and not dry_run:
            _upload(registry, each)
        done.append(Published(each.filename, _state(is_there=known is not None, dry_run=dry_run)))
    return done


def publish_npm(registry: Registry, found: Tarball, *, dry_run: bool) -> list[Published]:
    """Put a version of a package."""
    what, path = f"{found.name}@{found.version}", quote(found.name, safe="@")
    known = registry.get(path, accept="application/json", at_most=MAX_DOCUMENT)
    versions = _versions(known, found.name) if known else {}
    there = versions.get(found.version)
    if there is not None and _member(_member(there, "dist"), "integrity") != found.integrity:
        raise VersionTaken(what)
    if there is None and not dry_run:
        document = packument(found, url=f"{registry.url}/{found.name}/-/{found.filename}")
        attached = {
            "content_type": "application/octet-stream",
            "data": base64.b64encode(found.content).decode(),
            "length": len(found.content),
        }
        if newest([*versions, found.version]) != found.version:  # who names no version goes on getting that one
            document["dist-tags"] = {f"release-{'.'.join(found.version.split('.')[:2])}": found.version}
        document |= {"access": "public", "_attachments": {found.filename: attached}}
        registry.put(path, json.dumps(document).encode(), media_type="application/json")
    return [Published(what, _state(is_there=there is not None, dry_run=dry_run))]


def publish_files(registry: Registry, files: Iterable[Artifact], *, dry_run: bool) -> list[Published]:
    """Put the files of a Maven repository or of a Go proxy; those that list versions come last.

    A list is joined with what is there; every other file is of one version, and stays as it is.
    """
    ordered = sorted(files, key=lambda file: (_is_list(str(file.path)), str(file.path)))
    done: list[Published] = []
    lists: dict[str, bytes] = {}
    for file in ordered:
        path = quote(str(file.path))
        is_list = _is_list(str(file.path))
        known = registry.get(path, at_most=MAX_DOCUMENT if is_list else MAX_ANSWER)
        content = file.content
        if is_list:
            content = lists[str(file.path)] = _joined(str(file.path), known or b"", content, lists)
        elif known is not None and known != content:
            raise VersionTaken(str(file.path))
        is_there = known == content
        if not is_there and not dry_run:
            registry.put(path, content, media_type=file.media_type)
        done.append(Published(str(file.path), _state(is_there=is_there, dry_run=dry_run)))
    return done


def _state(*, is_there: bool, dry_run: bool) -> State:
    return "unchanged" if is_there else "would publish" if dry_run else "published"


def _versions(known: bytes, name: str) -> Mapping[str, object]:
    """The versions that a registry tells of. Raises RegistryError if it tells something else."""
    try:
        versions = _member(json.loads(known), "versions")
    except (ValueError, RecursionError):
        versions = None
    if not isinstance(versions, dict):
        raise RegistryError(f"what the registry has under `{name}` is no package")
    return versions


def _member(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _known_sha256(registry: Registry, each: Distribution) -> str | None:
    """Of the file of this name, by the index; "" if it is there without one."""
    page = registry.get(f"simple/{normalized(each.name)}/", accept="text/html", at_most=MAX_DOCUMENT)
    found = re.search(
        rf'(?<![\w.-]){re.escape(each.filename)}(?:#sha256=([0-9a-f]{{64}}))?"',
        (page or b"").decode("utf-8", "replace"),
    )
    return None if found is None else found[1] or ""


def _upload(registry: Registry, each: Distribution) -> None:
    is_wheel = each.filename.endswith(".whl")
    fields = {
        ":action": "file_upload",
        "protocol_version": "1",
        "metadata_version": "2.4",
        "name": each.name,
        "version": each.version,
        "filetype": "bdist_wheel" if is_wheel else "sdist",
        "pyversion": "py3" if is_wheel else "source",
        "requires_python": each.requires_python,
        "sha256_digest": each.sha256,
    }
    boundary = hashlib.sha256(each.content).hexdigest()
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="content"; filename="{each.filename}"\r\n'
    parts += [f"{head}Content-Type: application/octet-stream\r\n\r\n".encode(), each.content, b"\r\n"]
    body = b"".join((*parts, f"--{boundary}--\r\n".encode()))
    media_type = f"multipart/form-data; boundary={boundary}"
    registry.put("", body, media_type=media_type, method="POST", auth=registry.credentials.basic)


def _is_list(path: str) -> bool:
    return path.endswith(("/@v/list", "/@latest")) or "/maven-metadata.xml" in path


def _joined(path: str, known: bytes, ours: bytes, lists: Mapping[str, bytes]) -> bytes:
    """The versions that are listed there, and ours; of a checksum, that of the list it is for."""
    if path.endswith("/@v/list"):
        listed = known.split()
        if not all(map(_GO_VERSION.fullmatch, listed)):
            raise RegistryError(f"what the registry has under `{path}` is no list of versions")
        return b"".join(each + b"\n" for each in dict.fromkeys((*listed, *ours.split())))
    if path.endswith("/@latest"):
        return known if known and _is_newer(path, known, than=ours) else ours
    if path.endswith("/maven-metadata.xml"):
        there, own = _VERSION.findall(known), _OUR_VERSION.findall(ours)
        if known and not there:
            raise RegistryError(f"what the registry has under `{path}` lists no version")
        all_ = list(dict.fromkeys((*there, *own)))
        joined = b"".join(b"      <version>%s</version>\n" % each for each in all_)
        best = newest(each.decode() for each in all_).encode()
        found = _NEWEST.sub(lambda mark: b"<%s>%s</%s>" % (mark[1], best, mark[1]), ours)
        return _OUR_VERSION.sub(lambda _: joined, found, count=1)
    of, _, algorithm = path.rpartition(".")
    if of in lists:
        return hashlib.new(algorithm, lists[of], usedforsecurity=False).hexdigest().encode()
    return ours


def _is_newer(path: str, known: bytes, *, than: bytes) -> bool:
    """A proxy's `@latest` names a version that is still the newest one."""
    try:
        there, own = (_member(json.loads(each), "Version") for each in (known, than))
    except (ValueError, RecursionError):
        there, own = None, None
    if not isinstance(there, str) or not isinstance(own, str):
        raise RegistryError(f"what the registry has under `{path}` names no version")
    return newest([own, there]) == there
