"""SCSS text to one flat text without imports, and the constructs in it that a Sass compiler would corrupt.

LibSass stopped in 2020, so it breaks some of today's CSS in silence: `calc(100% - $a)` keeps its `$a`, a `/` next to a
variable divides, declarations after a nested rule move in front of it. Each is found here, at its place, before the
compiler sees it. Imports are resolved here too, among the given sources only, so the compiler never loads anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SASS_IMPORT = Code("sass-import", summary="An import in SCSS names something other than the given sources.")
SASS_UNSAFE = Code("sass-unsafe", summary="A construct in SCSS that a compiler would corrupt in silence.")

MAX_DEPTH = 32  # imports in imports; far above any real tree, and far below Python's own limit
MAX_CHARACTERS = 400_000  # of all that imports join: six times our own sheets, and what a source twice imported counts
MAX_BRACKETS = 64  # in one another; a calculation has five
MAX_IMPORTS = 1_000  # in all
MAX_FAULTS = 100  # of one source; the rest is counted

_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z)|//[^\n]*)
      | (?P<url>(?i:url)\(\s*(?!["'\s)])(?:\\.|[^()\\"'])*\))
      | (?P<interpolation>\#\{)
      | (?P<quote>["'])
    """,
    re.VERBOSE | re.DOTALL,
)
_IMPORT = re.compile(r"@(?:import|use|forward)\b", re.IGNORECASE)
_PLAIN_NAMES = re.compile(r"""\s*(?:"[^"\n]*"|'[^'\n]*')(?:\s*,\s*(?:"[^"\n]*"|'[^'\n]*'))*\s*""")
_FUNCTION = re.compile(
    r"(?<![\w$-])(calc|min|max|clamp|oklch|oklab|lch|lab|hwb|color|color-mix|light-dark|rgba?|hsla?)\("
)
_COMPUTED_BY_SASS = frozenset({"rgb", "rgba", "hsl", "hsla"})
_DIVISION = re.compile(r"\$[\w-]+\s*/|/\s*\$[\w-]+")
# How far is looked for the end: where a text has a beginning in each word, all ways to the end would be its square.
_RANGE = re.compile(r"@media\b[^{};]{0,500}?([<>]=?)")
_CUSTOM_PROPERTY = re.compile(r"(?<![\w-])--[\w-]+\s*:[^;{}]{0,500}?(\$[\w-]+)")
_CHANCE = re.compile(r"(?<![\w$-])(random|unique-id)\(")
_JOINED_MINUS = re.compile(r"[\w%)]-(?=\$[\w-])")
_EMPTY_FALLBACK = re.compile(r"(?<![\w-])var\(\s*--[\w-]+\s*,\s*\)")
_PIECE = re.compile(r"[^{};]*[{};]|[^{};]+\Z")
_CONTROL = re.compile(r"@(?:if|else|for|each|while)\b")
_BRACKET = re.compile(r"[(){}\[\]]")
_DECLARATION = re.compile(r"[\w-]+\s*:(?![\w-]*\s*\{)")


@dataclass(frozen=True, slots=True)
class FlatLine:
    """A line of the flat text and where it came from; `column` is the 1-based column of its first character."""

    text: str
    path: PurePosixPath
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class FlatScss:
    """All sources joined in import order; a compiler's line and column lead back through `lines`."""

    lines: tuple[FlatLine, ...]

    @property
    def text(self) -> str:
        """What the compiler gets."""
        return "".join(f"{line.text}\n" for line in self.lines)

    def span(self, line: int, column: int) -> Span | None:
        """The place of a 1-based line and column of the flat text, or None if there is no such line."""
        if not 1 <= line <= len(self.lines):
            return None
        at = self.lines[line - 1]
        return Span(at.path, at.line, at.column + column - 1, 1, at.text)


def flatten(sources: Mapping[str, str], entry: str) -> tuple[FlatScss, tuple[Diagnostic, ...]]:
    """The entry with every import replaced by the source it names, and what is wrong with the imports.

    A name means `name`, `name.scss` or `_name.scss` beside the importing file. Absolute names, `..`, addresses,
    anything computed and imports inside a rule are refused: no file but the given ones is ever read.
    """
    report = Reporter()
    lines = tuple(_flat_lines(_Inlining(sources, report), PurePosixPath(entry), ()))
    return FlatScss(lines), report.diagnostics


def find_unsafe(sources: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Every construct of the sources that LibSass would corrupt or refuse, in the order of the sources."""
    report = Reporter()
    for name, text in sources.items():
        path, masked = PurePosixPath(name), mask(text)
        if deep := _too_deep(masked):
            message = f"brackets are nested more than {MAX_BRACKETS} deep"
            report(SASS_UNSAFE, _span(path, text, deep, 1), message)
            continue
        found = sorted(_unsafe(masked))
        for start, length, message, hint in found[:MAX_FAULTS]:
            report(SASS_UNSAFE, _span(path, text, start, length), message, hint=hint)
        if len(found) > MAX_FAULTS:
            message = f"and {len(found) - MAX_FAULTS} more places that a compiler would corrupt"
            report(SASS_UNSAFE, _span(path, text, found[MAX_FAULTS][0], 1), message)
    return report.diagnostics


def _too_deep(masked: str) -> int | None:
    """Where the first bracket too many stands."""
    depth = 0
    for match in _BRACKET.finditer(masked):
        depth = depth + 1 if match[0] in "({[" else max(0, depth - 1)
        if depth > MAX_BRACKETS:
            return match.start()
    return None


def mask(text: str) -> str:
    """The text with comments blanked and the insides of strings, `url()` and `#{}` filled with `_`; same length."""
    out: list[str] = []
    position = 0
    while match := _TOKEN.search(text, position):
        out.append(text[position : match.start()])
        end = _end_of(match, text)
        whole = text[match.start() : end]
        if match["comment"]:
            out.append(re.sub(r"[^\n]", " ", whole))
        elif match["quote"]:
            out.append(whole[0] + re.sub(r"[^\n]", "_", whole[1:-1]) + whole[-1] * (len(whole) > 1))
        else:
            out.append(re.sub(r"[^\n]", "_", whole))
        position = end
    out.append(text[position:])
    return "".join(out)


@dataclass(slots=True)
class _Inlining:
    sources: Mapping[str, str]
    report: Reporter
    characters: int = 0
    imports: int = 0

    def has_room(self, path: PurePosixPath) -> bool:
        """Whether the text can be joined too; the first that cannot is reported."""
        had_room = self.characters <= MAX_CHARACTERS
        self.characters += len(self.sources[str(path)])
        if self.characters > MAX_CHARACTERS and had_room:
            message = f"the sources join to more than {MAX_CHARACTERS:,} characters"
            self.report(SASS_IMPORT, Span(path, 1, 1), message)
        return self.characters <= MAX_CHARACTERS


def _flat_lines(job: _Inlining, path: PurePosixPath, trail: tuple[PurePosixPath, ...]) -> Iterator[FlatLine]:
    if not job.has_room(path):
        return
    text = job.sources[str(path)]
    masked = mask(text)
    position = 0
    for match in _IMPORT.finditer(masked):
        job.imports += 1
        if job.imports > MAX_IMPORTS:
            if job.imports == MAX_IMPORTS + 1:
                job.report(SASS_IMPORT, _span(path, text, match.start(), 1), f"more than {MAX_IMPORTS:,} imports")
            return
        end = masked.find(";", match.end())
        end = len(text) if end < 0 else end
        yield from _lines_between(text, path, slice(position, match.start()))
        position = min(end + 1, len(text))
        place = _span(path, text, match.start(), end - match.start())
        if match[0] != "@import" or not _PLAIN_NAMES.fullmatch(text, match.end(), end):
            job.report(SASS_IMPORT, place, f"`{match[0]}` may only name quoted sources", hint='@import "name";')
        elif masked.count("{", 0, match.start()) != masked.count("}", 0, match.start()):
            job.report(SASS_IMPORT, place, "an import inside a rule is not supported", hint="move it to the top level")
        else:
            for name in re.findall(r"""["']([^"'\n]*)["']""", text[match.end() : end]):
                yield from _imported(job, name, (*trail, path), place)
    yield from _lines_between(text, path, slice(position, len(text)))


def _imported(job: _Inlining, name: str, trail: tuple[PurePosixPath, ...], place: Span) -> Iterator[FlatLine]:
    target = _resolve(job.sources, trail[-1].parent, name)
    if target is None:
        job.report(SASS_IMPORT, place, f"`{name}` is none of the sources given to the compiler")
    elif target in trail or len(trail) >= MAX_DEPTH:
        circle = " → ".join(str(step) for step in (*trail, target))
        job.report(SASS_IMPORT, place, f"`{name}` imports itself: {circle}")
    else:
        yield from _flat_lines(job, target, trail)


def _resolve(sources: Mapping[str, str], folder: PurePosixPath, name: str) -> PurePosixPath | None:
    """The source that the name means. Nothing is normalised: `..` or an address is simply no source's name."""
    base = folder / name
    if base == folder:
        return None
    candidates = (base, base.with_name(f"{base.name}.scss"), base.with_name(f"_{base.name}.scss"))
    return next((candidate for candidate in candidates if str(candidate) in sources), None)


def _lines_between(text: str, path: PurePosixPath, part: slice) -> Iterator[FlatLine]:
    line, column = _position(text, part.start)
    for number, piece in enumerate(text[part].split("\n")):
        if piece.strip():
            yield FlatLine(piece, path, line + number, column if number == 0 else 1)


def _unsafe(masked: str) -> Iterator[tuple[int, int, str, str | None]]:
    for match in _DIVISION.finditer(masked):
        yield match.start(), len(match[0]), "a `/` next to a variable divides", "#{$variable} / …"
    for match in _RANGE.finditer(masked):
        yield match.start(1), len(match[1]), "LibSass cannot read a media range", "(min-width: …)"
    for match in _CUSTOM_PROPERTY.finditer(masked):
        hint = f"#{{{match[1]}}}"
        yield match.start(1), len(match[1]), f"`{match[1]}` stays as it is in a custom property", hint
    for match in _CHANCE.finditer(masked):
        yield match.start(), len(match[0]), f"`{match[1]}()` gives other CSS each time", None
    for match in _JOINED_MINUS.finditer(masked):
        yield match.start(), 2, "a `-` between a value and a variable is read in two ways", "… - $variable"
    for match in _EMPTY_FALLBACK.finditer(masked):
        yield match.start(), len(match[0]), "LibSass drops the empty fallback of `var()`", "#{'var(--name, )'}"
    yield from _unsafe_calls(masked)
    yield from _late_declarations(masked)


def _unsafe_calls(masked: str) -> Iterator[tuple[int, int, str, str | None]]:
    for match in _FUNCTION.finditer(masked):
        inside = masked[match.end() : _closing(masked, match.end(), "()")]
        if match[1] in _COMPUTED_BY_SASS:
            if inside.strip() and "," not in inside and not re.fullmatch(r"\s*\$[\w-]+\s*", inside):
                yield (
                    match.start(),
                    len(match[0]),
                    f"`{match[1]}()` without commas is not understood",
                    "rgba(r, g, b, a)",
                )
        elif variable := re.search(r"\$[\w-]+", inside):
            at = match.end() + variable.start()
            yield at, len(variable[0]), f"`{variable[0]}` in `{match[1]}()` is left as it is", f"#{{{variable[0]}}}"


def _late_declarations(masked: str) -> Iterator[tuple[int, int, str, str | None]]:
    """Declarations after a nested block of the same rule: LibSass moves them in front of it, Dart Sass does not."""
    after_block = [False]  # for each open block; a control directive's block is part of the rule around it
    is_control = [False]
    for match in _PIECE.finditer(masked):
        body = match[0].lstrip()
        if match[0].endswith("{"):
            is_control.append(_CONTROL.match(body) is not None)
            after_block.append(is_control[-1] and after_block[-1])
        elif match[0].endswith("}") and len(after_block) > 1:
            inner = after_block.pop()
            after_block[-1] = inner if is_control.pop() else True
        elif len(after_block) > 1 and after_block[-1] and _DECLARATION.match(body):
            hint = "write it before the nested rule"
            yield match.end() - len(body), len(body), "a declaration after a nested rule changes its place", hint


def _end_of(match: re.Match[str], text: str) -> int:
    if match["quote"]:
        closing = re.compile(rf"(?:\\.|[^\\{match['quote']}])*{match['quote']}", re.DOTALL).match(text, match.end())
        return closing.end() if closing else len(text)
    if match["interpolation"]:
        return min(_closing(text, match.end(), "{}") + 1, len(text))
    return match.end()


def _closing(text: str, start: int, pair: str) -> int:
    depth = 1
    for index in range(start, len(text)):
        if text[index] == pair[0]:
            depth += 1
        elif text[index] == pair[1]:
            depth -= 1
            if depth == 0:
                return index
    return len(text)


def _span(path: PurePosixPath, text: str, start: int, length: int) -> Span:
    line, column = _position(text, start)
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", start)
    excerpt = text[first : last if last >= 0 else len(text)]
    return Span(path, line, column, max(1, min(length, len(excerpt) - column + 1)), excerpt)


def _position(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1
