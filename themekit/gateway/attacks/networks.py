"""Attacks by address: denied networks, networks that are not allowed, and addresses that a client made up."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import Attack, Need, Shot
from themekit.gateway.attacks.scene import LOOPBACK, PROXY
from themekit.gateway.meaning import is_allowed_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.attacks.scene import Scene
    from themekit.model.policy import OperationPolicy

NEEDS = frozenset({Need.ADDRESS})
NO_ONE = "192.0.2.1"
"""For documents, so nobody's. Source: RFC 5737."""
NOT_TOLD = "the address is that of the connection, which cannot be chosen"


def network_attacks(scene: Scene) -> Iterator[Attack]:
    """On the first operation that has a path: the networks are those of all."""
    operation = next((each for each in scene.policy.operations if scene.path(each)), None)
    if operation is None:
        return
    refused = list(_refused(scene))
    if not scene.policy.addresses.trusted_hops:
        shot = scene.good_shot(operation)
        spoofed = replace(shot.request, headers=(*shot.request.headers, ("x-forwarded-for", refused[0][1])))
        yield Attack("made-up address where no proxy is trusted", operation.id, (replace(shot, request=spoofed),))
        for name, _ in refused[1:]:
            yield Attack(name, operation.id, impossible=NOT_TOLD)
        return
    for name, address in refused:
        if not is_allowed_address(scene.policy, address):
            yield from _refused_attacks(scene, operation, name=name, address=address)
    good = scene.address()
    for name, told in (
        ("address in front of a good one", f"{refused[-1][1]}, {good}"),
        ("no address but nonsense", "nonsense"),
        ("nonsense in front of a good address", f"nonsense, {good}"),
    ):
        yield Attack(name, operation.id, (_told(scene, operation, told),), NEEDS)


def _refused(scene: Scene) -> Iterator[tuple[str, str]]:
    """Addresses that may not call, with what they are, and first of all one that is nobody's."""
    yield "address that is nobody's", NO_ONE
    for text in scene.policy.addresses.deny:
        network = ip_network(text)
        yield f"first address of {text}", str(network.network_address)
        yield (
            f"last address of {text}",
            str(ip_address(int(network.broadcast_address)) if network.version == 4 else network[-1]),
        )
    for text in scene.policy.addresses.allow:
        network = ip_network(text)
        for name, number in (("before", int(network.network_address) - 1), ("after", int(network[-1]) + 1)):
            if 0 < number < 2**network.max_prefixlen:
                address = type(network.network_address)(number)
                yield f"the address {name} {text}", str(address)


def _refused_attacks(scene: Scene, operation: OperationPolicy, *, name: str, address: str) -> Iterator[Attack]:
    good = scene.address()
    yield Attack(name, operation.id, (_told(scene, operation, address),), NEEDS)
    yield Attack(f"{name} behind a made-up one", operation.id, (_told(scene, operation, f"{good}, {address}"),), NEEDS)
    nothing = _told(scene, operation, address)
    request = replace(nothing.request, target=f"{scene.policy.listen.base_path}/nothing-is-here", token=None)
    yield Attack(f"{name} on a path of nobody", operation.id, (replace(nothing, request=request),), NEEDS)


def _told(scene: Scene, operation: OperationPolicy, told: str) -> Shot:
    """The request as the trusted proxies pass it on: they wrote the last entries."""
    proxies = [PROXY] * (scene.policy.addresses.trusted_hops - 1)
    shot = scene.good_shot(operation)
    headers = (("x-forwarded-for", ", ".join([told, *proxies])),)
    return replace(shot, request=replace(shot.request, headers=headers, source=LOOPBACK))
