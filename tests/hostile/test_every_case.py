"""Each hostile case of tests/cases has a test that answers it, and those that no other room has are answered here.

`ANSWERS` names, for a whole area or for one case, the tests in which it runs. A case without an answer, a test that is
gone, or a name that answers nothing makes this fail.
"""

import ast
import io
import json
import zipfile
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from tests.gateway.sample_policy import POLICY, changed, read_policy
from themekit.build.brands import files_below
from themekit.bundle import verify_bundle
from themekit.cli.main import run
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import SourceFile
from themekit.site.partner_files import check_partner_file

ROOT = Path(__file__).parents[2]
CASES = {
    case["id"]: case
    for case in json.loads((ROOT / "tests/cases/hostile_inputs.json").read_text(encoding="utf-8"))["cases"]
}
SOURCE = "tests/source/test_hostile.py::test_hostile_input"
HERE = "tests/hostile/test_every_case.py"
VERIFY = "tests/bundle/test_verify.py"
INJECTED = "tests/faults/test_injected_faults.py::test_every_call_may_fail_or_be_the_last"
LIMITS = "tests/faults/test_limits.py"
STORE = "tests/engine/test_store.py"
COMMANDS = "tests/e2e/test_command_line.py"

AREAS = {
    "json": SOURCE,
    "alias": SOURCE,
    "path": SOURCE,
    "css": SOURCE,
    "html": SOURCE,
    "template": SOURCE,
    "yaml": "tests/site/test_checking.py::test_hostile_yaml",
    "svg": "tests/render/test_svg.py::test_hostile_input",
    "image": "tests/render/test_images.py::test_hostile_input",
    "font": "tests/render/test_fonts.py::test_every_hostile_case_is_tried",
    "markdown": "tests/site/test_checking.py::test_hostile_partner_pages",
    "openapi": "tests/source/api/test_hostile.py",
    "gateway": f"{HERE}::test_hostile_policies",
    "download": "tests/downloads/test_hostile_requests.py",
}
ANSWERS = {
    "PATH-19": "tests/engine/test_host.py::test_a_link_out_of_the_project_is_refused_whether_or_not_its_target_exists",
    "PATH-21": "tests/engine/test_host.py::test_a_link_exchanged_while_reading_never_shows_the_outside",
    "PATH-22": "tests/engine/test_host.py::test_a_fifo_is_refused_and_does_not_hang",
    "PATH-34": "tests/build/test_write.py",
    "CSS-28": "tests/render/test_sass.py",
    "TEMPLATE-07": f"{HERE}::test_brands_bring_no_templates",
    "TEMPLATE-09": "tests/site/test_checking.py::test_hostile_templates_stay_literal",
    "MARKDOWN-10": "tests/site/test_page_limits.py::test_hostile_page_of_brackets",
    "BUNDLE-01": f"{VERIFY}::test_changed_content_is_named",
    "BUNDLE-03": f"{VERIFY}::test_missing_member",
    "BUNDLE-04": f"{VERIFY}::test_an_edited_manifest_is_refused",
    "BUNDLE-06": "tests/bundle/test_evidence.py::test_what_is_taken_away_is_missed",
    "BUNDLE-10": f"{VERIFY}::test_another_brands_bundle",
    "BUNDLE-12": f"{VERIFY}::test_unsafe_paths",
    "BUNDLE-13": f"{VERIFY}::test_links_folders_and_pipes",
    "BUNDLE-15": f"{VERIFY}::test_two_names_for_one_member",
    "BUNDLE-16": f"{VERIFY}::test_one_file_twice",
    "BUNDLE-18": f"{VERIFY}::test_a_bomb_is_not_inflated_past_its_declared_size",
    "BUNDLE-19": f"{VERIFY}::test_data_before_the_archive",
    "BUNDLE-21": f"{VERIFY}::test_encryption",
    "BUNDLE-22": f"{VERIFY}::test_unsafe_paths",
    "BUNDLE-24": f"{VERIFY}::test_unsafe_paths",
    "BUNDLE-25": f"{VERIFY}::test_a_manifest_of_another_kind_is_refused",
    "SECRET-01": f"{HERE}::test_hidden_files_are_in_no_site",
    "SECRET-03": "tests/site/test_secrets.py::test_a_secret_is_named_at_its_place_and_not_shown",
    "SECRET-04": f"{HERE}::test_hidden_files_are_in_no_site",
    "SECRET-06": f"{HERE}::test_a_bundle_says_nothing_of_the_machine",
    "SECRET-07": f"{HERE}::test_hidden_files_are_in_no_site",
    "FAULT-01": INJECTED,
    "FAULT-03": INJECTED,
    "FAULT-04": INJECTED,
    "FAULT-06": INJECTED,
    "FAULT-07": INJECTED,
    "FAULT-09": INJECTED,
    "FAULT-10": "tests/build/test_faults.py::test_short_writes_are_gone_on_with",
    "FAULT-12": INJECTED,
    "FAULT-13": f"{LIMITS}::test_a_signal_at_any_time",
    "FAULT-15": f"{LIMITS}::test_a_file_system_that_takes_no_more",
    "FAULT-16": f"{LIMITS}::test_a_file_system_that_takes_no_more",
    "FAULT-18": f"{LIMITS}::test_a_limit_on_the_size_of_files",
    "FAULT-19": f"{LIMITS}::test_too_little_memory",
    "FAULT-21": f"{LIMITS}::test_an_output_that_is_full",
    "FAULT-22": "tests/faults/test_many_builders.py::test_eight_at_once_do_what_one_does",
    "FAULT-24": f"{STORE}::test_damage_is_found_mended_and_said",
    "FAULT-25": f"{STORE}::test_damage_is_found_mended_and_said",
    "FAULT-27": f"{STORE}::test_a_folder_that_cannot_be_written_breaks_nothing",
    "FAULT-28": "tests/engine/test_graph.py::test_one_build_sees_one_version_of_an_input",
    "FAULT-30": f"{LIMITS}::test_a_clock_that_is_wrong",
    "FAULT-31": f"{LIMITS}::test_names_in_any_order",
    "CLI-01": "tests/e2e/test_sayings.py::test_names_of_brands_are_escaped_in_the_summary",
    "CLI-03": f"{HERE}::test_a_brand_named_like_an_option_is_no_option",
    "CLI-04": f"{COMMANDS}::test_mistakes_on_the_command_line_are_usage_errors",
    "CLI-06": f"{COMMANDS}::test_json_lines_are_on_stdout",
    "CLI-07": f"{COMMANDS}::test_check_finds_an_edited_output_and_writes_nothing",
    "CLI-09": f"{COMMANDS}::test_packages_are_verified_and_the_same_bytes_from_nothing",
    "BUNDLE-07": "tests/publish/test_update_channel.py::test_rollback",
    "BUNDLE-09": "tests/publish/test_update_channel.py::test_endless_data",
}


@cache
def functions_of(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_case_has_an_answer():
    assert [] == [id_ for id_, case in CASES.items() if id_ not in ANSWERS and case["area"] not in AREAS]
    assert ANSWERS.keys() <= CASES.keys()
    assert AREAS.keys() <= {case["area"] for case in CASES.values()}


@pytest.mark.parametrize("answer", sorted({*AREAS.values(), *ANSWERS.values()}))
def test_every_answer_is_there(answer):
    path, _, name = answer.partition("::")
    assert (ROOT / path).is_file()
    assert not name or name in functions_of(path)


HOSTILE_POLICIES = {
    "GATEWAY-01": [{"rates.reads.requests": value} for value in (-1, 0, 1.5, 1e300, "5")],
    "GATEWAY-03": [
        {"tokens.main.keys": [{"jwk": {"kty": "oct", "k": "c2VjcmV0", "kid": "k", "alg": "HS256"}}]},
        {"tokens.main.algorithms": ["none"]},
    ],
    "GATEWAY-04": [
        {"tokens.main.keys": None, "tokens.main.jwks": url}
        for url in ("http://id.acme.example/jwks", "http://169.254.169.254/", "file:///etc/passwd", "ftp://a.example/k")
    ],
    "GATEWAY-06": [{"routes.token.path": "~/(a+)+$"}],
    "GATEWAY-07": [{"routes.x\nplugins:\n- name: pre-function": POLICY["routes"]["read"]}],
}


@pytest.mark.parametrize("case_id", sorted(HOSTILE_POLICIES))
def test_hostile_policies(case_id):
    """Each is refused with a place, and nothing is compiled."""
    assert case_id in CASES
    for changes in HOSTILE_POLICIES[case_id]:
        policy, found = read_policy(changed(changes))
        assert policy is None, changes
        assert any(each.is_error and each.place.line >= 1 for each in found), changes


def test_every_hostile_policy_is_tried():
    assert {id_ for id_, case in CASES.items() if case["area"] == "gateway"} == set(HOSTILE_POLICIES)


def shown_files(ask):
    return tuple(str(file.path) for file in files_below(ask, PurePosixPath("docs_src")))


def test_hidden_files_are_in_no_site():
    """`.env`, `.git/` and what editors leave: hidden files are no part of the docs, nor of a brand's own."""
    hidden = (".env", ".git/config", ".DS_Store", "guides/.env.local", "guides/.index.md.swp")
    files = {f"docs_src/{name}": b"AWS_SECRET=x" for name in hidden} | {"docs_src/index.md": b"# x"}
    assert ("docs_src/index.md",) == Engine(MemoryHost(files), MemoryStore(), code="").get(shown_files)


@pytest.mark.parametrize("name", ["Thumbs.db", "index.md~", "brand.env", "notes.key"])
def test_a_brand_adds_no_other_files(name):
    (found,) = check_partner_file(SourceFile(PurePosixPath(f"brands/acme/docs/{name}"), b"x"), ())
    assert "partner-file" == found.code


@pytest.mark.parametrize("name", ["page.html", "main.html", "partials/header.html", "overrides/main.html"])
def test_brands_bring_no_templates(name):
    (found,) = check_partner_file(SourceFile(PurePosixPath(f"brands/acme/docs/{name}"), b"{{ 'a' * 9 }}"), ())
    assert "partner-file" == found.code


SETTINGS = """\
site_name: x
docs_dir: docs_src
theme: {name: material}
markdown_extensions: [themekit]
plugins: [themekit]
"""


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project-of-somebody"
    for path, text in (
        ("brands/acme/brand.json", '{"name": "Acme", "color": {"primary": "#0b5fff"}}'),
        ("docs_src/index.md", "# Hello\n"),
        ("mkdocs.yml", SETTINGS),
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def test_a_bundle_says_nothing_of_the_machine(project, monkeypatch):
    """No user, host, path or variable of whoever packed it: a partner reads every byte."""
    words = {"USER": "somebody-7261", "HOSTNAME": "host-7262", "CI_JOB_TOKEN": "token-7263", "HOME": str(project)}
    for name, value in words.items():
        monkeypatch.setenv(name, value)
    assert 0 == run(["package", "--project", str(project), "-q"])
    (bundle,) = (project / "build/dist").glob("*.zip")
    assert () == verify_bundle(bundle.read_bytes())[1]
    with zipfile.ZipFile(io.BytesIO(bundle.read_bytes())) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
        names = "".join(archive.namelist())
    for word in (*words.values(), "project-of-somebody"):
        assert word.encode() not in content
        assert word not in names


@pytest.mark.parametrize("name", ["--help", "-q", "--project=x"])
def test_a_brand_named_like_an_option_is_no_option(project, capsys, name):
    """After `--` it is a brand's name, and one that no brand can have."""
    assert 2 == run(["check", "--project", str(project), "--", name])
    assert f"no brand is named `{name}`" in capsys.readouterr().err
    (project / "brands" / name).mkdir()
    (project / "brands" / name / "brand.json").write_text("{}")
    assert 1 == run(["check", "--project", str(project)])
    assert "invalid-brand-id" in capsys.readouterr().err
