"""Pictures of a few pixels, and galleries of them."""

import hashlib
import io

from PIL import Image

from themekit.model import BrandId, Mode
from themekit.studio.pictures.index import Index, Shot, View, file_of, write_index
from themekit.studio.viewport import Viewport

WINDOW = Viewport(1280, 800)


def png(width=10, height=10, dots=(), ground=(255, 255, 255)):
    """A picture of one colour, with dots of others: ((x, y), colour)."""
    picture = Image.new("RGB", (width, height), ground)
    for place, color in dots:
        picture.putpixel(place, color)
    out = io.BytesIO()
    picture.save(out, "png")
    return out.getvalue()


def view(page="index.html", mode=Mode.LIGHT, brand="acme"):
    return View(BrandId(brand), page, mode, WINDOW)


def shot(of, content=b""):
    return Shot(of, file_of(of), hashlib.sha256(content).hexdigest(), 10, 10)


def write_gallery(folder, pictures):
    """A gallery on disk; `pictures` are contents by view."""
    shots = tuple(shot(of, content) for of, content in pictures.items())
    for of, content in pictures.items():
        path = folder / file_of(of)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder.joinpath("index.json").write_bytes(write_index(Index("Chromium", shots)))
    return shots
