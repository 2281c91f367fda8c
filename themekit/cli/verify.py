"""`themekit verify`: check bundles, say which checks held, and what is wrong where one did not."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import format_option, say, show_diagnostics
from themekit.cli.trusted import key_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.bundle.evidence import Check, Trust
    from themekit.diagnostics import Diagnostic


@click.command(short_help="Check that bundles are whole, untampered and safe.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--brand", metavar="ID", help="The brand the bundles must be of.")
@key_option
@format_option
def command(files: tuple[Path, ...], brand: str | None, key: str | None, format_: str) -> int:
    """Check that each bundle FILE (.zip or .tar.zst) is whole, untampered and safe to unpack.

    Structure, paths, sizes and SHA-256 of every member are checked against the manifest inside, and the whole file
    against the SHA256SUMS, the signature and the provenance beside it. With --key both of these must be there, by a key
    that is trusted. Nothing is unpacked.
    """
    from themekit.bundle import condensed
    from themekit.cli.trusted import trust_in

    trust, mistakes = trust_in(key)
    if mistakes:
        show_diagnostics(mistakes, format_)
        return Exit.MISTAKES
    found: list[Diagnostic] = []
    bundles: list[dict[str, object]] = []
    for file in files:
        checks, digest, diagnostics = _verify(file, brand, trust=trust)
        found += diagnostics
        if format_ == "text":
            _tell(file, checks, is_good=not diagnostics)
        bundles.append(_as_object(file, checks, digest, is_good=not diagnostics))
    show_diagnostics(condensed(found) if format_ == "text" else found, format_, also={"bundles": bundles})
    return Exit.UNVERIFIED if found else Exit.GOOD


def _verify(file: Path, brand: str | None, *, trust: Trust) -> tuple[tuple[Check, ...], str, tuple[Diagnostic, ...]]:
    """The checks, the file's SHA-256, and all that is wrong."""
    from themekit.bundle import verify_bundle
    from themekit.bundle.evidence import Subject, weigh
    from themekit.cli.reading import read_beside, read_bundle
    from themekit.diagnostics import Reporter

    place = PurePosixPath(file.as_posix())
    report = Reporter()
    content = read_bundle(file, report)
    if content is None:
        return (), "", report.diagnostics
    verification, faults = verify_bundle(content, expected_brand=brand)
    beside, mistakes = read_beside(file)
    checks, diagnostics = weigh(Subject(file.name, content, verification, faults), beside, trust=trust)
    placed = tuple(_placed(diagnostic, place) for diagnostic in (*diagnostics, *mistakes))
    return checks, verification.sha256, placed


def _tell(file: Path, checks: Sequence[Check], *, is_good: bool) -> None:
    say(f"{file}: {'verified' if is_good else 'not verified'}")
    for check in checks:
        say(f"  {check.name:<10}  {check.state.value:<9}  {check.detail}".rstrip())


def _as_object(file: Path, checks: Sequence[Check], digest: str, *, is_good: bool) -> dict[str, object]:
    """What `--format json` tells of one bundle, in `bundles`."""
    from themekit.diagnostics.printable import printable

    return {
        "bundle": printable(file.as_posix()),
        "verified": is_good,
        "sha256": digest or None,
        "checks": {check.name: {"state": check.state.value, "detail": check.detail} for check in checks},
    }


def _placed(diagnostic: Diagnostic, path: PurePosixPath) -> Diagnostic:
    """With the bundle's own path where the diagnostic names no file: a zip has no lines."""
    from dataclasses import replace

    from themekit.model import Origin

    return diagnostic if diagnostic.place else replace(diagnostic, place=Origin(path, ""))
