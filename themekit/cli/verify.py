"""`themekit verify`: check bundles and say what is wrong with them."""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import format_option, say, show_diagnostics

if TYPE_CHECKING:
    from themekit.diagnostics import Diagnostic

MAX_BUNDLE_BYTES = 1024**3  # read whole: twice the largest portal measured, times ten


@click.command(short_help="Check that bundles are whole, untampered and safe.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--brand", metavar="ID", help="The brand the bundles must be of.")
@format_option
def command(files: tuple[Path, ...], brand: str | None, format_: str) -> int:
    """Check that each bundle FILE is whole, untampered and safe to unpack.

    Structure, paths, sizes and SHA-256 of every member are checked against the manifest inside, and the whole file
    against the SHA256SUMS beside it, if there is one. Nothing is unpacked.
    """
    from themekit.bundle import condensed

    found: list[Diagnostic] = []
    for file in files:
        diagnostics = _verify(file, brand)
        found += diagnostics
        if format_ == "text" and not diagnostics:
            say(f"{file}: verified")
    show_diagnostics(condensed(found) if format_ == "text" else found, format_)
    return Exit.UNVERIFIED if found else Exit.GOOD


def _verify(file: Path, brand: str | None) -> tuple[Diagnostic, ...]:
    from themekit.bundle import check_sum, parse_sums, verify_bundle
    from themekit.bundle.reader import NOT_A_ZIP
    from themekit.bundle.sums import SUMS_NAME
    from themekit.bundle.verify import TOO_LARGE
    from themekit.diagnostics import Reporter, Span

    place = PurePosixPath(file.as_posix())
    report = Reporter()
    # O_NONBLOCK: opening a FIFO without a writer would wait for ever.
    with os.fdopen(os.open(file, os.O_RDONLY | os.O_NONBLOCK), "rb") as opened:
        status = os.fstat(opened.fileno())
        if not stat.S_ISREG(status.st_mode):
            report(NOT_A_ZIP, Span(place, 1, 1), "the bundle is no regular file")
            return report.diagnostics
        if status.st_size > MAX_BUNDLE_BYTES:
            report(TOO_LARGE, Span(place, 1, 1), f"the bundle is larger than {MAX_BUNDLE_BYTES} bytes")
            return report.diagnostics
        content = opened.read()
    verification, diagnostics = verify_bundle(content, expected_brand=brand)
    sums = file.parent / SUMS_NAME
    if sums.is_file():
        digests, mistakes = parse_sums(
            PurePosixPath(sums.as_posix()), sums.read_text(encoding="utf-8", errors="replace")
        )
        diagnostics += (*mistakes, *check_sum(file.name, verification.sha256, digests=digests))
    return tuple(_placed(diagnostic, place) for diagnostic in diagnostics)


def _placed(diagnostic: Diagnostic, path: PurePosixPath) -> Diagnostic:
    """With the bundle's own path where the diagnostic names no file: a zip has no lines."""
    from dataclasses import replace

    from themekit.model import Origin

    return diagnostic if diagnostic.place else replace(diagnostic, place=Origin(path, ""))
