"""Attacks by pictures that are no known cases: each is an answer, and what leaves is small and clean."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image

from themekit.render.images import KEPT_SIDE_PX, Picture, read_picture

HANGS_S = 60  # of the clock, with a worker that stops after 20 s of processor time
MIB = 1 << 20


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *extra, data=None, depth=8, color=6, interlace=0):
    pixels = zlib.compress(bytes((width * 4 + 1) * height)) if data is None else data
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlace)
    chunks = (chunk(b"IHDR", header), *extra, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def bomb(mebibytes):
    """That many of zeros, in a thousandth."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(MIB)) for _ in range(mebibytes)) + packer.flush()


def saved(kind, *, size=(64, 64), frames=1, **options):
    out = io.BytesIO()
    first, *rest = (Image.new("RGB", size, (at % 255, 0, 0)) for at in range(frames))
    first.save(out, kind, **({"save_all": True, "append_images": rest} if rest else {}), **options)
    return out.getvalue()


def with_scans(times):
    """A progressive JPEG that is drawn that often over itself."""
    whole = saved("jpeg", progressive=True, size=(2000, 2000))
    start, end = whole.index(b"\xff\xda"), whole.rindex(b"\xff\xd9")
    return whole[:start] + whole[start:end] * times + whole[end:]


def exif(entries):
    return b"Exif\0\0MM\0*\0\0\0\x08" + entries


JPEG = saved("jpeg")
FRAME = JPEG.index(b"\xff\xc0") + 5
ATTACKS = {
    "pixels that unpack to 200 MiB": lambda: png(4, 4, data=bomb(200)),
    "a colour profile of 300 MiB": lambda: png(4, 4, chunk(b"iCCP", b"x\0\0" + bomb(300))),
    "a text of 300 MiB": lambda: png(4, 4, chunk(b"zTXt", b"x\0\0" + bomb(300))),
    "2,000 texts of 1 MiB": lambda: png(4, 4, *[chunk(b"zTXt", b"x\0\0" + bomb(1))] * 2000),
    "500,000 chunks of nothing": lambda: png(4, 4, *[chunk(b"abCd", b"")] * 500_000),
    "two billion frames": lambda: png(4, 4, chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))),
    "a frame outside the picture": lambda: png(
        4,
        4,
        chunk(b"acTL", struct.pack(">II", 2, 0)),
        chunk(b"fcTL", struct.pack(">IIIIIHHBB", 0, 2**31 - 1, 2**31 - 1, 0, 0, 1, 1, 0, 0)),
    ),
    "500 frames of PNG": lambda: saved("png", frames=500),
    "300 frames of WebP": lambda: saved("webp", frames=300),
    "16 bits a channel": lambda: png(4, 4, depth=16, data=zlib.compress(bytes(33 * 4))),
    "interlaced and cut off": lambda: png(4, 4, interlace=1),
    "indexed without a palette": lambda: png(4, 4, color=3, data=zlib.compress(bytes(5 * 4))),
    "a transparency longer than its palette": lambda: png(
        4, 4, chunk(b"PLTE", bytes(3)), chunk(b"tRNS", bytes(10_000)), color=3, data=zlib.compress(b"\xff" * 20)
    ),
    "a colour type that is none": lambda: png(4, 4, color=5),
    "a line of 40 million pixels": lambda: png(40_000_000, 1),
    "drawn 40 times over itself": lambda: with_scans(40),
    "a size of 4 gigapixels": lambda: JPEG[:FRAME] + b"\xff" * 4 + JPEG[FRAME + 4 :],
    "notes of a camera that lead in a circle": lambda: saved(
        "jpeg", exif=exif(b"\0\x01\x87\x69\0\4\0\0\0\1\0\0\0\x08\0\0\0\x08")
    ),
    "notes of a camera that are 65,535": lambda: saved("jpeg", exif=exif(b"\xff\xff" + bytes(60_000))),
    "a turn that is none": lambda: saved("jpeg", exif=exif(b"\0\x01\x01\x12\0\3\0\0\0\1\xff\xff\0\0\0\0\0\0")),
    "a colour profile that is none": lambda: saved("jpeg", icc_profile=b"\xff" * 60_000),
    "entities in its notes": lambda: saved("jpeg", xmp=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' * 500),
    "an archive and a script behind it": lambda: png(4, 4) + b"PK\3\4<script>alert(1)</script>",
    "a length of four gigabytes": lambda: b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR" + bytes(30),
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(rm) system\n",
}
REFUSED = frozenset(
    (
        "a colour profile of 300 MiB",
        "a text of 300 MiB",
        "2,000 texts of 1 MiB",
        "a frame outside the picture",
        "interlaced and cut off",
        "a transparency longer than its palette",
        "a colour type that is none",
        "a size of 4 gigapixels",
        "a length of four gigabytes",
        "PostScript",
    )
)


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_picture_is_an_answer(name):
    content = ATTACKS[name]()
    started = time.monotonic()
    answer = read_picture(content)
    assert time.monotonic() - started < HANGS_S
    assert (name in REFUSED) == (not isinstance(answer, Picture)), answer
    if isinstance(answer, Picture):
        assert len(answer.png) < 100_000
        assert 0 < max(answer.width_px, answer.height_px) <= KEPT_SIDE_PX
        kinds = {answer.png[at : at + 4] for at in range(len(answer.png)) if answer.png[at : at + 4].isalpha()}
        assert not kinds & {b"iCCP", b"zTXt", b"iTXt", b"tEXt", b"eXIf", b"acTL", b"fcTL"}
        assert b"script" not in answer.png
    else:
        assert 0 < len(answer.reason) < 200
