"""`themekit sdk`: differences, versions, publishing, other languages, as a user runs them."""

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.sdk.changes.change_cases import described
from tests.sdk.registries.served import TOKEN, file_server, pypi_server
from themekit.cli.main import run

CHANGED = {"/components/schemas/Thing/properties/price/type": "string"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One brand, and an API in two versions."""
    root = tmp_path / "project"
    brand = {"name": "Acme", "color": {"primary": "#0b5fff"}, "version": "1.2.3"}
    write(root / "brands/acme/brand.json", brand)
    write(root / "docs_src/api/openapi.json", described({}))
    write(root / "docs_src/api/next.json", described(CHANGED))
    return root


def write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2), encoding="utf-8")


def test_diff_explains_a_break(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the wire and in each language, with the level, and an exit code for CI."""
    files = ("docs_src/api/openapi.json", "docs_src/api/next.json")
    assert 3 == run(["sdk", "diff", *files, "--fail-on", "major", "--project", str(project)])
    out = capsys.readouterr().out
    assert "- **Thing.price** was number, is string" in out
    assert "The level of this change is **major**." in out
    assert {"Go", "Java", "Python", "TypeScript"} == {
        line.split()[2] for line in out.splitlines() if line.endswith("SDK:")
    }
    assert 0 == run(["sdk", "diff", *files, "--format", "json", "--project", str(project)])
    value = json.loads(capsys.readouterr().out)
    assert "major" == value["level"]
    change = next(each for each in value["changes"] if each["scope"] == "wire")
    assert {"file": "docs_src/api/next.json", "pointer": "/components/schemas/Thing/properties/price"} == change["new"]


def test_versions_are_checked_against_git(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The API as it was in a revision is compared with the files as they are."""
    git = ("git", "-C", str(project), "-c", "user.name=T", "-c", "user.email=t@acme.example")
    for command in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "one")):
        subprocess.run((*git, *command), check=True, timeout=60)
    options = ("--from", "HEAD", "--current", "1.4.0", "--project", str(project))
    assert 0 == run(["sdk", "version", *options])
    assert "1.4.0\n" == capsys.readouterr().out
    shutil.copy(project / "docs_src/api/next.json", project / "docs_src/api/openapi.json")
    assert 1 == run(["sdk", "version", *options, "--check", "1.5.0"])
    said = capsys.readouterr()
    assert "2.0.0\n" == said.out
    assert "error[version-too-small]: 1.5.0 is too small after 1.4.0: Thing.price: was number, is string" in said.err
    assert 0 == run(["sdk", "version", *options, "--check", "2.0.0"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["diff", "docs_src/api/openapi.json"], "name two descriptions"),
        (["diff", "/etc/passwd", "/etc/passwd"], "is not in the project"),
        (["diff", "docs_src/api/nothing.json", "docs_src/api/next.json"], "there is no description"),
        (["diff", "--to", "HEAD"], "`--to` needs `--from`"),
        (["version", "--current", "one", "a", "b"], "is no semantic version"),
        (["publish", "acme", "--registry", "gems=https://x.example"], "is no registry"),
        (["publish", "acme", "--registry", "https://me:secret@x.example"], "this is no registry"),
        (["publish", "acme", "--registry", "pypi=https://a.example", "--registry", "pypi=https://b.example"], "twice"),
        (["generate", "acme", "--language", "../x", "--out", "x"], "is no name of a generator"),
        (["publis"], "did you mean `publish`?"),
    ],
)
def test_mistakes_of_use(project: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each says what is wrong, and ends with 2."""
    place = [] if arguments == ["publis"] else ["--project", str(project)]
    assert 2 == run(["sdk", *arguments, *place])
    assert said in capsys.readouterr().err


def test_a_brand_is_published(project: Path, monkeypatch: pytest.MonkeyPatch, capsys, tmp_path: Path) -> None:
    """To a Python index and as Go's files: dry, then for real, then again."""
    monkeypatch.setenv("THEMEKIT_GO_TOKEN", TOKEN)
    monkeypatch.setenv("THEMEKIT_PYPI_TOKEN", TOKEN)
    with pypi_server(tmp_path / "pypi") as index, file_server(tmp_path / "files") as files:
        command = ["sdk", "publish", "acme", "--registry", f"pypi={index}", "--registry", f"go={files}/go"]
        command += ["--project", str(project)]
        for options, state in ((["--dry-run"], "would publish"), ([], "published"), ([], "unchanged")):
            assert 0 == run([*command, *options])
            said = capsys.readouterr()
            lines = said.out.splitlines()
            assert {"pypi", "go"} == {line.partition(":")[0] for line in lines}
            assert [] == [line for line in lines if f": {state} " not in line]
            assert TOKEN not in said.out + said.err
        (module,) = (tmp_path / "files/go").rglob("v1.2.3.zip")
        module.write_bytes(b"other bytes")
        assert 1 == run(command)
        assert "is there already, with other bytes" in capsys.readouterr().err


def test_a_registry_that_is_not_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is the machine's failure, not a traceback."""
    assert 5 == run(["sdk", "publish", "acme", "--registry", "pypi=http://127.0.0.1:9", "--project", str(project)])
    assert "error[publish]: GET http://127.0.0.1:9" in capsys.readouterr().err


@pytest.mark.skipif(
    find_spec("openapi_generator_cli") is None or shutil.which("java") is None,
    reason="the engine of other languages, or a Java to run it, is not installed",
)
def test_another_language(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The engine gets the brand's address, and leaves none of its own files behind."""
    out = tmp_path / "kotlin"
    assert 0 == run(["sdk", "generate", "acme", "--language", "kotlin", "--out", str(out), "--project", str(project)])
    assert "nobody compiled them" in capsys.readouterr().err
    texts = [path.read_text(encoding="utf-8") for path in out.rglob("*.kt")]
    assert any("api.acme" in text or "acme" in text for text in texts)
    assert not (out / ".openapi-generator").exists()
    assert 2 == run(["sdk", "generate", "acme", "--language", "kotlin", "--out", str(out), "--project", str(project)])


def test_check_reads_the_whole_description(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A mistake that only SDKs stumble on is shown by `check`, at its line, and no brand is built with it."""
    broken = {"/components/schemas/Thing/properties/shape/$ref": "#/components/schemas/Shap"}
    write(project / "docs_src/api/openapi.json", described(broken))
    assert 1 == run(["check", "--project", str(project)])
    said = capsys.readouterr().err
    assert "docs_src/api/openapi.json:" in said
    assert "error[unresolved-reference]: `$ref`: `#/components/schemas/Shap` leads to nothing" in said
    assert "hint: did you mean `Shape`?" in said
    assert 1 == run(["build", "--only", "sdk", "--project", str(project)])
    assert not (project / "build/acme/sdk").exists()
