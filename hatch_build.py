"""Build hook: the browser libraries of the portal and of its audits, taken from npm into the package's data.

Runs for wheels and for editable installs. `npm ci` takes exactly what package-lock.json names, checked by its hashes,
and runs no install scripts. Nothing is done again while the lock file stays the same.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BROWSER = Path("themekit/site/browser")
VENDOR = Path("themekit/data/site/vendor")
STUDIO_VENDOR = Path("themekit/data/studio/vendor")  # for our own browser, and in no portal
TAKEN = {
    VENDOR / "mermaid.min.js": "mermaid/dist/mermaid.min.js",
    VENDOR / "mermaid.LICENSE.txt": "mermaid/LICENSE",
    VENDOR / "iframe-worker.js": "iframe-worker/shim/index.js",
    VENDOR / "iframe-worker.LICENSE.txt": "iframe-worker/LICENSE",
    STUDIO_VENDOR / "axe.min.js": "axe-core/axe.min.js",
    STUDIO_VENDOR / "axe-core.LICENSE.txt": "axe-core/LICENSE",
}
STAMP = "package-lock.sha256"


class BrowserLibraries(BuildHookInterface[Any]):
    """Hatchling finds this class by its base."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fill the vendor folder, and put it into the wheel although git ignores it."""
        del version
        root = Path(self.root)
        install_vendored(root)
        build_data["artifacts"] += [f"/{VENDOR}/*", f"/{STUDIO_VENDOR}/*"]


def install_vendored(root: Path) -> bool:
    """Whether files were fetched: False if they already match the lock file. Raises RuntimeError without npm."""
    digest = hashlib.sha256((root / BROWSER / "package-lock.json").read_bytes()).hexdigest()
    stamp = root / VENDOR / STAMP
    is_same = stamp.exists() and stamp.read_text(encoding="ascii") == digest
    if is_same and all((root / path).exists() for path in TAKEN):
        return False
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("npm is not on the path: it provides diagrams (mermaid) and audits (axe-core) at build time")
    with tempfile.TemporaryDirectory(prefix="themekit-browser-") as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / BROWSER / name, folder)
        command = [npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603 - our own command, no user's text in it
        for path, source in TAKEN.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(Path(folder, "node_modules", source), root / path)
    stamp.write_text(digest, encoding="ascii")
    return True
