"""The browser: headless, the same on every machine, and with no way out but our own server."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from themekit.studio.chromium.serving import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Playwright

    from themekit.studio.chromium.serving import Served

INSTALLED_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No GPU, no updates, no background traffic, no font smoothing by the screen: what is left depends on the page alone.
ARGUMENTS = (
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-lcd-text",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--blink-settings=imageAnimationPolicy=2",
    # Or a tile that is drawn again in part has other roundings: text differed by 1 of 255 in 6 of 64 pictures.
    "--disable-partial-raster",
)
NO_SANDBOX = "this system gives Chromium no sandbox: a page that breaks out of it has the rights of your account"
NO_SANDBOX_AS_ROOT = "Chromium has no sandbox as root: a page that breaks out of it has all rights here"
LOCALE, TIMEZONE = "en-GB", "UTC"


class BrowserMissingError(Exception):
    """There is no browser, or it does not start; the text is for users."""


@contextmanager
def browser(server: Served, *, warn: Callable[[str], None]) -> Iterator[Browser]:
    """A browser that reaches this server and nothing else: an installed one first, else the one Playwright has fetched.

    `warn` is told if it has no sandbox. Raises BrowserMissingError.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - half a second that only a browser's users need

    with sync_playwright() as playwright:
        opened = _launched(playwright, server, warn=warn)
        try:
            yield opened
        finally:
            opened.close()


@contextmanager
def browser_on(folder: Path, *, warn: Callable[[str], None] = lambda _: None) -> Iterator[tuple[Served, Browser]]:
    """A browser of its own, and the server that shows it this folder."""
    with served(folder) as server, browser(server, warn=warn) as opened:
        yield server, opened


def fresh_context(opened: Browser, *, scale: float = 1.0) -> BrowserContext:
    """A context without history, with fixed language, time zone and pixels; nothing moves in it."""
    return opened.new_context(
        device_scale_factor=scale,
        reduced_motion="reduce",
        locale=LOCALE,
        timezone_id=TIMEZONE,
        service_workers="block",
        accept_downloads=False,
    )


def _launched(playwright: Playwright, server: Served, *, warn: Callable[[str], None]) -> Browser:
    from playwright.sync_api import Error  # noqa: PLC0415 - as above

    installed = next((path for name in INSTALLED_BROWSERS if (path := shutil.which(name))), None)
    # Root has no sandbox, and some systems give it to nobody.
    choices = (False,) if os.geteuid() == 0 else (True, False)
    for is_last, sandboxed in enumerate(choices, start=1 - len(choices)):
        try:
            opened = playwright.chromium.launch(
                executable_path=installed,
                args=list(ARGUMENTS),
                chromium_sandbox=sandboxed,
                proxy={"server": f"http://127.0.0.1:{server.port}", "bypass": "<-loopback>"},
            )
        except Error as error:
            if is_last == 0:
                reason = next(iter(str(error).strip().splitlines()), "no reason given")
                raise BrowserMissingError(reason) from error
        else:
            if not sandboxed:
                warn(NO_SANDBOX_AS_ROOT if len(choices) == 1 else NO_SANDBOX)
            return opened
    raise AssertionError("one of the choices returns or raises")
