"""Every token's value in every mode as CSS text in plain JSON, for scripts: by flat name, and nested by group.

Colours that sRGB has not are `color(display-p3 …)`, or `oklch(…)` beyond that: nothing is narrowed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model import Artifact, Target
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.code_text import json_text
from themekit.render.custom_properties import custom_properties
from themekit.render.losses import dashes_as_keyword

if TYPE_CHECKING:
    from themekit.model import ResolvedTokens, TargetOptions

Nested = dict[str, object]


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`flat.json` has members of composites too, as CSS has them; names in it are without the prefix."""
    properties = custom_properties(tokens, options.prefix)
    start = len(f"--{options.prefix}-")
    flat = {
        mode: {each.name[start:]: css.text_of(each.values[index], paint=css.exact_color) for each in properties}
        for index, mode in enumerate(tokens.modes)
    }
    nested = {mode: _nested(tokens, index) for index, mode in enumerate(tokens.modes)}
    return (_artifact("flat", flat), _artifact("nested", nested))


def _nested(tokens: ResolvedTokens, index: int) -> Nested:
    root: Nested = {}
    for token in tokens:
        *groups, name = token.id.split(".")
        group = root
        for part in groups:
            child = group.setdefault(part, {})
            if not isinstance(child, dict):
                raise TypeError(f"`{token.id}` stands below a token")
            group = child
        group[name] = css.text_of(token.values[index], paint=css.exact_color)
    return root


def _artifact(name: str, document: object) -> Artifact:
    text = json_text(json.dumps(document, indent=2, ensure_ascii=False))
    return Artifact.text(f"theme/json/{name}.json", f"{text}\n", media_type="application/json")


TARGET = Target(
    "json",
    "Values as CSS text in plain JSON",
    emit,
    casings=(Casing.KEBAB,),
    is_default=False,
    losses=dashes_as_keyword,
)
