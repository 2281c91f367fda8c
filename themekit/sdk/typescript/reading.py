"""Values of the description, which are JSON texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from themekit.model.api_types import JsonText
    from themekit.sdk.typescript.layout import Value


def json_value(text: JsonText) -> Value:
    """The value that a JSON text says."""
    return cast("Value", json.loads(text))
