"""The headers that a brand's site is to be served with, whatever serves it.

Source: CSP Level 3 (W3C); OWASP Secure Headers Project. HSTS is missing on purpose: it binds a whole domain, which is
for the partner who owns it to decide.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.site.fields import slot_fields
from themekit.site.stamp import Stamper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model import Brand
    from themekit.site.hosting.demands import Demands, Script

REVALIDATED = "no-cache"
PACKAGES = "packages/npm/"


@dataclass(frozen=True, slots=True)
class Answers:
    """Headers of every answer; and of single paths, which are relative to the site, in their place or besides."""

    always: tuple[tuple[str, str], ...]
    of_path: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


def answers_of(brand: Brand, demands: Demands) -> Answers:
    """What to answer for a site whose pages demand this."""
    always = (
        ("Content-Security-Policy", content_policy(brand, demands)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", REVALIDATED),
    )
    # A file without a suffix: npm asks for the document under the package's own name.
    document = (f"{PACKAGES}{brand.sdk.typescript.package}", (("Content-Type", "application/json"),))
    return Answers(always, (document,))


def content_policy(brand: Brand, demands: Demands) -> str:
    """The Content-Security-Policy that the pages keep.

    Scripts that stand in pages are named by their SHA-256. Styles in pages are allowed: Mermaid writes a style element
    into each diagram, which no hash can foresee, and tables are aligned by style attributes.
    """
    apis = sorted({origin for url in (brand.api.base_url, brand.api.sandbox_url) if (origin := _origin(url))})
    sources: dict[str, list[str]] = {
        "default-src": ["'self'"],
        "base-uri": ["'self'"],
        "connect-src": ["'self'", *apis],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
        "frame-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "manifest-src": ["'self'"],
        "media-src": ["'self'"],
        "object-src": ["'none'"],
        "script-src": ["'self'", *_hashes(brand, demands.scripts)],
        "style-src": ["'self'", "'unsafe-inline'"],
        "worker-src": ["'self'"],
    }
    for directive, origin in demands.origins:
        sources[directive].append(origin)
    return "; ".join(f"{directive} {' '.join(allowed)}" for directive, allowed in sources.items())


def _hashes(brand: Brand, scripts: Iterable[Script]) -> list[str]:
    stamper = Stamper(slot_fields(brand))
    contents = {
        b"".join(part if isinstance(part, bytes) else stamper.value(part) for part in script) for script in scripts
    }
    return sorted(f"'sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}'" for content in contents)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""
