"""The answers of all operations that are no success, by status."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from themekit.site.reference.markup import code, escaped, heading, html_block
from themekit.site.reference.operation import operation_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel, Operation, Response
    from themekit.site.reference.members import Members

MAX_OPERATIONS = 8


def error_sections(api: ApiModel, members: Members) -> Iterator[str]:
    """A part for each status: what it most often means, its types, and the operations that answer it."""
    found: dict[str, list[tuple[Operation, Response]]] = {}
    for operation in api.operations:
        for response in operation.responses:
            if not response.is_success:
                found.setdefault(response.status, []).append((operation, response))
    for status in sorted(found):
        title = members.words["status-default"] if status == "default" else status
        yield f"## {heading(title)} {{ #status-{status.lower()} }}"
        yield html_block(_status(found[status], members))


def _status(answers: list[tuple[Operation, Response]], members: Members) -> str:
    meanings = Counter(response.docs.description for _, response in answers if response.docs.description)
    meaning = members.prose.block(meanings.most_common(1)[0][0], below=2) if meanings else ""
    types = dict.fromkeys(
        f"{code(content.media_type)} {members.type_html(content.type)}"
        for _, response in answers
        for content in response.contents
    )
    shown = f"<p>{members.words['type']}: {', '.join(types)}</p>" if types else ""
    return f"{meaning}{shown}{_operations(answers, members)}"


def _operations(answers: list[tuple[Operation, Response]], members: Members) -> str:
    links = []
    for operation, _ in answers[:MAX_OPERATIONS]:
        href = members.places.link(members.places.operations[operation.id], seen_from=members.page)
        links.append(f'<a href="{href}">{escaped(operation_title(operation))}</a>')
    if len(answers) > MAX_OPERATIONS:
        links.append(f"{len(answers) - MAX_OPERATIONS} {members.words['multiple']}")
    return f"<p>{members.words['used-by']}: {', '.join(links)}</p>"
