"""Trust from end to end: keys, signed bundles, what is said of them, patches, and a bundle served with its policy."""

import json
import shutil
import stat
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.conftest import Place, Ran
from themekit.bundle import verify_bundle
from themekit.trial.bundle_host import Site, bundle_app
from themekit.trial.serving import serving

PASSWORD = "correct horse"  # noqa: S105
SECRET = {"THEMEKIT_KEY_PASSWORD": PASSWORD}
BUNDLE = "build/dist/acme-1.0.0.zip"
TELL = "addEventListener('securitypolicyviolation', it => console.error(`${it.violatedDirective} ${it.blockedURI}`))"
NAMES = ("acme-1.0.0.tar.zst", "acme-1.0.0.zip")


@dataclass(frozen=True)
class Signing:
    """A project with a key, and signed bundles of two brands; the old bundle of acme, of another time."""

    place: Place

    @property
    def root(self) -> Path:
        return self.place.root

    def copied(self, to: Path) -> "Signing":
        shutil.copytree(self.root, to, copy_function=shutil.copy2)
        return Signing(Place(to))

    def run(self, *arguments: str, **environment: str) -> Ran:
        return self.place.run(*arguments, **SECRET, **environment)

    def verified(self, *names: str, key: str = "trusted.json") -> Ran:
        return self.place.run("verify", *names, "--key", key)


@pytest.fixture(scope="module")
def signed(built, tmp_path_factory):
    root = tmp_path_factory.mktemp("signed") / "project"
    shutil.copytree(built.root, root, copy_function=shutil.copy2)
    signing = Signing(Place(root))
    done = signing.run("keys", "new", "release.key", "--trusted", "trusted.json")
    assert 0 == done.code, done.err
    assert 0 == signing.run("package", "acme", SOURCE_DATE_EPOCH="1700000000").code
    shutil.move(root / BUNDLE, root / "old.zip")
    arguments = (
        "package",
        "--sign",
        "release.key",
        "--tar",
        "--delta-from",
        "old.zip",
        "--builder-id",
        "https://ci.b/1",
    )
    done = signing.run(*arguments, SOURCE_DATE_EPOCH="1790000000")
    assert 0 == done.code, done.err
    return signing


def test_a_secret_key_is_for_its_owner_alone_and_is_never_overwritten(signed):
    assert 0o600 == stat.S_IMODE((signed.root / "release.key").stat().st_mode)
    before = (signed.root / "release.key").read_bytes()
    again = signed.run("keys", "new", "release.key")
    assert (2, True) == (again.code, "is there already" in again.err)
    assert before == (signed.root / "release.key").read_bytes()


def test_the_password_stands_nowhere(signed):
    shown = signed.run("keys", "show", "trusted.json")
    text = b"".join(path.read_bytes() for path in signed.root.glob("*") if path.is_file())
    assert (0, False, False) == (shown.code, PASSWORD in shown.out + shown.err, PASSWORD.encode() in text)


def test_without_a_password_there_is_a_word_on_it(signed):
    done = signed.place.run("keys", "new", "other.key", THEMEKIT_KEY_PASSWORD="")
    assert (2, True) == (done.code, "set THEMEKIT_KEY_PASSWORD" in done.err)
    wrong = signed.place.run("package", "--sign", "release.key", THEMEKIT_KEY_PASSWORD=PASSWORD[1:])
    assert (2, True) == (wrong.code, "the password does not open the key" in wrong.err)


def test_all_checks_hold_and_are_told(signed):
    done = signed.verified(*(f"build/dist/{name}" for name in NAMES))
    assert 0 == done.code, done.err
    assert 10 == done.err.count("  held  ")
    assert 2 == done.err.count("built by https://ci.b/1 from ")


def test_checks_are_told_to_programs(signed):
    done = signed.place.run("verify", BUNDLE, "--format", "json", "--key", "release.key.pub")
    told = json.loads(done.out)
    assert (0, 1, 0, []) == (done.code, told["version"], told["errors"], told["diagnostics"])
    (bundle,) = told["bundles"]
    assert (BUNDLE, True) == (bundle["bundle"], bundle["verified"])
    assert {"held"} == {check["state"] for check in bundle["checks"].values()}
    assert ["checksum", "manifest", "sbom", "signature", "provenance"] == list(bundle["checks"])


def test_coreutils_and_minisign_agree(signed):
    dist = signed.root / "build/dist"
    assert 0 == subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=dist, check=False).returncode
    minisign = shutil.which("minisign")
    if minisign is None:
        pytest.skip("there is no minisign; the Debian package `minisign` has it")
    for name in NAMES:
        command = [minisign, "-V", "-p", str(signed.root / "release.key.pub"), "-m", name]
        assert 0 == subprocess.run(command, cwd=dist, check=False).returncode


def test_the_same_is_signed_to_the_same_bytes(signed, tmp_path):
    again = signed.copied(tmp_path / "project")
    before = again.place.tree("build/dist")
    shutil.rmtree(again.root / "build/dist")
    assert 0 == again.run("package", "acme", "--sign", "env", "--tar", "--builder-id", "https://ci.b/1",
                          SOURCE_DATE_EPOCH="1790000000", THEMEKIT_SIGNING_KEY=(again.root / "release.key").read_text(),
                          ).code  # fmt: skip
    after = again.place.tree("build/dist")
    assert {name: before[name] for name in after if name != "SHA256SUMS"} == {
        name: content for name, content in after.items() if name != "SHA256SUMS"
    }
    assert 6 == len(after) - 1


def test_a_bundle_written_anew_without_a_key_loses_the_old_signature(signed, tmp_path):
    other = signed.copied(tmp_path / "project")
    assert 0 == other.place.run("package", "acme").code
    assert ["acme-1.0.0.zip"] == [name for name in other.place.tree("build/dist") if name.startswith("acme-1.0.0.zip")]
    done = other.verified(BUNDLE)
    assert (4, True, True) == (done.code, "[bundle-signature]" in done.err, "[bundle-provenance]" in done.err)
    assert 0 == other.place.run("clean").code
    assert {} == {name: 1 for name in other.place.tree("build/dist") if name.startswith("lagoon")}


def test_swapped_signatures_are_refused(signed, tmp_path):
    other = signed.copied(tmp_path / "project")
    dist = other.root / "build/dist"
    shutil.copy(dist / "acme-1.0.0.tar.zst.minisig", dist / "acme-1.0.0.zip.minisig")
    shutil.copy(next(dist.glob("lagoon*.zip.intoto.jsonl")), dist / "acme-1.0.0.zip.intoto.jsonl")
    done = other.verified(BUNDLE)
    assert (4, True, True) == (done.code, "[bundle-signature]" in done.err, "[bundle-provenance]" in done.err)


def test_rotation_and_revocation(signed, tmp_path):
    """After a rotation both keys are good; after a revocation the old one's bundles are refused."""
    other = signed.copied(tmp_path / "project")
    old = other.run("keys", "show", "release.key.pub").out.split()[0]
    done = other.run("keys", "rotate", "release.key", "next.key", "--trusted", "trusted.json", "--days", "30")
    assert 0 == done.code, done.err
    assert 0 == other.verified(BUNDLE).code
    if minisign := shutil.which("minisign"):
        command = [minisign, "-V", "-p", "release.key.pub", "-m", "trusted.json"]
        assert 0 == subprocess.run(command, cwd=other.root, check=False).returncode
    same = other.run("keys", "revoke", old, "--trusted", "trusted.json", "--sign", "release.key")
    assert (2, True) == (same.code, "cannot sign its own revocation" in same.err)
    revoke = ("keys", "revoke", old, "--trusted", "trusted.json", "--reason", "lost", "--sign", "next.key")
    assert 0 == other.run(*revoke).code
    done = other.verified(BUNDLE)
    assert (4, True) == (done.code, "[bundle-key-refused]" in done.err)
    shown = other.run("keys", "show", "trusted.json")
    assert [True, False] == ["not trusted" in line for line in shown.out.splitlines()]
    done = other.run("package", "acme", "--sign", "next.key", SOURCE_DATE_EPOCH="1790000000")
    assert (0, 0) == (done.code, other.verified(BUNDLE).code)


def test_a_mistake_in_the_file_of_keys_is_told_at_its_place(signed, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{"format": "themekit-keys/1",\n "keys": [{"publicKey": "x"}]}')
    done = signed.verified(BUNDLE, key=str(bad))
    assert (1, True) == (done.code, f"{bad}:2:" in done.err and "[trusted-keys]" in done.err)
    done = signed.verified(BUNDLE, key="no such key")
    assert (2, True) == (done.code, "names no file" in done.err)


def test_a_patch_makes_the_published_bundle(signed, tmp_path):
    (patch,) = (signed.root / "build/dist").glob("*.patch")
    assert patch.stat().st_size < (signed.root / BUNDLE).stat().st_size / 20
    done = signed.place.run("apply", "old.zip", str(patch), "--out", str(tmp_path / "new"))
    assert (0, f"{tmp_path}/new/acme-1.0.0.zip\n") == (done.code, done.out), done.err
    assert (signed.root / BUNDLE).read_bytes() == (tmp_path / "new/acme-1.0.0.zip").read_bytes()
    wrong = signed.place.run("apply", BUNDLE, str(patch), "--out", str(tmp_path / "other"))
    assert (4, True) == (wrong.code, "[bundle-patch]" in wrong.err)
    assert not (tmp_path / "other").exists()


def test_a_patch_from_what_is_no_bundle_of_these_is_told(signed, tmp_path):
    other = signed.copied(tmp_path / "project")
    (other.root / "bad.zip").write_bytes(b"PK")
    done = other.place.run("package", "lagoon", "--delta-from", "bad.zip", "--delta-from", "old.zip")
    assert 2 == done.err.count("[bundle-patch]")
    assert "no bundle of `acme`, the old bundle's brand, was packaged" in done.err


def test_host_serves_a_bundle_and_refuses_a_broken_one(signed, tmp_path):
    command = [sys.executable, "-m", "themekit.cli", "host", BUNDLE, "--port", "0"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=signed.root, stdout=subprocess.PIPE, stderr=quiet, text=True) as process:
        try:
            with urllib.request.urlopen(process.stdout.readline().strip(), timeout=60) as answer:
                assert "default-src 'self'" in answer.headers["content-security-policy"]
                assert b"<html" in answer.read()
        finally:
            process.terminate()
    broken = tmp_path / "broken.zip"
    broken.write_bytes((signed.root / BUNDLE).read_bytes()[:-1])
    done = signed.place.run("host", str(broken))
    assert (4, "") == (done.code, done.out)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("brand", ["acme", "lagoon"])
def test_pages_keep_the_policy_of_their_bundle(signed, brand):
    """Every page of the site in Chromium, and a search: no violation, nothing that could not be loaded."""
    from playwright.sync_api import sync_playwright

    (file,) = (signed.root / "build/dist").glob(f"{brand}-*.zip")
    content = file.read_bytes()
    manifest = verify_bundle(content)[0].manifest
    pages = [str(each.path) for each in manifest.files if each.media_type == "text/html"]
    found: list[str] = []
    with serving(bundle_app(Site.of(content, manifest))) as port, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(120_000)
        page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: found.append(str(error)))
        page.add_init_script(TELL)
        address = f"http://127.0.0.1:{port}/"
        for path in (path for path in pages if path.startswith("site/")):
            answer = page.goto(f"{address}{path.removeprefix('site/')}", wait_until="networkidle")
            assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
        page.goto(f"{address}index.html?q=the", wait_until="networkidle")
        page.wait_for_selector(".md-search-result__item", state="attached")
        # Unlike ours, a script that is not in the bundle's pages does not run: the policy is in force.
        page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
        assert page.evaluate("window.ran") is None
        browser.close()
    assert ["script-src-elem inline"] == [each for each in found if each.startswith("script-src")]
    assert [] == [each for each in found if "script-src" not in each and "inline script" not in each]
