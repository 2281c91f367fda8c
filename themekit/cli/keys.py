"""`themekit keys`: keys that sign bundles, and the file that tells partners which to trust."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from themekit.cli.exit_code import Exit
from themekit.cli.show import say

if TYPE_CHECKING:
    from themekit.bundle.keys import PublicKey
    from themekit.bundle.trusted_keys import TrustedKeys

SECRET_MODE = 0o600
PUBLIC_MODE = 0o644
DAY_S = 24 * 60 * 60
GRACE_DAYS = 90

trusted_option = click.option(
    "--trusted",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of trusted keys that partners get; it is written with the change in it.",
)


@click.group(short_help="Keys that sign bundles, and which of them partners trust.")
def command() -> None:
    """Keys that sign bundles, in minisign's files, and the file that tells partners which of them to trust.

    The password is THEMEKIT_KEY_PASSWORD, or is asked for; it is never an argument.
    """


@command.command("new", short_help="Make a key: FILE, for you alone, and FILE.pub, for everybody.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@trusted_option
def new(file: Path, *, trusted: Path | None) -> int:
    """Make a key under a password: the secret one in FILE, readable by you alone, the public one in FILE.pub."""
    known = _read_trusted(trusted)
    public = _make(file)
    if trusted:
        _write_trusted(trusted, known, public)
    click.echo(f"{public.id}  {public.text}")
    return Exit.GOOD


@command.command("show", short_help="Print the keys in a file, with what is said of each.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def show(file: Path) -> int:
    """Print id and text of each key in FILE, a public key or a file of trusted keys, and until when it is trusted.

    The id of a secret key is under its password: show its .pub file.
    """
    from themekit.bundle.trusted_keys import shown_time

    now_s = int(time.time())
    for each in _known(str(file)).keys:
        until = f"trusted until {shown_time(each.until_s)}" if each.until_s is not None else "trusted"
        refusal = each.refusal(now_s)
        click.echo(f"{each.key.id}  {each.key.text}  {f'not trusted: it {refusal}' if refusal else until}")
    return Exit.GOOD


@command.command("rotate", short_help="Make the key NEW, and let OLD be trusted for some time only.")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new_file", metavar="NEW", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--trusted",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file of trusted keys that partners get; it is written with both keys, and signed by the old one.",
)
@click.option(
    "--days",
    type=click.IntRange(min=0, max=3650),
    default=GRACE_DAYS,
    show_default=True,
    help="How long bundles that the old key signed are still accepted.",
)
def rotate(old: Path, new_file: Path, *, trusted: Path, days: int) -> int:
    """Make the secret key NEW (with NEW.pub) in the place of OLD, which is trusted for some days more.

    The file of trusted keys gets a signature by OLD beside it, so that partners can check the new one by the key they
    have. Both keys have one password here; give NEW another with `minisign -C -s NEW`.
    """
    from themekit.bundle.names import SIGNATURE
    from themekit.bundle.trusted_keys import TrustedKey
    from themekit.cli.signing_key import signing_key

    known = _read_trusted(trusted)
    signer = signing_key(str(old))
    if known.find(signer.public.id) is None:
        known = known.put(TrustedKey(signer.public))
    now_s = int(time.time())
    public = _make(new_file)
    known = known.until(signer.public.id, now_s + days * DAY_S)
    content = _write_trusted(trusted, known, public)
    minisig = signer.minisig(content, name=trusted.name, epoch_s=now_s)
    _write(trusted.with_name(f"{trusted.name}{SIGNATURE}"), minisig, mode=PUBLIC_MODE)
    click.echo(f"{public.id}  {public.text}")
    say(f"{signer.public.id} is trusted for {days} more days; send partners {trusted} and its signature")
    return Exit.GOOD


@command.command("revoke", short_help="Let a key be trusted no more, from now on.")
@click.argument("key_id", metavar="ID")
@click.option(
    "--trusted",
    metavar="FILE",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file of trusted keys that partners get.",
)
@click.option("--reason", metavar="TEXT", default="", help="Why, for who reads the file or a refusal.")
@click.option("--sign", metavar="KEY", help="Sign the file by this secret key: one that partners trust still.")
def revoke(key_id: str, *, trusted: Path, reason: str, sign: str | None) -> int:
    """Mark the key ID as revoked: nothing it signed is accepted any more, whenever that was."""
    from dataclasses import replace

    from themekit.bundle.names import SIGNATURE
    from themekit.bundle.trusted_keys import Revocation
    from themekit.cli.signing_key import signing_key

    known = _read_trusted(trusted)
    found = known.find(key_id.upper())
    if found is None:
        raise click.UsageError(f"`{trusted}` has no key `{key_id}`; it has {', '.join(_ids(known)) or 'none'}")
    signer = signing_key(sign) if sign else None
    if signer and signer.public.id == found.key.id:
        raise click.UsageError("the key that is revoked cannot sign its own revocation: take another one")
    now_s = int(time.time())
    content = known.put(replace(found, revoked=Revocation(now_s, reason))).to_json()
    _write(trusted, content, mode=PUBLIC_MODE)
    beside = trusted.with_name(f"{trusted.name}{SIGNATURE}")
    if signer:
        _write(beside, signer.minisig(content.encode(), name=trusted.name, epoch_s=now_s), mode=PUBLIC_MODE)
    elif beside.is_file():
        beside.unlink()  # it is of the file as it was
        say(f"removed {beside}: it was of the file before; `--sign KEY` makes a new one")
    say(f"revoked {found.key.id}")
    return Exit.GOOD


def _ids(known: TrustedKeys) -> list[str]:
    return [each.key.id for each in known.keys]


def _make(file: Path) -> PublicKey:
    """A new key in two files, neither of which was there before."""
    from themekit.bundle.keys import UnusableKeyError, new_key
    from themekit.cli.signing_key import password

    public_file = file.with_name(f"{file.name}.pub")
    for each in (file, public_file):
        if each.exists() or each.is_symlink():
            raise click.UsageError(f"`{each}` is there already: a key is never overwritten")
    try:
        secret, public = new_key(password(f"Password for {file}", is_new=True))
    except UnusableKeyError as error:
        raise click.UsageError(str(error)) from None
    _write(file, secret, mode=SECRET_MODE, is_new=True)
    _write(public_file, public.to_file(), mode=PUBLIC_MODE, is_new=True)
    return public


def _read_trusted(file: Path | None) -> TrustedKeys:
    """The keys in the file; none if it is not there yet."""
    from themekit.bundle.trusted_keys import TrustedKeys

    return _known(str(file)) if file and file.exists() else TrustedKeys()


def _known(name: str) -> TrustedKeys:
    """The keys in a file; its mistakes end the command."""
    from themekit.cli.show import show_diagnostics
    from themekit.cli.trusted import trusted_keys

    keys, found = trusted_keys(name)
    if found:
        show_diagnostics(found, "text")
        raise click.exceptions.Exit(Exit.MISTAKES)
    return keys


def _write_trusted(file: Path, known: TrustedKeys, public: PublicKey) -> bytes:
    from themekit.bundle.trusted_keys import TrustedKey

    text = known.put(TrustedKey(public)).to_json()
    _write(file, text, mode=PUBLIC_MODE)
    return text.encode()


def _write(file: Path, text: str, *, mode: int, is_new: bool = False) -> None:
    """The file in one step, never with more rights than `mode`; one that is new must not be there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    stage = file if is_new else file.with_name(f".{file.name}.{os.getpid()}")
    opened = os.open(stage, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    with os.fdopen(opened, "wb") as stream:
        stream.write(text.encode())
        stream.flush()
        os.fsync(opened)
    if not is_new:
        stage.replace(file)
