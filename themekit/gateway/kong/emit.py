"""A policy to the files of a Kong 3.9: the declarative file in two flavours, the node's settings, and Kubernetes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.json_text import json_text
from themekit.gateway.kong.entities import certificates, consumers, services
from themekit.gateway.kong.kubernetes import kubernetes
from themekit.gateway.kong.limits import refused_limits
from themekit.gateway.kong.node import STATUS_PORT, inner_port, kong_conf
from themekit.gateway.kong.rotation import ROTATION
from themekit.gateway.kong.values import FOLDER, consumer_name, tag, variable
from themekit.gateway.secret_places import shared_places
from themekit.model import Artifact
from themekit.model.gateway import Feature, Refusal

if TYPE_CHECKING:
    from themekit.gateway.kong.values import Json, JsonObject
    from themekit.model.policy import Policy

SHOWN_DEPTH = 7  # down to a plugin, which is one line
FORMAT = "3.0"


def emit(policy: Policy) -> tuple[Artifact, ...]:
    """`kong.json`, `deck.json`, `kong.conf`, `kubernetes.json`, and what fills in keys that are fetched."""
    declarative = f"{json_text(_entities(policy), depth=SHOWN_DEPTH)}\n"
    files = [
        _json("kong.json", declarative),
        _json("deck.json", _for_deck(policy, declarative)),
        Artifact.text(f"{FOLDER}/kong.conf", kong_conf(policy)),
        _json("kubernetes.json", f"{json_text(kubernetes(policy, declarative), depth=20)}\n"),
    ]
    fetched: list[Json] = [
        {"consumer": consumer_name(policy, issuer), "jwks": issuer.jwks_url, "tags": [tag(policy)]}
        for issuer in policy.tokens
        if issuer.jwks_url is not None
    ]
    if fetched:
        files.append(_json("issuers.json", f"{json_text(fetched, depth=SHOWN_DEPTH)}\n"))
        files.append(Artifact.text(f"{FOLDER}/rotate-keys.py", ROTATION, media_type="text/x-python"))
    return tuple(files)


def refuses(policy: Policy) -> tuple[Refusal, ...]:
    """Limits that its one plugin cannot hold, origins that it misreads, key ids of two issuers, and what is taken."""
    found = list(refused_limits(policy))
    origins = dict.fromkeys(
        each for operation in policy.operations if operation.cors for each in operation.cors.origins
    )
    for each in origins:
        if "[" in each:
            why = f"it reads `{each}` as a pattern, which fits others"
            found.append(Refusal(Feature.CORS, policy.origin_of("/cors"), why))
    known: dict[str, str] = {}
    for issuer in policy.tokens:
        for key in issuer.keys:
            other = known.setdefault(key.id, issuer.name)
            if other != issuer.name:
                why = f"it finds a key by its id alone, and `{other}` and `{issuer.name}` both have `{key.id}`"
                found.append(Refusal(Feature.KEYS, issuer.origin, why))
    if inner_port(policy) == STATUS_PORT:
        why = f"it would listen on port {STATUS_PORT}, where it tells its own state"
        found.append(Refusal(Feature.PORT, policy.origin_of("/listen/port"), why))
    return (*found, *shared_places(policy, variable))


def _entities(policy: Policy) -> JsonObject:
    return {
        "_format_version": FORMAT,
        "_transform": True,
        "services": [*services(policy)],
        "consumers": [*consumers(policy)],
        "certificates": [*certificates(policy)],
    }


def _for_deck(policy: Policy, declarative: str) -> str:
    """The same, of which decK touches nothing without the tag. It reads `${{` as its own, even in a text."""
    info: JsonObject = {"select_tags": [tag(policy)]}
    members = declarative.removesuffix("\n}\n")
    return f'{members},\n "_info": {json_text(info, " ", depth=SHOWN_DEPTH)}\n}}\n'.replace("${{", "\\u0024{{")


def _json(name: str, text: str) -> Artifact:
    return Artifact.text(f"{FOLDER}/{name}", text, media_type="application/json")
