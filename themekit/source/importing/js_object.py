"""Token files in JavaScript and TypeScript, of which nothing is ever run: the object that they export, read as text.

`module.exports = {…}`, `export default {…}` and `const tokens = {…}; export default tokens` are read as far as they are
literal values; each piece of code is reported at its place and left out. Source: ECMA-262, sections 13.2 and 16.2.3.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.importing.imported import NOT_IMPORTED
from themekit.source.importing.js_pieces import blanked, pieces
from themekit.source.importing.sd_words import imported_words
from themekit.source.json5_scan import Json5Scanner, scanned_json5
from themekit.source.json_found import OMITTED, Omitted, Problem, Scan

if TYPE_CHECKING:
    from themekit.source.json_value import JsonValue

SUFFIXES = frozenset({".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"})
HINT = (
    "export it as JSON where its code may run: "
    "`node -e 'import(\"./FILE\").then(({default: each}) => console.log(JSON.stringify(each)))' > tokens.json`"
)
MAX_NOTED = 200  # pieces of code that are reported: whoever has more has to export the file anyway
_EXPORT = re.compile(
    r"(?<![\w$.])(?:(?:module\s{0,9}\.\s{0,9}exports|exports\s{0,9}\.\s{0,9}default)\s{0,9}=(?!=)|export\s{1,9}default\b)"
)
_AGAIN = re.compile(r"(?<![\w$.])(?:module\s{0,9}\.\s{0,9})?exports(?![\w$])")
_NAME = re.compile(r"[A-Za-z_$][\w$]{0,200}")
_KEY = re.compile(r"""[^\W\d][\w$]*(?=\s*:)|\$[\w$]*(?=\s*:)|\d+(?:\.\d+)?(?=\s*:)|["']""")
_NUMBER_KEY = re.compile(r"\d+(?:\.\d+)?(?=\s*:)")
_LITERAL = re.compile(
    r"""["'{\[]|(?:true|false|null|[+-]?(?:0[xX][0-9a-fA-F]+|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?))"""
    r"(?=[\s,}\])]|/[/*]|\Z)"
)
"""A word or a figure is one alone, and not the beginning of a sum: `1+1` is code."""
_TEMPLATE = re.compile(r"`([^`\\$]*)`")
_MEMBER = re.compile(r"[A-Za-z_$][\w$]{0,200}(?:\.[A-Za-z_$][\w$]{0,200}){1,2}")
_AS_CONST = re.compile(r"\s{0,99}as\s{1,9}const(?![\w$])")
_UNDEFINED = re.compile(r"undefined(?![\w$])")
_APPLIED = frozenset(".[(,+-*/?&|=<>")


def scan_js(text: str) -> Scan:
    """As `scan_json5`, of the object that a module exports."""
    return scanned_json5(_JsScanner(text))


class _JsScanner(Json5Scanner):
    """What is other in JavaScript: code, which is stepped over, and keys that are numbers."""

    __slots__ = ("noted", "words")

    def document(self) -> JsonValue | Omitted:
        self.noted = 0
        blank = blanked(self.text)
        self.words, imports = imported_words(self.text, blank)
        for start, end in imports:
            blank = f"{blank[:start]}{' ' * (end - start)}{blank[end:]}"
        export = next(iter(_EXPORT.finditer(blank)), None)
        if export is None:
            self.note(0, 1, "the file exports no object that can be read without running it")
            return OMITTED
        found = _object_of(blank, export)
        if found is None:
            self.note(export.start(), export.end(), "what is exported here is made by code, which is never run")
            return OMITTED
        begins, self.position = found
        before = len(blank[:begins]) - len(blank[:begins].lstrip("; \t\r\n\ufeff"))
        if before < begins:
            self.note(before, before + 1, "what stands before the object is code, which is never run")
        value = self.value("", None, 0)
        self.skip()
        if self.text[self.position : self.position + 1] in _APPLIED and self.position < len(self.text):
            self.note(self.position, self.position + 1, "what is done with the object is code, which is never run")
        elif again := _change_of(blank, export, self.position):
            self.note(again.start(), again.end(), "what is changed here is changed by code, which is never run")
        return value

    def at_end_of(self, closer: str, opened: int) -> bool:
        while not super().at_end_of(closer, opened):
            is_code = self.text.startswith("...", self.position) or (
                closer == "}" and _KEY.match(self.text, self.position) is None
            )
            if not is_code:
                return False
            self.code(self.position)
            self.comma(closer, "members")
        return True

    def key(self) -> str | Omitted:
        match = _NUMBER_KEY.match(self.text, self.position)
        if match is None:
            return super().key()
        self.position = match.end()
        return match.group()

    def any_value(self, pointer: str, depth: int) -> JsonValue | Omitted:
        start = self.position
        value: JsonValue | Omitted
        if template := _TEMPLATE.match(self.text, start):
            self.position = template.end()
            value = template.group(1)
        elif _LITERAL.match(self.text, start):
            value = super().any_value(pointer, depth)
        elif _UNDEFINED.match(self.text, start):
            self.position += len("undefined")
            value = OMITTED
        elif (member := _MEMBER.match(self.text, start)) and member.group() in self.words:
            self.position = member.end()
            value = self.words[member.group()]
        else:
            return self.code(start)
        if const := _AS_CONST.match(self.text, self.position):
            self.position = const.end()
        end = self.position
        self.skip()
        if depth and self.text[self.position : self.position + 1] not in {",", "}", "]", ""}:
            return self.code(start, end)  # a sum, a call, a comparison: the literal is a part of it
        self.position = end
        return value

    def code(self, start: int, known: int | None = None) -> Omitted:
        """Step over an expression or a member that is no literal, and report it. To `known` it was read already."""
        depth, end = 0, start if known is None else known
        for first, last, is_plain in pieces(self.text, end, before="" if known is None else '"'):
            mark = self.text[first:last] if is_plain else ""
            if depth == 0 and mark in {",", "}", "]", ")"}:
                break
            depth += (mark in {"(", "[", "{"}) - (mark in {")", "]", "}"})
            end = last
        self.position = max(end, start + 1)
        if self.noted >= MAX_NOTED:
            return OMITTED
        shown = self.text[start:end].strip()
        self.note(
            start, start + max(len(shown), 1), f"{quoted(shown, 60)} is code, which is never run, and was left out"
        )
        return OMITTED

    def note(self, start: int, end: int, message: str) -> None:
        """Report code. Other mistakes end the reading when there are many; this one does not."""
        if self.noted < MAX_NOTED:
            self.noted += 1
            self.problems.append(Problem(NOT_IMPORTED, start, end, message, HINT))


def _change_of(blank: str, export: re.Match[str], position: int) -> re.Match[str] | None:
    """Where what is exported is exported again, or is changed by its name, behind the object."""
    name = _NAME.match(blank, export.end() + len(blank[export.end() :]) - len(blank[export.end() :].lstrip()))
    changed = re.compile(rf"(?<![\w$.]){re.escape(name.group())}\s{{0,9}}(?:\.|\[|=(?!=))") if name else _AGAIN
    return changed.search(blank, position)


def _object_of(blank: str, export: re.Match[str]) -> tuple[int, int] | None:
    """Where the statement begins that has the exported object, and where the object does; None if there is none."""
    after = export.end() + len(blank[export.end() :]) - len(blank[export.end() :].lstrip(" \t\r\n("))
    if blank.startswith("{", after):
        return export.start(), after
    name = _NAME.match(blank, after)
    if name is None:
        return None
    declared = re.compile(
        rf"(?<![\w$.])(?:export\s{{1,9}})?(?:const|let|var)\s{{1,9}}{re.escape(name.group())}"
        r"\s{0,9}(?::[^=;]{0,200})?=\s{0,99}\(?\s{0,99}(?=\{)"
    )
    found = list(declared.finditer(blank))
    return (found[0].start(), found[0].end()) if len(found) == 1 else None
