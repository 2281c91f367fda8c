"""Attacks by path, method and host: other writings of a path, and what no operation answers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import Attack, Shot
from themekit.gateway.attacks.scene import changed, distinct
from themekit.gateway.path_overlaps import overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.gateway.attacks.scene import Scene
    from themekit.model.policy import OperationPolicy

METHODS = ("GET", "HEAD", "OPTIONS", "PATCH", "PUT", "POST", "DELETE", "TRACE", "PURGE")


def path_attacks(scene: Scene) -> Iterator[Attack]:
    """Writings on one operation of each kind of access, methods on each path, and hosts."""
    operations = [each for each in scene.policy.operations if scene.path(each)]
    for operation in distinct(tuple(operations)):
        yield from _writings(scene, operation)
    methods_of: dict[str, list[str]] = {}
    for each in scene.policy.operations:
        methods_of.setdefault(each.path, []).append(each.method)
    names = {path: methods for path, methods in methods_of.items() if "{" not in path}
    seen: set[str] = set()
    for operation in operations:
        if operation.path not in seen:
            seen.add(operation.path)
            yield from _methods(operation, scene, methods=methods_of[operation.path])
        yield from _closer_paths(operation, scene, names=names)
    for operation in operations[:1]:
        yield from _hosts(scene, operation)


def _writings(scene: Scene, operation: OperationPolicy) -> Iterator[Attack]:
    path = scene.path(operation) or operation.path
    head, _, last = path.rpartition("/")
    base = scene.policy.listen.base_path
    other = next(
        (found for each in scene.policy.operations if (found := scene.path(each)) and each is not operation), "/x"
    )
    named = {
        "slash at the end": f"{path}/",
        "two slashes": f"{head}//{last}",
        "two slashes in front": f"/{path}",
        "escaped slash": f"{head}%2F{last}",
        "escaped slash at the end": f"{path}%2f",
        "backslash": f"{head}\\{last}",
        "escaped backslash": f"{head}%5c{last}",
        "dot segment": f"{head}/./{last}",
        "way out and in": f"{other}/..{path}" if other.count("/") == 1 else f"/x/..{path}",
        "escaped way out": f"/x/%2e%2e{path}",
        "way out by an escaped slash": f"{path}/..%2f{last}",
        "escaped zero": f"{path}%00",
        "escaped letter": f"{head}/%{ord(last[0]):02x}{last[1:]}",
        "upper case": path.upper(),
        "parameter of a segment": f"{path};x=1",
        "fragment": f"{path}#x",
        "query with a way out": f"{path}?x=/../..",
        "segment more": f"{path}/nothing-is-here",
        "path of nobody": f"{base}/nothing-is-here",
        "root": "/",
    }
    if base:
        named["path without the base"] = path.removeprefix(base)
    for name, target in named.items():
        yield Attack(name, operation.id, (changed(_without_limit(scene, operation), target=target),))


def _methods(operation: OperationPolicy, scene: Scene, *, methods: Sequence[str]) -> Iterator[Attack]:
    """What is no operation's method is nobody's, with a good token too."""
    for method in METHODS:
        if method not in methods:
            yield Attack(f"method {method}", operation.id, (changed(_without_limit(scene, operation), method=method),))


def _closer_paths(operation: OperationPolicy, scene: Scene, *, names: Mapping[str, Sequence[str]]) -> Iterator[Attack]:
    """A path with a name in it is not that of a parameter, even if only the latter has the method.

    `names` are the methods of paths without parameters.
    """
    if "{" not in operation.path:
        return
    for other, methods in names.items():
        if operation.method not in methods and overlap(operation.path, (other,)):
            target = scene.policy.listen.base_path + other
            yield Attack(
                f"name {other} as a parameter", operation.id, (changed(scene.good_shot(operation), target=target),)
            )


def _hosts(scene: Scene, operation: OperationPolicy) -> Iterator[Attack]:
    hosts = scene.policy.listen.hosts
    named = {
        "unknown host": "host.invalid",
        "host with an end of its own": f"{hosts[0]}.host.invalid",
        "host in front of ours": f"x.{hosts[0]}",
        "host with a port": f"{hosts[0]}:8080",
        "host in upper case": hosts[0].upper(),
        **{f"host {host}": host for host in hosts},
    }
    for name, host in named.items():
        yield Attack(name, operation.id, (changed(scene.good_shot(operation), host=host),))


def _without_limit(scene: Scene, operation: OperationPolicy) -> Shot:
    return replace(scene.good_shot(operation), is_alone=True)
