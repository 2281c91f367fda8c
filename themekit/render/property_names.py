"""The name of a token's custom property."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model.token_names import css_name
from themekit.render import css

if TYPE_CHECKING:
    from themekit.model import TokenId

SPACING = "-letter-spacing"
"""The end of the one name of a style of text that no shorthand holds, so that references to a style need it, too."""
REMEMBERED = 16_384  # the names of some large sets


@lru_cache(maxsize=REMEMBERED)
def property_name(prefix: str, token: TokenId) -> str:
    """`--tk-color-text` of `color.text`, escaped."""
    return f"--{prefix}-{css.identifier(css_name(token))}"
