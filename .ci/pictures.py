"""The pictures of README and handbook, taken of what `themekit build` made."""

import base64
import tempfile
from pathlib import Path

from themekit.model import Mode
from themekit.studio.chromium.camera import photographs
from themekit.studio.chromium.opening import browser_on, fresh_context
from themekit.studio.chromium.serving import ADDRESS
from themekit.studio.chromium.stillness import new_tab
from themekit.studio.viewport import Viewport

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs_src" / "handbook" / "pictures"
HOMES = [
    ("volt", Mode.LIGHT),
    ("volt", Mode.DARK),
    ("harrow", Mode.LIGHT),
    ("harrow", Mode.DARK),
    ("zitrone", Mode.LIGHT),
    ("zitrone", Mode.DARK),
]
PAGES = [("volt", "get-started/first-payment.html", Mode.DARK), ("zitrone", "guides/webhooks.html", Mode.LIGHT)]
WINDOW = Viewport(1280, 800)
SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 32px; width: {width}px; background: #e9ebf0; display: grid; gap: 24px;
  grid-template-columns: repeat({columns}, 1fr); }}
img {{ width: 100%; border-radius: 10px; box-shadow: 0 8px 24px #0003; display: block; }}
</style>{images}"""


def main() -> None:
    """Take the shots, then compose and shrink them."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with browser_on(ROOT / "build") as (server, opened):
            tab = new_tab(opened, server)

            def taken(path: str, name: str, mode: Mode) -> Path:
                url = f"{ADDRESS}/{path}"
                shots = photographs(tab, url, modes=[mode], viewport=WINDOW, is_whole=False)
                file = folder / f"{name}.png"
                file.write_bytes(next(shots)[1].png)
                return file

            homes = [taken(f"{brand}/site/index.html", f"{brand}-{mode}", mode) for brand, mode in HOMES]
            pages = [taken(f"{brand}/site/{path}", f"page-{brand}", mode) for brand, path, mode in PAGES]
            report = taken("zitrone/theme/contrast.html", "contrast", Mode.LIGHT)
        compose(homes, PICTURES / "portals.png", columns=2)
        compose(pages, PICTURES / "pages.png", columns=2)
        compose([report], PICTURES / "contrast.png", columns=1)


def compose(files: list[Path], picture: Path, *, columns: int) -> None:
    """One picture of several, in a grid."""
    images = "".join(
        f'<img alt="" src="data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}">' for file in files
    )
    picture.parent.mkdir(parents=True, exist_ok=True)
    with browser_on(picture.parent) as (_, opened):
        page = fresh_context(opened, scale=1.75).new_page()
        page.set_viewport_size({"width": 1264, "height": 400})
        page.set_content(SHEET.format(width=1200, columns=columns, images=images))
        page.screenshot(path=str(picture), full_page=True)
    shrink(picture)
    print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1024} KiB")


def shrink(picture: Path) -> None:
    """Colours reduced to 256, then the PNG optimised: a repository is no picture archive.

    By coverage of the colours, not by how often they occur, which would drop thin lines and small tiles; dithered, or
    the heroes would be striped.
    """
    import oxipng
    from PIL import Image

    with Image.open(picture) as image:
        rgb = image.convert("RGB")
        colours = rgb.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2)
        rgb.quantize(palette=colours, dither=Image.Dither.FLOYDSTEINBERG).save(picture)
    oxipng.optimize(picture, level=2)


if __name__ == "__main__":
    main()
