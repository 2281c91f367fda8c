"""The tests of SDKs pass against the sandbox, also where types alone do not say what a request must be.

Tokens that the sandbox does not give are not asked for: nothing but loopback is called.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import PurePosixPath

import go_modules
import java_packages
import pytest
import python_sdk
import typescript_packages
from awkward_documents import AWKWARD
from called_documents import CALLED as SMALLER

from themekit.sandbox.requests import with_valid_requests
from themekit.source.api import read_api
from themekit.trial.sandbox import serving_sandbox

CALLED = {**SMALLER, **AWKWARD}
pytestmark = pytest.mark.parametrize("name", CALLED)


@pytest.fixture
def described(name, tmp_path):
    """The API as a build gives it to emitters, and the address of its sandbox."""
    pytest.importorskip("quickjs", reason="the sandbox needs quickjs-ng, which is not installed")
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(CALLED[name]), encoding="utf-8")
    path, content = PurePosixPath(file.name), file.read_bytes()
    api, _ = read_api(path, content, read=lambda _: None)
    with serving_sandbox(file) as url:
        yield with_valid_requests(api, path, content=content, read=lambda _: None), url


def test_python(described, tmp_path):
    api, url = described
    template = python_sdk.LANGUAGE.emit(api, python_sdk.options())
    folder = python_sdk.written(python_sdk.stamped(template), tmp_path / "sdk")
    environment = {**os.environ, "API_BASE_URL": url, "PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "unittest", "discover", "-t", ".", "-s", "tests"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr[-3000:]
    assert int(re.search(r"^Ran (\d+) tests", done.stderr, re.MULTILINE)[1]) >= tried(api)


def test_typescript(described, tmp_path):
    api, url = described
    for path, text in typescript_packages.stamped(typescript_packages.emitted(api)).items():
        target = tmp_path / "sdk" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    found = typescript_packages.tools(compiler=False)
    done = found.run("--test", "--test-reporter=tap", cwd=tmp_path / "sdk", API_BASE_URL=url)
    assert 0 == done.returncode, done.stdout[-3000:]
    assert int(re.search(r"^# pass (\d+)", done.stdout, re.MULTILINE)[1]) >= tried(api)


@pytest.mark.skipif(go_modules.GO is None, reason="there is no Go toolchain on this machine")
def test_go(described, tmp_path):
    api, url = described
    module = go_modules.written(go_modules.stamped(go_modules.emitted(api), go_modules.ACME), tmp_path / "sdk")
    said = go_modules.go("test", "-count=1", "-run=^Test[^_]", "./...", folder=module, API_BASE_URL=url)
    assert "" == said, said[-3000:]


@pytest.mark.skipif(java_packages.JAVAC is None, reason="there is no javac on this machine")
def test_java(described, tmp_path):
    api, url = described
    folder = java_packages.write(java_packages.template_of(api), tmp_path / "sdk")
    classes = tmp_path / "classes"
    assert "" == java_packages.compiled(folder.rglob("*.java"), classes)
    names = sorted(file.stem for file in (folder / "src" / "test").rglob("*Test.java"))
    printed = java_packages.java("-cp", classes, f"{java_packages.PACKAGE}.TestRun", *names, env={"API_BASE_URL": url})
    assert int(re.search(r"(\d+) tests, 0 failures", printed)[1]) >= tried(api)


def tried(api):
    """How many operations describe an answer of success."""
    return sum(1 for each in api.operations if any(answer.status[0] in "2d" for answer in each.responses))
