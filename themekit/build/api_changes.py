"""Every change between two versions of an API: on the wire, and in the public names of each SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.plugins import languages
from themekit.sdk.changes.surface import surface_changes
from themekit.sdk.changes.wire import wire_changes

if TYPE_CHECKING:
    from themekit.model.api import ApiModel
    from themekit.model.api_change import ApiChange


def api_changes(old: ApiModel, new: ApiModel) -> tuple[ApiChange, ...]:
    """On the wire first, then by language; in each what is gone first."""
    found = list(wire_changes(old, new))
    for language in languages():
        found += surface_changes(language.surface(old), language.surface(new), language=language.name)
    return tuple(found)
