"""A variant's files in shares, by their paths: an edit of one page is an edit of its share, and the search index's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from themekit.build.portal import site_template
from themekit.engine import recomputed

if TYPE_CHECKING:
    from themekit.engine import Ask
    from themekit.model import FileTemplate
    from themekit.site.variant import Variant

SHARES = 16
"""Of a site's files. Each is two files in the cache; with 16, a page's edit packs an eighth of the site anew."""


@recomputed
def site_share(ask: Ask, of: Variant, whose: str, number: int) -> tuple[FileTemplate, ...]:
    """One share of the variant's files. It stops an edit of another share."""
    template = ask(site_template, of, whose)
    files = () if template is None else template.files
    return tuple(file for file in files if crc32(str(file.path).encode()) % SHARES == number)
