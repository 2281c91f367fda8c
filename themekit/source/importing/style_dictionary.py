"""Style Dictionary's token files, versions 3 to 5, to DTCG 2025.10.

Source: styledictionary.com, "Design Tokens" and "Category / Type / Item".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.source.importing.imported import Imported
from themekit.source.importing.trees import Dialect, TreeImport

if TYPE_CHECKING:
    from themekit.source.node import Item

TYPES = {
    "size": "dimension",
    "sizing": "dimension",
    "spacing": "dimension",
    "borderRadius": "dimension",
    "borderWidth": "dimension",
    "fontSize": "dimension",
    "letterSpacing": "dimension",
    "time": "duration",
    "opacity": "number",
    "lineHeight": "number",
    "fontFamilies": "fontFamily",
    "boxShadow": "shadow",
}
CATEGORIES = {"color": "color", "size": "dimension", "time": "duration", "opacity": "number", "shadow": "shadow"}
"""What the first name of a path says of the type, where a file of version 3 names none."""


def style_dictionary(root: Item, *, bare: str | None = None) -> Imported:
    """The tokens of a file, as one tree. `bare` is the unit of lengths without one."""
    dialect = Dialect("style-dictionary", TYPES, {"type": "inset"}, bare=bare, type_of=_category, guesses=True)
    tree = TreeImport(dialect)
    (made,) = tree.trees((root,))
    return Imported("style-dictionary", made, tree.count)


def _category(path: tuple[str, ...]) -> str | None:
    return CATEGORIES.get(path[0])
