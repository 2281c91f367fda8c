"""Files made of all pages: llms.txt and llms-full.txt (llmstxt.org) and robots.txt."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from themekit.site.navigation import section_of
from themekit.site.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs.structure.pages import Page

    from themekit.site.inputs import SiteInputs


def overview_files(pages: Sequence[Page], texts: Mapping[str, str], *, inputs: SiteInputs) -> Iterator[tuple[str, str]]:
    """Path and text of each file. `texts` has each page's Markdown by its path, values filled in."""
    ordered = [page for page in pages if page.file.src_uri in texts]
    yield "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {urljoin(inputs.fields['urls.site'], 'sitemap.xml')}\n"
    yield "llms.txt", "".join(_index(ordered, inputs))
    yield "llms-full.txt", "".join(_full(ordered, texts, inputs))


def _index(pages: Sequence[Page], inputs: SiteInputs) -> Iterator[str]:
    fields = inputs.fields
    yield f"# {fields['name']}\n\n> {fields['description']}\n"
    section = None
    for page in pages:
        if (found := section_of(page.file.src_uri)) != section:
            section = found
            yield f"\n## {_section_title(page, found, inputs)}\n\n"
        description = html.unescape(str(page.meta.get("description") or ""))
        ending = f": {description}" if description else ""
        yield f"- [{_plain(page)}]({_address(page, inputs)}){ending}\n"
    yield f"\n## Optional\n\n- [{wording(inputs.variant.locale)['full-text']}]"
    yield f"({urljoin(fields['urls.site'], 'llms-full.txt')})\n"


def _full(pages: Sequence[Page], texts: Mapping[str, str], inputs: SiteInputs) -> Iterator[str]:
    yield f"# {inputs.fields['name']}\n\n> {inputs.fields['description']}\n"
    for page in pages:
        text = texts[page.file.src_uri].strip("\n")
        yield f"\n---\n\n<!-- {_address(page, inputs)} -->\n\n{text}\n"


def _section_title(page: Page, section: str, inputs: SiteInputs) -> str:
    top = page
    while top.parent is not None:
        top = top.parent  # type: ignore[assignment]  # a Section, of which only the title is read
    return html.unescape(str(top.title)) if section else wording(inputs.variant.locale)["home"]


def _plain(page: Page) -> str:
    return html.unescape(str(page.title)).replace("[", "(").replace("]", ")")


def _address(page: Page, inputs: SiteInputs) -> str:
    return urljoin(inputs.fields["urls.site"], page.url)
