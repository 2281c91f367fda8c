"""Hosts: the one in memory, the overlay, and the one on disk against what a partner's folder may hold."""

import itertools
import os
import threading
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.engine import DiskHost, MemoryHost, OverlayHost, UnreadableInput

OUTSIDE = "root:x:0:0"
P = PurePosixPath


@pytest.fixture
def project(tmp_path):
    """A project folder, beside a file that is none of its business."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "passwd").write_text(OUTSIDE)
    root = tmp_path / "project"
    (root / "brands" / "acme" / "fonts").mkdir(parents=True)
    (root / "brands" / "acme" / "brand.json").write_text("{}")
    (root / "brands" / "zeta").mkdir()
    return root


def refusal(host, path: str) -> str:
    with pytest.raises(UnreadableInput) as caught:
        host.read(P(path))
    assert P(path) == caught.value.path
    assert OUTSIDE not in str(caught.value)
    return caught.value.reason


def test_memory_host_reads_and_lists():
    host = MemoryHost({"b.md": "ä", "a/x": b"1", "a/b/y": b"2"}, variables={"CI": "1"})
    assert "ä".encode() == host.read(P("b.md"))
    assert host.read(P("a")) is None
    assert ("a/", "b.md") == host.list(P())
    assert ("b/", "x") == host.list(P("a"))
    assert () == host.list(P("none"))
    assert ("1", None) == (host.environment("CI"), host.environment("HOME"))
    host.delete("a/b/y")
    assert ("x",) == host.list(P("a"))


names = st.sampled_from(["a", "b", "f/a", "f/b", "f/g/c", "g/a"])
files = st.dictionaries(names, st.binary(max_size=2))


@given(before=files, after=files)
def test_an_overlay_looks_like_the_files_it_stands_for(before, after):
    """Law: base + changes == a host of the changed files, in every read and every listing."""
    changes = {P(name): after.get(name) for name in before | after if before.get(name) != after.get(name)}
    overlay, expected = OverlayHost(MemoryHost(before, variables={"A": "b"}), changes), MemoryHost(after)
    for name in before | after:
        assert expected.read(P(name)) == overlay.read(P(name))
        for folder in P(name).parents:
            assert expected.list(folder) == overlay.list(folder)
    assert "b" == overlay.environment("A")


@pytest.mark.parametrize(
    "path", ["../secret/passwd", "/etc/passwd", "brands/../../secret/passwd", "..", "a\0b", "a\\b"]
)
def test_paths_that_are_no_project_paths_are_refused_by_every_host(path, project):
    for host in (DiskHost(project), MemoryHost(), OverlayHost(MemoryHost(), {})):
        refusal(host, path)
        with pytest.raises(UnreadableInput):
            host.list(P(path))


def test_disk_host_reads_and_lists(project, monkeypatch):
    monkeypatch.setenv("THEMEKIT_BRAND", "acme")
    host = DiskHost(project)
    assert b"{}" == host.read(P("brands/acme/brand.json"))
    assert host.read(P("brands/acme/gone.json")) is None
    assert host.read(P("brands/acme/brand.json/below")) is None
    assert ("acme/", "zeta/") == host.list(P("brands"))
    assert ("brand.json", "fonts/") == host.list(P("brands/acme"))
    assert () == host.list(P("gone"))
    assert () == host.list(P("brands/acme/brand.json"))
    assert ("brands/",) == host.list(P())
    assert ("acme", None) == (host.environment("THEMEKIT_BRAND"), host.environment("THEMEKIT_NONE"))
    assert "it is a folder" == refusal(host, "brands/acme")


def test_the_project_itself_may_be_reached_over_a_link(project):
    link = project.with_name("link")
    link.symlink_to(project)
    assert b"{}" == DiskHost(link).read(P("brands/acme/brand.json"))


@pytest.mark.parametrize(
    "target",
    [
        "{secret}/passwd",
        "../../../secret/passwd",
        "../../../secret/none",
        "../../../../../../../../../../etc/passwd",
        "/etc/passwd",
        "/",
        "fonts/../../../../secret/passwd",
    ],
)
def test_a_link_out_of_the_project_is_refused_whether_or_not_its_target_exists(target, project):
    (project / "brands/acme/logo.svg").symlink_to(target.format(secret=project.parent / "secret"))
    assert "it leaves the project" == refusal(DiskHost(project), "brands/acme/logo.svg")


def test_a_folder_that_is_a_link_out_of_the_project_is_refused(project):
    (project / "brands/acme/docs").symlink_to("../../../secret")
    host = DiskHost(project)
    assert "it leaves the project" == refusal(host, "brands/acme/docs/passwd")
    assert ("brand.json", "docs", "fonts/") == host.list(P("brands/acme"))
    with pytest.raises(UnreadableInput):
        host.list(P("brands/acme/docs"))


def test_links_within_the_project_are_followed(project):
    (project / "brands/zeta/brand.json").symlink_to("../acme/brand.json")
    (project / "brands/zeta/fonts").symlink_to("./../acme/fonts")
    (project / "brands/acme/fonts/x.woff2").write_bytes(b"wOF2")
    (project / "brands/zeta/gone").symlink_to("nowhere")
    host = DiskHost(project)
    assert b"{}" == host.read(P("brands/zeta/brand.json"))
    assert b"wOF2" == host.read(P("brands/zeta/fonts/x.woff2"))
    assert host.read(P("brands/zeta/gone")) is None
    assert ("brand.json", "fonts/", "gone") == host.list(P("brands/zeta"))


def test_links_in_a_circle_are_refused(project):
    (project / "one").symlink_to("two")
    (project / "two").symlink_to("one")
    assert "symbolic links" in refusal(DiskHost(project), "one")
    assert ("brands/", "one", "two") == DiskHost(project).list(P())


@pytest.mark.parametrize(
    ("link", "target", "asked"),
    [
        ("brands/acme/docs", ".", "brands/acme/docs"),
        ("brands/acme/up", "..", "brands/acme/up/acme/brand.json"),
        ("brands/zeta/other", "../acme/fonts", "brands/zeta/other/back/fonts"),
    ],
)
def test_a_link_to_a_folder_that_it_is_in_is_refused(project, link, target, asked):
    """Two of them in one folder would be a million folders, twenty links deep."""
    (project / link).symlink_to(target)
    (project / "brands/acme/fonts/back").symlink_to("..")
    host = DiskHost(project)
    assert "it leads back to a folder that it is in" == refusal(host, asked)
    assert "back" in host.list(P("brands/acme/fonts"))
    assert "fonts/" in host.list(P("brands/acme"))


def test_a_link_exchanged_while_reading_never_shows_the_outside(project):
    """PATH-21: between a check and its use a link could be turned around; here there is nothing in between."""
    link, good, bad = (project / "brands/acme" / name for name in ("logo.svg", "good.svg", "bad.svg"))
    good.write_text("<svg/>")
    bad.symlink_to("../../../secret/passwd")
    host, seen, stop = DiskHost(project), set(), threading.Event()

    def turn() -> None:
        for number in itertools.count():
            if stop.is_set():
                return
            spare = link.with_name("spare")
            spare.symlink_to("good.svg" if number % 2 else "../../../secret/passwd")
            spare.replace(link)

    thread = threading.Thread(target=turn)
    thread.start()
    for _ in range(400):
        try:
            seen.add(host.read(P("brands/acme/logo.svg")))
        except UnreadableInput as error:
            seen.add(error.reason)
    stop.set()
    thread.join()
    assert seen <= {b"<svg/>", None, "it leaves the project"}


def test_a_fifo_is_refused_and_does_not_hang(project):
    os.mkfifo(project / "brands/acme/logo.svg")
    host = DiskHost(project)
    assert "it is not a regular file" == refusal(host, "brands/acme/logo.svg")
    assert "logo.svg" in host.list(P("brands/acme"))


def test_a_file_above_the_limit_is_refused(project):
    (project / "big").write_bytes(b"x" * (1 << 20))
    assert 1 << 20 == len(DiskHost(project, max_bytes=1 << 20).read(P("big")) or b"")
    (project / "big").write_bytes(b"x" * ((1 << 20) + 1))
    assert "it is larger than 1 MiB" == refusal(DiskHost(project, max_bytes=1 << 20), "big")


def test_a_name_too_long_is_refused_with_the_systems_words(project):
    assert "file name too long" == refusal(DiskHost(project), "x" * 300)


def test_a_file_that_may_not_be_read_is_refused(project, monkeypatch):
    """By an injected error: root, as which containers run, may read everything."""
    real = os.open

    def refuse(path, *args, **kwargs):
        if path == "brand.json":
            raise PermissionError(13, "Permission denied", path)
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    assert "permission denied" == refusal(DiskHost(project), "brands/acme/brand.json")


def test_a_file_that_never_holds_still_is_refused(project, monkeypatch):
    real, times = os.fstat, itertools.count()

    def fstat(descriptor):
        os.utime(descriptor, ns=(0, next(times)))
        return real(descriptor)

    monkeypatch.setattr(os, "fstat", fstat)
    assert "it keeps changing while it is read" == refusal(DiskHost(project), "brands/acme/brand.json")


def test_no_descriptor_is_left_open(project):
    """A build reads thousands of files; one descriptor left for each would end it."""
    (project / "brands/acme/logo.svg").symlink_to("../../../secret/passwd")
    host = DiskHost(project)
    before = list(Path("/dev/fd").iterdir())
    host.read(P("brands/acme/brand.json"))
    host.list(P("brands/acme"))
    refusal(host, "brands/acme/logo.svg")
    refusal(host, "brands/acme")
    assert host.read(P("brands/none/brand.json")) is None
    assert len(before) == len(list(Path("/dev/fd").iterdir()))


def test_installed_fonts_and_our_own_files_are_mounted(project):
    host = DiskHost(project)
    assert "inter/" in host.list(P("@fonts"))
    assert {"Inter[opsz,wght].ttf", "LICENSE", "metadata.json"} <= set(host.list(P("@fonts/inter")))
    assert (host.read(P("@fonts/inter/Inter[opsz,wght].ttf")) or b"").startswith(b"\0\1\0\0")
    assert b"SIL OPEN FONT LICENSE" in (host.read(P("@fonts/inter/LICENSE")) or b"").upper()
    assert b'"slug": "jetbrains-mono"' in (host.read(P("@fonts/jetbrains-mono/metadata.json")) or b"")
    assert host.read(P("@fonts/inter/__init__.py")) is None
    assert host.read(P("@fonts/no-such-family/x.ttf")) is None
    assert b"@import" in (host.read(P("@themekit/scss/components.scss")) or b"")
    assert "scss/" in host.list(P("@themekit"))
    assert "__pycache__/" not in host.list(P("@themekit"))
    assert ("brands/",) == host.list(P())


def test_mounts_are_trusted_and_may_be_links(project, tmp_path):
    """Some installers link every file of a package to a store of theirs."""
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "x.ttf").symlink_to(tmp_path / "secret" / "passwd")
    host = DiskHost(project, lambda: {"@fonts/x": tmp_path / "package", "@fonts/x/LICENSE": tmp_path / "none"})
    assert OUTSIDE.encode() == host.read(P("@fonts/x/x.ttf"))
    assert ("x/",) == host.list(P("@fonts"))
    assert ("LICENSE", "x.ttf") == host.list(P("@fonts/x"))
    assert host.read(P("@fonts/x/LICENSE")) is None
    assert host.read(P("@other/x")) is None


def test_mounts_are_looked_up_only_when_needed(project):
    """Reading the metadata of all installed packages costs 15 ms."""
    asked = []

    def mounts() -> dict[str, Path]:
        asked.append(1)
        return {}

    host = DiskHost(project, mounts)
    host.read(P("brands/acme/brand.json"))
    host.list(P())
    assert [] == asked
    host.read(P("@themekit/x"))
    assert asked
