"""The `tokens` of a brand: in place, files, or a resolver document, or all of them along a chain of brand files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import Mode, TokenSet
from themekit.source.brand_resolver import ChosenContexts, chosen_contexts, is_in_place, names_resolver
from themekit.source.codes import INVALID_PATH, TOO_LONG, WRONG_TYPE
from themekit.source.composition import Part, composed
from themekit.source.json_value import json_type, noun
from themekit.source.mode_sets import joined
from themekit.source.node import Item, Node
from themekit.source.relative_path import resolved_from
from themekit.source.resolver import read_resolver
from themekit.source.resolver_documents import SUFFIXES, Documents
from themekit.source.tokens import parse_tokens, read_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import PurePosixPath

    from themekit.source.json_value import JsonValue
    from themekit.source.sources import Sources

MAX_TOKEN_FILES = 32

Layer = tuple["JsonValue", "Sources"]


def brand_tokens(root: Node, layers: Sequence[Layer], *, documents: Documents) -> TokenSet:
    """The tokens of a brand file with those of the files it names, all below the documents' folder. Later files win.

    `layers` are those of the files it extends, below its own.
    """
    own = root.item("tokens")
    if not layers and (own is None or is_in_place(own.value)):
        return parse_tokens(root.node("tokens"))
    items = [Item(value, "/tokens", sources, root.reporter) for value, sources in layers]
    reader = _Reader(documents)
    parts = [part for item in (*items, own) if item is not None for part in reader.parts(item)]
    chosen = [part.by_mode for part in parts if isinstance(part, ChosenContexts)]
    modes = [mode for mode in Mode if any(mode in by_mode for by_mode in chosen)]
    if len(modes) < 2:
        whole = _composed(parts, Mode.LIGHT, root)
        return TokenSet() if whole is None else parse_tokens(whole)
    before = len(root.reporter.found)
    wholes = {mode: _composed(parts, mode, root) for mode in modes}
    sets = {mode: TokenSet() if whole is None else read_tokens(whole) for mode, whole in wholes.items()}
    # What is wrong in all modes is said once.
    said = {(each.code, each.message, each.place): each for each in reversed(root.reporter.found[before:])}
    root.reporter.found[before:] = reversed(said.values())
    return joined(sets, report=root.reporter)


def _composed(parts: Sequence[Part | ChosenContexts], mode: Mode, root: Node) -> Node | None:
    every = [one for part in parts for one in (part.parts(mode) if isinstance(part, ChosenContexts) else (part,))]
    if not every:
        return None
    whole = composed(every, root.reporter)
    return Node(whole.members, "", whole.sources, root.reporter)


@dataclass(frozen=True, slots=True)
class _Reader:
    documents: Documents

    def parts(self, item: Item) -> Iterator[Part | ChosenContexts]:
        """The groups of tokens that one value of `tokens` stands for, those of a resolver by mode."""
        if is_in_place(item.value):
            yield Part(item.value, item.sources, item.pointer)
            return
        names = _listed(item) if isinstance(item.value, list) or item.value is None else [item]
        for name in names[:MAX_TOKEN_FILES]:
            yield from self.named(name)
        if len(names) > MAX_TOKEN_FILES:
            item.report(TOO_LONG, f"{item.name} has {len(names)} items; at most {MAX_TOKEN_FILES} are allowed")

    def named(self, item: Item) -> Iterator[Part | ChosenContexts]:
        """What one name of a file, or of a resolver with its contexts, stands for."""
        written = item.at("resolver", item.value["resolver"]) if names_resolver(item.value) else item
        text = written.text()
        if text is None:
            message = f"{item.name}: expected the path of a file, found {noun(json_type(item.value))}"
            item.report(WRONG_TYPE, message)
            return
        path = self.path(written, text)
        if path is None or (root := self.documents.root(path, written.origin())) is None:
            return
        if written is item:
            yield Part(root.value if isinstance(root.value, dict) else {}, root.sources)
        elif (resolver := read_resolver(path, self.documents)) is not None:
            chosen = chosen_contexts(item, resolver)
            if chosen is not None:
                yield chosen

    def path(self, written: Item, text: str) -> PurePosixPath | None:
        folder = self.documents.folder
        path = resolved_from(written.origin().path, text, suffixes=SUFFIXES)
        if path is not None and folder in path.parents:
            return path
        message = f"{written.name}: {quoted(text)} is not a file of tokens below `{folder}`"
        hint = "write a relative path, as in `tokens/base.tokens.json` or `../_shared/base.tokens.json`"
        written.report(INVALID_PATH, message, hint=hint)
        return None


def _listed(item: Item) -> list[Item]:
    values = item.value if isinstance(item.value, list) else []
    if not values and item.value is not None:
        item.report(WRONG_TYPE, f"{item.name}: a list of token files has one or more")
    return [item.at(index, value) for index, value in enumerate(values) if value is not None]
