"""The threat model names tests: each is there, and no row is without one."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs_src/handbook/threat-model.md"
ROW = re.compile(r"^\| (?!threat |---)(?P<threat>[^|]+) \| (?P<defence>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)
ROWS = [match.groupdict() for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
NAMED = sorted({name for row in ROWS for name in re.findall(r"`([^`]+)`", row["tests"])})


@cache
def functions(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_threat_has_a_test():
    assert len(ROWS) >= 30
    assert [] == [row["threat"] for row in ROWS if not re.search(r"`tests/", row["tests"])]


@pytest.mark.parametrize("name", NAMED)
def test_every_named_test_is_there(name):
    path, _, function = name.partition("::")
    assert (ROOT / path).is_file()
    assert not function or function in functions(path)


def test_the_number_of_cases_is_theirs():
    cases = (ROOT / "tests/cases/hostile_inputs.json").read_text(encoding="utf-8")
    assert f"All {cases.count(chr(34) + 'expected_class' + chr(34))} hostile cases" in PAGE.read_text(encoding="utf-8")
