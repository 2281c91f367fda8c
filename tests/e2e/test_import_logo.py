"""`themekit import logo` on a disk: the brand file it prints is one, and what is hostile is refused."""

import json

import pytest

from themekit.cli.exit_code import Exit
from themekit.cli.main import run

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="9" height="9" fill="#ffd60a"/>'
    '<rect x="10" width="2" height="9" fill="#0b5fff"/></svg>'
)
HOSTILE = {
    "entities.svg": '<!DOCTYPE a [<!ENTITY b "c">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&b;</svg>',
    "text.svg": "no picture at all",
    "deep.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
    "cut.png": "\x89PNG\r\n\x1a\n\x00\x00",
    "empty.png": "",
    "blank.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme-pay_logo.svg").write_text(SVG, encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_brand_file_is_printed_and_contrast_is_told_of(capsys):
    assert Exit.GOOD == run(["import", "logo", "acme-pay_logo.svg"])
    shown = capsys.readouterr()
    colors = {"primary": "#ffd60a", "accent": "#0b5fff"}
    expected = {"name": "Acme Pay", "color": colors, "logos": {"light": "acme-pay_logo.svg"}}
    assert expected == json.loads(shown.out)
    assert "primary #ffd60a: 1.38:1 on light pages, so it gets an outline there" in shown.err


def test_the_file_is_written_once(folder):
    assert Exit.GOOD == run(["import", "logo", "acme-pay_logo.svg", "--name", "Böl & Co", "--out", "b/brand.json"])
    assert "Böl & Co" == json.loads((folder / "b/brand.json").read_text(encoding="utf-8"))["name"]
    assert Exit.USAGE == run(["import", "logo", "acme-pay_logo.svg", "--out", "b/brand.json"])


def test_a_file_without_a_name_of_its_own_has_its_folders(folder, capsys):
    (folder / "harrow").mkdir()
    (folder / "harrow/logo.svg").write_text(SVG, encoding="utf-8")
    assert Exit.GOOD == run(["import", "logo", "harrow/logo.svg"])
    assert "Harrow" == json.loads(capsys.readouterr().out)["name"]


@pytest.mark.usefixtures("folder")
def test_a_name_that_no_brand_can_have_is_a_mistake(capsys):
    assert Exit.MISTAKES == run(["import", "logo", "acme-pay_logo.svg", "--name", "<b>"])
    assert "error[invalid-text]" in capsys.readouterr().err


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_or_broken_is_refused(folder, capsys, name):
    (folder / name).write_text(HOSTILE[name], encoding="latin-1")
    assert Exit.MISTAKES == run(["import", "logo", name])
    shown = capsys.readouterr()
    assert "" == shown.out
    assert f"{name}:" in shown.err
    assert "error[invalid-" in shown.err


def test_a_picture_of_another_kind_than_its_name_is_refused(folder, capsys):
    (folder / "logo.png").write_text(SVG, encoding="utf-8")
    assert Exit.MISTAKES == run(["import", "logo", "logo.png", "--format", "json"])
    assert ["invalid-image"] == [one["code"] for one in json.loads(capsys.readouterr().out)["diagnostics"]]
