"""Galleries compared: what changed comes first, the largest first; a hostile reference is read within bounds."""

import os
import zipfile
from pathlib import PurePosixPath

import pytest

from tests.studio.small_pictures import png, shot, view, write_gallery
from themekit.diagnostics import Span
from themekit.model import Mode
from themekit.studio.pictures.comparing import Kind, change_diagnostics, compare, percent
from themekit.studio.pictures.folder import NoGalleryError, staged
from themekit.studio.pictures.gallery import verdict, write_pages
from themekit.studio.pictures.index import Index, write_index
from themekit.studio.pictures.reference import open_reference

BLACK = (0, 0, 0)
SAME, LITTLE, MUCH, NEW, GONE = (view(f"{name}.html") for name in ("same", "little", "much", "new", "gone"))
ONE_DOT = png(dots=[((0, 0), BLACK)])
FOUR_DOTS = png(dots=[((x, 0), BLACK) for x in range(4)])
BEFORE = {view_: png() for view_ in (SAME, LITTLE, MUCH, GONE)}
NOW = {SAME: png(), LITTLE: ONE_DOT, MUCH: FOUR_DOTS, NEW: png()}


def compared(folder, now=NOW, wanted=None, threshold=0.0):
    reference, mistakes = open_reference(folder)
    assert () == mistakes
    saved = {}
    shots = [shot(each, content) for each, content in now.items()]
    result = compare(
        shots,
        lambda each: now[each.view],
        reference=reference,
        wanted=[*BEFORE, *now] if wanted is None else wanted,
        threshold=threshold,
        save=saved.__setitem__,
    )
    return result, saved


def test_changes_in_order(tmp_path):
    write_gallery(tmp_path, BEFORE)
    result, saved = compared(tmp_path)
    assert [(Kind.CHANGED, MUCH), (Kind.CHANGED, LITTLE), (Kind.ADDED, NEW), (Kind.REMOVED, GONE)] == [
        (change.kind, change.view) for change in result.changes
    ]
    assert [0.04, 0.01, 1.0, 1.0] == [change.share for change in result.changes]
    assert "2 changed, 1 new, 1 gone, 1 the same" == verdict(result)
    changed = [
        f"{kind}/acme/{name}.light.1280x800.png" for name in ("much", "little") for kind in ("before", "difference")
    ]
    assert {*changed, "before/acme/gone.light.1280x800.png"} == saved.keys()


def test_a_threshold_lets_a_little_pass(tmp_path):
    write_gallery(tmp_path, BEFORE)
    result, _ = compared(tmp_path, threshold=0.01)
    assert [MUCH] == [change.view for change in result.changes if change.kind is Kind.CHANGED]
    assert 1 == result.below
    assert verdict(result).endswith("1 below the threshold")


def test_another_size_has_changed_whatever_the_threshold(tmp_path):
    write_gallery(tmp_path, {SAME: png()})
    result, _ = compared(tmp_path, now={SAME: png(10, 11)}, threshold=1.0, wanted=())
    assert [Kind.CHANGED] == [change.kind for change in result.changes]


def test_earlier_pictures_that_were_not_wanted_are_not_gone(tmp_path):
    write_gallery(tmp_path, BEFORE)
    result, _ = compared(tmp_path, now={SAME: png()}, wanted=[SAME])
    assert () == result.changes


def test_one_diagnostic_for_each_page(tmp_path):
    dark = view("much.html", Mode.DARK)
    write_gallery(tmp_path, BEFORE | {dark: png()})
    result, _ = compared(tmp_path, now={**NOW, dark: ONE_DOT})
    found = list(change_diagnostics(result, lambda _, page: Span(PurePosixPath("docs_src") / page, 1, 1)))
    assert [
        "`much.html` of `acme` looks different in light 1280x800, dark 1280x800: 4.00 % of its pixels",
        "`little.html` of `acme` looks different in light 1280x800: 1.00 % of its pixels",
        "`new.html` of `acme` is new: there is no earlier picture of light 1280x800",
        "`gone.html` of `acme` is gone: there is an earlier picture of light 1280x800",
    ] == [each.message for each in found]


@pytest.mark.parametrize(("share", "text"), [(0, "0.00 %"), (1e-9, "<0.01 %"), (0.0123, "1.23 %"), (1, "100 %")])
def test_a_share_is_never_said_to_be_zero_if_it_is_not(share, text):
    assert text == percent(share)


def zipped(folder, path, prefix=""):
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, prefix + file.relative_to(folder).as_posix())
    return path


@pytest.mark.parametrize("prefix", ["", "shots/"])
def test_a_zip_is_read_as_its_folder(tmp_path, prefix):
    folder = tmp_path / "gallery"
    folder.mkdir()
    write_gallery(folder, BEFORE)
    result, _ = compared(zipped(folder, tmp_path / "gallery.zip", prefix))
    assert "2 changed, 1 new, 1 gone, 1 the same" == verdict(result)


def test_a_reference_that_is_none(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.zip").write_text("no zip")
    zipped(tmp_path / "empty", tmp_path / "empty.zip")
    for name, message in (
        ("empty", "this is no gallery of pictures: its `index.json` is missing"),
        ("empty.zip", "this is no gallery of pictures: its `index.json` is missing"),
        ("text.zip", "this is neither a folder nor a zip that can be read"),
    ):
        reference, (mistake,) = open_reference(tmp_path / name)
        assert reference is None
        assert ("invalid-gallery", message) == (mistake.code, mistake.message)


def test_links_that_lead_out_and_pipes_are_not_followed(tmp_path):
    """A pipe would never end; a link would put a file of this machine into the report."""
    folder, secret = tmp_path / "gallery", tmp_path / "secret.png"
    folder.mkdir()
    secret.write_bytes(png())
    write_gallery(folder, BEFORE)
    for of, make in ((SAME, lambda path: path.symlink_to(secret)), (LITTLE, os.mkfifo)):
        file = folder / shot(of).file
        file.unlink()
        make(file)
    result, _ = compared(folder)
    assert ["this picture cannot be compared: it is missing, or too large"] * 2 == [m.message for m in result.mistakes]


def test_a_bomb_is_not_inflated(tmp_path):
    folder = tmp_path / "gallery"
    folder.mkdir()
    write_gallery(folder, {SAME: png()})
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "index.json", "index.json")
        archive.writestr(shot(SAME).file, bytes(30_000_000))
    result, _ = compared(path, now={SAME: png()})
    assert ["this picture cannot be compared: it is missing, or too large"] == [m.message for m in result.mistakes]


def test_a_picture_that_is_none_is_a_mistake(tmp_path):
    write_gallery(tmp_path, {SAME: b"\x89PNG\r\n\x1a\nnonsense"})
    result, _ = compared(tmp_path, now={SAME: png()})
    (mistake,) = result.mistakes
    assert mistake.message.startswith("this picture cannot be compared: its header is damaged")


def test_a_gallery_replaces_a_gallery_and_nothing_else(tmp_path):
    target = tmp_path / "shots"
    for _ in range(2):
        with staged(target) as gallery:
            shots = (shot(SAME, png()),)
            gallery.save(shots[0].file, png())
            write_pages(Index("Chromium", shots), None, save=gallery.save)
            gallery.save("index.json", write_index(Index("", shots, ("gallery.css", "gallery.js", "index.html"))))
    (target / "notes.txt").write_text("mine")
    with pytest.raises(NoGalleryError, match=r"`notes\.txt`"), staged(target):
        pass
    assert "mine" == (target / "notes.txt").read_text()
    assert ["shots"] == [path.name for path in tmp_path.iterdir()]


def test_a_run_that_fails_leaves_the_gallery(tmp_path):
    target = tmp_path / "shots"
    target.mkdir()
    write_gallery(target, {SAME: png()})
    before = sorted(path.name for path in target.rglob("*"))

    def interrupted():
        with staged(target) as gallery:
            gallery.save("x.png", b"x")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert before == sorted(path.name for path in target.rglob("*"))
    assert ["shots"] == [path.name for path in tmp_path.iterdir()]


def test_names_of_others_are_escaped_in_the_pages():
    odd = view("<b>&'.html")
    saved = {}
    write_pages(Index("<i>", (shot(odd, png()),)), None, save=saved.__setitem__)
    assert b"<b>" not in saved["index.html"]
    assert b"<i>" not in saved["index.html"]
