"""The sandbox's files in a portal: a service worker, the engine, the data, and what a page includes.

They are the same for every brand: which addresses are answered is said by the page, in `data-base` of its script. The
worker answers pages of its own folder and below, so the files go to the root of the site.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import Artifact
from themekit.sandbox.script import MODULES, script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.sandbox.making import SandboxData

WORKER, ENGINE, DATA, PAGE = "sandbox-worker.js", "sandbox-engine.js", "sandbox-data.js", "sandbox.js"
JAVASCRIPT = "text/javascript"


def portal_files(data: SandboxData, sources: Mapping[str, str]) -> tuple[Artifact, ...]:
    """The four files, for the root of a site; `sources` are the texts of `MODULES` and `IN_BROWSERS` by name."""
    digest = hashlib.sha256(data.text.encode()).hexdigest()[:16]
    loaded = f"importScripts({json.dumps(ENGINE)},{json.dumps(DATA)});\n"
    texts = {
        WORKER: loaded + script(sources, ("worker.js",)),
        ENGINE: script(sources, (*MODULES, "place.js")),
        DATA: f'self.API_SANDBOX={{"digest":"{digest}",{data.text[1:]};\n',
        PAGE: script(sources, ("page.js",)),
    }
    return tuple(Artifact(PurePosixPath(name), text.encode(), JAVASCRIPT) for name, text in texts.items())
