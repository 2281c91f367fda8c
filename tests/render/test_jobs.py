"""The jobs of the limited worker, here and there: the same answer from this process as through the pipe."""

import io
import json
import struct
import zlib

import pytest
from PIL import Image

from tests.assets.sample import read
from themekit.render.fonts import subset_woff2
from themekit.render.worker import JOBS, Failed, _answer, shared_worker

FIGTREE = read("@fonts/figtree/Figtree[wght].ttf")
PLEX_MONO = read("@fonts/ibm-plex-mono/IBMPlexMono-Bold.ttf")
SERIF = "@fonts/source-serif-4/SourceSerif4[opsz,wght].ttf"
SETTING = json.dumps([700, 40, -0.02])
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3" fill="#369"/></svg>'


def picture(kind: str, mode: str = "RGBA", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (9, 7), 1).save(out, kind, **options)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    ihdr = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + ihdr + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def webp(width: int, height: int) -> bytes:
    canvas = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 200) + b"WEBPVP8X" + struct.pack("<I", 10) + canvas + bytes(200)


def without(content: bytes, table: str) -> bytes:
    """The font, a table of it renamed to one that nobody reads."""
    at = next(at for at in range(12, 12 + 16 * 30, 16) if content[at : at + 4] == table.encode())
    return content[:at] + b"zzzz" + content[at + 4 :]


CALLS = {
    "draw": ("rasterise", SVG, 16, 16, "", 0, 20, 10, "#ffffff", 1),
    "draw nonsense": ("rasterise", "<svg", 16, 16, "", 0),
    "png": ("inspect", picture("png"), 1024),
    "small": ("inspect", picture("png"), 4),
    "jpeg": ("inspect", picture("jpeg", "RGB"), 1024),
    "webp": ("inspect", picture("webp"), 1024),
    "damaged exif": ("inspect", picture("png", exif=b"Exif\0\0secret"), 1024),
    "nothing": ("inspect", b"", 1024),
    "html": ("inspect", b"<html>", 1024),
    "cut off": ("inspect", picture("png")[:60], 1024),
    "heavy": ("inspect", b"\x89PNG\r\n\x1a\n" + bytes(20_000_000), 1024),
    "a png too large": ("inspect", png(20_000, 20_000), 1024),
    "a webp too large": ("inspect", webp(16_384, 16_384), 1024),
    "ink with holes": ("ink", picture("png", "LA")),
    "ink": ("ink", picture("png", "RGB")),
    "outline": ("outline", FIGTREE, SETTING, "AVA", "", "中x"),
    "outline of one weight": ("outline", PLEX_MONO, SETTING, "A"),
    "outline without kerning": ("outline", without(FIGTREE, "GPOS"), SETTING, "AV"),
    "outline with extension lookups": ("outline", read("@fonts/inter/Inter[opsz,wght].ttf"), SETTING, "AVA To"),
    "outline with contextual kerning": ("outline", read(SERIF), SETTING, "AVA To"),
    "outline of an instance": ("outline", subset_woff2(FIGTREE, unicodes=range(65, 91), keep_axes=()), SETTING, "AVA"),
    "describe a font without names for letters": ("describe", without(PLEX_MONO, "cmap")),
    "subset a font without a name": ("subset", without(PLEX_MONO, "name"), "41"),
    "subset": ("subset", FIGTREE, "41,42", "wght"),
    "subset of one weight": ("subset", FIGTREE, "41,42"),
    "subset of a static font": ("subset", PLEX_MONO, "41,42", "wght"),
    "subset of nothing": ("subset", PLEX_MONO, "4e00"),
    "describe": ("describe", FIGTREE),
    "describe a static font": ("describe", PLEX_MONO),
    "describe nothing": ("describe", b""),
    "describe html": ("describe", b"<html>"),
    "describe too much": ("describe", bytes(10_000_001)),
    "describe too much to unpack": ("describe", b"wOFF" + bytes(12) + b"\xff" * 4 + bytes(40)),
    "describe half a font": ("describe", PLEX_MONO[:40_000]),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_job_answers_the_same_here_and_there(name):
    job, *arguments = CALLS[name]
    kind, *values = _answer(JOBS[job], tuple(arguments))
    there = shared_worker().call(job, *arguments)
    assert there == (Failed(values[0]) if kind == "refused" else tuple(values))
