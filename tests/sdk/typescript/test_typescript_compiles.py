"""Every package compiles strictly, with a program for each of its operations."""

import json

import pytest
from hostile_api import HOSTILE, hostile_api
from typescript_packages import HERE, PRETTIER, SAMPLE, api_of, documents, installed, tools

DOCUMENTS = documents() | {"odd": HERE / "odd.yaml"}


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """What the compiler says of all packages, by document."""
    found = tools()
    apis = {name: api_of(path) for name, path in DOCUMENTS.items()} | {HOSTILE: hostile_api()}
    folders = {name: installed(tmp_path_factory.mktemp(name), api) for name, api in apis.items()}
    said = found.checked(*folders.values())
    return {name: said[folder] for name, folder in folders.items()}


@pytest.mark.parametrize("name", [*DOCUMENTS, HOSTILE])
def test_the_package_and_programs_for_all_operations_compile_strictly(checked, name):
    assert [] == checked[name]["errors"]


@pytest.mark.parametrize("name", [*DOCUMENTS, HOSTILE])
def test_types_declare_exactly_what_both_kinds_of_modules_have(checked, name):
    said = checked[name]
    assert said["values"] == said["code"] == said["common"]


def test_no_text_of_a_hostile_description_becomes_code(checked):
    """Neither in the syntax trees of all files, nor when the package is loaded."""
    assert [] == checked[HOSTILE]["alien"]


def test_the_compiler_sees_a_wrong_use(tmp_path):
    """The check would notice: a program with a wrong type, and one that calls what was injected."""
    found = tools()
    folder = installed(tmp_path, api_of(SAMPLE))
    (folder / "programs" / "wrong.ts").write_text(
        'import { Acme } from "@acme/sdk";\ndeclare const INJECT: () => string;\n'
        'void new Acme().payments.create({ amount: "1", currency: INJECT() });\n',
        encoding="utf-8",
    )
    said = found.checked(folder)[folder]
    assert 1 == len(said["errors"])
    assert "TS2322" in said["errors"][0]
    assert 2 == len(said["alien"])


def test_the_files_are_formatted_as_prettier_leaves_them(tmp_path):
    found = tools()
    folder = installed(tmp_path, api_of(SAMPLE))
    package = folder / "node_modules" / "@acme" / "sdk"
    # Below node_modules Prettier looks at nothing.
    (package.parent.parent).rename(folder / "modules")
    done = found.run(PRETTIER, "--list-different", "modules/@acme/sdk", "programs", cwd=folder)
    assert "" == done.stdout, done.stderr
    assert 0 == done.returncode
    assert "@acme/sdk" == json.loads((folder / "modules/@acme/sdk/package.json").read_text())["name"]
