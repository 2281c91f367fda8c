"""Custom properties by `light-dark()`: the tokens of `tokens.css` in a quarter of its rules, for browsers since 2024.

The same selectors choose a mode. A colour is chosen where it is used, so that `color-scheme: dark` on any element is
enough to make it dark. Wider colours stand under `@supports` and `@media` as in the target `css`, and so do time spans
where motion is not wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, Mode, Target
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.css_modes import P3, REC2020
from themekit.render.css_rules import Rule, minified, pretty
from themekit.render.custom_properties import custom_properties
from themekit.render.light_dark import light_dark_rules, scheme_rules
from themekit.render.losses import dashes_as_keyword
from themekit.render.property_rules import property_rules, still_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedTokens, TargetOptions

NOTICE = "/* Made by themekit from design tokens: change those, not this file. */"


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.css` and `tokens.min.css`. Modes that are no theme's are chosen by attribute, as in the target `css`."""
    rules = tuple(_rules(tokens, options.prefix))
    return (
        Artifact.text("theme/css-light-dark/tokens.css", pretty(rules, notice=NOTICE), media_type="text/css"),
        Artifact.text("theme/css-light-dark/tokens.min.css", minified(rules), media_type="text/css"),
    )


def _rules(tokens: ResolvedTokens, prefix: str) -> Iterator[Rule]:
    if tokens.modes[:2] != (Mode.LIGHT, Mode.DARK) or len(tokens.theme_modes) < len(tokens.modes):
        yield from property_rules(tokens, prefix)
        return
    properties = custom_properties(tokens, prefix)
    yield from scheme_rules(prefix)
    yield from light_dark_rules(tokens.modes, prefix, properties=properties, paint=css.color)
    wide = [each for each in properties if each.is_wide]
    widest = [each for each in wide if each.is_widest]
    for conditions, found, paint in ((P3, wide, css.best_color), (REC2020, widest, css.exact_color)):
        if found:
            for rule in light_dark_rules(tokens.modes, prefix, properties=found, paint=paint):
                yield Rule((*conditions, *rule.conditions), rule.selectors, rule.declarations)
    yield from still_rules([each.name for each in properties if each.is_time], prefix)


TARGET = Target(
    "css-light-dark",
    "Custom properties by light-dark(), in fewer rules",
    emit,
    casings=(Casing.KEBAB,),
    is_default=False,
    losses=dashes_as_keyword,
)
