"""Packages do what they say: the runtime against a server of its own, packages and programs against the sandbox."""

import json
import re

import pytest
from typescript_packages import HERE, SAMPLE, SHARED, api_of, documents, installed, tools

DOCUMENTS = documents()
CALLED = [name for name in DOCUMENTS if name in {SAMPLE.stem, "petstore-3.0", "adyen-checkout-v71-3.1"}]


def failures(tap):
    """The names of tests that failed, with their errors."""
    return re.findall(r"^not ok \d+ - (.*(?:\n .*)*?\n  error: .*)", tap, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def projects(tmp_path_factory):
    """Projects with packages, made when they are asked for."""
    made = {}

    def project(name):
        if name not in made:
            made[name] = installed(tmp_path_factory.mktemp(name), api_of(DOCUMENTS[name]))
        return made[name]

    return project


@pytest.mark.parametrize("subject", ["calls", "shapes"])
def test_the_runtime_keeps_its_promises(projects, subject):
    package = projects(SAMPLE.stem) / "node_modules" / "@acme" / "sdk"
    path = HERE / "runtime" / f"{subject}.test.js"
    done = tools(compiler=False).run("--test", "--test-reporter=tap", path, cwd=HERE, SDK_ROOT=str(package))
    assert [] == failures(done.stdout)
    assert 0 == done.returncode, done.stdout[-2000:]
    assert int(re.search(r"^# pass (\d+)", done.stdout, flags=re.MULTILINE)[1]) >= 15


@pytest.fixture
def sandbox():
    """Serves a document's sandbox."""
    pytest.importorskip("quickjs", reason="the sandbox needs quickjs-ng, which is not installed")
    from themekit.trial.sandbox import serving_sandbox

    def serving(name):
        path = DOCUMENTS[name]
        return serving_sandbox(path, root=path.parent)

    return serving


@pytest.mark.parametrize("name", CALLED)
def test_the_tests_of_the_package_pass_against_the_sandbox(projects, sandbox, name):
    package = projects(name) / "node_modules" / "@acme" / "sdk"
    found = tools(compiler=False)
    with sandbox(name) as url:
        done = found.run("--test", "--test-reporter=tap", cwd=package, API_BASE_URL=url)
    assert [] == failures(done.stdout)
    assert 0 == done.returncode, done.stdout[-2000:]
    api = api_of(DOCUMENTS[name])
    assert int(re.search(r"^# pass (\d+)", done.stdout, flags=re.MULTILINE)[1]) > len(api.operations)


def test_without_a_server_the_tests_of_the_package_are_skipped(projects):
    package = projects(SAMPLE.stem) / "node_modules" / "@acme" / "sdk"
    done = tools(compiler=False).run("--test", "--test-reporter=tap", "tests/resources/files.test.js", cwd=package)
    assert 0 == done.returncode
    assert "# SKIP API_BASE_URL is not set" in done.stdout


def test_a_program_for_each_operation_of_the_sample_runs(projects, sandbox):
    folder = projects(SAMPLE.stem) / "programs"
    with sandbox(SAMPLE.stem) as url:
        done = tools().run(HERE / "run_programs.mjs", folder, cwd=HERE, API_BASE_URL=url, API_KEY="sk_test_1")
    said = json.loads(done.stdout)
    assert {} == said["failed"]
    assert len(api_of(SAMPLE).operations) == said["count"]


def test_the_shared_documents_are_there():
    """Says so where they are not: then the packages of those were not tried."""
    if not SHARED.is_dir():
        pytest.skip("the documents of ../shared/specs are not there")
    assert {"petstore-3.0", "openai-3.1"} <= set(DOCUMENTS)
