"""What SHA256SUMS lists beside the bundles of this run."""

import pytest

from themekit.build import dist
from themekit.build.project import Project
from themekit.bundle import SUMS_NAME
from themekit.model import BrandId


@pytest.fixture
def project(tmp_path):
    project = Project(tmp_path)
    project.dist.mkdir(parents=True)
    (project.dist / "lagoon-1.0.0.zip").write_bytes(b"whole")
    return project


def test_what_a_killed_process_did_not_finish_is_no_bundle(project):
    """The unfinished file of one brand's bundle lies there when another brand alone is packaged."""
    (project.dist / ".stage-acme-1.0.0.zip").write_bytes(b"half")
    dist.write_sums(project, [], shard=None)
    sums = (project.dist / SUMS_NAME).read_text()
    assert ["lagoon-1.0.0.zip"] == [line.split()[-1] for line in sums.splitlines()]


def test_a_folder_that_cannot_be_read_does_not_shorten_the_sums(project, monkeypatch):
    """`Path.glob` finds nothing in it and says nothing, from Python 3.13 on whatever the error."""

    def refuse(*_):
        raise PermissionError(13, "Permission denied", str(project.dist))

    dist.write_sums(project, [], shard=None)
    before = (project.dist / SUMS_NAME).read_bytes()
    made = dist.Packed(BrandId("acme"), project.dist / "acme-1.0.0.zip", "0" * 64, 5)
    monkeypatch.setattr("os.scandir", refuse)
    monkeypatch.setattr("os.listdir", refuse)
    with pytest.raises(PermissionError):
        dist.write_sums(project, [made], shard=None)
    assert before == (project.dist / SUMS_NAME).read_bytes()
