"""Repairs of the pages Material writes: names that assistive technology needs, and the product's name in the header.

Exact replacements in its output rather than copies of its templates, which would have to follow each release. A repair
that no longer finds its place shows in the accessibility tests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import escape

from themekit.site.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable

_SEARCH = 'data-md-component="search" role="dialog"'
# A section with an index page has an empty label; its title stands only in the drawer's heading.
_SECTION = re.compile(
    r'aria-labelledby="(?P<id>__nav_[0-9_]+)_label"(?P<state> aria-expanded="(?:true|false)")>(?P<label>'
    r'\s*<label class="md-nav__title" for="(?P=id)">\s*<span class="md-nav__icon md-icon"></span>\s*)(?P<title>[^<]*?)'
    r"(?=\s*</label>)"
)
_NAME = re.compile(r'(<div class="md-header__topic">\s*<span class="md-ellipsis">)\s*([^<]*?)\s*(?=</span>)')
_CHECKBOX = re.compile(r'(<label class="task-list-control">\s*<input type="checkbox" disabled)(?P<checked>[^>]*)>')
_EMPTY_HEADER = re.compile(r"<th( [^>]*)?></th>")
_FOOTNOTE = re.compile(r'(class="footnote-backref"[^>]*? title=")Jump back to footnote (\d+) in the text(?=")')
_PERMALINK = re.compile(r'(class="headerlink"[^>]*? title=")Permanent link(?=")')
_SPACE = re.compile(r"\n[ \t]*(?=\n)")
_PREFORMATTED = re.compile(r"(<(pre|textarea|script)\b.*?</\2>)", re.DOTALL)


def repaired(page: str, locale: str) -> str:
    """The page with its repairs, in the language's words, and without the blank lines that templates leave."""
    words = wording(locale)
    page = page.replace(_SEARCH, f'{_SEARCH} aria-label="{escape(words["search"])}"', 1)
    page = page.replace('<nav class="md-tags"', f'<nav class="md-tags" aria-label="{escape(words["tags"])}"', 1)
    page = _CHECKBOX.sub(
        lambda match: (
            f'{match[1]} aria-label="{words["done" if "checked" in match["checked"] else "to-do"]}"{match["checked"]}>'
        ),
        page,
    )
    page = _EMPTY_HEADER.sub(r"<td\1></td>", page)  # a corner without text heads nothing
    page = _PERMALINK.sub(lambda match: f"{match[1]}{escape(words['permalink'])}", page)
    page = _FOOTNOTE.sub(lambda match: f"{match[1]}{escape(words['footnote'].format(number=match[2]))}", page)
    page = _SECTION.sub(r'aria-label="\g<title>"\g<state>>\g<label>\g<title>', page)
    page = _NAME.sub(
        rf'\1<span class="tk-name">\2</span><span class="tk-product">{escape(words["product"])}</span>', page, count=1
    )
    return _outside_preformatted(page, lambda text: _SPACE.sub("", text))


def _outside_preformatted(page: str, change: Callable[[str], str]) -> str:
    pieces = _PREFORMATTED.split(page)
    # split() gives text, whole element, its name, text, …
    return "".join(change(piece) if index % 3 == 0 else piece for index, piece in enumerate(pieces) if index % 3 != 2)
