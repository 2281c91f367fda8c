"""Trees that are written again by one process: what is compared then, and what is known."""

from __future__ import annotations

import os
from pathlib import PurePosixPath

import pytest

from themekit.build.outputs import Output
from themekit.build.shared import SharedFiles
from themekit.build.write import write_tree
from themekit.model import FileTemplate, SiteTemplate, Slot
from themekit.site.stamp import StampedArtifact, Stamper, stamp_fields, stamp_when_asked

PAGES = ("one", "two", "three")
TEXTS = (("name", "Acme & Sons"),)


def page(name: str, text: str = "text") -> FileTemplate:
    return FileTemplate(
        PurePosixPath(f"{name}.html"), (f"<p>{text} of ".encode(), Slot("name", "html"), b"</p>"), "text/html"
    )


class Builds:
    """Builds of one tree by one process; `joined` has the files whose content was asked for in the last one."""

    def __init__(self, folder, monkeypatch):
        self.out, self.cache = folder / "build" / "acme", folder / "build" / ".cache"
        self.shared, self.joined = SharedFiles(self.cache), []
        self.files = {name: page(name) for name in PAGES}
        self.texts = TEXTS
        content = Stamper.content

        def noted(stamper, file):
            self.joined.append(file.path.stem)
            return content(stamper, file)

        monkeypatch.setattr(Stamper, "content", noted)

    def again(self) -> list[str]:
        """Build; the files that were written."""
        artifacts = stamp_when_asked(SiteTemplate(tuple(self.files.values())), self.texts)
        self.joined.clear()
        report = write_tree(self.out, (Output("the site", artifacts),), cache=self.cache, shared=self.shared)
        self.joined = sorted(set(self.joined))
        return sorted(path.stem for path in report.written)

    def path(self, name):
        return self.out / "site" / f"{name}.html"


@pytest.fixture
def builds(tmp_path, monkeypatch):
    """Three pages that were written and then compared once."""
    made = Builds(tmp_path, monkeypatch)
    assert sorted(PAGES) == made.again()
    assert [] == made.again()
    assert sorted(PAGES) == made.joined
    return made


def test_what_is_known_is_neither_joined_nor_compared(builds):
    builds.files["two"] = page("two", "news")
    assert ["two"] == builds.again()
    assert ["two"] == builds.joined
    assert b"<p>news of Acme &amp; Sons</p>" == builds.path("two").read_bytes()
    assert b"<p>text of Acme &amp; Sons</p>" == builds.path("one").read_bytes()


def test_another_template_of_the_same_content_is_compared_and_not_written(builds):
    builds.files["two"] = page("two")
    assert [] == builds.again()
    assert ["two"] == builds.joined
    assert [] == builds.again()
    assert [] == builds.joined


def test_other_texts_are_written(builds):
    builds.texts = (("name", "Volt"),)
    assert sorted(PAGES) == builds.again()


def test_equal_texts_are_known(builds):
    builds.texts = tuple((field, text) for field, text in TEXTS)
    assert [] == builds.again()
    assert [] == builds.joined


@pytest.mark.parametrize("how", ["written to", "replaced", "made writable", "deleted", "made a link"])
def test_a_file_that_somebody_touched_is_repaired(builds, how, tmp_path):
    path = builds.path("one")
    content = path.read_bytes()
    match how:
        case "written to":
            path.write_bytes(content.swapcase())
        case "replaced":  # with the same size and time
            status = path.stat()
            (tmp_path / "other").write_bytes(content.swapcase())
            os.utime(tmp_path / "other", ns=(status.st_atime_ns, status.st_mtime_ns))
            (tmp_path / "other").chmod(0o644)
            (tmp_path / "other").replace(path)
        case "made writable":
            path.chmod(0o666)
        case "deleted":
            path.unlink()
        case _:
            path.rename(tmp_path / "other")
            path.symlink_to(tmp_path / "other")
    assert ["one"] == builds.again()
    assert (content, 0o100644) == (path.read_bytes(), path.lstat().st_mode)


def test_a_stamped_artifact_equals_one_made_at_once():
    template = SiteTemplate((page("one"), FileTemplate(PurePosixPath("a.js"), (b"code",), "text/javascript")))
    at_once, when_asked = stamp_fields(template, dict(TEXTS)), stamp_when_asked(template, TEXTS)
    assert at_once == when_asked
    assert when_asked == at_once
    assert set(at_once) == set(when_asked)
    assert [False, True] == [artifact.is_shared for artifact in when_asked]
    assert when_asked[0] != page("one")
    assert isinstance(when_asked[0], StampedArtifact)
