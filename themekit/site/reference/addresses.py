"""How mkdocs.yml has pages' addresses written, as links within the reference are written out."""

from __future__ import annotations

import yaml


def has_directory_urls(configuration: bytes) -> bool:
    """Pages are `x/index.html` and links end with a slash, as mkdocs has it unless it is told otherwise."""
    try:
        root = yaml.compose(configuration.decode(errors="replace"), Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return True
    members = root.value if isinstance(root, yaml.MappingNode) else []
    for key, value in members:
        if key.value == "use_directory_urls" and isinstance(value, yaml.ScalarNode):
            return value.value.lower() not in {"false", "no", "off"}
    return True
