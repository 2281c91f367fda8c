"""A build of which nothing has changed: one trace for all of it, and a look at the files that it wrote.

A build that changes nothing is the most frequent one. Its answer needs no task, only the digest of every input, and no
library that makes anything is loaded for it. Whatever does not hold leads to a build as if this did not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from themekit.build.files import Seen
from themekit.build.report import BuildReport
from themekit.build.write import count_current, write_file
from themekit.engine import Kind, Question
from themekit.engine.encoding import DecodingError, decode, digest_bytes, encode

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic
    from themekit.engine.trace import Read
    from themekit.model import BrandId

_DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """What a build was asked for, in the words of the command line: `brands` is empty for all of them."""

    brands: tuple[str, ...]
    parts: tuple[str, ...]
    shard: str = ""


def unchanged(project: Project, asked: Asked) -> BuildReport | None:
    """The report of a build that writes nothing; None if this is not one, as far as can be told without building."""
    remembered = _load(_record_of(project, asked))
    if remembered is None:
        return None
    reads, diagnostics, sources = remembered
    if not all(project.engine.observe(read.question) == read.digest for read in reads):
        return None
    count, seen = 0, Seen()
    for brand_id, source in sources:
        current = count_current(project.output / brand_id, cache=project.cache, source=source, seen=seen)
        if current is None:
            return None
        count += current
    project.store.clear_unfinished()
    return BuildReport(sources, (), diagnostics, artifacts=count, unchanged=count)


def remember(
    project: Project,
    asked: Asked,
    *,
    reads: tuple[Read, ...],
    diagnostics: tuple[Diagnostic, ...],
    sources: tuple[tuple[BrandId, str], ...],
) -> None:
    """Keep what a build was made from; nothing may have failed in it. `sources` as in its report."""
    body = encode((reads, diagnostics, sources))
    write_file(_record_of(project, asked), digest_bytes(body).encode() + body, cache=project.cache)


def _record_of(project: Project, asked: Asked) -> Path:
    """The key has the digest of all code, so what another version remembered is not found."""
    key = project.engine.key(Question(Kind.TASK, __name__, encode(asked)))
    return project.cache / "builds" / key


_Remembered = tuple[tuple["Read", ...], tuple["Diagnostic", ...], tuple[tuple["BrandId", str], ...]]


def _load(record: Path) -> _Remembered | None:
    try:
        data = record.read_bytes()
        checksum, body = data[:_DIGEST_LENGTH], data[_DIGEST_LENGTH:]
        return cast("_Remembered", decode(body)) if checksum == digest_bytes(body).encode() else None
    except (OSError, DecodingError):
        return None
