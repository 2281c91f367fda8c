"""The sandbox of the sample API passes schemathesis with every check and phase, in one run with a fixed seed."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sandbox.sandbox_calls import KEY, SAMPLE
from themekit.trial.sandbox import serving_data

PROGRAM = os.environ.get("THEMEKIT_SCHEMATHESIS", "")
CONFIGURATION = Path(__file__).parent / "schemathesis.toml"
HAS_MODULE = importlib.util.find_spec("schemathesis") is not None

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PROGRAM and not HAS_MODULE, reason="schemathesis is not installed"),
]


def test_schemathesis_finds_nothing(sample_data, tmp_path):
    program = [PROGRAM] if PROGRAM else [sys.executable, "-m", "schemathesis.cli"]
    with serving_data(sample_data) as base_url:
        asked = ["run", str(SAMPLE), "--url", base_url, "--header", f"Authorization: Bearer {KEY}"]
        command = [*program, "--config-file", str(CONFIGURATION), *asked, "--max-examples", "5", "--seed", "1"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=900)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    tested = re.search(r"(\d+) generated", done.stdout)
    assert "Tested: 54" in done.stdout
    assert int(tested[1]) > 3000
