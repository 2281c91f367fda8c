"""The access log: Kong's `file-log` to the standard output, with the policy's fields in place of Kong's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.kong.values import plugin
from themekit.model.policy import REDACTED

if TYPE_CHECKING:
    from themekit.gateway.kong.values import Json, JsonObject
    from themekit.model.policy import LogField, Policy

KONGS_OWN = (
    "authenticated_entity",
    "client_ip",
    "consumer",
    "latencies",
    "request",
    "response",
    "route",
    "service",
    "source",
    "started_at",
    "tries",
    "upstream_status",
    "upstream_uri",
    "workspace",
    "workspace_name",
)
"""What Kong writes of each request: headers with tokens and addresses among them."""

_SEEN = "local seen = kong.ctx.shared.themekit return seen and seen."
CODE: dict[LogField, str] = {
    "time": "return ngx.utctime()",
    "method": "return kong.request.get_method()",
    "path": "return kong.request.get_path()",
    "query": "return kong.request.get_path_with_query()",
    "operation": f"{_SEEN}operation",
    "status": "return kong.response.get_status()",
    "duration": "return (ngx.now() - ngx.req.start_time()) * 1000",
    "consumer": f"{_SEEN}consumer",
    "address": f"{_SEEN}address",
    "agent": 'return kong.request.get_header("user-agent")',
    "request": "return kong.request.get_id()",
}


def log_plugin(policy: Policy) -> list[JsonObject]:
    """The plugin, or none if the policy logs nothing. `details` is why a request was refused."""
    logging = policy.logging
    if not logging.fields:
        return []
    fields: JsonObject = dict.fromkeys(KONGS_OWN, "return nil")
    for name in logging.fields:
        fields[name] = f'return "{REDACTED}"' if name in logging.redacted else CODE[name]
    fields["details"] = f"{_SEEN}reason"
    shown: dict[str, Json] = {"path": "/dev/stdout", "reopen": False, "custom_fields_by_lua": fields}
    return [plugin(policy, "file-log", **shown)]
