"""Changes as a changelog and as JSON: texts of a description stay texts."""

import json
from pathlib import PurePosixPath

from themekit.model import Origin
from themekit.model.api_change import ApiChange
from themekit.sdk.changes.report import changes_json, changes_markdown

BREAK = ApiChange(
    "operation-removed", "major", "wire", "GET /<b>*x*", "`a_b` is gone", Origin(PurePosixPath("a.yaml"), "/paths")
)
NEW = ApiChange("name-added", "minor", "python", "payments.list", "is new")


def test_a_changelog_says_what_breaks_first() -> None:
    """Breaks before news, the wire before languages; Markdown in a path means nothing."""
    text = changes_markdown((NEW, BREAK), title="2.0.0 [x]")
    assert "## 2.0.0 \\[x\\]" == text.splitlines()[0]
    assert text.index("### Breaking changes") < text.index("### New")
    assert "- **GET /\\<b\\>\\*x\\*** `a_b` is gone" in text
    assert "In the Python SDK:" in text


def test_what_holds_in_both_directions_is_said_once() -> None:
    """A type that is sent and received is compared twice; where that means two things, each says its direction."""
    both = [
        ApiChange(f"{each}-value-added", "minor", "wire", "Genre", "`x` is new") for each in ("request", "response")
    ]
    gone = [
        ApiChange("request-value-removed", "major", "wire", "Genre", "`y` is gone"),
        ApiChange("response-value-removed", "patch", "wire", "Genre", "`y` is gone"),
    ]
    lines = changes_markdown((*both, *gone), title="2.0.0").splitlines()
    assert 1 == lines.count("- **Genre** `x` is new")
    said = [each for each in lines if "gone" in each]
    assert ["- **Genre** `y` is gone (in requests)", "- **Genre** `y` is gone (in answers)"] == said


def test_no_change_is_said() -> None:
    """An empty section would look like a mistake."""
    assert "Nothing that a program could feel changed." in changes_markdown((), title="1.0.1")


def test_json_has_places() -> None:
    """A program finds where a change was written."""
    value = json.loads(changes_json((BREAK,), level="major", old="1.0.0", new="2.0.0"))
    assert {"file": "a.yaml", "pointer": "/paths"} == value["changes"][0]["old"]
    assert value["changes"][0]["new"] is None
    assert "major" == value["level"]
