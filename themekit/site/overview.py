"""Files made of all pages: llms.txt and llms-full.txt (llmstxt.org) and robots.txt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.site.escaping import apply_escaping
from themekit.site.filled_markdown import fill_line, fill_markdown
from themekit.site.placeholder import word_of
from themekit.site.wording import wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from themekit.site.inputs import SiteInputs


FULL = "llms-full.txt"
"""Holds the text of every page."""


@dataclass(frozen=True, slots=True)
class PageOverview:
    """What is told of one page; words stand for the brand's values (placeholder.py).

    `url` is relative to the site. `section` is the title of the page's section, "" for a page of none; it, `title` and
    `description` are plain text, `text` is Markdown.
    """

    url: str
    section: str
    title: str
    description: str
    text: str


def overview_files(pages: Sequence[PageOverview], *, inputs: SiteInputs) -> Iterator[tuple[str, str]]:
    """Path and text of each file, with the pages in the order given."""
    for path, text in listing_files(pages, inputs=inputs):
        yield path, text + "".join(full_entry(page, inputs) for page in (pages if path == FULL else ()))


def listing_files(pages: Sequence[PageOverview], *, inputs: SiteInputs) -> Iterator[tuple[str, str]]:
    """The same without the texts of the pages: of FULL only what comes before the first of them."""
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {inputs.fields['urls.site']}sitemap.xml\n"
    yield "llms.txt", "".join(_index(pages, inputs))
    yield FULL, _head(inputs)


def full_entry(page: PageOverview, inputs: SiteInputs) -> str:
    """A page in FULL: its address and its Markdown, values filled in."""
    text = fill_markdown(page.text.strip("\n"), inputs.fields)
    return f"\n---\n\n<!-- {_site(inputs, 'markdown-tag')}{page.url} -->\n\n{text}\n"


def in_order(pages: Collection[str], navigation: Iterable[str]) -> list[str]:
    """Those pages in the order of the navigation, then the others by path."""
    listed = [page for page in navigation if page in pages]
    return [*listed, *sorted(set(pages).difference(listed))]


def _index(pages: Sequence[PageOverview], inputs: SiteInputs) -> Iterator[str]:
    words = wording(inputs.variant.locale)
    yield _head(inputs)
    section = None
    for page in pages:
        if page.section != section:
            section = page.section
            yield f"\n## {fill_line(section or words['home'], inputs.fields)}\n\n"
        ending = f": {fill_line(page.description, inputs.fields)}" if page.description else ""
        yield f"- [{fill_line(page.title, inputs.fields)}]({_site(inputs, 'markdown')}{page.url}){ending}\n"
    yield f"\n## Optional\n\n- [{words['full-text']}]({_site(inputs, 'markdown')}{FULL})\n"


def _head(inputs: SiteInputs) -> str:
    name, description = (fill_line(word_of(field), inputs.fields) for field in ("name", "description"))
    return f"# {name}\n\n> {description}\n"


def _site(inputs: SiteInputs, escaping: str) -> str:
    """The site's address, which ends with a slash."""
    return apply_escaping(escaping, inputs.fields["urls.site"])
