"""Every small description compiles in every language, strictly, and no operation of it is lost."""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import PurePosixPath

import go_modules
import java_packages
import pytest
import python_sdk
import typescript_packages
from awkward_documents import AWKWARD
from called_documents import CALLED
from wild_documents import DOCUMENTS as OTHERS

from themekit.plugins import languages
from themekit.source.api import read_api

DOCUMENTS = {**OTHERS, **CALLED, **AWKWARD}
METHODS = frozenset("get put post delete options head patch trace".split())
every = pytest.mark.parametrize("name", DOCUMENTS)


@cache
def api_of(name):
    content = json.dumps(DOCUMENTS[name]).encode()
    api, found = read_api(PurePosixPath("api/openapi.json"), content, read=lambda _: None)
    assert [] == [each.message for each in found if each.is_error]
    assert api is not None
    return api


@every
def test_every_operation_is_read_and_has_a_method_in_each_language(name):
    shared = DOCUMENTS[name].get("components", {}).get("pathItems", {})
    items = DOCUMENTS[name].get("paths", {}).values()
    items = [shared[each["$ref"].rpartition("/")[2]] if "$ref" in each else each for each in items]
    described = [method for item in items for method in item.keys() & METHODS]
    api = api_of(name)
    assert len(described) == len(api.operations)
    for language in languages():
        for operation in api.operations:
            assert language.sample(api, operation)


def test_go(tmp_path):
    """All as packages of one module, so that the standard library is compiled once."""
    if go_modules.GO is None:
        pytest.skip("there is no Go toolchain on this machine")
    for number, name in enumerate(DOCUMENTS):
        go_modules.written(
            go_modules.stamped(go_modules.emitted(api_of(name)), go_modules.ACME), tmp_path / f"p{number}"
        )
        (tmp_path / f"p{number}" / "go.mod").unlink()
    (tmp_path / "go.mod").write_text("module wild.example\n\ngo 1.21\n", encoding="utf-8")
    for file in tmp_path.rglob("*.go"):  # tests import the package by its path
        text = file.read_text(encoding="utf-8")
        own = f"wild.example/{file.relative_to(tmp_path).parts[0]}"
        file.write_text(text.replace(f'"{go_modules.ACME["go-module"]}"', f'"{own}"'), encoding="utf-8")
    assert "" == go_modules.unformatted(tmp_path)
    assert "" == go_modules.go("vet", "./...", folder=tmp_path)


def test_java(tmp_path):
    if java_packages.JAVAC is None:
        pytest.skip("there is no javac on this machine")
    files = []
    for number, name in enumerate(DOCUMENTS):
        folder = java_packages.write(java_packages.template_of(api_of(name)), tmp_path / f"p{number}")
        for file in folder.rglob("*.java"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(java_packages.PACKAGE, f"wild.p{number}"), encoding="utf-8")
            files.append(file)
    assert "" == java_packages.compiled(files, tmp_path / "classes")


@pytest.fixture(scope="module")
def checked_types(tmp_path_factory):
    """What the compiler says of all packages, with a program for each operation, by document."""
    found = typescript_packages.tools()
    folders = {name: typescript_packages.installed(tmp_path_factory.mktemp("p"), api_of(name)) for name in DOCUMENTS}
    said = found.checked(*folders.values())
    return {name: said[folder] for name, folder in folders.items()}


@every
def test_typescript(name, checked_types):
    assert [] == checked_types[name]["errors"]


IMPORT_ALL = """
import importlib, pkgutil, sys, warnings
warnings.simplefilter("error")
for package in sys.argv[1:]:
    found = importlib.import_module(package)
    for each in pkgutil.walk_packages(found.__path__, f"{package}."):
        importlib.import_module(each.name)
    from_types = importlib.import_module(f"{package}.types")
    for name in from_types.__all__:
        getattr(from_types, name)
"""


def test_python(tmp_path):
    """Every module and every type loads without a warning, and the strictest checks find nothing in all of them."""
    packages = []
    for number, name in enumerate(DOCUMENTS):
        package = f"wild{number}"
        values = {**python_sdk.ACME, "python-module": package, "python-path": package}
        template = python_sdk.LANGUAGE.emit(api_of(name), python_sdk.options())
        files = python_sdk.stamped(template, values)
        python_sdk.written({path: text for path, text in files.items() if path.startswith("src/")}, tmp_path)
        packages.append(package)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "src", "MYPYPATH": "src"}

    def said(*command):
        done = subprocess.run(
            [sys.executable, *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr if done.returncode else ""

    assert "" == said("-c", IMPORT_ALL, *packages)
    strict = ("--strict", "--python-version", "3.10", "--cache-dir", str(tmp_path / "cache"))
    generated = [f"src/{package}/{part}" for package in packages for part in ("_client.py", "resources", "types")]
    found = said("-m", "mypy", *strict, *generated)
    assert [] == re.findall(r".*error:.*", found), found[-3000:]
    assert "" == said("-m", "ruff", "check", "--isolated", "--select", "E4,E7,E9,F", "--no-cache", "src")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("typescript", 'server: "https://upload.example/v2"'),
        ("python", 'server="https://upload.example/v2"'),
        ("java", '.server("https://upload.example/v2")'),
        ("go", '"https://upload.example/v2"'),
    ],
)
def test_an_operation_has_its_own_server(language, written):
    """One with variables has their defaults, and one without a host is below the client's address."""
    text = text_of(language, "servers")
    assert written in text
    assert "https://eu.example:443/v1" in text
    assert '"/other"' in text


def text_of(language, name):
    """All files of an SDK, one after the other."""
    emit = {
        "typescript": typescript_packages.emitted,
        "python": lambda api: python_sdk.LANGUAGE.emit(api, python_sdk.options()),
        "java": java_packages.template_of,
        "go": go_modules.emitted,
    }[language]
    return "".join(part for file in emit(api_of(name)).files for part in file.parts if isinstance(part, str))


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("typescript", "webhooks: core.Webhooks<"),
        ("python", "def webhooks(self)"),
        ("java", "public Webhooks webhooks()"),
        ("go", "func VerifyWebhook("),
    ],
)
def test_webhooks_are_verified_only_where_it_is_said_how(language, written):
    """By a scheme that is not the API's, what is genuine would be refused."""
    assert written in text_of(language, "signed-hooks")
    assert written not in text_of(language, "hooks-alone")


def test_a_scheme_of_webhooks_that_nobody_knows_is_an_error():
    value = {**DOCUMENTS["signed-hooks"], "x-webhook-signature": "timestamped-hmac-sha265"}
    api, found = read_api(PurePosixPath("openapi.json"), json.dumps(value).encode(), read=lambda _: None)
    assert api is None
    assert [("/x-webhook-signature", "did you mean `timestamped-hmac-sha256`?")] == [
        (each.place.pointer, each.hint) for each in found
    ]
