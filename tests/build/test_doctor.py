"""What `themekit doctor` says of machines and projects that are broken, each in one way."""

import os
import sys
from importlib import metadata
from pathlib import Path

import pytest

from themekit.build import doctor
from themekit.build.doctor import State, examine
from themekit.build.lock import locked
from themekit.build.locking import lock_of, lock_text
from themekit.build.project import Project
from themekit.render import skia_svg


@pytest.fixture
def project(tmp_path):
    for path in ("brands/acme/brand.json", "docs_src/index.md", "mkdocs.yml"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x")
    return Project(tmp_path)


def found(project, subject):
    """State, what was found and the fix, of the one finding of this subject."""
    ((state, text, fix),) = [(f.state, f.found, f.fix) for f in examine(project) if f.subject == subject]
    return state, text, fix


def test_a_good_machine_has_no_fault(project):
    assert [] == [each for each in examine(project) if each.state is State.BROKEN]
    assert all(bool(each.fix) == (each.state is not State.GOOD) for each in examine(project))


def test_without_a_project_only_the_machine_is_looked_at():
    assert not {"project", "build/", "cache"} & {each.subject for each in examine(None)}


def test_packages_that_are_missing_or_too_old(project, monkeypatch):
    needs = ["no-such-thing>=1", "click<2", 'other; sys_platform == "nowhere"', 'more; extra == "dask"']
    monkeypatch.setattr(metadata, "requires", lambda _: needs)
    state, text, fix = found(project, "packages")
    version = metadata.version("click")
    assert State.BROKEN is state
    assert f"no-such-thing is missing; click is {version}, and <2 is needed" == text
    assert "pip install" in fix


def test_files_of_the_browser_that_were_not_bundled(project, monkeypatch):
    monkeypatch.setattr(doctor, "BROWSER_FILES", ("data/site/vendor/mermaid.min.js", "data/none.js"))
    assert (State.BROKEN, "missing: data/none.js") == found(project, "files of themekit")[:2]


def test_programs_that_are_not_there(project, monkeypatch):
    monkeypatch.setenv("PATH", "")
    state, text, fix = found(project, "chromium")
    assert (State.LIMITED, "is not installed: themekit cannot take pictures and audit pages") == (state, text)
    assert "install chromium" in fix


@pytest.mark.parametrize(
    ("obstacle", "state", "part", "fix"),
    [
        (None, State.GOOD, "are drawn by Skia 144.1, and by resvg what Skia cannot read", ""),
        (
            "",
            State.LIMITED,
            "by resvg, less like browsers when they are small: Skia is not",
            "themekit[skia]",
        ),
        (
            "libGL.so.1: cannot open shared object file: No such file or directory",
            State.LIMITED,
            "by resvg: Skia is installed and cannot be loaded (libGL.so.1: cannot open shared object file",
            "apt-get install libgl1 libegl1",
        ),
        ("No module named 'numpy'", State.LIMITED, "cannot be loaded (No module named 'numpy')", "--force-reinstall"),
    ],
)
def test_what_draws_icons_is_said_and_why(project, monkeypatch, obstacle, state, part, fix):
    """Without the system's libGL, Skia is installed and draws nothing."""
    monkeypatch.setattr(skia_svg, "obstacle", lambda: obstacle)
    monkeypatch.setattr(metadata, "version", lambda _: "144.1")
    monkeypatch.setattr(metadata, "requires", lambda _: [])
    found_state, text, found_fix = found(project, "icons")
    assert state is found_state
    assert part in text
    assert fix in found_fix


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModuleNotFoundError("No module named 'skia'", name="skia"), ""),
        (ModuleNotFoundError("No module named 'numpy'", name="numpy"), "No module named 'numpy'"),
        (ImportError("libEGL.so.1: cannot open", name="skia"), "libEGL.so.1: cannot open"),
    ],
)
def test_why_skia_cannot_be_loaded(monkeypatch, error, said):
    class Broken:
        def find_spec(self, name, *_):
            if name == "skia":
                raise error

    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "skia", raising=False)
    assert said == skia_svg.obstacle.__wrapped__()


def test_a_project_without_its_files(project):
    (project.root / "mkdocs.yml").unlink()
    assert (State.BROKEN, "missing: mkdocs.yml") == found(project, "project")[:2]


def test_an_output_that_cannot_be_written(project):
    """A file where the folder must be: root may write into any folder."""
    project.output.write_text("x")
    state, text, _ = found(project, "build/")
    assert State.BROKEN is state
    assert text.startswith("cannot be written (E")


def test_a_file_system_without_hard_links(project, monkeypatch):
    def refuse(*_, **__):
        raise OSError(95, "no links")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert State.LIMITED is found(project, "build/")[0]
    assert [] == list(project.cache.iterdir())


def test_a_full_disk(project, monkeypatch):
    monkeypatch.setattr(doctor, "LOW_BYTES", 1 << 62)
    assert State.LIMITED is found(project, "disk")[0]


def test_values_that_are_damaged(project):
    digest = doctor.digest_bytes(b"good")
    for name, content in ((digest, b"good"), ("0" * 64, b"bad")):
        path = project.cache / "values" / name[:2] / name[2:]
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    assert (State.LIMITED, "1 of 2 values are damaged: builds make them again") == found(project, "cache")[:2]


def test_a_lock_that_is_held_and_one_that_is_not(project):
    with locked(project.cache, "other"):
        pass
    with locked(project.cache, "acme"):
        state, text, _ = found(project, "locks")
    assert State.LIMITED is state
    assert text.startswith(f"`acme` is being written by process {os.getpid()} on ")


def test_a_lock_file_that_is_out_of_date(project):
    (project.root / "themekit.lock").write_text(lock_text(lock_of(project.host)))
    assert State.GOOD is found(project, "themekit.lock")[0]
    for number in range(4):
        (project.root / "docs_src" / f"{number}.md").write_text("x")
    state, text, _ = found(Project(project.root), "themekit.lock")
    assert State.LIMITED is state
    assert text.endswith("is not locked and 1 more")


def test_names_that_are_not_read_as_utf_8(project, monkeypatch):
    monkeypatch.setattr("sys.getfilesystemencoding", lambda: "ascii")
    assert State.BROKEN is found(project, "names of files")[0]


def test_a_clock_that_was_never_set(project, monkeypatch):
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert State.LIMITED is found(project, "clock")[0]
