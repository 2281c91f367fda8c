"""Where bytes are no UTF-8: the place and the byte, for every reader of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.source.locate import span_at

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Span

SAVE_AS_UTF_8 = "save the file as UTF-8"


def undecodable(path: PurePosixPath, error: UnicodeDecodeError) -> tuple[Span, str]:
    """The place of the first byte that stopped a decoder, and what to say of it.

    Lines and columns count the characters of the decoder's own bytes: "utf-8-sig" has taken the byte order mark off.
    """
    before = error.object[: error.start].decode("utf-8")
    text = error.object.decode("utf-8", errors="replace")
    span = span_at(path, text, start=len(before), end=len(before) + 1)
    return span, f"the byte 0x{error.object[error.start]:02X} is not valid UTF-8"
