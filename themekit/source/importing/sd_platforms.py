"""What the platforms of a Style Dictionary configuration ask for, beside what themekit does.

Source: styledictionary.com, "Predefined Transforms", "Transform Groups" and "Formats", version 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.importing.imported import NOT_IMPORTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.source.json_value import JsonValue
    from themekit.source.node import Item

MAX_PLATFORMS = 100
_CSS = ("name/kebab", "size/rem")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "web": ("name/kebab", "size/px"),
    "js": ("name/pascal", "size/rem"),
    **dict.fromkeys(("css", "scss", "less"), _CSS),
    "html": ("name/human",),
    "android": ("name/snake", "size/remToSp", "size/remToDp"),
    "compose": ("name/camel", "size/compose/remToSp", "size/compose/remToDp"),
    "ios": ("name/pascal", "size/remToFloat"),
    **dict.fromkeys(("ios-swift", "ios-swift-separate"), ("name/camel", "size/swift/remToCGFloat")),
    **dict.fromkeys(("flutter", "flutter-separate"), ("name/camel", "size/flutter/remToDouble")),
    "react-native": ("name/camel", "size/object"),
    "assets": (),
}
"""Of each group the transforms that change names and lengths."""
KINDS = frozenset(
    {
        *("attribute", "name", "color", "size", "html", "content", "time", "fontFamily", "cubicBezier", "strokeStyle"),
        *("border", "typography", "transition", "shadow", "asset"),
    }
)
"""What stands before the slash in the names of transforms that Style Dictionary has itself."""
UNITS: Mapping[str, str] = {
    **dict.fromkeys(("size/px", "size/pxToRem"), "px"),
    **dict.fromkeys(("size/rem", "size/remToSp", "size/remToDp", "size/remToFloat", "size/remToPt"), "rem"),
    **dict.fromkeys(("size/remToPx", "size/compose/remToSp", "size/compose/remToDp"), "rem"),
    **dict.fromkeys(("size/swift/remToCGFloat", "size/flutter/remToDouble"), "rem"),
}
"""The unit that a transform takes a length without one to have."""
CONVERTED: Mapping[str, str] = {
    "size/px": "writes `px` behind every figure, whatever its unit is",
    "size/pxToRem": "makes rem of px",
    "size/remToPx": "makes px of rem",
}
TARGETS: Mapping[str, str] = {
    "css/variables": "css",
    "scss/variables": "scss",
    "scss/map-flat": "scss",
    "scss/map-deep": "scss",
    "less/variables": "less",
    "stylus/variables": "stylus",
    **dict.fromkeys((f"javascript/{name}" for name in ("es6", "esm", "module", "module-flat", "object")), "javascript"),
    **dict.fromkeys((f"typescript/{name}-declarations" for name in ("es6", "module")), "javascript"),
    **dict.fromkeys(("json", "json/nested", "json/flat"), "json"),
    **dict.fromkeys((f"android/{name}" for name in ("colors", "dimens", "fontDimens", "resources")), "android"),
    "compose/object": "compose",
    **dict.fromkeys((f"ios-swift/{name}.swift" for name in ("any", "class", "enum")), "swift"),
    "flutter/class.dart": "flutter",
}
"""The targets of `themekit tokens build` for the formats."""
CASES = {"css": "name/kebab", "scss": "name/kebab", "less": "name/kebab", "stylus": "name/kebab"}
CASES |= {"compose": "name/camel", "swift": "name/camel", "flutter": "name/camel", "android": "name/snake"}


@dataclass(frozen=True, slots=True)
class Platforms:
    """`bare` is the unit of lengths without one, if all platforms take them alike; `targets` are themekit's."""

    bare: str | None
    targets: tuple[str, ...]
    prefix: str | None


def platforms_of(config: Item) -> Platforms:
    """What the platforms come to; what themekit does otherwise is reported."""
    members = config.value if isinstance(config.value, dict) else {}
    written = members.get("platforms")
    all_of_them = config.at("platforms", written)
    units: dict[str, str] = {}
    targets: dict[str, None] = {}
    prefixes: dict[str, None] = {}
    for index, (name, value) in enumerate(written.items() if isinstance(written, dict) else ()):
        platform = all_of_them.at(name, value)
        if index == MAX_PLATFORMS:
            message = f"up to {MAX_PLATFORMS} platforms are looked at: this one and those behind it are not"
            platform.report(NOT_IMPORTED, message, part="key")
            break
        if not isinstance(value, dict):
            platform.report(NOT_IMPORTED, f"{platform.name} is no platform, as it is no object")
            continue
        transforms = tuple(_transforms(platform, value))
        units |= {UNITS[each]: name for each in transforms if each in UNITS}
        found = tuple(dict.fromkeys(_targets(platform, value)))
        targets |= dict.fromkeys(found)
        _names(platform, value, transforms, found=found)
        if isinstance(value.get("prefix"), str):
            prefixes[str(value["prefix"])] = None
    if len(prefixes) > 1:
        shown = ", ".join(map(quoted, prefixes))
        all_of_them.report(NOT_IMPORTED, f"platforms have several prefixes, {shown}: a build has one", part="key")
    if len(units) > 1:
        message = f"a length without a unit is in px for {quoted(units['px'])} and in rem for {quoted(units['rem'])}"
        all_of_them.report(NOT_IMPORTED, f"{message}, so none is taken over", part="key")
    bare = next(iter(units)) if len(units) == 1 else None
    return Platforms(bare, tuple(targets), next(iter(prefixes)) if len(prefixes) == 1 else None)


def _transforms(platform: Item, members: dict[str, JsonValue]) -> Iterator[str]:
    """The names of the transforms. Those that are the project's own code are reported, as they are not made."""
    group, listed = members.get("transformGroup"), members.get("transforms")
    if isinstance(group, str):
        if group not in GROUPS:
            place = platform.at("transformGroup", group)
            place.report(
                NOT_IMPORTED, f"the group {quoted(group)} is none of Style Dictionary's own, and nothing is done"
            )
        yield from GROUPS.get(group, ())
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        place = platform.at("transforms", listed).at(index, each)
        if not isinstance(each, str) or each.partition("/")[0] not in KINDS or "/" not in each:
            shown = quoted(each) if isinstance(each, str) else "this"
            place.report(
                NOT_IMPORTED, f"the transform {shown} is code of the project: values are as they are before it"
            )
        elif each in CONVERTED:
            yield each
            place.report(NOT_IMPORTED, f"`{each}` {CONVERTED[each]}; lengths stay as they are written here")
        else:
            yield each


def _targets(platform: Item, members: dict[str, JsonValue]) -> Iterator[str]:
    """The targets of the formats of its files. What has none, and what a file leaves out, is reported."""
    listed = members.get("files")
    files = platform.at("files", listed)
    for index, each in enumerate(listed if isinstance(listed, list) else ()):
        file = files.at(index, each)
        if not isinstance(each, dict):
            continue
        format_ = each.get("format")
        if isinstance(format_, str) and format_ in TARGETS:
            yield TARGETS[format_]
        elif isinstance(format_, str):
            message = f"no target of themekit is what the format {quoted(format_)} is"
            file.at("format", format_).report(NOT_IMPORTED, message)
        if "filter" in each:
            message = "the filter was left out: a target has all tokens"
            file.at("filter", each["filter"]).report(NOT_IMPORTED, message, part="key")
    for key in ("actions", "preprocessors", "expand"):
        if members.get(key):
            message = f"{quoted(key)} of a platform was left out: nothing of it is done here"
            platform.at(key, members[key]).report(NOT_IMPORTED, message, part="key")


def _names(
    platform: Item, members: dict[str, JsonValue], transforms: tuple[str, ...], *, found: tuple[str, ...]
) -> None:
    """Report names that come out in another case than they did; the last transform of names counts."""
    case = next((each for each in reversed(transforms) if each.startswith("name/")), None)
    other = next((target for target in found if case and CASES.get(target, case) != case), None)
    if other is not None:
        key = "transforms" if isinstance(members.get("transforms"), list) else "transformGroup"
        message = f"names are in `{case}` there; the target `{other}` writes `{CASES[other]}`"
        platform.at(key, members.get(key)).report(NOT_IMPORTED, message, part="key")
