"""What a colour that is searched for must keep, on the bytes shown; and how far from it a colour is, to search less.

Distances are in cube roots of luminance, which is about lightness: they say where to look, never what passes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cbrt
from typing import TYPE_CHECKING

from themekit.resolve.luminance import (
    APCA_OFFSET,
    APCA_SCALE,
    luminance,
    luminance_ratio,
    screen_contrast,
    screen_luminance,
)
from themekit.resolve.spaces import decode_srgb, encode_srgb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.resolve.luminance import Rgb8
    from themekit.resolve.oklab import Triple

HALF_BYTE = 0.5 / 255 * 2.3  # of luminance at most: the curve of sRGB is nowhere steeper
BLACK: Rgb8 = (0, 0, 0)
WHITE: Rgb8 = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Guide:
    """Where to look, going darker or lighter.

    `goal` is where a grey begins to pass, `beyond` where it does on the other side of the grounds, and `distance` how
    much further a colour of these linear channels must go; below 0 it has gone too far. `blur` is what rounding the
    grounds to bytes changes of the luminance that passes, where they change with the colour.
    """

    goal: float
    beyond: float
    distance: Callable[[Triple], float]
    blur: float = 0.0


@dataclass(frozen=True, slots=True)
class StandsOut:
    """At least this WCAG ratio, and this APCA |Lc|, on grounds from the darkest to the lightest."""

    darkest: float
    lightest: float
    darkest_screen: float
    lightest_screen: float
    ratio: float
    lc: float = 0.0

    @classmethod
    def on(cls, grounds: Iterable[Rgb8], *, ratio: float, lc: float = 0.0) -> StandsOut:
        """The condition on each of the grounds."""
        return Extent.of(grounds).stands_out(ratio, lc=lc)

    def __call__(self, rgb: Rgb8) -> bool:
        """The colour passes."""
        y = luminance(rgb)
        if (
            luminance_ratio(y, self.darkest) < self.ratio
            or luminance_ratio(y, self.lightest) < self.ratio
            or self.darkest < y < self.lightest
        ):
            return False
        if not self.lc:
            return True
        screen = screen_luminance(rgb)
        return (
            abs(screen_contrast(screen, self.darkest_screen)) >= self.lc
            and abs(screen_contrast(screen, self.lightest_screen)) >= self.lc
        )

    def guide(self, *, darkens: bool) -> Guide:
        """APCA's formula is solved for the text."""
        contrast = (self.lc / 100 + APCA_OFFSET) / APCA_SCALE
        lighter = cbrt((self.lightest + 0.05) * self.ratio - 0.05)
        darker = cbrt((self.darkest + 0.05) / self.ratio - 0.05)
        if darkens:
            goal, beyond, sign = darker, lighter, 1.0
            screen_goal = cbrt(max(self.darkest_screen**0.56 - contrast, 0.0) ** (1 / 0.57))
        else:
            goal, beyond, sign = lighter, darker, -1.0
            screen_goal = cbrt((self.lightest_screen**0.65 + contrast) ** (1 / 0.62))

        def distance(linear: Triple) -> float:
            red, green, blue = linear
            return sign * (cbrt(0.2126 * red + 0.7152 * green + 0.0722 * blue) - goal)

        def distance_on_screen(linear: Triple) -> float:
            red, green, blue = linear
            red, green, blue = encode_srgb(red), encode_srgb(green), encode_srgb(blue)
            screen = 0.2126729 * abs(red) ** 2.4 + 0.7151522 * abs(green) ** 2.4 + 0.0721750 * abs(blue) ** 2.4
            return max(distance(linear), sign * (cbrt(screen) - screen_goal))

        if not self.lc:
            return Guide(goal, beyond, distance)
        return Guide(min(goal, screen_goal) if darkens else max(goal, screen_goal), beyond, distance_on_screen)


@dataclass(frozen=True, slots=True)
class Extent:
    """The darkest and the lightest of some grounds, by WCAG and on a screen."""

    darkest: float
    lightest: float
    darkest_screen: float
    lightest_screen: float

    @classmethod
    def of(cls, grounds: Iterable[Rgb8]) -> Extent:
        """The extent of the grounds, of which there must be one."""
        shown = tuple(grounds)
        luminances = [luminance(ground) for ground in shown]
        screens = [screen_luminance(ground) for ground in shown]
        return cls(min(luminances), max(luminances), min(screens), max(screens))

    def nearest(self, *, darkens: bool) -> Extent:
        """Only the ground that counts for text which is darker, or lighter, than all of them."""
        if darkens:
            return Extent(self.darkest, self.darkest, self.darkest_screen, self.darkest_screen)
        return Extent(self.lightest, self.lightest, self.lightest_screen, self.lightest_screen)

    def reachable(self, lc: float, *, darkens: bool) -> float:
        """This floor of |Lc|, or what of it black, or white, has on the ground that counts."""
        end, ground = (BLACK, self.darkest_screen) if darkens else (WHITE, self.lightest_screen)
        return min(lc, abs(screen_contrast(screen_luminance(end), ground)))

    def stands_out(self, ratio: float, *, lc: float = 0.0) -> StandsOut:
        """The condition to stand out from all of it."""
        return StandsOut(self.darkest, self.lightest, self.darkest_screen, self.lightest_screen, ratio, lc)


@dataclass(frozen=True, slots=True)
class StandsOutOfTint:
    """At least this WCAG ratio on a tint: the page with a share of the colour itself over it."""

    page: Rgb8
    share: float
    ratio: float

    def __call__(self, rgb: Rgb8) -> bool:
        """The colour passes."""
        return luminance_ratio(luminance(rgb), luminance(mixed(rgb, self.page, share=self.share))) >= self.ratio

    def guide(self, *, darkens: bool) -> Guide:
        """By the tint as it is with the colour at hand, between those with black and with white."""
        share, wanted = self.share, self.ratio
        red_under, green_under, blue_under = (byte / 255 * (1 - share) for byte in self.page)

        def tint(red: float, green: float, blue: float) -> float:
            return (
                0.2126 * decode_srgb(red_under + share * red)
                + 0.7152 * decode_srgb(green_under + share * green)
                + 0.0722 * decode_srgb(blue_under + share * blue)
            )

        def goal(ground: float, *, is_darker: bool) -> float:
            return cbrt((ground + 0.05) / wanted - 0.05 if is_darker else (ground + 0.05) * wanted - 0.05)

        def distance(linear: Triple) -> float:
            red, green, blue = linear
            level = cbrt(0.2126 * red + 0.7152 * green + 0.0722 * blue)
            wished = goal(tint(encode_srgb(red), encode_srgb(green), encode_srgb(blue)), is_darker=darkens)
            return level - wished if darkens else wished - level

        with_black, with_white, with_grey = tint(0, 0, 0), tint(1, 1, 1), tint(0.5, 0.5, 0.5)
        beyond = goal(with_black if darkens else with_white, is_darker=not darkens)
        blur = HALF_BYTE * (1 / wanted if darkens else wanted)
        return Guide(goal(with_grey, is_darker=darkens), beyond, distance, blur)


@dataclass(frozen=True, slots=True)
class CarriesText:
    """White or black has at least this WCAG ratio, and this APCA |Lc|, on it."""

    ratio: float
    lc: float = 0.0

    def __call__(self, rgb: Rgb8) -> bool:
        """The colour passes."""
        return self.carries(WHITE, rgb) or self.carries(BLACK, rgb)

    def carries(self, ink: Rgb8, rgb: Rgb8) -> bool:
        """Text of this colour can be read on it."""
        if luminance_ratio(luminance(rgb), luminance(ink)) < self.ratio:
            return False
        return not self.lc or abs(screen_contrast(screen_luminance(ink), screen_luminance(rgb))) >= self.lc


def mixed(top: Rgb8, ground: Rgb8, *, share: float) -> Rgb8:
    """The bytes of `top` at this opacity over `ground`, mixed in sRGB as browsers do."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(top, ground, strict=True))
    return (red, green, blue)
