"""`themekit channel`: the root of an update channel, made, signed by several people and published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import format_option, say, show_diagnostics

if TYPE_CHECKING:
    from themekit.bundle.keys import PublicKey

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group(short_help="Make, sign and publish the root of an update channel.")
def command() -> None:
    """Say whose keys an update channel has: of the root, of which several have to sign, and the one that publishes."""


@command.command("root", short_help="Write a root that nobody has signed yet.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--root-key", "keys", metavar="PUB", multiple=True, required=True, help="A public key of the root; repeatable."
)
@click.option(
    "--threshold", type=click.IntRange(1, 20), required=True, metavar="N", help="How many of them have to sign."
)
@click.option("--online", metavar="PUB", required=True, help="The public key that `publish --sign` signs by.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="How long it is good.")
@click.option(
    "--after",
    "before",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="OLD",
    help="The root that this one follows, to change keys or when it is nearly over.",
)
def root(file: Path, *, keys: tuple[str, ...], threshold: int, online: str, days: int, before: Path | None) -> int:
    """Write FILE, for `themekit channel sign`."""
    from datetime import UTC, datetime

    from themekit.publish.channel import ChannelError, new_root

    if file.exists():
        raise click.UsageError(f"`{file}` is there already: a root is never overwritten")
    old = before.read_bytes() if before else None
    try:
        public = [_public(each) for each in keys]
        text = new_root(public, _public(online), threshold=threshold, now=datetime.now(UTC), days=days, before=old)
    except ChannelError as error:
        raise click.UsageError(str(error)) from None
    file.write_bytes(text)
    say(f"wrote {file}: {threshold} of {len(keys)} keys have to sign it; when a key changes, the old root's as well")
    return Exit.GOOD


@command.command("sign", short_help="Add a key's signature to a root.")
@file_argument
@click.option("--sign", "key", metavar="KEY", required=True, help="A secret key; `env` takes THEMEKIT_SIGNING_KEY.")
def sign(file: Path, *, key: str) -> int:
    """Sign FILE, in place."""
    import os

    from themekit.cli.signing_key import signing_key
    from themekit.publish.channel import ChannelError, sign_root

    try:
        signer = signing_key(key)
        text = sign_root(file.read_bytes(), signer)
    except ChannelError as error:
        raise click.UsageError(f"`{file}`: {error}") from None
    stage = file.with_name(f".{file.name}.{os.getpid()}")
    stage.write_bytes(text)
    stage.replace(file)
    say(f"signed {file} by {signer.public.id}")
    return Exit.GOOD


@command.command("put", short_help="Publish a root that is signed.")
@file_argument
@click.option("--to", "url", metavar="URL", required=True, help="Where bundles are published.")
@format_option
def put(file: Path, *, url: str, format_: str) -> int:
    """Publish FILE as the next root at --to, if enough keys have signed it."""
    from themekit.diagnostics import Reporter
    from themekit.publish.channel import ChannelError, put_root
    from themekit.publish.codes import CHANNEL_REFUSED, PLACE_FAILED
    from themekit.publish.place import PlaceError, UnusablePlaceError, open_place

    report, ends = Reporter(), Exit.GOOD
    try:
        version = put_root(open_place(url), file.read_bytes())
    except UnusablePlaceError as error:
        raise click.UsageError(f"--to: {error}") from None
    except ChannelError as error:
        report(CHANNEL_REFUSED, None, str(error))
        ends = Exit.MISTAKES
    except PlaceError as error:
        report(PLACE_FAILED, None, str(error))
        ends = Exit.IO
    show_diagnostics(report.diagnostics, format_)
    if ends is not Exit.GOOD:
        return ends
    say(f"version {version} of the root is at {url}: give {file} to partners by other means than this address")
    return Exit.GOOD


def _public(name: str) -> PublicKey:
    from themekit.cli.trusted import trusted_keys

    known, found = trusted_keys(name)
    if found or len(known.keys) != 1:
        raise click.UsageError(f"`{name}` holds no one public key")
    return known.keys[0].key
