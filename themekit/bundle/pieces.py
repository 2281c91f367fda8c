"""Files -> members and pieces of members, deflated once for all brands; these and a brand's texts -> its members.

A page is cut where brand values stand. A literal between them is deflated once, and ends with a full flush: it starts
and ends on a byte and refers to nothing before it, so it may follow anything. Values, with the short literals around
them, are zones, which are deflated for each brand, equal ones once. A member is then a join.

A CRC is taken over the joined content: zlib-ng does 9 GB/s, where combining the CRCs of pieces costs 1 µs each.
Source: RFC 1951, sections 3.2.3 and 3.2.4; the zlib manual on Z_FULL_FLUSH.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from zlib_ng import zlib_ng

from themekit.bundle.archive import COMPRESSED_ALREADY, DEFLATED, LEVEL, STORED, Header, Member, member
from themekit.bundle.manifest import FileEntry, file_entry
from themekit.model import Artifact, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import PurePosixPath

    from themekit.model import FileTemplate

Zone = tuple[bytes | Slot, ...]

# A literal deflated apart costs some 60 bytes (codes of its own, nothing to refer back to), one in a zone 5 ns a byte
# in every brand. At level 1, this bound gives the smallest archives; level 6 would save another 3 % of this project's
# bundle for 15 ms a brand, half of what a brand costs.
MAX_ZONE_LITERAL = 1024
ZONE_LEVEL = 1
MAX_STORED = 0xFFFF  # what one stored block holds
_END = b"\x03\x00"  # a last block, of fixed codes and empty


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file as the manifest lists it, and as a member of any archive."""

    entry: FileEntry
    member: Member


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A file with slots: deflated literals, and numbers of zones. No pieces: its content is stored, not deflated."""

    path: PurePosixPath
    media_type: str
    pieces: tuple[bytes | int, ...]


@dataclass(frozen=True, slots=True)
class PackedSite:
    """Files of a site: those that all brands share, and pages with the zones they name. Each in path order."""

    files: tuple[PackedFile, ...] = ()
    pages: tuple[PackedPage, ...] = ()
    zones: tuple[Zone, ...] = ()


def pack_files(artifacts: Iterable[Artifact]) -> tuple[PackedFile, ...]:
    """Artifacts as members, in the order given; content that several have is deflated once."""
    known: dict[tuple[str, str], Member] = {}
    packed: list[PackedFile] = []
    for artifact in artifacts:
        entry = file_entry(artifact)
        key = (entry.sha256, entry.media_type)
        made = known.get(key) or known.setdefault(key, member(artifact))
        file = PackedFile(entry, replace(made, header=replace(made.header, path=str(artifact.path))))
        require_content(file, artifact.content)
        packed.append(file)
    return tuple(packed)


def pack_site(files: Iterable[FileTemplate], *, folder: PurePosixPath) -> PackedSite:
    """Everything of these files that is the same for all brands, deflated, to be placed below `folder`."""
    static: list[Artifact] = []
    pages: list[PackedPage] = []
    numbers: dict[Zone, int] = {}
    for file in files:
        path = folder / file.path
        if file.is_static:
            static.append(Artifact(path, b"".join(_literals(file)), file.media_type))
        else:
            is_stored = file.media_type in COMPRESSED_ALREADY
            pages.append(PackedPage(path, file.media_type, () if is_stored else tuple(_pieces(file, numbers))))
    return PackedSite(pack_files(static), tuple(pages), tuple(numbers))


def joined_site(sites: Iterable[PackedSite]) -> PackedSite:
    """Parts of one site as one, with each zone once."""
    each = tuple(sites)
    numbers: dict[Zone, int] = {}
    pages: list[PackedPage] = []
    for site in each:
        renumbered = [numbers.setdefault(zone, len(numbers)) for zone in site.zones]
        pages += (
            replace(
                page,
                pieces=tuple(piece if isinstance(piece, bytes) else renumbered[piece] for piece in page.pieces),
            )
            for page in site.pages
        )
    files = sorted((file for site in each for file in site.files), key=lambda file: file.entry.path)
    return PackedSite(tuple(files), tuple(sorted(pages, key=lambda page: page.path)), tuple(numbers))


def pack_zones(texts: Iterable[bytes]) -> tuple[bytes, ...]:
    """Zones with a brand's texts in them, as pieces of deflate streams: deflated, or stored where that is shorter."""
    # One compressor for all: making it costs more than a zone does, and a full flush lets it forget.
    compressor = zlib_ng.compressobj(ZONE_LEVEL, zlib_ng.DEFLATED, -15)
    compress, flush, mode = compressor.compress, compressor.flush, zlib_ng.Z_FULL_FLUSH
    packed: list[bytes] = []
    for text in texts:
        deflated = compress(text) + flush(mode)
        packed.append(deflated if len(deflated) < len(text) + 5 else stored(text))
    return tuple(packed)


def stored(content: bytes) -> bytes:
    """The content as stored blocks, none of them the last of its stream."""
    blocks: list[bytes] = []
    for start in range(0, len(content), MAX_STORED):
        part = content[start : start + MAX_STORED]
        blocks += (b"\0", len(part).to_bytes(2, "little"), (len(part) ^ MAX_STORED).to_bytes(2, "little"), part)
    return b"".join(blocks)


def pack_page(page: PackedPage, content: bytes, *, zones: Sequence[bytes]) -> PackedFile:
    """A brand's page as a member: `content` is the page with the brand's texts, `zones` are what these make of them."""
    data = content
    if page.pieces:
        data = b"".join([piece if isinstance(piece, bytes) else zones[piece] for piece in page.pieces]) + _END
    path = str(page.path)
    header = Header(path, DEFLATED if page.pieces else STORED, zlib_ng.crc32(content), len(data), len(content))
    digest = hashlib.sha256(content).hexdigest()
    return PackedFile(FileEntry(page.path, digest, len(content), page.media_type), Member(header, data))


def require_content(file: PackedFile, content: bytes) -> None:
    """Raises AssertionError if the member does not unpack to this content: then there is a bug in this module."""
    header, data = file.member.header, file.member.data
    unpacked = data if header.method == STORED else zlib_ng.decompress(data, -15)
    if unpacked != content:
        raise AssertionError(f"the member `{header.path}` does not unpack to its content")


def page_literals(file: FileTemplate) -> tuple[bytes, ...]:
    """The literals of a page that are deflated apart, in order."""
    return tuple(literal for literal in _literals(file) if len(literal) > MAX_ZONE_LITERAL)


def _literals(file: FileTemplate) -> tuple[bytes, ...]:
    return tuple(part for part in file.parts if isinstance(part, bytes))


def _pieces(file: FileTemplate, numbers: dict[Zone, int]) -> Iterable[bytes | int]:
    """The file's parts as deflated literals and zones; `numbers` counts the zones."""
    zone: list[bytes | Slot] = []
    for part in file.parts:
        if isinstance(part, bytes) and len(part) > MAX_ZONE_LITERAL:
            if zone:
                yield numbers.setdefault(tuple(zone), len(numbers))
                zone = []
            yield _literal_piece(part)
        else:
            zone.append(part)
    if zone:
        yield numbers.setdefault(tuple(zone), len(numbers))


def _literal_piece(literal: bytes) -> bytes:
    compressor = zlib_ng.compressobj(LEVEL, zlib_ng.DEFLATED, -15)
    piece: bytes = compressor.compress(literal) + compressor.flush(zlib_ng.Z_FULL_FLUSH)
    if zlib_ng.decompress(piece + _END, -15) != literal:
        raise AssertionError("a piece does not unpack to its literal")
    return piece
