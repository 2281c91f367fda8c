"""Bundles, and what stands beside them, as they are read from a partner's disk: files of a bounded size, no devices."""

from __future__ import annotations

import os
import stat
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.bundle.evidence import Beside
    from themekit.diagnostics import Diagnostic, Reporter

MAX_BUNDLE_BYTES = 1024**3  # read whole: twice the largest portal measured, times ten
MAX_BESIDE_BYTES = 8 * 1024 * 1024


def read_bundle(file: Path, report: Reporter) -> bytes | None:
    """The file's content; None, with the reason reported, if it is not regular or too large."""
    from themekit.bundle.inflating import TOO_LARGE
    from themekit.bundle.reader import NOT_A_ZIP
    from themekit.diagnostics import Span

    place = Span(PurePosixPath(file.as_posix()), 1, 1)
    # O_NONBLOCK: opening a FIFO without a writer would wait for ever.
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode):
            report(NOT_A_ZIP, place, "the bundle is no regular file")
            return None
        if status.st_size > MAX_BUNDLE_BYTES:
            report(TOO_LARGE, place, f"the bundle is larger than {MAX_BUNDLE_BYTES} bytes")
            return None
        return opened.read()


def read_beside(file: Path) -> tuple[Beside, tuple[Diagnostic, ...]]:
    """What stands beside a bundle, and the mistakes in SHA256SUMS."""
    from themekit.bundle import SUMS_NAME, parse_sums
    from themekit.bundle.evidence import Beside
    from themekit.bundle.names import beside

    minisig, envelope = (_small(file.with_name(name)) for name in beside(file.name))
    sums = file.parent / SUMS_NAME
    if not sums.is_file():
        return Beside(None, minisig, envelope), ()
    digests, mistakes = parse_sums(PurePosixPath(sums.as_posix()), sums.read_text(encoding="utf-8", errors="replace"))
    return Beside(digests, minisig, envelope), mistakes


def _small(path: Path) -> bytes | None:
    """At most one byte more than such a file may have, which its parser then refuses."""
    if not path.is_file():
        return None
    with path.open("rb") as opened:
        return opened.read(MAX_BESIDE_BYTES + 1)
