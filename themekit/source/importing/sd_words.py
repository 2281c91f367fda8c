"""Words that Style Dictionary has lists of, for configurations that are scripts: `formats.cssVariables`.

Source: styledictionary.com, "Enums", and the package's `style-dictionary/enums`, version 5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS: Mapping[str, str] = {
    "formats": """
        android/colors android/dimens android/fontDimens android/integers android/resources android/strings
        compose/object css/variables flutter/class.dart ios/colors.h ios/colors.m ios/macros ios/plist ios/singleton.h
        ios/singleton.m ios/static.h ios/static.m ios/strings.h ios/strings.m ios-swift/any.swift ios-swift/class.swift
        ios-swift/enum.swift javascript/es6 javascript/esm javascript/module javascript/module-flat javascript/object
        javascript/umd json json/asset json/nested json/flat sketchPalette sketch/palette/v2 less/icons less/variables
        scss/icons scss/map-deep scss/map-flat scss/variables stylus/variables typescript/es6-declarations
        typescript/module-declarations
    """,
    "transformGroups": """
        web js scss css less html android compose ios ios-swift ios-swift-separate assets flutter flutter-separate
        react-native
    """,
    "transforms": """
        attribute/cti attribute/color name/human name/camel name/kebab name/snake name/constant name/pascal color/rgb
        color/hsl color/hsl-4 color/hex color/hex8 color/hex8android color/hex8flutter color/composeColor color/UIColor
        color/UIColorSwift color/ColorSwiftUI color/css color/sketch color/oklch color/oklab color/p3 color/lch size/sp
        size/dp size/object size/remToSp size/remToDp size/px size/rem size/remToFloat size/remToPt size/remToPx
        size/pxToRem size/compose/remToSp size/compose/remToDp size/compose/em size/compose/sp size/compose/dp
        size/swift/remToCGFloat size/flutter/remToDouble html/icon content/quote content/objC/literal
        content/swift/literal content/flutter/literal time/seconds fontFamily/css cubicBezier/css
        strokeStyle/css/shorthand border/css/shorthand typography/css/shorthand transition/css/shorthand
        shadow/css/shorthand asset/url asset/base64 asset/path asset/objC/literal asset/swift/literal
        asset/flutter/literal
    """,
    "actions": "android/copyImages copy_assets",
    "commentPositions": "above inline",
    "commentStyles": "short long none",
    "fileHeaderCommentStyles": "short long xml",
    "logBrokenReferenceLevels": "throw console",
    "logVerbosityLevels": "default silent verbose",
    "logWarningLevels": "warn error disabled",
    "propertyFormatNames": "css sass less stylus",
    "builtInSorts": "name",
    "dimensionUnit": "px rem",
    "transformTypes": "attribute name value",
}
_ODD = {"formats.cssFonts": "css/fonts.css"}
"""The one that is not named by the parts of its value."""
_IMPORT = re.compile(
    r"""import\s{1,9}(?:\{(?P<names>[^{}]{0,2000})\}|\*\s{0,9}as\s{1,9}(?P<whole>[\w$]{1,200}))\s{0,9}"""
    r"""from\s{0,9}["']style-dictionary/enums["'];?"""
)
_NAMED = re.compile(r"\s*([\w$]+)(?:\s+as\s+([\w$]+))?\s*")


def imported_words(text: str, blank: str) -> tuple[dict[str, str], list[tuple[int, int]]]:
    """What expressions of a script stand for, by its imports of these lists, and where those imports are.

    `blank` is the text without strings and comments: an import in one of them is none.
    """
    found: dict[str, str] = {}
    places: list[tuple[int, int]] = []
    for match in _IMPORT.finditer(text):
        if blank[match.start()] != "i":
            continue
        places.append(match.span())
        if match["whole"]:
            found |= {f"{match['whole']}.{name}": value for name, value in _words().items()}
            continue
        named = {each[1]: each[2] or each[1] for part in match["names"].split(",") if (each := _NAMED.fullmatch(part))}
        for name, value in _words().items():
            list_, _, member = name.partition(".")
            if list_ in named:
                found[f"{named[list_]}.{member}"] = value
    return found, places


def _words() -> dict[str, str]:
    made = {f"{name}.{_camel(each)}": each for name, values in _LISTS.items() for each in values.split()}
    return made | _ODD


def _camel(value: str) -> str:
    first, *others = re.split(r"[/._-]", value)
    return first + "".join(each[:1].upper() + each[1:] for each in others)
