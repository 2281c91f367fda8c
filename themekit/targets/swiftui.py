r"""Swift for SwiftUI: every token of every mode, chosen by the colour scheme and contrast of the environment.

`TkTokens.of(scheme, contrast: contrast).tkColorText`, with `scheme` and `contrast` from `@Environment(\.colorScheme)`
and `@Environment(\.colorSchemeContrast)`. Display P3 is written as such. Colours by name that follow the system are
the target `xcassets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, Target
from themekit.model.token_names import Casing
from themekit.render.losses import narrowed_to_p3
from themekit.render.mode_classes import of_system
from themekit.render.swift import NOTICE, Dialect, swift_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedTokens, TargetOptions
    from themekit.render.swift import SwiftSource

SWIFTUI = Dialect(
    "Color",
    "Color(.sRGB, red: {0}, green: {1}, blue: {2}, opacity: {3})",
    "Color(.displayP3, red: {0}, green: {1}, blue: {2}, opacity: {3})",
)


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`Tokens.swift`."""
    source = swift_source(tokens, options.prefix, dialect=SWIFTUI)
    lines = [NOTICE, "", "import SwiftUI", *source.lines(), *_following(source)]
    return (Artifact.text("theme/swiftui/Tokens.swift", lines, media_type="text/x-swift"),)


def _following(source: SwiftSource) -> Iterator[str]:
    """The choice by the environment; none for modes that no system knows."""
    chosen = of_system(source.classes)
    if chosen is None:
        return
    name = source.name
    yield from ("", f"public extension {name} {{", "  /// The tokens for an environment.")
    yield f"  static func of(_ scheme: ColorScheme, contrast: ColorSchemeContrast = .standard) -> {name} {{"
    yield "    let isDark = scheme == .dark"
    yield f"    if contrast == .increased {{ return isDark ? {chosen[True, True]}() : {chosen[False, True]}() }}"
    yield f"    return isDark ? {chosen[True, False]}() : {chosen[False, False]}()"
    yield from ("  }", "}")


TARGET = Target("swiftui", "Swift for SwiftUI", emit, casings=(Casing.CAMEL,), is_default=False, losses=narrowed_to_p3)
