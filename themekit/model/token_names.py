"""A token's path as one name that CSS, SCSS and other languages accept."""

from __future__ import annotations

import re
import unicodedata
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

    Different ids can give one name (`a.b` and `a-b`): `name_collisions` finds them, and the reader of tokens refuses
    them. Raises ValueError for a part without letter or digit.
    """
    words = [_kebab(part) for part in token_id.split(".") if part != ROOT]
    if not words or "" in words:
        raise ValueError(f"{token_id} has a part without letter or digit")
    return "-".join(words)


def name_collisions(token_ids: Iterable[TokenId]) -> tuple[tuple[TokenId, TokenId], ...]:
    """Pairs of different ids with one CSS name: the earlier one, and one that comes after it."""
    first: dict[str, TokenId] = {}
    pairs = []
    for token_id in token_ids:
        earlier = first.setdefault(css_name(token_id), token_id)
        if earlier != token_id:
            pairs.append((earlier, token_id))
    return tuple(pairs)


def _kebab(part: str) -> str:
    if _IS_KEBAB.fullmatch(part):
        return part
    text = unicodedata.normalize("NFC", part)
    text = _LOWER_UPPER.sub("-", text)
    text = _WORD_END.sub("-", text)
    return _NOT_LETTERS.sub("-", unicodedata.normalize("NFC", text.lower())).strip("-")
