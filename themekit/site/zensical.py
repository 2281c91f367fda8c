"""What the Markdown extension does where Zensical renders: it knows no mkdocs plugin, so nobody else names the brand.

Zensical hands extensions the page through a preprocessor of its own (zensical/extensions/context.py, 0.0.73), and takes
the page's metadata back when the page is rendered. Nothing is imported from it.
"""

from __future__ import annotations

import logging
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from markupsafe import escape

from themekit.site.metadata import expand_text
from themekit.site.navigation import section_of
from themekit.site.provided import BRAND_VARIABLE, DEFAULT_BRAND, provided
from themekit.site.variant import DOCS, LOCALE_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown import Markdown

    from themekit.site.conditions import Facts
    from themekit.site.inputs import SiteInputs

_CONTEXT = "rendering_context"
_log = logging.getLogger("themekit")


class ZensicalPage(Protocol):
    """The page being rendered: its path below the docs, and its front matter, which may be changed."""

    path: str
    meta: dict[str, object]

    @property
    def title_override(self) -> str | None:
        """The title that the navigation gives the page."""


class ChosenBrand:
    """The brand that `THEMEKIT_BRAND` names, of the project in the working directory; the option `inputs`.

    Zensical keeps rendered pages for as long as their text and the extensions' options, pickled, are the same. So this
    pickles as the texts it stands for, read anew: pages of another brand, or of this one before an edit, are not used.
    """

    def __init__(self) -> None:
        """Nothing is read before somebody asks."""
        self._inputs: SiteInputs | None = None

    def __call__(self) -> SiteInputs:
        """The inputs, as they were when Zensical read its configuration. Raises ProvisionError without a brand."""
        return self._inputs or self._read()

    def __reduce__(self) -> tuple[type[tuple[object, ...]], tuple[tuple[object, ...]]]:
        """What the pages are made from."""
        inputs = self._read()
        return tuple, ((asdict(inputs.variant), dict(inputs.fields)),)

    def _read(self) -> SiteInputs:
        project = Path.cwd()
        brand_id = os.environ.get(BRAND_VARIABLE) or DEFAULT_BRAND
        found = provided(project, brand_id, docs=project / DOCS, has_files=False)
        for text in found.warnings:
            _log.warning(text)
        self._inputs = found.inputs
        return found.inputs


chosen_brand = ChosenBrand()
"""For `mkdocs.yml`: `themekit: {inputs: !!python/name:themekit.site.zensical.chosen_brand}`."""


def page_of(md: Markdown) -> ZensicalPage | None:
    """The page that Zensical is rendering; None in any other renderer."""
    if _CONTEXT not in md.preprocessors:
        return None
    context: Any = md.preprocessors[_CONTEXT]
    page: ZensicalPage = context.page
    return page


def finish_metadata(page: ZensicalPage, values: Mapping[str, str], *, facts: Facts) -> None:
    """Title and description with their placeholders filled in; pages that mkdocs would leave out are not searched."""
    for key in ("title", "description"):
        if key in page.meta:
            page.meta[key] = str(escape(expand_text(str(page.meta[key]), values)))  # templates show it as it is
    locale = LOCALE_SUFFIX.search(page.path)
    section = section_of(page.path)
    if (section and section not in facts.sections) or (locale and locale[1] != facts.locale):
        page.meta["search"] = {"exclude": True}


def finish_title(page: ZensicalPage, headings: Sequence[Mapping[str, object]]) -> None:
    """The title of a page that has none but its heading: Zensical would unescape it and join its spaces.

    `headings` are Python-Markdown's `toc_tokens`, finished: their names are escaped text.
    """
    if "title" in page.meta or page.title_override is not None:
        return
    title = next((heading["name"] for heading in headings if heading["level"] == 1), None)
    if title is not None:
        page.meta["title"] = title
