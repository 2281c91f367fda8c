"""The `tokens` of a brand: written in place, or files of tokens, or both along a chain of brand files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import TokenSet
from themekit.source.codes import INVALID_PATH, TOO_LONG, WRONG_TYPE
from themekit.source.composition import Part, composed
from themekit.source.json_value import json_type, noun
from themekit.source.node import Item, Node
from themekit.source.relative_path import resolved_from
from themekit.source.resolver_documents import SUFFIXES, Documents
from themekit.source.tokens import parse_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePosixPath

    from themekit.source.json_value import JsonValue
    from themekit.source.sources import Sources

MAX_TOKEN_FILES = 32

Layer = tuple["JsonValue", "Sources"]


def brand_tokens(root: Node, layers: Sequence[Layer], *, folder: PurePosixPath, documents: Documents) -> TokenSet:
    """The tokens of a brand file with those of the files it names, all below `folder`. Later files win.

    `layers` are those of the files it extends, below its own.
    """
    own = root.item("tokens")
    if not layers and (own is None or isinstance(own.value, dict)):
        return parse_tokens(root.node("tokens"))
    items = [Item(value, "/tokens", sources, root.reporter) for value, sources in layers]
    parts = [part for item in (*items, own) if item is not None for part in _parts(item, folder, documents)]
    if not parts:
        return TokenSet()
    whole = composed(parts, root.reporter)
    return parse_tokens(Node(whole.members, "", whole.sources, root.reporter))


def _parts(item: Item, folder: PurePosixPath, documents: Documents) -> Iterator[Part]:
    if isinstance(item.value, dict):
        yield Part(item.value, item.sources, item.pointer)
        return
    names = [item] if isinstance(item.value, str) else _listed(item)
    for name in names[:MAX_TOKEN_FILES]:
        text = name.text()
        if text is None:
            name.report(WRONG_TYPE, f"{name.name}: expected the path of a file, found {noun(json_type(name.value))}")
            continue
        path = resolved_from(name.origin().path, text, suffixes=SUFFIXES)
        if path is None or folder not in path.parents:
            message = f"{name.name}: {quoted(text)} is not a file of tokens below `{folder}`"
            hint = "write a relative path, as in `tokens/base.tokens.json` or `../_shared/base.tokens.json`"
            name.report(INVALID_PATH, message, hint=hint)
        elif (found := documents.root(path, name.origin())) is not None and isinstance(found.value, dict):
            yield Part(found.value, found.sources)
    if len(names) > MAX_TOKEN_FILES:
        item.report(TOO_LONG, f"{item.name} has {len(names)} items; at most {MAX_TOKEN_FILES} are allowed")


def _listed(item: Item) -> list[Item]:
    values = item.value if isinstance(item.value, list) else []
    if not values and item.value is not None:
        item.report(WRONG_TYPE, f"{item.name}: a list of token files has one or more")
    return [item.at(index, value) for index, value in enumerate(values) if value is not None]
