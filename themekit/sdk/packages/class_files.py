"""Java classes compiled once for all brands: a brand's package, client and texts put into the constants of class files.

What javac writes does not depend on the length or the order of names: they are constants in the order of their first
use. So classes compiled with probes become a brand's by writing its values into the constants that hold a probe; a test
compares the outcome with javac's own.

Source: The Java Virtual Machine Specification, sections 4.4 (constant pool) and 4.4.7 (modified UTF-8).
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ClassFiles = tuple[tuple[str, bytes], ...]
"""By their paths in a jar, in order."""

Probes = tuple[tuple[str, str], ...]
"""Slots, each with the name that stood in its place."""

_PACKAGE = "java-package"
_MAGIC = b"\xca\xfe\xba\xbe"
_UTF8, _LONG, _DOUBLE = 1, 5, 6
_SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
_MAX_CONSTANT = 0xFFFF


class TooLongError(ValueError):
    """A value that does not fit into a constant of a class file."""


def probes(fields: Sequence[str], *, seal: str) -> dict[str, str]:
    """A value for each slot that is a legal name wherever it stands in Java. `seal` occurs in no description."""
    found = {field: f"Zz{index}z{seal}" for index, field in enumerate(fields)}
    package = f"zz{seal}.zy{seal}"
    return {**found, _PACKAGE: package, "java-path": package.replace(".", "/")}


def stamped_classes(compiled: tuple[Probes, ClassFiles], values: Mapping[str, str]) -> ClassFiles:
    """The classes of a brand, from the probes and the classes that were compiled with them."""
    known, classes = dict(compiled[0]), compiled[1]
    replaced = {probe.encode(): modified_utf8(values[field]) for field, probe in known.items()}
    package = known[_PACKAGE].replace(".", "$")  # as javac names what a switch over an enumeration needs
    replaced[package.encode()] = modified_utf8(values[_PACKAGE].replace(".", "$"))
    paths = {probe: values[field] for field, probe in known.items()}
    wanted = re.compile(b"|".join(re.escape(probe) for probe in sorted(replaced, key=len, reverse=True)))

    def moved(path: str) -> str:
        for probe, value in paths.items():
            path = path.replace(probe, value)
        return path

    found = ((moved(path), _stamped(content, wanted, replaced)) for path, content in classes)
    return tuple(sorted(found))


def modified_utf8(text: str) -> bytes:
    """As class files write text: U+0000 as two bytes, a character beyond U+FFFF as two surrogates."""
    if text.isascii() and "\0" not in text:
        return text.encode()
    units = text.encode("utf-16-be", "surrogatepass")
    written = "".join(map(chr, struct.unpack(f">{len(units) // 2}H", units)))
    return written.encode("utf-8", "surrogatepass").replace(b"\0", b"\xc0\x80")


def _stamped(content: bytes, wanted: re.Pattern[bytes], replaced: Mapping[bytes, bytes]) -> bytes:
    """The class file with its constants filled in; all else refers to them by number."""
    if content[:4] != _MAGIC:
        raise ValueError("this is no class file")
    (count,) = struct.unpack_from(">H", content, 8)
    parts, at, number = [content[:10]], 10, 1
    while number < count:
        tag = content[at]
        if tag == _UTF8:
            (size,) = struct.unpack_from(">H", content, at + 1)
            text = wanted.sub(lambda found: replaced[found[0]], content[at + 3 : at + 3 + size])
            if len(text) > _MAX_CONSTANT:
                raise TooLongError("a text is longer than a constant of a class file can be")
            parts.append(struct.pack(">BH", tag, len(text)) + text)
            at += 3 + size
        else:
            end = at + 1 + _SIZES[tag]
            parts.append(content[at:end])
            at = end
        number += 2 if tag in {_LONG, _DOUBLE} else 1
    return b"".join((*parts, content[at:]))
