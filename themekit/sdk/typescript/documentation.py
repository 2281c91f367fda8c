"""Documentation comments of what a description says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.sdk.typescript.spelling import comment, prose

if TYPE_CHECKING:
    from themekit.model.api_types import Docs, JsonText

MAX_EXAMPLE = 60
"""Longer examples are in the reference, not in comments."""


def documented(docs: Docs, *, indent: str = "", more: tuple[str, ...] = ()) -> list[str]:
    """The lines of a comment: summary, description, then what has tags. `more` are lines that come last."""
    lines: list[str] = []
    for text in dict.fromkeys((docs.summary, docs.description)):
        if text.strip() and text.strip() not in "\n".join(lines):
            lines += [*([""] if lines else []), *prose(text)]
    tags = [*_tag("@default", docs.default), *_tag("@example", docs.examples[0] if docs.examples else None)]
    if docs.is_deprecated:
        tags.insert(0, "@deprecated It may be removed in a later version.")
    tags += more
    if lines and tags:
        lines.append("")
    return comment([*lines, *tags], indent=indent)


def _tag(name: str, value: JsonText | None) -> list[str]:
    """A value as one line of JSON in ASCII, if it is short."""
    if value is None:
        return []
    text = json.dumps(json.loads(value)).replace("*/", "*\\/").replace("@", "\\u0040")
    return [f"{name} {text}"] if len(text) <= MAX_EXAMPLE else []
