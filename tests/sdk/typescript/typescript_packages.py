"""Packages of the TypeScript SDK on disk, and the tools that check them."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from themekit.model.sdk import SdkOptions
from themekit.model.site import SourceFile
from themekit.sdk.stamp import ESCAPINGS
from themekit.sdk.typescript import LANGUAGE
from themekit.source.api import read_api

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
DATA = ROOT / "themekit" / "data" / "sdk" / "typescript"
SHARED = Path(os.environ.get("THEMEKIT_SHARED", ROOT.parent / "shared")) / "specs"
SAMPLE = ROOT / "docs_src" / "api" / "openapi.yaml"
PRETTIER = HERE / "node_modules" / "prettier" / "bin" / "prettier.cjs"

ACME = {
    "id": "acme",
    "name": "Acme & Söhne",
    "legal-name": 'Acme "Pay" Ltd',
    "version": "1.2.3",
    "base-url": "https://api.acme.example/v1",
    "sandbox-url": "https://sandbox.acme.example/v1",
    "home-url": "https://acme.example/",
    "docs-url": "https://docs.acme.example/",
    "client": "Acme",
    "typescript-package": "@acme/sdk",
}
VOLT = {
    "id": "volt",
    "name": "Volt",
    "legal-name": "Volt Energy plc",
    "version": "2.0.0-beta.1",
    "base-url": "https://gateway.volt.example",
    "sandbox-url": "https://test.volt.example",
    "home-url": "https://volt.example/",
    "docs-url": "https://portal.volt.example/",
    "client": "VoltClient",
    "typescript-package": "volt-api",
}


def documents():
    """The sample and the documents of the shared folder, if that is there."""
    found = [SAMPLE]
    if SHARED.is_dir():
        found += sorted(path for path in SHARED.iterdir() if path.suffix in {".json", ".yaml"})
    return {path.stem: path for path in found}


@cache
def sources():
    """The runtime, as the build reads it."""
    return tuple(
        SourceFile(PurePosixPath("@themekit/sdk/typescript") / path.relative_to(DATA).as_posix(), path.read_bytes())
        for path in sorted(DATA.rglob("*"))
        if path.is_file()
    )


@cache
def api_of(path):
    """The API that a file describes."""

    def read(other):
        target = path.parent / PurePosixPath(other).relative_to("api")
        return target.read_bytes() if target.is_file() else None

    return api_of_content(PurePosixPath("api") / path.name, path.read_bytes(), read=read)


def api_of_content(path, content, *, read=lambda _: None):
    """The API that a text describes; it has no errors."""
    api, diagnostics = read_api(path, content, read=read)
    assert api is not None, diagnostics
    return api


def emitted(api):
    """The template of the package."""
    return LANGUAGE.emit(api, SdkOptions(sources=sources()))


def stamped(template, values=ACME):
    """The files of a brand, by path."""

    def filled(parts):
        return "".join(
            each if isinstance(each, str) else ESCAPINGS[each.escaping](values[each.field]) for each in parts
        )

    return {filled(file.path): filled(file.parts) for file in template.files}


def filled(text, values=ACME):
    """A text with marks, of a brand."""
    from themekit.model.sdk import sdk_file

    return "".join(
        each if isinstance(each, str) else ESCAPINGS[each.escaping](values[each.field])
        for each in sdk_file("x", text).parts
    )


def installed(folder, api):
    """The folder of a project that has the package installed."""
    for path, text in stamped(emitted(api)).items():
        target = folder / "node_modules" / "@acme" / "sdk" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    programs = folder / "programs"
    programs.mkdir()
    (programs / "package.json").write_text('{\n  "type": "module"\n}\n', encoding="utf-8")
    for operation in api.operations:
        group = "-".join(operation.group)
        (programs / f"{group}.{'-'.join(operation.name)}.ts").write_text(
            filled(LANGUAGE.sample(api, operation)), encoding="utf-8", newline=""
        )
    (programs / "common.cts").write_text(
        'import { Acme, ApiError } from "@acme/sdk";\nimport type { ClientOptions } from "@acme/sdk";\n'
        "export const make = (options: ClientOptions): Acme => new Acme(options);\n"
        "export const statusOf = (error: unknown): number | undefined =>\n"
        "  error instanceof ApiError ? error.status : undefined;\n",
        encoding="utf-8",
    )
    return folder


@dataclass
class Tools:
    """Node and what npm installed for these tests."""

    node: str
    env: dict = field(default_factory=dict)

    def run(self, *arguments, cwd, **env):
        """The finished process."""
        return subprocess.run(
            [self.node, *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "NO_COLOR": "1", **env},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def checked(self, *folders):
        """What check.mjs says of these folders."""
        done = self.run("--max-old-space-size=2048", HERE / "check.mjs", *folders, cwd=HERE)
        assert 0 == done.returncode, done.stderr[-2000:]
        return {Path(name): found for name, found in json.loads(done.stdout).items()}


def tools(*, compiler=True):
    """Node, and the compiler; the test is skipped where they are not."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("there is no Node.js on this machine")
    if compiler and not (HERE / "node_modules" / "typescript").is_dir():
        pytest.skip("run `npm ci` in tests/sdk/typescript: the TypeScript compiler is not installed")
    return Tools(node)
