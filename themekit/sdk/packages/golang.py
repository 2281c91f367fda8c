"""A Go SDK as the module zip that the go command downloads, and the files of a module proxy.

Source: Go modules reference, "GOPROXY protocol" and "Module zip files".
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from themekit.model import Artifact
from themekit.sdk.packages.archives import zip_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TIME = "2000-01-01T00:00:00Z"  # of a release, which has no time of its own here


def proxy(files: Mapping[str, bytes], *, version: str, folder: str) -> tuple[Artifact, ...]:
    """A static proxy below `folder` with this one version (`v1.2.3`) of the module that `go.mod` names."""
    text = files["go.mod"].decode()
    module = _module(text)
    members = [(f"{module}@{version}/{path}", files[path]) for path in sorted(files)]
    info = json.dumps({"Version": version, "Time": TIME}) + "\n"
    base = f"{folder}/{escaped(module)}"
    return (
        Artifact.text(f"{base}/@v/list", f"{version}\n"),
        Artifact.text(f"{base}/@v/{escaped(version)}.info", info, media_type="application/json"),
        Artifact.text(f"{base}/@v/{escaped(version)}.mod", text),
        Artifact.of(f"{base}/@v/{escaped(version)}.zip", zip_of(members), "application/zip"),
        Artifact.text(f"{base}/@latest", info, media_type="application/json"),
    )


def escaped(path: str) -> str:
    """A module path or version as a proxy writes it: `!a` for `A`, since file systems may not tell these apart."""
    return re.sub(r"[A-Z]", lambda found: f"!{found[0].lower()}", path)


def _module(text: str) -> str:
    found = re.search(r'^module[ \t]+"?([^\s"]+)"?', text, re.MULTILINE)
    if found is None:
        raise ValueError("go.mod names no module")
    return found[1]
