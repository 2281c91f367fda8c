"""A token's path as one name that CSS, SCSS and other languages accept.

Every casing joins the same words, those of `css_name`. No casing can tell all lists of words apart (`space.1` and
`space1` are both `space1` in camelCase), so two tokens with one name are refused and never renamed.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.token import TokenId

REMEMBERED = 16_384  # the names of some large sets: every step from a file to CSS asks for them
ROOT = "$root"  # the group's own token in DTCG 2025.10; it is named like its group

_LOWER_UPPER = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])")
_WORD_END = re.compile(r"(?<=[A-Z])(?=[A-Z][a-z])")
_IS_KEBAB = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_IS_PATH_IN_KEBAB = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_NOT_LETTERS = re.compile(r"[\W_]+")


@lru_cache(maxsize=REMEMBERED)
def css_name(token_id: TokenId) -> str:
    """The path in kebab-case: `color.buttonBg.2xLarge` is `color-button-bg-2x-large`.

    Each part by these rules, in order, and the parts joined by a hyphen:

    1. the part `$root` is left out;
    2. a hyphen goes before a capital A-Z that follows a small letter or a digit (`buttonBg`), and before the last of
       several capitals if a small letter follows (`HTMLText` is `html-text`);
    3. letters become small; whatever is neither letter nor digit becomes a hyphen, several become one, and none stays
       at an end. Letters of all scripts are kept, in Unicode form NFC: CSS allows them.

    Different ids can give one name (`a.b` and `a-b`): `collisions_in` finds them, and the reader of tokens refuses
    them. Raises ValueError for a part without letter or digit.
    """
    if _IS_PATH_IN_KEBAB.fullmatch(token_id):
        return token_id.replace(".", "-")
    words = [_kebab(part) for part in token_id.split(".") if part != ROOT]
    if not words or "" in words:
        raise ValueError(f"{token_id} has a part without letter or digit")
    return "-".join(words)


class Casing(StrEnum):
    """How the words of a name are joined: `color-primary-9`, `colorPrimary9`, `ColorPrimary9` and so on."""

    KEBAB = "kebab-case"
    CAMEL = "camelCase"
    PASCAL = "PascalCase"
    SNAKE = "snake_case"
    CONSTANT = "CONSTANT_CASE"


@lru_cache(maxsize=REMEMBERED)
def name_in(casing: Casing, token_id: TokenId) -> str:
    """The path as an identifier: `color.buttonBg.2xLarge` is `colorButtonBg2xLarge`, or `COLOR_BUTTON_BG_2X_LARGE`.

    The words are those of `css_name`. In camelCase and PascalCase an underscore stays between two digits, so that
    `space.1.5` is `space1_5` and not `space15`. What no identifier can hold (`²`) becomes its code point, `u00b2`, and
    an identifier that would begin with a digit gets an underscore before it; neither is so in kebab-case, where CSS
    takes both and a prefix stands first. Reserved words are not looked at: only the platform knows them. Raises
    ValueError as `css_name` does. Source: Unicode Standard Annex 31, "Default Identifiers".
    """
    kebab = css_name(token_id)
    if casing is Casing.KEBAB:
        return kebab
    words = kebab.split("-")
    match casing:
        case Casing.SNAKE:
            name = "_".join(words)
        case Casing.CONSTANT:
            name = "_".join(words).upper()
        case _:
            name = words[0] if casing is Casing.CAMEL else _capital(words[0])
            for word in words[1:]:
                is_number_after_number = word[0].isdigit() and name[-1].isdigit()
                name += f"_{word}" if is_number_after_number else _capital(word)
    if not f"a{name}".isidentifier():
        name = "".join(char if f"a{char}".isidentifier() else f"u{ord(char):04x}" for char in name)
    return name if name.isidentifier() else f"_{name}"


def collisions_in(casing: Casing, token_ids: Iterable[TokenId]) -> tuple[tuple[TokenId, TokenId], ...]:
    """Pairs of different ids with one name: the earlier one, and one that comes after it."""
    first: dict[str, TokenId] = {}
    pairs = []
    for token_id in token_ids:
        earlier = first.setdefault(name_in(casing, token_id), token_id)
        if earlier != token_id:
            pairs.append((earlier, token_id))
    return tuple(pairs)


@lru_cache(maxsize=REMEMBERED)
def likeness(css_name_: str) -> str:
    """A key that is the same for all names that could meet in any casing; of two such, `shared_casing` tells."""
    key = css_name_.replace("-", "").upper()
    return key if key.isascii() else "".join(char if f"a{char}".isidentifier() else f"U{ord(char):04X}" for char in key)


def shared_casing(one: TokenId, other: TokenId, *, among: Iterable[Casing] = Casing) -> Casing | None:
    """The first casing in which two ids have one name, or None."""
    return next((casing for casing in among if name_in(casing, one) == name_in(casing, other)), None)


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _kebab(part: str) -> str:
    if _IS_KEBAB.fullmatch(part):
        return part
    text = unicodedata.normalize("NFC", part)
    text = _LOWER_UPPER.sub("-", text)
    text = _WORD_END.sub("-", text)
    return _NOT_LETTERS.sub("-", unicodedata.normalize("NFC", text.lower())).strip("-")
