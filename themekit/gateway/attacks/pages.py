"""Attacks by pages of other origins: preflights are answered by the gateway, and never reach the API."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import Attack
from themekit.gateway.attacks.scene import changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.attacks.scene import Scene
    from themekit.model.policy import Cors, OperationPolicy

FOREIGN = "https://origin.invalid"


def page_attacks(scene: Scene) -> Iterator[Attack]:
    """On the first operation of each rule on origins, and on the first that has none."""
    first: dict[Cors | None, OperationPolicy] = {}
    for operation in scene.policy.operations:
        if scene.path(operation):
            first.setdefault(operation.cors, operation)
    for cors, operation in first.items():
        for name, origin in _origins(cors).items():
            headers = (("origin", origin), ("access-control-request-method", operation.method))
            yield _preflight(scene, operation, headers, name=f"preflight of {name}")
            yield _call(scene, operation, origin, name=name)
        own = cors.origins[0].replace("*", FOREIGN) if cors else FOREIGN
        purge = (("origin", own), ("access-control-request-method", "PURGE"))
        yield _preflight(scene, operation, purge, name="preflight of an unknown method")
        yield _preflight(scene, operation, (("origin", own),), name="preflight of no method")
        if scene.issuers(operation):
            asked = (("origin", own), ("access-control-request-method", operation.method))
            shot = scene.shot(scene.request(operation, None, headers=asked))
            yield Attack("call in the form of a preflight", operation.id, (shot,))


def _origins(cors: Cors | None) -> dict[str, str]:
    if cors is None:
        return {"an origin where none is allowed": FOREIGN}
    named = {f"the origin {origin}": origin for origin in cors.origins if origin != "*"}
    own = next(iter(named.values()), FOREIGN)
    return {
        **named,
        "a foreign origin": FOREIGN,
        "an origin that begins like ours": f"{own}.origin.invalid",
        "an origin in clear text": own.replace("https://", "http://"),
        "no origin": "null",
    }


def _preflight(scene: Scene, operation: OperationPolicy, headers: tuple[tuple[str, str], ...], *, name: str) -> Attack:
    shot = scene.shot(scene.request(operation, None, headers=headers))
    return Attack(name, operation.id, (changed(shot, method="OPTIONS"),))


def _call(scene: Scene, operation: OperationPolicy, origin: str, *, name: str) -> Attack:
    shot = scene.good_shot(operation)
    request = replace(shot.request, headers=(*shot.request.headers, ("origin", origin)))
    return Attack(f"call of {name}", operation.id, (replace(shot, request=request),))
