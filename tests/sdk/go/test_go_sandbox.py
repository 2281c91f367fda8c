"""The Go module at work: its own tests and every sample, against the sandbox."""

import os
import re
import subprocess

import pytest
from go_modules import ACME, SAMPLE, api_of, emitted, go, needs_go, sample_text, stamped, unformatted, written

from themekit.trial.sandbox import serving_sandbox

pytestmark = needs_go

CREDENTIALS = dict.fromkeys(("API_KEY", "ACCESS_TOKEN", "API_USERNAME", "API_PASSWORD"), "sk_test_1")

DISPATCH = """package main

import (
	"os"
{imports}
)

func main() {{
	for _, each := range os.Args[1:] {{
		calls[each]()
	}}
}}

var calls = map[string]func(){{
{calls}
}}
"""


@pytest.fixture(scope="module")
def module(tmp_path_factory):
    return written(stamped(emitted(api_of(SAMPLE)), ACME), tmp_path_factory.mktemp("module"))


@pytest.fixture(scope="module")
def sandbox():
    with serving_sandbox(SAMPLE) as url:
        yield url


def test_its_own_tests_pass(module, sandbox):
    """One for each operation, what all calls have in common, and the runtime against servers of its own."""
    assert "" == unformatted(module)
    assert "" == go("vet", "./...", folder=module)
    assert "" == go("test", "-count=1", "./...", folder=module, API_BASE_URL=sandbox)


def test_every_sample_runs(module, sandbox, tmp_path):
    """As one program, since linking 54 takes minutes."""
    api = api_of(SAMPLE)
    names = {each.id: f"op{number}" for number, each in enumerate(api.operations)}
    for each in api.operations:
        folder = tmp_path / "plain" / names[each.id]
        written({"main.go": sample_text(api, each)}, folder)
        text = (folder / "main.go").read_text()
        text = re.sub("^package main$", f"package {names[each.id]}", text, count=1, flags=re.MULTILINE)
        written({"main.go": text.replace("func main() {", "func Main() {")}, tmp_path / names[each.id])
    assert "" == unformatted(tmp_path / "plain")
    imports = "\n".join(f'\t"samples/{name}"' for name in names.values())
    calls = "\n".join(f'\t"{name}": {name}.Main,' for name in names.values())
    written({"main.go": DISPATCH.format(imports=imports, calls=calls), "go.mod": needs(module)}, tmp_path)
    (tmp_path / "plain" / "go.mod").write_text("module plain\n")
    assert "" == go("vet", "./...", folder=tmp_path)
    assert "" == go("build", "-o", "all", ".", folder=tmp_path)
    failed = {}
    for name in names.values():
        done = subprocess.run(
            [tmp_path / "all", name],
            env={**os.environ, **CREDENTIALS, "API_BASE_URL": sandbox},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        if done.returncode:
            failed[name] = done.stderr
    assert {} == failed


def needs(module):
    return (
        f"module samples\n\ngo 1.21\n\nrequire {ACME['go-module']} v1.2.3\n\nreplace {ACME['go-module']} => {module}\n"
    )
