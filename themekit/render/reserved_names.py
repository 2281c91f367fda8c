"""Names of two words or more that languages and their platforms have themselves.

Keywords of one word are not among them: a token's name has its prefix and one word at least. Names of one word that end
in a digit neither.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DART_MEMBERS = _words("hashCode noSuchMethod runtimeType toString")
"""Members of every object, which a getter would override. Source: Dart 3.9, `dart:core`, class `Object`."""

KOTLIN_MEMBERS = _words("hashCode toString notifyAll")
"""Members of every object. Source: Kotlin 2.2, `kotlin.Any`; Java 17, `java.lang.Object`."""

JAVASCRIPT_MEMBERS = _words("hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf")
"""Members of every object, which a key would hide from who prints it. Source: ECMAScript 2025, 20.1.3."""

SWIFT_NAMES = _words(
    """didSet willSet accessInstanceVariablesDirectly darkGray darkText debugDescription groupTableViewBackground
    lightGray lightText opaqueSeparator placeholderText quaternaryLabel quaternarySystemFill
    readableTypeIdentifiersForItemProvider secondaryLabel secondarySystemBackground secondarySystemFill
    secondarySystemGroupedBackground supportsSecureCoding systemBackground systemBlue systemBrown systemCyan systemFill
    systemGray systemGray2 systemGray3 systemGray4 systemGray5 systemGray6 systemGreen systemGroupedBackground
    systemIndigo systemMint systemOrange systemPink systemPurple systemRed systemTeal systemYellow tertiaryLabel
    tertiarySystemBackground tertiarySystemFill tertiarySystemGroupedBackground tintColor
    writableTypeIdentifiersForItemProvider"""
)
"""What a getter's body would take for an observer, and the colours and class properties of `UIColor`.

Source: The Swift Programming Language, "Property Observers"; UIKit 18, "UIColor", "UI element colors" and "Standard
colors".
"""

TAILWIND_WORDS = _words(
    """2xl 2xs 3xl 3xs 4xl 5xl 6xl 7xl 8xl 9xl auto b balance base bottom center clip collapse contain cover current
    dashed dotted double e ellipsis end fixed from-font hidden inherit inner inset justify l left lg local md none
    nowrap pretty r repeat right s scroll separate sm start t top transparent wavy wrap x xl xs y"""
)
"""What follows `bg-`, `text-`, `border-` and the like in classes that are no colours: `text-base`, `border-x`.

Without `solid`: every theme has `bg-solid`, and `border-solid` has no other style by its colour.
"""

TAILWIND_SIZES = _words("auto dvh dvw fit full half inherit initial lh lvh lvw max min none px reverse screen svh svw")
"""What follows `w-`, `m-` and the like in classes of Tailwind's own: `w-full`. Source: Tailwind CSS 4.1, utilities."""
