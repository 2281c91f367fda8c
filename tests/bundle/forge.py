"""Bundles for tests: a good one, and a zip writer that lies on demand, byte for byte."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from themekit.bundle.archive import member, write_zip
from themekit.bundle.manifest import MANIFEST_PATH, BundleBrand, Manifest, Tool, file_entry, manifest_of
from themekit.model import Artifact

BRAND = BundleBrand("acme", "Acme", "1.0.0", "en")


def artifact(path: str, content: bytes, media_type: str = "text/plain") -> Artifact:
    return Artifact(PurePosixPath(path), content, media_type)


FILES = (
    artifact("site/404.html", b"<p>Not found</p>\n" * 20, "text/html"),
    artifact("site/index.html", b"<p>Hello</p>\n" * 40, "text/html"),
    artifact("theme/brand.css", b":root { --tk-radius: 6px }\n" * 60, "text/css"),
    artifact("theme/mark.png", bytes(range(256)), "image/png"),
)


def manifest(files: tuple[Artifact, ...] = FILES) -> Manifest:
    return manifest_of(map(file_entry, files), brand=BRAND, inputs="0" * 64, tools=[Tool("themekit", "0.1.0")])


def good_bundle(files: tuple[Artifact, ...] = FILES) -> bytes:
    first = artifact(str(MANIFEST_PATH), manifest(files).to_json(), "application/json")
    ordered = sorted(files, key=lambda each: str(each.path))
    return write_zip([member(each) for each in (first, *ordered)], epoch_s=0)


@dataclass
class Forged:
    """A member as a liar would write it; None means: tell the truth."""

    name: str | bytes
    content: bytes
    local_name: str | None = None
    declared_size: int | None = None
    attributes: int = 0o100644 << 16
    flags: int = 0x0800
    method: int = 8
    crc32: int | None = None
    moment: tuple[int, int] = (0, 33)
    extra: bytes = b""
    central_extra: bytes = b""
    comment: bytes = b""
    offset: int | None = None
    gap: bytes = b""
    tail: bytes = b""
    packed: bytes | None = None
    made_by: int = (3 << 8) | 20

    def data(self) -> bytes:
        if self.packed is not None:
            return self.packed
        if self.method != 8:
            return self.content + self.tail
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        return deflater.compress(self.content) + deflater.flush() + self.tail

    def numbers(self) -> tuple[int, int, int]:
        crc32 = zlib.crc32(self.content) if self.crc32 is None else self.crc32
        size = len(self.content) if self.declared_size is None else self.declared_size
        return crc32, len(self.data()), size


def as_bytes(name: str | bytes) -> bytes:
    return name if isinstance(name, bytes) else name.encode()


def forge(members: list[Forged], *, count: int | None = None, comment: bytes = b"") -> bytes:
    body, directory = b"", b""
    for each in members:
        body += each.gap
        offset = len(body) if each.offset is None else each.offset
        local = as_bytes(each.local_name or each.name)
        head = (each.flags, each.method, *each.moment, *each.numbers())
        body += struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, *head, len(local), len(each.extra)) + local
        body += each.extra + each.data()
        name = as_bytes(each.name)
        sizes = (len(name), len(each.central_extra), len(each.comment), 0, 0, each.attributes, offset)
        directory += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", each.made_by, 20, *head, *sizes)
        directory += name + each.central_extra + each.comment
    number = len(members) if count is None else count
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, number, number, len(directory), len(body), len(comment))
    return body + directory + end + comment


def good_members(files: tuple[Artifact, ...] = FILES) -> list[Forged]:
    """The members of a good bundle, to be spoiled one at a time."""
    first = Forged(str(MANIFEST_PATH), manifest(files).to_json())
    return [first, *(Forged(str(each.path), each.content, method=method_of(each)) for each in files)]


def method_of(each: Artifact) -> int:
    return 0 if each.media_type == "image/png" else 8
