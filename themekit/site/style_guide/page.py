"""The page of the style guide in Markdown: the same for every brand of a language, so that all share one render.

Specimens are painted by custom properties, in the scope of each mode. Values and ratios are a brand's: its own file
(values.py) has them, and `assets/themekit/style-guide.js` writes them into the rows, which name their tokens.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import BrandId, Mode
from themekit.render.property_names import property_name
from themekit.resolve.contract import contract
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.seeds import SCALES
from themekit.site.inputs import BRAND_FOLDER
from themekit.site.style_guide.specimens import specimen_block
from themekit.site.style_guide.words import guide_words
from themekit.source.brand import BrandInputs, parse_brand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from themekit.model import Token, TokenId

SECTION = "style-guide"
"""The section of the portal, which a brand can leave out, and the folder of the page."""
PREFIX = "tk"
SCRIPT = "style-guide.js"
"""A brand's values in its folder of the site; the theme's script has the same name in its own."""
TEXT_RATIO = 4.5  # WCAG 2.2, 1.4.3; what needs less is a shape, not text
RAISED = "--tk-color-surface-raised"
_STEP = re.compile(r"\.\d+$")
_GROUPS = ("code", "admonition", "admonition-ground")


@cache
def shared_tokens() -> tuple[Token, ...]:
    """The tokens that every brand has, with the values of none in particular."""
    inputs = BrandInputs(lambda _: None, lambda _: ())
    text = json.dumps({"name": "Any", "color": {"primary": "#0b5fff"}}).encode()
    brand, diagnostics = parse_brand(PurePosixPath("brand.json"), text, brand_id=BrandId("any"), inputs=inputs)
    if brand is None:
        raise ValueError(diagnostics)
    return tuple(default_tokens(brand, only=Mode.LIGHT))


def shown_pairs() -> dict[tuple[TokenId, TokenId], float]:
    """The pairs of the contract on the page, with the ratio of the normal modes: those that every brand has.

    Steps of scales are not among them: they would be two thirds of the table, and are in the contrast report.
    """
    known = {token.id for token in shared_tokens()}
    return {
        (pair.text, pair.ground): pair.normal
        for pair in contract()
        if not _STEP.search(pair.text) and not _STEP.search(pair.ground) and {pair.text, pair.ground} <= known
    }


def guide_page(locale: str) -> str:
    """The page in one language."""
    words = guide_words(locale)
    head = f"---\ndescription: {json.dumps(words['description'], ensure_ascii=False)}\n---\n\n# {words['title']}\n"
    return "\n".join((head, *_sections(words)))


def _sections(words: Mapping[str, str]) -> Iterator[str]:
    tokens = shared_tokens()
    yield f"{words['about']} {words['ratio-about']}\n"
    yield specimen_block(f"<noscript><p>{escape(words['no-script'])}</p></noscript>")
    yield _heading(words, "colours")
    for title, group in _colour_groups(words, tokens):
        yield f"### {title}\n"
        yield _by_mode(words, group, lambda name: f"background:var({name})")
    yield _heading(words, "contrast")
    yield f"{words['contrast-about']}\n"
    yield specimen_block(_contrast(words))
    yield _heading(words, "type")
    yield _plain(words, _of(tokens, "typography"), lambda token: _text_style(token, words["pangram"]))
    yield _plain(words, _of(tokens, "font"), _letters)
    for title, names, look in (("space", ("space",), _bar), ("shape", ("radius", "border-width", "border"), _frame)):
        yield _heading(words, title)
        yield _plain(words, _of(tokens, *names), look)
    yield _heading(words, "shadows")
    yield _by_mode(words, _of(tokens, "shadow"), lambda name: f"background:var({RAISED});box-shadow:var({name})")
    yield _heading(words, "motion")
    yield f"{words['motion-about']}\n"
    yield _plain(words, _of(tokens, "duration", "easing", "transition"), _dot)
    yield _heading(words, "own")
    yield f"{words['own-about']}\n"
    titles = {name: words[name] for name in ("token", "value", "own-none", *Mode)}
    yield specimen_block(f'<div data-tk-own="{escape(json.dumps(titles, ensure_ascii=False))}"></div>')
    folders = (BRAND_FOLDER, PurePosixPath("assets/themekit"))
    yield specimen_block("".join(f'<script src="../{folder / SCRIPT}"></script>' for folder in folders))


def _colour_groups(words: Mapping[str, str], tokens: Iterable[Token]) -> Iterator[tuple[str, list[Token]]]:
    colours = [token for token in tokens if token.type == "color" or token.id.startswith("color.")]
    by_group: dict[str, list[Token]] = {}
    for token in colours:
        by_group.setdefault(token.id.removeprefix("color.").rpartition(".")[0], []).append(token)
    yield words["roles"], by_group[""]
    for name in SCALES:
        yield words["scale"].format(name=name), by_group[name]
    for group in _GROUPS:
        yield words[group], by_group[group]


def _heading(words: Mapping[str, str], name: str) -> str:
    return f"## {words[name]} {{ #{name} }}\n"


def _of(tokens: Iterable[Token], *groups: str) -> list[Token]:
    return [token for token in tokens if token.id.partition(".")[0] in groups]


def _by_mode(words: Mapping[str, str], tokens: Iterable[Token], style: Callable[[str], str]) -> str:
    """A row for each token, with a specimen in each mode."""
    head = _head(words["token"], *(words[mode] for mode in Mode))
    return specimen_block(f"{head}{''.join(_mode_row(token, style) for token in tokens)}</tbody></table>")


def _mode_row(token: Token, style: Callable[[str], str]) -> str:
    name = property_name(PREFIX, token.id)
    cells = "".join(f'<td data-tk-mode="{mode}"><i style="{style(name)}"></i></td>' for mode in Mode)
    return f'<tr data-tk-token="{token.id}"><th scope="row"><code>{name}</code></th>{cells}</tr>'


def _plain(words: Mapping[str, str], tokens: Iterable[Token], specimen: Callable[[Token], str]) -> str:
    """A row for each token that has one value for all modes."""
    rows = "".join(
        f'<tr data-tk-token="{token.id}"><th scope="row"><code>{property_name(PREFIX, token.id)}</code></th>'
        f"<td>{specimen(token)}</td><td data-tk-value></td></tr>"
        for token in tokens
    )
    return specimen_block(f"{_head(words['token'], words['specimen'], words['value'])}{rows}</tbody></table>")


def _contrast(words: Mapping[str, str]) -> str:
    head = _head(words["text"], words["ground"], *(words[mode] for mode in Mode))
    return f"{head}{''.join(_pair_row(*pair) for pair in shown_pairs().items())}</tbody></table>"


def _pair_row(pair: tuple[TokenId, TokenId], normal: float) -> str:
    text, ground = (property_name(PREFIX, token) for token in pair)
    paint = f"background:var({ground});color:var({text})"
    specimen = (
        f'<b style="{paint}">Aa</b>' if normal >= TEXT_RATIO else f'<i class="tk-guide-ring" style="{paint}"></i>'
    )
    cells = "".join(f'<td data-tk-mode="{mode}">{specimen}</td>' for mode in Mode)
    names = f'<th scope="row"><code>{text}</code></th><td><code>{ground}</code></td>'
    return f'<tr data-tk-pair="{" ".join(pair)}">{names}{cells}</tr>'


def _text_style(token: Token, text: str) -> str:
    name = property_name(PREFIX, token.id)
    return f'<span style="font:var({name});letter-spacing:var({name}-letter-spacing)">{escape(text)}</span>'


def _letters(token: Token) -> str:
    declared = token.id.split(".")[1]
    style = {"family": "font-family", "size": "font-size", "weight": "font-weight", "line-height": "line-height"}
    lines = "Aa<br>Gg" if declared == "line-height" else "Aa Gg 123"
    return f'<span style="{style[declared]}:var({property_name(PREFIX, token.id)})">{lines}</span>'


def _bar(token: Token) -> str:
    return f'<i class="tk-guide-bar" style="inline-size:var({property_name(PREFIX, token.id)})"></i>'


def _frame(token: Token) -> str:
    kind, name = token.id.partition(".")[0], f"var({property_name(PREFIX, token.id)})"
    style = {"radius": f"border-radius:{name}", "border-width": f"border-width:{name}", "border": f"border:{name}"}
    return f'<i class="tk-guide-frame" style="{style[kind]}"></i>'


def _dot(token: Token) -> str:
    kind, name = token.id.partition(".")[0], f"var({property_name(PREFIX, token.id)})"
    style = {
        "duration": f"transition-duration:{name}",
        "easing": f"transition-timing-function:{name}",
        "transition": f"transition:translate {name}",
    }
    return f'<span class="tk-guide-track"><i style="{style[kind]}"></i></span>'


def _head(*titles: str) -> str:
    cells = "".join(f'<th scope="col">{escape(title)}</th>' for title in titles)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>"
