"""From a brand's JSON to a program of its customer: built, hosted, installed by the real client, run on the sandbox."""

import shutil
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

import pytest

from tests.sdk.packages.small_projects import hosted
from tests.sdk.packages.test_static_registries import needs, run
from themekit.cli.main import run as themekit
from themekit.model import Brand, BrandId
from themekit.model.api import ApiModel
from themekit.plugins import languages
from themekit.sdk.stamp import stamped_text
from themekit.source.api import read_api
from themekit.source.brand import BrandInputs, parse_brand
from themekit.trial.sandbox import serving_sandbox

ROOT = Path(__file__).parents[2]
API = ROOT / "docs_src/api/openapi.yaml"
JSON = b'{"name": "Acme", "color": {"primary": "#0b5fff"}, "version": "2.1.0-beta.1"}'


@dataclass(frozen=True)
class Hosted:
    """The brand's packages on a static host, and its API on this machine."""

    packages: str
    api: str


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with packages in its build, and in a bundle, which is unpacked beside it."""
    root = tmp_path_factory.mktemp("project")
    (root / "brands/acme").mkdir(parents=True)
    (root / "brands/acme/brand.json").write_bytes(JSON)
    (root / "docs_src/api").mkdir(parents=True)
    shutil.copy(API, root / "docs_src/api")
    shutil.copy(ROOT / "themekit/data/scaffold/mkdocs.yml", root)
    (root / "docs_src/index.md").write_text("# Acme\n", encoding="utf-8")
    assert 0 == themekit(["build", "--only", "packages", "--quiet", "--project", str(root)])
    included = ("--include", "packages", "--include", "sdk")
    assert 0 == themekit(["package", *included, "--quiet", "--project", str(root)])
    with zipfile.ZipFile(root / "build/dist/acme-2.1.0-beta.1.zip") as bundle:
        bundle.extractall(root / "unpacked")
    return root


@pytest.fixture(scope="module", params=["build/acme/packages", "unpacked/site/packages"])
def there(project: Path, request: pytest.FixtureRequest) -> Iterator[Hosted]:
    with hosted(project / request.param) as packages, serving_sandbox(API) as api:
        yield Hosted(packages, api)


def test_a_bundle_holds_the_sources_and_the_packages_that_a_build_makes(project: Path) -> None:
    unpacked, built = project / "unpacked", project / "build/acme/packages"
    for path in (path for path in built.rglob("*") if path.is_file()):
        assert path.read_bytes() == (unpacked / "site/packages" / path.relative_to(built)).read_bytes()
    assert (unpacked / "sdk/python/pyproject.toml").is_file()
    assert 0 == themekit(["verify", str(project / "build/dist/acme-2.1.0-beta.1.zip"), "--brand", "acme"])


@cache
def acme() -> Brand:
    path = PurePosixPath("brands/acme/brand.json")
    found, _ = parse_brand(path, JSON, brand_id=BrandId("acme"), inputs=BrandInputs(lambda _: None, lambda _: ()))
    assert found is not None
    return found


@cache
def api() -> ApiModel:
    found, _ = read_api(PurePosixPath("openapi.yaml"), API.read_bytes(), read=lambda _: None)
    assert found is not None
    return found


def program(language: str) -> str:
    """The sample of the portal for one operation, in the brand's name."""
    chosen = next(each for each in languages() if each.name == language)
    operation = next(each for each in api().operations if each.id == "createPayment")
    return stamped_text(chosen.sample(api(), operation), acme())


def environment(there: Hosted, **more: str) -> dict[str, str]:
    return {"API_BASE_URL": there.api, "API_KEY": "sk_test_1"} | more


def test_pip(there: Hosted, tmp_path: Path) -> None:
    """A pre-release is installed by its version, and the sample prints the payment that was made."""
    target = tmp_path / "target"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--isolated", "--no-cache-dir")
    run(
        *pip,
        "--index-url",
        f"{there.packages}/pypi/simple/",
        "--target",
        str(target),
        "acme-sdk==2.1.0b1",
        folder=tmp_path,
    )
    (target / "example.py").write_text(program("python"), encoding="utf-8")
    assert "pay_" in run(sys.executable, "example.py", folder=target, **environment(there))


def test_npm(there: Hosted, tmp_path: Path) -> None:
    """The document names the brand's own site; npm is told to take its host for that."""
    (tmp_path / "package.json").write_text('{"name": "user", "version": "1.0.0"}', encoding="utf-8")
    options = ("--registry", f"{there.packages}/npm/", "--no-audit", "--no-fund", "--cache", str(tmp_path / "cache"))
    tarball = f"{there.packages}/npm/-/acme/sdk-2.1.0-beta.1.tgz"
    run(needs("npm"), "install", tarball, *options, folder=tmp_path)
    (tmp_path / "example.mjs").write_text(program("typescript"), encoding="utf-8")
    assert "pay_" in run(needs("node"), "example.mjs", folder=tmp_path, **environment(there))


def test_go(there: Hosted, tmp_path: Path) -> None:
    """The module's path says its major version, and the go command finds it under that path."""
    command = needs("go")
    known = environment(
        there,
        GOPROXY=f"{there.packages}/go",
        GONOSUMDB="*",
        GOFLAGS="-modcacherw",
        GOMODCACHE=str(tmp_path / "modules"),
        GOTOOLCHAIN="local",
    )
    (tmp_path / "go.mod").write_text("module user.example/app\n\ngo 1.23\n", encoding="utf-8")
    (tmp_path / "main.go").write_text(program("go"), encoding="utf-8")
    run(command, "get", "acme.example/go/v2@v2.1.0-beta.1", folder=tmp_path, **known)
    assert "pay_" in run(command, "run", ".", folder=tmp_path, **known)


def test_maven(there: Hosted, tmp_path: Path) -> None:
    """Maven resolves the artifact, and java runs the sample from its source with that jar."""
    command, java = needs("mvn"), needs("java")
    needs("javac")
    local = tmp_path / "local"
    coordinates = "example.acme:acme-sdk:2.1.0-beta.1"
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
    asked = f"-Dartifact={coordinates}", f"-DremoteRepositories=acme::default::{there.packages}/maven"
    run(command, goal, "-q", "-B", f"-Dmaven.repo.local={local}", "-Dtransitive=false", *asked, folder=tmp_path)
    (jar,) = local.rglob("acme-sdk-2.1.0-beta.1.jar")
    (tmp_path / "Example.java").write_text(program("java"), encoding="utf-8")
    said = run(java, "-cp", str(jar), "Example.java", folder=tmp_path, **environment(there))
    assert "pay_" in said
