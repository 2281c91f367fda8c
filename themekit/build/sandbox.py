"""Tasks that make the API's sandbox: its data once, and its files for portals, which are those of every brand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import report_located
from themekit.build.sdk import api_model, api_path
from themekit.build.theme import OWN_DATA
from themekit.engine import assembled, heavy
from themekit.sandbox.making import make_sandbox
from themekit.sandbox.portal import portal_files
from themekit.sandbox.script import IN_BROWSERS, MODULES

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import Artifact
    from themekit.sandbox.making import SandboxData


@assembled
def sandbox_files(ask: Ask) -> tuple[Artifact, ...]:
    """What a portal needs to answer its API, for the root of the site; none if there is no API, or it has an error."""
    path = ask(api_path)
    data = None if path is None else ask(sandbox_data, path)
    if data is None:
        return ()
    sources = {name: (ask.read(OWN_DATA / "sandbox" / name) or b"").decode() for name in (*MODULES, *IN_BROWSERS)}
    return portal_files(data, sources)


@heavy
def sandbox_data(ask: Ask, path: PurePosixPath) -> SandboxData | None:
    """The sandbox of the API that a file describes; None if it has an error."""
    content = ask.read(path)
    model = ask(api_model, path)
    if content is None or model is None:
        return None
    data, diagnostics = make_sandbox(path, content, read=ask.read, api=model)
    report_located(ask, diagnostics)
    return data
