"""What the portal shows: sections, extra navigation, announcement, social links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Note
from themekit.diagnostics.printable import quoted
from themekit.model import Announcement, NavigationLink, Portal, SocialLink
from themekit.source.codes import DUPLICATE_ITEM, UNKNOWN_SECTION
from themekit.source.text_policy import plain_text
from themekit.source.urls import link, web_url

if TYPE_CHECKING:
    from themekit.model import Origin
    from themekit.source.node import Node

_SECTION = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def portal(node: Node, known_sections: tuple[str, ...] | None) -> Portal:
    """The portal's settings. `known_sections` are the folders of docs_src; None: any well-formed name is accepted."""
    announcement = node.node("announcement")
    text = plain_text(announcement.item("text"))
    url = link(announcement.item("url"))
    return Portal(
        sections=_sections(node, known_sections) if node.has("sections") else None,
        navigation=_navigation(node),
        announcement=None if text is None else Announcement(text, url),
        social=_social(node),
    )


def _sections(node: Node, known: tuple[str, ...] | None) -> tuple[str, ...]:
    found: dict[str, Origin] = {}
    for item in node.items("sections"):
        name = item.text() or ""
        if name in found:
            item.report(
                DUPLICATE_ITEM, f"{quoted(name)} is listed twice", notes=[Note("first listed here", found[name])]
            )
        elif not (name in known if known is not None else _SECTION.fullmatch(name)):
            hint = item.names_hint(name, known or (), label="the portal's sections")
            item.report(UNKNOWN_SECTION, f"the portal has no section {quoted(name)}", hint=hint)
        else:
            found[name] = item.origin()
    return tuple(found)


def _navigation(node: Node) -> tuple[NavigationLink, ...]:
    found = ((plain_text(each.item("title")), link(each.item("url"))) for each in node.nodes("navigation"))
    return tuple(NavigationLink(title, url) for title, url in found if title is not None and url is not None)


def _social(node: Node) -> tuple[SocialLink, ...]:
    found = ((each.choice("kind", ""), web_url(each.item("url"))) for each in node.nodes("social"))
    return tuple(SocialLink(kind, url) for kind, url in found if kind and url is not None)
