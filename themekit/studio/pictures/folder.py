"""The folder of a gallery: made beside its place and put there whole, over an earlier gallery but over nothing else."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from themekit.build.files import FOLDER_MODE, make_folder, naming, scan_tree, write_new
from themekit.studio.pictures.index import INDEX, MAX_BYTES, IndexFaultError, read_index

if TYPE_CHECKING:
    from collections.abc import Iterator


class NoGalleryError(Exception):
    """The place is taken by something that is not ours; the text is for users."""


class Staged:
    """A gallery that is being made."""

    def __init__(self, root: Path) -> None:
        """`root` is an empty folder."""
        self.root = root
        self.files: list[str] = []

    def save(self, name: str, content: bytes) -> None:
        """Write one file. `name` is relative, and one of ours. Raises OutputError."""
        path = self.root / name
        with naming(path):
            make_folder(path.parent)
            write_new(path, content)
        self.files.append(name)


@contextmanager
def staged(target: Path) -> Iterator[Staged]:
    """A new gallery for this place; it gets there when the block ends well. Raises NoGalleryError and OutputError."""
    check_replaceable(target)
    with naming(target):
        make_folder(target.parent)
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        fresh = scratch / "new"
        make_folder(fresh)
        yield Staged(fresh)
        with naming(target):
            check_replaceable(target)
            if target.exists():
                target.replace(scratch / "old")
            fresh.replace(target)
            target.chmod(FOLDER_MODE)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def check_replaceable(target: Path) -> None:
    """Raises NoGalleryError if the place holds a file that no gallery of ours lists."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise NoGalleryError(f"`{target}` is no folder")
    found = set(scan_tree(target)) - {INDEX}
    try:
        content = (target / INDEX).read_bytes()[: MAX_BYTES + 1]
        index = read_index(content)
        ours = {shot.file for shot in index.shots} | set(index.files)
    except FileNotFoundError:
        ours = set()
    except IndexFaultError:
        ours, found = set(), found | {INDEX}
    if strangers := sorted(found - ours):
        raise NoGalleryError(f"`{target}` holds files that are not of a gallery, such as `{strangers[0]}`")
