"""`themekit check --a11y`: every pair of the contract, in every mode, for people and for programs."""

import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from themekit.build.brands import tokens
from themekit.build.project import Project
from themekit.cli.main import run
from themekit.model import BrandId, Mode, SourceFile
from themekit.resolve.contract import contract
from themekit.targets.contrast import TARGET

GOOD = {"name": "Acme", "color": {"primary": "#0b5fff"}}
FAINT = GOOD | {"tokens": {"color": {"$type": "color", "text-muted": {"$value": "#8a8f98"}}}}
SETTINGS = """\
site_name: x
docs_dir: docs_src
theme: {name: material}
markdown_extensions: [themekit]
plugins: [themekit]
"""


@pytest.fixture
def project(tmp_path):
    def made(**brands):
        for brand, fields in brands.items():
            (tmp_path / "brands" / brand).mkdir(parents=True)
            (tmp_path / "brands" / brand / "brand.json").write_text(json.dumps(fields), encoding="utf-8")
        (tmp_path / "docs_src").mkdir()
        (tmp_path / "docs_src/index.md").write_text("# Hello\n", encoding="utf-8")
        (tmp_path / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
        return tmp_path

    return made


def check(root, *words):
    return run(["check", "--project", str(root), *words])


def test_every_pair_in_every_mode_for_people(project, capsys):
    """A row a pair, and in each the figures of four modes; nothing is marked where all is good."""
    root = project(acme=GOOD)
    assert 0 == check(root, "--a11y")
    verdict, head, *rows = capsys.readouterr().out.splitlines()
    ids = {token.id for token in Project(root.resolve()).engine.get(tokens, BrandId("acme"))}
    there = [(pair.text, pair.ground) for pair in contract() if {pair.text, pair.ground} <= ids]
    assert f"acme: {len(there)} pairs in 4 modes, all {4 * len(there)} reach their floor" == verdict
    assert ["text", "ground", "needs", *Mode] == head.split()
    assert there == [tuple(row.split()[:2]) for row in rows]
    figures = [re.findall(r"-?\d+\.\d+", row.split(maxsplit=3)[3]) for row in rows]
    assert {8} == {len(each) for each in figures}
    assert all("!" not in row for row in rows)


def test_an_override_that_is_too_faint_is_marked_and_ends_with_1(project, capsys):
    assert 1 == check(project(acme=FAINT), "--a11y")
    shown = capsys.readouterr()
    assert "5 of 1168 are below their floor" in shown.out
    marked = [line.split()[:2] for line in shown.out.splitlines() if "!" in line]
    grounds = ("page", "surface", "surface-raised", "surface-sunken", "neutral.3")
    assert [["color.text-muted", f"color.{ground}"] for ground in grounds] == marked
    assert "error[low-contrast]" in shown.err


def test_columns_are_aligned(project, capsys):
    check(project(acme=FAINT), "--a11y")
    _, head, *rows = capsys.readouterr().out.splitlines()
    starts = [head.index(f" {mode}") + 1 for mode in Mode]
    assert all(row[start - 1] == " " and row[start] in "! " for row in rows for start in starts)


def test_programs_get_what_the_report_of_the_theme_says(project, capsys):
    """The pairs are in the one object; of each brand they are those of `theme/contrast.json`, made by another way."""
    root = project(acme=GOOD, faint=FAINT)
    assert 1 == check(root, "--a11y", "--format", "json")
    document = json.loads(capsys.readouterr().out)
    engine = Project(root.resolve()).engine
    for brand in ("acme", "faint"):
        resolved = engine.get(tokens, BrandId(brand))
        files = {str(file.path): file.content for file in TARGET.emit(resolved, contrast_options())}
        expected = [{"brand": brand, **pair} for pair in json.loads(files["theme/contrast.json"])["pairs"]]
        assert expected == [pair for pair in document["contrast"] if pair["brand"] == brand]
    assert ["low-contrast"] == [each["code"] for each in document["diagnostics"]]
    assert [True, False] == [
        all(pair["passes"] for pair in document["contrast"] if pair["brand"] == brand) for brand in ("acme", "faint")
    ]


def contrast_options():
    """Those of a build, with its templates."""
    data = Path(__file__).parents[2] / "themekit/data"
    sources = [SourceFile(PurePosixPath("@themekit") / path, (data / path).read_bytes()) for path in TARGET.sources]
    return replace(TARGET.options, sources=tuple(sources))


def test_only_the_brands_that_are_named_are_shown(project, capsys):
    assert 0 == check(project(acme=GOOD, faint=FAINT), "acme", "--a11y")
    shown = capsys.readouterr().out
    assert "acme: " in shown
    assert "faint: " not in shown


def test_a_brand_whose_tokens_are_wrong_has_no_pairs(project, capsys):
    """Nothing is guessed of colours that are not known, and the others are shown all the same."""
    wrong = GOOD | {"tokens": {"color": {"text": {"$value": "{color.nope}"}}}}
    assert 1 == check(project(acme=GOOD, wrong=wrong), "--a11y")
    shown = capsys.readouterr()
    assert "acme: 292 pairs" in shown.out
    assert "wrong: " not in shown.out
    assert "wrong: its tokens could not be resolved, so there are no pairs to show" in shown.err


def test_without_the_option_nothing_is_printed(project, capsys):
    root = project(acme=GOOD)
    assert 0 == check(root)
    assert "" == capsys.readouterr().out
    check(root, "--format", "json")
    assert "contrast" not in json.loads(capsys.readouterr().out)


def test_gradients_are_in_the_table_or_named_below_it(project, capsys):
    stops = [{"color": "#101840", "position": 0}, {"color": "#2350f5", "position": 1}]
    own = {
        "gradient": {"$type": "gradient", "hero": {"$value": stops}, "bare": {"$value": stops}},
        "color": {"on-hero": {"$type": "color", "$value": "#ffffff"}},
    }
    root = project(acme=GOOD | {"tokens": own})
    assert 0 == check(root, "--a11y")
    lines = capsys.readouterr().out.splitlines()
    assert "not judged: text on `gradient.bare`, as no colour is named for it" == lines[-1]
    assert ["color.on-hero", "gradient.hero", "4.5", "5.93"] == lines[-2].split()[:4]
    assert 0 == check(root, "--a11y", "--format", "json")
    assert [{"brand": "acme", "gradient": "gradient.bare"}] == json.loads(capsys.readouterr().out)["unjudged"]


def test_a_floor_that_is_missed_is_marked_and_counted(project, capsys):
    """It is a warning, so the check passes."""
    colors = {"primary": "#e4573d", "options": {"textLc": 85}}
    root = project(acme={"name": "Acme", "color": colors})
    assert 0 == check(root, "--a11y")
    head, *rows = capsys.readouterr().out.splitlines()
    count = sum(row.count("~") for row in rows)
    assert count > 0
    assert re.search(rf", {count} of \d+ texts miss the Lc that is asked for$", head)
