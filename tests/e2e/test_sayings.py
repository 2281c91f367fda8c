"""What the command line says while it works, of arguments that it cannot take, and of names from outside."""

import os
import shutil
from dataclasses import replace

import pytest


@pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
def test_verify_refuses_what_is_no_regular_file(place, name):
    """It would wait for a writer for ever, or read without end."""
    if name == "pipe":
        os.mkfifo(place.root / name)
    done = place.run("verify", name)
    assert 4 == done.code
    assert f"{name}:1:1: error[bundle-not-a-zip]: the bundle is no regular file" in done.err


def test_verify_takes_no_folder(place):
    assert 2 == place.run("verify", "docs_src").code


HOSTILE = "a\x1b]0;owned\x07\nb"


@pytest.fixture
def hostile(place):
    """The name of a brand's folder that would write to the terminal."""
    (place.root / "brands/acme").rename(place.root / "brands" / HOSTILE)
    return place


def test_names_of_brands_are_escaped_in_usage_errors(hostile):
    done = hostile.run("build", "nope")
    assert 2 == done.code
    assert "no brand is named `nope`; the brands are: `a\\u001b]0;owned\\u0007\\nb`, `lagoon`" in done.err
    assert 2 == hostile.run("check", "x\x1b[2J").code
    assert "no brand is named `x\\u001b[2J`" in hostile.run("check", "x\x1b[2J").err


def test_names_of_brands_are_escaped_in_the_summary(hostile):
    done = hostile.run("build", "--only", "theme")
    assert 1 == done.code
    assert "; a\\u001b]0;owned\\u0007\\nb failed\n" in done.err
    assert "\x1b" not in done.err
    assert "; a\\u001b]0;owned\\u0007\\nb failed\n" in hostile.run("package").err


def test_names_of_folders_are_escaped_elsewhere(place):
    init = place.run("init", "new\x1b[2J")
    assert 0 == init.code
    assert "files to new\\u001b[2J\n" in init.err
    assert "\x1b" not in init.err
    again = place.run("init", "new\x1b[2J")
    assert (2, False) == (again.code, "\x1b" in again.err)
    assert 0 == place.run("package", "acme").code
    bundle = place.root / "build/dist/acme-1.0.0.zip"
    shutil.copy(bundle, place.root / "b\x1b[2J.zip")
    verified = place.run("verify", "b\x1b[2J.zip")
    assert verified.err.startswith("b\\u001b[2J.zip: verified\n")
    assert (0, False) == (verified.code, "\x1b" in verified.err)
    assert "\x1b" not in place.run("verify", "b\x1b[2J.zip", "--format", "json").out
    missing = place.run("verify", "c\x1b[2J.zip")
    assert (2, False) == (missing.code, "\x1b" in missing.err)


def test_the_path_of_an_output_that_cannot_be_written_is_escaped(place):
    moved = place.root.rename(place.root.with_name("p\x1b[2J"))
    shutil.rmtree(moved / "build/acme")
    (moved / "build/acme").write_text("in the way")
    done = replace(place, root=moved).run("build", "acme", "--only", "theme")
    assert 5 == done.code
    assert "p\\u001b[2J/build/acme" in done.err
    assert "\x1b" not in done.err


def test_progress_is_plain_lines_where_nobody_watches(place):
    said = place.run("build", "acme", "--only", "theme").err.splitlines()
    assert ["writing acme"] == said[:-1]
    assert "" == place.run("build", "acme", "--only", "theme", "-q").err
