"""`themekit sandbox` as a user runs it."""

import json
import signal
import subprocess
import sys

import pytest

from tests.sandbox.sandbox_calls import Caller
from tests.sandbox.small_apis import answering
from themekit.build.scaffold import write_scaffold

COMMAND = [sys.executable, "-m", "themekit.cli", "sandbox"]


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "shop"
    write_scaffold(root)
    api = root / "docs_src" / "api"
    api.mkdir(exist_ok=True)
    (api / "openapi.json").write_text(json.dumps(answering({"const": 7})), encoding="utf-8")
    return root


def test_it_answers_until_it_is_interrupted(project):
    running = subprocess.Popen(
        [*COMMAND, "acme", "--port", "0", "--project", str(project)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        base_url = running.stdout.readline().strip()
        assert base_url.startswith("http://127.0.0.1:")
        assert 7 == Caller(base_url)("GET", "/it").json
    finally:
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 0, said
    assert "the sandbox of T is at this address" in said


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nobody"], 2, "no brand is named `nobody`"),
        (["--api", "docs_src/api/none.yaml"], 2, "there is no description `docs_src/api/none.yaml`"),
        (["--api", "/etc/passwd"], 2, "is not in the project"),
    ],
)
def test_what_cannot_be_served_is_said(project, arguments, code, said):
    done = subprocess.run(
        [*COMMAND, *arguments, "--project", str(project)], capture_output=True, text=True, check=False
    )
    assert (code, True) == (done.returncode, said in done.stderr), done.stderr


def test_mistakes_are_shown_at_their_line(project):
    (project / "docs_src" / "api" / "openapi.json").write_text('{"openapi": "2.0"}', encoding="utf-8")
    done = subprocess.run([*COMMAND, "--project", str(project)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "docs_src/api/openapi.json:1:13: error[" in done.stderr
