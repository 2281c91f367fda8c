"""How a JSON text is laid out: what is needed to write a new value as the ones around it are written."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from themekit.source.json_found import Scan
    from themekit.source.json_value import JsonValue

MAX_LINE = 100  # a small object longer than this goes on lines of its own even where its neighbours do not
MAX_SMALL = 1000  # characters of an object or array that is looked at as a sample
SAMPLE, SAMPLE_CHARACTERS = 2000, 50_000  # whoever wrote these wrote the rest
_INDENTED = re.compile(r"\n([ \t]+)\"")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_TIGHT = re.compile(r",(?![ \t\r\n])")


@dataclass(frozen=True, slots=True)
class Style:
    """Line break, step of indentation, and what stands around colons, commas and brackets on one line.

    `breaks` says whether values go on several lines at all; `inline` has the brackets of small ones that stay on one.
    """

    text: str
    line_break: str
    indent: str
    colon: str
    comma: str
    padding: dict[str, str]
    breaks: bool
    inline: frozenset[str]

    @classmethod
    def of(cls, text: str, scan: Scan) -> Self:
        """The style of a text that was read."""
        first = text.find("\n")
        start, end = scan.extents[""].value
        indented = _INDENTED.search(text)
        sample = list(islice(scan.extents.items(), SAMPLE))
        colons = Counter(text[one.key[1] : one.value[0]] for _, one in sample if one.key is not None)
        padded, lines, broken = Counter[str](), Counter[str](), Counter[str]()
        for pointer, extent in sample:
            written = text[extent.value[0] : min(extent.value[1], extent.value[0] + MAX_SMALL)]
            if written[0] not in "{[" or len(written) in {2, MAX_SMALL} or set(written[1:]) & set("{["):
                continue  # what is large or holds others says nothing about how a small one is written
            if "\n" not in written:
                lines[written[0]] += 1
                padded[written[0]] += written[1] == " "
            elif pointer:
                broken[written[0]] += 1
        small = {bracket for bracket in "{[" if lines[bracket] >= max(broken[bracket], 1)}
        bare = _STRING.sub('""', text[:SAMPLE_CHARACTERS])
        return cls(
            text=text,
            line_break="\r\n" if first > 0 and text[first - 1] == "\r" else "\n",
            indent=indented.group(1) if indented else "  ",
            colon=colons.most_common(1)[0][0] if colons else ": ",
            comma="," if len(_TIGHT.findall(bare)) > bare.count(", ") or set(colons) == {":"} else ", ",
            padding={bracket: " " if padded[bracket] * 2 > lines[bracket] else "" for bracket in "{["},
            breaks="\n" in text[start:end] or len(scan.extents) == 1,
            inline=frozenset(small | {one for one in "{[" if small and not lines[one] and not broken[one]}),
        )

    def indentation_at(self, place: int) -> str:
        """The blanks that the line of a character begins with."""
        line = self.text[self.text.rfind("\n", 0, place) + 1 : place]
        return line[: len(line) - len(line.lstrip(" \t"))]

    def separator(self, head: str, gaps: tuple[str, ...]) -> str:
        """What comes before a new member: what most often stands before the others, else what is before the first."""
        if gaps:
            counts = Counter(gaps)
            return min(counts, key=lambda gap: (-counts[gap], len(gap)))
        return f",{self.line_break}{head.rpartition(chr(10))[2]}" if "\n" in head else self.comma

    def member(self, key: str, value: JsonValue, indentation: str, *, breaks: bool = True) -> str:
        """A key and its value, on a line that begins with `indentation`."""
        start = json.dumps(key, ensure_ascii=False) + self.colon
        return start + self.written(value, indentation, used=len(indentation) + len(start), breaks=breaks)

    def written(self, value: JsonValue, indentation: str, *, used: int = 0, breaks: bool = True) -> str:
        """A value whose first line begins with `indentation` and has `used` characters before it.

        With `breaks` False it stays on that line.
        """
        if not isinstance(value, dict | list) or not value:
            return json.dumps(value, ensure_ascii=False)
        if not (self.breaks and breaks):
            return self._on_one_line(value)
        opener, closer = "{}" if isinstance(value, dict) else "[]"
        if opener in self.inline and _is_small(value):
            line = self._on_one_line(value)
            if used + len(line) <= MAX_LINE:
                return line
        deeper = indentation + self.indent
        if isinstance(value, dict):
            parts = [self.member(key, member, deeper) for key, member in value.items()]
        else:
            parts = [self.written(item, deeper, used=len(deeper)) for item in value]
        lines = f",{self.line_break}{deeper}".join(parts)
        return f"{opener}{self.line_break}{deeper}{lines}{self.line_break}{indentation}{closer}"

    def _on_one_line(self, value: JsonValue) -> str:
        if isinstance(value, dict) and value:
            pairs = (f"{json.dumps(k, ensure_ascii=False)}{self.colon}{self._on_one_line(v)}" for k, v in value.items())
            return f"{{{self.padding['{']}{self.comma.join(pairs)}{self.padding['{']}}}"
        if isinstance(value, list) and value:
            return f"[{self.padding['[']}{self.comma.join(map(self._on_one_line, value))}{self.padding['[']}]"
        return json.dumps(value, ensure_ascii=False)


def _is_small(value: JsonValue) -> bool:
    """No object or array that holds another one with members in it."""
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not any(isinstance(member, dict | list) and member for member in members)


def is_same(one: JsonValue, other: JsonValue) -> bool:
    """Equal as JSON, members in one order. `1` is `1.0`, but it is not `true`, as it is in Python."""
    if one is other:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(is_same(member, other[key]) for key, member in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(is_same, one, other))
    return isinstance(one, bool) == isinstance(other, bool) and one == other
