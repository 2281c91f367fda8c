"""The list of a gallery's pictures, `index.json`: written by us, and read as if somebody else had written it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import cast

from themekit.model import BrandId, Mode
from themekit.model.portable_path import portability_fault
from themekit.studio.viewport import Viewport, parse_viewport

INDEX = "index.json"
VERSION = 1
MAX_BYTES = 32_000_000  # of an index; a picture takes some 300 bytes of it
MAX_SHOTS = 50_000
MAX_BROWSER = 100
_BRAND = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class View:
    """What a picture is of: the same in two galleries."""

    brand: BrandId
    page: str
    mode: Mode
    viewport: Viewport

    @property
    def order(self) -> tuple[str, str, Viewport, int]:
        """Brand by brand and page by page, modes in their own order."""
        return self.brand, self.page, self.viewport, tuple(Mode).index(self.mode)

    def __str__(self) -> str:
        """In one line."""
        return f"{self.brand} {self.page} {self.mode} {self.viewport}"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a gallery. `file` is relative to it. `is_cut` and `is_still` as in a Photograph."""

    view: View
    file: str
    sha256: str
    width_px: int
    height_px: int
    is_cut: bool = False
    is_still: bool = True


@dataclass(frozen=True, slots=True)
class Index:
    """All pictures of a gallery, the browser that took them, and the gallery's other files."""

    browser: str
    shots: tuple[Shot, ...]
    files: tuple[str, ...] = ()

    def by_view(self) -> dict[View, Shot]:
        """A new mapping, in order."""
        return {shot.view: shot for shot in self.shots}


class IndexFaultError(Exception):
    """The text says what is wrong, after "its `index.json`"."""


def file_of(view: View) -> str:
    """Where a view's picture lies in its gallery."""
    return f"{view.brand}/{view.page.removesuffix('.html')}.{view.mode}.{view.viewport}.png"


def write_index(index: Index) -> bytes:
    """The index as JSON, a picture a line."""
    head = {"themekit": VERSION, "browser": index.browser, "files": list(index.files)}
    lines = ",\n".join(json.dumps(_row(shot), ensure_ascii=False) for shot in index.shots)
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "shots": [\n{lines}\n]}}\n'.encode()


def read_index(content: bytes) -> Index:
    """The index. Raises IndexFaultError for whatever `write_index` would not have written."""
    if len(content) > MAX_BYTES:
        raise IndexFaultError(f"has more than {MAX_BYTES:,} bytes")
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise IndexFaultError("is not JSON") from None
    if not isinstance(document, dict) or document.get("themekit") != VERSION:
        raise IndexFaultError("is not one of themekit, or of another version")
    rows = document.get("shots")
    if not isinstance(rows, list) or len(rows) > MAX_SHOTS:
        raise IndexFaultError(f"has no list of at most {MAX_SHOTS:,} pictures")
    shots = tuple(_shot(row, number) for number, row in enumerate(rows, start=1))
    if len({shot.view for shot in shots}) < len(shots) or len({shot.file for shot in shots}) < len(shots):
        raise IndexFaultError("lists a picture twice")
    files = document.get("files", [])
    if not isinstance(files, list) or not all(isinstance(name, str) and not portability_fault(name) for name in files):
        raise IndexFaultError("names a file that lies elsewhere")
    browser = document.get("browser")
    return Index(browser[:MAX_BROWSER] if isinstance(browser, str) else "", shots, tuple(files))


def _row(shot: Shot) -> dict[str, object]:
    row: dict[str, object] = {
        "brand": shot.view.brand,
        "page": shot.view.page,
        "mode": shot.view.mode,
        "viewport": str(shot.view.viewport),
        "file": shot.file,
        "sha256": shot.sha256,
        "width": shot.width_px,
        "height": shot.height_px,
    }
    return row | ({"cut": True} if shot.is_cut else {}) | ({} if shot.is_still else {"still": False})


def _shot(row: object, number: int) -> Shot:
    fields = cast("dict[str, object]", row) if isinstance(row, dict) else {}
    viewport = parse_viewport(_text(fields, "viewport"))
    mode = next((mode for mode in Mode if mode == fields.get("mode")), None)
    brand, page, file, sha256 = (_text(fields, name) for name in ("brand", "page", "file", "sha256"))
    if viewport is None or mode is None or not _BRAND.fullmatch(brand) or not _SHA256.fullmatch(sha256):
        raise IndexFaultError(f"cannot be understood at picture {number}")
    for path in (page, file):
        if fault := portability_fault(path):
            raise IndexFaultError(f"names a path in picture {number} that {fault}")
    if not page.endswith(".html") or not file.endswith(".png"):
        raise IndexFaultError(f"names no page or no PNG file in picture {number}")
    size = [fields.get(name) for name in ("width", "height")]
    width, height = (value if isinstance(value, int) and 0 < value < 1 << 20 else 0 for value in size)
    is_cut, is_still = fields.get("cut") is True, fields.get("still") is not False
    return Shot(View(BrandId(brand), page, mode, viewport), file, sha256, width, height, is_cut, is_still)


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
