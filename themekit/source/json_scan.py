"""JSON read slowly and with care: every place is kept, and common slips are reported and read over.

The fast reader is the standard library's (json_text.py). This one runs when that one fails, and to find the line and
column of a pointer. It accepts exactly RFC 8259 plus the slips it reports.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Never

from themekit.diagnostics.printable import quoted
from themekit.source.codes import JSON_DEPTH, JSON_DUPLICATE_KEY, JSON_EMPTY, JSON_ENCODING, JSON_NUMBER, JSON_SYNTAX
from themekit.source.json_found import MARK, OMITTED, Omitted, Problem, Scan
from themekit.source.json_places import Extent
from themekit.source.json_value import MAX_DEPTH, child_pointer, pointer_parts

if TYPE_CHECKING:
    from themekit.diagnostics import Code
    from themekit.source.json_value import JsonObject, JsonValue

MAX_PROBLEMS = 50  # a file that is no JSON at all would give one for each character
MAX_INTEGER = 2**53 - 1  # larger integers are not kept exactly by other readers. Source: RFC 8259, section 6

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[^\s\[\]{}:,\"']+")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/|#(?![0-9a-fA-F]{3,8}\b)[^\n]*", re.DOTALL)  # not `#0b5fff`
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
_SINGLE_QUOTED = re.compile(r"'((?:[^'\\\n]|\\.)*)'")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: dict[str, tuple[str, JsonValue]] = {
    **dict.fromkeys(("True", "TRUE"), ("true", True)),
    **dict.fromkeys(("False", "FALSE"), ("false", False)),
    **dict.fromkeys(("None", "nil", "undefined", "NULL"), ("null", None)),
}
_NOT_FINITE = frozenset({"NaN", "Infinity", "-Infinity", "+Infinity", "-NaN", "nan", "inf", "-inf"})


class _StopError(Exception):
    """Nothing sensible can be read after this place."""


def scan_json(text: str) -> Scan:
    """The value, its problems in order of place, and the place of each member and element."""
    return scanned(Scanner(text))


def scanned(scanner: Scanner) -> Scan:
    """What a scanner finds in its text."""
    value: JsonValue | Omitted = OMITTED
    is_whole = True
    try:
        value = scanner.document()
    except _StopError:
        is_whole = False
    kept = None if isinstance(value, Omitted) else value
    is_whole = is_whole and value is not OMITTED
    return Scan(kept, is_whole, tuple(scanner.problems), scanner.extents, frozenset(scanner.omitted))


@dataclass(slots=True)
class Scanner:
    """A cursor in the text. `json5_scan` has one that takes more for right."""

    text: str
    position: int = 0
    problems: list[Problem] = field(default_factory=list)
    extents: dict[str, Extent] = field(default_factory=dict)
    omitted: set[str] = field(default_factory=set)
    repeats: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    def document(self) -> JsonValue | Omitted:
        """The whole text's value."""
        self.skip()
        if self.position == len(self.text):
            self.stop(JSON_EMPTY, (0, 1), "the file is empty")
        value = self.value("", None, 0)
        self.skip()
        if self.position < len(self.text):
            message = "there is more text after the end of the JSON value"
            self.report(JSON_SYNTAX, (self.position, self.word_end()), message, hint="a file holds one value")
        return value

    def value(self, pointer: str, key: tuple[int, int] | None, depth: int) -> JsonValue | Omitted:
        """A value, whose place is kept."""
        start = self.position
        # The entry is made before its members', so that extents are in the order of the text.
        self.extents[pointer] = Extent(key, (start, start + 1))
        value = self.any_value(pointer, depth)
        self.extents[pointer] = Extent(key, (start, max(self.position, start + 1)))
        if value is OMITTED:
            self.omitted.add(pointer)
        return value

    def any_value(self, pointer: str, depth: int) -> JsonValue | Omitted:
        """A value, by how it begins."""
        start = self.position
        first = self.text[start : start + 1]
        if first in {"{", "["}:
            if depth == MAX_DEPTH:
                message = f"objects and arrays are nested more than {MAX_DEPTH} deep"
                self.stop(JSON_DEPTH, (start, start + 1), message)
            return self.object(pointer, depth) if first == "{" else self.array(pointer, depth)
        if first == '"':
            return self.string()
        if first == "'":
            return self.single_quoted()
        return self.bare_word()

    def object(self, pointer: str, depth: int) -> JsonObject:
        """Its members."""
        members: dict[str, JsonValue | Omitted] = {}
        opened = self.position
        self.position += 1
        while not self.at_end_of("}", opened):
            key_start = self.position
            key = self.key()
            key_place = (key_start, self.position)
            self.expect_colon()
            member = child_pointer(pointer, key) if isinstance(key, str) else f"{pointer}/{MARK}{key_start}"
            is_kept = True
            if member in self.extents:
                is_kept = self.again(member, key_place)
                member = f"{member}{MARK}{key_start}"  # its members are no repetitions of the first one's
            value = self.value(member, key_place, depth + 1)
            if is_kept and isinstance(key, str):
                members[key] = value
            self.comma("}", "members")
        return {key: value for key, value in members.items() if not isinstance(value, Omitted)}

    def again(self, member: str, key: tuple[int, int]) -> bool:
        """Take in that a key stands there again. True if this value counts instead of the one before."""
        *_, name = pointer_parts(member)
        message = f"the key {quoted(name)} stands twice in this object"
        hint = "keep one of them; no reader agrees with another on which one counts"
        self.report(JSON_DUPLICATE_KEY, key, message, hint=hint, other=self.extents[member].key)
        return False

    def array(self, pointer: str, depth: int) -> JsonValue:
        """Its elements."""
        items: list[JsonValue] = []
        opened = self.position
        self.position += 1
        index = 0
        while not self.at_end_of("]", opened):
            value = self.value(f"{pointer}/{index}", None, depth + 1)
            # An item that is left out would move the others away from their pointers.
            items.append(None if isinstance(value, Omitted) else value)
            index += 1
            self.comma("]", "elements")
        return items

    def at_end_of(self, closer: str, opened: int) -> bool:
        """Step over the end of what was opened there, if it is here."""
        self.skip()
        if self.position == len(self.text):
            kind = "object" if closer == "}" else "array"
            message = f"the file ends inside this {kind}"
            self.stop(JSON_SYNTAX, (opened, opened + 1), message, hint=f"close it with `{closer}`")
        if self.text[self.position] == closer:
            self.position += 1
            return True
        return False

    def comma(self, closer: str, members: str) -> None:
        """Step over what parts two members, if more follow."""
        end = self.position
        self.skip()
        here = self.text[self.position : self.position + 1]
        if here == ",":
            comma = self.position
            self.position += 1
            self.skip()
            following = self.text[self.position : self.position + 1]
            if following == closer:
                self.report(JSON_SYNTAX, (comma, comma + 1), f"a comma before `{closer}`", hint="remove the comma")
            elif following == ",":
                self.stop(JSON_SYNTAX, (self.position, self.position + 1), "two commas", hint="remove one of them")
        elif here and here not in "}]":
            self.report(JSON_SYNTAX, (end, end + 1), f"a comma is missing between two {members}", hint="write `,` here")
        elif here and here != closer:
            message = f"expected `,` or `{closer}`, found `{here}`"
            self.stop(JSON_SYNTAX, (self.position, self.position + 1), message)

    def key(self) -> str | Omitted:
        """A key."""
        first = self.text[self.position]
        if first == '"':
            return self.string()
        if first == "'":
            return self.single_quoted()
        end = self.word_end()
        word = self.text[self.position : end]
        place = (self.position, end)
        if not re.fullmatch(r"[\w$-]+", word):
            self.stop(JSON_SYNTAX, place, f"expected a key in double quotes, found {quoted(word)}")
        self.report(JSON_SYNTAX, place, "a key must stand in double quotes", hint="write " + quoted(f'"{word}"'))
        self.position = end
        return word

    def expect_colon(self) -> None:
        """Step over what follows a key."""
        end = self.position
        self.skip()
        if self.text[self.position : self.position + 1] in {":", "="}:
            if self.text[self.position] == "=":
                self.report(JSON_SYNTAX, (self.position, self.position + 1), "expected `:`, found `=`")
            self.position += 1
        else:
            place = (end, end + 1)
            self.stop(JSON_SYNTAX, place, "a colon is missing after the key", hint="write `:` and a value")
        self.skip()

    def string(self) -> str | Omitted:
        """A string in double quotes."""
        return self.between('"', _PLAIN)

    def between(self, quote: str, plain: re.Pattern[str]) -> str | Omitted:
        """What stands between two quotes, of which `plain` matches what is taken as it is."""
        opened = self.position
        self.position += 1
        parts: list[str] = []
        is_good = True
        while True:
            match = plain.match(self.text, self.position)
            parts.append(match.group() if match else "")
            self.position = match.end() if match else self.position
            here = self.text[self.position : self.position + 1]
            if here == quote:
                self.position += 1
                return "".join(parts) if is_good else OMITTED
            if here in {"", "\n", "\r"}:
                place, hint = (opened, min(self.position, opened + 60)), f"end it with `{quote}`"
                message = "the string is not closed on its line"
                self.stop(JSON_SYNTAX, place, message, hint=f"{hint}; write a line break as `\\n`")
            if here == "\\":
                character = self.escape()
                is_good = is_good and character is not None
                parts.append(character or "")
            else:
                message = f"a string may not hold the control character U+{ord(here):04X}"
                hint = f"write it as `\\u{ord(here):04x}`, or remove it"
                self.report(JSON_SYNTAX, (self.position, self.position + 1), message, hint=hint)
                self.position += 1
                is_good = False

    def escape(self) -> str | None:
        """The character that an escape stands for."""
        start = self.position
        letter = self.text[start + 1 : start + 2]
        if letter in _ESCAPES and letter:
            self.position += 2
            return _ESCAPES[letter]
        unit = self.unit(start)
        if unit is None:
            self.position = min(start + 2, len(self.text))
            message = f"{quoted(self.text[start : start + 2])} is no escape that JSON knows"
            self.report(JSON_SYNTAX, (start, start + 2), message, hint="write a backslash itself as `\\\\`")
            return None
        self.position = start + 6
        low = self.unit(self.position)
        if 0xD800 <= unit < 0xDC00 and low is not None and 0xDC00 <= low < 0xE000:
            self.position += 6
            return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
        if 0xD800 <= unit < 0xE000:
            message = f"`\\u{unit:04x}` is half of a surrogate pair, which is no character"
            hint = "write the character itself, or both halves"
            self.report(JSON_ENCODING, (start, start + 6), message, hint=hint)
            return None
        return chr(unit)

    def unit(self, start: int) -> int | None:
        """The UTF-16 code unit that an escape names."""
        digits = self.text[start + 2 : start + 6]
        if self.text[start : start + 2] == "\\u" and re.fullmatch(r"[0-9a-fA-F]{4}", digits):
            return int(digits, 16)
        return None

    def single_quoted(self) -> str | Omitted:
        """A string in single quotes."""
        match = _SINGLE_QUOTED.match(self.text, self.position)
        if match is None:
            place = (self.position, self.position + 1)
            self.stop(JSON_SYNTAX, place, "JSON writes strings in double quotes", hint='write `"`')
        content = match.group(1).replace("\\'", "'")
        place = match.span()
        hint = "write " + quoted(f'"{content}"')
        self.report(JSON_SYNTAX, place, "JSON writes strings in double quotes", hint=hint)
        self.position = match.end()
        return content

    def bare_word(self) -> JsonValue | Omitted:
        """A value without quotes."""
        start = self.position
        end = self.word_end()
        word = self.text[start:end]
        self.position = end
        if word in {"true", "false", "null"}:
            return {"true": True, "false": False, "null": None}[word]
        if word in _NOT_FINITE:
            self.report(JSON_NUMBER, (start, end), f"{quoted(word)} is no JSON number; numbers are finite")
            return OMITTED
        if word in _WORDS:
            right, value = _WORDS[word]
            self.report(JSON_SYNTAX, (start, end), f"JSON has no {quoted(word)}", hint=f"write `{right}`")
            return value
        return self.number(word, start) if _NUMBER.fullmatch(word) else self.odd_word(word, start)

    def odd_word(self, word: str, start: int) -> Omitted:
        """Say what was probably meant."""
        end = start + len(word)
        if re.fullmatch(r"[+-]?\.?[0-9][0-9a-zA-Z.+_-]*", word):
            hint = "write digits with a zero before the point, as in `0.5`; no leading zeros or plus, no hexadecimal"
            self.report(JSON_NUMBER, (start, end), f"{quoted(word)} is not written as a JSON number", hint=hint)
            return OMITTED
        if word and re.fullmatch(r"[\w.#%/-]+", word):
            hint = "write a string in quotes: " + quoted(f'"{word}"')
            self.report(JSON_SYNTAX, (start, end), f"expected a value, found {quoted(word)}", hint=hint)
            return OMITTED
        found = quoted(word or self.text[start : start + 1]) if start < len(self.text) else "the end of the file"
        return self.stop(JSON_SYNTAX, (start, max(end, start + 1)), f"expected a value, found {found}")

    def number(self, word: str, start: int) -> JsonValue | Omitted:
        """A number that is written as JSON writes it."""
        end = start + len(word)
        is_integer = not set(word) & set(".eE")
        if is_integer and (len(word) > 17 or abs(int(word)) > MAX_INTEGER):
            message = f"the integer {quoted(word, 24)} is out of range"
            self.report(JSON_NUMBER, (start, end), message, hint=f"integers go up to {MAX_INTEGER}")
            return OMITTED
        number = int(word) if is_integer else float(word)
        if number in {float("inf"), float("-inf")}:
            self.report(JSON_NUMBER, (start, end), f"the number {quoted(word, 24)} is out of range")
            return OMITTED
        return number

    def skip(self) -> None:
        """Step over space and comments."""
        while True:
            match = _SPACE.match(self.text, self.position)
            self.position = match.end() if match else self.position
            if self.text[self.position : self.position + 1] not in {"/", "#"}:
                return
            comment = _COMMENT.match(self.text, self.position)
            if comment is None:
                return
            self.report(JSON_SYNTAX, comment.span(), "JSON has no comments", hint="remove it")
            self.position = comment.end()

    def word_end(self) -> int:
        """Where a word ends that begins here; its first character is part of it, whatever it is."""
        return match.end() if (match := _WORD.match(self.text, self.position)) else self.position + 1

    def report(
        self,
        code: Code,
        place: tuple[int, int],
        message: str,
        *,
        hint: str | None = None,
        other: tuple[int, int] | None = None,
    ) -> None:
        """Keep a mistake, and read on."""
        self.problems.append(Problem(code, *place, message, hint, other))
        if len(self.problems) == MAX_PROBLEMS:
            raise _StopError

    def stop(self, code: Code, place: tuple[int, int], message: str, *, hint: str | None = None) -> Never:
        """Report what nothing can be read after."""
        self.problems.append(Problem(code, *place, message, hint))
        raise _StopError
