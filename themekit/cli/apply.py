"""`themekit apply`: a new bundle, made of an old one and a patch."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import format_option, show_diagnostics


@click.command(short_help="Make a new bundle of an old one and a patch.")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("patch", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the new bundle is written.  [default: beside PATCH]",
)
@format_option
def command(old: Path, patch: Path, *, out: Path | None, format_: str) -> int:
    """Make the new bundle of the bundle OLD and PATCH: byte for byte the one that was published, and verified.

    Its name is `<brand>-<version>.zip`, after its own manifest. `themekit verify --key` checks its signature.
    """
    from dataclasses import replace

    from themekit.bundle import verify_bundle
    from themekit.bundle.patch import BAD_PATCH, apply_patch
    from themekit.cli.reading import read_bundle
    from themekit.diagnostics import Reporter
    from themekit.model import Origin
    from themekit.model.portable_path import portability_fault

    report = Reporter()
    before, change = read_bundle(old, report), read_bundle(patch, report)
    if before is None or change is None:
        show_diagnostics(report.diagnostics, format_)
        return Exit.UNVERIFIED
    made, found = apply_patch(before, change)
    manifest = verify_bundle(made)[0].manifest if made else None
    name = f"{manifest.brand.id}-{manifest.brand.version}.zip" if manifest else ""
    place = Origin(PurePosixPath(patch.as_posix()), "")
    if made and ("/" in name or portability_fault(name)):
        report(BAD_PATCH, place, "the patch makes a bundle whose name is no file's")
    found = tuple(replace(each, place=place) for each in (*found, *report.diagnostics))
    show_diagnostics(found, format_)
    if found:
        return Exit.UNVERIFIED
    path = (out or patch.parent) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    stage = path.with_name(f".{path.name}.stage")
    stage.write_bytes(made)
    stage.replace(path)
    click.echo(path)
    return Exit.GOOD
