"""Swift for UIKit: every token of every mode, and colours that follow the system.

`UIColor.tkColorText` changes with dark mode and higher contrast by itself; `TkTokens.of(traits)` has all the rest for
the traits of a view. Display P3 is written as such. In a project with SwiftUI too, use one of the two targets.
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

UIKIT = Dialect(
    "UIColor",
    "UIColor(red: {0}, green: {1}, blue: {2}, alpha: {3})",
    "UIColor(displayP3Red: {0}, green: {1}, blue: {2}, alpha: {3})",
)


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`Tokens.swift`."""
    source = swift_source(tokens, options.prefix, dialect=UIKIT)
    lines = [NOTICE, "", "import UIKit", *source.lines(), *_following(source)]
    return (Artifact.text("theme/swift/Tokens.swift", lines, media_type="text/x-swift"),)


def _following(source: SwiftSource) -> Iterator[str]:
    """Colours that ask the traits; none for modes that no system knows."""
    chosen = of_system(source.classes)
    if chosen is None:
        return
    name = source.name
    yield from ("", f"public extension {name} {{", "  /// The tokens for the traits of a view.")
    yield f"  static func of(_ traits: UITraitCollection) -> {name} {{"
    yield "    let isDark = traits.userInterfaceStyle == .dark"
    yield "    let isHigh = traits.accessibilityContrast == .high"
    yield f"    if isHigh {{ return isDark ? {chosen[True, True]}() : {chosen[False, True]}() }}"
    yield f"    return isDark ? {chosen[True, False]}() : {chosen[False, False]}()"
    yield from ("  }", "}", "", "public extension UIColor {")
    for getter in source.classes[0].getters:
        if getter.type == "color":
            yield f"  static var {getter.name}: UIColor {{ UIColor {{ {name}.of($0).{getter.name} }} }}"
    yield "}"


TARGET = Target(
    "swift",
    "Swift for UIKit, with colours that follow the system",
    emit,
    casings=(Casing.CAMEL,),
    is_default=False,
    losses=narrowed_to_p3,
)
