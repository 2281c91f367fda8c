"""One operation as a section of a page: what it does, what it takes, what it answers, and programs that call it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.site.reference.credentials import needed
from themekit.site.reference.curl import curl
from themekit.site.reference.markup import code, escaped, heading, html_block, json_block
from themekit.site.reference.members import Entry
from themekit.site.reference.samples import tabs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from themekit.model.api import ApiModel, Callback, Content, Link, Operation, Pagination, RequestBody, Response
    from themekit.site.reference.members import Direction, Members
    from themekit.site.reference.samples import Sample

_NOT_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
MAX_EXAMPLE_CHARACTERS = 6_000
"""Of an example that is shown: longer ones hide the page."""


def operation_section(operation: Operation, members: Members, *, api: ApiModel, samples: Sequence[Sample]) -> str:
    """The section in Markdown."""
    place = members.places.operations[operation.id]
    words = members.words
    above = "".join((_request_line(operation), _deprecation(operation, members), _description(operation, members)))
    below = "".join(_parts(operation, members, api))
    shown = (curl(api, operation, declarations=members.declarations), *samples)
    return "\n\n".join(
        (
            f"## {heading(operation_title(operation))} {{ #{place.anchor} }}",
            html_block(f"{above}<h3>{words['samples']}</h3>"),
            tabs(shown),
            html_block(below),
        )
    )


def operation_title(operation: Operation) -> str:
    """What people call an operation."""
    return operation.docs.summary.rstrip(".") or " ".join(operation.name).capitalize()


def method_and_path(operation: Operation) -> str:
    """Method and path as HTML. The method is told by its text, not by its colour."""
    method = operation.method
    return f'<span class="tk-api-method tk-api-{method.lower()}">{method}</span> {code(readable(operation.path))}'


def readable(path: str) -> str:
    """The path as people write it: what stands for no ASCII sign is that sign, and all else is as it is sent."""

    def shown(found: re.Match[str]) -> str:
        try:
            text = bytes.fromhex(found[0].replace("%", "")).decode()
        except UnicodeDecodeError:
            return found[0]
        return text if text.isprintable() else found[0]

    return _NOT_ASCII.sub(shown, path)


def _request_line(operation: Operation) -> str:
    """The console knows the operation by the attribute."""
    name = escaped(f"{operation.method} {operation.path}")
    return f'<p class="tk-api-request" data-operation="{name}">{method_and_path(operation)}</p>'


def _deprecation(operation: Operation, members: Members) -> str:
    if not operation.docs.is_deprecated:
        return ""
    return deprecation(members.words["deprecated"], members.words["deprecated-operation"])


def deprecation(title: str, text: str) -> str:
    """A box that says that something is deprecated."""
    return f'<div class="admonition warning"><p class="admonition-title">{title}</p><p>{text}</p></div>'


def _description(operation: Operation, members: Members) -> str:
    return members.prose.block(operation.docs.description, below=2)


def _parts(operation: Operation, members: Members, api: ApiModel) -> Iterator[str]:
    words = members.words
    yield f"<h3>{words['security']}</h3>{needed(operation.security, members, api=api)}"
    if operation.idempotency:
        yield f"<p>{words['idempotency'].format(header=code(operation.idempotency))}</p>"
    if operation.parameters:
        yield f"<h3>{words['parameters']}</h3>{_parameters(operation, members)}"
    if operation.body is not None and operation.body.contents:
        yield f"<h3>{words['request-body']}</h3>{request_body(operation.body, members)}"
    if operation.pagination is not None:
        yield f"<h3>{words['pagination']}</h3><p>{_pagination(operation.pagination, members)}</p>"
    if operation.responses:
        yield f"<h3>{words['responses']}</h3>{''.join(_response(each, members) for each in operation.responses)}"
    links = [link for response in operation.responses for link in response.links]
    if links:
        yield f"<h3>{words['links']}</h3><ul>{''.join(_links(links, members))}</ul>"
    if operation.callbacks:
        yield f"<h3>{words['callbacks']}</h3>{''.join(_callback(each, members) for each in operation.callbacks)}"


def _parameters(operation: Operation, members: Members) -> str:
    words = members.words
    return members.entries(
        Entry(
            each.wire,
            members.type_html(each.type),
            (words[f"in-{each.place}"], words["required" if each.is_required else "optional"]),
            each.docs,
            members.inside(each.type, direction="request"),
        )
        for each in operation.parameters
    )


def request_body(body: RequestBody, members: Members) -> str:
    """What a request carries, in each media type."""
    word = members.words["required" if body.is_required else "optional"]
    parts = [
        f'<p>{code(each.media_type)} {members.type_html(each.type)} <span class="tk-api-mark">{word}</span></p>'
        f"{_of_content(each, members, direction='request')}"
        for each in body.contents
    ]
    return members.text_of(body.docs) + "".join(parts)


def _of_content(content: Content, members: Members, *, direction: Direction) -> str:
    if content.parts:
        fields = members.entries(
            Entry(
                part.field.wire,
                members.words["file"] if part.is_file else members.type_html(part.field.type),
                (members.words["required" if part.field.is_required else "optional"],),
                part.field.docs,
                members.inside(part.field.type, direction=direction),
            )
            for part in content.parts
        )
        return fields + _examples(content, members)
    inside = members.inside(content.type, direction=direction)
    if direction == "request":  # whoever writes a request reads its fields
        inside = inside.replace("<details>", "<details open>", 1)
    return inside + _examples(content, members)


def _examples(content: Content, members: Members) -> str:
    shown = [(name, value) for name, value in content.examples if len(value) <= MAX_EXAMPLE_CHARACTERS]
    word = members.words["example"]
    return "".join(
        f"<details><summary>{word}{f': {escaped(name)}' if name and len(shown) > 1 else ''}</summary>"
        f"{json_block(value)}</details>"
        for name, value in shown
    )


def _response(response: Response, members: Members) -> str:
    """Errors are many and alike: their types are a link away, and of their headers the names are told."""
    words = members.words
    is_whole = response.is_success or response.status == "default"
    status = words["status-default"] if response.status == "default" else code(response.status)
    inside = "".join(
        f"<p>{_stream_words(each, members)}{code(each.media_type)} {members.type_html(each.type)}</p>"
        f"{_of_content(each, members, direction='answer') if is_whole else _examples(each, members)}"
        for each in response.contents
    )
    text = members.text_of(response.docs, below=4)
    body = inside or f"<p>{words['no-body']}</p>"
    headers = _headers(response, members, is_whole=is_whole)
    return f'<div class="tk-api-response"><h4>{status}</h4>{text}{body}{headers}</div>'


def _headers(response: Response, members: Members, *, is_whole: bool) -> str:
    if not response.headers:
        return ""
    word = members.words["response-headers"]
    if not is_whole:
        return f'<p class="tk-api-facts">{word}: {", ".join(code(each.wire) for each in response.headers)}</p>'
    entries = members.entries(
        Entry(each.wire, members.type_html(each.type), (), each.docs) for each in response.headers
    )
    return f"<details><summary>{word}</summary>{entries}</details>"


def _stream_words(content: Content, members: Members) -> str:
    if content.kind == "events":
        return f"{members.words['stream-events']} "
    return f"{members.words['stream-lines']} " if content.kind == "json-lines" else ""


def _pagination(pagination: Pagination, members: Members) -> str:
    path = "Link" if pagination.kind == "link-header" else ".".join(pagination.next) or pagination.id_field
    return members.words[f"pagination-{pagination.kind}"].format(next=code(path), parameter=code(pagination.parameter))


def _links(links: Iterable[Link], members: Members) -> Iterator[str]:
    for name, link in {link.name: link for link in links}.items():
        place = members.places.operations.get(link.operation)
        shown = escaped(name)
        if place is not None:
            shown = f'<a href="{members.places.link(place, seen_from=members.page)}">{shown}</a>'
        arguments = ", ".join(f"{code(one)}: {code(other)}" for one, other in link.arguments)
        yield f"<li>{shown}{f' ({arguments})' if arguments else ''}{members.prose.block(link.description)}</li>"


def _callback(callback: Callback, members: Members) -> str:
    words = members.words
    title = escaped(" ".join(callback.name).capitalize())
    body = request_body(callback.body, members) if callback.body is not None else f"<p>{words['no-body']}</p>"
    line = f'<span class="tk-api-method">{callback.method}</span> {words["callback-to"]} {code(callback.expression)}'
    return f"<h4>{title}</h4><p>{line}</p>{members.text_of(callback.docs)}{body}"
