"""Small real projects between two states, OLD and NEW, and the command that leads from one to the other.

A scenario's folder holds the project as its inputs make NEW, and beside it a copy of build/ as it was at OLD.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.faults.system_calls import Ran, run
from themekit.engine.encoding import digest_bytes

if TYPE_CHECKING:
    from pathlib import Path

BUILD = ("build", "-j", "1", "-q")
THEME = (*BUILD, "--only", "theme")
PACKAGE = ("package", "-j", "1", "-q")
LITTER = (".stage-", ".old-")
CHECKSUM_LENGTH = 64  # of a file of traces, before what it is of
STORE = ("traces", "values")

State = dict[str, str]
"""Name of a brand's tree or of a file in dist/ to the digest of its content; what is not there has none."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """`root` is the project; `old` what lies in build/ before the `command`; `states` are OLD and NEW."""

    name: str
    command: tuple[str, ...]
    root: Path
    old: Path
    states: tuple[State, State]

    @property
    def build(self) -> Path:
        """Output and cache."""
        return self.root / "build"

    @property
    def scratch(self) -> Path:
        """For logs."""
        return self.root.parent

    def restore(self) -> None:
        """build/ is as it was at OLD, times and links of files included."""
        shutil.rmtree(self.build, ignore_errors=True)
        if self.old.exists():
            copy(self.old, self.build)

    def state(self) -> State:
        """What is there now."""
        return state_of(self.build)


def copy(source: Path, target: Path) -> None:
    """With times, modes, and links between files."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def state_of(build: Path) -> State:
    """Each tree and each file of dist/ as one digest."""
    found = {}
    for place in sorted(build.iterdir()) if build.exists() else ():
        if place.name == "dist":
            found |= {f"dist/{path.name}": digest_of(path) for path in place.iterdir() if not is_litter(path)}
        elif place.name not in {".cache", ".spare"} and not is_litter(place):
            found[place.name] = digest_of(place)
    return found


def digest_of(place: Path) -> str:
    """Of a file's content, or of all paths below a folder with their contents."""
    if not place.is_dir():
        return hashlib.sha256(place.read_bytes()).hexdigest()
    summed = hashlib.sha256()
    for path in sorted(place.rglob("*")):
        if not path.is_dir():
            summed.update(f"{path.relative_to(place)}\0{digest_of(path)}\0".encode())
    return summed.hexdigest()


def is_litter(path: Path) -> bool:
    """A name that the writer or the store gives to what is not finished."""
    return path.name.startswith(LITTER) or path.name.endswith(".next.json") or path.parent.name == "unfinished"


def litter(build: Path) -> list[str]:
    """Everything unfinished below build/."""
    return sorted(str(path.relative_to(build)) for path in build.rglob("*") if is_litter(path))


def false_blobs(build: Path) -> list[str]:
    """Values whose name is not their hash, and traces that are not what their first line says."""
    false = [
        path for path in stored(build, "values") if digest_bytes(path.read_bytes()) != f"{path.parent.name}{path.name}"
    ]
    for path in stored(build, "traces"):
        content = path.read_bytes()
        if digest_bytes(content[CHECKSUM_LENGTH:]).encode() != content[:CHECKSUM_LENGTH]:
            false.append(path)
    return [str(path.relative_to(build)) for path in false]


def stored(build: Path, kind: str) -> list[Path]:
    """The finished files of the store: `values` or `traces`."""
    return sorted((build / ".cache" / kind).glob("*/[!.]*"))


def made_scenario(name: str, folder: Path) -> Scenario:
    """A scenario by name. All that are made in one folder share the project, which is rendered for the first one."""
    root = folder / "project"
    if not root.exists():
        _make_project(folder)
    old = folder / f"old-{name}"
    if not old.exists():
        _LEAVERS[name](folder, old)
    unrun = Scenario(name, _COMMANDS[name], root, old, ({}, {}))
    unrun.restore()
    before = unrun.state()
    well(*unrun.command, root=root)  # also leaves every module compiled
    after = unrun.state()
    assert before != after
    return Scenario(name, unrun.command, root, old, (before, after))


def edit(root: Path) -> None:
    """A brand's colour, a page changed, a page gone."""
    replace(root / "brands/acme/brand.json", "#0b5fff", "#0b5f0f")
    replace(root / "mkdocs.yml", "      - get-started/quickstart.md\n", "")
    replace(root / "docs_src/get-started/index.md", "](quickstart.md)", "](../index.md)")
    (root / "docs_src/get-started/quickstart.md").unlink()
    replace(root / "docs_src/index.md", "](get-started/quickstart.md)", "](get-started/index.md)")


def replace(path: Path, old: str, new: str) -> None:
    """In the text of a file that has it."""
    text = path.read_text()
    assert old in text, path
    path.write_text(text.replace(old, new))


def well(*arguments: str, root: Path) -> Ran:
    """A run that must not fail."""
    done = run(arguments, root=root)
    assert 0 == done.code, done.err
    return done


def _make_project(folder: Path) -> None:
    """The project with the inputs of NEW; `built` is its build/ at OLD, with a store that has all that NEW needs.

    Its trees were NEW before, so there are spares.
    """
    root, inputs = folder / "project", folder / "inputs"
    well("init", root=root)
    copy(root, inputs)
    edit(inputs)
    for command in (BUILD, PACKAGE):
        well(*command, root=inputs)
    (inputs / "build").rename(root / "build")
    for place in (*(root / "build").iterdir(), *(root / "build/.cache").iterdir()):
        if place.is_file():
            place.unlink()
        elif place.name in {"builds", "dist", "locks"}:
            shutil.rmtree(place)
    for command in (BUILD, PACKAGE):
        well(*command, root=root)
    assert 2 == len(list((root / "build/.spare").iterdir()))
    (root / "build").rename(folder / "built")
    well(*THEME, root=root)
    (root / "build").rename(folder / "themed")
    shutil.rmtree(root)
    inputs.rename(root)


def _themed(folder: Path, old: Path) -> None:
    """The theme alone, and nothing in the store: values and traces are written, one tree's files replaced."""
    copy(folder / "themed", old)
    for name in STORE:
        shutil.rmtree(old / ".cache" / name)


def _stored(folder: Path, old: Path) -> None:
    """No tree: all is made from nothing but the store, with what the two brands share."""
    old.mkdir()
    (old / ".cache").mkdir()
    for name in STORE:
        copy(folder / "built/.cache" / name, old / ".cache" / name)


def _built(folder: Path, old: Path) -> None:
    """Trees and bundles: files are changed, linked over, removed."""
    copy(folder / "built", old)


_LEAVERS = {"theme": _themed, "first": _stored, "edit": _built, "package": _built}
_COMMANDS = {"theme": THEME, "first": BUILD, "edit": BUILD, "package": PACKAGE}
SCENARIOS = tuple(_COMMANDS)
