"""The tests that a package brings, and the samples of the portal, against the sandbox of the same description."""

import os
import subprocess
import sys

import pytest
from python_sdk import SAMPLE, api_of, stamped, template_of, text_of, written
from test_emitted import run, spec

from themekit.sdk.python import LANGUAGE
from themekit.trial.sandbox import serving_sandbox

NAMES = ("sample", "petstore-3.0.yaml", "adyen-checkout-v71-3.1.json")


@pytest.mark.parametrize("name", NAMES)
def test_the_tests_of_the_package_pass(name, tmp_path):
    path = SAMPLE if name == "sample" else spec(name)
    folder = written(stamped(template_of(path)), tmp_path)
    with serving_sandbox(path) as url:
        environment = {**os.environ, "API_BASE_URL": url, "PYTHONPATH": "src"}
        command = [
            sys.executable,
            "-W",
            "error::ResourceWarning",
            "-m",
            "unittest",
            "discover",
            "-t",
            ".",
            "-s",
            "tests",
        ]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr[-3000:]
    assert "skipped" not in done.stderr
    assert "ResourceWarning" not in done.stderr


RUN_ALL = """
import pathlib, sys
for path in sorted(pathlib.Path("samples").iterdir()):
    try:
        exec(compile(path.read_text(encoding="utf-8"), str(path), "exec"), {"__name__": "__main__"})
    except Exception as error:
        sys.exit(f"{path}: {error!r}")
"""


def test_every_sample_compiles_and_runs(tmp_path):
    api = api_of(SAMPLE)
    folder = written(stamped(template_of(SAMPLE)), tmp_path)
    samples = {f"samples/{each.id}.py": text_of(LANGUAGE.sample(api, each)) for each in api.operations}
    written(samples, folder)
    checked = run("-m", "mypy", "--strict", "--scripts-are-modules", *samples, cwd=folder, MYPYPATH="src")
    assert 0 == checked.returncode, checked.stdout[-3000:]
    variables = {"API_KEY": "sk_test_1", "CLIENT_ID": "i", "CLIENT_SECRET": "s"}
    with serving_sandbox(SAMPLE) as url:
        done = run(
            "-W", "error::ResourceWarning", "-c", RUN_ALL, cwd=folder, API_BASE_URL=url, PYTHONPATH="src", **variables
        )
    assert 0 == done.returncode, done.stderr[-3000:]
    assert "ResourceWarning" not in done.stderr
    assert len(samples) == len(api.operations)
