"""`themekit downloads`: the server of published bundles, and the tokens that open it."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import counted, format_option, say, show_diagnostics

if TYPE_CHECKING:
    from socket import socket

    from themekit.trial.loopback import LoopbackServer

PORT = 8390
ROOM = "downloads"
STATE = Path(".themekit-downloads")
DAY_S = 86_400
PRIVATE = 0o700

state_option = click.option(
    "--state",
    "state",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=STATE,
    show_default=True,
    callback=lambda _context, _parameter, value: _private(value),
    help="Where tokens and the log are kept, readable by you alone.",
)


def _private(folder: Path) -> Path:
    from themekit.studio.admin.keeping import NotPrivate, require_private

    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    try:
        require_private(folder)
    except NotPrivate as error:
        raise click.UsageError(f"--state: {error}") from None
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")
    return folder


@click.group(short_help="Serve published bundles to partners with tokens.")
def command() -> None:
    """Serve what `themekit publish` wrote, to partners with tokens, and keep a log of it."""


@command.command("serve", short_help="Serve a published folder.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@state_option
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, metavar="N", help="0: any.")
@click.option(
    "--host-name",
    "names",
    metavar="NAME",
    multiple=True,
    help="A name by which clients reach it through a proxy, with the port if it is not 443; repeatable.",
)
@click.option(
    "--rate", type=click.FloatRange(0.1, 10_000), default=20, show_default=True, help="Requests a second by token."
)
@click.option("--transfers", type=click.IntRange(1, 10_000), default=64, show_default=True, help="At once, by token.")
def serve(folder: Path, *, state: Path, port: int, names: tuple[str, ...], rate: float, transfers: int) -> int:
    """Serve FOLDER on loopback until Ctrl+C: a proxy with TLS belongs in front of it."""
    from socket import create_server

    from themekit.build.files import OutputError
    from themekit.build.lock import locked
    from themekit.downloads.app import Downloads
    from themekit.downloads.download_log import DownloadLog, LogBroken
    from themekit.downloads.limits import Buckets, Running
    from themekit.downloads.serving import download_server
    from themekit.downloads.shelf import Shelf
    from themekit.downloads.tokens import Tokens
    from themekit.studio.admin.keeping import NotPrivate

    try:
        bound = create_server(("127.0.0.1", port), backlog=2048)
    except OSError as taken:
        raise click.UsageError(f"port {port} cannot be used: {str(taken.strerror or taken).lower()}") from taken
    at = f"127.0.0.1:{bound.getsockname()[1]}"
    hosts = frozenset({at, at.replace("127.0.0.1", "localhost"), *(name.lower() for name in names)})
    log = DownloadLog(state)
    with locked(state, "serve", timeout_s=0):
        try:
            log.open()
        except (LogBroken, NotPrivate, OutputError) as error:
            say(f"error[{ROOM}]: {error}")
            return Exit.IO
        limits = Buckets(rate, max(int(rate * 10), 1)), Running(transfers)
        app = Downloads(Shelf(folder), Tokens(state), log, hosts, requests=limits[0], running=limits[1])
        click.echo(f"http://{at}/d/")
        say(f"{folder} is served at this address to those who have a token; Ctrl+C ends it")
        _until_stopped(download_server(app), bound)
    return Exit.GOOD


def _until_stopped(server: LoopbackServer, bound: socket) -> None:
    """Ctrl+C and SIGTERM let running transfers have a few seconds."""
    import asyncio
    import signal

    def stop(*_: object) -> None:
        server.should_exit = True

    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, stop)
    asyncio.run(server.serve(sockets=[bound]))


@command.command("log", short_help="Check the log of downloads: exit 1 if it was tampered with.")
@state_option
@format_option
def log(*, state: Path, format_: str) -> int:
    """Check that no record of the log was changed, removed, added or moved."""
    from pathlib import PurePosixPath

    from themekit.diagnostics import Reporter, Span
    from themekit.downloads.download_log import CHANGED, FILE, log_faults, read_head

    report, faults = Reporter(), log_faults(state)
    for fault in faults:
        report(CHANGED, Span(PurePosixPath((state / FILE).as_posix()), fault.line, 1, 1, ""), fault.text)
    show_diagnostics(report.diagnostics, format_)
    head = read_head(state)
    if not faults and format_ == "text":
        click.echo(f"verified {head.number if head else 0} records; the head is {head.digest if head else '-'}")
    return Exit.MISTAKES if faults else Exit.GOOD


@command.group("token", short_help="Make, list and revoke tokens.")
def token() -> None:
    """Make, list and revoke the tokens of partners. Of a token itself only a digest is kept."""


@token.command("new", short_help="Make a token, and print it once.")
@click.argument("partner")
@click.option("--brand", "brands", metavar="ID", multiple=True, help="What it opens; `*` is every brand; repeatable.")
@click.option("--metrics", is_flag=True, help="It opens /metrics.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="How long it is good.")
@state_option
def new(partner: str, *, brands: tuple[str, ...], metrics: bool, days: int, state: Path) -> int:
    """Make a token of PARTNER. It is printed now, and can never be shown again."""
    from themekit.downloads.tokens import EVERY, METRICS, Tokens
    from themekit.publish.listing import BRAND

    scope = (*brands, *([METRICS] if metrics else []))
    if not scope:
        raise click.UsageError("say what it opens: --brand ID, or --metrics")
    for brand in brands:
        if brand != EVERY and not re.fullmatch(BRAND, brand):
            raise click.UsageError(f"`{brand}` is no brand's id")
    if not re.fullmatch(r"[\w.@ -]{1,80}", partner):
        raise click.UsageError("a partner's name has at most 80 letters, digits, spaces and . _ @ -")
    now_s = int(time.time())
    text, made = Tokens(state).add(partner, scope, now_s=now_s, expires_s=now_s + days * DAY_S)
    click.echo(text)
    say(f"token {made.id} of {partner} opens {', '.join(scope)} for {counted(days, 'day')}")
    return Exit.GOOD


@token.command("list", short_help="List tokens, without their secrets.")
@state_option
def list_(*, state: Path) -> int:
    """List tokens: id, partner, state, end, what it opens."""
    from datetime import UTC, datetime

    from themekit.downloads.tokens import Tokens

    for each in Tokens(state).all():
        end = datetime.fromtimestamp(each.expires_s, UTC).date().isoformat()
        click.echo(f"{each.id}  {each.state(time.time()):<7}  {end}  {each.partner}  {','.join(each.scope)}")
    return Exit.GOOD


@token.command("revoke", short_help="Revoke a token, or all of a partner.")
@click.argument("wanted", metavar="ID|PARTNER")
@state_option
def revoke(wanted: str, *, state: Path) -> int:
    """Revoke at once: a running server refuses it from the next request on."""
    from themekit.downloads.tokens import Tokens

    hit = Tokens(state).revoke(wanted, now_s=int(time.time()))
    for each in hit:
        say(f"revoked {each.id} of {each.partner}")
    if not hit:
        raise click.UsageError(f"no token that is not revoked has the id or the partner `{wanted}`")
    return Exit.GOOD


@token.command("link", short_help="Print a signed address of one file, for a browser.")
@click.argument("id_", metavar="ID")
@click.argument("path", metavar="BRAND/FILE")
@click.option("--minutes", type=click.IntRange(1, 1440), default=5, show_default=True, help="How long it is good.")
@state_option
def link(id_: str, path: str, *, minutes: int, state: Path) -> int:
    """Print the path of an address that opens a file for whoever has it, until then or until the token is revoked."""
    from themekit.downloads.tokens import Tokens

    tokens = Tokens(state)
    found = next((each for each in tokens.all() if each.id == id_ and each.state(time.time()) == "active"), None)
    if found is None or not found.may_have(path.partition("/")[0]):
        raise click.UsageError(f"no active token `{id_}` opens `{path}`")
    click.echo(f"/signed/{tokens.link(found, path, expires_s=int(time.time()) + minutes * 60)}")
    return Exit.GOOD
