"""Names of tokens as identifiers of programming languages: the prefix, and the words in the language's casing.

A letter outside ASCII, which not every language takes, is its code point between double underscores: `größe` is
`gr__f6____df__e`. No name has double underscores otherwise, so different names stay different. As every name begins
with the prefix, none begins with a digit, and none is a keyword of one word. A name that a language or its platform has
itself gets one underscore more: no other name ends in a single one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import TokenId
from themekit.model.token_names import REMEMBERED, Casing, name_in

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=REMEMBERED)
def code_name(casing: Casing, token: TokenId, *, prefix: str) -> str:
    """`tkColorText` of `color.text`; in PascalCase `TkColorText`."""
    return ascii_name(name_in(casing, TokenId(f"{prefix}.{token}")))


def own_name(casing: Casing, token: TokenId, *, prefix: str, reserved: Container[str]) -> str:
    """As `code_name`; a name that is reserved with an underscore after it."""
    name = code_name(casing, token, prefix=prefix)
    return f"{name}_" if name in reserved else name


def ascii_name(name: str) -> str:
    """The name with each character outside ASCII as its code point between double underscores."""
    return name if name.isascii() else "".join(char if char.isascii() else f"__{ord(char):x}__" for char in name)


def type_name(prefix: str, word: str) -> str:
    """`TkShadow`: the name of a type that goes with the tokens. No token is named in PascalCase where types are."""
    return code_name(Casing.PASCAL, TokenId(word), prefix=prefix)


def type_prefix(prefix: str) -> str:
    """`Tk`, which the names of types begin with."""
    return code_name(Casing.PASCAL, TokenId("x"), prefix=prefix)[:-1]


def free_name(name: str, taken: Iterable[str], *, more: str) -> str:
    """The name, with `more` after it as long as a token has that name."""
    names = set(taken)
    while name in names:
        name += more
    return name


def mode_names(modes: Iterable[str], casing: Casing) -> tuple[str, ...]:
    """A name for each mode, of its letters and digits; all different, the later of two alike with a number."""
    found: list[str] = []
    for index, mode in enumerate(modes, 1):
        words = _WORDS.findall(mode) or [f"mode{index}"]
        name = ascii_name(name_in(casing, TokenId("-".join(words))))
        found.append(free_name(name, found, more=str(index)))
    return tuple(found)
