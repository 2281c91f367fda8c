"""mkdocs.yml as far as a page's Markdown depends on it."""

from __future__ import annotations

from functools import lru_cache

import yaml


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
