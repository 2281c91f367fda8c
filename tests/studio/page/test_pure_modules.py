"""The page's modules without a page, under Node's own test runner."""

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.mark.skipif(shutil.which("node") is None, reason="the page's modules run in Node")
def test_pure_modules():
    done = subprocess.run(
        ["node", "--test", str(Path(__file__).parent / "pure_modules.test.mjs")],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert 0 == done.returncode, done.stdout + done.stderr
