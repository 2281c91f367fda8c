"""Pictures of a page in each mode: the same pixels each time.

A picture of more than the window differed between runs in 11 of 20 cases, so the window is made as high as the page.
"""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from themekit.studio.chromium.serving import ADDRESS
from themekit.studio.chromium.stillness import open_still, resize, rest, switch_mode
from themekit.studio.viewport import Viewport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model import Mode
    from themekit.studio.chromium.stillness import Tab
    from themekit.studio.visits import Visit

MAX_HEIGHT_PX = 16_384  # the largest picture that a browser draws in one piece

# Those that scripts began: what sheets say of animations is in `stillness.FREEZE`.
_END_ANIMATIONS = """() => {
  for (const each of document.getAnimations()) {
    if (each.effect?.getComputedTiming().endTime === Infinity) each.cancel();
    else each.finish();
  }
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}"""
_HEIGHT = "() => Math.ceil(document.documentElement.scrollHeight)"


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture as PNG. `is_cut`: the page is higher still; `is_still`: the page came to rest before it was taken."""

    png: bytes
    width_px: int
    height_px: int
    is_cut: bool
    is_still: bool


def photographs(
    tab: Tab, url: str, *, modes: Sequence[Mode], viewport: Viewport, is_whole: bool = True
) -> Iterator[tuple[Mode, Photograph]]:
    """The page in each mode; it is opened once. `is_whole`: down to its end, not just what the window shows.

    Raises playwright's Error for a page that does not open.
    """
    for index, mode in enumerate(modes):
        resize(tab, viewport)
        # Opened anew in each mode, the page gives the same bytes: measured, 16 of 16 under load.
        is_ready = switch_mode(tab, mode) if index else open_still(tab, url, mode=mode)
        height_px = max(int(tab.page.evaluate(_HEIGHT)), viewport.height_px) if is_whole else viewport.height_px
        window = Viewport(viewport.width_px, min(height_px, MAX_HEIGHT_PX))
        resize(tab, window)
        is_still = rest(tab) and is_ready
        png = photographed(tab)
        yield mode, Photograph(png, window.width_px, window.height_px, height_px > MAX_HEIGHT_PX, is_still)


def photographed(tab: Tab) -> bytes:
    """The window as PNG, packed less well and in a third of the time: packing was most of the work of a picture."""
    tab.page.evaluate(_END_ANIMATIONS)
    options = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": False}
    return b64decode(tab.session.send("Page.captureScreenshot", options)["data"])


def photograph_visit(tab: Tab, visit: Visit) -> tuple[str, tuple[tuple[Mode, Photograph], ...]]:
    """The browser's name, and the pictures of one visit."""
    browser = tab.page.context.browser
    name = f"Chromium {browser.version}" if browser else ""
    url = f"{ADDRESS}/{quote(visit.path)}"
    return name, tuple(photographs(tab, url, modes=visit.modes, viewport=visit.viewport))
