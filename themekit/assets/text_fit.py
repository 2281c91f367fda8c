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
            texts = tuple(
                " ".join(words.texts[first:last]) for first, last in _balanced(words, len(lines), measure.width / size)
            )
            return Fitted(texts, size)
        size -= STEP_PX
    return _cut(words, measure)


def in_two(words: Words) -> tuple[str, str]:
    """Two lines as much alike as can be. There must be two words."""
    (_, at), _ = _balanced(words, 2, words.total)
    return " ".join(words.texts[:at]), " ".join(words.texts[at:])


def _balanced(words: Words, count: int, width: float) -> list[tuple[int, int]]:
    """The breaks into `count` lines that leave the lines most alike: the least sum of squared widths.

    `best[end]` is, for the lines set so far, the cheapest way to set the words before `end`: its cost and its breaks.
    """
    size = len(words.texts)
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {0: (0.0, [])}
    for _ in range(count):
        following: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for first, (cost, lines) in best.items():
            for last in range(first + 1, size + 1):
                own = _width(words, first, last=last)
                if own > width:
                    break
                if last not in following or cost + own**2 < following[last][0]:
                    following[last] = (cost + own**2, [*lines, (first, last)])
        best = following
    return best[size][1]


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
        texts = [*texts[: count - 1], _ended(short, lines[count - 1], width)]
    return Fitted(tuple(texts), measure.smallest)


def _ended(words: Words, line: tuple[int, int], width: float) -> str:
    """The line with an ellipsis, less the words that leave no room for it."""
    first, last = line
    while last - first > 1 and _width(words, first, last=last) + ELLIPSIS_EM > width:
        last -= 1
    text = " ".join(words.texts[first:last]).rstrip(" ,;:.…–-")
    return _shortened(text, _width(words, first, last=last) + ELLIPSIS_EM, width)[0].removesuffix("…") + "…"


def _shortened(text: str, own: float, width: float) -> tuple[str, float]:
    """The text, or as much of it as fits with an ellipsis, and how wide it is."""
    if own <= width:
        return text, own
    kept = max(1, int(len(text) * (width - ELLIPSIS_EM) / own))
    return f"{text[:kept]}…", width
