"""What may be uploaded as a logo or a font, judged as a build judges it, and the name it gets."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.assets.logo_files import read_logo
from themekit.diagnostics import Reporter
from themekit.diagnostics.printable import printable
from themekit.model import SourceFile
from themekit.model.portable_path import collision_key, portability_fault
from themekit.render.fonts import describe_font
from themekit.render.images import format_of, read_picture
from themekit.render.worker import Failed
from themekit.source.brand_fields import BRAND
from themekit.source.field_table import names_at
from themekit.source.typography import FONT_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_STEM = 60
MAX_LOGO_BYTES = 20_000_000
MAX_FONT_BYTES = 20_000_000

_LOGO = re.compile(r"/logos/([a-z]+)")
_FONT = re.compile(r"/typography/families/([a-z]+)/files/(?:[0-9]{1,2}|-)(/path)?")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"})
_FONT_MAGIC = {
    b"wOF2": ".woff2",
    b"wOFF": ".woff",
    b"OTTO": ".otf",
    b"\0\1\0\0": ".ttf",
    b"true": ".ttf",
}


class AssetFault(ValueError):  # noqa: N818  # the field's word
    """A file that cannot be used for a field; the text says why."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it will be kept. `path` is what the brand file names, from its own folder."""

    path: PurePosixPath
    content: bytes
    is_font: bool = False

    def names(self) -> Iterator[PurePosixPath]:
        """The path, then others for when something else is there already: `logo-2.svg` for `logo.svg`."""
        yield self.path
        for number in range(2, 100):
            yield self.path.with_name(f"{self.path.stem}-{number}{self.path.suffix}")


def judged_upload(pointer: str, name: str, *, content: bytes) -> Upload:
    """The file for the field at `pointer`. Raises AssetFault.

    A JPEG or WebP picture becomes a clean PNG, as brand files name no others.
    """
    logo, font = _LOGO.fullmatch(pointer), _FONT.fullmatch(pointer)
    if logo and logo.group(1) in names_at(BRAND, "/logos"):
        return _logo(name, content)
    if font and font.group(1) in names_at(BRAND, "/typography/families"):
        return _font(name, content)
    raise AssetFault("no field for a file has that pointer")


def plain_name(text: str, *, most: int = MAX_STEM) -> str:
    """Words of a text in a-z, 0-9 and hyphens, as in file names and brands' ids; "" if it has none."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    plain = re.sub(r"[^a-z0-9]+", "-", "".join(each for each in folded if not unicodedata.combining(each)))
    return plain.strip("-")[:most].strip("-")


def is_taken(name: str, names: tuple[str, ...]) -> bool:
    """A folder with these names has one that some system takes for the same."""
    return collision_key(name) in {collision_key(other.removesuffix("/")) for other in names}


def _logo(name: str, content: bytes) -> Upload:
    if len(content) > MAX_LOGO_BYTES:
        raise AssetFault(f"it is larger than {MAX_LOGO_BYTES // 1_000_000} MB")
    found = format_of(content)
    path = PurePosixPath(f"{_stem(name, 'logo')}.{'svg' if found is None else 'png'}")
    if found in {"jpeg", "webp"}:
        picture = read_picture(content)
        if isinstance(picture, Failed):
            raise AssetFault(picture.reason)
        return Upload(path, picture.png)
    report = Reporter()
    if read_logo(SourceFile(path, content), report, prefix="upload-", origin=None) is None:
        reasons = [printable(each.message) for each in report.found if each.is_error]
        raise AssetFault(reasons[0] if reasons else "it is no picture")
    return Upload(path, content)


def _font(name: str, content: bytes) -> Upload:
    if len(content) > MAX_FONT_BYTES:
        raise AssetFault(f"it is larger than {MAX_FONT_BYTES // 1_000_000} MB")
    suffix = _FONT_MAGIC.get(content[:4])
    if suffix is None or suffix not in FONT_SUFFIXES:
        raise AssetFault("it is no WOFF2, WOFF, TrueType or OpenType font")
    facts = describe_font(content)
    if isinstance(facts, Failed):
        raise AssetFault(facts.reason)
    if facts.is_restricted:
        raise AssetFault("it says that it may not be embedded without its owner's leave (OS/2 fsType 2)")
    return Upload(PurePosixPath("fonts", f"{_stem(name, 'font')}{suffix}"), content, is_font=True)


def _stem(name: str, default: str) -> str:
    stem = plain_name(re.split(r"[\\/]", name)[-1].rpartition(".")[0])
    return default if not stem or portability_fault(stem) else stem
