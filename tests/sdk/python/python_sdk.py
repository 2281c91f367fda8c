"""SDKs of descriptions, stamped and written: what the tests of this folder compile, import and call."""

import importlib
import sys
from functools import cache
from pathlib import Path, PurePosixPath

from themekit.model.sdk import SdkOptions
from themekit.model.site import SourceFile
from themekit.sdk.python import LANGUAGE
from themekit.sdk.stamp import ESCAPINGS
from themekit.source.api import read_api

ROOT = Path(__file__).parents[3]
DATA = ROOT / "themekit" / "data"
SAMPLE = ROOT / "docs_src" / "api" / "openapi.yaml"

ACME = {
    "id": "acme",
    "name": 'Acme "Pay" & Söhne',
    "legal-name": "Acme GmbH",
    "version": "1.2.3",
    "base-url": "https://api.acme.example/v1",
    "sandbox-url": "https://sandbox.acme.example/v1",
    "home-url": "https://acme.example",
    "support-url": "",
    "repository-url": "",
    "email": "",
    "docs-url": "https://docs.acme.example/",
    "client": "Acme",
    "python-package": "acme-sdk",
    "python-module": "acme_pay",
    "python-path": "acme_pay",
    "python-version": "1.2.3",
}
ZENITH = {
    **dict.fromkeys(("support-url", "repository-url", "email"), ""),
    "id": "zenith",
    "name": "Zenith",
    "legal-name": "Zenith Ltd",
    "version": "2.0.0-beta.2",
    "base-url": "https://zenith.example",
    "sandbox-url": "https://try.zenith.example",
    "home-url": "https://zenith.example",
    "docs-url": "https://zenith.example/docs/",
    "client": "ZenithPayments",
    "python-package": "zenith-payments",
    "python-module": "zenith.payments",
    "python-path": "zenith/payments",
    "python-version": "2.0.0b2",
}


@cache
def api_of(path):
    """The API that a file describes. Raises AssertionError if it has an error."""
    api, diagnostics = read_api(PurePosixPath(path.name), path.read_bytes(), read=lambda _: None)
    assert api is not None, [each.message for each in diagnostics]
    return api


@cache
def options():
    """What the language is told: the runtime's sources."""
    folder = DATA / "sdk" / "python"
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    names = [PurePosixPath("@themekit") / path.relative_to(DATA).as_posix() for path in found]
    return SdkOptions(tuple(SourceFile(name, path.read_bytes()) for name, path in zip(names, found, strict=True)))


@cache
def template_of(path):
    """The SDK of a description."""
    return LANGUAGE.emit(api_of(path), options())


def stamped(template, values=ACME):
    """The texts of the files by path."""

    def filled(part):
        return part if isinstance(part, str) else ESCAPINGS[part.escaping](values[part.field])

    return {"".join(map(filled, file.path)): "".join(map(filled, file.parts)) for file in template.files}


def text_of(marked, values=ACME):
    """A text with marks, filled in."""
    from themekit.model.sdk import SdkTemplate, sdk_file

    return stamped(SdkTemplate("python", (sdk_file("x", marked),)), values)["x"]


def written(files, folder):
    """Writes the files below the folder."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    return folder


def imported(folder, module):
    """The package, imported from `folder/src`."""
    sys.path.insert(0, str(folder / "src"))
    try:
        return importlib.import_module(module)
    finally:
        sys.path.remove(str(folder / "src"))
