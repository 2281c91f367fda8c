"""A page in one of the theme's modes, at rest: fonts and pictures are there, and nothing changes any more.

What made pictures differ between runs, measured on a Material site: animations and transitions, a photograph of more
than the window (11 of 20 pictures), and modes that were flipped by an attribute before everything stood still.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.studio.chromium.opening import fresh_context

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

    from themekit.model import Mode
    from themekit.studio.chromium.serving import Served
    from themekit.studio.viewport import Viewport

QUIET_MS = 120  # without a change of the document
IDLE_S = 0.1  # without a request
PATIENCE_S = 15.0  # for a page that does not come to rest
LOAD_MS = 60_000  # generous: a machine under load

# Before any script of the page: it remembers nothing, and nothing moves. An animation ends at once where it would end.
FREEZE = """
(() => {
  try { localStorage.clear(); sessionStorage.clear(); } catch { /* a frame may have none */ }
  const still = new CSSStyleSheet();
  still.replaceSync(
    "*,*::before,*::after{animation-duration:0s!important;animation-delay:0s!important;" +
    "animation-iteration-count:1!important;transition:none!important;scroll-behavior:auto!important;" +
    "caret-color:transparent!important}");
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];
})();
"""
# Resolves to whether it came to rest. Diagrams not yet drawn are text in a `pre`.
REST = """
([quiet, patience]) => new Promise((resolve) => {
  const start = performance.now();
  let last = start;
  const observer = new MutationObserver(() => { last = performance.now(); });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const isComplete = () => document.readyState === "complete" && document.fonts.status === "loaded"
    && [...document.images].every((image) => image.complete || image.loading === "lazy")
    && !document.querySelector("pre.mermaid");
  const end = (rested) => {
    observer.disconnect();
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => resolve(rested))));
  };
  const look = () => {
    const now = performance.now();
    if (now - last >= quiet && isComplete()) end(true);
    else if (now - start >= patience) end(false);
    else setTimeout(look, 20);
  };
  look();
})
"""
# Material takes a scheme from the system only when it loads; later, its own switch is asked.
SWITCH = """
() => {
  const inputs = [...document.querySelectorAll("[data-md-component=palette] input")];
  const wanted = inputs.find((input) => matchMedia(input.dataset.mdColorMedia).matches);
  if (wanted && !wanted.checked) wanted.click();
}
"""


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a browser in which nothing moves, and the server that it asks."""

    page: Page
    server: Served
    session: CDPSession


def new_tab(opened: Browser, server: Served) -> Tab:
    """A tab without history: what is opened there stands still."""
    context = fresh_context(opened)
    context.add_init_script(FREEZE)
    page = context.new_page()
    page.set_default_timeout(LOAD_MS)
    return Tab(page, server, context.new_cdp_session(page))


def open_still(tab: Tab, url: str, *, mode: Mode) -> bool:
    """Open an address in a mode; whether it came to rest."""
    _emulate(tab.page, mode)
    tab.page.goto(url, wait_until="load")
    return rest(tab)


def switch_mode(tab: Tab, mode: Mode) -> bool:
    """Show the open page in another mode; whether it came to rest."""
    _emulate(tab.page, mode)
    tab.page.evaluate(SWITCH)
    return rest(tab)


def resize(tab: Tab, window: Viewport) -> None:
    """Give the tab's window another size."""
    tab.page.set_viewport_size({"width": window.width_px, "height": window.height_px})


def rest(tab: Tab) -> bool:
    """Wait until nothing changes; False if that does not come."""
    end = time.monotonic() + PATIENCE_S
    while True:
        left_ms = max(end - time.monotonic(), 0.0) * 1000
        rested = bool(tab.page.evaluate(REST, [QUIET_MS, left_ms]))
        if (rested and tab.server.idle_s() >= IDLE_S) or left_ms == 0:
            return rested


def _emulate(page: Page, mode: Mode) -> None:
    """The reader's system asks for the mode, which is how a portal chooses it for a new reader."""
    scheme: Literal["light", "dark"] = "dark" if mode.is_dark else "light"
    contrast: Literal["more", "no-preference"] = "more" if mode.is_high_contrast else "no-preference"
    page.emulate_media(media="screen", color_scheme=scheme, contrast=contrast, reduced_motion="reduce")
