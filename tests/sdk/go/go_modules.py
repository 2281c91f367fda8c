"""Go modules of APIs in scratch folders, and the toolchain that tries them."""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from themekit.model.sdk import SdkOptions, sdk_file
from themekit.model.site import SourceFile
from themekit.sdk.go import LANGUAGE
from themekit.sdk.stamp import ESCAPINGS
from themekit.source.api import read_api

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "docs_src/api/openapi.yaml"
SPECS = Path(os.environ.get("THEMEKIT_SHARED", ROOT.parent / "shared")) / "specs"
GO = shutil.which("go") or ("/usr/local/go/bin/go" if Path("/usr/local/go/bin/go").exists() else None)
ENVIRONMENT = {
    "GOFLAGS": "-mod=mod",
    "GOPROXY": "off",
    "GOTOOLCHAIN": "local",
    "GOTELEMETRY": "off",
    "CGO_ENABLED": "0",
}

needs_go = pytest.mark.skipif(GO is None, reason="there is no Go toolchain on this machine")

ACME = {
    "id": "acme",
    "name": "Acme Pay",
    "legal-name": "Acme Payments GmbH",
    "version": "1.2.3",
    "base-url": "https://api.acme.example/v1",
    "sandbox-url": "https://sandbox.acme.example/v1",
    "home-url": "https://acme.example",
    "support-url": "",
    "repository-url": "",
    "email": "",
    "docs-url": "https://docs.acme.example/",
    "client": "Acme",
    "go-module": "acme.example/go/acme",
    "go-package": "acme",
    "go-version": "v1.2.3",
}
ZENITH = {
    **ACME,
    "id": "zenith-bank",
    "name": 'Zenith "*/ `Bank` \\ ünï',
    "legal-name": "Zenith Bank AG",
    "version": "2.0.0-rc.1",
    "base-url": "https://gateway.zenith-bank.example/payments",
    "sandbox-url": "",
    "home-url": "https://zenith-bank.example",
    "docs-url": "https://zenith-bank.example/docs/",
    "client": "ZenithBank",
    "go-module": "zenith-bank.example/sdk/go/v2",
    "go-package": "zenithbankwithalongname",
    "go-version": "v2.0.0-rc.1",
}


@cache
def sources():
    folder = ROOT / "themekit/data/sdk/go"
    return tuple(
        SourceFile(PurePosixPath("sdk/go") / path.name, path.read_bytes()) for path in sorted(folder.iterdir())
    )


@cache
def api_of(path):
    return api_of_content(PurePosixPath(path.name), path.read_bytes())


def api_of_content(path, content):
    api, diagnostics = read_api(path, content, read=lambda _: None)
    assert [] == [each.message for each in diagnostics if each.is_error]
    return api


def emitted(api, **options):
    return LANGUAGE.emit(api, SdkOptions(sources=sources(), **options))


def filled(parts, values):
    return "".join(each if isinstance(each, str) else ESCAPINGS[each.escaping](values[each.field]) for each in parts)


def stamped(template, values):
    """The files by path."""
    return {filled(each.path, values): filled(each.parts, values) for each in template.files}


def sample_text(api, operation, values=ACME):
    return filled(sdk_file("main.go", LANGUAGE.sample(api, operation)).parts, values)


def written(files, folder):
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder


def go(*arguments, folder, **environment):
    """What the go command says; nothing is what it says about good code."""
    done = subprocess.run(
        ["nice", "-n", "5", GO, *arguments],
        cwd=folder,
        env={**os.environ, **ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""


def unformatted(folder):
    """Files that gofmt would write otherwise."""
    done = subprocess.run(
        [Path(GO).resolve().parent / "gofmt", "-l", "."], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr
