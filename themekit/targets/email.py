"""Styles for e-mail, where a `style` attribute is all that every client reads: pixels, hex colours, no variables.

`styles.json` has the text of the attribute for each part of a message, in light mode, for your own templates;
`email.html` is such a message. Clients that know dark mode get it from a `<style>` element with `!important`, which the
others leave out. High contrast is no mode of any client.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, Dimension, FontNames, Mode, Target, TokenId, TypographyValue
from themekit.render import css
from themekit.render.code_text import json_text
from themekit.render.losses import narrowed_to_srgb
from themekit.render.units import number, px
from themekit.resolve import colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import ResolvedTokens, ResolvedValue, TargetOptions

    Values = Mapping[TokenId, ResolvedValue]
    Styles = dict[str, dict[str, str]]

WIDTH_PX = 600  # what every client shows without scrolling
PLAIN_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -")
TEXTS = {
    "heading-1": ("typography.heading-1", "text"),
    "heading-2": ("typography.heading-2", "text"),
    "heading-3": ("typography.heading-3", "text"),
    "text": ("typography.body", "text"),
    "muted": ("typography.caption", "text-muted"),
    "code": ("typography.code", "code.text"),
}
"""A part of a message, its style of text and the token of its colour."""
DARK = {
    "body": {"background-color": "page"},
    "card": {"background-color": "surface-raised", "border-color": "border"},
    **{part: {"color": color} for part, (_, color) in TEXTS.items()},
    "link": {"color": "link"},
    "button": {"background-color": "solid", "color": "on-solid"},
    "divider": {"border-color": "border"},
}
"""What changes in dark mode: the part's property and the token of its colour."""


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`styles.json` and `email.html`."""
    light, dark = tokens.in_mode(Mode.LIGHT), tokens.in_mode(Mode.DARK)
    styles = {part: _attribute(declarations) for part, declarations in _parts(light).items()}
    document = {
        "styles": styles,
        "colors": {name: _colors(values) for name, values in (("light", light), ("dark", dark))},
    }
    return (
        Artifact.text(
            "theme/email/styles.json",
            f"{json_text(json.dumps(document, indent=2, ensure_ascii=False))}\n",
            media_type="application/json",
        ),
        Artifact.text("theme/email/email.html", _message(styles, dark, options), media_type="text/html"),
    )


def _parts(values: Values) -> Styles:
    texts = {
        part: {"margin": "0", **_text(values, style), "color": _color(values, c)} for part, (style, c) in TEXTS.items()
    }
    body = texts["text"]
    return {
        "body": {"margin": "0", "padding": "0", "background-color": _color(values, "page")},
        "card": {
            "padding": _px(values, "space.6"),
            "background-color": _color(values, "surface-raised"),
            "border": f"1px solid {_color(values, 'border')}",
            "border-radius": _px(values, "radius.l"),
        },
        **texts,
        "link": {"color": _color(values, "link"), "text-decoration": "underline"},
        "button": {
            "display": "inline-block",
            "padding": f"{_px(values, 'space.3')} {_px(values, 'space.5')}",
            **{name: text for name, text in body.items() if name.startswith("font-") or name == "line-height"},
            "font-weight": "bold",
            "color": _color(values, "on-solid"),
            "background-color": _color(values, "solid"),
            "border-radius": _px(values, "radius.m"),
            "text-decoration": "none",
        },
        "divider": {"border": "0", "border-top": f"1px solid {_color(values, 'border')}"},
    }


def _text(values: Values, token: str) -> dict[str, str]:
    value = values[TokenId(token)]
    if not isinstance(value, TypographyValue):
        raise TypeError(f"`{token}` is no style of text")
    size = px(css.plain(value.size))
    return {
        "font-family": _families(css.plain(value.family)),
        "font-size": f"{number(round(size, 1))}px",
        # Clients know the two keywords; what is heavier than a medium is bold.
        "font-weight": "bold" if css.plain(value.weight) > 500 else "normal",
        "line-height": f"{round(size * css.plain(value.line_height))}px",
    }


def _families(names: FontNames) -> str:
    """In single quotes where they can be, as the attribute is in double ones."""
    return ", ".join(
        css.text_of(FontNames((name,)))
        if name in css.KEYWORD_FAMILIES or not PLAIN_NAME.issuperset(name)
        else f"'{name}'"
        for name in names.names
    )


def _attribute(declarations: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in declarations.items())


def _message(styles: Mapping[str, str], dark: Values, options: TargetOptions) -> Iterator[str]:
    """A message with every part. Tables, as clients that show no flow layout show these."""
    attributes = {part: f'class="{part}" style="{escape(text)}"' for part, text in styles.items()}
    name = escape(options.brand_name or "Brand")
    yield "<!doctype html>"
    yield f'<html lang="{escape(options.locale)}"><head><meta charset="utf-8"><title>{name}</title>'
    yield '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">'
    yield "<style>"
    yield ":root { color-scheme: light dark; }"
    yield "@media (prefers-color-scheme: dark) {"
    for part, properties in DARK.items():
        text = " ".join(f"{name}: {_color(dark, token)} !important;" for name, token in properties.items())
        yield f"  .{part} {{ {text} }}"
    yield "}"
    yield "</style></head>"
    yield f"<body {attributes['body']}>"
    yield '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center">'
    yield f'<table role="presentation" width="{WIDTH_PX}" cellpadding="0" cellspacing="0" border="0"><tr>'
    yield f"<td {attributes['card']}>"
    yield f"<h1 {attributes['heading-1']}>{name}</h1>"
    yield f"<h2 {attributes['heading-2']}>Heading 2</h2><h3 {attributes['heading-3']}>Heading 3</h3>"
    yield f'<p {attributes["text"]}>Text with <a href="#" {attributes["link"]}>a link</a>'
    yield f"and <code {attributes['code']}>code</code>.</p>"
    yield f'<p><a href="#" {attributes["button"]}>Button</a></p>'
    yield f"<hr {attributes['divider']}><p {attributes['muted']}>Muted text</p>"
    yield "</td></tr></table></td></tr></table></body></html>"


def _colors(values: Values) -> dict[str, str]:
    return {
        token.removeprefix("color."): css.hex_color(value)
        for token, value in values.items()
        if isinstance(value, Color)
    }


def _color(values: Values, token: str) -> str:
    """Six digits, which the oldest clients read: what is translucent, as it looks on the page."""
    value, page = (values[TokenId(f"color.{name}")] for name in (token, "page"))
    if not isinstance(value, Color) or not isinstance(page, Color):
        raise TypeError(f"`color.{token}` is no colour")
    return css.hex_color(colour.blend(value, Color(page.space, page.components)))


def _px(values: Values, token: str) -> str:
    value = values[TokenId(token)]
    if not isinstance(value, Dimension):
        raise TypeError(f"`{token}` is no length")
    return f"{number(px(value))}px"


TARGET = Target(
    "email",
    "Inline styles for e-mail, and a message in them",
    emit,
    names_brand=True,
    needs_defaults=True,
    is_default=False,
    losses=narrowed_to_srgb,
)
