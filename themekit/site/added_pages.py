"""Pages that lie in no folder, in the place among the docs where mkdocs would have met them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

from themekit.site.variant import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig

    from themekit.model import SourceFile


def with_pages(files: Files, pages: Iterable[SourceFile], *, config: MkDocsConfig) -> Files:
    """The files with these pages, each where mkdocs would have met it on its walk through the docs.

    The order is seen: the search index and the site map are in it.
    """
    added = {page.path.relative_to(DOCS).as_posix(): page for page in pages}
    made = [
        File.generated(config, path, content=page.content)
        for path, page in added.items()
        if files.get_file_from_path(path) is None
    ]
    if not made:
        return files
    docs = [file for file in files if file.src_dir == config.docs_dir]
    others = [file for file in files if file.src_dir != config.docs_dir]
    return Files([*sorted([*docs, *made], key=lambda file: _walk_key(file.src_uri)), *others])


def _walk_key(path: str) -> tuple[tuple[int, bool, str], ...]:
    """Sorts paths as mkdocs walks: a folder's files before its folders, and of files the index first."""
    *folders, name = path.split("/")
    is_index = PurePosixPath(name).stem in {"index", "README"}
    return (*((1, False, folder) for folder in folders), (0, not is_index, name))
