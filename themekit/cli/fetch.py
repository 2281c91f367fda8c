"""`themekit fetch`: the newest bundle of a brand from an update channel, verified and unpacked."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import format_option, say, show_diagnostics
from themekit.cli.trusted import key_option

if TYPE_CHECKING:
    from themekit.diagnostics import Diagnostic
    from themekit.publish.fetching import Got

TOKEN_VARIABLE = "THEMEKIT_DOWNLOAD_TOKEN"  # noqa: S105  # its name
MAX_ROOT_BYTES = 512_000


@click.command(short_help="Fetch the newest bundle of a brand; verify, then unpack it.")
@click.argument("url")
@click.argument("brand")
@click.option("--into", "into", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), default=Path(),
              help="Where everything of the brand goes, in a folder of its name.  [default: this folder]")  # fmt: skip
@click.option(
    "--root",
    "root",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The channel's root, which you were given by other means; needed the first time.",
)
@click.option("--version", "version", metavar="VERSION", default="", help="This version, not the newest.")
@click.option("--no-unpack", is_flag=True, help="Fetch and verify only.")
@key_option
@format_option
def command(  # noqa: PLR0913 - one parameter an option, as click calls it
    url: str, brand: str, *, into: Path, root: Path | None, version: str, no_unpack: bool, key: str | None, format_: str
) -> int:
    """Fetch the newest bundle of BRAND from the update channel at URL into DIR/BRAND, and let `current` lead to it.

    A token stands in THEMEKIT_DOWNLOAD_TOKEN. A download that broke off goes on where it did. Whatever is wrong, what
    was fetched before stays as it is.
    """
    from themekit.diagnostics import Reporter
    from themekit.publish.codes import FETCH_REFUSED
    from themekit.publish.fetching import FetchError, activate, fetch_bundle
    from themekit.publish.listing import BRAND
    from themekit.publish.remote import Remote, UnusableAddressError

    if not re.fullmatch(BRAND, brand):
        raise click.UsageError(f"`{brand}` is no brand's id")
    folder = into / brand
    try:
        remote = Remote(url.rstrip("/"), os.environ.get(TOKEN_VARIABLE, ""))
        trusted = root.read_bytes()[: MAX_ROOT_BYTES + 1] if root else None
        got = fetch_bundle(remote, brand, folder=folder, root=trusted, version=version, tell=say)
    except UnusableAddressError as error:
        raise click.UsageError(str(error)) from None
    except FetchError as error:
        report = Reporter()
        report(FETCH_REFUSED, None, str(error))
        show_diagnostics(report.diagnostics, format_)
        return Exit.UNVERIFIED if error.is_attack else Exit.IO
    found = _faults(got, brand, key)
    if found:
        show_diagnostics(found, format_)
        return Exit.UNVERIFIED
    place = got.bundle
    if not no_unpack:
        place = activate(got, folder, write=lambda stage: _unpack(got.bundle, stage))
        say(f"{brand} {got.release.version} is verified and in place: {folder / 'current'}")
    if format_ == "text":
        click.echo(place)
    else:
        show_diagnostics((), format_, also={"fetched": {"version": got.release.version, "path": place.as_posix()}})
    return Exit.GOOD


def _faults(got: Got, brand: str, key: str | None) -> tuple[Diagnostic, ...]:
    from dataclasses import replace

    from themekit.bundle import condensed, verify_bundle
    from themekit.bundle.evidence import Subject, weigh
    from themekit.cli.reading import read_beside, read_bundle
    from themekit.cli.trusted import trust_in
    from themekit.diagnostics import Reporter
    from themekit.model import Origin

    trust, mistakes = trust_in(key)
    report = Reporter()
    content = read_bundle(got.bundle, report)
    if content is None:
        return report.diagnostics
    verification, faults = verify_bundle(content, expected_brand=brand)
    beside, wrong = read_beside(got.bundle)
    _, found = weigh(Subject(got.bundle.name, content, verification, faults), beside, trust=trust)
    place = Origin(PurePosixPath(got.bundle.as_posix()), "")
    return condensed([each if each.place else replace(each, place=place) for each in (*mistakes, *found, *wrong)])


def _unpack(bundle: Path, stage: Path) -> None:
    """Every member of a bundle that was verified just now, below a new folder that nobody else writes to."""
    from themekit.build.files import make_folder, write_new
    from themekit.bundle.inflating import inflated
    from themekit.bundle.reader import read_entries
    from themekit.diagnostics import Reporter

    report = Reporter()
    for entry in read_entries(memoryview(bundle.read_bytes()), report):
        target = stage / entry.path
        make_folder(target.parent)
        write_new(target, b"".join(inflated(entry, report)))
