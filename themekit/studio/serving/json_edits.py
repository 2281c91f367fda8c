"""What an edit of a JSON file makes of its bytes: a whole text, or the values of some places and nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from themekit.source.brand_fields import BRAND
from themekit.source.field_table import names_at
from themekit.source.json_edit import Edit, EditFault, edited, no_order
from themekit.source.json_text import decoded_text, read_json
from themekit.studio.serving.answers import Refused, text_in
from themekit.studio.serving.brand_facts import brand_problems

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.source.field_table import Members
    from themekit.source.json_value import JsonObject, JsonValue

BOM = b"\xef\xbb\xbf"
MAX_EDITS = 1000


def edited_content(content: bytes, body: JsonObject, *, path: PurePosixPath, fields: Members | None = BRAND) -> bytes:
    """A file after the edits, or with the text, of a request; its byte order mark and line ends stay."""
    if "text" in body:
        mark = BOM if content.startswith(BOM) else b""
        text = text_in(body, "text")
        if b"\r\n" in content and "\r" not in text:
            text = text.replace("\n", "\r\n")  # text areas in browsers know no other line ends than \n
        return _require_json(mark + text.encode(), path)
    return edits_made(content, _edits(body), path=path, fields=fields)


def edits_made(content: bytes, edits: list[Edit], *, path: PurePosixPath, fields: Members | None = BRAND) -> bytes:
    """A file after edits; new members go where `fields` has them, without it to the end."""
    if read_json(path, content)[0] is None:
        raise Refused(422, "not-json", "the file is no JSON: mend its text first")
    order = no_order if fields is None else partial(names_at, fields)
    found = edited(decoded_text(content), edits, order=order)
    if isinstance(found, EditFault):
        raise Refused(422, "wrong-edit", f"{found.pointer or 'the file'} cannot be edited: {found.reason}")
    return _require_json((BOM if content.startswith(BOM) else b"") + found.encode(), path)


def _require_json(content: bytes, path: PurePosixPath) -> bytes:
    document, diagnostics = read_json(path, content)
    if document is None or diagnostics:
        problems = brand_problems(diagnostics, path, content=content)
        raise Refused(422, "not-json", "the text is no JSON", diagnostics=problems)
    return content


def _edits(body: JsonObject) -> list[Edit]:
    written = body.get("edits")
    if not isinstance(written, list) or len(written) > MAX_EDITS:
        raise Refused(400, "wrong-body", f"a write has `text`, or up to {MAX_EDITS} `edits`")
    return [_edit(each) for each in written]


def _edit(written: JsonValue) -> Edit:
    if not isinstance(written, dict):
        raise Refused(400, "wrong-body", "an edit is an object")
    pointer = text_in(written, "pointer")
    if written.get("remove") is True:
        return Edit(pointer, kind="remove")
    if "value" not in written:
        raise Refused(400, "wrong-body", "an edit has `value`, or `remove: true`")
    return Edit(pointer, written["value"], "insert" if written.get("insert") is True else "set")
