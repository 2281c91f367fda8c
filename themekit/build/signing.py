"""The files beside a bundle that vouch for it: signature and provenance, or none of either."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.write import write_file
from themekit.bundle import provenance
from themekit.bundle.envelope import sealed
from themekit.bundle.names import beside
from themekit.engine.trace import Kind

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.bundle.keys import SigningKey
    from themekit.bundle.manifest import Manifest
    from themekit.engine.trace import Read

DEFAULT_BUILDER = "https://themekit.example/docs/handbook/bundle-trust#builder"
"""Says only: somebody who ran themekit. A CI system names itself."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs, and the URI of the builder that the provenance names."""

    key: SigningKey
    builder: str = DEFAULT_BUILDER


@dataclass(frozen=True, slots=True)
class Made:
    """A bundle as it was made: its manifest, what was read for it, and the options that change its bytes."""

    manifest: Manifest
    reads: tuple[Read, ...]
    options: tuple[tuple[str, str], ...]
    epoch_s: int


def sign(path: Path, content: bytes, *, made: Made, signing: Signing, cache: Path) -> None:
    """Write both files beside the bundle at `path`."""
    build = provenance.Build(signing.builder, made.options, dependencies(made.reads), made.epoch_s)
    digest = hashlib.sha256(content).hexdigest()
    payload = provenance.statement(made.manifest, build, name=path.name, sha256=digest)
    minisig = signing.key.minisig(content, name=path.name, epoch_s=made.epoch_s).encode()
    for name, text in zip(beside(path.name), (minisig, sealed(payload, key=signing.key)), strict=True):
        write_file(path.with_name(name), text, cache=cache)


def remove_stale(path: Path) -> None:
    """Take away what vouched for the file that was at `path` before: it would contradict the new one."""
    for name in beside(path.name):
        path.with_name(name).unlink(missing_ok=True)


def dependencies(reads: tuple[Read, ...]) -> tuple[provenance.Dependency, ...]:
    """The files that were read, with their SHA-256. Folders and variables are in the manifest's `inputs` alone."""
    files = {each.name: each.digest for each in reads if each.kind is Kind.FILE and _SHA256.fullmatch(each.digest)}
    return tuple(provenance.Dependency(name, files[name]) for name in sorted(files))
