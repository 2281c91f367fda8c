"""Publishing to real registries: once, and again, and with other bytes; and the clients install what was published."""

import hashlib
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sdk.packages.small_projects import GO, JAVA, NPM, PYTHON, VERSION
from tests.sdk.packages.test_static_registries import needs, run
from tests.sdk.registries.served import TOKEN, file_server, npm_server, pypi_server
from themekit.model import Artifact
from themekit.publish.registries import VersionTaken, publish_files, publish_npm, publish_python
from themekit.publish.requests import Credentials, Registry, RegistryError
from themekit.sdk.packages import golang, maven, npm, pypi

COORDINATES = maven.Coordinates("com.acme", "small", VERSION)


def states(found) -> set[str]:
    return {each.state for each in found}


def test_python_packages_go_to_a_pypi_server(tmp_path: Path) -> None:
    """Dry, for the first time, again, and with other bytes; pip installs what is there."""
    packages = pypi.distributions(PYTHON)
    other = pypi.distributions({**PYTHON, "src/acme_small/__init__.py": b"# other\n"})
    with pypi_server(tmp_path / "server") as url:
        registry = Registry(url, Credentials(token=TOKEN))
        assert {"would publish"} == states(publish_python(registry, packages, dry_run=True))
        assert {"published"} == states(publish_python(registry, packages, dry_run=False))
        assert {"unchanged"} == states(publish_python(registry, packages, dry_run=False))
        with pytest.raises(VersionTaken, match="with other bytes"):
            publish_python(registry, other, dry_run=False)
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--isolated", "--no-cache-dir")
        index = ("--index-url", f"{url}/simple/", "--target", str(tmp_path / "target"))
        run(*pip, *index, "acme-small-sdk==1.2.3", folder=tmp_path)
    said = run(sys.executable, "-c", "import acme_small; print(acme_small.hello())", folder=tmp_path / "target")
    assert VERSION == said.strip()


def test_an_npm_package_goes_to_verdaccio(tmp_path: Path) -> None:
    """The same with npm."""
    with npm_server(tmp_path / "server") as url:
        registry = Registry(url)
        package = npm.tarball(NPM)
        assert {"would publish"} == states(publish_npm(registry, package, dry_run=True))
        assert {"published"} == states(publish_npm(registry, package, dry_run=False))
        assert {"unchanged"} == states(publish_npm(registry, package, dry_run=False))
        with pytest.raises(VersionTaken, match=r"@acme/small@1\.2\.3"):
            publish_npm(registry, npm.tarball({**NPM, "index.js": b"// other\n"}), dry_run=False)
        following = {**NPM, "package.json": NPM["package.json"].replace(b"1.2.3", b"1.3.0")}
        assert {"published"} == states(publish_npm(registry, npm.tarball(following), dry_run=False))
        older = {**NPM, "package.json": NPM["package.json"].replace(b"1.2.3", b"1.2.4")}
        assert {"published"} == states(publish_npm(registry, npm.tarball(older), dry_run=False))
        target = tmp_path / "target"
        target.mkdir()
        (target / "package.json").write_text('{"name": "user", "version": "1.0.0"}', encoding="utf-8")
        options = ("--registry", url, "--no-audit", "--no-fund", "--cache", str(tmp_path / "cache"))
        run(needs("npm"), "install", "@acme/small@1.2.3", *options, folder=target)
        known = json.loads(registry.get("@acme/small") or b"")
    assert {"1.2.3", "1.2.4", "1.3.0"} == set(known["versions"])
    assert {"latest": "1.3.0", "release-1.2": "1.2.4"} == known["dist-tags"]
    assert VERSION == run(needs("node"), "-e", "console.log(require('@acme/small').hello())", folder=target).strip()


def java(version: str, *, content: bytes = b"jar") -> tuple[Artifact, ...]:
    of = replace(COORDINATES, version=version)
    return maven.repository(of, JAVA, jar_content=content, folder="")


def test_maven_files_are_put(tmp_path: Path) -> None:
    """A second version joins the list of versions, whose checksum stays right; the first stays as it is."""
    with file_server(tmp_path) as url:
        registry = Registry(f"{url}/maven", Credentials(token=TOKEN))
        assert {"published"} == states(publish_files(registry, java("1.2.3"), dry_run=False))
        assert {"unchanged"} == states(publish_files(registry, java("1.2.3"), dry_run=False))
        publish_files(registry, java("1.3.0"), dry_run=False)
        publish_files(registry, java("1.4.0-beta.1"), dry_run=False)
        assert {"published"} == states(publish_files(registry, java("1.2.4"), dry_run=False)[:4])
        with pytest.raises(VersionTaken, match=r"small-1\.2\.3\.jar"):
            publish_files(registry, java("1.2.3", content=b"other"), dry_run=False)
    folder = tmp_path / "maven/com/acme/small"
    listed = (folder / "maven-metadata.xml").read_bytes()
    assert 4 == listed.count(b"      <version>")
    assert b"<latest>1.3.0</latest>\n    <release>1.3.0</release>" in listed
    assert hashlib.sha256(listed).hexdigest() == (folder / "maven-metadata.xml.sha256").read_text(encoding="utf-8")


def test_go_modules_are_put(tmp_path: Path) -> None:
    """The go command gets the second version by its name, and the first one still."""
    command = needs("go")
    with file_server(tmp_path / "server") as url:
        registry = Registry(f"{url}/go", Credentials(token=TOKEN))
        for version in ("v1.2.3", "v1.2.5", "v1.2.4"):
            publish_files(registry, golang.proxy(GO, version=version, folder=""), dry_run=False)
        target = tmp_path / "target"
        target.mkdir()
        (target / "go.mod").write_text("module user.example/app\n\ngo 1.21\n", encoding="utf-8")
        environment = {
            "GOPROXY": f"{url}/go",
            "GONOSUMDB": "acme.example/*",
            "GOFLAGS": "-modcacherw",
            "GOMODCACHE": str(tmp_path / "modules"),
            "GOTOOLCHAIN": "local",
        }
        said = run(command, "list", "-m", "-versions", "acme.example/Small", folder=target, **environment)
    latest = json.loads((tmp_path / "server/go/acme.example/!small/@latest").read_bytes())
    assert "v1.2.5" == latest["Version"]
    assert "acme.example/Small v1.2.3 v1.2.4 v1.2.5" == said.strip()


def test_a_refusal_says_why_and_keeps_the_secret(tmp_path: Path) -> None:
    """The registry echoes what it was sent; the message does not."""
    wrong = "a-wrong-token"
    with file_server(tmp_path) as url, pytest.raises(RegistryError) as refused:
        publish_files(Registry(url, Credentials(token=wrong)), java("1.2.3"), dry_run=False)
    assert "answered 401 who is Bearer [redacted]?" in str(refused.value)
    assert wrong not in str(refused.value)
    assert wrong not in repr(Registry("https://registry.example", Credentials(token=wrong)))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://registry.example", "starts with https"),
        ("https://me:secret@registry.example", "holds no password"),
        ("http://registry.example", "https:// addresses only"),
        ("registry.example", "starts with https"),
    ],
)
def test_an_address_that_is_not_safe_is_refused(url: str, reason: str) -> None:
    """A token is never sent in the clear beyond this machine."""
    with pytest.raises(RegistryError, match=reason) as refused:
        Registry(url, Credentials(token=TOKEN))
    assert "secret" not in str(refused.value)


def test_nothing_there_is_an_error() -> None:
    """A registry that does not answer is named."""
    with pytest.raises(RegistryError, match=r"GET http://127\.0\.0\.1:9"):
        publish_npm(Registry("http://127.0.0.1:9"), npm.tarball(NPM), dry_run=False)
