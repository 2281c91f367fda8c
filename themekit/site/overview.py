"""Files made of all pages: llms.txt and llms-full.txt (llmstxt.org) and robots.txt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.site.escaping import apply_escaping
from themekit.site.filled_markdown import fill_line, fill_markdown
from themekit.site.placeholder import word_of
from themekit.site.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.site.inputs import SiteInputs


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
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {inputs.fields['urls.site']}sitemap.xml\n"
    yield "llms.txt", "".join(_index(pages, inputs))
    yield "llms-full.txt", "".join(_full(pages, inputs))


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
    yield f"\n## Optional\n\n- [{words['full-text']}]({_site(inputs, 'markdown')}llms-full.txt)\n"


def _full(pages: Sequence[PageOverview], inputs: SiteInputs) -> Iterator[str]:
    yield _head(inputs)
    for page in pages:
        text = fill_markdown(page.text.strip("\n"), inputs.fields)
        yield f"\n---\n\n<!-- {_site(inputs, 'markdown-tag')}{page.url} -->\n\n{text}\n"


def _head(inputs: SiteInputs) -> str:
    name, description = (fill_line(word_of(field), inputs.fields) for field in ("name", "description"))
    return f"# {name}\n\n> {description}\n"


def _site(inputs: SiteInputs, escaping: str) -> str:
    """The site's address, which ends with a slash."""
    return apply_escaping(escaping, inputs.fields["urls.site"])
