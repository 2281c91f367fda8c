"""The words that stand for brand values while Markdown and Pygments work on a page.

A word is letters and digits only (`Zxqsdk0clientqxZ` for `sdk.client`): an identifier to every lexer, a word to
Markdown, and nothing that smart punctuation, abbreviations, emoji or links could change. Values take the words' places
in the finished HTML, so no value is ever read as Markdown or code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"Zxq([A-Za-z0-9]+?)qxZ")
_LOWERED = re.compile(r"zxq([a-z0-9]+?)qxz")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def word_of(name: str) -> str:
    """The word that stands for the field."""
    return f"Zxq{name.replace('.', '0')}qxZ"


def resolve_words(text: str, value: Callable[[str], str]) -> str:
    """The text with `value(field name)` in place of each word."""
    if "Zxq" not in text:
        return text
    return _WORD.sub(lambda match: value(match[1].replace("0", ".")), text)


def readable_words(text: str) -> str:
    """The text with each word replaced by the field's name as words: `brand legal name`. For slugs."""
    return resolve_words(text, readable_name)


def lowered_words(text: str) -> str:
    """The text with each word that some slug function lowered replaced by the field's name, as a slug."""
    return _LOWERED.sub(lambda match: f"brand-{match[1].replace('0', '-')}", text) if "zxq" in text else text


def source_words(text: str) -> str:
    """The text with each word as it was written: `{{ brand.name }}`. For messages."""
    return resolve_words(text, lambda name: f"{{{{ brand.{name} }}}}")


def readable_name(name: str) -> str:
    """`legalName` as "brand legal name"."""
    return "brand " + _HUMP.sub(" ", name.replace(".", " ")).lower()
