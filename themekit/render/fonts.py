"""Fonts: text as outlines, subsets for the web, `@font-face` rules. fontTools runs in the limited worker only."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.render.worker import Failed, Value, shared_worker

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIELDS = 7  # values for each text in the answer of `outline_job`
RESTRICTED = 0x0002  # OS/2 fsType: no embedding without the owner's leave


@dataclass(frozen=True, slots=True)
class Typeface:
    """A font to set text in: the file's bytes, and the weight, 100 to 900, which a font of one weight ignores."""

    content: bytes
    weight: float


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of text as a path: pixels, y downwards, the baseline at y = 0 and the origin at x = 0.

    `left` to `bottom` bound the ink; `missing` are characters that the font lacks and that are therefore not drawn.
    """

    path: str
    advance: float
    left: float
    top: float
    right: float
    bottom: float
    missing: str


@dataclass(frozen=True, slots=True)
class Outlines:
    """Lines set in one typeface, with the heights of its `H` and `x` in pixels."""

    cap_height: float
    x_height: float
    lines: tuple[Outline, ...]


@dataclass(frozen=True, slots=True)
class FontFacts:
    """What a font file says of itself. `embedding` is OS/2 fsType."""

    lowest_weight: float
    highest_weight: float
    embedding: int
    characters: int

    @property
    def is_restricted(self) -> bool:
        """Its owner forbids embedding."""
        return bool(self.embedding & RESTRICTED)


def outline(texts: Iterable[str], typeface: Typeface, *, size_px: float, tracking_em: float = 0) -> Outlines | Failed:
    """Each text as one line of outlines; `tracking_em` is added between letters."""
    setting = json.dumps([typeface.weight, size_px, tracking_em])
    answer = shared_worker().call("outline", typeface.content, setting, *texts)
    if isinstance(answer, Failed):
        return answer
    cap_height, x_height, *fields = answer
    lines = [_outline(fields[start : start + _FIELDS]) for start in range(0, len(fields), _FIELDS)]
    return Outlines(_number(cap_height), _number(x_height), tuple(lines))


def subset_woff2(content: bytes, *, unicodes: Iterable[int], keep_axes: Iterable[str] = ("wght",)) -> bytes | Failed:
    """The font as WOFF2 with those of the characters and axes that it has; other axes stand at their defaults.

    The same input gives the same bytes. Takes half a second of processor time or more, for WOFF2: keep the result.
    """
    codes = ",".join(f"{code:x}" for code in sorted(set(unicodes)))
    answer = shared_worker().call("subset", content, codes, *sorted(keep_axes))
    if isinstance(answer, Failed):
        return answer
    return answer[0] if isinstance(answer[0], bytes) else Failed("the worker returned no font")


def describe_font(content: bytes) -> FontFacts | Failed:
    """Weights, permissions and size of a font file."""
    answer = shared_worker().call("describe", content)
    if isinstance(answer, Failed):
        return answer
    low, high, embedding, characters = (_number(value) for value in answer)
    return FontFacts(low, high, int(embedding), int(characters))


def font_face_css(family: str, *, url: str, weight: str, style: str, unicodes: Iterable[int]) -> str:
    """One `@font-face` rule. `weight` is a number or two; text shows at once in a fallback until the font is there."""
    return (
        "@font-face {\n"
        f"  font-family: {css_string(family)};\n"
        f"  font-style: {style};\n"
        f"  font-weight: {weight};\n"
        "  font-display: swap;\n"
        f"  src: url({css_string(url)}) format('woff2');\n"
        f"  unicode-range: {unicode_range(unicodes)};\n"
        "}\n"
    )


def css_string(text: str) -> str:
    """A quoted CSS string; what could end it, or the style element around it, is escaped. Source: CSSOM."""
    return "'" + re.sub(r"""['\\\"<>{};\x00-\x1f\x7f]""", lambda sign: f"\\{ord(sign[0]):x} ", text) + "'"


def unicode_range(unicodes: Iterable[int]) -> str:
    """`U+20-7E, U+A0` for code points in any order."""
    spans: list[tuple[int, int]] = []
    for code in sorted(set(unicodes)):
        if spans and spans[-1][1] == code - 1:
            spans[-1] = (spans[-1][0], code)
        else:
            spans.append((code, code))
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in spans)


def _outline(fields: list[Value]) -> Outline:
    path, *numbers, missing = fields
    advance, left, top, right, bottom = (_number(value) for value in numbers)
    return Outline(str(path), advance, left, top, right, bottom, str(missing))


def _number(value: Value) -> float:
    if not isinstance(value, int | float):
        raise TypeError(f"the worker answered {type(value).__name__} where a number was due")
    return float(value)
