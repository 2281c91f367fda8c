"""Tasks that make the API's sandbox and its console: the data once, and files for portals, those of every brand.

The files seem to be files of the docs, as generated pages do: sites have them, and bundles, once for all brands, and so
has whoever renders a brand with plain mkdocs. A project that describes no API has none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import report_located
from themekit.build.sdk import api_model, api_path
from themekit.build.theme import OWN_DATA
from themekit.engine import assembled, heavy
from themekit.render.foreign_colors import branded
from themekit.sandbox.console import console_document
from themekit.sandbox.making import make_sandbox
from themekit.sandbox.portal import DATA, ENGINE, PAGE, WORKER, portal_files
from themekit.sandbox.script import IN_BROWSERS, MODULES
from themekit.site.console import FOLDER
from themekit.site.variant import DOCS

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import Artifact
    from themekit.sandbox.making import SandboxData

SANDBOX = tuple(DOCS / name for name in (WORKER, ENGINE, DATA, PAGE))
"""At the site's root: a service worker answers pages of its own folder and below."""
CONSOLE = DOCS / FOLDER
OPERATIONS = CONSOLE / "operations.js"
"""What the console offers, as a script: a page that was opened from a disk may not fetch."""
FOREIGN_SHEET = CONSOLE / "swagger-ui.css"
OWN_FILES = tuple(CONSOLE / name for name in ("console.js", "console.css"))
VENDORED = tuple(
    CONSOLE / name
    for name in (
        "swagger-ui-bundle.js",
        "swagger-ui-bundle.LICENSE.txt",
        "swagger-ui.LICENSE.txt",
        "swagger-ui.NOTICE.txt",
    )
)
GENERATED = frozenset({*SANDBOX, OPERATIONS, FOREIGN_SHEET, *OWN_FILES, *VENDORED})
"""All there can be, so that nothing is asked for the content of other files."""


def console_names(ask: Ask) -> tuple[PurePosixPath, ...]:
    """The files of sandbox and console, by their paths in the docs; none if there is no API, or it has an error."""
    path = ask(api_path)
    if path is None or ask(api_model, path) is None:
        return ()
    return tuple(sorted(GENERATED))


def console_content(ask: Ask, path: PurePosixPath) -> bytes:
    """The content of one of these files. No task: asks for what it is made from."""
    if path in SANDBOX:
        return next((file.content for file in ask(sandbox_files) if DOCS / file.path == path), b"")
    if path == OPERATIONS:
        return ask(operations_script)
    if path == FOREIGN_SHEET:
        return ask(branded_sheet)
    folder = OWN_DATA / "console"
    return _installed(ask, folder / path.name if path in OWN_FILES else folder / "vendor" / path.name)


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


@heavy
def operations_script(ask: Ask) -> bytes:
    """The operations and their inputs, for the console."""
    path = ask(api_path)
    content, model = (None, None) if path is None else (ask.read(path), ask(api_model, path))
    if path is None or content is None or model is None:
        return b""
    document = console_document(path, content, read=ask.read, api=model)
    return f"self.API_OPERATIONS={document};\n".encode()


@heavy
def branded_sheet(ask: Ask) -> bytes:
    """Swagger UI's style sheet in the brand's colours."""
    return branded(_installed(ask, OWN_DATA / "console" / "vendor" / FOREIGN_SHEET.name).decode()).encode()


def _installed(ask: Ask, path: PurePosixPath) -> bytes:
    content = ask.read(path)
    if content is None:
        raise FileNotFoundError(
            f"{path} is missing: run `pip install -e .` again with npm on the path (hatch_build.py)"
        )
    return content
