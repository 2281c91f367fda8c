"""Tokens Studio's export, a file or a folder with token sets and themes, to DTCG 2025.10.

Themes of one group exclude one another, so a group becomes a modifier and each theme one of its contexts.
Source: docs.tokens.studio, "Token Types", "Token Sets" and "Themes".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.importing.computed import EXTENSION, LINE_HEIGHTS, Figures
from themekit.source.importing.imported import NOT_IMPORTED, Imported
from themekit.source.importing.trees import Dialect, TreeImport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.source.importing.computed import Change
    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item

LENGTHS = ("sizing", "spacing", "borderRadius", "borderWidth", "fontSizes", "letterSpacing", "paragraphSpacing")
TYPES = {
    **dict.fromkeys((*LENGTHS, "paragraphIndent"), "dimension"),
    "opacity": "number",
    **dict.fromkeys(LINE_HEIGHTS, "number"),
    "fontFamilies": "fontFamily",
    "fontWeights": "fontWeight",
    "boxShadow": "shadow",
}
MEMBERS = {"shadow.x": "offsetX", "shadow.y": "offsetY", "shadow.type": "inset"}
META = ("$themes", "$metadata")


def tokens_studio(root: Item, *, change: Change | None = None) -> Imported:
    """A tree of tokens if the file has one set and no theme, else a resolver document."""
    members = root.value if isinstance(root.value, dict) else {}
    if _has_sets(members):
        sets = {name: root.at(name, each) for name, each in members.items() if name not in META}
        themes = root.at("$themes", members.get("$themes"))
        return studio_sets(sets, themes=themes, metadata=members.get("$metadata"), change=change)
    tree = TreeImport(Dialect(EXTENSION, TYPES, MEMBERS, bare="px"), figures=Figures((members,), change))
    (made,) = tree.trees((root,))
    return Imported("tokens-studio", made, tree.count)


def studio_sets(
    sets: Mapping[str, Item], *, themes: Item | None, metadata: JsonValue, change: Change | None = None
) -> Imported:
    """The same of sets by name, wherever they stand; what is no object is none."""
    good = {name: item for name, item in sets.items() if isinstance(item.value, dict)}
    figures = Figures(tuple(item.value for item in good.values() if isinstance(item.value, dict)), change)
    tree = TreeImport(Dialect(EXTENSION, TYPES, MEMBERS, bare="px"), figures=figures)
    names = _ordered(tuple(good), metadata)
    made = dict(zip(names, tree.trees(good[name] for name in names), strict=True))
    chosen = {} if themes is None else _themes(themes, made)
    if len(made) == 1 and not chosen:
        return Imported("tokens-studio", next(iter(made.values())), tree.count)
    return Imported("tokens-studio", _resolver(made, chosen), tree.count)


def _has_sets(members: JsonObject) -> bool:
    """The members of the outermost object are sets: an export of one set alone has neither order nor themes."""
    return any(key in members for key in META)


def _ordered(names: Sequence[str], metadata: JsonValue) -> list[str]:
    order = metadata.get("tokenSetOrder") if isinstance(metadata, dict) else None
    wanted = [name for name in order if name in names] if isinstance(order, list) else []
    return [str(name) for name in dict.fromkeys((*wanted, *names))]


def _themes(item: Item, sets: dict[str, JsonObject]) -> dict[str, dict[str, list[str]]]:
    """By group and theme, the sets that are on."""
    found: dict[str, dict[str, list[str]]] = {}
    if item.value is not None and not isinstance(item.value, list):
        item.report(NOT_IMPORTED, "themes are a list, and these were left out")
    for index, theme in enumerate(item.value if isinstance(item.value, list) else ()):
        each = item.at(index, theme)
        name = theme.get("name") if isinstance(theme, dict) else None
        selected = theme.get("selectedTokenSets") if isinstance(theme, dict) else None
        if not isinstance(theme, dict) or not isinstance(name, str) or not isinstance(selected, dict):
            each.report(NOT_IMPORTED, f"{each.name} is no theme with a name and sets, and was left out")
            continue
        group = theme.get("group")
        chosen = found.setdefault(group if isinstance(group, str) and group else "theme", {})
        if name in chosen:
            each.report(NOT_IMPORTED, f"another theme of its group is named {quoted(name)}, too, and was left out")
        chosen[name] = [one for one in sets if selected.get(one) in ("enabled", "source")]
        for one in selected:
            place = each.at("selectedTokenSets", selected).at(one, selected[one])
            if selected[one] != "disabled" and one not in sets:
                place.report(NOT_IMPORTED, f"the theme {quoted(name)} names the set {quoted(one)}, which is not here")
            elif selected[one] == "source":
                message = f"{quoted(one)} is only referred to in the theme {quoted(name)}; its tokens are in the output"
                place.report(NOT_IMPORTED, message)
    return found


def _resolver(sets: dict[str, JsonObject], themes: dict[str, dict[str, list[str]]]) -> JsonObject:
    """Sets that no theme names apply always, before the themes."""
    named = {name for contexts in themes.values() for chosen in contexts.values() for name in chosen}
    order: list[JsonValue] = [{"$ref": f"#/sets/{_escaped(name)}"} for name in sets if name not in named]
    modifiers: JsonObject = {}
    for group, contexts in themes.items():
        if len(contexts) < 2:  # one context is no choice: DTCG has sets for that
            order += [{"$ref": f"#/sets/{_escaped(name)}"} for chosen in contexts.values() for name in chosen]
            continue
        written: JsonObject = {
            name: [{"$ref": f"#/sets/{_escaped(one)}"} for one in chosen] for name, chosen in contexts.items()
        }
        modifiers[group] = {"contexts": written, "default": next(iter(contexts))}
        order.append({"$ref": f"#/modifiers/{_escaped(group)}"})
    whole: JsonObject = {"version": "2025.10", "sets": {name: {"sources": [tokens]} for name, tokens in sets.items()}}
    return {**whole, **({"modifiers": modifiers} if modifiers else {}), "resolutionOrder": order}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
