"""The component library as Sass sources, for a partner that wants some of it, or changes it: the same for every brand.

`@import "components"` is all of it; `@import "tools", "components/button"` a part. They read custom properties only, so
they compile without any value of a brand, to the same CSS by LibSass and Dart Sass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Target
from themekit.render.stylesheets import SHEETS, sources_of

if TYPE_CHECKING:
    from themekit.model import Artifact, ResolvedTokens, TargetOptions


def emit(_tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`components.scss`, its parts and the functions they use."""
    return sources_of(options.sources, "components", prefix=options.prefix, folder="theme/components-scss")


TARGET = Target(
    "components-scss",
    "Sass sources of the components",
    emit,
    sources=(SHEETS,),
    per_brand=False,
    needs_defaults=True,
    is_default=False,
)
