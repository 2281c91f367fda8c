"""Photographs of built pages, by a real browser, the same twice: README's pictures and visual review."""

from __future__ import annotations

import functools
import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SCHEMES = ("default", "slate", "contrast")
INSTALLED_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No GPU, no updates, no background traffic: what is left depends on the page alone.
ARGUMENTS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a page of a served folder, in one scheme of the portal, at one viewport (CSS pixels)."""

    url: str
    file: Path
    scheme: Literal["default", "slate", "contrast"] = "default"
    width_px: int = 1280
    height_px: int = 800
    scale: float = 1.0


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder over HTTP on a free port of the loopback interface; the value is its base URL, without a slash."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser: an installed one first, else the one Playwright has downloaded."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - half a second that only the camera needs

    installed = next((path for name in INSTALLED_BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed, args=list(ARGUMENTS), chromium_sandbox=False)
        try:
            yield opened
        finally:
            opened.close()


def photograph(shots: Sequence[Shot]) -> None:
    """Take each picture and write it as PNG."""
    with browser() as opened:
        for shot in shots:
            page = opened.new_page(
                viewport={"width": shot.width_px, "height": shot.height_px},
                device_scale_factor=shot.scale,
                reduced_motion="reduce",
                locale="en-GB",
            )
            try:
                settle(page, shot.url, scheme=shot.scheme)
                shot.file.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=str(shot.file), animations="disabled", caret="hide")
            finally:
                page.close()


def settle(page: Page, url: str, *, scheme: str) -> None:
    """Open the page in one of the portal's schemes, and wait until fonts are loaded and nothing moves."""
    index = SCHEMES.index(scheme)
    page.goto(url, wait_until="networkidle")
    page.evaluate(
        "([index, scheme]) => {"
        " const input = document.querySelectorAll('[data-md-component=palette] input')[index];"
        " if (input && document.body.dataset.mdColorScheme !== scheme) input.click(); }",
        [index, scheme],
    )
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing: what is photographed is not news."""
