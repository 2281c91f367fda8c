"""Python-Markdown extension `themekit`: conditions, and brand values as inert text. Needs no mkdocs.

The source's tags and placeholders are read before anything else; words stand for the values (placeholder.py) until the
HTML is finished. Then each becomes its value, escaped for text and attributes alike.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import escape

from themekit.site.conditions import Facts
from themekit.site.pages import PageRules, expand_page, parse_page
from themekit.site.placeholder import lowered_words, readable_words, resolve_words, word_of
from themekit.site.removals import removals_of
from themekit.site.sanitise import sanitise
from themekit.site.zensical import finish_metadata, finish_title, page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from markdown import Markdown

    from themekit.diagnostics import Diagnostic
    from themekit.site.inputs import SiteInputs
    from themekit.site.removals import Removal

_SCHEME = "brand:"
"""Before a link target that starts with a word, so that mkdocs takes it for what it is: an address, not a file."""

_LINK_KEYS = ("href", "src")
_WORD_PATTERN = r"Zxq[A-Za-z0-9]+?qxZ"
_READ_FIRST = 1000  # before snippets (32), superfences (25) and all else that knows a line's meaning
_AFTER_TOC = 1  # Python-Markdown's toc is at 5, mkdocs' check of links at 0
_LAST = -1000


class PageError(ValueError):
    """A page that cannot be expanded; `diagnostics` say where."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """The message names every mistake."""
        super().__init__("; ".join(f"line {_line(found)}: {found.message}" for found in diagnostics))
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Shown:
    """Values by field name, and what conditions are judged by."""

    values: Mapping[str, str]
    facts: Facts


class ThemekitExtension(Extension):
    """Options: `brand` (field name to text), `sections` (enabled ones), `locale`; mkdocs also sets `partner`.

    Or `inputs`, which gives the first three when the first page is read: see zensical.py.
    """

    def __init__(self, **options: object) -> None:
        """Options as Python-Markdown passes them."""
        self.config = {
            "inputs": ["", "Function that gives all of the below, for renderers without the plugin: `chosen_brand`"],
            "brand": [{}, "Values of brand fields by dotted name"],
            "sections": [[], "Names of the sections that are shown"],
            "locale": ["en", "Language of the pages"],
            "partner": [False, "Whether the page is a partner's: no conditions, sanitised HTML"],
            "removals": [[], "Filled with what was taken out of a partner's page"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown calls it so
        """Register with Python-Markdown."""
        md.registerExtension(self)
        shown = cache(self._shown)  # mkdocs registers extensions once before their options are known
        removals = self.getConfig("removals") if self.getConfig("partner") else None
        self._finisher = _Finisher(md, shown, removals)
        rules = PageRules(is_partner=self.getConfig("partner"))
        md.preprocessors.register(_Reader(md, shown, rules), "themekit-read", _READ_FIRST)
        md.inlinePatterns.register(_BracketedAddress(rf"<({_WORD_PATTERN})>", md), "themekit-address", 125)
        md.treeprocessors.register(_LinkMarker(md), "themekit-links", _AFTER_TOC)
        md.treeprocessors.register(_TreeEnd(md, self._finisher), "themekit-end", _LAST)
        md.postprocessors.register(self._finisher, "themekit-finish", _LAST)

    def reset(self) -> None:
        """Forget the last page."""
        self._finisher.is_tree_done = False

    def _shown(self) -> Shown:
        inputs: Callable[[], SiteInputs] | str = self.getConfig("inputs")
        if not isinstance(inputs, str):
            found = inputs()
            return shown(found.fields, sections=found.variant.sections, locale=found.variant.locale)
        return shown(self.getConfig("brand"), sections=self.getConfig("sections"), locale=self.getConfig("locale"))


def shown(fields: Mapping[str, str | None], *, sections: Iterable[str], locale: str) -> Shown:
    """What a page shows; fields without a value count as absent."""
    values = {name: value for name, value in fields.items() if value}
    return Shown(values, Facts(frozenset(sections), present_names(values), locale))


def present_names(values: Mapping[str, str | None]) -> frozenset[str]:
    """The names a condition finds present: those with a value, and the groups that have a member with one."""
    names = {name for name, value in values.items() if value}
    return frozenset(names | ({"portal.announcement"} if "portal.announcement.text" in names else set()))


class _Reader(Preprocessor):
    def __init__(self, md: Markdown, shown: Callable[[], Shown], rules: PageRules) -> None:
        super().__init__(md)
        self._shown, self._rules = shown, rules
        self._has_readable_slugs = False

    def run(self, lines: list[str]) -> list[str]:
        self._make_slugs_readable()
        facts, page = self._shown().facts, page_of(self.md)
        if page is not None:
            finish_metadata(page, self._shown().values, facts=facts)
        path = PurePosixPath(page.path if page is not None else "page.md")
        nodes, diagnostics = parse_page("\n".join(lines), path, rules=self._rules)
        if diagnostics:
            raise PageError(diagnostics)
        return expand_page(nodes, facts, value=word_of).split("\n")

    def _make_slugs_readable(self) -> None:
        """Heading ids are made, and made unique, from names; toc may have been registered after this extension."""
        if self._has_readable_slugs or "toc" not in self.md.treeprocessors:
            return
        toc: Any = self.md.treeprocessors["toc"]
        slugify = toc.slugify
        toc.slugify = lambda text, separator: slugify(readable_words(text), separator)
        self._has_readable_slugs = True


class _BracketedAddress(InlineProcessor):
    """`<{{ brand.urls.site }}>` is a link, as `<https://…>` is."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown calls it so
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        del data
        link = Element("a", {"href": f"mailto:{m[1]}" if m[1] == word_of("contact.email") else m[1]})
        link.text = m[1]
        return link, m.start(0), m.end(0)


class _LinkMarker(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            for key in _LINK_KEYS:
                target = element.get(key)
                if target and re.match(_WORD_PATTERN, target):
                    element.set(key, _SCHEME + target)


class _TreeEnd(Treeprocessor):
    """Headings are also rendered alone, for the table of contents and the title: their words must still be words."""

    def __init__(self, md: Markdown, finisher: _Finisher) -> None:
        super().__init__(md)
        self._finisher = finisher

    def run(self, root: Element) -> None:
        del root
        self._finisher.is_tree_done = True


class _Finisher(Postprocessor):
    def __init__(self, md: Markdown, shown: Callable[[], Shown], removals: list[Removal] | None) -> None:
        """`removals` is filled with what is taken out; None for a page of the project, which stays as it is."""
        super().__init__(md)
        self._shown, self._removals = shown, removals
        self.is_tree_done = False

    def run(self, text: str) -> str:
        if not self.is_tree_done:
            return text
        if self._removals is not None:
            clean = sanitise(text)
            self._removals += removals_of(text, clean)
            text = clean
        self._finish_toc(getattr(self.md, "toc_tokens", []))
        page = page_of(self.md)
        if page is not None:
            finish_title(page, getattr(self.md, "toc_tokens", []))
        md: Any = self.md  # the toc extension adds attributes that the stubs do not know
        md.toc = self.resolve(getattr(md, "toc", ""))
        return self.resolve(text)

    def resolve(self, text: str) -> str:
        text = text.replace(f"{_SCHEME}Zxq", "Zxq")
        values = self._shown().values
        return lowered_words(resolve_words(text, lambda name: str(escape(values.get(name, "")))))

    def _finish_toc(self, tokens: list[dict[str, Any]]) -> None:
        for token in tokens:
            for key in ("name", "html", "data-toc-label"):
                if token.get(key):
                    token[key] = self.resolve(token[key] if self._removals is None else sanitise(token[key]))
            self._finish_toc(token["children"])


def resolve_text(text: str, values: Mapping[str, str | None]) -> str:
    """Plain text with values in place of words, nothing escaped. For titles that a caller escapes itself."""
    return resolve_words(html.unescape(text), lambda name: values.get(name) or "")


def makeExtension(**options: object) -> ThemekitExtension:  # noqa: N802 - Python-Markdown calls it so
    """The extension, for Python-Markdown's lookup by module name."""
    return ThemekitExtension(**options)


def _line(found: Diagnostic) -> int:
    return getattr(found.place, "line", 0)
