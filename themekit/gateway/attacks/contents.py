"""Attacks by what is sent: bodies over the limit, requests that read in two ways, headers that speak for others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import Attack, Shot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.attacks.scene import Scene
    from themekit.model.policy import OperationPolicy

SENDING = ("POST", "PUT", "PATCH")
MAX_BODY_BYTES = 64 * 2**20
SMUGGLED = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"


def content_attacks(scene: Scene) -> Iterator[Attack]:
    """Bodies on an operation for each limit; framing on one that needs a token, and on one that does not."""
    operations = [each for each in scene.policy.operations if scene.path(each)]
    by_size: dict[int, OperationPolicy] = {}
    for operation in sorted(operations, key=lambda each: each.method not in SENDING):
        by_size.setdefault(operation.max_body_bytes, operation)
    for operation in by_size.values():
        yield from _bodies(scene, operation)
    guarded = [each for each in operations if scene.issuers(each)]
    public = [each for each in operations if not scene.issuers(each)]
    for operation in (*guarded[:1], *public[:1]):
        yield from _framing(scene, operation)
    for operation in (*_first_of_each_method(guarded), *public):
        yield from _spoofed(scene, operation)


def _first_of_each_method(operations: list[OperationPolicy]) -> list[OperationPolicy]:
    first: dict[str, OperationPolicy] = {}
    for operation in operations:
        first.setdefault(operation.method, operation)
    return list(first.values())


def _bodies(scene: Scene, operation: OperationPolicy) -> Iterator[Attack]:
    limit = operation.max_body_bytes
    if limit > MAX_BODY_BYTES:
        yield Attack("body over the limit", operation.id, impossible=f"the limit is more than {MAX_BODY_BYTES} bytes")
        return
    for name, size in (("body at the limit", limit), ("body over the limit", limit + 1)):
        shot = scene.good_shot(operation)
        yield Attack(name, operation.id, (replace(shot, request=replace(shot.request, body_bytes=size)),))
        chunked = (*shot.request.headers, ("transfer-encoding", "chunked"))
        request = replace(scene.good_shot(operation).request, body_bytes=size, headers=chunked)
        in_chunks = replace(scene.shot(request), is_chunked=True, is_alone=True)
        yield Attack(f"{name} in chunks", operation.id, (in_chunks,))


def _framing(scene: Scene, operation: OperationPolicy) -> Iterator[Attack]:
    named = {
        "length and chunks": (("content-length", "4"), ("transfer-encoding", "chunked")),
        "chunks and length": (("transfer-encoding", "chunked"), ("content-length", "4")),
        "two lengths": (("content-length", "4"), ("content-length", "35")),
        "the same length twice": (("content-length", "4"), ("content-length", "4")),
    }
    for name, headers in named.items():
        shot = _with(scene, operation, headers)
        yield Attack(name, operation.id, (replace(shot, is_alone=True, after=SMUGGLED),))
    names = [change.name.lower() for change in scene.policy.request_set] or ["x-any"]
    for name in names:
        if "-" in name:
            spoofed = _with(scene, operation, ((name.replace("-", "_"), "admin"),))
            yield Attack(f"header {name.replace('-', '_')}", operation.id, (replace(spoofed, is_alone=True),))


def _spoofed(scene: Scene, operation: OperationPolicy) -> Iterator[Attack]:
    """Headers that only the gateway may write, or that nobody may."""
    names = dict.fromkeys([*scene.policy.request_removed, *(change.name for change in scene.policy.request_set)])
    if names:
        headers = tuple((name.lower(), "admin") for name in names)
        yield Attack("spoofed headers", operation.id, (_with(scene, operation, headers),))
        yield Attack("spoofed headers, twice each", operation.id, (_with(scene, operation, headers * 2),))


def _with(scene: Scene, operation: OperationPolicy, headers: tuple[tuple[str, str], ...]) -> Shot:
    shot = scene.good_shot(operation)
    return replace(shot, request=replace(shot.request, headers=(*shot.request.headers, *headers)))
