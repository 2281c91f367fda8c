"""OKLab and OKLCH to and from linear-light sRGB, on plain floats.

The matrices are those of CSS Color 4, §17 "Sample code for color conversions", with the step over XYZ multiplied out.
Linear channels are unbounded: outside 0..1 the colour is outside the sRGB gamut.
"""

from __future__ import annotations

from math import atan2, cbrt, cos, degrees, hypot, radians, sin

Triple = tuple[float, float, float]
Cubic = tuple[float, float, float, float]
GREY_CHROMA = 4e-6  # below this CSS Color 4 calls the hue powerless; 8-bit greys convert to about 1e-8


def oklab_to_linear(oklab: Triple) -> Triple:
    """Linear-light sRGB of an OKLab colour; lightness is 0..1."""
    lightness, a, b = oklab
    long = lightness + 0.396337777376175 * a + 0.2158037573099136 * b
    medium = lightness - 0.10556134581565856 * a - 0.06385417282581334 * b
    short = lightness - 0.08948417752981182 * a - 1.2914855480194094 * b
    long, medium, short = long * long * long, medium * medium * medium, short * short * short
    return (
        4.076741636075958 * long - 3.3077115392580625 * medium + 0.23096990318210447 * short,
        -1.268437973285032 * long + 2.609757349287689 * medium - 0.3413193760026573 * short,
        -0.00419607613867548 * long - 0.7034186179359363 * medium + 1.7076146940746117 * short,
    )


def cubics(a: float, b: float) -> tuple[Cubic, Cubic, Cubic]:
    """Red, green and blue of the colours (1, t·a, t·b) in OKLab as polynomials in t, the constant term first.

    The colour of lightness L and chroma C in the direction (a, b) has L³ times their values at t = C / L.
    """
    long = 0.396337777376175 * a + 0.2158037573099136 * b
    medium = -0.10556134581565856 * a - 0.06385417282581334 * b
    short = -0.08948417752981182 * a - 1.2914855480194094 * b

    def cubic(*shares: float) -> Cubic:
        of_long, of_medium, of_short = shares
        return (
            of_long + of_medium + of_short,
            3 * (of_long * long + of_medium * medium + of_short * short),
            3 * (of_long * long**2 + of_medium * medium**2 + of_short * short**2),
            of_long * long**3 + of_medium * medium**3 + of_short * short**3,
        )

    return (
        cubic(4.076741636075958, -3.3077115392580625, 0.23096990318210447),
        cubic(-1.268437973285032, 2.609757349287689, -0.3413193760026573),
        cubic(-0.00419607613867548, -0.7034186179359363, 1.7076146940746117),
    )


def linear_to_oklab(linear: Triple) -> Triple:
    """OKLab of linear-light sRGB; negative channels are allowed."""
    red, green, blue = linear
    long = cbrt(0.412221469470763 * red + 0.5363325372617348 * green + 0.0514459932675022 * blue)
    medium = cbrt(0.21190349581782522 * red + 0.6806995506452344 * green + 0.10739695353694055 * blue)
    short = cbrt(0.08830245919005643 * red + 0.2817188391361215 * green + 0.6299787016738221 * blue)
    return (
        0.210454268309314 * long + 0.7936177747023054 * medium - 0.0040720430116193 * short,
        1.9779985324311684 * long - 2.42859224204858 * medium + 0.450593709617411 * short,
        0.0259040424655478 * long + 0.7827717124575296 * medium - 0.8086757549230774 * short,
    )


def oklch_to_linear(oklch: Triple) -> Triple:
    """Linear-light sRGB of an OKLCH colour."""
    lightness, chroma, hue_deg = oklch
    hue = radians(hue_deg)
    return oklab_to_linear((lightness, chroma * cos(hue), chroma * sin(hue)))


def linear_to_oklch(linear: Triple) -> Triple:
    """OKLCH of linear-light sRGB; a grey has chroma 0 and hue 0."""
    lightness, a, b = linear_to_oklab(linear)
    chroma = hypot(a, b)
    if chroma < GREY_CHROMA:
        return (lightness, 0.0, 0.0)
    return (lightness, chroma, degrees(atan2(b, a)) % 360.0)


def rounded(oklch: Triple) -> Triple:
    """OKLCH as tokens carry it: to a tenth of what a byte can show, so the same on every machine and short in CSS."""
    lightness, chroma, hue_deg = oklch
    return (round(lightness, 5), round(chroma, 5), round(hue_deg, 3) % 360)
