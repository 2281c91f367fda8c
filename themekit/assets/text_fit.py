"""Text broken into lines and set as large as its box allows. Widths grow with the size, so one measure does."""

from __future__ import annotations

from dataclasses import dataclass

STEP_PX = 2.0
ELLIPSIS_EM = 1.0  # no font's is wider


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of words, and the size at which the widest fills no more than the box."""

    lines: tuple[str, ...]
    size_px: float


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be set: words, the width of each at 1 px, and that of a space."""

    texts: tuple[str, ...]
    widths: tuple[float, ...]
    space: float

    @property
    def total(self) -> float:
        """The width of all on one line."""
        return _width(self, 0, last=len(self.texts))


@dataclass(frozen=True, slots=True)
class Measure:
    """Where it is to be set, in px. `leading` is the distance of lines as a multiple of the size."""

    width: float
    height: float
    leading: float
    smallest: float
    largest: float


def fit_text(words: Words, measure: Measure) -> Fitted:
    """The largest setting that fits, its lines of nearly one width; what is too long at the smallest ends in `…`."""
    size = measure.largest
    while size > measure.smallest:
        lines = _wrap(words, measure.width / size)
        if lines is not None and len(lines) * measure.leading * size <= measure.height:
            texts = tuple(" ".join(words.texts[first:last]) for first, last in _balanced(words, lines))
            return Fitted(texts, size)
        size -= STEP_PX
    return _cut(words, measure)


def in_two(words: Words) -> tuple[str, str]:
    """Two lines whose longer one is as short as can be. There must be two words."""
    count = len(words.texts)
    at = min(
        range(1, count),
        key=lambda index: max(_width(words, 0, last=index), _width(words, index, last=count)),
    )
    return " ".join(words.texts[:at]), " ".join(words.texts[at:])


def _balanced(words: Words, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many lines, but of nearly one width: the narrowest measure that needs no more of them."""
    low, high = max(words.widths), max(_width(words, first, last=last) for first, last in lines)
    best = lines
    for _ in range(12):
        middle = (low + high) / 2
        tried = _wrap(words, middle)
        if tried is not None and len(tried) <= len(lines):
            best, high = tried, middle
        else:
            low = middle
    return best


def _wrap(words: Words, width: float) -> list[tuple[int, int]] | None:
    """Ranges of words, each line as full as it goes; None if a word is wider than the line."""
    if max(words.widths) > width:
        return None
    lines: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(words.texts)):
        if _width(words, start, last=index + 1) > width:
            lines.append((start, index))
            start = index
    return [*lines, (start, len(words.texts))]


def _width(words: Words, first: int, *, last: int) -> float:
    return sum(words.widths[first:last]) + words.space * (last - first - 1)


def _cut(words: Words, measure: Measure) -> Fitted:
    """As many lines as there is room for at the smallest size; a word that is too wide is cut as well."""
    width = measure.width / measure.smallest
    pairs = [_shortened(text, own, width) for text, own in zip(words.texts, words.widths, strict=True)]
    short = Words(tuple(text for text, _ in pairs), tuple(own for _, own in pairs), words.space)
    lines = _wrap(short, width) or []
    count = max(1, int(measure.height / (measure.leading * measure.smallest)))
    texts = [" ".join(short.texts[first:last]) for first, last in lines]
    if len(texts) > count:
        first, last = lines[count - 1]
        while last - first > 1 and _width(short, first, last=last) + ELLIPSIS_EM > width:
            last -= 1
        texts = [*texts[: count - 1], " ".join(short.texts[first:last]).rstrip(" ,;:.…–-") + "…"]
    return Fitted(tuple(texts), measure.smallest)


def _shortened(text: str, own: float, width: float) -> tuple[str, float]:
    if own <= width:
        return text, own
    kept = max(1, int(len(text) * (width - ELLIPSIS_EM) / own))
    return f"{text[:kept]}…", width
