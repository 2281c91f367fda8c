"""The one registry: every target there is, found by looking and never listed by hand."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import themekit.targets
from themekit.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRY_POINTS = "themekit.targets"


class PluginError(Exception):
    """A plugin that cannot be used: it is no target, or has a name that another one has."""


def targets() -> tuple[Target, ...]:
    """Every target: the modules of `themekit/targets/` by name, then entry points of installed packages by name.

    Such a module has a `TARGET`, such an entry point names one (`module:TARGET`). Raises PluginError if one is no
    target, or if two have the same name.
    """
    found: dict[str, tuple[Target, str]] = {}
    for target, origin in (*_of_folder(), *_of_entry_points()):
        if target.name in found:
            raise PluginError(f"two targets are named `{target.name}`: {found[target.name][1]} and {origin}")
        found[target.name] = (target, origin)
    return tuple(target for target, _ in found.values())


def _of_folder() -> Iterator[tuple[Target, str]]:
    package = themekit.targets
    for name in sorted({f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__)}):
        yield _checked(getattr(importlib.import_module(name), "TARGET", None), name)


def _of_entry_points() -> Iterator[tuple[Target, str]]:
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda point: (point.name, point.value)):
        yield _checked(point.load(), f"the entry point {point.name} = {point.value}")


def _checked(target: object, origin: str) -> tuple[Target, str]:
    if not isinstance(target, Target):
        raise PluginError(f"{origin} has no TARGET")
    return target, origin
