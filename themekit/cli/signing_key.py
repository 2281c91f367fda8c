"""The key that signs: read from a file or a variable, and opened by a password that stands in no argument."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from themekit.bundle.keys import SigningKey

KEY_VARIABLE = "THEMEKIT_SIGNING_KEY"
PASSWORD_VARIABLE = "THEMEKIT_KEY_PASSWORD"  # noqa: S105  # its name
FROM_ENVIRONMENT = "env"
MAX_KEY_BYTES = 4096


def signing_key(where: str, *, of: str = "") -> SigningKey:
    """The secret key in a file, or with `env` in THEMEKIT_SIGNING_KEY, unlocked; a usage error where that fails.

    A key `of` a brand is in a variable of its own, `THEMEKIT_SIGNING_KEY_ACME`, and so may its password be.
    """
    from themekit.bundle.keys import UnusableKeyError, unlocked

    ending = f"_{of.upper().replace('-', '_')}" if of else ""
    if where == FROM_ENVIRONMENT:
        variable = f"{KEY_VARIABLE}{ending}"
        text, name = os.environ.get(variable, ""), f"the variable {variable}"
        if not text:
            raise click.UsageError(f"{name} is not set: it holds the text of a secret key")
    else:
        text, name = _text(Path(where)), f"`{where}`"
    try:
        own = os.environ.get(f"{PASSWORD_VARIABLE}{ending}") if of else None
        return unlocked(text, password=own or password(f"Password of {name}"))
    except UnusableKeyError as error:
        raise click.UsageError(f"{name}: {error}") from None


def password(prompt: str, *, is_new: bool = False) -> str:
    """The password in THEMEKIT_KEY_PASSWORD, or asked for on a terminal; a usage error where neither can be."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given:
        return given
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError(f"there is no terminal to ask for the key's password: set {PASSWORD_VARIABLE}")
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=is_new, err=True))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_KEY_BYTES + 1).decode("utf-8", "replace")
    except OSError as error:
        raise click.UsageError(f"`{path}` cannot be read: {error.strerror}") from None
