"""The list of codes, read from the modules that define them."""

from pathlib import Path

import pytest

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.codes import DefinedCode, defined_codes, docs_page, title

PACKAGE = Path(__file__).parents[2] / "themekit"


def test_codes_are_read_from_their_definitions():
    text = 'from x import Code\nB = Code("b-code", Severity.WARNING, summary="B.")\nA = Code("a-code")\nprint(A)\n'
    expected = (DefinedCode(Code("a-code"), "m"), DefinedCode(Code("b-code", Severity.WARNING, "B."), "m"))
    assert expected == defined_codes({"m": text})


def test_a_name_defined_twice_is_an_error():
    with pytest.raises(ValueError, match="code a is defined in m and in n"):
        defined_codes({"m": 'A = Code("a")', "n": 'A = Code("a")'})


def test_a_computed_name_is_an_error():
    with pytest.raises(ValueError, match="m:1: the name of a code must be a literal"):
        defined_codes({"m": 'A = Code("a" + x)'})


def test_every_code_of_the_package_is_defined_once():
    texts = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert "unknown-key" in {defined.code.name for defined in defined_codes(texts)}


def test_every_code_of_the_source_stage_has_a_summary():
    texts = {path.name: path.read_text(encoding="utf-8") for path in (PACKAGE / "source").glob("*.py")}
    assert [] == [each.code.name for each in defined_codes(texts) if not each.code.summary.endswith(".")]


def test_a_code_has_a_page_and_a_title():
    assert "handbook/diagnostics/unknown-key.md" == str(docs_page("unknown-key"))
    assert ("Unknown key", "JSON syntax") == (title("unknown-key"), title("json-syntax"))
