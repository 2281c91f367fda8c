"""The strict reading of a zip from anywhere: only what our own writer writes, and each deviation named.

Ordinary readers trust the directory, ignore what surrounds it and let the last duplicate win; each of these has been
used to show one archive to the checker and another to the unpacker. Nothing is ever extracted here.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.bundle import archive
from themekit.diagnostics import Code
from themekit.model.portable_path import collision_key, portability_fault

if TYPE_CHECKING:
    from themekit.diagnostics import Reporter

NOT_A_ZIP = Code("bundle-not-a-zip", summary="The file is no zip archive, or its directory is damaged.")
SURROUNDING_DATA = Code(
    "bundle-surrounding-data", summary="Data stands before, between or after the members of a bundle."
)
DUPLICATE_MEMBER = Code(
    "bundle-duplicate-member", summary="Two members of a bundle have one path, at least where case is ignored."
)
UNSAFE_PATH = Code(
    "bundle-unsafe-path", summary="The path of a member would leave its folder, or cannot be unpacked on every system."
)
SPECIAL_FILE = Code("bundle-special-file", summary="A member of a bundle is a link, a folder or a device.")
ENCRYPTED = Code("bundle-encrypted", summary="A member of a bundle is encrypted.")
COMPRESSION = Code("bundle-compression", summary="A member of a bundle is compressed by a method no bundle uses.")
HEADER_MISMATCH = Code("bundle-header-mismatch", summary="The header of a member contradicts the directory.")
OVERLAP = Code("bundle-overlap", summary="Members of a bundle overlap.")
NOT_CANONICAL = Code("bundle-not-canonical", summary="The archive has fields that no bundle has.")

DOWNLOAD_AGAIN = "download it again: one flipped bit is enough"
OR_DISTRUST = "download it again; if it says the same then, it was made so: do not unpack it"

_END = struct.Struct("<4s4H2IH")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_UNIX = 3
_FILE_TYPE_MASK = 0o170000
_REGULAR = 0o100000
_ENCRYPTED_FLAGS = 0x0001 | 0x0040 | 0x2000


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the directory tells it, not yet inflated; `data` is where its compressed bytes stand.

    `crc32` is None in an archive that has none.
    """

    path: str
    method: int
    crc32: int | None
    size: int
    data: memoryview


@dataclass(frozen=True, slots=True)
class _Record:
    """One raw directory record, and where it stands."""

    start: int
    end: int
    made_by: int
    flags: int
    method: int
    moment: tuple[int, int]
    crc32: int
    compressed_size: int
    size: int
    name: bytes
    attributes: int
    offset: int


def read_entries(content: memoryview, report: Reporter) -> tuple[Entry, ...]:
    """The members that can be inspected further, in directory order; everything strange goes to `report`."""
    end = _find_end(content, report)
    if end is None:
        return ()
    count, directory_size, directory_start = end
    records = _read_directory(content, (directory_start, directory_start + directory_size), count=count, report=report)
    if records is None:
        return ()
    _check_layout(content, records, directory_start=directory_start, report=report)
    entries = [_read_entry(content, record, directory_start=directory_start, report=report) for record in records]
    check_names([record.name.decode("utf-8", "replace") for record in records], report)
    if records and not report.found:
        _check_canonical(content, records, report)
    return tuple(entry for entry in entries if entry is not None)


def _find_end(content: memoryview, report: Reporter) -> tuple[int, int, int] | None:
    """Count of members, size and start of the directory: from the end record, which must be the very last bytes."""
    if len(content) < archive.END_SIZE:
        report(NOT_A_ZIP, None, "the file is too short to be a zip", hint=DOWNLOAD_AGAIN)
        return None
    tail = bytes(content[-archive.END_SIZE :])
    if not tail.startswith(archive.END_SIGNATURE):
        found = bytes(content[-0xFFFF - archive.END_SIZE :]).rfind(archive.END_SIGNATURE)
        if found < 0:
            report(NOT_A_ZIP, None, "the file has no zip directory", hint="download it again: it may be cut off")
        else:
            report(SURROUNDING_DATA, None, "data follows the end of the archive")
        return None
    _, _, _, _, count, directory_size, directory_start, _ = _END.unpack(tail)
    if directory_start + directory_size + archive.END_SIZE != len(content):
        report(SURROUNDING_DATA, None, "the archive does not fill the file: data stands before, between or after it")
        return None
    return count, directory_size, directory_start


def _read_directory(
    content: memoryview, bounds: tuple[int, int], *, count: int, report: Reporter
) -> list[_Record] | None:
    records: list[_Record] = []
    position, end = bounds
    while position < end:
        if end - position < archive.CENTRAL_SIZE or content[position : position + 4] != archive.CENTRAL_SIGNATURE:
            report(NOT_A_ZIP, None, f"the directory is damaged at byte {position}", hint=DOWNLOAD_AGAIN)
            return None
        fields = _CENTRAL.unpack_from(content, position)
        name_start = position + archive.CENTRAL_SIZE
        next_position = name_start + fields[10] + fields[11] + fields[12]
        if next_position > end:
            report(NOT_A_ZIP, None, f"the directory is cut off at byte {position}")
            return None
        name = bytes(content[name_start : name_start + fields[10]])
        records.append(
            _Record(
                position,
                next_position,
                made_by=fields[1],
                flags=fields[3],
                method=fields[4],
                moment=(fields[5], fields[6]),
                crc32=fields[7],
                compressed_size=fields[8],
                size=fields[9],
                name=name,
                attributes=fields[15],
                offset=fields[16],
            )
        )
        position = next_position
    if len(records) != count:
        report(NOT_A_ZIP, None, f"the directory holds {len(records)} members, but its end says {count}")
    return records


def _check_layout(content: memoryview, records: list[_Record], *, directory_start: int, report: Reporter) -> None:
    """Members must follow one another without gap or overlap, from the first byte up to the directory."""
    position = 0
    for record in sorted(records, key=lambda record: record.offset):
        if record.offset < position:
            report(OVERLAP, None, f"`{shown(record.name)}` overlaps the member before it")
        elif record.offset > position:
            report(
                SURROUNDING_DATA, None, f"{record.offset - position} stray bytes stand before `{shown(record.name)}`"
            )
        position = max(position, _data_start(content, record) + record.compressed_size)
    if position != directory_start:
        report(SURROUNDING_DATA, None, "the last member does not end where the directory starts")


def _read_entry(content: memoryview, record: _Record, *, directory_start: int, report: Reporter) -> Entry | None:
    name = shown(record.name)
    try:
        path = record.name.decode()
    except UnicodeDecodeError:
        report(UNSAFE_PATH, None, f"the member `{name}` is not named in UTF-8")
        return None
    if fault := portability_fault(path):
        report(UNSAFE_PATH, None, f"the path of the member `{name}` {fault}")
    if record.made_by >> 8 == _UNIX and (record.attributes >> 16) & _FILE_TYPE_MASK != _REGULAR:
        report(SPECIAL_FILE, None, f"the member `{name}` is no regular file but a link, folder or device")
    if record.flags & _ENCRYPTED_FLAGS:
        report(ENCRYPTED, None, f"the member `{name}` is encrypted")
        return None
    if record.method not in {archive.STORED, archive.DEFLATED}:
        report(COMPRESSION, None, f"the member `{name}` is compressed by the unknown method {record.method}")
        return None
    start = _data_start(content, record)
    if start + record.compressed_size > directory_start:
        report(OVERLAP, None, f"the member `{name}` reaches into the directory")
        return None
    expected = archive.local_header(_header(record, path), record.moment)
    if bytes(content[record.offset : start]) != expected:
        message = f"the header of `{name}` says other things than the directory does"
        report(HEADER_MISMATCH, None, message, hint=OR_DISTRUST)
    return Entry(path, record.method, record.crc32, record.size, content[start : start + record.compressed_size])


def _data_start(content: memoryview, record: _Record) -> int:
    """Behind the member's header and the extra field in it, which other writers have: the header is then at fault."""
    extra = content[record.offset + archive.LOCAL_SIZE - 2 : record.offset + archive.LOCAL_SIZE]
    return record.offset + archive.LOCAL_SIZE + len(record.name) + int.from_bytes(extra, "little")


def check_names(names: list[str], report: Reporter) -> None:
    """No name twice, not even where case and Unicode form are ignored."""
    seen: dict[str, str] = {}
    for name in names:
        key = collision_key(name)
        if key in seen:
            other = seen[key]
            what = "twice" if other == name else f"beside `{shown(other)}`, the same file where case is ignored"
            report(DUPLICATE_MEMBER, None, f"the archive holds `{shown(name)}` {what}")
        seen[key] = name


def _check_canonical(content: memoryview, records: list[_Record], report: Reporter) -> None:
    """Each byte of the directory and the end record must be what our writer writes: nothing hides in spare fields."""
    moment = records[0].moment
    for record in records:
        written = archive.central_header(_header(record, record.name.decode()), moment, offset=record.offset)
        if bytes(content[record.start : record.end]) != written:
            report(NOT_CANONICAL, None, f"the directory entry of `{shown(record.name)}` has fields no bundle has")
    directory_start = records[0].start
    directory_size = len(content) - archive.END_SIZE - directory_start
    closing = archive.end_record(len(records), directory_size, offset=directory_start)
    if bytes(content[-archive.END_SIZE :]) != closing:
        report(NOT_CANONICAL, None, "the end record has fields no bundle has")


def _header(record: _Record, path: str) -> archive.Header:
    return archive.Header(path, record.method, record.crc32, record.compressed_size, record.size)


def shown(name: str | bytes) -> str:
    """A name safe to print: control and other invisible characters as escapes, cut to 80."""
    text = name.decode("utf-8", "backslashreplace") if isinstance(name, bytes) else name
    printable = "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
    return printable if len(printable) <= 80 else f"{printable[:79]}…"
