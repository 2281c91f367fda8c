"""Every style of saving is noticed, by notices and by the sweep alone; and what is told, the engine finds changed."""

import shutil
import subprocess
import threading
from pathlib import PurePosixPath

import pytest

from themekit.engine import Kind, Question
from themekit.studio.updating.watch import Watch

BRAND = PurePosixPath("brands/acme/brand.json")
FOLDER = PurePosixPath("brands/acme")
PATIENCE_S = 60


class Heard:
    """What the watch told, since the last `forget`."""

    def __init__(self):
        self._paths = set()
        self._changed = threading.Condition()

    def __call__(self, paths):
        with self._changed:
            self._paths |= paths
            self._changed.notify_all()

    def wait(self, path):
        with self._changed:
            assert self._changed.wait_for(lambda: path in self._paths, PATIENCE_S), f"{path} is not in {self._paths}"

    def forget(self):
        with self._changed:
            self._paths.clear()


@pytest.fixture(params=["notices", "sweep"])
def has_notices(request):
    return request.param == "notices"


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "project"
    (root / FOLDER).mkdir(parents=True)
    (root / BRAND).write_text("one")
    return root


@pytest.fixture
def watching(has_notices):
    """A function that watches some paths of a root; a folder's ends with a slash."""
    opened = []

    def watch(root, *paths):
        heard = Heard()
        each = Watch(root, heard, has_notices=has_notices)
        opened.append(each)
        each.look_at([Question(Kind.FOLDER if path.endswith("/") else Kind.FILE, path.rstrip("/")) for path in paths])
        return heard

    yield watch
    for each in opened:
        each.close()


def renamed(path):
    new = path.with_name("new")
    new.write_text("two")
    new.replace(path)


def in_place(path):
    path.write_text("two")


def in_two_steps(path):
    with path.open("w") as file:
        file.write("t")
        file.flush()
        file.write("wo")


def by_sed(path):
    subprocess.run(["sed", "-i", "s/one/two/", path], check=True)


def anew(path):
    path.unlink()
    path.write_text("two")


def as_vim(path):
    """With `backupcopy=no`: the old file becomes the backup, the new one is created, the backup goes."""
    backup = path.with_name("brand.json~")
    path.rename(backup)
    path.write_text("two")
    backup.unlink()


def moved_away(path):
    path.rename(path.parents[3] / "away")
    path.write_text("two")


def same_size_and_time(path):
    status = path.stat()
    new = path.with_name("new")
    new.write_text("two")
    shutil.copystat(path, new)
    new.replace(path)
    assert (status.st_size, status.st_mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)


SAVES = [renamed, in_place, in_two_steps, by_sed, anew, as_vim, moved_away, same_size_and_time]


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_noticed(root, watching, save):
    heard = watching(root, str(BRAND), f"{FOLDER}/")
    save(root / BRAND)
    heard.wait(BRAND)
    assert "two" == (root / BRAND).read_text()


@pytest.mark.parametrize("save", [renamed, in_place, anew], ids=lambda save: save.__name__)
@pytest.mark.parametrize("is_folder", [False, True])
def test_a_save_behind_a_link_is_noticed(root, watching, save, is_folder):
    """Both for a link to a file and for one to a folder; what is told is the path that the build read."""
    other = root / "elsewhere" / "acme"
    other.mkdir(parents=True)
    (other / "brand.json").write_text("one")
    if is_folder:
        shutil.rmtree(root / FOLDER)
        (root / FOLDER).symlink_to("../elsewhere/acme")
    else:
        (root / BRAND).unlink()
        (root / BRAND).symlink_to("../../elsewhere/acme/brand.json")
    heard = watching(root, str(BRAND))
    save(other / "brand.json")
    heard.wait(BRAND)


def test_a_link_that_leads_elsewhere_now_is_noticed(root, watching):
    (root / "other.json").write_text("two")
    link = root / "brands" / "linked.json"
    link.symlink_to("acme/brand.json")
    heard = watching(root, "brands/linked.json")
    link.unlink()
    link.symlink_to("../other.json")
    heard.wait(PurePosixPath("brands/linked.json"))
    heard.forget()
    (root / "other.json").write_text("three")
    heard.wait(PurePosixPath("brands/linked.json"))


def test_files_that_come_and_go_are_noticed(root, watching):
    heard = watching(root, "docs/new/page.md", "docs/", f"{FOLDER}/")
    (root / "docs" / "new").mkdir(parents=True)
    (root / "docs" / "new" / "page.md").write_text("one")
    heard.wait(PurePosixPath("docs/new/page.md"))
    heard.wait(PurePosixPath("docs"))
    (root / FOLDER / "logo.svg").write_text("<svg/>")
    heard.wait(FOLDER)
    heard.forget()
    shutil.rmtree(root / FOLDER)
    heard.wait(FOLDER)
    heard.forget()
    (root / FOLDER).mkdir()
    (root / BRAND).write_text("again")
    heard.wait(FOLDER)


def test_what_is_not_looked_at_is_not_told(root, watching):
    heard = watching(root, str(BRAND))
    (root / FOLDER / "notes.txt").write_text("x")
    (root / FOLDER / "notes.txt").read_text()
    (root / BRAND).write_text("two")
    heard.wait(BRAND)
    assert {BRAND} == heard._paths


def test_many_files_at_once_are_all_told(root, watching):
    paths = [f"docs/{folder}/{number}.md" for folder in range(10) for number in range(50)]
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("one")
    heard = watching(root, *paths)
    for path in paths:
        renamed(root / path)
    for path in paths:
        heard.wait(PurePosixPath(path))
