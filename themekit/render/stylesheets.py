"""Our own SCSS as targets that are the same for every brand: CSS that only reads custom properties.

It is written with the prefix `tk` throughout, so it reads as CSS; a target may ask for another.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import Artifact, Target
from themekit.render.sass import compile_scss

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model import ResolvedTokens, SourceFile, TargetOptions
    from themekit.render.sass import Backend

WRITTEN_PREFIX = "tk"
# `tk-` at the start of a name: of a class, a keyframe or after the dashes of a custom property
_PREFIXED = re.compile(rf"(?<![\w-])(--)?{WRITTEN_PREFIX}-")

SHEETS = PurePosixPath("scss")
"""The folder of all sheets, below `@themekit/`: they import parts of one another."""


def sheet_target(name: str, summary: str) -> Target:
    """The target that writes `theme/<name>.css` from `scss/<name>.scss`, once for all brands."""

    def emit(_tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
        return (_artifact(name, options.sources, options.prefix),)

    return Target(name, summary, emit, sources=(SHEETS,), per_brand=False)


def sources_of(sources: Iterable[SourceFile], name: str, *, prefix: str, folder: str) -> tuple[Artifact, ...]:
    """The Sass of one of our own sheets and its parts, with names that begin with the prefix, as files of a folder."""
    kept = (f"{name}.scss", f"{name}/", "_tools.scss")
    inside = ((str(file.path).removeprefix(f"@themekit/{SHEETS}/"), file.content.decode()) for file in sources)
    return tuple(
        Artifact.text(f"{folder}/{path}", _PREFIXED.sub(rf"\1{prefix}-", text), media_type="text/x-scss")
        for path, text in inside
        if path.startswith(kept)
    )


@lru_cache(maxsize=8)
def _artifact(name: str, sources: tuple[SourceFile, ...], prefix: str) -> Artifact:
    css = compile_sheet(sources, SHEETS / f"{name}.scss", prefix=prefix)
    return Artifact.text(f"theme/{name}.css", css, media_type="text/css")


def compile_sheet(
    sources: Iterable[SourceFile], entry: PurePosixPath, *, prefix: str, backend: Backend = "libsass"
) -> str:
    """The CSS of one of our own sheets. `sources` and `entry` are named below `@themekit/`.

    Raises ValueError if it does not compile, KeyError if the entry is not among the sources: both are our bugs.
    """
    texts = tuple((str(source.path).removeprefix("@themekit/"), source.content.decode()) for source in sources)
    return _PREFIXED.sub(rf"\1{prefix}-", _compiled(texts, str(entry), backend))


@lru_cache(maxsize=8)
def _compiled(texts: tuple[tuple[str, str], ...], entry: str, backend: Backend) -> str:
    css, diagnostics = compile_scss(dict(texts), entry, backend=backend)
    if diagnostics:
        raise ValueError("; ".join(f"{diagnostic.place}: {diagnostic.message}" for diagnostic in diagnostics))
    return css
