"""Whatever a description says, its Go module compiles, gofmt and go vet find nothing, and no text of it is live."""

import shutil
import subprocess

import pytest
from go_hostile import hostile_api
from go_modules import ACME, SAMPLE, SPECS, ZENITH, api_of, emitted, go, needs_go, stamped, unformatted, written

DOCUMENTS = (
    "adyen-checkout-v70-3.1.json",
    "adyen-checkout-v71-3.1.json",
    "box-openapi-3.0.json",
    "openai-3.1.json",
    "petstore-3.0.yaml",
)
OWN_IMPORTS = frozenset(
    """bufio bytes context crypto/hmac crypto/rand crypto/sha256 encoding encoding/hex encoding/json errors fmt io
    log/slog math math/big mime mime/multipart net net/http net/http/httptest net/url os path/filepath reflect regexp
    sort strconv strings sync sync/atomic testing time""".split()
)


@needs_go
@pytest.mark.parametrize("name", DOCUMENTS)
def test_real_descriptions_compile(name, tmp_path):
    if not (SPECS / name).exists():
        pytest.skip(f"{SPECS} has no {name}")
    api = api_of(SPECS / name)
    folder = written(stamped(emitted(api), ZENITH), tmp_path)
    assert "" == unformatted(folder)
    assert "" == go("vet", "./...", folder=folder)


@needs_go
def test_hostile_texts_stay_texts(tmp_path):
    folder = written(stamped(emitted(hostile_api()), ACME), tmp_path / "module")
    assert "" == unformatted(folder)
    assert "" == go("vet", "./...", folder=folder)
    assert [] == live(folder, tmp_path)


@needs_go
def test_the_walk_sees_what_is_live(tmp_path):
    """A walk that finds nothing anywhere would hold nothing."""
    folder = written(
        {"x.go": 'package x\n\nimport "os/exec"\n\n//go:noinline\nfunc init() { INJECT() }\n'}, tmp_path / "module"
    )
    found = {line if line.startswith("import") else line.split(" ")[0] for line in live(folder, tmp_path)}
    assert {'import "os/exec"', "name", "init", "comment"} == found


def live(folder, scratch):
    """What a walk over the syntax trees of all files finds that the library does not have."""
    walk = scratch / "walk"
    walk.mkdir(exist_ok=True)
    shutil.copy(SAMPLE.parents[2] / "tests/sdk/go/walk.go.txt", walk / "main.go")
    (walk / "go.mod").write_text("module walk\n\ngo 1.21\n")
    assert "" == go("build", "-o", "walk", ".", folder=walk)
    found = subprocess.run([walk / "walk", folder], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in found if not line.startswith("import ") or line.split('"')[1] not in OWN_IMPORTS]


def test_every_operation_is_there():
    for path in [SAMPLE, *(SPECS / name for name in DOCUMENTS if (SPECS / name).exists())]:
        api = api_of(path)
        text = "".join(stamped(emitted(api, with_tests=False), ACME).values())
        lost = [each.id for each in api.operations if f"// {each.method} {each.path}\n" not in text]
        assert [] == lost
