"""The JSON files of a token project, and reference objects from one place in them to another.

Source: DTCG Resolver Module 2025.10, "Reference objects". Files of the project only: no address is ever fetched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.source.codes import (
    INVALID_PATH,
    INVALID_RESOLVER,
    MISSING_FILE,
    TOO_LONG,
    UNSUPPORTED_TOKEN_FEATURE,
    WRONG_TYPE,
)
from themekit.source.did_you_mean import did_you_mean
from themekit.source.json_text import Document, read_json
from themekit.source.json_value import child_pointer, json_type, noun, pointer_parts
from themekit.source.node import Item
from themekit.source.plain_tokens import MAX_BYTES
from themekit.source.relative_path import resolved_from
from themekit.source.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.diagnostics import Reporter
    from themekit.source.json_value import JsonValue

SUFFIXES = (".json", ".tokens")
MAX_FILES = 256
PROJECT = PurePosixPath()
TOKENS_IF_EMPTY = (
    'write {"color": {"primary": {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0, 0, 1]}}}}'
)


@dataclass(slots=True)
class Documents:
    """What was read, each file once. `read` gives a file's bytes or None, `list_folder` the names in a folder.

    References lead to files below `folder` only.
    """

    read: Callable[[PurePosixPath], bytes | None]
    list_folder: Callable[[PurePosixPath], tuple[str, ...]]
    report: Reporter
    known: dict[PurePosixPath, Document | None] = field(default_factory=dict)
    folder: PurePosixPath = PROJECT

    def document(
        self, path: PurePosixPath, place: Origin | None = None, *, if_empty: str = TOKENS_IF_EMPTY
    ) -> Document | None:
        """The file, which is named at `place`; None if it cannot be read, which was reported.

        `if_empty` is the hint for a file that holds nothing.
        """
        if path in self.known:
            return self.known[path]
        self.known[path] = None
        if len(self.known) > MAX_FILES:
            if len(self.known) == MAX_FILES + 1:
                self.report(TOO_LONG, place, f"more than {MAX_FILES} files of tokens")
            return None
        content = self.read(path)
        if content is None:
            hint = did_you_mean(path.name, self.list_folder(path.parent))
            self.report(MISSING_FILE, place or Origin(path, ""), f"there is no file `{path}`", hint=hint)
            return None
        document, diagnostics = read_json(path, content, max_bytes=MAX_BYTES, shares_members=True, if_empty=if_empty)
        self.report.found.extend(diagnostics)
        self.known[path] = document
        return document

    def root(self, path: PurePosixPath, place: Origin | None = None, *, if_empty: str = TOKENS_IF_EMPTY) -> Item | None:
        """The object that a file holds; None if it was reported. `if_empty` is as in `document`."""
        document = self.document(path, place, if_empty=if_empty)
        if document is None:
            return None
        if not isinstance(document.value, dict):
            message = f"a file of tokens holds an object, found {noun(json_type(document.value))}"
            self.report(WRONG_TYPE, Origin(path, ""), message)
            return None
        return Item(document.value, "", Sources(path, omitted=document.omitted), self.report)

    def target(self, item: Item) -> Item | None:
        """What the reference object at `item` leads to, one step on; None if it was reported."""
        members = item.value if isinstance(item.value, dict) else {}
        written = item.at("$ref", members.get("$ref"))
        text = written.text()
        if text is None:
            written.report(WRONG_TYPE, f"`$ref`: expected a string, found {noun(json_type(written.value))}")
            return None
        if "://" in text or text.startswith("//"):
            message = f"{quoted(text)} is not read: tokens come from files only"
            written.report(UNSUPPORTED_TOKEN_FEATURE, message, hint="save the file, and name it by its path")
            return None
        name, _, fragment = text.partition("#")
        root = self._file(written, name) if name else self.root(item.sources.path)
        if root is None:
            return None
        parts = pointer_parts(fragment if fragment.startswith("/") else f"/{fragment}") if fragment else []
        found = _at(root, parts)
        if isinstance(found, str):
            message = f"`$ref`: {quoted(text)} leads nowhere: there is no {quoted(found)}"
            written.report(INVALID_RESOLVER, message, hint=_near(found, root, parts))
            return None
        if found.sources.path == item.sources.path and f"{item.pointer}/".startswith(f"{found.pointer}/"):
            written.report(INVALID_RESOLVER, f"`$ref`: {quoted(text)} leads to what holds it, without end")
            return None
        return found

    def member(self, item: Item, key: str) -> Item | None:
        """A member of the object at `item`; keys beside a `$ref` override those of what it leads to."""
        for _ in range(MAX_FILES):
            if not isinstance(item.value, dict):
                return None
            if key in item.value:
                return item.at(key, item.value[key])
            if "$ref" not in item.value:
                return None
            target = self.target(item)
            if target is None:
                return None
            item = target
        item.report(INVALID_RESOLVER, "references lead in a circle")
        return None

    def _file(self, written: Item, name: str) -> Item | None:
        path = resolved_from(written.sources.path, name, suffixes=SUFFIXES)
        if path is None or self.folder not in path.parents:
            where = "the project's folder" if self.folder == PROJECT else f"`{self.folder}`"
            message = f"`$ref`: {quoted(name)} is no JSON file below {where}"
            written.report(INVALID_PATH, message, hint="write a relative path, as in `tokens/base.tokens.json`")
            return None
        return self.root(path, written.origin())


def _at(root: Item, parts: list[str]) -> Item | str:
    """The item at a pointer, or the part of it that is not there."""
    value: JsonValue = root.value
    pointer = ""
    for part in parts:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        else:
            return part
        pointer = child_pointer(pointer, part)
    return Item(value, pointer, root.sources, root.reporter)


def _near(missing: str, root: Item, parts: list[str]) -> str | None:
    above = _at(root, parts[: parts.index(missing)])
    names = above.value if isinstance(above, Item) and isinstance(above.value, dict) else {}
    return did_you_mean(missing, names)
