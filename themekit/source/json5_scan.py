"""JSON5 read with every place kept: JSON as people write it, with comments, commas at the end and bare keys.

Other tools' tokens are written in it. What JSON5 allows and nobody means stays a mistake: numbers that are not finite,
and control characters in strings. Of a key that stands twice the last value counts, as other tools read JSON and
JSON5, and each one before is told of. Source: The JSON5 Data Interchange Format, 1.0.0; ECMA-262, "JSON.parse".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.codes import JSON_NUMBER, JSON_SYNTAX
from themekit.source.importing.imported import NOT_IMPORTED
from themekit.source.json_found import MARK, OMITTED, Omitted, Problem, Scan
from themekit.source.json_scan import MAX_INTEGER, Scanner, scanned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.source.json_value import JsonValue

MAX_NOTED = 200  # values that do not count, each told of at its place
ONE = "keep one of them"
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
    return scanned_json5(Json5Scanner(text))


def scanned_json5(scanner: Json5Scanner) -> Scan:
    """What a scanner finds in its text; of keys that stand twice, the last one's value and places."""
    scan = scanned(scanner)
    if not scanner.repeats:
        return scan
    unused = _unused(scanner.text, scanner.repeats)
    names = _names(scan.extents, scanner.repeats)
    return replace(
        scan,
        problems=tuple(sorted((*scan.problems, *unused), key=lambda each: each.start)),
        extents={names[pointer]: extent for pointer, extent in scan.extents.items()},
        omitted=frozenset(names[pointer] for pointer in scan.omitted),
    )


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

    def again(self, member: str, key: tuple[int, int]) -> bool:
        """Take in that a key stands there again: this value counts."""
        first = self.extents[member].key
        self.repeats.setdefault(member, [] if first is None else [first]).append(key)
        return True

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


def _unused(text: str, repeats: dict[str, list[tuple[int, int]]]) -> list[Problem]:
    """What is said of the values that do not count: of the first of them at its place, of all others together."""
    pairs = sorted((place, places[-1]) for places in repeats.values() for place in places[:-1])
    found = []
    for place, last in pairs[:MAX_NOTED]:
        key = quoted(text[slice(*place)].strip("'\""))
        message = f"the key {key} stands again further down in this object, and this value was left out"
        found.append(Problem(NOT_IMPORTED, *place, message, ONE, last, "this one counts"))
    if more := pairs[MAX_NOTED:]:
        message = f"from here on {len(more)} more keys stand again further down, and these values were left out"
        found.append(Problem(NOT_IMPORTED, *more[0][0], message, ONE))
    return found


def _names(extents: Iterable[str], repeats: dict[str, list[tuple[int, int]]]) -> dict[str, str]:
    """The pointer of each place: of a key that stands twice the last one has it, which was the first one's."""
    changed = {f"{member}{MARK}{places[-1][0]}": member for member, places in repeats.items()}
    changed |= {member: f"{member}{MARK}{places[0][0]}" for member, places in repeats.items()}
    names = {"": ""}
    for pointer in extents:  # outer ones stand before those in them
        if pointer:
            above, _, _ = pointer.rpartition("/")
            names[pointer] = f"{names[above]}/{changed.get(pointer, pointer).rpartition('/')[2]}"
    return names


def _as_json(word: str) -> str:
    """A decimal with digits on both sides of its point, and no plus before it."""
    sign = "-" if word.startswith("-") else ""
    mantissa, mark, exponent = word.lstrip("+-").lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    return f"{sign}{whole or '0'}.{fraction or '0'}{mark}{exponent}"
