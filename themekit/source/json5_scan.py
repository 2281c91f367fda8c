"""JSON5 read with every place kept: JSON as people write it, with comments, commas at the end and bare keys.

Other tools' tokens are written in it. What JSON5 allows and nobody means stays a mistake: numbers that are not finite,
control characters in strings, keys that stand twice. Source: The JSON5 Data Interchange Format, 1.0.0.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.codes import JSON_NUMBER, JSON_SYNTAX
from themekit.source.json_scan import MAX_INTEGER, OMITTED, Omitted, Scan, Scanner, scanned

if TYPE_CHECKING:
    from themekit.source.json_value import JsonValue

SUFFIXES = frozenset({".json5", ".jsonc"})
_SPACE = re.compile(r"(?:[\s\ufeff]+|//[^\n\r\u2028\u2029]*|/\*.*?\*/)*", re.DOTALL)
_WORD = re.compile(r"[^\s\ufeff\[\]{}:,\"'/]+")
_NAME = re.compile(r"[^\W\d](?:[\w$\u200c\u200d])*|\$[\w$\u200c\u200d]*")
_HEXADECIMAL = re.compile(r"[+-]?0[xX][0-9a-fA-F]+")
_DECIMAL = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LINE_END = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}
_PLAIN = {quote: re.compile(rf"[^{quote}\\\x00-\x08\x0a-\x1f]*") for quote in "\"'"}


def scan_json5(text: str) -> Scan:
    """As `scan_json`, of a text in which what JSON5 allows is no slip."""
    return scanned(Json5Scanner(text))


class Json5Scanner(Scanner):
    """What is other in JSON5."""

    __slots__ = ()

    def skip(self) -> None:
        """Step over space and comments."""
        match = _SPACE.match(self.text, self.position)
        self.position = match.end() if match else self.position
        if self.text.startswith("/*", self.position):
            place = (self.position, self.position + 2)
            self.stop(JSON_SYNTAX, place, "the file ends inside this comment", hint="close it with `*/`")

    def word_end(self) -> int:
        """Where a word ends that begins here."""
        match = _WORD.match(self.text, self.position)
        return match.end() if match else self.position + 1

    def key(self) -> str | Omitted:
        """A key, which may be a name."""
        match = _NAME.match(self.text, self.position)
        if match is None or match.end() != self.word_end():
            return super().key()
        self.position = match.end()
        return match.group()

    def comma(self, closer: str, members: str) -> None:
        """Step over what parts two members; one comma may stand before the end."""
        before = self.position
        self.skip()
        if self.text.startswith(",", self.position):
            self.position += 1
            self.skip()
            if self.text.startswith(closer, self.position):
                return
        self.position = before
        super().comma(closer, members)

    def single_quoted(self) -> str | Omitted:
        """A string in single quotes."""
        return self.string()

    def string(self) -> str | Omitted:
        """A string in either quotes."""
        quote = self.text[self.position]
        return self.between(quote, _PLAIN[quote])

    def escape(self) -> str | None:
        """The character that an escape stands for, or nothing for a line that goes on."""
        start = self.position
        letter = self.text[start + 1 : start + 2]
        line_end = _LINE_END.match(self.text, start + 1)
        if line_end is not None:  # the string goes on in the next line
            self.position = line_end.end()
            return ""
        if letter == "x" and re.fullmatch(r"[0-9a-fA-F]{2}", code := self.text[start + 2 : start + 4]):
            self.position += 4
            return chr(int(code, 16))
        if letter in {"", "u", "x"} or letter in "123456789" or self.text[start + 1 : start + 3].isdecimal():
            return super().escape()
        self.position += 2
        return _ESCAPES.get(letter, letter)

    def bare_word(self) -> JsonValue | Omitted:
        """A value without quotes, which may be a number of JavaScript."""
        start = self.position
        word = self.text[start : self.word_end()]
        if _HEXADECIMAL.fullmatch(word):
            self.position += len(word)
            return self.whole(int(word, 16) if len(word) < 20 else MAX_INTEGER + 1, word, start)
        if _DECIMAL.fullmatch(word):
            self.position += len(word)
            if set(word) & set(".eE"):
                return self.number(_as_json(word), start)
            return self.whole(int(word) if len(word) < 20 else MAX_INTEGER + 1, word, start)
        return super().bare_word()

    def whole(self, number: int, word: str, start: int) -> JsonValue | Omitted:
        """An integer that other readers keep exactly."""
        if abs(number) <= MAX_INTEGER:
            return number
        message = f"the integer {quoted(word, 24)} is out of range"
        self.report(JSON_NUMBER, (start, self.position), message, hint=f"integers go up to {MAX_INTEGER}")
        return OMITTED


def _as_json(word: str) -> str:
    """A decimal with digits on both sides of its point, and no plus before it."""
    sign = "-" if word.startswith("-") else ""
    mantissa, mark, exponent = word.lstrip("+-").lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    return f"{sign}{whole or '0'}.{fraction or '0'}{mark}{exponent}"
