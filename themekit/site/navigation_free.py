"""mkdocs.yml apart from its navigation, as far as a page's Markdown depends on it; and what the navigation names."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


MAX_DEPTH = 16


@lru_cache(maxsize=8)
def without_navigation(configuration: bytes) -> bytes:
    """The same configuration without its `nav`: no page's Markdown depends on where the page stands.

    Anything that is not plain YAML, or has anchors that what follows could mean, comes back as it is.
    """
    try:
        text = configuration.decode()
        has_aliases = any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.SafeLoader))
        root = None if has_aliases else yaml.compose(text, Loader=yaml.SafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError):
        return configuration
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return configuration
    for key, value in root.value:
        if key.value == "nav":
            return (text[: key.start_mark.index] + text[value.end_mark.index :]).encode()
    return configuration


def named_in_navigation(configuration: bytes, page: str) -> bool:
    """Whether `nav` lists a page of the docs, by its path or by an entry such as `guides/*`."""
    try:
        root = yaml.compose(configuration.decode(errors="replace"), Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):  # which another task reports
        return False
    members = root.value if isinstance(root, yaml.MappingNode) else []
    return any(
        fnmatchcase(page, entry)
        for key, value in members
        if isinstance(key, yaml.ScalarNode) and key.value == "nav"
        for entry in _entries(value, depth=MAX_DEPTH)
    )


def _entries(node: yaml.Node, *, depth: int) -> Iterator[str]:
    """The paths in a navigation; what lies deeper is in no navigation that a reader could open."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.SequenceNode) and depth:
        for item in node.value:
            yield from _entries(item, depth=depth - 1)
    elif isinstance(node, yaml.MappingNode) and depth:
        for _, item in node.value:
            yield from _entries(item, depth=depth - 1)
