"""Markdown with a brand's values in it, for readers other than this portal: what is text here stays text there.

Words stand for the values (placeholder.py) until it is known what each is part of, so that no value can decide it:
prose, code, or something in angle brackets. Each has an escaping of its own, which the stamper knows (escaping.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.site.escaping import apply_escaping
from themekit.site.placeholder import resolve_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)")
# Code within one line and one cell of a table, so that no block can begin or end in it.
_SPANS = re.compile(r"\\.|(?P<code>(?P<ticks>`+)(?!`)[^\n|]+?(?<!`)(?P=ticks)(?!`))|(?P<tag><[A-Za-z/!][^<>]*>)")


def fill_markdown(text: str, fields: Mapping[str, str]) -> str:
    """A page's Markdown, with the values in place of their words."""
    return "\n".join(_filled(text.split("\n"), fields))


def fill_line(text: str, fields: Mapping[str, str]) -> str:
    """Markdown for a line of plain text, with the values in place of their words."""
    return _fill(apply_escaping("markdown-line", text), "markdown-line", fields)


def _filled(lines: list[str], fields: Mapping[str, str]) -> Iterator[str]:
    prose: list[str] = []
    opened: re.Match[str] | None = None
    for line in lines:
        match = _FENCE.match(line)
        if opened is not None:
            # Some readers take a line that stands left of its fence for prose.
            is_code = line.startswith(opened["indent"])
            yield _fill(line, "markdown-code" if is_code else "markdown", fields)
            if match and match["fence"].startswith(opened["fence"]) and not match["info"].strip():
                opened = None
        elif match:
            if prose:
                yield _fill_spans("\n".join(prose), fields)
            yield _fill(line, "markdown", fields)
            prose, opened = [], match
        else:
            prose.append(line)
    if prose:
        yield _fill_spans("\n".join(prose), fields)


def _fill_spans(prose: str, fields: Mapping[str, str]) -> str:
    pieces, end = [], 0
    for match in _SPANS.finditer(prose):
        escaping = "markdown-code" if match["code"] else "markdown-tag" if match["tag"] else "markdown"
        pieces += [_fill(prose[end : match.start()], "markdown", fields), _fill(match.group(), escaping, fields)]
        end = match.end()
    return "".join((*pieces, _fill(prose[end:], "markdown", fields)))


def _fill(text: str, escaping: str, fields: Mapping[str, str]) -> str:
    return resolve_words(text, lambda name: apply_escaping(escaping, fields.get(name, "")))
