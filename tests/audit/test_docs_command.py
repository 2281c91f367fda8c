"""`themekit docs audit` in a project of its own: the gate, the formats, and what counts."""

import json

import pytest
from click import UsageError
from click.testing import CliRunner

from tests.build.test_reference import API
from themekit.cli.exit_code import Exit
from themekit.cli.main import command

BRAND = '{"name": "Acme", "color": {"primary": "#0b5fff"}}'
QUICK = ("--without-site", "--without-samples")
BARE = API.replace("      summary: List payouts\n", "")


@pytest.fixture
def root(tmp_path):
    files = {"brands/acme/brand.json": BRAND, "docs_src/index.md": "# Home\n", "docs_src/api/openapi.yaml": API}
    for path, text in files.items():
        write(tmp_path, path, text)
    return tmp_path


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def run(root, *arguments):
    done = CliRunner().invoke(command, ["docs", "audit", *arguments, "--project", str(root)], standalone_mode=False)
    if done.exception is not None:
        return done.exception
    return done.return_value, done.stdout, done.stderr


def test_what_is_documented_passes(root):
    code, out, err = run(root, *QUICK)
    assert Exit.GOOD == code
    assert "100.0 % of 2 operations reach L2, 95 % is the least: enough\n" in out
    assert "" == err


def test_below_the_least_it_ends_with_1_and_says_where(root):
    write(root, "docs_src/api/openapi.yaml", BARE)
    code, out, err = run(root, *QUICK)
    assert Exit.MISTAKES == code
    assert "50.0 % of 2 operations reach L2, 95 % is the least: too little\n" in out
    assert "docs_src/api/openapi.yaml:15:5: warning[undocumented-operation]: `GET /payouts`" in err
    assert "docs_src/api/openapi.yaml:15:5: warning[operation-without-summary]" in err
    assert Exit.GOOD == run(root, *QUICK, "--min", "50")[0]
    assert Exit.MISTAKES == run(root, *QUICK, "--min", "50", "--strict")[0]


def test_a_higher_level_asks_for_more(root):
    code, out, err = run(root, *QUICK, "--level", "L3")
    assert Exit.MISTAKES == code
    assert "0.0 % of 2 operations reach L3" in out
    assert "`GET /payments` has not an example of the answer 200, which L3 asks for" in err


def test_json_has_everything_in_one_object(root):
    write(root, "docs_src/api/openapi.yaml", BARE)
    code, out, err = run(root, *QUICK, "--format", "json")
    document = json.loads(out)
    assert (Exit.MISTAKES, "") == (code, err)
    assert (False, 2, 50.0) == (document["passed"], document["total"]["operations"], document["total"]["L2"])
    assert ["operation-without-summary"] == [each["code"] for each in document["rules"]]
    (_, payouts) = document["operations"]
    assert ("listPayouts", 15) == (payouts["id"], payouts["missing"][0]["line"])


def test_an_operation_that_no_site_shows_does_not_count(root):
    """The project has no mkdocs.yml, and so no site."""
    code, out, err = run(root, "--without-samples")
    assert Exit.MISTAKES == code
    assert "0.0 % of 2 operations reach L2" in out
    assert "`GET /payments` has not a place on a page of the built site, which L1 asks for" in err


def test_samples_that_nobody_compiled_do_not_count(root):
    code, out, err = run(root, "--without-site")
    assert Exit.MISTAKES == code
    assert "0.0 % of 2 operations reach L2" in out
    assert "warning[unchecked-samples]: 2 of 2 samples in python were not compiled since they were made" in err
    assert "that was compiled" not in err, "it is told once for each language, and not for each operation again"


def test_a_description_with_an_error_ends_with_1(root):
    write(root, "docs_src/api/openapi.yaml", "openapi: 2.0\n")
    code, out, err = run(root, *QUICK)
    assert (Exit.MISTAKES, "") == (code, out)
    assert "error[invalid-openapi]" in err


def test_a_project_without_a_description_is_a_wrong_use(root):
    (root / "docs_src/api/openapi.yaml").unlink()
    assert isinstance(run(root, *QUICK), UsageError)
