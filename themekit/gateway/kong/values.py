"""Small pieces of Kong's declarative format 3.0: names, tags, plugins, and references to secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model.policy import OperationPolicy, Policy, Secret, TokenIssuer

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]

FOLDER = "gateway/kong"
COUNTED_HEADER = "X-Themekit-Counted"
"""Whom a limit counts. It is set after the client's own was removed, and the API never gets it."""
NOTHING = "nothing"
"""The route of all that no operation answers."""


def prefix(policy: Policy) -> str:
    """What the names of this policy's entities begin with, so that two brands can share a Kong."""
    return re.sub(r"[^A-Za-z0-9._~-]", "-", policy.name)


def tag(policy: Policy) -> str:
    """The tag that all entities of this policy have, and that no other's have."""
    return f"themekit-{prefix(policy)}"


def route_name(policy: Policy, operation: OperationPolicy) -> str:
    """The name of an operation's route."""
    return f"{prefix(policy)}.{operation.id}"


def preflight_name(policy: Policy, operation: OperationPolicy) -> str:
    """The name of the route for what a browser asks before it calls the operation."""
    return f"{prefix(policy)}.preflight.{operation.id}"


def nothing_name(policy: Policy) -> str:
    """The name of the route that answers the rest."""
    return f"{prefix(policy)}.{NOTHING}"


def consumer_name(policy: Policy, issuer: TokenIssuer) -> str:
    """The consumer that has the keys of an issuer: Kong knows issuers, not who calls."""
    return f"{prefix(policy)}.{issuer.name}"


def plugin(policy: Policy, name: str, /, **config: Json) -> JsonObject:
    """A plugin with every setting that decides something."""
    return {
        "name": name,
        "enabled": True,
        "protocols": ["http", "https"],
        "tags": [tag(policy)],
        "config": config,
    }


def variable(secret: Secret) -> str:
    """The environment variable that holds a secret: Kong reads vaults of others only in its enterprise edition."""
    if secret.store == "env":
        return secret.name
    words = re.sub(r"[^A-Za-z0-9]+", "_", f"{secret.store}_{secret.name}_{secret.key}")
    return words.strip("_").upper()


def reference(secret: Secret) -> str:
    """Where Kong finds a secret when it starts: its `env` vault reads `A_B` for `a-b`."""
    return f"{{vault://env/{variable(secret).lower().replace('_', '-')}}}"
