"""decK itself reads the files, offline: `deck file validate`. `build_deck.py` says how to get it."""

import json
import os
import shutil
import subprocess

import pytest

from tests.gateway.kong.kong_cases import CASES, files

DECK = os.environ.get("THEMEKIT_DECK") or shutil.which("deck")
pytestmark = [
    pytest.mark.skipif(DECK is None, reason="decK is not built: tests/gateway/kong/build_deck.py"),
    pytest.mark.slow,
]


def validated(folder, text):
    """Whether decK takes the file, and what it said. It may tell nobody that it was run."""
    path = folder / "deck.json"
    path.write_text(text, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "DECK_ANALYTICS": "off"}
    command = [DECK, "file", "validate", str(path), "--analytics=false"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["deck.json", "kong.json"])
def test_deck_takes_the_file(case, name, tmp_path):
    is_taken, said = validated(tmp_path, files(CASES[case])[name])
    assert is_taken, said


@pytest.mark.parametrize("fault", ["unknown member", "two routes of one name", "paths that are no list"])
def test_deck_refuses_a_file_with_a_fault(fault, tmp_path):
    """So that a test in which it takes everything is none."""
    made = json.loads(files(CASES["sample"])["deck.json"])
    (service, *_) = made["services"]
    if fault == "unknown member":
        service["nonsense"] = 1
    elif fault == "two routes of one name":
        service["routes"][1]["name"] = service["routes"][0]["name"]
    else:
        service["routes"][0]["paths"] = "/"
    is_taken, _ = validated(tmp_path, json.dumps(made))
    assert not is_taken
