"""The JSON Schema 2020-12 of policy.json, made from the table that the reader uses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.source.policy_fields import POLICY
from themekit.source.schema import table_schema

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject

POLICY_SCHEMA_ID = "https://themekit.example/schemas/policy.json"


def policy_schema() -> str:
    """The schema as pretty JSON with a final line feed, the same bytes each time."""
    return json.dumps(policy_schema_object(), indent=2, ensure_ascii=False) + "\n"


def policy_schema_object() -> JsonObject:
    """The schema as a JSON object."""
    summary = "What a gateway lets through to one API of one brand."
    return table_schema(POLICY, schema_id=POLICY_SCHEMA_ID, title="themekit policy", summary=summary)
