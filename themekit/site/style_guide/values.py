"""A brand's values for the style guide, as a script: a page that was opened from a disk may not fetch."""

from __future__ import annotations

import json
from math import floor
from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, TokenId
from themekit.render import css
from themekit.render.property_names import property_name
from themekit.resolve import contrast_report
from themekit.resolve.colour import blend, to_srgb8
from themekit.resolve.luminance import ratio
from themekit.site.style_guide.page import PREFIX, SCRIPT, shared_tokens, shown_pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model import ResolvedToken, ResolvedTokens

PAGE = TokenId("color.page")
POINTS = {"de": ","}


def guide_values(tokens: ResolvedTokens, *, locale: str) -> Artifact:
    """`assets/style-guide.js`, which the site has in the brand's folder.

    Its object has `modes`, `tokens` and `own`: of each token what it is called, its type, its values (one, or one for
    each mode), of a colour its ratios with the page; and `pairs` with a ratio for each mode.
    """
    shared = {token.id for token in shared_tokens()}
    pages = [value if isinstance(value, Color) else Color("srgb", (1.0, 1.0, 1.0)) for value in _of(tokens, PAGE)]
    point = POINTS.get(locale, ".")
    found = {token.id: _token(token, pages, point=point) for token in tokens}
    pairs: dict[str, list[str]] = {}
    shown = shown_pairs()
    for pair in contrast_report(tokens):
        if (pair.text, pair.ground) in shown:
            pairs.setdefault(f"{pair.text} {pair.ground}", []).append(_figure(pair.ratio, point))
    guide = {
        "modes": list(tokens.modes),
        "tokens": {name: token for name, token in found.items() if name in shared},
        "own": [token for name, token in found.items() if name not in shared],
        "pairs": pairs,
    }
    text = json.dumps(guide, separators=(",", ":"))
    return Artifact.text(f"assets/{SCRIPT}", f"self.TK_STYLE_GUIDE={text};\n", media_type="text/javascript")


def _of(tokens: ResolvedTokens, token_id: TokenId) -> Sequence[object]:
    return next((token.values for token in tokens if token.id == token_id), (None,) * len(tokens.modes))


def _token(token: ResolvedToken, pages: Sequence[Color], *, point: str) -> dict[str, object]:
    is_constant = len(set(token.values)) == 1
    values = [
        css.text_of(value, paint=css.exact_color) for value in (token.values[:1] if is_constant else token.values)
    ]
    about = " ".join(filter(None, (token.description, token.deprecated)))
    found: dict[str, object] = {"name": property_name(PREFIX, token.id), "type": token.type, "values": values}
    if token.type == "color":
        shown = zip(token.values, pages, strict=True)
        found["ratios"] = [_figure(_ratio(value, page), point) for value, page in shown if isinstance(value, Color)]
    return found | ({"about": about} if about else {})


def _ratio(color: Color, page: Color) -> float:
    """The contrast of a colour on the page, as a screen shows both."""
    ground = Color(page.space, page.components)
    return ratio(to_srgb8(blend(color, ground)), to_srgb8(ground))


def _figure(value: float, point: str) -> str:
    """Rounded down, so that 4.499 never reads as the 4.5 it misses."""
    return f"{floor(value * 100) / 100:.2f}".replace(".", point)
