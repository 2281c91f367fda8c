"""A build that changes nothing: quick, and never mistaken for one that would."""

import os
import time

import pytest


def touch_page(place):
    page = place.root / "docs_src/index.md"
    page.write_text(page.read_text() + "\nMore.\n")


def add_page(place):
    (place.root / "docs_src/get-started/more.md").write_text("# More\n")


def drop_page(place):
    (place.root / "docs_src/get-started/quickstart.md").unlink()


def recolour(place):
    brand = place.root / "brands/acme/brand.json"
    brand.write_text(brand.read_text().replace("#0b5fff", "#0b5ffe"))


def add_brand(place):
    folder = place.root / "brands/newly"
    folder.mkdir()
    (folder / "brand.json").write_text('{"name": "Newly", "color": {"primary": "#7a1fa2"}}')


def drop_brand(place):
    for path in (place.root / "brands/lagoon").rglob("*"):
        if path.is_file():
            path.unlink()


def edit_output(place):
    tokens = place.root / "build/acme/theme/tokens.css"
    tokens.write_text(tokens.read_text() + "/* mine */")


def drop_output(place):
    (place.root / "build/lagoon/site/404.html").unlink()


def leave_a_stage(place):
    (place.root / "build/.stage-acme").mkdir()


def damage_the_record(place):
    (record,) = (place.root / "build/.cache/builds").iterdir()
    record.write_bytes(record.read_bytes()[:-1] + b"x")


def drop_the_record_of_a_tree(place):
    (place.root / "build/.cache/outputs/acme.json").unlink()


def loads_makers(place, *arguments):
    """Whether a build loads what makes things, which it does only if it must look closely."""
    done = place.run(*arguments, "-q", PYTHONPROFILEIMPORTTIME="1")
    return done.code, "themekit.build.run" in done.err


@pytest.fixture
def quiet(place):
    """A project whose last build of everything was by the very same command."""
    assert 0 == place.run("build", "-q").code
    return place


def test_nothing_is_loaded_that_makes_anything(quiet):
    assert (0, False) == loads_makers(quiet, "build")
    first, second = quiet.run("build"), quiet.run("build")
    assert "0 written" in first.err
    assert first.err.partition(" in ")[0] == second.err.partition(" in ")[0]


@pytest.mark.parametrize(
    "change",
    [
        touch_page,
        add_page,
        drop_page,
        recolour,
        add_brand,
        drop_brand,
        edit_output,
        drop_output,
        leave_a_stage,
        damage_the_record,
        drop_the_record_of_a_tree,
    ],
    ids=lambda change: change.__name__,
)
def test_a_change_is_seen_and_what_it_leads_to_is_a_clean_build(quiet, change, tmp_path):
    change(quiet)
    code, loaded = loads_makers(quiet, "build")
    assert loaded
    kept = quiet.tree()
    (quiet.root / "build").rename(tmp_path / "before")
    assert code == quiet.run("build", "-q").code
    assert quiet.tree() == kept


def test_other_questions_have_other_answers(quiet):
    """What was remembered of all brands and parts says nothing of one brand, one part, a shard or a comparison."""
    for arguments in (["acme"], ["--only", "theme"], ["--shard", "1/2"], ["--check"]):
        assert (0, True) == loads_makers(quiet, "build", *arguments)
    assert (0, False) == loads_makers(quiet, "build", "acme")
    assert (0, True) == loads_makers(quiet, "build", "--check")


def said(ran):
    """The diagnostics, without progress and summary."""
    return ran.err[ran.err.index("docs_src/") :].partition("built")[0]


def test_warnings_are_said_again(quiet):
    page = quiet.root / "docs_src/index.md"
    page.write_text(page.read_text() + "\n[gone](gone.md)\n")
    first = quiet.run("build")
    second = quiet.run("build")
    assert "warning[" in first.err
    assert said(first) == said(second)
    assert (1, False) == loads_makers(quiet, "build", "--strict")


def test_a_build_with_mistakes_is_not_remembered(quiet):
    brand = quiet.root / "brands/acme/brand.json"
    good = brand.read_text()
    brand.write_text(good.replace('"name"', '"nam"'))
    for _ in range(2):
        done = quiet.run("build")
        assert 1 == done.code
        assert "error[" in done.err
    brand.write_text(good)
    assert (0, False) == loads_makers(quiet, "build")


def test_a_touched_input_of_the_same_content_is_no_change(quiet):
    """Inputs count by their content: a checkout gives all files a new time."""
    for path in (quiet.root / "docs_src").rglob("*.md"):
        os.utime(path, (time.time() + 5, time.time() + 5))
    assert (0, False) == loads_makers(quiet, "build")
