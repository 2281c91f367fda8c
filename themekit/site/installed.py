"""What a renderer could load: the plugins, Markdown extensions and page templates installed. Nothing is imported."""

from __future__ import annotations

from functools import cache
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, entry_points, files
from pkgutil import iter_modules

THEME = "material"
OWN_TEMPLATES = frozenset({"404.html", "main.html"})
"""Those in data/site/overrides, which stand before the theme's."""


@cache
def plugin_names() -> tuple[str, ...]:
    """The plugins by the names that mkdocs.yml may give them; mkdocs looks among those of the theme first."""
    names = (point.name.removeprefix(f"{THEME}/") for point in entry_points(group="mkdocs.plugins"))
    return tuple(sorted(set(names)))


def has_plugin(name: str) -> bool:
    """A plugin of this name is installed. `material/search` names the theme's, `/search` the one of mkdocs itself."""
    return name.removeprefix(f"{THEME}/").removeprefix("/") in plugin_names()


@cache
def extension_names() -> tuple[str, ...]:
    """The Markdown extensions that have a short name."""
    return tuple(sorted({point.name for point in entry_points(group="markdown.extensions")}))


def extensions_like(name: str) -> tuple[str, ...]:
    """The names that an unknown one may have been meant for: the short ones, and the modules beside it."""
    package, _, _ = name.rpartition(".")
    beside = _search_path(package) if package else None
    return (*extension_names(), *(f"{package}.{module.name}" for module in iter_modules(beside or [])))


def has_extension(name: str) -> bool:
    """An extension of this name is installed, or a module of it: `pymdownx.details`, `package.module:Class`."""
    return name in extension_names() or _search_path(name.partition(":")[0]) is not None


@cache
def page_templates() -> frozenset[str]:
    """What `template` in a page's head may name, as far as themekit and the theme have it."""
    try:
        listed = files("mkdocs-material") or ()
    except PackageNotFoundError:  # pragma: no cover - it is a dependency, but may be a copy without metadata
        listed = ()
    prefix = f"{THEME}/templates/"
    return OWN_TEMPLATES | {
        str(path).removeprefix(prefix) for path in listed if str(path).startswith(prefix) and path.suffix == ".html"
    }


def _search_path(name: str) -> list[str] | None:
    """Where the modules of a package are, none for a plain module; None if there is no such module.

    `importlib.util.find_spec` would import the packages that it is in.
    """
    path: list[str] | None = None
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        if not parts[count - 1].isidentifier() or (count > 1 and not path):
            return None
        spec = PathFinder.find_spec(".".join(parts[:count]), path)
        if spec is None:
            return None
        path = spec.submodule_search_locations
    return path or []
