"""Sass variables that read the custom properties, maps of them by group, and the colours of each mode as constants.

A variable keeps working when the mode changes, as it is `var(--…)`. Where Sass itself must compute with a colour, or
for an e-mail that knows no custom property, `$tk-modes` has the sRGB colours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from themekit.model import Artifact, Color, Target
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.custom_properties import custom_properties
from themekit.render.property_names import property_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model import ResolvedTokens, TargetOptions
    from themekit.render.custom_properties import Property

NOTICE = "// Made by themekit from design tokens: change those, not this file."


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.scss`: works with LibSass and Dart Sass, by `@import` and by `@use`."""
    return (Artifact.text("theme/tokens.scss", _lines(tokens, options.prefix), media_type="text/x-scss"),)


def _lines(tokens: ResolvedTokens, prefix: str) -> Iterator[str]:
    properties = custom_properties(tokens, prefix)
    yield NOTICE
    for each in properties:
        yield f"${each.name[2:]}: var({each.name});"
    yield ""
    yield f"{_free_name('groups', prefix, properties)}: ("
    for group, members in _by_group(properties).items():
        yield f"  {css.string(group)}: ("
        yield from (f"    {css.string(_short(each.name, prefix))}: ${each.name[2:]}," for each in members)
        yield "  ),"
    yield ");"
    yield ""
    yield f"{_free_name('modes', prefix, properties)}: ("
    for index, mode in enumerate(tokens.modes):
        yield f"  {css.string(mode)}: ("
        for token in tokens.of("color"):
            name = _short(property_name(prefix, token.id), prefix)
            yield f"    {css.string(name)}: {css.color(cast('Color', token.values[index]))},"
        yield "  ),"
    yield ");"


def _by_group(properties: Iterable[Property]) -> dict[str, list[Property]]:
    """The properties by the first word of their token's id."""
    groups: dict[str, list[Property]] = {}
    for each in properties:
        groups.setdefault(each.token.split(".")[0], []).append(each)
    return groups


def _short(name: str, prefix: str) -> str:
    return name[len(f"--{prefix}-") :]


def _free_name(word: str, prefix: str, properties: Iterable[Property]) -> str:
    """`$tk-word`, with `-map` after it as long as a token has that name."""
    taken = {each.name for each in properties}
    name = f"--{prefix}-{word}"
    while name in taken:
        name += "-map"
    return f"${name[2:]}"


TARGET = Target("scss", "Sass variables, maps by group, and sRGB constants of each mode", emit, casings=(Casing.KEBAB,))
