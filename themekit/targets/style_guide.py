"""A style guide in Markdown, with a picture beside each token: it reads alike in a portal, a repository and an editor.

Every token has a row with its custom property and its value in each mode; the pairs of the contract have their ratios.
The pictures are SVG files of the light mode, but for colours, which are shown in every mode.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, CubicBezier, Dimension, GradientStop, ShadowLayer, Target, TokenId
from themekit.model.token_names import Casing, css_name
from themekit.render import css, specimens
from themekit.render.code_text import comment
from themekit.render.identifiers import ascii_name
from themekit.render.property_names import property_name
from themekit.resolve import contrast_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model import ResolvedToken, ResolvedTokens, TargetOptions, TokenType

FOLDER = "theme/style-guide"
_ENGLISH = {
    "title": "Style guide",
    "about": "Every token of the theme, by the custom property that holds it.",
    "token": "Token",
    "picture": "Picture",
    "about-token": "About",
    "deprecated": "deprecated",
    "swatch": "Swatch of",
    "contrast": "Contrast",
    "contrast-about": "The ratio of WCAG 2.2, rounded down, of each pair of text and ground that the theme promises.",
    "text": "Text",
    "ground": "Ground",
}
_GERMAN = {
    "title": "Gestaltung",
    "about": "Jedes Token des Themas, mit der Custom Property, in der es steht.",
    "token": "Token",
    "picture": "Bild",
    "about-token": "Beschreibung",
    "deprecated": "veraltet",
    "swatch": "Muster von",
    "contrast": "Kontrast",
    "contrast-about": "Das Verhältnis nach WCAG 2.2, abgerundet, von jedem Paar aus Text und Grund, für das das Thema "
    "einsteht.",
    "text": "Text",
    "ground": "Grund",
}
WORDS: dict[str, Mapping[str, str]] = {"de": _GERMAN}
SECTIONS: Mapping[TokenType, tuple[str, str]] = {
    "color": ("Colours", "Farben"),
    "typography": ("Styles of text", "Textstile"),
    "fontFamily": ("Font families", "Schriften"),
    "fontWeight": ("Font weights", "Schriftstärken"),
    "dimension": ("Lengths", "Längen"),
    "number": ("Numbers", "Zahlen"),
    "border": ("Borders", "Rahmen"),
    "strokeStyle": ("Strokes", "Striche"),
    "shadow": ("Shadows", "Schatten"),
    "gradient": ("Gradients", "Verläufe"),
    "duration": ("Durations", "Dauern"),
    "cubicBezier": ("Easing", "Beschleunigung"),
    "transition": ("Transitions", "Übergänge"),
}
_MARKUP = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|&~:$^=\"'/@])")


@dataclass(frozen=True, slots=True)
class _Guide:
    tokens: ResolvedTokens
    prefix: str
    words: Mapping[str, str]
    is_german: bool

    def lines(self) -> Iterator[str]:
        yield from (f"# {self.words['title']}", "", self.words["about"])
        for token_type, titles in SECTIONS.items():
            found = self.tokens.of(token_type)
            if found:
                yield from ("", f"## {titles[self.is_german]}")
                for group, members in _by_group(found).items():
                    if token_type == "color" and group:  # noqa: S105  # a type of tokens
                        yield from ("", f"### {_text(group)}")
                    yield from ("", *self.table(members))
        pairs = contrast_report(self.tokens)
        if pairs:
            yield from ("", f"## {self.words['contrast']}", "", self.words["contrast-about"], "", *self.contrast())

    def table(self, tokens: Sequence[ResolvedToken]) -> Iterator[str]:
        modes = self.tokens.modes if any(not token.is_constant for token in tokens) else self.tokens.modes[:1]
        has_pictures = any(_picture(token, self.tokens) for token in tokens)
        head = [self.words["token"], *([self.words["picture"]] if has_pictures else []), *map(_text, modes)]
        about = any(token.description or token.deprecated is not None for token in tokens)
        head += [self.words["about-token"]] if about else []
        yield _row(head)
        yield _row(["---"] * len(head))
        for token in tokens:
            name = css_name(token.id)
            picture = f"![{self.words['swatch']} {_text(name)}]({self.file(token.id)})"
            yield _row(
                [
                    f"`{property_name(self.prefix, token.id)}`",
                    *([picture if _picture(token, self.tokens) else ""] if has_pictures else []),
                    *(_text(css.text_of(token.values[index], paint=css.exact_color)) for index in range(len(modes))),
                    *([self.note(token)] if about else []),
                ]
            )

    def file(self, token: TokenId) -> str:
        """With the prefix before it, as `con.svg` is no file on some systems."""
        return f"{self.prefix}-{ascii_name(css_name(token))}.svg"

    def note(self, token: ResolvedToken) -> str:
        deprecated = "" if token.deprecated is None else f"{self.words['deprecated']} {token.deprecated}"
        return _text(comment(f"{token.description} {deprecated}"))

    def contrast(self) -> Iterator[str]:
        """A line for each pair that is no step of a scale, with its ratio in each mode, rounded down."""
        rows: dict[tuple[TokenId, TokenId], dict[str, str]] = {}
        for pair in contrast_report(self.tokens):
            if not re.search(r"\.\d+$", f"{pair.text}") and not re.search(r"\.\d+$", f"{pair.ground}"):
                ratio = f"{floor(pair.ratio * 100) / 100:.2f}"
                rows.setdefault((pair.text, pair.ground), {})[pair.mode] = ratio
        modes = self.tokens.theme_modes
        yield _row([self.words["text"], self.words["ground"], *map(_text, modes)])
        yield _row(["---"] * (2 + len(modes)))
        for (text, ground), ratios in rows.items():
            names = (f"`{property_name(self.prefix, token)}`" for token in (text, ground))
            yield _row([*names, *(ratios.get(mode, "") for mode in modes)])


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`index.md`, and a picture for each token that can be drawn."""
    is_german = options.locale == "de"
    guide = _Guide(tokens, options.prefix, WORDS.get(options.locale, _ENGLISH), is_german)
    page = Artifact.text(f"{FOLDER}/index.md", guide.lines(), media_type="text/markdown")
    pictures = ((token.id, _picture(token, tokens)) for token in tokens)
    return (
        page,
        *(
            Artifact.text(f"{FOLDER}/{guide.file(token)}", picture, media_type="image/svg+xml")
            for token, picture in pictures
            if picture
        ),
    )


def _picture(token: ResolvedToken, tokens: ResolvedTokens) -> str | None:
    """The picture of a token, or None for one that has none."""
    value = token.values[0]
    match value:
        case Color():
            return specimens.swatches([color for color in token.values if isinstance(color, Color)])
        case Dimension():
            is_corner = re.search(r"\b(?:radius|corner)\b", css_name(token.id))
            return specimens.corner(value) if is_corner else specimens.bar(value)
        case CubicBezier():
            return specimens.curve(value)
        case tuple():
            if token.type == "gradient":
                return specimens.gradient([stop for stop in value if isinstance(stop, GradientStop)])
            surface = tokens.in_mode(tokens.modes[0]).get(TokenId("color.surface-raised"))
            ground = surface if isinstance(surface, Color) else Color("srgb", (1.0, 1.0, 1.0))
            return specimens.shadow([layer for layer in value if isinstance(layer, ShadowLayer)], surface=ground)
        case _:
            return None


def _by_group(tokens: Sequence[ResolvedToken]) -> dict[str, list[ResolvedToken]]:
    """By the id without its last part, without the group that the section is of."""
    groups: dict[str, list[ResolvedToken]] = {}
    for token in tokens:
        group = token.id.rpartition(".")[0].partition(".")[2] if token.type == "color" else ""
        groups.setdefault(group, []).append(token)
    return groups


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """Text as Markdown that is nothing but text; braces as entities, so that no page takes them for a field."""
    escaped = _MARKUP.sub(r"\\\1", comment(text))
    return escaped.replace("\\{", "&#123;").replace("\\}", "&#125;").replace("\\&", "&amp;").replace("\\<", "&lt;")


TARGET = Target(
    "style-guide",
    "Style guide in Markdown, with pictures",
    emit,
    names_brand=True,
    casings=(Casing.KEBAB,),
    is_default=False,
)
