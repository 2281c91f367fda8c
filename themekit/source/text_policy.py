"""What a text of a brand may hold. A brand value is text: never markup, never code, never an instruction to a terminal.

Quotes, `&`, `{{`, `*` and letters of every script are text and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import is_unsafe, quoted
from themekit.source.codes import INVALID_EMAIL, INVALID_PHONE, INVALID_TEXT, INVALID_VERSION

if TYPE_CHECKING:
    from themekit.diagnostics import Code
    from themekit.source.node import Item

_UNSAFE = re.compile(r"[<>\x00-\x1f\x7f-\x9f]")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{_LABEL}(?:\.{_LABEL})+")
_PHONE = re.compile(r"\+?[0-9(][0-9 ()./-]{3,28}[0-9]")
SEMVER = (
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?$"
)
_SEMVER = re.compile(SEMVER)


def plain_text(item: Item | None) -> str | None:
    """The text in NFC without space around it; None if it is absent or was reported.

    Refused: `<` and `>`, control and private-use characters, invisible characters that hide or reorder text, no text.
    """
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    fault = text_fault(text)
    if fault is not None:
        message, hint = fault
        item.report(INVALID_TEXT, f"{item.name} {message}", hint=hint)
        return None
    return unicodedata.normalize("NFC", text).strip()


def text_fault(text: str, *, has_markup: bool = False) -> tuple[str, str | None] | None:
    """What is wrong with a text, in words that follow its name, and a hint; None if it is fine.

    With `has_markup`, `<` and `>` are text like any other: what shows it must escape it.
    """
    if text.isascii() and not _UNSAFE.search(text) and text.strip():
        return None
    if not text.strip():
        return "is empty", "leave the key out if there is nothing to say"
    for position, character in enumerate(text):
        if character in "<>" and not has_markup:
            return f"holds `{character}` at character {position + 1}", "a value is shown as text; markup is not allowed"
        if is_unsafe(character):
            name = unicodedata.name(character, "a control character").lower()
            what = f"U+{ord(character):04X} ({name})"
            return f"holds {what} at character {position + 1}", "remove it; a text is one line of visible characters"
    return None


def email(item: Item | None) -> str | None:
    """An e-mail address of ASCII characters. Source: HTML, "valid email address", with a dot required in the host."""
    return _matching(item, _EMAIL, code=INVALID_EMAIL, noun="an e-mail address", example="developers@acme.example")


def phone(item: Item | None) -> str | None:
    """A telephone number: digits, spaces and `+ ( ) . / -`."""
    return _matching(item, _PHONE, code=INVALID_PHONE, noun="a telephone number", example="+49 30 1234567")


def version(item: Item | None) -> str | None:
    """A semantic version without build metadata. Source: semver.org."""
    return _matching(item, _SEMVER, code=INVALID_VERSION, noun="a version", example="1.0.0` or `2.0.0-beta.1")


def _matching(item: Item | None, pattern: re.Pattern[str], *, code: Code, noun: str, example: str) -> str | None:
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    if pattern.fullmatch(text):
        return text
    item.report(code, f"{item.name}: {quoted(text)} is not {noun}", hint=f"write it like `{example}`")
    return None
