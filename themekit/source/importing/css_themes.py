"""Tokens of a style sheet whose pages choose among themes with names, as a resolver document of DTCG 2025.10.

Modes and named themes exclude one another there, so each is a context of one modifier, with the tokens it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Mode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.source.json_value import JsonObject, JsonValue

MODIFIER = "theme"


def resolver(tokens: JsonObject, themes: Iterable[tuple[str, JsonObject]]) -> JsonObject:
    """The document. Values of `tokens` for modes become contexts; `themes` are names and what each changes."""
    base: JsonObject = {}
    modes: dict[Mode, JsonObject] = {mode: {} for mode in Mode}
    for name, token in tokens.items():
        plain, values = _without_modes(token)
        base[name] = plain
        type_ = plain.get("$type")
        for mode, value in values.items():
            modes[mode][name] = {"$type": type_, "$value": value} if type_ else {"$value": value}
    # A mode of high contrast takes from its scheme what it does not say itself.
    modes[Mode.DARK_CONTRAST] = modes[Mode.DARK] | modes[Mode.DARK_CONTRAST] if modes[Mode.DARK_CONTRAST] else {}
    contexts: JsonObject = {Mode.LIGHT.value: []}
    for mode, changes in modes.items():
        if changes:
            contexts[mode.value] = [changes]
    for name, changes in themes:
        while name in contexts:
            name += "-theme"  # noqa: PLW2901 - `dark-contrast` may be a theme's name, too, or `ocean-dark` two themes'
        contexts[name] = [changes]
    return {
        "version": "2025.10",
        "sets": {"base": {"sources": [base]}},
        "modifiers": {MODIFIER: {"contexts": contexts, "default": Mode.LIGHT.value}},
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": f"#/modifiers/{MODIFIER}"}],
    }


def _without_modes(token: JsonValue) -> tuple[JsonObject, dict[Mode, JsonValue]]:
    members = token if isinstance(token, dict) else {}
    extensions = members.get("$extensions")
    kept: JsonObject = dict(extensions) if isinstance(extensions, dict) else {}
    own = kept.pop("themekit", None)
    values = own.get("modes") if isinstance(own, dict) else None
    plain: JsonObject = {key: value for key, value in members.items() if key != "$extensions"}
    found = {Mode(key): value for key, value in values.items()} if isinstance(values, dict) else {}
    return {**plain, "$extensions": kept} if kept else plain, found
