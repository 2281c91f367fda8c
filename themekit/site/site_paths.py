"""Whether the project's own docs can lie in one site, beside what themekit puts there."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span
from themekit.model.portable_path import collision_key
from themekit.site.inputs import BRAND_FOLDER
from themekit.site.variant import DOCS
from themekit.source.codes import AMBIGUOUS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable

RESERVED_PATH = Code("reserved-path", summary="A file of the docs lies where themekit puts a brand's files.")


def check_site_paths(paths: Iterable[PurePosixPath]) -> tuple[Diagnostic, ...]:
    """The docs' files (`docs_src/…`) of which a site could hold only one, or which a brand's would replace."""
    report = Reporter()
    spelled: dict[str, PurePosixPath] = {}
    reserved = PurePosixPath(collision_key(str(DOCS / BRAND_FOLDER)))
    for path in paths:
        key = collision_key(str(path))
        other = spelled.setdefault(key, path)
        if other != path:
            message = f"`{other}` is there too: the two are one file on Windows and macOS"
            report(AMBIGUOUS_FILE, Span(path, 1, 1), message, hint="rename one of them")
        if PurePosixPath(key).is_relative_to(reserved):
            message = f"`{DOCS / BRAND_FOLDER}` is kept for what themekit makes of a brand"
            report(RESERVED_PATH, Span(path, 1, 1), message, hint="put the file into another folder")
    return report.diagnostics
