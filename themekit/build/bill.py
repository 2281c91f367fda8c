"""What other people's packages a bundle has content of: told from its paths and from what is installed here."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import TYPE_CHECKING

import themekit
from themekit.bundle.sbom import Component

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

THEME = "mkdocs-material"
WITH_THEME = (
    ("npm", "clipboard", "MIT"),
    ("npm", "escape-html", "MIT"),
    ("npm", "focus-visible", "W3C"),
    ("npm", "lunr", "MIT"),
    ("npm", "lunr-languages", "MPL-1.1"),
    ("npm", "material-design-color", "MIT"),
    ("npm", "rxjs", "Apache-2.0"),
    ("npm", "tslib", "0BSD"),
    ("npm", "@fortawesome/fontawesome-free", "CC-BY-4.0 AND OFL-1.1 AND MIT"),
    ("npm", "@mdi/svg", "Apache-2.0"),
    ("npm", "@primer/octicons", "MIT"),
    ("npm", "simple-icons", "CC0-1.0"),
)
"""What the theme's wheel was compiled from, after its source maps, and its icons. No version of them is told there."""
VENDOR = "site/assets/themekit/vendor/"
LOCK = Path(themekit.__file__).parent / "site" / "browser" / "package-lock.json"
TAKEN = {"mermaid.min.js": "mermaid", "iframe-worker.js": "iframe-worker"}
"""Files of npm packages below VENDOR, and the packages: a minified one has its dependencies in it."""
NOT_SAID = {"khroma": "MIT"}
"""Licences of packages that have the text of one, and name none where npm looks."""
FONT_LICENSE = "assets/fonts/LICENSE-"


def components_of(paths: Iterable[str]) -> tuple[Component, ...]:
    """The packages that a bundle with these paths has content of, in no order."""
    found: list[Component] = [_distribution("themekit")]
    names = set(paths)
    if any(path.startswith("site/") for path in names):
        found += (_distribution(THEME), _distribution("mkdocs"))
        found += (Component(ecosystem, name, "", license_, THEME) for ecosystem, name, license_ in WITH_THEME)
    for file, package in TAKEN.items():
        if f"{VENDOR}{file}" in names:
            found += _compiled(package)
    for path in names:
        if path.startswith(FONT_LICENSE):
            slug = path.removeprefix(FONT_LICENSE).removesuffix(".txt")
            found += _installed(f"fontpkg-{slug}")
    return tuple(found)


def _installed(name: str) -> Iterator[Component]:
    try:
        yield _distribution(name)
    except PackageNotFoundError:  # a licence of the brand's own
        return


@cache
def _distribution(name: str) -> Component:
    about = metadata(name)
    return Component("pypi", name, about["Version"], next(iter(about.get_all("License-Expression", ())), ""))


@cache
def _compiled(package: str) -> tuple[Component, ...]:
    """The npm package and all that it depends on, in the versions that the lock file names."""
    locked: dict[str, dict[str, object]] = json.loads(LOCK.read_bytes())["packages"]
    found: dict[str, Component] = {}
    due = [f"node_modules/{package}"]
    while due:
        place = due.pop()
        if place in found:
            continue
        about = locked[place]
        name = place.rpartition("node_modules/")[2]
        of = "" if name == package else package
        found[place] = Component(
            "npm", name, str(about["version"]), str(about.get("license", NOT_SAID.get(name, ""))), of
        )
        needed = about.get("dependencies", {})
        due += (_place(locked, place, name) for name in (needed if isinstance(needed, dict) else ()))
    return tuple(found.values())


def _place(locked: dict[str, dict[str, object]], user: str, name: str) -> str:
    """Where Node finds a package: beside its user's own dependencies, or further out."""
    while user:
        place = f"{user}/node_modules/{name}"
        if place in locked:
            return place
        user = user.rpartition("/node_modules/")[0]
    return f"node_modules/{name}"
