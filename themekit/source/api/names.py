"""Names as words: split from what a description says, made ASCII, and told apart within their scope."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.source.sdk_names import transliterated

if TYPE_CHECKING:
    from themekit.model.api_types import Name

MAX_WORDS = 16  # a longer name is cut: no file system or compiler has room for all of it
MAX_WORD_LENGTH = 60

_WORDS = re.compile(r"[A-Z]{2,}s(?![a-z])[0-9]*|[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")
_ONE_WORD = re.compile(r"OAuth|IPv(?=[46])|iOS\b")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_SIGNS = {
    "+": "plus",
    "-": "minus",
    "<": "less",
    ">": "greater",
    "=": "equals",
    "!": "not",
    "*": "all",
    "/": "slash",
    "%": "percent",
    "&": "and",
    "|": "or",
    "~": "tilde",
    "^": "caret",
    "$": "dollar",
    "@": "at",
    "#": "hash",
    ".": "dot",
    ",": "comma",
    ":": "colon",
    ";": "semicolon",
    "_": "underscore",
    "?": "question",
    " ": "space",
}
_LEADING_SIGN = re.compile(r"\s*([+<>=!-]+)\s*(?=[A-Za-z0-9])")
_KEPT_PLURAL = ("ss", "us", "is", "news", "data", "series", "status", "address")


@lru_cache(maxsize=65536)
def words_of(text: str) -> Name:
    """The words of a text, in lower case: `APIKey` is api, key; `line_1` is line, 1. No words is: nothing usable."""
    plain = text if text.isascii() else transliterated(text)
    plain = _ONE_WORD.sub(lambda found: found[0].capitalize(), plain.translate(_APOSTROPHES))
    found = _WORDS.findall(plain)
    return tuple(word.lower()[:MAX_WORD_LENGTH] for word in found[:MAX_WORDS])


@lru_cache(maxsize=16384)
def value_words(text: str) -> Name:
    """The words of a value that is no name, such as `-created`, `>=` or `東京`; there is at least one."""
    signs = _LEADING_SIGN.match(text)
    if signs is not None:
        words = (*(_SIGNS[sign] for sign in signs[1]), *words_of(text[signs.end() :]))
        return words[:MAX_WORDS]
    return words_of(text) or _spelled(text) or ("empty",)


def _spelled(text: str) -> Name:
    return tuple(_SIGNS.get(each) or f"u{ord(each):x}" for each in text[:MAX_WORDS])


def named(text: str, prefix: str) -> Name:
    """A name from a text; `prefix` stands before one that starts with a digit."""
    return started(value_words(text), prefix)


def started(words: Name, prefix: str) -> Name:
    """The words as a name: the first one starts with a letter."""
    if not words:
        return (prefix,)
    return words if words[0][0].isalpha() else (prefix, *words)


def singular(words: Name) -> Name:
    """The name of one of these: `line_items` is line, item; a name that is no plural gets the word `item`."""
    last = words[-1]
    if last.endswith(_KEPT_PLURAL) or not last.endswith("s") or len(last) < 3:
        return (*words, "item")
    return (*words[:-1], _singular_word(last))


def _singular_word(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(_KEPT_PLURAL) else word


def stem(words: Name) -> Name:
    """The words without plurals, to see whether two names mean the same."""
    return tuple(_singular_word(word) if len(word) > 2 else word for word in words)


def word_set(text: str) -> frozenset[str]:
    """The words that a text lists, with space between."""
    return frozenset(text.split())


@dataclass(slots=True)
class Scope:
    """The names of one scope: no two are the same when their words are joined."""

    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def unique(self, words: Name) -> Name:
        """The name, or with the first number from 2 that makes it new; it is taken from now on."""
        base = "".join(words)
        found, number = words, self.numbers.get(base, 1)  # those before are taken, and stay so
        while "".join(found) in self.taken:
            number += 1
            found = (*words, str(number))
        self.numbers[base] = number
        self.taken.add("".join(found))
        return found

    def is_free(self, words: Name) -> bool:
        """No name of the scope has these words."""
        return "".join(words) not in self.taken
