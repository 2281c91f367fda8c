"""Servers that show a colour, started as their users start them: what is edited, and where the colour is seen."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "e2e" / "preview"))

from previewing import Preview

COLORS = ("#b3261e", "#1a6b3c", "#5b2a86", "#0b57d0")
TOKENS = 60  # custom properties of the page of Vite
ELEMENTS = 450  # as many as a small page of the portal has
VITE_PAGE = """<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/page.css">
<script type="module" src="/main.js"></script></head><body><div class="md-header">Portal</div>{}</body></html>"""
VITE_SCRIPT = """import tokens from "./tokens.json";
const show = (found) => {
  for (const [name, value] of Object.entries(found)) document.body.style.setProperty(`--${name}`, value);
};
show(tokens);
import.meta.hot.accept("./tokens.json", (fresh) => show(fresh.default));
"""


@dataclass
class Arm:
    """`edits(color)` is the file to be replaced and its new text; `wanted` says which computed colour is waited for."""

    name: str
    url: str
    file: Path
    text: str
    process: subprocess.Popen[bytes]
    reloads: bool = False

    def edited(self, color: str) -> str:
        """The file's text with another colour."""
        return re.sub(r"#[0-9a-fA-F]{6}", color, self.text, count=1)

    def close(self) -> None:
        """End the server."""
        self.file.write_text(self.text)
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=60)


class ThemekitArm(Arm):
    """The preview of a project, warm."""

    def __init__(self, name: str, root: Path, *, page: str, brand: str = "acme") -> None:
        self.preview = Preview(root)
        self.preview.warm(f"{brand}/{page}")
        file = root / "brands" / brand / "brand.json"
        url = f"{self.preview.pages}{brand}/{page}"
        super().__init__(name, url, file, file.read_text(), self.preview.process)

    def close(self) -> None:
        """End the preview."""
        self.file.write_text(self.text)
        self.preview.close()


def vite_arm(folder: Path, vite: Path) -> Arm:
    """Vite with hot replacement of a JSON file that a script turns into custom properties."""
    folder.mkdir(parents=True, exist_ok=True)
    tokens = {"header": COLORS[0], **{f"t{number}": f"#{number:06x}" for number in range(TOKENS)}}
    rows = "".join(f'<p class="t{number % TOKENS}">Paragraph {number}</p>' for number in range(ELEMENTS))
    css = ".md-header{background:var(--header)}" + "".join(
        f".t{number}{{color:var(--t{number})}}" for number in range(TOKENS)
    )
    written = {
        "index.html": VITE_PAGE.format(rows),
        "main.js": VITE_SCRIPT,
        "page.css": css,
        "tokens.json": json.dumps(tokens, indent=2),
        "package.json": '{"type": "module"}',
    }
    for name, text in written.items():
        (folder / name).write_text(text)
    port = free_port()
    command = ["node", str(vite / "node_modules" / "vite" / "bin" / "vite.js")]
    process = _started([*command, "--host", "127.0.0.1", "--port", str(port), "--strictPort"], folder)
    url = f"http://127.0.0.1:{port}/"
    _wait_for(url, process)
    return Arm("Vite 8, JSON hot update", url, folder / "tokens.json", written["tokens.json"], process)


def mkdocs_arm(folder: Path, pages: int) -> Arm:
    """`mkdocs serve` with Material and a sheet of the project's own."""
    docs = folder / "docs"
    docs.mkdir(parents=True, exist_ok=True)
    configuration = "site_name: Portal\ntheme: {name: material, font: false}\nextra_css: [extra.css]\n"
    (folder / "mkdocs.yml").write_text(configuration)
    css = f".md-header {{ background: {COLORS[0]} !important }}\n"
    (docs / "extra.css").write_text(css)
    for number in range(pages):
        name = "index.md" if number == 0 else f"page-{number}.md"
        (docs / name).write_text(f"# Page {number}\n\n" + "Text of a page. " * 60)
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "-a", f"127.0.0.1:{port}"]
    process = _started(command, folder)
    url = f"http://127.0.0.1:{port}/"
    _wait_for(url, process)
    return Arm(f"mkdocs serve, {pages} pages", url, docs / "extra.css", css, process, reloads=True)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _started(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "server.log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 180
    while time.monotonic() < ends and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"{url} does not answer")
