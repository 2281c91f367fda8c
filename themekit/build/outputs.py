"""What is to be written, and whether it can be: paths that every system can hold, each of one producer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.model.portable_path import collision_key, portability_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model import Artifact

OUTPUT_PATH = Code("output-path", summary="An output's path cannot be written on every system.")
MANY_PATHS = 8192  # of a site of 2,000 pages; each takes some 500 bytes
OUTPUT_COLLISION = Code("output-collision", summary="Two outputs have one path.")


@dataclass(frozen=True, slots=True)
class Output:
    """The artifacts of one producer; its name stands in messages: `the target css`, `the site`."""

    producer: str
    artifacts: tuple[Artifact, ...]


def check_outputs(outputs: Sequence[Output]) -> tuple[Diagnostic, ...]:
    """Every path that is not portable, and every two that are one file, or a file and its folder, on some system."""
    report = Reporter()
    files: dict[str, tuple[str, str]] = {}
    folders: dict[str, tuple[str, str]] = {}
    for producer, artifact in _each(outputs):
        path = str(artifact.path)
        fault, key, inside = _looked_at(path)
        if fault:
            report(OUTPUT_PATH, _place(path), f"the path `{path}` of {producer} {fault}")
            continue
        other = (
            files.get(key) or folders.get(key) or next((files[folder] for folder in inside if folder in files), None)
        )
        if other:
            report(OUTPUT_COLLISION, _place(path), _collision((path, producer), other))
        files.setdefault(key, (path, producer))
        for folder in inside:
            folders.setdefault(folder, (path, producer))
    return report.diagnostics


def _each(outputs: Sequence[Output]) -> Iterator[tuple[str, Artifact]]:
    return ((output.producer, artifact) for output in outputs for artifact in output.artifacts)


@lru_cache(maxsize=MANY_PATHS)
def _looked_at(path: str) -> tuple[str | None, str, tuple[str, ...]]:
    """What is wrong with a path, its collision key, and those of the folders it is in. Brands have the same paths."""
    fault = portability_fault(path)
    key = "" if fault else collision_key(path)
    return fault, key, tuple(key[:end] for end, character in enumerate(key) if character == "/")


def _collision(one: tuple[str, str], other: tuple[str, str]) -> str:
    (path, producer), (other_path, other_producer) = one, other
    if path == other_path:
        return f"`{path}` is written twice: by {other_producer} and by {producer}"
    return f"`{other_path}` of {other_producer} and `{path}` of {producer} cannot both be written on every system"


def _place(path: str) -> Span:
    return Span(PurePosixPath(path), line=1, column=1)
