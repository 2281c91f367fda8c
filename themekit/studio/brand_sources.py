"""The JSON files that a brand is made of besides its own: those its tokens stand in, and those it extends.

Which they are, the engine knows: what the brand's task has read. So no other file can be asked for or written by way
of a brand, whatever a request says.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import BRANDS, brand, brand_ids, brand_path
from themekit.engine import Kind, Question
from themekit.model import BrandId
from themekit.source.resolver_documents import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from themekit.engine import Engine

_VERSION = re.compile(r"[0-9a-f]{16}")


def brand_sources(engine: Engine, brand_id: BrandId) -> tuple[PurePosixPath, ...]:
    """In the order in which they are read; those that are not there are among them."""
    files = (leaf for leaf in engine.leaves(brand, brand_id) if leaf.kind is Kind.FILE)
    paths = (PurePosixPath(leaf.name) for leaf in files)
    return tuple(path for path in paths if is_source(path))


def is_source(path: PurePosixPath) -> bool:
    """It may be one by its name and place; a `brand.json` is edited as the brand that it is."""
    return BRANDS in path.parents and path.suffix in SUFFIXES and path != brand_path(path.parent.name)


def readers_of(engine: Engine, paths: Iterable[PurePosixPath]) -> dict[PurePosixPath, tuple[BrandId, ...]]:
    """The brands that are made of each file."""
    found: dict[PurePosixPath, list[BrandId]] = {path: [] for path in paths}
    for brand_id in engine.get(brand_ids) if found else ():
        for path in brand_sources(engine, brand_id):
            if path in found:
                found[path].append(brand_id)
    return {path: tuple(ids) for path, ids in found.items()}


def news_of_files(
    engine: Engine, paths: Iterable[PurePosixPath], *, away: Container[BrandId]
) -> Iterator[tuple[BrandId, dict[str, object]]]:
    """Of these files those of brands, with the event that tells a brand's version of each; none of brands `away`."""
    changed = tuple(paths)
    for path in changed:
        brand_id = BrandId(path.parent.name)
        if path == brand_path(brand_id) and brand_id not in away:
            yield brand_id, _event(engine, path)
    for path, ids in readers_of(engine, filter(is_source, changed)).items():
        for brand_id in ids:
            yield brand_id, _event(engine, path)


def _event(engine: Engine, path: PurePosixPath) -> dict[str, object]:
    return {"kind": "file", "path": str(path), "version": version_seen(engine, path)}


def version_seen(engine: Engine, path: PurePosixPath) -> str:
    """The version of a file that the engine's values are made from; "" if it is not there, or cannot be read."""
    version = engine.observe(Question(Kind.FILE, str(path)))[:16]
    return version if _VERSION.fullmatch(version) else ""
