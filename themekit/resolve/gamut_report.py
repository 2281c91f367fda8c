"""Colours of tokens that no usual screen can show: outputs map them, and the author should know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.model import Alias, BorderValue, Color, Dimension, GradientStop, ShadowLayer
from themekit.resolve import colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.diagnostics import Diagnostic
    from themekit.model import Token

OUTSIDE_GAMUT = Code(
    "outside-gamut", Severity.WARNING, summary="A colour is outside Display P3, so that no usual screen shows it."
)
INSIDE = frozenset({"srgb", "hsl", "hwb", "srgb-linear", "display-p3"})
"""Spaces whose colours are all in Display P3."""
_WITHOUT_COLORS = (Alias, Dimension, float)  # most tokens that are no colours
SLACK = 0.0005  # of a channel: rounding in a design tool is no mistake


def outside_gamut(tokens: Iterable[Token]) -> tuple[Diagnostic, ...]:
    """A warning for each such colour that is written in a token, members of composites included."""
    from themekit.diagnostics import Reporter  # noqa: PLC0415  # 5 ms with the next, for hardly a file of tokens
    from themekit.model import Origin  # noqa: PLC0415

    report = Reporter()
    for token in tokens:
        if type(token.value) in _WITHOUT_COLORS and not token.modes:
            continue
        written = [("/$value", token.value)]
        written += [(f"/$extensions/themekit/modes/{each.mode}", each.value) for each in token.modes]
        for place, value in written:
            for pointer, color in _colors(value):
                if token.origin is None or color.space in INSIDE or is_inside(color):
                    continue
                at = Origin(token.origin.path, f"{token.origin.pointer}{place}{pointer}")
                message = f"`{token.id}` is outside Display P3; screens show a colour near it"
                report(OUTSIDE_GAMUT, at, message, hint="lower its chroma")
    return report.diagnostics


def is_inside(color: Color) -> bool:
    """Display P3 shows the colour, up to what rounding does."""
    return colour.in_srgb(color) or all(-SLACK <= channel <= 1 + SLACK for channel in colour.to_display_p3(color))


def _colors(value: object) -> Iterator[tuple[str, Color]]:
    if isinstance(value, Color):
        yield "", value
    elif isinstance(value, BorderValue | ShadowLayer | GradientStop):
        if isinstance(value.color, Color):
            yield "/color", value.color
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            for pointer, color in _colors(part):
                yield (f"/{index}{pointer}" if len(value) > 1 else pointer), color
