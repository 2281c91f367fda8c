"""Installed font families (`fontpkg-*`) as values: which files there are, in which weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from themekit.model import FontFile


@dataclass(frozen=True, slots=True)
class FontPackage:
    """A family below `@fonts/<slug>`. `files` have paths of that mount; `licence` is the text that must go with it."""

    slug: str
    family: str
    files: tuple[FontFile, ...]
    licence: PurePosixPath


def read_font_package(slug: str, metadata: bytes) -> FontPackage:
    """The package whose `metadata.json` this is. Raises ValueError if it is not of the form we know, schema 1.

    Not a diagnostic: a package is installed, not written by a user.
    """
    try:
        described = json.loads(metadata)
        low, high = _weights(described["axes"])
        root = PurePosixPath("@fonts", slug)
        files = tuple(
            FontFile(
                root / PurePosixPath(file["path"]).name,
                f"{low} {high}" if file["variable"] else str(int(file["weight"])),
                _style(file["style"]),
            )
            for file in described["files"]
        )
        return FontPackage(slug, str(described["family"]), files, root / "LICENSE")
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"the metadata of the font package `{slug}` is not of schema 1: {error!r}") from error


def _weights(axes: list[dict[str, float | str]]) -> tuple[int, int]:
    wght = next((axis for axis in axes if axis["tag"] == "wght"), {"min": 400, "max": 400})
    return int(wght["min"]), int(wght["max"])


def _style(text: str) -> Literal["normal", "italic"]:
    return "italic" if text == "italic" else "normal"
