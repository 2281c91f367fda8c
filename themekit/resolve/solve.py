"""The nearest lightness at which a colour passes: bisection on the bytes that are shown.

Hundreds of such searches make a brand. One along a `Line` first guesses where it will end, and then takes the steps of
the bisection as ever, but looks only at those near the guess. The end is looked at from both sides: where it is not
what was guessed, every step is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from themekit.resolve.conditions import Guide, StandsOut
from themekit.resolve.gamut import fits, map_to_srgb
from themekit.resolve.line import Line, Trace
from themekit.resolve.oklab import Triple, oklch_to_linear
from themekit.resolve.spaces import clipped_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.resolve.luminance import Rgb8

BISECTIONS = 9  # of a lightness range of about 0.5: to 0.001, a quarter of an 8-bit step
REMEMBERED = 4096  # searches: a brand has some 250
# What rounding to bytes changes of a luminance at most: half a byte of each channel, also on the straight part of the
# curve near black; and a third more, as luminance can rise a little less than with the cube of lightness.
BLUR, BLUR_AT_BLACK = 0.007, 0.0002
NEAR = 0.12  # in lightness: more than the cube root of a luminance is apart from it
EVERYWHERE = (-1.0, 2.0)
NEARLY_BLACK = 0.2  # in lightness: where a byte more is seen in a ratio
CURVATURE = 0.3  # of the last correction of a guess: how much of it may be wrong


class Condition(Protocol):
    """What a search looks for. Equal conditions are the same one: it is part of the key of what is remembered."""

    def __call__(self, rgb: Rgb8, /) -> bool:
        """The colour passes."""
        ...

    def __hash__(self) -> int:
        """The same for equal conditions."""
        ...

    def guide(self, *, darkens: bool) -> Guide:
        """Where to look for it."""
        ...


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked for: from which lightness, which way, what to reach, and on which tokens (without `color.`)."""

    line: Line
    passes: Condition
    start: float
    end: float
    grounds: tuple[str, ...]

    def found(self) -> Triple:
        """The shade."""
        return nearest(self.line, self.passes, start=self.start, end=self.end)


def bytes_of(shade: Triple) -> Rgb8:
    """The sRGB bytes of an OKLCH triple, the same as `colour.to_srgb8` gives for its `Color`."""
    linear = oklch_to_linear(shade)
    return clipped_bytes(linear if fits(linear) else map_to_srgb(shade))


def move(shade_at: Callable[[float], Triple], passes: Callable[[Rgb8], bool], *, start: float, end: float) -> Triple:
    """The shade nearest to lightness `start`, on the way to `end`, whose bytes pass; `start` itself if they do.

    The shade returned was itself tried. Raises ArithmeticError if even `end` fails: the caller asked the impossible.
    """

    def probe(lightness: float) -> tuple[Triple, bool]:
        shade = shade_at(lightness)
        return shade, passes(bytes_of(shade))

    return _bisect(probe, start, end=end)


@lru_cache(maxsize=REMEMBERED)
def nearest(line: Line, passes: Condition, *, start: float, end: float) -> Triple:
    """What `move` finds along a line."""
    trace = Trace.of(line)

    def probe(lightness: float) -> tuple[Triple, bool]:
        shade, rgb = trace.probe(lightness)
        return shade, passes(rgb)

    low, high = _window(trace, passes, start=start, end=end)
    found = _bisect_near(probe, start, end=end, low=low, high=high)
    return _bisect(probe, start, end=end) if found is None else found


def stands_out(grounds: Iterable[Rgb8], *, ratio: float, lc: float = 0.0) -> StandsOut:
    """A condition: at least this WCAG ratio, and this APCA |Lc|, on each of the grounds."""
    return StandsOut.on(grounds, ratio=ratio, lc=lc)


def _bisect(probe: Callable[[float], tuple[Triple, bool]], start: float, *, end: float) -> Triple:
    shade, is_passing = probe(start)
    if is_passing:
        return shade
    found: Triple | None = None
    failing, passing = start, end
    for _ in range(BISECTIONS):
        middle = (failing + passing) / 2
        shade, is_passing = probe(middle)
        if is_passing:
            passing, found = middle, shade
        else:
            failing = middle
    if found is None:  # all depends on the end itself, which was taken on trust so far
        found, is_passing = probe(end)
        if not is_passing:
            raise ArithmeticError(f"no lightness between {start} and {end} meets the contract")
    return found


def _window(trace: Trace, passes: Condition, *, start: float, end: float) -> tuple[float, float]:
    """The lightnesses between which the colour begins to pass, by two steps of the secant method."""
    darkens = end < start
    sign = -1.0 if darkens else 1.0
    guide = passes.guide(darkens=darkens)
    if (guide.beyond - start) * sign > -NEAR:
        return EVERYWHERE  # the start may be beyond the grounds, and there is more than one beginning
    one = min(max(guide.goal, 0.0), 1.0)
    first = guide.distance(trace.linear(one))
    other = min(max(one + sign * first, 0.0), 1.0)
    second = guide.distance(trace.linear(other))
    moved, change = sign * (other - one), first - second
    correction = second * moved / change if abs(change) > 0.1 * abs(moved) else second
    guess = other + sign * correction
    if guide.blur and guess < NEARLY_BLACK:
        return EVERYWHERE  # some of the few bytes there pass and some between them do not
    level = max(guess, 0.01)
    reach = (BLUR * level**1.75 + BLUR_AT_BLACK + guide.blur) / (3 * level * level) + CURVATURE * abs(correction)
    return guess - reach, guess + reach


def _bisect_near(
    probe: Callable[[float], tuple[Triple, bool]], start: float, *, end: float, low: float, high: float
) -> Triple | None:
    """The same steps as `_bisect`, taken on trust outside of `low` to `high`; None if the trust was misplaced."""
    darkens = end < start
    seen: dict[float, tuple[Triple, bool]] = {}

    def is_passing_at(lightness: float) -> bool:
        if lightness < low:
            return darkens
        if lightness > high:
            return not darkens
        seen[lightness] = probe(lightness)
        return seen[lightness][1]

    failing, passing = start, start
    if not is_passing_at(start):
        passing = end
        for _ in range(BISECTIONS):
            middle = (failing + passing) / 2
            if is_passing_at(middle):
                passing = middle
            else:
                failing = middle
        if (seen.get(failing) or probe(failing))[1]:
            return None
    shade, is_passing = seen.get(passing) or probe(passing)
    return shade if is_passing else None
