"""A Python SDK as a wheel and a source distribution, and the simple index that pip reads.

Source: PEP 427 (wheel 1.0), core metadata 2.4, PEP 503 and PEP 691 (simple repository API).
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Artifact
from themekit.sdk.packages.archives import tar_gz_of, zip_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SOURCE = "src/"


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file that pip installs from."""

    name: str
    version: str
    filename: str
    content: bytes
    requires_python: str

    @property
    def sha256(self) -> str:
        """In hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def distributions(files: Mapping[str, bytes]) -> tuple[Distribution, ...]:
    """The wheel and the source distribution of a project with `pyproject.toml` and its modules below `src/`.

    `files` are by path, relative to the project.
    """
    project = tomllib.loads(files["pyproject.toml"].decode())["project"]
    name, version = str(project["name"]), str(project["version"])
    stem = f"{re.sub(r'[-_.]+', '_', name).lower()}-{version}"
    metadata = _metadata(project, files)
    python = str(project.get("requires-python", ""))
    modules = [(path.removeprefix(SOURCE), files[path]) for path in sorted(files) if path.startswith(SOURCE)]
    info = f"{stem}.dist-info"
    members = [*modules, (f"{info}/METADATA", metadata), (f"{info}/WHEEL", _WHEEL)]
    if "LICENSE" in files:
        members.append((f"{info}/licenses/LICENSE", files["LICENSE"]))
    members.append((f"{info}/RECORD", _record(members, f"{info}/RECORD")))
    sources = [(f"{stem}/{path}", files[path]) for path in sorted(files)]
    return (
        Distribution(name, version, f"{stem}-py3-none-any.whl", zip_of(members), python),
        Distribution(name, version, f"{stem}.tar.gz", tar_gz_of([*sources, (f"{stem}/PKG-INFO", metadata)]), python),
    )


def index(found: Sequence[Distribution], *, folder: str) -> tuple[Artifact, ...]:
    """A static index of these files below `folder`: `pip install --index-url …/simple/`, in HTML and in JSON."""
    by_project: dict[str, list[Distribution]] = {}
    for each in found:
        by_project.setdefault(normalized(each.name), []).append(each)
    names = sorted(by_project)
    root = {"meta": {"api-version": "1.1"}, "projects": [{"name": name} for name in names]}
    artifacts = [
        _page(f"{folder}/simple/index.html", "Simple index", [f'<a href="{name}/">{name}</a>' for name in names]),
        _json(f"{folder}/simple/index.json", root),
    ]
    for name in names:
        artifacts += _project(folder, name, by_project[name])
    return tuple(artifacts)


def normalized(name: str) -> str:
    """The project's name in an index. Source: PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _project(folder: str, name: str, found: Iterable[Distribution]) -> Iterable[Artifact]:
    links, described, versions = [], [], []
    for each in found:
        path = f"{folder}/files/{each.filename}"
        media_type = "application/zip" if each.filename.endswith(".whl") else "application/gzip"
        yield Artifact.of(path, each.content, media_type)
        url = f"../../files/{each.filename}"
        python = f' data-requires-python="{html.escape(each.requires_python)}"' if each.requires_python else ""
        links.append(f'<a href="{url}#sha256={each.sha256}"{python}>{html.escape(each.filename)}</a>')
        described.append(
            {
                "filename": each.filename,
                "url": url,
                "hashes": {"sha256": each.sha256},
                "size": len(each.content),
                "requires-python": each.requires_python or None,
            }
        )
        versions.append(each.version)
    value = {"meta": {"api-version": "1.1"}, "name": name, "versions": sorted(set(versions)), "files": described}
    yield _page(f"{folder}/simple/{name}/index.html", name, links)
    yield _json(f"{folder}/simple/{name}/index.json", value)


def _page(path: str, title: str, links: Iterable[str]) -> Artifact:
    body = "\n".join(f"    {link}<br>" for link in links)
    text = (
        '<!DOCTYPE html>\n<html lang="en">\n  <head>\n    <meta charset="utf-8">\n'
        '    <meta name="pypi:repository-version" content="1.1">\n'
        f"    <title>{html.escape(title)}</title>\n  </head>\n  <body>\n{body}\n  </body>\n</html>\n"
    )
    return Artifact.text(path, text, media_type="text/html")


def _json(path: str, value: object) -> Artifact:
    return Artifact.text(path, json.dumps(value, ensure_ascii=False) + "\n", media_type="application/json")


_WHEEL = b"Wheel-Version: 1.0\nGenerator: sdk (1.0)\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def _record(members: Iterable[tuple[str, bytes]], own: str) -> bytes:
    lines = []
    for path, content in members:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        quoted = '"' + path.replace('"', '""') + '"' if "," in path else path
        lines.append(f"{quoted},sha256={digest},{len(content)}\n")
    return "".join((*lines, f"{own},,\n")).encode()


_TEXTS = {"description": "Summary", "license": "License-Expression", "requires-python": "Requires-Python"}
_LISTS = {"classifiers": "Classifier", "dependencies": "Requires-Dist"}


def _metadata(project: Mapping[str, object], files: Mapping[str, bytes]) -> bytes:
    """Core metadata from the project's table, as its build backend would write it."""
    lines = ["Metadata-Version: 2.4", f"Name: {project['name']}", f"Version: {project['version']}"]
    lines += [f"{header}: {project[key]}" for key, header in _TEXTS.items() if project.get(key)]
    if "LICENSE" in files:
        lines.append("License-File: LICENSE")
    for key, header in _LISTS.items():
        value = project.get(key)
        if isinstance(value, list):
            lines += [f"{header}: {each}" for each in value]
    urls = project.get("urls")
    if isinstance(urls, dict):
        lines += [f"Project-URL: {name}, {url}" for name, url in urls.items()]
    readme = project.get("readme")
    if isinstance(readme, str) and readme in files:
        lines += ["Description-Content-Type: text/markdown", "", files[readme].decode()]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()
