"""The reference's first page: what the API is, where it is, and all its operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.site.reference.markup import escaped, heading, html_block
from themekit.site.reference.operation import method_and_path, operation_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel, Group
    from themekit.site.reference.members import Members
    from themekit.site.reference.places import ReferencePage

BASE_URLS = (("live", "api.baseUrl"), ("sandbox", "api.sandboxUrl"))


def overview_sections(api: ApiModel, members: Members) -> Iterator[str]:
    """The description, the brand's addresses, and a table of each group's operations."""
    words = members.words
    version = f"<p>{words['version']} {escaped(api.version)}</p>" if api.version else ""
    yield html_block(f"{members.prose.block(api.docs.description, below=1)}{version}")
    # The description's own servers are not a brand's: its placeholders stand here, outside of what is escaped.
    urls = "".join(f"<li>{words[name]}: <code>{{{{ brand.{field} }}}}</code></li>" for name, field in BASE_URLS)
    yield f"## {heading(words['servers'])} {{ #base-urls }}"
    yield html_block(f"<ul>{urls}</ul>")
    yield f"## {heading(words['operations'])} {{ #operations }}"
    for page in members.places.pages:
        if page.kind == "operations":
            yield html_block(_table(page, members))


def _table(page: ReferencePage, members: Members) -> str:
    words = members.words
    rows = []
    for operation in page.operations:
        place = members.places.operations[operation.id]
        href = members.places.link(place, seen_from=members.page)
        old = f' <span class="tk-api-mark">{words["deprecated"]}</span>' if operation.docs.is_deprecated else ""
        link = f'<a href="{href}">{escaped(operation_title(operation))}</a>{old}'
        rows.append(f"<tr><td>{link}</td><td>{method_and_path(operation)}</td></tr>")
    head = f"<tr><th>{words['operation']}</th><th>{words['method']}</th></tr>"
    title = f"<h3>{escaped(_title(page.group))}</h3>" if page.number == 1 else ""
    return f"{title}<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _title(group: Group | None) -> str:
    return group.title if group is not None else ""
