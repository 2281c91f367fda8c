"""`build --verify-render`: what lies in build/ is compared with what mkdocs builds for each brand alone."""

import json

from tests.site.foreign_plugins import install

PAGE = "# Ours\n\nOnly {{ brand.name }} has this.\n"


def turns(place):
    return json.loads((place.root / "build/.cache/verified.json").read_bytes())["turns"]


def test_brands_take_turns_and_all_can_be_verified(place):
    (place.root / "brands/acme/docs").mkdir()
    (place.root / "brands/acme/docs/own.md").write_text(PAGE)
    done = place.run("build", "--verify-render", "1", "--only", "site")
    assert 0 == done.code, done.err
    assert "; 1 brand verified against mkdocs, no difference" in done.err
    (first,) = turns(place)
    assert 0 == place.run("build", "--verify-render", "1", "--shard", "1/1").code
    (second,) = {"acme", "lagoon"} - {first}
    assert {first: 1, second: 2} == turns(place)
    done = place.run("build", "--check", "--verify-render", "9", "-j", "1")
    assert 0 == done.code, done.err
    assert "; 2 brands verified against mkdocs, no difference" in done.err
    assert {"acme": 3, "lagoon": 3} == turns(place)


def test_a_difference_is_an_error_at_its_place(place):
    """A plugin looks for a brand's name in finished pages, which no check of a template can know."""
    settings = place.root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("  - tags\n", "  - tags\n  - brancher\n"))
    path = install(place.root.parent / "installed")
    done = place.run("build", "--verify-render", "2", "--only", "site", PYTHONPATH=path)
    assert 1 == done.code
    end = len((place.root / "build/lagoon/site/index.html").read_text().split("\n"))
    message = "error[render-differs]: the end of the file stands where mkdocs writes `<!-- ours -->` for `lagoon` alone"
    assert f"build/lagoon/site/index.html:{end}:" in done.err
    assert message in done.err
    assert "docs_src/index.md:1:1: note: its page" in done.err
    assert "build/acme" not in done.err
    assert "; 2 brands verified against mkdocs: lagoon differs" in done.err
    assert {"acme": 1} == turns(place)
    found = place.run("build", "--verify-render", "1", "--check", "--format", "ndjson", PYTHONPATH=path)
    assert {"render-differs"} == {json.loads(line)["code"] for line in found.out.splitlines()}


def test_there_must_be_sites_to_verify(place):
    done = place.run("build", "--verify-render", "1", "--only", "theme")
    assert 2 == done.code
    assert "`--verify-render` compares sites" in done.err
