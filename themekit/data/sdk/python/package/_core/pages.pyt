"""The items of a list, page after page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from .options import UNSET
from .values import decode

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from .exchange import Exchange
    from .headers import Headers
    from .operations import Operation, Paging
    from .options import CallOptions

T = TypeVar("T")

_PARAM = r";\s*([^\s=;,\"]+)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;,\s\"]*)))?\s*"
_PARAMS = re.compile(_PARAM)
_LINK = re.compile(rf"<([^>]*)>\s*((?:{_PARAM})*)")


async def async_items(
    exchange: Exchange,
    operation: Operation[Any],
    paging: Paging[T],
    values: Mapping[str, Any],
    options: CallOptions,
) -> AsyncIterator[T]:
    """Every item from the first page on. A page is asked for when it is needed."""
    asked, url = dict(values), ""
    seen: set[str] = set()
    while True:
        answer = await exchange.read(operation, asked, options, url=url)
        content = answer.json
        found = _at(content, paging.items)
        items = found if isinstance(found, list) else []
        for each in items:
            item: T = decode(paging.item, each)
            yield item
        following = _following(paging, content, items, answer.info.headers, asked)
        if following is None or following in seen:
            return  # a list that leads back to a page it had would never end
        seen.add(following)
        if paging.kind in {"next-url", "link-header"}:
            url = following


def _following(
    paging: Paging[Any],
    content: Any,
    items: list[Any],
    headers: Headers,
    asked: dict[str, Any],
) -> str | None:
    """What tells the next page from others, put into `asked`; None at the end."""
    if paging.more and _at(content, paging.more) is False:
        return None
    if paging.kind == "link-header":
        return next_link(headers)
    if paging.kind in {"next-url", "cursor"}:
        value = _at(content, paging.next)
        if value is None or value == "":
            return None
        if paging.kind == "next-url":
            return value if isinstance(value, str) else None
    elif not items:
        return None
    elif paging.kind == "last-id":
        value = _at(items[-1], (paging.id_field,))
        if value is None:
            return None
    else:
        before = asked.get(paging.parameter)
        if before is None or before is UNSET:
            before = paging.first
        value = int(before) + (1 if paging.kind == "page" else len(items))
    asked[paging.parameter] = value
    return str(value)


def _at(content: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        content = content.get(name) if isinstance(content, dict) else None
    return content


def next_link(headers: Headers) -> str | None:
    """The target of `rel="next"`. Source: RFC 8288, section 3."""
    for value in headers.get_all("link"):
        for link in _LINK.finditer(value):
            for name, quoted, plain in _PARAMS.findall(link[2]):
                rels = (quoted or plain).lower().split()
                if name.lower() == "rel" and "next" in rels:
                    return link[1]
    return None
