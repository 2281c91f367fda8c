"""The CommonMark of descriptions as HTML: a safe subset, whatever the text holds.

No HTML comes through but `<br>`; links lead to the web or within the portal; pictures become links, as they would tell
their host of every reader; headings are lower than those around them and have no ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from themekit.site.reference.markup import escaped, inert, plain, without_control

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

LOWEST_HEADING = 6
MAX_CHARACTERS = 50_000  # GitHub's longest has 6,000, our sample's 4,000
"""A longer description is shown as it is written."""

_SIMPLE = re.compile(r"(?:[A-Za-z0-9\u00c0-\u1fff ,.;:'\"()/%+=?–…-]|(?<!`)`[^`\n\\]+`(?!`))*")
_BLOCK_START = re.compile(r"\s*(?:[-+=]|\d{1,9}[.)]|:)")
_SPAN = re.compile(r"`([^`]+)`")
_BREAK = re.compile(r"&lt;br ?/?&gt;", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prose:
    """Renders descriptions; the same one again costs nothing."""

    known: MutableMapping[tuple[str, int], str] = field(default_factory=dict)
    led: Callable[[str], str] | None = None
    """What makes links of a page's own of those in a text; what is known is of all pages."""

    def block(self, text: str, *, below: int = 3) -> str:
        """Paragraphs on one line, "" for no text. Headings in the text are lower than level `below`."""
        found = self.known.get((text, below))
        if found is None:
            found = self.known[text, below] = _block(text, below)
        return found if self.led is None else self.led(found)


def _block(text: str, below: int) -> str:
    stripped = text.strip()
    if not stripped:
        return ""
    if _SIMPLE.fullmatch(stripped) and not _BLOCK_START.match(stripped):
        return f"<p>{_simple(stripped)}</p>"
    if len(stripped) > MAX_CHARACTERS:
        return f"<pre>{escaped(stripped)}</pre>"
    return _rendered(without_control(stripped), below)


def _rendered(text: str, below: int) -> str:
    """The levels of headings that a text has follow one another, whatever numbers it gives them."""
    parser, env = _markdown(), dict[str, object]()
    tokens = parser.parse(text, env)
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    levels = {tag: min(LOWEST_HEADING, below + rank) for rank, tag in enumerate(used, start=1)}
    return inert(parser.renderer.render(tokens, parser.options, {**env, "levels": levels}).strip())


def _simple(text: str) -> str:
    pieces = _SPAN.split(text)
    return "".join(
        f"<code>{escaped(piece.strip() or piece)}</code>" if index % 2 else escaped(piece)
        for index, piece in enumerate(pieces)
    )


def first_sentence(text: str) -> str:
    """The beginning of a description as plain text of at most 160 characters."""
    line = plain(re.sub(r"[`*_#>|\\]|\[([^\]]*)\]\([^)]*\)", r"\1", text[:1000]))
    end = re.search(r"(?<=[.!?])\s", line)
    short = line[: end.start()] if end else line
    return short if len(short) <= MAX_SHORT else f"{short[: MAX_SHORT - 1].rstrip()}…"


MAX_SHORT = 160


@cache
def _markdown() -> MarkdownIt:
    """A parser made once: its state is that of a call."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])
    parser.validateLink = is_safe_link  # type: ignore[method-assign]
    for name, rule in (
        ("text", _text),
        ("heading_open", _heading_open),
        ("heading_close", _heading_close),
        ("image", _image),
        ("fence", _fence),
    ):
        parser.add_render_rule(name, rule)
    return parser


def is_safe_link(url: str) -> bool:
    """It leads to the web, or to a page or place of the portal; `//host` is a machine's name where a page is a file."""
    target = re.sub(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\ufeff]", "", url).lower()
    if target.startswith(("//", "/\\", "\\")):
        return False
    return target.startswith(("http://", "https://")) or not _SCHEME.match(target)


def _text(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    del renderer, options, env
    return _BREAK.sub("<br>", escapeHtml(tokens[index].content))


def _level(token: Token, env: EnvType) -> int:
    levels: dict[str, int] = env["levels"]
    return levels[token.tag]


def _heading_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options
    return f"<h{_level(tokens[index], env)}>"


def _heading_close(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    del renderer, options
    return f"</h{_level(tokens[index], env)}>"


def _image(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    label = escapeHtml(renderer.renderInlineAsText(token.children or [], options, env) or str(token.attrGet("src")))
    return f'<a href="{escapeHtml(str(token.attrGet("src")))}">{label}</a>'


def _fence(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    del renderer, options, env
    return f"<pre><code>{escapeHtml(tokens[index].content)}</code></pre>"
