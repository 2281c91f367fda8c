"""The one search everything solved goes through: move a lightness until a condition holds on the bytes shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.resolve.gamut import fits, map_to_srgb
from themekit.resolve.luminance import Rgb8, luminance, luminance_ratio, screen_contrast, screen_luminance
from themekit.resolve.oklab import Triple, oklch_to_linear
from themekit.resolve.spaces import byte_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BISECTIONS = 9  # of a lightness range of about 0.5: to 0.001, a quarter of an 8-bit step


def bytes_of(shade: Triple) -> Rgb8:
    """The sRGB bytes of an OKLCH triple, the same as `colour.to_srgb8` gives for its `Color`."""
    linear = oklch_to_linear(shade)
    red, green, blue = linear if fits(linear) else map_to_srgb(shade)
    return (byte_of(red), byte_of(green), byte_of(blue))


def move(shade_at: Callable[[float], Triple], passes: Callable[[Rgb8], bool], *, start: float, end: float) -> Triple:
    """The shade nearest to lightness `start`, on the way to `end`, whose bytes pass; `start` itself if they do.

    The shade returned was itself tried. Raises ArithmeticError if even `end` fails: the caller asked the impossible.
    """
    first = shade_at(start)
    if passes(bytes_of(first)):
        return first
    found: Triple | None = None
    failing, passing = start, end
    for _ in range(BISECTIONS):
        middle = (failing + passing) / 2
        shade = shade_at(middle)
        if passes(bytes_of(shade)):
            passing, found = middle, shade
        else:
            failing = middle
    if found is None:  # all depends on the end itself, which was taken on trust so far
        found = shade_at(end)
        if not passes(bytes_of(found)):
            raise ArithmeticError(f"no lightness between {start} and {end} meets the contract")
    return found


def stands_out(grounds: Iterable[Rgb8], *, ratio: float, lc: float = 0.0) -> Callable[[Rgb8], bool]:
    """A condition: at least this WCAG ratio, and this APCA |Lc|, on each of the grounds."""
    luminances = [luminance(ground) for ground in grounds]
    darkest, lightest = min(luminances), max(luminances)
    screens = [screen_luminance(ground) for ground in grounds]
    darkest_screen, lightest_screen = min(screens), max(screens)

    def passes(rgb: Rgb8) -> bool:
        y = luminance(rgb)
        if luminance_ratio(y, darkest) < ratio or luminance_ratio(y, lightest) < ratio or darkest < y < lightest:
            return False
        if not lc:
            return True
        screen = screen_luminance(rgb)
        return (
            abs(screen_contrast(screen, darkest_screen)) >= lc and abs(screen_contrast(screen, lightest_screen)) >= lc
        )

    return passes
