"""What Kong's declarative file cannot hold: `kong.conf`, or the same as environment variables.

Without these settings the Lua cannot read tokens and answers everything with 500, and the API's certificate is not
accepted: whoever forgets them gets no answers, not open ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.ciphers import CIPHERS

if TYPE_CHECKING:
    from themekit.model.policy import Policy

DECLARATIVE_FILE = "/etc/themekit/kong.json"
STATUS_PORT = 8100
SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
PLUGINS = (
    "cors",
    "file-log",
    "jwt",
    "post-function",
    "pre-function",
    "rate-limiting",
    "request-size-limiting",
    "request-termination",
)
UNPRIVILEGED_PORT = 1024


def inner_port(policy: Policy) -> int:
    """The port that Kong listens on: without privileges it may not have one below 1024."""
    port = policy.listen.port
    return port if port >= UNPRIVILEGED_PORT else port + 8000


def settings(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Names and values, as `kong.conf` has them."""
    tls = policy.listen.tls
    largest = max(operation.max_body_bytes for operation in policy.operations)
    return (
        ("database", "off"),
        ("declarative_config", DECLARATIVE_FILE),
        ("plugins", ",".join(PLUGINS)),
        ("proxy_listen", f"0.0.0.0:{inner_port(policy)}{' ssl http2' if tls else ''}"),
        ("status_listen", f"0.0.0.0:{STATUS_PORT}"),
        ("admin_listen", "off"),
        ("admin_gui_listen", "off"),
        ("anonymous_reports", "off"),
        ("proxy_access_log", "off"),
        ("proxy_error_log", "/dev/stderr"),
        ("log_level", "warn"),
        ("headers", "off"),
        ("allow_debug_header", "off"),
        ("router_flavor", "traditional_compatible"),
        ("untrusted_lua", "sandbox"),
        ("untrusted_lua_sandbox_requires", "cjson.safe"),
        ("upstream_keepalive_idle_timeout", f"{policy.upstream.idle_timeout_s:g}"),
        ("nginx_http_client_max_body_size", str(largest)),
        *((("nginx_proxy_proxy_ssl_trusted_certificate", SYSTEM_AUTHORITIES),) if policy.upstream.is_tls else ()),
        *(_tls_settings(policy) if tls else ()),
    )


def kong_conf(policy: Policy) -> list[str]:
    """The lines of `kong.conf`."""
    return [
        "# Made by themekit from policy.json: change the policy, not this file.",
        *(f"{name} = {value}" for name, value in settings(policy)),
    ]


def _tls_settings(policy: Policy) -> tuple[tuple[str, str], ...]:
    """Kong heeds `ssl_protocols` only beside the cipher suite `custom`."""
    only_13 = policy.listen.tls is not None and policy.listen.tls.minimum == "1.3"
    return (
        ("ssl_cipher_suite", "custom"),
        ("ssl_ciphers", ":".join(CIPHERS)),
        ("ssl_protocols", "TLSv1.3" if only_13 else "TLSv1.2 TLSv1.3"),
    )
