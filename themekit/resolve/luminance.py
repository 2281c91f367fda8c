"""Contrast of 8-bit sRGB colours: the WCAG ratio, which decides, and APCA's Lc, which informs."""

from __future__ import annotations

from themekit.resolve.spaces import decode_srgb

Rgb8 = tuple[int, int, int]

LINEAR_OF_BYTE = tuple(decode_srgb(byte / 255) for byte in range(256))
APCA_OF_BYTE: tuple[float, ...] = tuple((byte / 255) ** 2.4 for byte in range(256))
APCA_BLACK_THRESHOLD, APCA_BLACK_CLAMP = 0.022, 1.414
APCA_LOW_CLIP, APCA_OFFSET, APCA_SCALE = 0.1, 0.027, 1.14
APCA_MIN_DELTA = 0.0005


def luminance(rgb: Rgb8) -> float:
    """Relative luminance, 0.0 to 1.0. Source: WCAG 2.2."""
    red, green, blue = rgb
    return 0.2126 * LINEAR_OF_BYTE[red] + 0.7152 * LINEAR_OF_BYTE[green] + 0.0722 * LINEAR_OF_BYTE[blue]


def ratio(one: Rgb8, other: Rgb8) -> float:
    """Contrast ratio, 1.0 to 21.0, in either order. Source: WCAG 2.2."""
    return luminance_ratio(luminance(one), luminance(other))


def luminance_ratio(one: float, other: float) -> float:
    """Contrast ratio of two relative luminances, in either order."""
    return (one + 0.05) / (other + 0.05) if one > other else (other + 0.05) / (one + 0.05)


def screen_luminance(rgb: Rgb8) -> float:
    """APCA's estimate of the luminance a screen shows, with its soft clamp near black."""
    red, green, blue = rgb
    y = 0.2126729 * APCA_OF_BYTE[red] + 0.7151522 * APCA_OF_BYTE[green] + 0.0721750 * APCA_OF_BYTE[blue]
    if y <= APCA_BLACK_THRESHOLD:
        y += float((APCA_BLACK_THRESHOLD - y) ** APCA_BLACK_CLAMP)
    return y


def lightness_contrast(text: Rgb8, ground: Rgb8) -> float:
    """Lc of text on a ground, about -108 (white on black) to 106 (black on white). Informational only.

    Source: the published formula of APCA, version 0.0.98G-4g. No claim of conformance is made with it.
    """
    return screen_contrast(screen_luminance(text), screen_luminance(ground))


def screen_contrast(text: float, ground: float) -> float:
    """Lc of two screen luminances; negative if the text is the lighter one."""
    if abs(ground - text) < APCA_MIN_DELTA:
        return 0.0
    if ground > text:
        contrast = (ground**0.56 - text**0.57) * APCA_SCALE
        return 0.0 if contrast < APCA_LOW_CLIP else (contrast - APCA_OFFSET) * 100
    contrast = (ground**0.65 - text**0.62) * APCA_SCALE
    return 0.0 if contrast > -APCA_LOW_CLIP else (contrast + APCA_OFFSET) * 100
