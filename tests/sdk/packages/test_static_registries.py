"""The real clients install from static files: pip, npm, go and Maven, each from a plain host on loopback."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.sdk.packages.small_projects import GO, JAVA, NPM, PYTHON, VERSION, hosted, write
from themekit.sdk.packages import golang, maven, npm, pypi


def run(*command: str, folder: Path, **environment: str) -> str:
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        command, cwd=folder, env=known | environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout


def needs(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"there is no `{tool}` here, whose registry this is")
    return found


def test_pip_installs_the_wheel_from_the_index(tmp_path: Path) -> None:
    """Pip finds the project under its normalised name, checks the digest in the link, and the module imports."""
    write(pypi.index(pypi.distributions(PYTHON), folder="pypi"), tmp_path)
    target = tmp_path / "target"
    with hosted(tmp_path) as url:
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--isolated", "--no-cache-dir")
        run(
            *pip,
            "--index-url",
            f"{url}/pypi/simple/",
            "--target",
            str(target),
            "acme-small-sdk==1.2.3",
            folder=tmp_path,
        )
    said = run(sys.executable, "-c", "import acme_small; print(acme_small.hello())", folder=target)
    assert VERSION == said.strip()
    metadata = next(target.glob("*.dist-info/METADATA")).read_text(encoding="utf-8")
    assert "Summary: A small library" in metadata
    assert "# Ein kleines Paket für „Acme“" in metadata


def test_pip_refuses_a_wheel_of_other_bytes(tmp_path: Path) -> None:
    """The digest in the index guards the file: a host that changes it is noticed."""
    write(pypi.index(pypi.distributions(PYTHON), folder="pypi"), tmp_path)
    wheel = next((tmp_path / "pypi/files").glob("*.whl"))
    wheel.write_bytes(wheel.read_bytes().replace(b'"1.2.3"', b'"6.6.6"'))
    with hosted(tmp_path) as url:
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--isolated", "--no-cache-dir")
        command = (*pip, "--index-url", f"{url}/pypi/simple/", "--target", str(tmp_path / "target"), "acme-small-sdk")
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert "DO NOT MATCH THE HASHES" in done.stderr


def test_the_source_distribution_builds_the_same_modules() -> None:
    """What is in the source distribution is the project, and what is in the wheel are its modules."""
    wheel, source = pypi.distributions(PYTHON)
    with zipfile.ZipFile(BytesIO(wheel.content)) as archive:
        assert archive.testzip() is None
        modules = {name: archive.read(name) for name in archive.namelist() if name.startswith("acme_small/")}
    with tarfile.open(fileobj=BytesIO(source.content)) as archive:
        names = {member.name.partition("/")[2] for member in archive}
    assert {"acme_small/__init__.py", "acme_small/py.typed"} == set(modules)
    assert {*PYTHON, "PKG-INFO"} == names


def test_npm_installs_from_the_registry(tmp_path: Path) -> None:
    """Npm reads the document of a scoped package, checks its integrity, and the module can be required."""
    command = needs("npm")
    registry = tmp_path / "host"
    target = tmp_path / "target"
    target.mkdir()
    (target / "package.json").write_text('{"name": "user", "version": "1.0.0"}', encoding="utf-8")
    registry.mkdir()
    with hosted(registry) as url:
        write(npm.registry(npm.tarball(NPM), folder="npm", base_url=f"{url}/npm"), registry)
        options = ("--registry", f"{url}/npm/", "--no-audit", "--no-fund", "--cache", str(tmp_path / "cache"))
        run(command, "install", "@acme/small@1.2.3", *options, folder=target)
    said = run(needs("node"), "-e", "console.log(require('@acme/small').hello())", folder=target)
    assert VERSION == said.strip()
    assert not (target / "node_modules/@acme/small/tests").exists()


def test_go_gets_the_module_from_the_proxy(tmp_path: Path) -> None:
    """The go command lists, downloads, checks and builds a module whose path has a capital letter."""
    command = needs("go")
    registry = tmp_path / "host"
    write(golang.proxy(GO, version=f"v{VERSION}", folder="go"), registry)
    target = tmp_path / "target"
    target.mkdir()
    (target / "go.mod").write_text("module user.example/app\n\ngo 1.21\n", encoding="utf-8")
    program = 'package main\n\nimport small "acme.example/Small"\n\nfunc main() { print(small.Hello()) }\n'
    (target / "main.go").write_text(program, encoding="utf-8")
    with hosted(registry) as url:
        environment = {
            "GOPROXY": f"{url}/go",
            "GONOSUMDB": "acme.example/*",
            "GOFLAGS": "-modcacherw",
            "GOMODCACHE": str(tmp_path / "modules"),
            "GOTOOLCHAIN": "local",
        }
        run(command, "get", "acme.example/Small@latest", folder=target, **environment)
        run(command, "build", "-o", "app", ".", folder=target, **environment)
    said = subprocess.run([target / "app"], capture_output=True, text=True, check=True, timeout=60)
    assert VERSION == said.stderr
    assert f"acme.example/Small v{VERSION}" in (target / "go.mod").read_text(encoding="utf-8")


def test_maven_resolves_the_artifact(tmp_path: Path) -> None:
    """Maven takes the jar, its sources and its project file, and finds their checksums right."""
    command, javac = needs("mvn"), needs("javac")
    source = tmp_path / "in/com/acme/Small.java"
    source.parent.mkdir(parents=True)
    source.write_bytes(JAVA["src/main/java/com/acme/Small.java"])
    run(javac, "--release", "11", "-d", str(tmp_path / "out"), str(source), folder=tmp_path)
    classes = {"com/acme/Small.class": (tmp_path / "out/com/acme/Small.class").read_bytes()}
    of = maven.Coordinates("com.acme", "small", VERSION)
    registry = tmp_path / "host"
    content = maven.jar(classes, JAVA, module="com.acme")
    write(maven.repository(of, JAVA, jar_content=content, folder="maven"), registry)
    local = tmp_path / "local"
    with hosted(registry) as url:
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
        options = ("-q", "-B", f"-Dmaven.repo.local={local}", "-Dtransitive=false")
        asked = f"-Dartifact=com.acme:small:{VERSION}", f"-DremoteRepositories=acme::default::{url}/maven"
        run(command, goal, *options, *asked, folder=tmp_path)
    found = local / f"com/acme/small/{VERSION}/small-{VERSION}.jar"
    said = run(needs("java"), "-cp", str(found), _main(tmp_path, javac, found), folder=tmp_path)
    assert VERSION == said.strip()


def _main(folder: Path, javac: str, library: Path) -> str:
    """A program of one file, which java runs from its source."""
    program = folder / "Main.java"
    text = "public class Main { public static void main(String[] a) { System.out.println(com.acme.Small.hello()); } }"
    program.write_text(text, encoding="utf-8")
    assert javac
    assert library.is_file()
    return str(program)


def test_packages_are_the_same_bytes_whenever_they_are_made() -> None:
    """No clock and no order of a dictionary gets into a package."""
    backwards = dict(reversed(PYTHON.items()))
    assert [each.sha256 for each in pypi.distributions(PYTHON)] == [
        each.sha256 for each in pypi.distributions(backwards)
    ]
    assert npm.tarball(NPM).integrity == npm.tarball(dict(reversed(NPM.items()))).integrity
    assert golang.proxy(GO, version="v1.2.3", folder="go") == golang.proxy(
        dict(reversed(GO.items())), version="v1.2.3", folder="go"
    )
