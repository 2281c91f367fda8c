"""What a brand's output is made of: the parts, each a task, in the order they are told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.gateway import gateway
from themekit.build.packages import packages
from themekit.build.pictures import assets
from themekit.build.portal import site
from themekit.build.sdk import sdk
from themekit.build.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.engine import Ask
    from themekit.model import Artifact, BrandId

    Part = Callable[[Ask, BrandId], tuple[Artifact, ...]]

PARTS: dict[str, Part] = {
    "theme": theme,
    "assets": assets,
    "site": site,
    "sdk": sdk,
    "packages": packages,
    "gateway": gateway,
}
"""By the top-level folder that each writes to."""


def part_of(path: str) -> Part | None:
    """The part that makes the artifact at this path below its brand's folder."""
    return PARTS.get(path.partition("/")[0])
