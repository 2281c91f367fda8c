"""Variables for Figma: the body of a request that makes a collection with a mode for each mode of the theme.

For `POST /v1/files/:file_key/variables`. Composites are their members, an alias of a token that is none is an alias
here too. Lengths are pixels, a rem 16 of them; times are milliseconds. What Figma has no type for is a string as CSS
has it.

Source: Figma REST API, "Variables", "Create, update or delete variables"; names cannot have `.`, `{` or `}`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, CubicBezier, Dimension, Duration, FontNames, StrokeStyle, Target, TokenId
from themekit.model.token_names import Casing, css_name
from themekit.render import css
from themekit.render.code_text import json_text
from themekit.render.custom_properties import custom_properties
from themekit.render.leaves import leaves
from themekit.render.losses import narrowed_to_srgb
from themekit.render.property_names import property_name
from themekit.render.units import ms, px, rgba8, stroke_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.model import ResolvedTokens, TargetOptions
    from themekit.render.leaves import Leaf, LeafType

COLLECTION = "collection"
MAX_NAME = 40  # of a mode
TYPES: Mapping[LeafType, str] = {
    "color": "COLOR",
    "dimension": "FLOAT",
    "duration": "FLOAT",
    "number": "FLOAT",
    "fontWeight": "FLOAT",
    "boolean": "BOOLEAN",
}
CHANNEL_DECIMALS = 6


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`variables.json`, in token order."""
    found = leaves(tokens)
    ids = {leaf.id: f"v{number}" for number, leaf in enumerate(found, 1)}
    references = {token.id: token.references for token in tokens}
    modes = _mode_names(tokens.modes)
    properties = {each.name for each in custom_properties(tokens, options.prefix)}
    properties_of = {leaf.id: name for leaf in found if (name := property_name(options.prefix, leaf.id)) in properties}
    document = {
        "variableCollections": [
            {"action": "CREATE", "id": COLLECTION, "name": options.prefix, "initialModeId": "m1"},
        ],
        "variableModes": [
            {
                "action": "UPDATE" if number == 1 else "CREATE",
                "id": f"m{number}",
                "name": name,
                "variableCollectionId": COLLECTION,
            }
            for number, name in enumerate(modes, 1)
        ],
        "variables": [_variable(leaf, ids[leaf.id], properties_of.get(leaf.id)) for leaf in found],
        "variableModeValues": [
            {"variableId": ids[leaf.id], "modeId": f"m{number}", "value": _value(leaf, number - 1, ids, references)}
            for leaf in found
            for number in range(1, len(modes) + 1)
        ],
    }
    text = json_text(json.dumps(document, indent=1, ensure_ascii=False))
    return (Artifact.text("theme/figma/variables.json", f"{text}\n", media_type="application/json"),)


def _variable(leaf: Leaf, variable_id: str, custom_property: str | None) -> dict[str, object]:
    deprecated = "" if leaf.deprecated is None else f"Deprecated. {leaf.deprecated}"
    about = " ".join(part for part in (leaf.description, deprecated) if part).strip()
    return {
        "action": "CREATE",
        "id": variable_id,
        "name": "/".join(css_name(TokenId(part)) for part in leaf.id.split(".") if part != "$root"),
        "variableCollectionId": COLLECTION,
        "resolvedType": TYPES.get(leaf.type, "STRING"),
        **({"description": about} if about else {}),
        **({"codeSyntax": {"WEB": f"var({custom_property})"}} if custom_property else {}),
    }


def _value(
    leaf: Leaf, index: int, ids: Mapping[TokenId, str], references: Mapping[TokenId, tuple[TokenId | None, ...]]
) -> object:
    reference = references[leaf.id][index] if leaf.id in references else None
    if reference is not None and reference in ids:
        return {"type": "VARIABLE_ALIAS", "id": ids[reference]}
    value = leaf.values[index]
    match value:
        case Color():
            digits = rgba8(value)
            parts = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
            red, green, blue = (round(part, CHANNEL_DECIMALS) for part in parts)
            return {"r": red, "g": green, "b": blue, "a": value.alpha}
        case Dimension():
            return px(value)
        case Duration():
            return ms(value)
        case FontNames() | CubicBezier():
            return css.text_of(value)
        case StrokeStyle():
            return stroke_text(value)
        case _:
            return value


def _mode_names(modes: tuple[str, ...]) -> tuple[str, ...]:
    """At most 40 characters, all different."""
    found: list[str] = []
    for number, mode in enumerate(modes, 1):
        name = mode[:MAX_NAME]
        found.append(name if name not in found else f"{name[: MAX_NAME - 6]} {number}")
    return tuple(found)


TARGET = Target(
    "figma",
    "Variables for Figma's REST API, with a mode each",
    emit,
    casings=(Casing.KEBAB,),
    is_default=False,
    losses=narrowed_to_srgb,
)
