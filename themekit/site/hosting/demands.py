"""What pages ask of the policy they are served with: the scripts that stand in them, and other hosts they load from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import FileTemplate, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Script = tuple[bytes | Slot, ...]

_SCRIPT = re.compile(rb"<script\b([^>]*)>(.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_TYPE = re.compile(rb"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUN = frozenset({b"", b"module", b"text/javascript", b"application/javascript"})
_PLACE = re.compile(rb"\x00(\d+)\x00")
_LOADED = re.compile(
    rb"""<(audio|iframe|img|link|script|source|video)\b[^>]*?\s(?:src|href)\s*=\s*["']?(https?://[^/"'\s>\x00]+)""",
    re.IGNORECASE,
)
_REL = re.compile(rb"""\brel\s*=\s*["']?(stylesheet|icon|manifest|preload)""", re.IGNORECASE)
DIRECTIVES = {
    b"audio": "media-src",
    b"iframe": "frame-src",
    b"img": "img-src",
    b"link": "style-src",
    b"script": "script-src",
    b"source": "media-src",
    b"video": "media-src",
}


@dataclass(frozen=True, slots=True)
class Demands:
    """Scripts inside pages, as literals and slots; and pairs of a directive and an origin: `img-src`, `https://…`."""

    scripts: tuple[Script, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()


def demands_of(files: Iterable[FileTemplate]) -> Demands:
    """What these files demand, each thing once; others than HTML pages demand nothing."""
    scripts: dict[Script, None] = {}
    origins: set[tuple[str, str]] = set()
    for file in files:
        if file.media_type != "text/html":
            continue
        slots = [part for part in file.parts if isinstance(part, Slot)]
        text = _text(file)
        scripts |= dict.fromkeys(_filled(script, slots) for script in _inline_scripts(text))
        origins |= set(_loaded(text))
    return Demands(tuple(scripts), tuple(sorted(origins)))


def joined(each: Iterable[Demands]) -> Demands:
    """All of them, each thing once."""
    parts = tuple(each)
    scripts = dict.fromkeys(script for demands in parts for script in demands.scripts)
    return Demands(tuple(scripts), tuple(sorted({origin for demands in parts for origin in demands.origins})))


def _text(file: FileTemplate) -> bytes:
    """The file with numbers in the place of slots; no page has a NUL of its own."""
    numbers = iter(range(len(file.parts)))
    return b"".join(part if isinstance(part, bytes) else b"\0%d\0" % next(numbers) for part in file.parts)


def _inline_scripts(text: bytes) -> Iterator[bytes]:
    for attributes, content in _SCRIPT.findall(text):
        named = _TYPE.search(attributes)
        if re.search(rb"\bsrc\s*=", attributes) is None and (named[1].lower() if named else b"") in _RUN:
            yield content


def _filled(script: bytes, slots: list[Slot]) -> Script:
    """Literals and slots again."""
    parts = _PLACE.split(script)
    found = [slots[int(part)] if place % 2 else part for place, part in enumerate(parts)]
    return tuple(part for part in found if part != b"")


def _loaded(text: bytes) -> Iterator[tuple[str, str]]:
    for found in _LOADED.finditer(text):
        tag = found[1].lower()
        if tag == b"link":
            end = text.find(b">", found.start())
            rel = _REL.search(text, found.start(), end)
            if rel is None:
                continue  # `canonical` and the like load nothing
        yield DIRECTIVES[tag], found[2].decode("ascii", "ignore").lower()
