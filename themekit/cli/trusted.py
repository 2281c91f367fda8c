"""`--key`: the keys that a reader of bundles trusts."""

from __future__ import annotations

import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from themekit.bundle.evidence import Trust
    from themekit.bundle.trusted_keys import TrustedKeys
    from themekit.diagnostics import Diagnostic

MAX_BYTES = 1024 * 1024

key_option = click.option(
    "--key",
    "key",
    metavar="KEY",
    help="Trust this key: a public key's text, its .pub file, or a file of trusted keys. A signature is needed then.",
)


def trust_in(key: str | None) -> tuple[Trust, tuple[Diagnostic, ...]]:
    """What `--key` says, now; a usage error if it names no key, diagnostics if its file has mistakes."""
    from themekit.bundle.evidence import Trust

    if key is None:
        return Trust(None, _now_s()), ()
    keys, found = trusted_keys(key)
    return Trust(keys, _now_s()), found


def trusted_keys(key: str) -> tuple[TrustedKeys, tuple[Diagnostic, ...]]:
    """The keys in a file of trusted keys or a `.pub` file, or the one whose text this is."""
    from themekit.bundle.keys import UnusableKeyError, public_key
    from themekit.bundle.trusted_keys import TrustedKey, TrustedKeys, parse_trusted_keys

    path = Path(key)
    try:
        content = read_small(path) if path.is_file() else key.encode()
        if content.lstrip().startswith(b"{"):
            return parse_trusted_keys(PurePosixPath(path.as_posix()), content)
        return TrustedKeys((TrustedKey(public_key(content.decode("utf-8", "replace"))),)), ()
    except UnusableKeyError as error:
        named = f"`{path}`" if path.is_file() else "--key names no file, and"
        raise click.UsageError(f"{named}: {error}" if path.is_file() else f"{named} {error}") from None


def read_small(path: Path) -> bytes:
    """The file's content; a usage error if it is larger than any file of keys."""
    with path.open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise click.UsageError(f"`{path}` is larger than {MAX_BYTES} bytes")
    return content


def _now_s() -> int:
    return int(time.time())
