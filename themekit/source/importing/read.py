"""A file of another tool, whose kind is found out if it is not told, to DTCG 2025.10."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter, Span
from themekit.diagnostics.printable import quoted
from themekit.source.codes import JSON_ENCODING, JSON_SIZE, WRONG_TYPE
from themekit.source.importing.css import css
from themekit.source.importing.figma import figma
from themekit.source.importing.imported import NOT_IMPORTED
from themekit.source.importing.js_object import SUFFIXES, scan_js
from themekit.source.importing.style_dictionary import style_dictionary
from themekit.source.importing.tokens_studio import META, TYPES, studio_sets, tokens_studio
from themekit.source.json5_scan import scan_json5
from themekit.source.json_mistakes import other_encoding, read_carefully, too_large
from themekit.source.json_text import UTF_16, decoded_text, read_json
from themekit.source.json_value import json_type, noun
from themekit.source.node import Item
from themekit.source.plain_tokens import MAX_BYTES
from themekit.source.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.source.importing.computed import Change
    from themekit.source.importing.imported import Imported, Kind
    from themekit.source.importing.shades import ColorMath
    from themekit.source.json_text import Document
    from themekit.source.json_value import JsonValue

_NO_TEXT = frozenset({JSON_SIZE.name, JSON_ENCODING.name})
OLD_TYPES = frozenset(TYPES) | {"composition", "textCase", "textDecoration", "fontSizes", "boxShadow"}
LOOKED_AT = 5000  # values: a kind shows early


def import_tokens(
    path: PurePosixPath,
    content: bytes,
    *,
    kind: Kind | None = None,
    change: Change | None = None,
    maths: ColorMath | None = None,
) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """The tokens, and all that could not be carried over; None if the file cannot be read.

    `change` makes changes of colours (`resolve.color_changes.changed`) and `maths` those of CSS
    (`resolve.color_mixing.MATH`); without them they are reported as not made.
    """
    report = Reporter()
    if (kind or kind_of(path, None)) == "css":
        if len(content) > MAX_BYTES:  # a part of a sheet would end somewhere in the middle of a value
            return None, (too_large(path, len(content), max_bytes=MAX_BYTES),)
        if content.startswith(UTF_16):  # read as UTF-8 it would be a sheet without a property
            return None, (other_encoding(path),)
        return css(path, decoded_text(content), report=report, maths=maths), report.diagnostics
    document, diagnostics = read_document(path, content)
    report.found.extend(diagnostics)
    if document is None:
        return None, report.diagnostics
    root = Item(document.value, "", Sources(path, omitted=document.omitted), report)
    if not isinstance(document.value, dict):
        found_type = noun(json_type(document.value))
        root.report(WRONG_TYPE, f"a file of tokens holds an object, found {found_type}")
        return None, report.diagnostics
    match kind or kind_of(path, document.value):
        case "figma":
            found = figma(root)
        case "tokens-studio":
            found = tokens_studio(root, change=change)
        case _:
            found = style_dictionary(root)
    return found, report.diagnostics


def import_folder(
    folder: PurePosixPath, files: Mapping[PurePosixPath, bytes], *, change: Change | None = None
) -> tuple[Imported | None, tuple[Diagnostic, ...]]:
    """The same of a folder as Tokens Studio keeps it: a file for each set, `$themes.json` and `$metadata.json`.

    `files` are its JSON files by their paths, `folder` before them. None if one of them cannot be read.
    """
    report = Reporter()
    found: dict[str, Item] = {}
    for path, content in sorted(files.items()):
        document, diagnostics = read_document(path, content)
        report.found.extend(diagnostics)
        if document is not None:
            name = path.relative_to(folder).with_suffix("").as_posix()
            found[name] = Item(document.value, "", Sources(path, omitted=document.omitted), report)
    if any(each.is_error for each in report.found):
        return None, report.diagnostics
    themes, metadata = (found.pop(name, None) for name in META)
    for name, item in found.items():
        if not isinstance(item.value, dict):
            item.report(NOT_IMPORTED, f"the set {quoted(name)} was left out: it is no object")
    if metadata is None:
        message = "there is no `$metadata.json`, so sets apply in the order of their names"
        report(NOT_IMPORTED, Span(folder / "$metadata.json", 1, 1), message)
    order = None if metadata is None else metadata.value
    return studio_sets(found, themes=themes, metadata=order, change=change), report.diagnostics


def read_document(path: PurePosixPath, content: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """A file of JSON or JSON5, whatever its name: Style Dictionary reads both in either. Or what a script exports."""
    if path.suffix in SUFFIXES and len(content) <= MAX_BYTES:
        return read_carefully(path, decoded_text(content), scanner=scan_js)
    document, diagnostics = read_json(path, content, max_bytes=MAX_BYTES)
    if all(each.code in _NO_TEXT for each in diagnostics):
        return document, diagnostics
    return read_carefully(path, decoded_text(content), scanner=scan_json5)


def kind_of(path: PurePosixPath, value: JsonValue) -> Kind:
    """Which tool's a file is: by its name if that is CSS, else by what only one of them writes."""
    if path.suffix in {".css", ".scss", ".less"}:
        return "css"
    members = value if isinstance(value, dict) else {}
    meta = members.get("meta")
    if "variableCollections" in members or (isinstance(meta, dict) and "variableCollections" in meta):
        return "figma"
    if any(key in members for key in META) or _names_studio_types(members):
        return "tokens-studio"
    return "style-dictionary"


def _names_studio_types(value: JsonValue) -> bool:
    pending: list[JsonValue] = [value]
    for _ in range(LOOKED_AT):
        if not pending:
            return False
        members = pending.pop()
        if isinstance(members, dict):
            type_ = members.get("type")
            if "value" in members and isinstance(type_, str) and type_ in OLD_TYPES:
                return True
            pending.extend(members.values())
    return False
