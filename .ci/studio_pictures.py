"""The pictures of the Studio in README and handbook, taken of a preview of this repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from pictures import PICTURES, ROOT, shrink
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

COMMAND = [sys.executable, "-m", "themekit.cli", "preview", "--no-open", "--port", "0"]
WIDTH, HEIGHT, SCALE = 1440, 860, 1.25
FIRST_RENDER_MS = 600_000
MAX_KIB = 300
IS_DRESSED = """() => document.readyState === "complete" && document.fonts.status === "loaded"
    && [...document.fonts].every((face) => face.status !== "error")
    && [...document.images].every((image) => !image.checkVisibility() || image.naturalWidth > 0)"""


def main() -> None:
    """Start a preview, take the pictures, end it."""
    preview = subprocess.Popen(COMMAND, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command
    try:
        if preview.stdout is None:
            raise RuntimeError("the preview says nothing")
        url = preview.stdout.readline().strip()
        with sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=shutil.which("chromium"))
            take(form(opened, url), PICTURES / "studio.png")
            take(side_by_side(opened, url), PICTURES / "studio-side-by-side.png")
    finally:
        preview.terminate()
        preview.wait(timeout=30)


def form(opened: Browser, url: str) -> Page:
    """The brand volt with the sliders of its colour."""
    page = studio(opened, url, brand="volt", scheme="light")
    page.get_by_role("button", name="Primary: sliders").click()
    return page


def side_by_side(opened: Browser, url: str) -> Page:
    """Two brands, dark; what colours a button of the one."""
    page = studio(opened, url, brand="zitrone", scheme="dark")
    page.get_by_role("radio", name="Dark", exact=True).check(force=True)
    page.get_by_label("Frames side by side").get_by_text("2").click()
    page.get_by_label("Brand of this frame").last.select_option("harrow")
    page.get_by_label("View", exact=True).first.select_option("gallery")
    page.get_by_label("View", exact=True).last.select_option("gallery")
    for number in (0, 1):
        page.frame_locator("iframe").nth(number).get_by_role("heading").first.wait_for(timeout=FIRST_RENDER_MS)
    page.get_by_role("tab", name="Tokens").click()
    page.get_by_role("button", name="Colour · Primary").click()
    return page


def studio(opened: Browser, url: str, *, brand: str, scheme: str) -> Page:
    """The Studio on a brand, its portal rendered."""
    page = opened.new_page(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=SCALE,
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page.set_default_timeout(FIRST_RENDER_MS)
    page.goto(url)
    page.get_by_role("form").wait_for()
    page.goto(f"{url.partition('?')[0]}#brand={brand}")
    page.frame_locator("iframe").locator(".md-header").wait_for()
    return page


def wait_for_pictures(page: Page) -> None:
    """Wait until each frame has its fonts and pictures: a preview draws them when nobody waits for anything else."""
    for frame in page.frames:
        for _ in range(FIRST_RENDER_MS // 500):
            if frame.evaluate(IS_DRESSED):
                break
            page.wait_for_timeout(500)


def take(page: Page, picture: Path) -> None:
    """Wait until nothing moves, write the picture, and hold its size."""
    wait_for_pictures(page)
    page.wait_for_timeout(1500)
    page.screenshot(path=str(picture), animations="disabled", caret="hide")
    page.close()
    shrink(picture)
    size_kib = picture.stat().st_size // 1024
    print(f"{picture.relative_to(ROOT)}: {size_kib} KiB")
    if size_kib > MAX_KIB:
        raise RuntimeError(f"{picture.name} has more than {MAX_KIB} KiB")


if __name__ == "__main__":
    main()
