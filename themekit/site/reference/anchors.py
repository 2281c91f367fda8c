"""Links in descriptions as Redoc has them, `#tag/Payments` and `#operation/createPayment`, as links of the portal."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from themekit.model.outline import OperationId
from themekit.site.reference.places import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.site.reference.places import Places

_LINK = re.compile(r'(?<=<a href=")#(?:tag/[^"/]+/)?(?P<kind>tag|operation)/(?P<name>[^"/]+)(?=")')


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where such links lead to, seen from a page."""

    places: Places
    tags: Mapping[str, Place]
    page: str

    def led(self, content: str) -> str:
        """The HTML of a description with links that lead somewhere; those to nothing known stay as they are."""
        return _LINK.sub(self._link, content) if 'href="#' in content else content

    def _link(self, match: re.Match[str]) -> str:
        name = unquote(unescape(match["name"]))
        found = self.tags.get(_word(name)) if match["kind"] == "tag" else self.places.operations.get(OperationId(name))
        return match[0] if found is None else escape(self.places.link(found, seen_from=self.page))


def places_of_tags(places: Places) -> dict[str, Place]:
    """The first page of each tag, by its title as links write it."""
    return {
        _word(page.group.title): Place(page.name, "")
        for page in places.pages
        if page.kind == "operations" and page.number == 1 and page.group is not None
    }


def _word(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", name.strip()).casefold()
