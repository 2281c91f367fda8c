"""`themekit lock`, `--frozen`, `cache` and `doctor`, as a user runs them."""

import json
from pathlib import Path

import pytest

from themekit.build.project import Project
from themekit.cli.main import run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One brand and one page: nothing here renders them."""
    root = tmp_path / "project"
    for path, text in (
        ("brands/acme/brand.json", '{"name": "Acme", "color": {"primary": "#0b5fff"}}'),
        ("docs_src/index.md", "# Hello\n"),
        ("mkdocs.yml", "site_name: x\n"),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def at(project: Path, *arguments: str) -> int:
    return run([*arguments, "--project", str(project)])


def test_a_frozen_command_starts_only_on_what_is_locked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written where anything differs, and the exit code is that of drift."""
    assert 3 == at(project, "build", "--frozen", "--only", "theme")
    assert "the project has no `themekit.lock`" in capsys.readouterr().err
    assert 0 == at(project, "lock")
    assert 0 == at(project, "lock", "--check")
    assert 0 == at(project, "build", "--frozen", "--only", "theme")
    (project / "docs_src/index.md").write_text("# Other\n")
    capsys.readouterr()
    theme = project / "build/acme/theme/tokens.css"
    theme.unlink()
    for command in (("build", "--only", "theme"), ("check",), ("package",), ("lock", "--check")):
        frozen = () if command[0] == "lock" else ("--frozen",)
        assert 3 == at(project, *command, *frozen, "--format", "json")
        (found,) = json.loads(capsys.readouterr().out)["diagnostics"]
        assert ("lock-drift", "`docs_src/index.md` has changed") == (found["code"], found["message"])
    assert not theme.exists()
    assert 0 == at(project, "lock")
    assert 0 == at(project, "build", "--frozen", "--only", "theme")


def test_the_key_of_a_cache_changes_with_inputs_from_the_right(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def key() -> str:
        assert 0 == at(project, "cache", "key")
        return capsys.readouterr().out.strip()

    before = key()
    assert before == key()
    (project / "docs_src/index.md").write_text("# Other\n")
    assert before != key()
    assert before.rpartition("-")[0] == key().rpartition("-")[0]


def test_a_cache_is_pruned_to_a_size(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == at(project, "build", "--only", "theme")
    assert 0 == at(project, "cache", "dir")
    folder = Path(capsys.readouterr().out.strip())
    assert Project(project).cache == folder
    assert list((folder / "values").glob("*/*"))
    assert 0 == at(project, "cache", "prune", "--max-size", "0")
    assert [] == [path for kind in ("values", "traces") for path in (folder / kind).glob("*/*")]
    assert 2 == at(project, "cache", "prune", "--max-size", "12 apples")
    assert 0 == at(project, "build", "--only", "theme")


def test_doctor_ends_with_1_only_if_something_is_broken(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == at(project, "doctor", "--format", "json")
    assert json.loads(capsys.readouterr().out)["healthy"]
    (project / "mkdocs.yml").unlink()
    assert 1 == at(project, "doctor")
    done = capsys.readouterr()
    assert "broken   project: missing: mkdocs.yml" in done.out
    assert "fix: `themekit init DIR` shows what a project has" in done.out
    assert done.err.startswith("1 fault, ")


def test_doctor_needs_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == at(tmp_path, "doctor")
    assert "no project here" in capsys.readouterr().err
