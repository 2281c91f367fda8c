"""A client that is called like another class of the SDK."""

import json
from pathlib import Path

import pytest

from themekit.cli.main import run

API = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "paths": {"/things": {"get": {"tags": ["Things"], "responses": {"200": {"description": ""}}}}},
}


def test_a_client_takes_no_other_classs_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In Java both would be one file, and one of them lost."""
    assert 0 == run(["init", str(tmp_path)])
    folder = tmp_path / "docs_src/api"
    folder.mkdir()
    (folder / "openapi.json").write_text(json.dumps(API), encoding="utf-8")
    brand = {"name": "Acme", "color": {"primary": "#0b5fff"}, "sdk": {"client": "ThingsResource"}}
    (tmp_path / "brands/acme/brand.json").write_text(json.dumps(brand), encoding="utf-8")
    assert 1 == run(["build", "acme", "--only", "sdk", "-q", "--project", str(tmp_path)])
    assert "brand.json:1:" in (said := capsys.readouterr().err)
    assert "`ThingsResource` is the name of another class of the SDK in java" in said
