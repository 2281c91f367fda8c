"""An asset catalogue for Xcode: a colour set for each colour, with dark and high contrast appearances.

Colours only, those within borders, shadows and gradients too, as a catalogue has no other values: those are in the
targets `swift` and `swiftui`. Display P3 is written as such. Modes that are no theme's have a catalogue each.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, Mode, Target
from themekit.model.token_names import Casing, css_name
from themekit.render.identifiers import ascii_name, mode_names
from themekit.render.leaves import leaves
from themekit.render.losses import narrowed_to_p3
from themekit.render.units import channels, decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedTokens, TargetOptions
    from themekit.render.leaves import Leaf

INFO = {"author": "xcode", "version": 1}
DARK = {"appearance": "luminosity", "value": "dark"}
HIGH = {"appearance": "contrast", "value": "high"}
APPEARANCES: dict[str, list[dict[str, str]]] = {
    Mode.LIGHT: [],
    Mode.DARK: [DARK],
    Mode.LIGHT_CONTRAST: [HIGH],
    Mode.DARK_CONTRAST: [DARK, HIGH],
}


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`Tokens.xcassets`, with `tk-color-text.colorset` for `color.text`."""
    return tuple(_artifacts(tokens, options.prefix))


def _artifacts(tokens: ResolvedTokens, prefix: str) -> Iterator[Artifact]:
    colors = [leaf for leaf in leaves(tokens) if leaf.type == "color"]
    is_theme = len(tokens.theme_modes) == len(tokens.modes) and tokens.modes[0] is Mode.LIGHT
    names = ("",) if is_theme else tuple(f"-{name}" for name in mode_names(tokens.modes, Casing.KEBAB))
    for index, name in enumerate(names):
        catalogue = f"theme/xcassets/Tokens{name}.xcassets"
        yield _json(f"{catalogue}/Contents.json", {"info": INFO})
        for leaf in colors:
            entries = _theme_entries(leaf, tokens.modes) if is_theme else [_entry(leaf.values[index], [])]
            path = f"{catalogue}/{prefix}-{ascii_name(css_name(leaf.id))}.colorset/Contents.json"
            yield _json(path, {"colors": entries, "info": INFO})


def _theme_entries(leaf: Leaf, modes: tuple[str, ...]) -> list[object]:
    """The light colour for any appearance, and those of the other modes that differ from it."""
    pairs = zip(modes, leaf.values, strict=True)
    if leaf.is_constant:
        return [_entry(leaf.values[0], [])]
    return [_entry(value, APPEARANCES[mode]) for mode, value in pairs]


def _entry(value: object, appearances: list[dict[str, str]]) -> object:
    if not isinstance(value, Color):
        raise TypeError(f"{value!r} is no colour")
    found = channels(value)
    parts = {"alpha": found.alpha, "blue": found.blue, "green": found.green, "red": found.red}
    return {
        **({"appearances": appearances} if appearances else {}),
        "color": {
            "color-space": "display-p3" if found.is_p3 else "srgb",
            "components": {name: decimal(part) for name, part in parts.items()},
        },
        "idiom": "universal",
    }


def _json(path: str, document: object) -> Artifact:
    return Artifact.text(path, f"{json.dumps(document, indent=2)}\n", media_type="application/json")


TARGET = Target(
    "xcassets",
    "Asset catalogue of colours for Xcode, dark and high contrast too",
    emit,
    casings=(Casing.KEBAB,),
    is_default=False,
    losses=narrowed_to_p3,
)
