"""The tests of SDKs pass against the sandbox, also where types alone do not say what a request must be.

Tokens that the sandbox does not give are not asked for: nothing but loopback is called.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import PurePosixPath

import pytest
import python_sdk
import typescript_packages
from called_documents import CALLED

from themekit.sandbox.requests import with_valid_requests
from themekit.source.api import read_api
from themekit.trial.sandbox import serving_sandbox

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


def tried(api):
    """How many operations describe an answer of success."""
    return sum(1 for each in api.operations if any(answer.status[0] in "2d" for answer in each.responses))
