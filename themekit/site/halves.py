"""A page's Markdown with words for values, finished with a set of probes.

Markdown and Pygments see words (placeholder.py), never values. So both halves have the same Markdown, and it is
rendered once, with each word as its own value; then values take the words' places as in a render of one brand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from themekit.site.encoded import decoded_meta, encoded_meta
from themekit.site.fields import kind_of
from themekit.site.pieces import PageHalf
from themekit.site.placeholder import resolve_words, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Finish = Callable[[str], str]


def word_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """A word in place of each value; the locale is itself, as it decides structure."""
    return {name: value if kind_of(name) == "locale" else word_of(name) for name, value in fields.items()}


def finished_half(page: PageHalf, fields: Mapping[str, str]) -> PageHalf:
    """The page with values in place of its words, escaped for text and attributes."""

    def finished(text: str) -> str:
        return resolve_words(text, lambda name: str(escape(fields.get(name, ""))))

    toc = page.toc
    if "Zxq" in toc:
        toc = json.dumps(_finished_toc(json.loads(toc), finished), ensure_ascii=False)
    return PageHalf(
        finished(page.html),
        toc,
        finished(page.title),
        _finished_meta(page.meta, finished),
        _finished_meta(page.shown_meta, finished),
        page.listing,
    )


def _finished_toc(tokens: list[dict[str, Any]], finished: Finish) -> list[dict[str, Any]]:
    return [
        {**token, "name": finished(token["name"]), "children": _finished_toc(token["children"], finished)}
        for token in tokens
    ]


def _finished_meta(meta: str, finished: Finish) -> str:
    """Title and description have words, and are Markup; all else is as somebody wrote it."""
    if "Zxq" not in meta:
        return meta
    return encoded_meta(
        {
            key: Markup(finished(value)) if isinstance(value, Markup) else value  # noqa: S704  # values are escaped
            for key, value in decoded_meta(meta).items()
        }
    )
