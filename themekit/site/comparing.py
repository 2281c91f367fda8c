"""A brand's site beside the one that mkdocs builds for this brand alone: what is not the same, with its place.

What was stamped is the first, a render without probes the second. Nothing is assumed of either.
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Note, Reporter, Span
from themekit.site.variant import DOCS
from themekit.source.locate import span_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId

RENDER_DIFFERS = Code(
    "render-differs", summary="A file of a brand's site is not what mkdocs builds for that brand alone."
)
SHOWN = 24
"""Characters of each side that the message itself shows."""


def compare_sites(
    site: Mapping[PurePosixPath, bytes],
    plain: Mapping[PurePosixPath, bytes],
    *,
    brand_id: BrandId,
    folder: PurePosixPath,
    pages: Collection[PurePosixPath],
    locale: str,
) -> tuple[Diagnostic, ...]:
    """A diagnostic for each file that differs or is on one side only, in path order.

    `folder` is where the site lies (`build/acme/site`). `pages` are the sources' paths, so that a difference can name
    the page: the brand's own (`brands/acme/docs/…`) and the project's.
    """
    report = Reporter()
    for path in sorted(site.keys() | plain.keys()):
        ours, theirs = site.get(path), plain.get(path)
        if ours == theirs:
            continue
        place = Span(folder / path, 1, 1)
        if ours is None:
            message = f"the file is missing: mkdocs builds it for `{brand_id}` alone"
        elif theirs is None:
            message = f"the file is too much: mkdocs builds none for `{brand_id}` alone"
        else:
            place, found = _difference(folder / path, ours, theirs)
            message = f"{found} for `{brand_id}` alone"
        source = source_of(path, pages, locale=locale)
        notes = [Note("its page", Span(source, 1, 1))] if source else []
        report(RENDER_DIFFERS, place, message, notes=notes)
    return report.diagnostics


def source_of(path: PurePosixPath, pages: Collection[PurePosixPath], *, locale: str) -> PurePosixPath | None:
    """The file that the site's `path` is made from; None if there is no one file. A brand's own page goes first."""
    found = {_within_docs(source): source for source in pages if source.is_relative_to(DOCS)}
    found |= {_within_docs(source): source for source in pages if not source.is_relative_to(DOCS)}
    return next((found[name] for name in _names(path, locale) if name in found), None)


def _within_docs(source: PurePosixPath) -> PurePosixPath:
    """The path below `docs_src/`, or below `brands/<id>/docs/`."""
    return PurePosixPath(*source.parts[1 if source.is_relative_to(DOCS) else 3 :])


def _names(path: PurePosixPath, locale: str) -> Iterator[PurePosixPath]:
    if path.suffix == ".html":
        stems = (path.stem, "README") if path.stem == "index" else (path.stem,)
        for stem in stems:
            yield path.with_name(f"{stem}.{locale}.md")
            yield path.with_name(f"{stem}.md")
    yield path


def _difference(path: PurePosixPath, ours: bytes, theirs: bytes) -> tuple[Span, str]:
    """Where the two begin to differ, and what either has there."""
    one, other = _unzipped(ours), _unzipped(theirs)
    if one == other:
        return Span(path, 1, 1), "the file is compressed in another way than mkdocs compresses it"
    try:
        text, expected = one.decode(), other.decode()
    except UnicodeDecodeError:
        at = _first_difference(one, other)
        return Span(path, 1, 1), f"byte {at + 1} of the file is not as mkdocs writes it"
    at = _first_difference(text, expected)
    place = span_at(path, text, start=at, end=at + 1)
    return place, f"{_quoted(text, at)} stands where mkdocs writes {_quoted(expected, at)}"


def _quoted(text: str, at: int) -> str:
    """What stands there, on one line; where the file ends, just that."""
    found = text[at : at + SHOWN]
    return f"`{found.partition(chr(10))[0] or 'a line feed'}`" if found else "the end of the file"


def _first_difference(one: str | bytes, other: str | bytes) -> int:
    """The number of characters, or bytes, that both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low


def _unzipped(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content
