"""A client that is called like another class of the SDK."""

import json
from pathlib import Path

import pytest

from themekit.cli.main import run

API = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {
        "/things": {
            "get": {
                "tags": ["Things"],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    }
                },
            }
        }
    },
    "components": {"schemas": {"Thing": {"type": "object", "properties": {"id": {"type": "string"}}}}},
}


@pytest.mark.parametrize("command", [("build", "-q", "--only", "sdk"), ("check",)], ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("client", "language"),
    [
        ("ThingsResource", "java"),  # both would be one file, and one of them lost
        ("Thing", "typescript"),  # a type of the API
        ("RateLimitError", "typescript"),  # a class of the library
        ("Stream", "python"),
        ("Scheme", "python"),  # what the module of the client needs
    ],
)
def test_a_client_takes_no_other_name_of_the_sdk(
    client: str, language: str, command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And `check` says what a build would refuse."""
    assert 0 == run(["init", str(tmp_path)])
    folder = tmp_path / "docs_src/api"
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(API), encoding="utf-8")
    brand = {"name": "Acme", "color": {"primary": "#0b5fff"}, "sdk": {"client": client}}
    (tmp_path / "brands/acme/brand.json").write_text(json.dumps(brand), encoding="utf-8")
    assert 1 == run([*command, "acme", "--project", str(tmp_path)])
    assert "brand.json:1:" in (said := capsys.readouterr().err)
    assert f"`{client}` is the name of something else in the SDK in {language}" in said


def test_a_version_that_python_cannot_say_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-x1` and `-y1` would both be `.dev1`, and one of them could not be published."""
    assert 0 == run(["init", str(tmp_path)])
    folder = tmp_path / "docs_src/api"
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(API), encoding="utf-8")
    brand = {"name": "Acme", "color": {"primary": "#0b5fff"}, "version": "1.0.0-x1"}
    (tmp_path / "brands/acme/brand.json").write_text(json.dumps(brand), encoding="utf-8")
    assert 1 == run(["build", "acme", "--only", "sdk", "-q", "--project", str(tmp_path)])
    assert "error[invalid-version]: `version`: `1.0.0-x1` has a pre-release" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("servers", "api", "is_told"),
    [
        (["https://api.example/v2"], {}, True),
        (["https://api.example/v2"], {"baseUrl": "https://api.acme.example/v3"}, False),
        (["https://api.example/v1/"], {}, False),
        (["https://api.example"], {}, True),
        ([], {}, False),
        (["/"], {}, False),
    ],
)
def test_a_server_of_another_path_is_told_of(
    servers: list[str], api: dict[str, str], *, is_told: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every call would go to a path that the API does not have."""
    assert 0 == run(["init", str(tmp_path)])
    folder = tmp_path / "docs_src/api"
    folder.mkdir()
    described = {**API, "servers": [{"url": url} for url in servers]}
    (folder / "openapi.json").write_text(json.dumps(described), encoding="utf-8")
    brand = {"name": "Acme", "color": {"primary": "#0b5fff"}, "api": api}
    (tmp_path / "brands/acme/brand.json").write_text(json.dumps(brand), encoding="utf-8")
    capsys.readouterr()
    assert 0 == run(["check", "acme", "--project", str(tmp_path)])
    said = capsys.readouterr().err
    assert is_told == ("without `api.baseUrl`" in said)
    assert is_told == ("SDKs ask https://api.acme.example/v1" in said)
