"""An earlier gallery to compare with, a folder or a zip of one. It may come from anybody: nothing of it is trusted."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.render.images import MAX_FILE_BYTES
from themekit.studio.pictures.index import INDEX, MAX_BYTES, Index, IndexFaultError, Shot, read_index

if TYPE_CHECKING:
    from collections.abc import Callable

INVALID_GALLERY = Code("invalid-gallery", summary="Pictures to compare with cannot be read.")
MAX_MEMBERS = 200_000
_ZIP_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Reference:
    """The earlier pictures: their list, and how one is read (None: there is no such file, or it is too large)."""

    path: PurePosixPath
    index: Index
    read: Callable[[str, int], bytes | None]

    def picture(self, shot: Shot) -> bytes | None:
        """The bytes of a picture; its digest is not looked at."""
        return self.read(shot.file, MAX_FILE_BYTES)


def open_reference(path: Path) -> tuple[Reference | None, tuple[Diagnostic, ...]]:
    """The gallery in this folder or zip, or what is wrong with it."""
    report = Reporter()
    shown = PurePosixPath(path.as_posix())
    try:
        read = _folder(path) if path.is_dir() else _zip(path)
        return Reference(shown, _index(read), read), ()
    except IndexFaultError as fault:
        message = f"this is no gallery of pictures: its `{INDEX}` {fault}"
        report(
            INVALID_GALLERY,
            Span(shown, 1, 1),
            message,
            hint="name a folder that `themekit shots` wrote, or a zip of it",
        )
    except _ZIP_DAMAGE:
        report(INVALID_GALLERY, Span(shown, 1, 1), "this is neither a folder nor a zip that can be read")
    return None, report.diagnostics


def _index(read: Callable[[str, int], bytes | None]) -> Index:
    content = read(INDEX, MAX_BYTES)
    if content is None:
        raise IndexFaultError("is missing")
    return read_index(content)


def _folder(root: Path) -> Callable[[str, int], bytes | None]:
    base = root.resolve()

    def read(name: str, limit: int) -> bytes | None:
        try:
            found = (base / name).resolve()
            if not found.is_relative_to(base) or not found.is_file():  # a link that leads out, a pipe
                return None
            with found.open("rb") as stream:
                content = stream.read(limit + 1)
        except (OSError, ValueError):
            return None
        return content if len(content) <= limit else None

    return read


def _zip(path: Path) -> Callable[[str, int], bytes | None]:
    """Members are found at the root, or in the one folder that the zip has there."""
    archive = zipfile.ZipFile(path)  # kept open as long as it is read from
    members = {info.filename: info for info in archive.infolist()[:MAX_MEMBERS] if not info.is_dir()}
    tops = {name.partition("/")[0] for name in members}
    prefix = "" if INDEX in members or len(tops) != 1 else f"{next(iter(tops))}/"

    def read(name: str, limit: int) -> bytes | None:
        info = members.get(prefix + name)
        if info is None:
            return None
        try:
            with archive.open(info) as stream:  # it inflates no more than is asked for
                content = stream.read(limit + 1)
        except _ZIP_DAMAGE:
            return None
        return content if len(content) <= limit else None

    return read
