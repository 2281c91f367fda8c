"""What a page says of its list besides items and the way on: how many items and pages there are, and which it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.model.api import Pagination
    from themekit.source.json_value import JsonValue

_MEANINGS = {
    **dict.fromkeys(("total", "totalcount", "totalitems", "totalresults", "totalrecords", "totalelements"), "items"),
    **dict.fromkeys(("totalpages", "pagecount", "numpages", "lastpage"), "pages"),
    **dict.fromkeys(("perpage", "pagesize"), "size"),
}
_OF_PAGES = dict.fromkeys(("page", "currentpage", "pagenumber"), "page")
_ABOUT_LISTS = frozenset({"meta", "metadata", "pagination", "paging", "page", "pageinfo"})
_TRIED = (0, 1, 2, 7, 507)
"""No member is counted whose schema refuses one of these: 507 items are the most that a sandbox remembers."""


def page_counts(
    pagination: Pagination, body: JsonValue, *, fits: Callable[[tuple[str, ...], int], bool]
) -> list[tuple[tuple[str, ...], str]]:
    """The members of a page that are counts, and what each counts: `items`, `pages`, `page`, `size` or `start`.

    They are known by their names, beside the list or in an object such as `meta`. `fits` says whether the
    page is valid with a number at a place.
    """
    meanings = dict(_MEANINGS)
    if pagination.kind == "page":
        meanings |= _OF_PAGES | {_word(pagination.parameter): "page"}
    if pagination.kind == "offset":
        meanings[_word(pagination.parameter)] = "start"
    if pagination.size:
        meanings[_word(pagination.size)] = "size"
    taken = {pagination.items, pagination.next, pagination.more}
    found = []
    for path, value in _members(body, pagination.items[:-1]):
        meaning = meanings.get(_word(path[-1]))
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if meaning is not None and is_number and path not in taken and _always(path, meaning, fits):
            found.append((path, meaning))
    return found


def _always(path: tuple[str, ...], meaning: str, fits: Callable[[tuple[str, ...], int], bool]) -> bool:
    least = 0 if meaning in {"items", "pages", "start"} else 1
    return all(fits(path, number) for number in _TRIED if number >= least)


def _members(body: JsonValue, beside: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], JsonValue]]:
    """Members that speak of the list: at the top, beside it, and in objects with a name for such things."""
    if not isinstance(body, dict):
        return
    for name, value in body.items():
        if isinstance(value, dict) and ((name,) == beside or _word(name) in _ABOUT_LISTS):
            yield from (((name, inner), each) for inner, each in value.items())
        else:
            yield (name,), value


def _word(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
