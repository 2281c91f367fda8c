"""`themekit host`: a bundle's site on this machine, as a partner's host would serve it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePosixPath
from threading import Event
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import say, show_diagnostics

if TYPE_CHECKING:
    from themekit.trial.bundle_host import Site

PORT = 8380


@click.command(short_help="Serve a bundle's site on this machine, as a host would.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help=f"Where it listens; 0 takes any port that is free.  [default: {PORT}, or a free one if that is taken]",
)
def command(file: Path, *, port: int | None) -> int:
    """Serve the site in the bundle FILE (a zip), straight from it, until Ctrl+C: for this machine only.

    The bundle is verified first. Answers have the headers that the bundle asks hosts for, with its Content-Security-
    Policy; parts of files, ETags and gzip are as of any good host.
    """
    site = _site(file)
    if site is None:
        return Exit.UNVERIFIED
    with suppress(KeyboardInterrupt):
        try:
            _serve(site, file, port=PORT if port is None else port)
        except OSError as taken:
            if port is not None:
                reason = str(taken.strerror or taken).lower()
                raise click.UsageError(f"port {port} cannot be used: {reason}") from taken
            _serve(site, file, port=0)
    return Exit.GOOD


def _site(file: Path) -> Site | None:
    """The site in a bundle, if that is whole; else what is wrong is shown."""
    from dataclasses import replace

    from themekit.bundle import condensed, verify_bundle
    from themekit.bundle.reader import NOT_A_ZIP
    from themekit.bundle.zstd import MAGIC
    from themekit.cli.reading import read_bundle
    from themekit.diagnostics import Reporter
    from themekit.model import Origin
    from themekit.trial.bundle_host import Site

    report = Reporter()
    content = read_bundle(file, report)
    if content is not None and content.startswith(MAGIC):
        report(NOT_A_ZIP, None, "only a bundle in zip form can be served", hint="take the .zip of the same bundle")
    verification, faults = verify_bundle(content or b"") if content is not None else (None, ())
    place = Origin(PurePosixPath(file.as_posix()), "")
    found = tuple(each if each.place else replace(each, place=place) for each in (*report.diagnostics, *faults))
    if found or content is None or verification is None or verification.manifest is None:
        show_diagnostics(condensed(found), "text")
        return None
    return Site.of(content, verification.manifest)


def _serve(site: Site, file: Path, *, port: int) -> None:
    from themekit.trial.bundle_host import bundle_app
    from themekit.trial.serving import serving

    with serving(bundle_app(site), port=port) as taken:
        click.echo(f"http://127.0.0.1:{taken}/")
        say(f"the site of {file} is at this address, for this machine only; Ctrl+C ends it")
        Event().wait()
