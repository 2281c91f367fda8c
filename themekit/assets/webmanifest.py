"""The web app manifest: how the portal is named and shown when it is installed. Source: W3C App Manifest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.assets.icons import ICON_SIDES_PX, MASKABLE_SIDES_PX, MONOCHROME_SIDE_PX
from themekit.assets.palette import palette
from themekit.model import Artifact, Mode

if TYPE_CHECKING:
    from themekit.model import Brand, ResolvedTokens

SHORT_NAME_MAX = 12  # characters that a launcher shows below an icon before it cuts


def emit_webmanifest(brand: Brand, tokens: ResolvedTokens, *, start_url: str = "../") -> tuple[Artifact, ...]:
    """assets/site.webmanifest. Its addresses are relative to itself: icons beside it, `start_url` the portal's root."""
    light = palette(tokens, Mode.LIGHT)
    icons = [("any", "icon", side) for side in ICON_SIDES_PX if side >= 192]
    icons += [("maskable", "maskable", side) for side in MASKABLE_SIDES_PX]
    icons += [("monochrome", "monochrome", MONOCHROME_SIDE_PX)]
    manifest = {
        "name": brand.name,
        "short_name": short_name(brand.name),
        "description": brand.description,
        "lang": brand.locale,
        "dir": "ltr",
        "id": start_url,
        "start_url": start_url,
        "scope": start_url,
        "display": "minimal-ui",
        "theme_color": light.header,
        "background_color": light.page,
        "icons": [
            {"src": "icon.svg", "type": "image/svg+xml", "sizes": "any", "purpose": "any"},
            *(
                {"src": f"{stem}-{side}.png", "type": "image/png", "sizes": f"{side}x{side}", "purpose": purpose}
                for purpose, stem, side in icons
            ),
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    return (Artifact.text("assets/site.webmanifest", [text], media_type="application/manifest+json"),)


def short_name(name: str) -> str:
    """As many whole words of the name as a launcher shows; a first word that is longer is kept whole."""
    words = name.split()
    short = words[0]
    for word in words[1:]:
        if len(f"{short} {word}") > SHORT_NAME_MAX:
            break
        short = f"{short} {word}"
    return short.rstrip(" &,-–+") or short
