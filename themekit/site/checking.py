"""Every mistake in the sources of a site that can be seen without rendering it."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.site.configuration import check_configuration
from themekit.site.page_mistakes import check_page
from themekit.site.pages import PageRules
from themekit.site.partner_files import check_overlay
from themekit.site.secrets import check_secrets
from themekit.site.variant import DOCS, sections_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.model import SourceFile


def check_sources(sources: Sequence[SourceFile], *, overlay: Sequence[SourceFile] = ()) -> tuple[Diagnostic, ...]:
    """All mistakes in the project's pages and mkdocs.yml, and in a brand's own pages; secrets in any file."""
    sections = sections_of(source.path for source in sources)
    found: list[Diagnostic] = []
    for source in sources:
        if source.path == PurePosixPath("mkdocs.yml"):
            found += check_configuration(source)
        elif is_page(source.path):
            found += check_page(source, PageRules(sections))
        else:
            found += check_secrets(source)
    return (*found, *check_overlay(overlay, sections, beside=(source.path for source in sources)))


def is_page(path: PurePosixPath) -> bool:
    """A Markdown file of the portal."""
    return path.suffix == ".md" and path.parts[0] == DOCS.name and path.parts[1] != "changes"
