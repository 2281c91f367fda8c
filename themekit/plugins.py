"""The one registry: every target, gateway and SDK language there is, found by looking and never listed by hand."""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, TypeVar

import themekit.targets
from themekit.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model.gateway import Gateway
    from themekit.model.sdk import SdkLanguage

ENTRY_POINTS = "themekit.targets"
GATEWAY_ENTRY_POINTS = "themekit.gateways"
LANGUAGE_ENTRY_POINTS = "themekit.languages"
NOT_GATEWAYS = frozenset({"attacks"})
"""Folders of `themekit/gateway/` that are of no gateway."""
NOT_LANGUAGES = frozenset({"changes", "packages"})
"""Folders of `themekit/sdk/` that are of no language."""

Plugin = TypeVar("Plugin", "Target", "Gateway", "SdkLanguage")


class PluginError(Exception):
    """A plugin that cannot be used: it is no target, gateway or language, or has a name that another one has."""


def targets() -> tuple[Target, ...]:
    """Every target: the modules of `themekit/targets/` by name, then entry points of installed packages by name.

    Such a module has a `TARGET`, such an entry point names one (`module:TARGET`). Raises PluginError if one is no
    target, or if two have the same name.
    """
    package = themekit.targets
    names = {f"{package.__name__}.{name}" for name in _modules(package.__path__, folders_only=False)}
    return _distinct(_found(sorted(names), ENTRY_POINTS, kind=Target), "targets")


def target_named(name: str) -> Target | None:
    """The target of that name, or None. One of ours is found by its module's name, and no other is imported."""
    module = f"{themekit.targets.__name__}.{name.replace('-', '_')}"
    if name.replace("-", "_").isidentifier() and importlib.util.find_spec(module) is not None:
        found = getattr(importlib.import_module(module), "TARGET", None)
        if isinstance(found, Target) and found.name == name:
            return found
    return next((target for target in targets() if target.name == name), None)


def gateways() -> tuple[Gateway, ...]:
    """Every gateway: the folders of `themekit/gateway/` by name, then entry points.

    A folder has a `GATEWAY`, or `GATEWAYS` if it makes files for more than one.
    """
    import themekit.gateway as package  # noqa: PLC0415  # 8 ms with the next, which a target need not wait for
    from themekit.model.gateway import Gateway  # noqa: PLC0415

    folders = _modules(package.__path__, folders_only=True) - NOT_GATEWAYS
    names = {f"{package.__name__}.{name}" for name in folders}
    return _distinct(_found(sorted(names), GATEWAY_ENTRY_POINTS, kind=Gateway), "gateways")


def languages() -> tuple[SdkLanguage, ...]:
    """Every SDK language: the folders of `themekit/sdk/` by name, each with a `LANGUAGE`, then entry points."""
    import themekit.sdk as package  # noqa: PLC0415  # as above
    from themekit.model.sdk import SdkLanguage  # noqa: PLC0415

    folders = _modules(package.__path__, folders_only=True) - NOT_LANGUAGES
    names = {f"{package.__name__}.{name}" for name in folders}
    return _distinct(_found(sorted(names), LANGUAGE_ENTRY_POINTS, kind=SdkLanguage), "languages")


def _modules(paths: Iterable[str], *, folders_only: bool) -> set[str]:
    import pkgutil  # noqa: PLC0415  # 4 ms, for nobody who knows the name

    return {module.name for module in pkgutil.iter_modules(paths) if module.ispkg or not folders_only}


def _distinct(plugins: Iterable[tuple[Plugin, str]], what: str) -> tuple[Plugin, ...]:
    found: dict[str, tuple[Plugin, str]] = {}
    for plugin, origin in plugins:
        if plugin.name in found:
            raise PluginError(f"two {what} are named `{plugin.name}`: {found[plugin.name][1]} and {origin}")
        found[plugin.name] = (plugin, origin)
    return tuple(plugin for plugin, _ in found.values())


def _found(modules: Iterable[str], group: str, *, kind: type[Plugin]) -> Iterator[tuple[Plugin, str]]:
    name = _constant(kind)
    for module in modules:
        loaded = importlib.import_module(module)
        for plugin in getattr(loaded, f"{name}S", None) or (getattr(loaded, name, None),):
            yield _checked(plugin, module, kind=kind)
    from importlib.metadata import entry_points  # noqa: PLC0415  # 25 ms, which one target of ours need not wait for

    for point in sorted(entry_points(group=group), key=lambda point: (point.name, point.value)):
        yield _checked(point.load(), f"the entry point {point.name} = {point.value}", kind=kind)


def _checked(plugin: object, origin: str, *, kind: type[Plugin]) -> tuple[Plugin, str]:
    if not isinstance(plugin, kind):
        raise PluginError(f"{origin} has no {_constant(kind)}")
    return plugin, origin


def _constant(kind: type[Plugin]) -> str:
    """The name of a module's plugin: TARGET, GATEWAY or LANGUAGE."""
    return kind.__name__.removeprefix("Sdk").upper()
