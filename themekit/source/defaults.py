"""What stands in for the fields that a brand does not give. The smallest legal brand is a name and a colour."""

from __future__ import annotations

from themekit.model import Dimension

VERSION = "1.0.0"
LOCALE = "en"
TAGLINES = {"en": "Developer portal", "de": "Entwicklerportal"}
_DESCRIPTIONS = {
    "en": "Guides, API reference and SDKs for building with {name}.",
    "de": "Anleitungen, API-Referenz und SDKs für die Entwicklung mit {name}.",
}

BODY_FAMILY = "Inter"
CODE_FAMILY = "JetBrains Mono"
BASE_SIZE = Dimension(16.0, "px")
RATIO = 1.2
RADIUS = Dimension(6.0, "px")
BORDER = Dimension(1.0, "px")


def host(brand_id: str) -> str:
    """A host that nobody can own. Source: RFC 2606, section 2."""
    return f"{brand_id}.example"


def description(name: str, locale: str) -> str:
    """One sentence about the portal, in the brand's language."""
    return _DESCRIPTIONS[locale].format_map({"name": name})
