"""The reference's pages: all of them, or one, in Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from themekit.model import SourceFile
from themekit.site.reference.anchors import Anchors, places_of_tags
from themekit.site.reference.credentials import scheme_sections
from themekit.site.reference.errors import error_sections
from themekit.site.reference.markup import heading, html_block, quoted_yaml
from themekit.site.reference.members import Members, type_name
from themekit.site.reference.operation import deprecation, operation_section, request_body
from themekit.site.reference.overview import overview_sections
from themekit.site.reference.places import ROOT, places_of
from themekit.site.reference.prose import Prose, first_sentence
from themekit.site.reference.words import reference_words
from themekit.site.variant import DEFAULT_LOCALE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from themekit.model.api import ApiModel, Webhook
    from themekit.model.api_types import Declaration, TypeId
    from themekit.model.outline import OperationId
    from themekit.site.reference.places import Place, Places, ReferencePage
    from themekit.site.reference.samples import Sample


@dataclass(frozen=True, slots=True)
class Reference:
    """An API and the places of all that its reference shows, in one language: pages are made from it one by one."""

    api: ApiModel
    places: Places
    declarations: Mapping[TypeId, Declaration]
    locale: str = DEFAULT_LOCALE
    prose: Prose = field(default_factory=Prose)
    tags: Mapping[str, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, api: ApiModel, *, locale: str = DEFAULT_LOCALE, has_directory_urls: bool = False) -> Reference:
        """`has_directory_urls` as mkdocs.yml has it: links within the reference are written out."""
        places = places_of(api, has_directory_urls=has_directory_urls)
        return cls(api, places, api.declarations(), locale, tags=places_of_tags(places))

    def members(self, page: ReferencePage) -> Members:
        """What makes types as a page shows them."""
        words = reference_words(self.locale)
        prose = replace(self.prose, led=Anchors(self.places, self.tags, page.name).led)
        return Members(page.name, self.places, self.declarations, words, prose)


def reference_pages(reference: Reference, *, samples: Mapping[OperationId, Sequence[Sample]]) -> tuple[SourceFile, ...]:
    """All pages, as files of the docs."""
    return tuple(
        SourceFile(page_path(page, reference.locale), page_text(reference, page, samples=samples).encode())
        for page in reference.places.pages
    )


def page_path(page: ReferencePage, locale: str) -> PurePosixPath:
    """The page's place in the docs; a translation has its language before the suffix."""
    return ROOT / f"{page.name}.md" if locale == DEFAULT_LOCALE else ROOT / f"{page.name}.{locale}.md"


def page_text(reference: Reference, page: ReferencePage, *, samples: Mapping[OperationId, Sequence[Sample]]) -> str:
    """The page in Markdown. `samples` are those of the page's operations."""
    title, description = _head(reference, page)
    members = reference.members(page)
    sections = "\n\n".join(_sections(reference, page, members=members, samples=samples))
    return f"---\ndescription: {quoted_yaml(description)}\n---\n\n# {heading(title)}\n\n{sections}\n"


def _head(reference: Reference, page: ReferencePage) -> tuple[str, str]:
    words = reference_words(reference.locale)
    match page.kind:
        case "index":
            summary = reference.api.docs.summary
            return words["reference"], summary or words["reference-text"]
        case "operations" | "types":
            title = page.group.title if page.group is not None else words["shared"]
            text = first_sentence(page.group.description) if page.group is not None else ""
            if page.kind == "types":
                title, text = words["types-of"].format(name=title), words["types-text"]
            if page.number > 1:
                title = words["continued"].format(name=title, number=page.number)
            return title, text or title
        case _:
            return words[page.kind], words[f"{page.kind}-text"]


def _sections(
    reference: Reference,
    page: ReferencePage,
    *,
    members: Members,
    samples: Mapping[OperationId, Sequence[Sample]],
) -> Iterator[str]:
    match page.kind:
        case "index":
            yield from overview_sections(reference.api, members)
        case "authentication":
            yield from scheme_sections(reference.api, members)
        case "errors":
            yield from error_sections(reference.api, members)
        case "webhooks":
            yield from _webhook_sections(reference.api, members)
        case "operations":
            yield from _operation_sections(reference.api, page, members=members, samples=samples)
        case "types":
            yield from _type_sections(page, members)


def _operation_sections(
    api: ApiModel, page: ReferencePage, *, members: Members, samples: Mapping[OperationId, Sequence[Sample]]
) -> Iterator[str]:
    if page.number == 1 and page.group is not None and page.group.description:
        yield html_block(members.prose.block(page.group.description, below=1))
    for operation in page.operations:
        yield operation_section(operation, members, api=api, samples=samples.get(operation.id, ()))


def _type_sections(page: ReferencePage, members: Members) -> Iterator[str]:
    for declaration in page.types:
        yield f"## {heading(type_name(declaration))} {{ #{members.places.types[declaration.id].anchor} }}"
        yield html_block(_type(declaration, members))


def _webhook_sections(api: ApiModel, members: Members) -> Iterator[str]:
    if api.verifies_webhooks:
        yield html_block(f"<p>{members.words['webhooks-signed']}</p>")
    for webhook in api.webhooks:
        yield f"## {heading(webhook.title)} {{ #webhook-{'-'.join(webhook.name)} }}"
        yield html_block(_webhook(webhook, members))


def _webhook(webhook: Webhook, members: Members) -> str:
    line = f'<p class="tk-api-request"><span class="tk-api-method">{webhook.method}</span></p>'
    words = members.words
    old = deprecation(words["deprecated"], words["deprecated-type"]) if webhook.docs.is_deprecated else ""
    body = request_body(webhook.body, members) if webhook.body is not None else f"<p>{words['no-body']}</p>"
    return f"{line}{old}{members.text_of(webhook.docs, below=2)}<h3>{words['request-body']}</h3>{body}"


def _type(declaration: Declaration, members: Members) -> str:
    words = members.words
    old = deprecation(words["deprecated"], words["deprecated-type"]) if declaration.docs.is_deprecated else ""
    text = members.text_of(declaration.docs, below=2)
    return f"{old}{text}{members.body_of(declaration)}{members.facts(declaration.docs)}"
