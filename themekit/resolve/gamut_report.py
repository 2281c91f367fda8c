"""Colours of tokens that no usual screen can show: outputs map them, and the author should know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.model import Alias, BorderValue, Color, Dimension, GradientStop, ShadowLayer
from themekit.resolve import colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model import Token, TokenId
    from themekit.model.token import TokenValue

    Written = tuple[TokenId, PurePosixPath, str, TokenValue]

OUTSIDE_GAMUT = Code(
    "outside-gamut", Severity.WARNING, summary="A colour is outside Display P3, so that no usual screen shows it."
)
INSIDE = frozenset({"srgb", "hsl", "hwb", "srgb-linear", "display-p3"})
"""Spaces whose colours are all in Display P3."""
_WITHOUT_COLORS = (Alias, Dimension, float)  # most tokens that are no colours
SLACK = 0.0005  # of a channel: rounding in a design tool is no mistake


def outside_gamut(tokens: Iterable[Token]) -> tuple[Diagnostic, ...]:
    """A warning for each such colour that is written in a token, members of composites included."""
    return outside_gamut_in(_written(tokens))


def outside_gamut_in(written: Iterable[Written]) -> tuple[Diagnostic, ...]:
    """The same of values, each with its token's id, and its place as a file and a pointer."""
    from themekit.diagnostics import Reporter  # noqa: PLC0415  # 5 ms with the next, for hardly a file of tokens
    from themekit.model import Origin  # noqa: PLC0415

    report = Reporter()
    for token_id, path, pointer, value in written:
        for part, color in _colors(value):
            if color.space in INSIDE or is_inside(color):
                continue
            message = f"`{token_id}` is outside Display P3; screens show a colour near it"
            report(OUTSIDE_GAMUT, Origin(path, f"{pointer}{part}"), message, hint="lower its chroma")
    return report.diagnostics


def _written(tokens: Iterable[Token]) -> Iterator[Written]:
    for token in tokens:
        if type(token.value) in _WITHOUT_COLORS and not token.modes:
            continue
        for slot, value in ((None, token.value), *((each.mode, each.value) for each in token.modes)):
            place = token.place(slot)
            if place is not None:
                yield token.id, place.path, place.pointer, value


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
