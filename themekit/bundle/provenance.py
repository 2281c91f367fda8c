"""Where a bundle comes from: an in-toto statement with SLSA provenance, made from values alone and so always the same.

Source: https://slsa.dev/spec/v1.0/provenance; https://github.com/in-toto/attestation, spec/v1/statement.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.bundle.manifest import Manifest

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://slsa.dev/provenance/v1"
BUILD_TYPE = "https://themekit.example/docs/handbook/bundle-trust#provenance"
"""What a build is: `themekit package` over a project, as that page describes it."""


class InvalidProvenanceError(ValueError):
    """No provenance of the bundle; the message says why, as a clause after "the provenance"."""


@dataclass(frozen=True, slots=True)
class Dependency:
    """An input: its path in the project, or below `@themekit/` in the installed package, and its SHA-256."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Build:
    """What made a bundle. `builder` is a URI; `options` are those of the command line that change bytes."""

    builder: str
    options: tuple[tuple[str, str], ...]
    dependencies: tuple[Dependency, ...]
    epoch_s: int


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a statement says of one file."""

    builder: str
    brand: str
    version: str
    tree: str
    subjects: tuple[tuple[str, str], ...]
    dependencies: int


def statement(manifest: Manifest, build: Build, *, name: str, sha256: str) -> bytes:
    """The statement on a file of this name and digest, which holds what the manifest lists."""
    return _json(
        {
            "_type": STATEMENT,
            "subject": [{"name": name, "digest": {"sha256": sha256}}],
            "predicateType": PREDICATE,
            "predicate": {
                "buildDefinition": {
                    "buildType": BUILD_TYPE,
                    "externalParameters": {
                        "brand": manifest.brand.id,
                        "version": manifest.brand.version,
                        "options": dict(build.options),
                    },
                    "internalParameters": {"SOURCE_DATE_EPOCH": build.epoch_s, "tree": manifest.tree},
                    "resolvedDependencies": [
                        {"name": each.name, "digest": {"sha256": each.sha256}} for each in build.dependencies
                    ],
                },
                "runDetails": {
                    "builder": {
                        "id": build.builder,
                        "version": {tool.name: tool.version for tool in manifest.tools},
                    }
                },
            },
        }
    )


def parse_statement(payload: bytes) -> Provenance:
    """What a statement says, if it is one of ours. Raises InvalidProvenanceError."""
    try:
        document = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise InvalidProvenanceError("is not JSON") from error
    _require(document, "_type", STATEMENT, what="an in-toto statement v1")
    _require(document, "predicateType", PREDICATE, what="SLSA provenance v1")
    predicate = _object(document, "predicate")
    definition = _object(predicate, "buildDefinition")
    _require(definition, "buildType", BUILD_TYPE, what="provenance of a build by `themekit package`")
    external, inside = _object(definition, "externalParameters"), _object(definition, "internalParameters")
    dependencies = definition.get("resolvedDependencies")
    return Provenance(
        _text(_object(_object(predicate, "runDetails"), "builder"), "id"),
        _text(external, "brand"),
        _text(external, "version"),
        _text(inside, "tree"),
        _subjects(document.get("subject")),
        len(dependencies) if isinstance(dependencies, list) else 0,
    )


def check_statement(found: Provenance, manifest: Manifest, *, sha256: str) -> None:
    """Raises InvalidProvenanceError if the statement is on another file, or contradicts the manifest."""
    if sha256 not in {digest for _, digest in found.subjects}:
        raise InvalidProvenanceError("is of another file: no subject has this bundle's SHA-256")
    if (found.brand, found.version) != (manifest.brand.id, manifest.brand.version):
        raise InvalidProvenanceError("names another brand or version than the manifest")
    if found.tree != manifest.tree:
        raise InvalidProvenanceError("names another tree digest than the manifest")


def _json(document: object) -> bytes:
    return json.dumps(document, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()


def _require(document: object, name: str, value: str, *, what: str) -> None:
    if not isinstance(document, dict) or document.get(name) != value:
        raise InvalidProvenanceError(f"is not {what}")


def _object(document: dict[str, object], name: str) -> dict[str, object]:
    value = document.get(name)
    if not isinstance(value, dict):
        raise InvalidProvenanceError(f"has no `{name}`")
    return value


def _text(document: dict[str, object], name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str):
        raise InvalidProvenanceError(f"has no `{name}`")
    return value


def _subjects(value: object) -> tuple[tuple[str, str], ...]:
    """Name and SHA-256 of each; a subject with another kind of digest only is no subject."""
    found: list[tuple[str, str]] = []
    for each in value if isinstance(value, list) else ():
        digest = each.get("digest") if isinstance(each, dict) else None
        name, sha256 = (each.get("name"), digest.get("sha256")) if isinstance(digest, dict) else (None, None)
        if isinstance(name, str) and isinstance(sha256, str):
            found.append((name, sha256))
    if not found:
        raise InvalidProvenanceError("has no subject with a SHA-256")
    return tuple(found)
