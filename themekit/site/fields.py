"""The textual fields of a brand by the names pages use: `{{ brand.sdk.python.module }}`.

A field's kind says which characters its value may hold, and so what a probe of it must look like (probe.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from themekit.model.sdk import go_module

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from themekit.model import Brand

FieldKind = Literal["text", "url", "email", "identifier", "version", "locale"]


@dataclass(frozen=True, slots=True)
class Field:
    """One textual field. `is_optional` fields may have no value and need an `{% if %}` in pages."""

    name: str
    kind: FieldKind
    value: Callable[[Brand], str | None]
    is_optional: bool = False


PLACEHOLDERS: tuple[Field, ...] = (
    Field("id", "identifier", lambda brand: brand.id),
    Field("name", "text", lambda brand: brand.name),
    Field("legalName", "text", lambda brand: brand.legal_name),
    Field("tagline", "text", lambda brand: brand.tagline),
    Field("description", "text", lambda brand: brand.description),
    Field("version", "version", lambda brand: brand.version),
    Field("locale", "locale", lambda brand: brand.locale),
    Field("urls.site", "url", lambda brand: brand.urls.site),
    Field("urls.home", "url", lambda brand: brand.urls.home),
    Field("urls.support", "url", lambda brand: brand.urls.support, is_optional=True),
    Field("urls.status", "url", lambda brand: brand.urls.status, is_optional=True),
    Field("urls.terms", "url", lambda brand: brand.urls.terms, is_optional=True),
    Field("urls.privacy", "url", lambda brand: brand.urls.privacy, is_optional=True),
    Field("urls.repository", "url", lambda brand: brand.urls.repository, is_optional=True),
    Field("contact.email", "email", lambda brand: brand.contact.email, is_optional=True),
    Field("contact.phone", "text", lambda brand: brand.contact.phone, is_optional=True),
    Field("contact.address", "text", lambda brand: brand.contact.address, is_optional=True),
    Field("api.baseUrl", "url", lambda brand: brand.api.base_url),
    Field("api.sandboxUrl", "url", lambda brand: brand.api.sandbox_url),
    Field("sdk.client", "identifier", lambda brand: brand.sdk.client),
    Field("sdk.typescript.package", "identifier", lambda brand: brand.sdk.typescript.package),
    Field("sdk.python.package", "identifier", lambda brand: brand.sdk.python.package),
    Field("sdk.python.module", "identifier", lambda brand: brand.sdk.python.module),
    Field("sdk.java.group", "identifier", lambda brand: brand.sdk.java.group),
    Field("sdk.java.artifact", "identifier", lambda brand: brand.sdk.java.artifact),
    Field("sdk.java.package", "identifier", lambda brand: brand.sdk.java.package),
    Field("sdk.go.module", "identifier", lambda brand: go_module(brand.sdk.go.module, brand.version)),
    Field("sdk.go.package", "identifier", lambda brand: brand.sdk.go.package),
    Field("portal.announcement.text", "text", lambda brand: _announcement(brand)[0], is_optional=True),
    Field("portal.announcement.url", "url", lambda brand: _announcement(brand)[1], is_optional=True),
)
"""What a page may name, in the order of the brand file."""

LEGAL = ("urls.support", "urls.status", "urls.terms", "urls.privacy", "urls.repository")
"""The addresses that every page's footer links to, in this order, as far as the brand has them."""

OF_TEMPLATES = frozenset({*LEGAL, "portal.announcement.text", "portal.announcement.url"})
"""The optional fields that every page shows."""

ANNOUNCED_PAGE = "portal.announcement.page"
"""The page an announcement leads to, relative to the site. Templates link to it; pages cannot name it."""

BY_NAME: Mapping[str, Field] = {field.name: field for field in PLACEHOLDERS}


def text_fields(brand: Brand) -> dict[str, str | None]:
    """Every placeholder's value by its dotted name; None where an optional field is absent or empty.

    Values are without white space at their ends: a renderer may drop it there, and a join would not.
    """
    return {field.name: (field.value(brand) or "").strip() or None for field in PLACEHOLDERS}


def slot_fields(brand: Brand) -> dict[str, str]:
    """Every value that a rendered site may hold: the placeholders that have one, and the members of the portal's lists.

    Members are numbered: `portal.navigation.0.title`, `portal.social.1.url`.
    """
    found = {name: value for name, value in text_fields(brand).items() if value is not None}
    if page := _announced_page(brand):
        found[ANNOUNCED_PAGE] = page
    for index, link in enumerate(brand.portal.navigation):
        found[f"portal.navigation.{index}.title"] = link.title.strip()
        found[f"portal.navigation.{index}.url"] = _absolute(link.url.strip(), brand)
    for index, social in enumerate(brand.portal.social):
        found[f"portal.social.{index}.url"] = _absolute(social.url.strip(), brand)
    return found


def kind_of(name: str) -> FieldKind:
    """The kind of a placeholder or of a numbered list member. Raises KeyError for any other name."""
    if name == ANNOUNCED_PAGE:
        return "identifier"
    if name.startswith(("portal.navigation.", "portal.social.")):
        return "url" if name.endswith(".url") else "text"
    return BY_NAME[name].kind


def _announcement(brand: Brand) -> tuple[str | None, str | None]:
    announcement = brand.portal.announcement
    if announcement is None:
        return None, None
    return announcement.text, announcement.url and _absolute(_announced_page(brand) or announcement.url, brand)


def _announced_page(brand: Brand) -> str | None:
    """`guides/` as `guides/index.html`, and `guides/x.md` as `guides/x.html`; None for an address."""
    url = brand.portal.announcement and brand.portal.announcement.url
    if not url or url.startswith("/") or urlsplit(url).scheme:
        return None
    path, *rest = re.split(r"(?=[?#])", url, maxsplit=1)
    path = f"{path}index.html" if path.endswith("/") or not path else re.sub(r"\.md$", ".html", path)
    return "".join((path, *rest))


def _absolute(url: str, brand: Brand) -> str:
    """A path inside the portal as an address: whether a link is relative would change the pages' structure."""
    return urljoin(brand.urls.site, url)
