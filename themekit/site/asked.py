"""Which optional fields a project's pages ask for: whether a brand has the others changes nothing in its site."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.site.fields import BY_NAME
from themekit.site.pages import Choice, Placeholder, parse_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model import SourceFile
    from themekit.site.pages import Node


def asked_in(page: bytes) -> tuple[str, ...]:
    """The optional fields that a page shows, or asks for in a condition, in the order of the brand file."""
    nodes, _ = parse_page(page.decode(errors="replace"), PurePosixPath("page"))
    names = set(_names(nodes))
    groups = tuple(f"{name}." for name in names)
    return tuple(
        name for name, field in BY_NAME.items() if field.is_optional and (name in names or name.startswith(groups))
    )


def asked_in_all(sources: Iterable[SourceFile]) -> frozenset[str]:
    """Those of all pages among the sources."""
    return frozenset(name for source in sources if source.path.suffix == ".md" for name in asked_in(source.content))


def _names(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Placeholder):
            yield node.name
        elif isinstance(node, Choice):
            for condition, body in node.branches:
                if condition is not None:
                    yield from (claim.name for claim in condition.claims if claim.kind == "field")
                yield from _names(body)
