"""Files of the docs that the portal is made from and that are in none: they name servers that are not a brand's."""

from __future__ import annotations

import re

NAMES = ("openapi.yaml", "openapi.yml", "openapi.json")
"""Under which a project may describe its API; the first there is, is meant."""
_OF_THE_API = re.compile(rf"api/(?:{'|'.join(map(re.escape, NAMES))}|versions/[^/]+\.(?:ya?ml|json)|changes/[^/]+\.md)")


def is_description(path: str) -> bool:
    """Whether a file of the docs, by its path in them, is the API's description, an older one, or tells of changes."""
    return _OF_THE_API.fullmatch(path) is not None
