"""Our own SCSS to CSS with the wanted prefix. It is written with the prefix `tk` throughout, so it reads as CSS."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.render.sass import compile_scss

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import PurePosixPath

    from themekit.model import SourceFile
    from themekit.render.sass import Backend

WRITTEN_PREFIX = "tk"
# `tk-` at the start of a name: of a class, a keyframe or after the dashes of a custom property
_PREFIXED = re.compile(rf"(?<![\w-])(--)?{WRITTEN_PREFIX}-")


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
