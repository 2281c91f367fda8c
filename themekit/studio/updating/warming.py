"""The renderer started before it is needed: the first edit of a page is not to wait for mkdocs to be loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.pieces import docs_names, outline, page_content, shell, theme_sources
from themekit.site.pieces import Frame
from themekit.site.piecewise import UnpiecedError
from themekit.site.renderer import shared_renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.engine import Engine
    from themekit.site.variant import Variant


def warm_up(engine: Engine, of: Variant, *, configuration: bytes) -> Callable[[], None] | None:
    """What another thread is to do so that pages of this variant are rendered soon; None if they are not by pieces.

    It renders one page that is rendered already: its outcome is of no use, but all that it needs stays loaded.
    """
    known = engine.get(outline, of)
    if known is None or not known.pages or not engine.is_settled(shell, of):
        return None
    placed = known.pages[0]
    content, shown = engine.get(page_content, of, placed), engine.get(shell, of)
    frame = Frame(of, configuration, engine.get(docs_names), engine.get(theme_sources))
    if content is None:
        return None
    pages = [(placed.page, content)]

    def work() -> None:
        try:
            shared_renderer().pages(frame, pages, shell=shown)
        except UnpiecedError:
            return  # whoever needs it will meet it again, and can say more

    return work
