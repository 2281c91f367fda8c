"""SDKs of whole descriptions: they are clean by the strictest checks of the language, and hold what was asked for."""

import ast
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from python_hostile import document
from python_sdk import ACME, ROOT, SAMPLE, ZENITH, api_of, stamped, template_of, text_of, written

from themekit.sdk.python import LANGUAGE

SHARED = Path(os.environ.get("THEMEKIT_SHARED", ROOT.parent / "shared")) / "specs"
NO_SHARED = "the shared descriptions are not beside the project (THEMEKIT_SHARED)"
SPECS = "adyen-checkout-v70-3.1.json adyen-checkout-v71-3.1.json box-openapi-3.0.json openai-3.1.json petstore-3.0.yaml"
HERE = Path(__file__).parent


def spec(name):
    """A shared description; the test is passed over where there is none."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(NO_SHARED)
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.json"
    path.write_text(document(), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def mypy_cache(tmp_path_factory):
    """What mypy knows of the standard library is the same for all."""
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture
def described(request, hostile):
    """A description by its name."""
    own = {"sample": SAMPLE, "runtime": HERE / "runtime.yaml", "hostile": hostile}
    return own.get(request.param) or spec(request.param)


def run(*command, cwd, **environment):
    made = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run([sys.executable, *command], cwd=cwd, env=made, capture_output=True, text=True, check=False)


IMPORT_ALL = """
import importlib, pkgutil, sys, warnings
warnings.simplefilter("error")
import acme_pay
names = [each.name for each in pkgutil.walk_packages(acme_pay.__path__, "acme_pay.")]
for name in names:
    importlib.import_module(name)
from acme_pay import types
from acme_pay._core.values import Model, _plan, named
for name in types.__all__:
    getattr(types, name)
    found = named(name) if isinstance(getattr(types, name), type) else None
    if found is not None:
        _plan(found)
print(len(names))
"""

EVERY = pytest.mark.parametrize("described", ["sample", "runtime", "hostile", *SPECS.split()], indirect=True)


@EVERY
def test_it_passes_the_strictest_checks(described, tmp_path, mypy_cache):
    """Mypy --strict for the oldest Python, the formatter, and every module and type loads without a warning."""
    folder = written(stamped(template_of(described)), tmp_path)
    formatted = run("-m", "ruff", "format", "--isolated", "--target-version", "py310", "--check", ".", cwd=folder)
    assert "" == formatted.stdout.replace("All checks passed!", "") or formatted.returncode == 0, formatted.stdout
    errors = run("-m", "ruff", "check", "--isolated", "--select", "E4,E7,E9,F", "--no-cache", ".", cwd=folder)
    assert 0 == errors.returncode, errors.stdout[-3000:]
    strict = ("--strict", "--python-version", "3.10", "--cache-dir", str(mypy_cache))
    checked = run("-m", "mypy", *strict, "src/acme_pay", "tests", cwd=folder, MYPYPATH="src")
    assert 0 == checked.returncode, checked.stdout[-3000:]
    loaded = run("-c", IMPORT_ALL, cwd=folder, PYTHONPATH="src")
    assert "" == loaded.stderr


@EVERY
def test_no_operation_is_lost(described):
    """Each has a method; each type that the API declares has a name."""
    api = api_of(described)
    lines = LANGUAGE.surface(api)
    keys = [line.partition("(")[0] for line in lines if ") -> " in line]
    iterated = sum(")" in line and "-> Iterator[" in line for line in lines)
    streamed = sum(line.partition("(")[0].rstrip("_").endswith("_stream") and "-> Stream[" in line for line in lines)
    assert len(keys) == len(set(keys))
    assert len(api.operations) <= len(keys) - iterated
    assert len(api.operations) >= len(keys) - iterated - streamed
    assert sorted(lines) == list(lines)


def test_what_the_portal_shows_is_typed(tmp_path, mypy_cache):
    """The calls on the portal's pages, by the names and with the values they have there."""
    folder = written(stamped(template_of(SAMPLE)), tmp_path)
    (folder / "calls.py").write_text((HERE / "promised" / "calls.py.txt").read_text(encoding="utf-8"), encoding="utf-8")
    checked = run("-m", "mypy", "--strict", "--cache-dir", str(mypy_cache), "calls.py", cwd=folder, MYPYPATH="src")
    assert 0 == checked.returncode, checked.stdout[-3000:]


BLOCK = re.compile(r"^( *)```python\b[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"\bclient\.([a-z_]+\.[a-z_.]+)\(([^()]*)\)?")


def test_the_portal_shows_no_call_that_there_is_not():
    """Every `client.…(` in Python on every page, and the names of its arguments."""
    surface = {line.partition("(")[0]: line for line in LANGUAGE.surface(api_of(SAMPLE))}
    unknown, seen = [], 0
    for page in sorted((ROOT / "docs_src").rglob("*.md")):
        for block in BLOCK.findall(page.read_text(encoding="utf-8")):
            for name, arguments in CALL.findall(block[1]):
                seen += 1
                names = re.findall(r"^\s*(\w+)=", arguments.replace(",", "\n"), re.MULTILINE)
                if name not in surface or any(f"{each}: " not in surface[name] for each in names):
                    unknown.append((page.name, name, names))
    assert seen > 100
    # the page about the old version shows what is no more
    assert [] == [each for each in unknown if not each[0].startswith("migration-")]


def calls_in(text):
    """The names that the code calls or refers to, texts left out."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def test_no_text_of_a_description_becomes_code(hostile):
    files = stamped(template_of(hostile))
    found = {path for path, text in files.items() if path.endswith(".py") and "INJECT" in set(calls_in(text))}
    assert set() == found
    assert any("INJECT()" in text for text in files.values())
    assert tomllib.loads(files["pyproject.toml"])["project"]["name"] == "acme-sdk"
    assert json.loads(files["sbom.cdx.json"])["specVersion"] == "1.6"


def test_no_text_turns_a_line_around(hostile):
    """Marks of direction in source make a reader see other code than there is."""
    marks = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\x85")
    assert {} == {path: marks & set(text) for path, text in stamped(template_of(hostile)).items() if marks & set(text)}


def test_samples_of_a_hostile_description_are_programs(hostile):
    api = api_of(hostile)
    for operation in api.operations:
        assert "INJECT" not in set(calls_in(text_of(LANGUAGE.sample(api, operation))))


def test_the_readme_says_where_names_come_from():
    """And ids of schemes, which the description has no text for, are no backticks that show."""
    readme = stamped(template_of(HERE / "runtime.yaml"))["README.md"]
    assert "`from acme_pay import Upload`" in readme
    assert "\\`" not in readme


def test_the_readme_names_refused_payments_where_an_operation_describes_them():
    assert "PaymentDeclinedError" not in stamped(template_of(HERE / "runtime.yaml"))["README.md"]
    sample = HERE.parents[2] / "docs_src" / "api" / "openapi.yaml"
    assert "| `PaymentDeclinedError` | `402` |" in stamped(template_of(sample))["README.md"]


def test_the_readme_has_no_markup_of_a_description(hostile):
    readme = stamped(template_of(hostile))["README.md"]
    inside = False
    for line in readme.split("\n"):
        inside ^= line.startswith("```")
        assert inside or not re.search(r"(?<!\\)<[a-z/!]", line.replace("<https:", ""))


LEAKS = ("themekit", "openapi-generator", "generated by", str(Path(__file__).parents[3]))


def test_no_brand_is_in_the_files_of_another():
    template = template_of(SAMPLE)
    acme, zenith = stamped(template), stamped(template, ZENITH)
    assert len(acme) == len(zenith)
    for files, words in ((zenith, ("acme", "söhne")), (acme, ("zenith",))):
        for path, text in files.items():
            others = () if path == "LICENSE" else LEAKS
            found = [word for word in (*words, *others) if word in f"{path}\n{text}".lower()]
            assert [] == found, path
    assert not any("\ufdd0" in text or "@@" in text for text in acme.values())


SEEDS = """
import sys
sys.path[:0] = [{here!r}, {root!r}]
from pathlib import Path
from hashlib import sha256
from python_sdk import stamped, template_of
print(sha256(repr(stamped(template_of(Path({path!r})))).encode()).hexdigest())
"""


def test_the_same_description_gives_the_same_bytes():
    code = SEEDS.format(here=str(HERE), root=str(ROOT), path=str(SAMPLE))
    found = {run("-c", code, cwd=ROOT, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}
    own = hashlib.sha256(repr(stamped(template_of(SAMPLE))).encode()).hexdigest()
    assert {f"{own}\n"} == found


@pytest.mark.parametrize("values", [ACME, ZENITH], ids=["acme", "zenith"])
def test_hatchling_builds_it_twice_the_same(values, tmp_path):
    digests = []
    for number in ("1", "2"):
        folder = written(stamped(template_of(HERE / "runtime.yaml"), values), tmp_path / number)
        built = run("-m", "hatchling", "build", cwd=folder, SOURCE_DATE_EPOCH="1700000000")
        assert 0 == built.returncode, built.stderr
        digests.append(
            {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "dist").iterdir()}
        )
    assert digests[0] == digests[1]
    version = values["python-version"]
    stem = values["python-package"].replace("-", "_")
    assert {f"{stem}-{version}-py3-none-any.whl", f"{stem}-{version}.tar.gz"} == digests[0].keys()
    names = zipfile.ZipFile(folder / "dist" / f"{stem}-{version}-py3-none-any.whl").namelist()
    assert {f"{values['python-path']}/{name}" for name in ("__init__.py", "py.typed", "types/shared.py")} <= set(names)
    assert not any(name.startswith(("src/", "tests/")) for name in names)


def test_the_licence_is_the_one_of_the_description():
    assert stamped(template_of(SAMPLE))["LICENSE"].strip().startswith("Apache License")
    other = stamped(template_of(HERE / "runtime.yaml"))
    assert "Acme GmbH" in other["LICENSE"]
    assert tomllib.loads(other["pyproject.toml"])["project"]["license"] == "LicenseRef-Proprietary"


GOLDEN = ("README.md", "pyproject.toml", "src/acme_pay/resources/things.py", "src/acme_pay/types/shared.py")


@pytest.mark.parametrize("path", GOLDEN)
def test_golden(golden, path):
    name = path.rpartition("/")[2] + ".txt"
    golden(ROOT / "tests" / "golden" / "sdk" / "python" / name, stamped(template_of(HERE / "runtime.yaml"))[path])
