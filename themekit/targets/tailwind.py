"""A theme for Tailwind CSS 4: utilities whose values are the custom properties, so they follow the mode.

Import it after `tailwindcss` and `tokens.css`. Names lose their group where the namespace says it: `color.text` is
`text-text` and `bg-text`, `space.4` is `p-4`. Where it stands further in, as in `acme.radius.s`, the whole name stays.
Lengths of no namespace are spacing under their whole name. What Tailwind
has no namespace for is a utility of the token's name: `tk-border-default`, `tk-typography-body`; numbers that are no
line height stay custom properties.

Source: Tailwind CSS 4, "Theme variables" (namespaces) and "Functions and directives" (`@theme`, `@utility`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.model import Artifact, Mode, Setting, Target
from themekit.model.token_names import Casing, css_name
from themekit.render.css_modes import are_theme
from themekit.render.custom_properties import custom_properties
from themekit.render.identifiers import ascii_name
from themekit.render.losses import dashes_as_keyword
from themekit.render.property_names import property_name
from themekit.render.reserved_names import TAILWIND_SIZES, TAILWIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import ResolvedToken, ResolvedTokens, TargetOptions, TokenType

NOTICE = "/* Made by themekit from design tokens: change those, not this file. */"
PALETTE = Setting("palette", "whether Tailwind's own colours stay (`extend`) or go (`replace`)", ("extend", "replace"))
# The namespace of a type, and beginnings of names that it makes needless.
NAMESPACES: Mapping[TokenType, tuple[str, tuple[str, ...]]] = {
    "color": ("color", ("color-",)),
    "fontFamily": ("font", ("font-family-", "font-", "family-")),
    "fontWeight": ("font-weight", ("font-weight-", "weight-")),
    "shadow": ("shadow", ("shadow-",)),
    "cubicBezier": ("ease", ("easing-", "ease-")),
    "typography": ("text", ("typography-", "text-")),
}
DIMENSIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("spacing", ("spacing-", "space-")),
    ("radius", ("border-radius-", "radius-")),
    ("text", ("font-size-", "text-size-")),
    ("tracking", ("letter-spacing-", "tracking-")),
    ("breakpoint", ("breakpoint-", "screen-")),
    ("container", ("container-",)),
    ("blur", ("blur-",)),
)
# What says it further in, as in `acme-font-size-small`: then the whole name stays.
INSIDE = (
    ("radius", re.compile(r"(?:^|-)radius(?:-|$)")),
    ("text", re.compile(r"(?:^|-)(?:font|text)-size(?:-|$)")),
    ("tracking", re.compile(r"(?:^|-)letter-spacing(?:-|$)")),
    ("breakpoint", re.compile(r"-breakpoint(?:-|$)")),
)
LINE_HEIGHT = re.compile(r"-line-height(?:-|$)")
LEADING = ("font-line-height-", "line-height-", "leading-")
UTILITIES: Mapping[TokenType, str] = {
    "border": "border: {}",
    "duration": "transition-duration: {}",
    "transition": "transition: all {}",
    "gradient": "background-image: linear-gradient({})",
    "strokeStyle": "border-style: {}",
}


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`theme.css`, in token order."""
    return (Artifact.text("theme/tailwind/theme.css", _lines(tokens, options), media_type="text/css"),)


def _lines(tokens: ResolvedTokens, options: TargetOptions) -> Iterator[str]:
    known = {each.name for each in custom_properties(tokens, options.prefix)}
    yield NOTICE
    if Mode.DARK in tokens.modes:
        yield from _dark_variant(tokens.modes, options.prefix)
    yield "@theme inline {"
    if PALETTE.of(options) == "replace":
        yield "  --color-*: initial;"
    taken: set[str] = set()
    for token in tokens:
        yield from (f"  {name}: {text};" for name, text in _variables(token, options.prefix, known=known, taken=taken))
    yield "}"
    for token in tokens:
        if declarations := _utility(token, options.prefix, known=known):
            yield f"@utility {ascii_name(property_name(options.prefix, token.id)[2:])} {{"
            yield from (f"  {declaration};" for declaration in declarations)
            yield "}"


def _dark_variant(modes: tuple[str, ...], prefix: str) -> Iterator[str]:
    """`dark:` where tokens are dark: by the attribute, or by the system where there is none; as in `css_modes`."""
    attribute = f"data-{prefix}-mode"
    dark = f'[{attribute}^="dark"]'
    yield "@custom-variant dark {"
    if not are_theme(modes):  # chosen by the attribute alone, on paper too
        yield f"  &:where({_inside(attribute, dark)}) {{ @slot; }}"
        yield "}"
        return
    yield f"  @media screen {{ &:where({_inside(attribute, dark)}) {{ @slot; }} }}"
    yield "  @media screen and (prefers-color-scheme: dark) {"
    outside = f":root:not([{attribute}])"
    yield f"    &:where({outside}, {outside} :not([{attribute}], [{attribute}] *)) {{ @slot; }}"
    yield "  }"
    yield "}"


def _inside(attribute: str, dark: str) -> str:
    """Elements whose nearest mode is dark, in up to four modes in one another: no selector knows the nearest of any."""
    other = f"[{attribute}]:not({dark})"
    again = f"{dark} {other} {dark}"
    return f"{dark}, {dark} :not({other}, {dark} {other} *), {again} :not({other}, {again} {other} *)"


def _variables(token: ResolvedToken, prefix: str, *, known: set[str], taken: set[str]) -> Iterator[tuple[str, str]]:
    space, starts = _namespace(token)
    if not space:
        return
    whole = css_name(token.id)
    names = (*(whole.removeprefix(start) for start in starts if whole.startswith(start)), whole, f"{prefix}-{whole}")
    free = (f"--{space}-{ascii_name(name)}" for name in names if not _is_tailwinds(space, name, taken))
    name = next((each for each in free if each not in taken), f"--{space}-{prefix}-{ascii_name(whole)}")
    taken.add(name)
    own = property_name(prefix, token.id)
    if token.type != "typography":
        yield name, f"var({own})"
    elif f"{own}-font-size" in known:
        yield name, f"var({own}-font-size)"
        for part in ("line-height", "letter-spacing", "font-weight"):
            yield f"{name}--{part}", f"var({own}-{part})"


def _is_tailwinds(space: str, name: str, taken: set[str]) -> bool:
    """A class would say two things: this token's value, and what Tailwind has or another token is under that name."""
    if space in {"color", "text"}:
        other = "text" if space == "color" else "color"
        is_word = space == "color" and (name in TAILWIND_WORDS or name.isdecimal())
        return is_word or f"--{other}-{ascii_name(name)}" in taken
    # `--font-weight-x` is a weight, so no family may be named `weight-x`.
    return name in TAILWIND_SIZES if space == "spacing" else space == "font" and name.startswith("weight-")


def _namespace(token: ResolvedToken) -> tuple[str, tuple[str, ...]]:
    name = css_name(token.id)
    if token.type == "dimension":
        found = [(space, starts) for space, starts in DIMENSIONS if name.startswith(starts)]
        found += [(space, ()) for space, word in INSIDE if word.search(name)]
        return found[0] if found else ("spacing", ())
    if token.type == "number":
        return ("leading", LEADING) if name.startswith(LEADING) or LINE_HEIGHT.search(name) else ("", ())
    return NAMESPACES.get(token.type, ("", ()))


def _utility(token: ResolvedToken, prefix: str, *, known: set[str]) -> tuple[str, ...]:
    own = property_name(prefix, token.id)
    if token.type == "typography":
        spacing = f"{own}-letter-spacing"
        return (f"font: var({own})", *([f"letter-spacing: var({spacing})"] if spacing in known else []))
    text = UTILITIES.get(token.type)
    return (text.format(f"var({own})"),) if text else ()


TARGET = Target(
    "tailwind",
    "Theme for Tailwind CSS 4",
    emit,
    casings=(Casing.KEBAB,),
    is_default=False,
    settings=(PALETTE,),
    losses=dashes_as_keyword,
)
