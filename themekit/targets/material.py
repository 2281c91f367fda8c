"""Material for MkDocs in the brand's clothes: the same bytes for every brand, as it only reads custom properties.

`tokens.css` follows `data-md-color-scheme`, so one rule maps every `--md-*` variable for all schemes. The palette must
be `primary: custom, accent: custom`, or the stock palette's colours come back in places.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import Artifact, Target
from themekit.render.stylesheets import compile_sheet

if TYPE_CHECKING:
    from themekit.model import ResolvedTokens, TargetOptions

ENTRY = PurePosixPath("scss/material.scss")


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:  # noqa: ARG001  # no brand's values
    """`material.css`."""
    css = compile_sheet(options.sources, ENTRY, prefix=options.prefix)
    return (Artifact.text("theme/material.css", css, media_type="text/css"),)


TARGET = Target(
    "material",
    "Every colour and shape of Material for MkDocs",
    emit,
    sources=(PurePosixPath("scss"),),
    per_brand=False,
)
