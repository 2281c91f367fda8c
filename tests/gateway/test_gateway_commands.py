"""`themekit gateway report` and `diff`, in a project of their own, which is a Git repository."""

import json
import subprocess

import pytest
from click.testing import CliRunner

from tests.gateway.sample_policy import API, API_PATH, POLICY, changed
from themekit.cli.exit_code import Exit
from themekit.cli.main import command

BRAND = '{"name": "Acme", "color": {"primary": "#0b5fff"}}'


@pytest.fixture
def root(tmp_path):
    files = {
        "brands/_shared/policy.json": json.dumps(POLICY),
        "brands/acme/brand.json": BRAND,
        "brands/acme/policy.json": json.dumps({"extends": "../_shared/policy.json"}),
        "brands/bare/brand.json": BRAND,
        API_PATH: API,
    }
    for path, text in files.items():
        write(tmp_path / "project", path, text)
    return tmp_path / "project"


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def run(root, *arguments):
    done = CliRunner().invoke(command, ["gateway", *arguments, "--project", str(root)], standalone_mode=False)
    if done.exception is not None:
        return done.exception
    return done.return_value, done.stdout, done.stderr


def commit(root):
    """The repository is the folder around the project."""
    git = ["git", "-C", str(root.parent), "-c", "user.name=a", "-c", "user.email=a@b.example"]
    if not (root.parent / ".git").exists():
        subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-qm", "x"], check=True)


def test_report_in_each_format(root):
    code, text, _ = run(root, "report", "acme")
    assert (Exit.GOOD, True) == (code, text.startswith("The policy of `acme`, gateway by gateway\n"))
    code, text, _ = run(root, "report", "acme", "--format", "json", "--all")
    assert "envoy" in [each["name"] for each in json.loads(text)["gateways"]]
    assert {True, False} == {each["isUsed"] for each in json.loads(text)["features"]}
    _, text, _ = run(root, "report", "acme", "--format", "markdown")
    assert "# Gateways for acme" in text


def test_report_of_a_brand_without_a_policy_or_with_a_mistake_in_it(root):
    assert "`bare` has no policy: add `brands/bare/policy.json`" == str(run(root, "report", "bare"))
    write(root, "brands/acme/policy.json", json.dumps(changed({"addresses.deny": ["x"]})))
    code, out, err = run(root, "report", "acme")
    assert (Exit.MISTAKES, "") == (code, out)
    assert "error[invalid-network]" in err


def test_diff_of_two_files_and_of_two_brands(root):
    write(root, "brands/acme/next.json", json.dumps(changed({"maxBodyBytes": 2048})))
    code, text, _ = run(root, "diff", "acme", "brands/acme/next.json")
    assert Exit.GOOD == code
    assert text.startswith("brands/acme/policy.json → brands/acme/next.json: 1 weakens\n")
    assert "- bodies: all 6 operations: bodies may have 2048 bytes, and not 1024\n" in text
    assert Exit.DRIFT == run(root, "diff", "acme", "brands/acme/next.json", "--fail-on", "weakens")[0]
    assert Exit.GOOD == run(root, "diff", "brands/acme/next.json", "acme", "--fail-on", "weakens")[0]


def test_diff_since_a_revision_reads_all_files_of_it(root):
    """The policy, what it extends, and the API are as they were; the project lies below the repository's root."""
    commit(root)
    write(root, "brands/_shared/policy.json", json.dumps(changed({"routes.write.access.scopes": [["admin"]]})))
    write(
        root,
        API_PATH,
        API.replace(
            "  /oauth/token:", "  /refunds:\n    get: {operationId: listRefunds, tags: [Payments]}\n  /oauth/token:"
        ),
    )
    code, text, _ = run(root, "diff", "acme", "--from", "HEAD", "--format", "json")
    assert Exit.GOOD == code
    shown = json.loads(text)
    assert "brands/acme/policy.json in HEAD" == shown["old"]
    assert {"operations": ["listRefunds"], "scopes": ["createPayment"]} == {
        each["area"]: each["operations"] for each in shown["changes"] if each["risk"] == "weakens"
    }
    commit(root)
    _, text, _ = run(root, "diff", "acme", "--from", "HEAD", "--to", "HEAD~1", "--format", "json")
    assert {"weakens": 1, "strengthens": 2, "neutral": 0} == json.loads(text)["counts"]
    _, text, _ = run(root, "diff", "acme", "--from", "HEAD")
    assert text.endswith("no change of meaning\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("acme",), "name two policies, or one and `--from REV`"),
        (("acme", "bare"), "there is no policy `brands/bare/policy.json`"),
        (("acme", "acme", "--to", "HEAD"), "`--to` needs `--from`"),
        (("acme", "bare", "--from", "HEAD"), "with `--from`, name one policy"),
        (("acme", "--from", "v9"), "`v9` is no revision of the repository that the project is in"),
        (("acme", "--from", "--output=x"), "`--output=x` is no revision of the repository that the project is in"),
        (("bare", "--from", "HEAD"), "there is no policy `brands/bare/policy.json`"),
    ],
)
def test_usage(root, arguments, message):
    commit(root)
    assert message == str(run(root, "diff", *arguments))


def test_a_mistake_in_an_old_policy_is_shown(root):
    write(root, "brands/acme/policy.json", json.dumps(changed({"addresses.deny": ["x"]})))
    commit(root)
    write(root, "brands/acme/policy.json", json.dumps(POLICY))
    code, out, err = run(root, "diff", "acme", "--from", "HEAD")
    assert (Exit.MISTAKES, "") == (code, out)
    assert "error[invalid-network]" in err


def test_a_link_in_a_revision_is_not_followed(root):
    (root / "brands/acme/policy.json").unlink()
    (root / "brands/acme/policy.json").symlink_to("../_shared/policy.json")
    commit(root)
    assert "there is no policy" in str(run(root, "diff", "acme", "--from", "HEAD"))
