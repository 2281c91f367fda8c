"""The pictures of README and handbook, taken of what `themekit build` made."""

import base64
import tempfile
from pathlib import Path

from themekit.studio.shots import Shot, browser, photograph, served

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs_src" / "handbook" / "pictures"
HOMES = [
    ("volt", "default"),
    ("volt", "slate"),
    ("harrow", "default"),
    ("harrow", "slate"),
    ("zitrone", "default"),
    ("zitrone", "slate"),
]
PAGES = [("volt", "get-started/first-payment.html", "slate"), ("zitrone", "guides/webhooks.html", "default")]
SHEET = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 32px; width: {width}px; background: #e9ebf0; display: grid; gap: 24px;
  grid-template-columns: repeat({columns}, 1fr); }}
img {{ width: 100%; border-radius: 10px; box-shadow: 0 8px 24px #0003; display: block; }}
</style>{images}"""


def main() -> None:
    """Take the shots, then compose and shrink them."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with served(ROOT / "build") as url:
            homes = [
                Shot(f"{url}/{brand}/site/index.html", folder / f"{brand}-{scheme}.png", scheme)
                for brand, scheme in HOMES
            ]
            pages = [
                Shot(f"{url}/{brand}/site/{path}", folder / f"page-{brand}.png", scheme)
                for brand, path, scheme in PAGES
            ]
            reports = [Shot(f"{url}/zitrone/theme/contrast.html", folder / "contrast.png")]
            photograph([*homes, *pages, *reports])
        compose([shot.file for shot in homes], PICTURES / "portals.png", columns=2)
        compose([shot.file for shot in pages], PICTURES / "pages.png", columns=2)
        compose([reports[0].file], PICTURES / "contrast.png", columns=1)


def compose(files: list[Path], picture: Path, *, columns: int) -> None:
    """One picture of several, in a grid."""
    images = "".join(
        f'<img alt="" src="data:image/png;base64,{base64.b64encode(file.read_bytes()).decode()}">' for file in files
    )
    picture.parent.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        page = opened.new_page(viewport={"width": 1264, "height": 400}, device_scale_factor=1.75)
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
