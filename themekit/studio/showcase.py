"""Pages that show a brand apart from its portal: all components, and all pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model import BrandId
    from themekit.studio.live import Live


async def gallery(live: Live, brand_id: BrandId) -> tuple[bytes, str] | None:
    """The components in the brand's clothes."""
    return None


async def picture_sheet(live: Live, brand_id: BrandId) -> tuple[bytes, str] | None:
    """Icons, logos and the social card."""
    return None
