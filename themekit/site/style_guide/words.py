"""The style guide's own words, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENGLISH = {
    "title": "Style guide",
    "description": "Colours, type, space, depth and motion of this portal's theme, each by its custom property.",
    "about": "Every design token of the theme, by the custom property that holds it, painted as it is in each mode.",
    "ratio-about": "Beside each colour stands its contrast with the page in the same mode: the ratio of WCAG 2.2, "
    "rounded down.",
    "no-script": "Values and ratios are filled in by a script.",
    "token": "Token",
    "value": "Value",
    "specimen": "Specimen",
    Mode.LIGHT: "Light",
    Mode.DARK: "Dark",
    Mode.LIGHT_CONTRAST: "Light, high contrast",
    Mode.DARK_CONTRAST: "Dark, high contrast",
    "colours": "Colours",
    "roles": "Roles",
    "scale": "Scale {name}",
    "code": "Code",
    "admonition": "Admonitions",
    "admonition-ground": "Grounds of admonitions",
    "contrast": "Contrast",
    "contrast-about": "Pairs of text and ground that the theme promises, besides those of the scales' steps, with "
    "their ratios.",
    "text": "Text",
    "ground": "Ground",
    "type": "Type",
    "styles": "Styles of text",
    "pangram": "The quick brown fox jumps over the lazy dog",
    "space": "Space",
    "shape": "Corners and lines",
    "shadows": "Shadows",
    "motion": "Motion",
    "motion-about": "Point at a row to see it move. Where less motion is asked for, durations are too short to see.",
    "own": "Tokens of this brand alone",
    "own-about": "What this brand has beyond the tokens above: palettes it asked for, and tokens of its own.",
    "own-none": "This brand has no others.",
}
_GERMAN = {
    "title": "Gestaltung",
    "description": "Farben, Schrift, Abstände, Tiefe und Bewegung dieses Portals, jeweils mit ihrer Custom Property.",
    "about": "Jedes Design-Token des Themas mit der Custom Property, in der es steht, gezeigt wie es in jedem Modus "
    "ist.",
    "ratio-about": "Neben jeder Farbe steht ihr Kontrast zur Seite im selben Modus: das Verhältnis nach WCAG 2.2, "
    "abgerundet.",
    "no-script": "Werte und Verhältnisse trägt ein Skript ein.",
    "token": "Token",
    "value": "Wert",
    "specimen": "Muster",
    Mode.LIGHT: "Hell",
    Mode.DARK: "Dunkel",
    Mode.LIGHT_CONTRAST: "Hell, hoher Kontrast",
    Mode.DARK_CONTRAST: "Dunkel, hoher Kontrast",
    "colours": "Farben",
    "roles": "Rollen",
    "scale": "Skala {name}",
    "code": "Code",
    "admonition": "Hinweise",
    "admonition-ground": "Gründe der Hinweise",
    "contrast": "Kontrast",
    "contrast-about": "Paare aus Text und Grund, für die das Thema einsteht, außer denen der Stufen, mit ihrem "
    "Verhältnis.",
    "text": "Text",
    "ground": "Grund",
    "type": "Schrift",
    "styles": "Textstile",
    "pangram": "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich",
    "space": "Abstände",
    "shape": "Ecken und Linien",
    "shadows": "Schatten",
    "motion": "Bewegung",
    "motion-about": "Zeigen Sie auf eine Zeile, um die Bewegung zu sehen. Wo weniger Bewegung gewünscht ist, sind "
    "Dauern zu kurz, um gesehen zu werden.",
    "own": "Token nur dieser Marke",
    "own-about": "Was diese Marke über die Token oben hinaus hat: gewünschte Paletten und eigene Token.",
    "own-none": "Diese Marke hat keine weiteren.",
}
_BY_LOCALE: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH, "de": _GERMAN}


def guide_words(locale: str) -> Mapping[str, str]:
    """The words of a language; English for one that has none."""
    return _BY_LOCALE.get(locale, _ENGLISH)
