"""Where to tell of a hole: `.well-known/security.txt`. Source: RFC 9116."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.model import Artifact
from themekit.site.hosting.static_hosts import HOSTING
from themekit.site.stamp import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import Brand

YEAR_S = 365 * 24 * 60 * 60
PLACE = ".well-known/security.txt"


def well_known_files(brand: Brand, *, epoch_s: int | None) -> tuple[Artifact, ...]:
    """security.txt, in the site if that is at its host's root, else below `hosting/`, to be put there.

    None without a contact, or without a time: it must say when it expires, a year after SOURCE_DATE_EPOCH.
    """
    email = f"mailto:{brand.contact.email}" if brand.contact.email else None
    contact = brand.contact.security or email or brand.urls.support
    if contact is None or epoch_s is None:
        return ()
    is_root = urlsplit(brand.urls.site).path in {"", "/"}
    path = f"{SITE}/{PLACE}" if is_root else f"{HOSTING}/security.txt"
    return (Artifact.text(path, _lines(brand, contact, epoch_s)),)


def _lines(brand: Brand, contact: str, epoch_s: int) -> Iterator[str]:
    site = urlsplit(brand.urls.site)
    yield f"Contact: {contact}"
    yield f"Expires: {datetime.fromtimestamp(epoch_s + YEAR_S, UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}"
    yield f"Preferred-Languages: {brand.locale}"
    yield f"Canonical: {site.scheme}://{site.netloc}/{PLACE}"
