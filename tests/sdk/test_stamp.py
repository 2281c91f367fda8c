"""A brand's values in an SDK: each escaping keeps a value a value, whatever it holds."""

import ast
import json
from html.parser import HTMLParser
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.model import Slot
from themekit.model.sdk import SdkTemplate, go_module, sdk_file, slot
from themekit.sdk.stamp import ESCAPINGS, fill, python_version, version_fault

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def test_a_mark_becomes_a_slot() -> None:
    """A text is taken apart at its marks; what stands around them stays."""
    file = sdk_file(f"src/{slot('python-path')}/a.py", f'x = "{slot("name", "string")}"\n')
    assert ("src/", Slot("python-path", "plain"), "/a.py") == file.path
    assert ('x = "', Slot("name", "string"), '"\n') == file.parts


def test_a_mark_of_no_slot_is_our_mistake() -> None:
    """It would be filled with nothing."""
    with pytest.raises(ValueError, match="there is no slot `nme`"):
        sdk_file("a", slot("name").replace("name", "nme"))


def test_files_without_slots_are_shared() -> None:
    """All brands may have one and the same file."""
    template = SdkTemplate("x", (sdk_file("a", "same"), sdk_file("b", slot("name"))))
    files = fill(template, {"name": "N"}, folder=PurePosixPath("sdk"))
    assert [("sdk/a", b"same", True), ("sdk/b", b"N", False)] == [
        (str(file.path), file.content, file.is_shared) for file in files
    ]


@given(TEXTS)
def test_strings_of_python_stay_strings(text: str) -> None:
    """Python's own parser reads the value back."""
    assert text == ast.literal_eval('"' + ESCAPINGS["string"](text) + '"')


@given(TEXTS)
def test_strings_of_json_stay_strings(text: str) -> None:
    """So does a JSON parser, and no script element can be ended."""
    written = ESCAPINGS["json"](text)
    assert text == json.loads(f'"{written}"')
    assert "</" not in written


@given(TEXTS)
def test_xml_stays_text(text: str) -> None:
    """No element, no entity but ours."""
    found = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = found.append
    parser.feed(ESCAPINGS["xml"](text) + " ")
    parser.close()
    assert text + " " == "".join(found)


@given(TEXTS)
def test_a_comment_is_one_line_that_ends_nothing(text: str) -> None:
    """In any of the languages."""
    written = ESCAPINGS["comment"](text)
    assert 1 == len(f"x{written}x".splitlines())
    assert not {"*/", '"""', "\\"} & {part for part in ("*/", '"""', "\\") if part in written}


def test_a_name_ends_no_comment_of_java() -> None:
    r"""A backslash is written as a slash, and a star may stand before it: `*\ static { … }` would be code."""
    assert "Acme * / static { evil(); } /*" == ESCAPINGS["comment"]("Acme *\\ static { evil(); } /*")


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.2.3", "1.2.3"),
        ("1.2.3-beta.4", "1.2.3b4"),
        ("1.2.3-rc", "1.2.3rc0"),
        ("1.2.3-alpha.1", "1.2.3a1"),
        ("1.2.3-dev.7", "1.2.3.dev7"),
    ],
)
def test_versions_of_python(version: str, expected: str) -> None:
    """As pip orders them."""
    assert expected == python_version(version)


@pytest.mark.parametrize("pre", ["x1", "y1", "nightly", "next.7", "alpha.0", "rc.1.2", "beta2", "ALPHA.1", "a.1", "1"])
def test_python_has_no_name_for_it(pre: str) -> None:
    """Two versions would be one, and the second could not be published."""
    assert version_fault("python", f"1.2.3-{pre}") is not None
    assert version_fault("go", f"1.2.3-{pre}") is None


PRE_RELEASES = st.from_regex(r"\A(alpha|beta|rc|dev|x|a)?\.?[0-3]{0,2}\Z")


@given(PRE_RELEASES, PRE_RELEASES)
def test_no_two_versions_are_one_in_python(one: str, other: str) -> None:
    """Of those that are taken."""
    taken = [each for each in (f"1.0.0-{one}", f"1.0.0-{other}") if version_fault("python", each) is None]
    assert len({*taken}) == len({python_version(each) for each in taken})


@pytest.mark.parametrize(
    ("module", "version", "expected"),
    [
        ("acme.example/go", "1.9.0", "acme.example/go"),
        ("acme.example/go", "0.1.0", "acme.example/go"),
        ("acme.example/go", "2.0.0", "acme.example/go/v2"),
        ("acme.example/go/v2", "3.0.0-beta.1", "acme.example/go/v3"),
    ],
)
def test_modules_of_go(module: str, version: str, expected: str) -> None:
    """From version 2 on the path says the major version."""
    assert expected == go_module(module, version)
