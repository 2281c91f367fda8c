"""What `themekit ci init` writes is what the vendors' schemas ask for, and each of its steps runs.

The steps of each job are run in their order by a shell, in a clone of a real project, on what the jobs before left.
Only what belongs to the vendor has a stand-in: actions, the installation, a browser's download, and the list of known
weaknesses.
"""

import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.publish.channels import bundle_of
from themekit.build.pipelines import PLACES, Pipeline, pipeline_text
from themekit.bundle.keys import new_key, unlocked
from themekit.cli.main import run
from themekit.publish.channel import Channel, latest_root, new_root, put_root, sign_root
from themekit.publish.place import open_place

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SCHEMAS = {"github": "vendor.github-workflows", "gitlab": "vendor.gitlab-ci"}
STAND_INS = ("pip-audit", "playwright")
KEPT = {"trees": "build", "bundles": "build/dist", "pictures": "pictures"}
POLICY_BRAND = "acme"


def valid(schema, path, *more):
    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", schema, *more, path], capture_output=True, text=True, check=False
    )
    return done.returncode == 0, done.stdout


@pytest.mark.parametrize("system", PLACES)
@pytest.mark.parametrize("pipeline", [Pipeline(), Pipeline("release/2", 7, "guides/*")], ids=["plain", "other"])
def test_a_pipeline_is_what_the_vendors_schema_asks_for(tmp_path, system, pipeline):
    path = tmp_path / "pipeline.yml"
    path.write_text(pipeline_text(system, pipeline))
    more = ("--data-transform", "gitlab-ci") if system == "gitlab" else ()
    assert (True, "") == (valid(SCHEMAS[system], path, *more)[0], "")
    assert "__" not in re.sub(r"[A-Z]__[A-Z]", "", pipeline_text(system, pipeline))


def test_the_action_is_what_the_schema_asks_for():
    good, said = valid("vendor.github-actions", ROOT / "action.yml")
    assert good, said


def test_expressions_of_the_vendor_are_in_no_script():
    """A title of a pull request in a script would be run by the shell; variables are only read."""
    workflow = yaml.safe_load(pipeline_text("github", Pipeline()))
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]] + action["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) > 20
    assert [] == [script for script in scripts if "${{" in script]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The scaffold under Git, with the sample's API and one policy."""
    root = tmp_path_factory.mktemp("pipelines") / "project"
    assert 0 == run(["init", str(root)])
    (root / "docs_src/api").mkdir()
    shutil.copy(ROOT / "docs_src/api/openapi.yaml", root / "docs_src/api")
    # The first that leaves the targets, of which Envoy is one, to what it extends.
    policy = next(path for path in sorted(ROOT.glob("brands/[!_]*/policy.json")) if '"targets"' not in path.read_text())
    shutil.copy(policy, root / "brands" / POLICY_BRAND / "policy.json")
    shutil.copytree(ROOT / "brands/_shared", root / "brands/_shared")
    for system in PLACES:
        assert 0 == run(["ci", "init", system, "--project", str(root)])
    assert 0 == run(["lock", "--project", str(root)])
    who = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    for command in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "x")):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root


class Runner:
    """Runs scripts as a CI system does: each job in a clone, with files handed from job to job."""

    def __init__(self, project, folder):
        self.project, self.folder = project, folder
        self.artifacts, self.ran = folder / "artifacts", []
        programs = folder / "bin"
        programs.mkdir(parents=True)
        (programs / "themekit").write_text(f'#!/bin/sh\nexec {sys.executable} -m themekit.cli "$@"\n')
        for name in STAND_INS:
            (programs / name).write_text("#!/bin/sh\nexit 0\n")
        for path in programs.iterdir():
            path.chmod(0o755)
        self.path = os.pathsep.join([str(programs), str(BIN), os.environ["PATH"]])

    def clone(self, job):
        place = self.folder / job.replace("/", "-")
        subprocess.run(["git", "clone", "-q", str(self.project), str(place)], check=True)
        return place

    def script(self, text, place, **variables):
        environment = {**os.environ, "NO_COLOR": "1", "PATH": self.path, **variables}
        shell = ["bash", "-eo", "pipefail", "-c", text]
        done = subprocess.run(shell, cwd=place, env=environment, capture_output=True, text=True, check=False)
        self.ran.append(text)
        assert 0 == done.returncode, f"{text}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}"

    def keep(self, name, path):
        if path.exists():
            shutil.copytree(path, self.artifacts / name, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".cache"))

    def give(self, name, path):
        shutil.copytree(self.artifacts / name, path, dirs_exist_ok=True)


def expressions(text, values):
    """The vendor's expressions, of which only those that pipelines use are known."""
    return re.sub(r"\$\{\{ *(.*?) *\}\}", lambda match: values[match[1]], text)


@pytest.mark.slow
def test_each_step_for_github_runs(project, tmp_path):
    workflow = yaml.safe_load((project / PLACES["github"]).read_text())
    runner = Runner(project, tmp_path)
    for name in ("check", "scan", "build", "review", "gateway", "release"):
        job = workflow["jobs"][name]
        for shard in job.get("strategy", {}).get("matrix", {}).get("shard", [""]):
            github_job(runner, job, name=f"{name}{shard}", shard=shard)
    assert len(runner.ran) > 20
    assert (tmp_path / "release/build/dist/SHA256SUMS").read_text().count(".zip\n") == 2


def github_job(runner, job, *, name, shard):
    place = runner.clone(name)
    output, environment = runner.folder / f"output-{len(runner.ran)}", runner.folder / f"env-{len(runner.ran)}"
    values = {"matrix.shard": shard}
    given = {key: expressions(value, values) if "matrix" in value else "" for key, value in job.get("env", {}).items()}
    for step in job["steps"]:
        if "download-artifact" in step.get("uses", ""):
            kind = step["with"]["pattern"].partition("-")[0]
            runner.give(kind, place / step["with"]["path"])
        elif "upload-artifact" in step.get("uses", ""):
            kind = step["with"]["name"].partition("-")[0]
            if kind in KEPT:
                runner.keep(kind, place / KEPT[kind])
        elif "run" in step and step.get("name") != "Install":
            output.touch()
            environment.touch()
            said = dict(line.split("=", 1) for line in environment.read_text().splitlines())
            files = {"GITHUB_OUTPUT": str(output), "GITHUB_ENV": str(environment)}
            runner.script(step["run"], place, **given, **files, **said)


@pytest.mark.slow
def test_each_step_for_gitlab_runs(project, tmp_path):
    pipeline = yaml.safe_load((project / PLACES["gitlab"]).read_text())
    runner = Runner(project, tmp_path)
    for name in ("check", "scan", "build", "review", "gateway", "release"):
        job = pipeline[name]
        total = job.get("parallel", 1)
        for index in range(1, total + 1):
            place = runner.clone(f"{name}-{index}")
            if name in {"review", "release"}:
                runner.give("trees", place / "build")
            lines = [line for line in job["script"] if not line.startswith("python -m pip")]
            numbers = {"CI_NODE_INDEX": str(index), "CI_NODE_TOTAL": str(total), "CI_COMMIT_BRANCH": "main"}
            runner.script("\n".join(lines), place, **numbers)
            if name == "build":
                runner.keep("trees", place / "build")
    assert (tmp_path / "release-1/build/dist/SHA256SUMS").read_text().count(".zip\n") == 2


def publishing_lines(system):
    """What the pipeline runs to publish, and to renew, as shell."""
    pipeline = yaml.safe_load(pipeline_text(system, Pipeline()))
    if system == "gitlab":
        release = [line for line in pipeline["release"]["script"] if "sign=" in line or "publish --to" in line]
        return "\n".join(line for line in release if "sdk publish" not in line), pipeline["renew"]["script"][0]
    steps = {step.get("name"): step for name in ("release", "renew") for step in pipeline["jobs"][name]["steps"]}
    return steps["Publish bundles"]["run"], steps["Renew the update channel"]["run"]


@pytest.mark.parametrize("system", PLACES)
def test_a_channel_is_signed_and_renewed(system, tmp_path):
    """With the channel's key: without it a place with a channel takes nothing."""
    secret, _ = new_key("another", opslimit=32_768, memlimit=16 * 1024 * 1024)
    online = unlocked(secret, password="another")  # noqa: S106
    place = open_place(f"file://{tmp_path}/place")
    root = new_root([online.public], online.public, threshold=1, now=datetime.now(UTC))
    put_root(place, sign_root(root, online))
    bundle = bundle_of()
    dist = tmp_path / "work/build/dist"
    dist.mkdir(parents=True)
    (dist / bundle.name).write_bytes(bundle.content)
    runner = Runner(tmp_path, tmp_path / "runner")
    names = ("THEMEKIT_SIGNING_KEY", "THEMEKIT_KEY_PASSWORD")
    if system == "gitlab":
        names = ("THEMEKIT_CHANNEL_KEY", "THEMEKIT_CHANNEL_PASSWORD")
    given = {**dict(zip(names, (secret, "another"), strict=True)), "THEMEKIT_PUBLISH_URL": place.url}
    publish, renew = publishing_lines(system)
    runner.script(publish, tmp_path / "work", **given)
    assert bundle.content == (tmp_path / "place/acme/acme-1.0.0.zip").read_bytes()
    old = Channel(place, latest_root(place), online, datetime.now(UTC) - timedelta(days=60))
    old.update({"acme": {"acme/x": (1, "0" * 64)}})
    before = place.get("metadata/timestamp.json")
    runner.script(renew, tmp_path / "work", **given)
    assert before != place.get("metadata/timestamp.json")
    runner.script(renew, tmp_path / "work")


@pytest.mark.slow
def test_the_action_runs(project, tmp_path):
    runner = Runner(project, tmp_path)
    place = runner.clone("action")
    steps = [step for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"] if "run" in step]
    output = tmp_path / "output"
    given = {"COMMAND": "package", "BRANDS": "acme", "SHARD": "", "FROZEN": "true", "PROJECT": "."}
    for step in steps[1:]:
        runner.script(step["run"], place, GITHUB_OUTPUT=str(output), **given)
    said = dict(line.split("=", 1) for line in output.read_text().splitlines())
    assert "./build/dist" == said["bundles"]
    assert said["key"].startswith(said["tools"])
    assert 1 == len(list((place / "build/dist").glob("*.zip")))


@pytest.mark.parametrize("system", PLACES)
def test_a_pipeline_is_never_overwritten(project, capsys, system):
    before = (project / PLACES[system]).read_bytes()
    assert 2 == run(["ci", "init", system, "--project", str(project)])
    assert f"`{PLACES[system]}` is there already" in capsys.readouterr().err
    assert before == (project / PLACES[system]).read_bytes()


@pytest.mark.parametrize("option", [("--branch", "a; rm -rf ."), ("--branch", "-x"), ("--pages", "'$(id)'")])
def test_what_would_be_code_is_refused(project, option):
    assert 2 == run(["ci", "init", "github", *option, "--project", str(project)])
