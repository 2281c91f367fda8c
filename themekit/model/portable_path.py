"""Whether a path can be unpacked on every system, without leaving the folder it is unpacked in."""

from __future__ import annotations

import re
import unicodedata

MAX_PART_BYTES = 255  # ext4, APFS and NTFS all stop at 255 units for one name
MAX_PATH_CHARACTERS = 240  # Windows without long paths stops at 260, of which the folder needs some

_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)")  # superscripts too
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def portability_fault(path: str) -> str | None:
    """What is wrong with a relative path of forward slashes, in words that follow "the path", or None.

    Refused: absolute and empty paths, `.` and `..`, backslashes, characters that Windows forbids, its device names
    (`con`, `nul.svg`), trailing dots and spaces, names that are not NFC, and names too long for a file system.
    Source: Microsoft, "Naming Files, Paths, and Namespaces"; Unicode UAX 15.
    """
    if not path:
        return "is empty"
    if path.startswith("/"):
        return "is absolute"
    if len(path) > MAX_PATH_CHARACTERS:
        return f"is longer than {MAX_PATH_CHARACTERS} characters"
    if not path.isascii():
        if unicodedata.normalize("NFC", path) != path:
            return "is not in Unicode form NFC"
        if any(unicodedata.category(character) in {"Cs", "Cf", "Zl", "Zp"} for character in path):
            return "holds an invisible character"
    return next((fault for part in path.split("/") if (fault := _part_fault(part))), None)


def _part_fault(part: str) -> str | None:
    if part in {"", "."}:
        return "has an empty part"
    if part == "..":
        return "leaves its folder by `..`"
    if match := _FORBIDDEN.search(part):
        return f"holds the character {match.group()!r}"
    if part[-1] in ". ":
        return "has a part that ends with a dot or a space"
    if _DEVICE.match(part):
        return f"uses `{part}`, a device name on Windows"
    if len(part.encode()) > MAX_PART_BYTES:
        return f"has a part of more than {MAX_PART_BYTES} bytes"
    return None


def collision_key(path: str) -> str:
    """Equal for two paths that are one file on a system that ignores case or Unicode form (Windows, macOS)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())
