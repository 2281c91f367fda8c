"""The component library as CSS: the same bytes for every brand, as it only reads custom properties."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import Artifact, Target
from themekit.render.stylesheets import compile_sheet

if TYPE_CHECKING:
    from themekit.model import ResolvedTokens, TargetOptions

ENTRY = PurePosixPath("scss/components.scss")


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:  # noqa: ARG001  # no brand's values
    """`components.css`."""
    css = compile_sheet(options.sources, ENTRY, prefix=options.prefix)
    return (Artifact.text("theme/components.css", css, media_type="text/css"),)


TARGET = Target(
    "components",
    "Buttons, forms, cards and other components",
    emit,
    sources=(PurePosixPath("scss"),),
    per_brand=False,
)
