"""Custom properties: one complete set at the root, and for each mode only what differs there.

Which mode holds where is said in `render/css_modes.py`. A screen that shows Display P3 gets the colours that sRGB has
not as `color(display-p3 …)`, one that shows Rec. 2020 those that even Display P3 has not as `oklch(…)`; for all
others the nearest colour of sRGB stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Alias, Artifact, Target
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.css_modes import P3, REC2020, everywhere, mode_places
from themekit.render.css_rules import Rule, minified, pretty
from themekit.render.losses import dashes_as_keyword
from themekit.render.property_names import property_name
from themekit.render.property_rules import property_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import Color, Mode, ResolvedTokens, TargetOptions, TokenId

__all__ = ["TARGET", "Rule", "emit", "minified", "pretty", "rules_of"]

NOTICE = "/* Made by themekit from design tokens: change those, not this file. */"


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.css` and the same rules without white space in `tokens.min.css`."""
    rules = tuple(rules_of(tokens, options))
    return (
        Artifact.text("theme/tokens.css", pretty(rules, notice=NOTICE), media_type="text/css"),
        Artifact.text("theme/tokens.min.css", minified(rules), media_type="text/css"),
    )


def rules_of(tokens: ResolvedTokens, options: TargetOptions) -> Iterator[Rule]:
    """Every rule in cascade order; all have the same specificity, so the later one wins."""
    return property_rules(tokens, options.prefix)


def first_rules(colors: Mapping[TokenId, Color | Alias], mode: Mode, *, prefix: str) -> Iterator[Rule]:
    """The rules of `rules_of` in which a mode stands, with these tokens alone; for a first look at what is other.

    References stand in the rule of all modes too: a brand's roles nearly always follow one step in all of them.
    """
    narrow, wide, widest, references = {}, {}, {}, {}
    for token_id, value in colors.items():
        name = property_name(prefix, token_id)
        if isinstance(value, Alias):
            narrow[name] = wide[name] = widest[name] = references[name] = f"var({property_name(prefix, value.target)})"
        else:
            narrow[name], wide[name], widest[name] = css.color(value), css.best_color(value), css.exact_color(value)
    if references:
        yield Rule((), everywhere(prefix), references)
    for conditions, selectors in mode_places(mode, prefix):
        yield Rule(conditions, selectors, narrow)
        yield Rule((*P3, *conditions), selectors, wide)
        yield Rule((*REC2020, *conditions), selectors, widest)


TARGET = Target(
    "css",
    "Custom properties in every mode, readable and minified",
    emit,
    casings=(Casing.KEBAB,),
    losses=dashes_as_keyword,
)
