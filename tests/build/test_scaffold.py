"""The project that `themekit init` writes."""

import json

import jsonschema
import pytest

from themekit.build.scaffold import SCAFFOLD, SCHEMA, ScaffoldConflictError, write_scaffold
from themekit.source.schema import brand_schema


def test_every_brand_names_a_schema_that_is_there_current_and_kept(tmp_path):
    """An editor completes the scaffold at once: `$schema` is found from the file, and the file is right by it."""
    write_scaffold(tmp_path)
    brands = sorted(tmp_path.glob("brands/*/brand.json"))
    assert ["acme", "lagoon"] == [path.parent.name for path in brands]
    for path in brands:
        document = json.loads(path.read_text(encoding="utf-8"))
        schema = path.parent / document["$schema"]
        assert (tmp_path / SCHEMA).resolve() == schema.resolve()
        assert brand_schema() == schema.read_text(encoding="utf-8")
        jsonschema.Draft202012Validator(json.loads(brand_schema())).validate(document)


def test_what_is_written_is_what_is_told(tmp_path):
    written = write_scaffold(tmp_path)
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == sorted(written)
    assert (tmp_path / ".gitignore").is_file()
    assert len([path for path in SCAFFOLD.rglob("*") if path.is_file()]) + 1 == len(written)


@pytest.mark.parametrize("present", [SCHEMA, "mkdocs.yml"])
def test_a_file_that_is_there_stops_all(tmp_path, present):
    path = tmp_path / present
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    with pytest.raises(ScaffoldConflictError):
        write_scaffold(tmp_path)
    assert [path] == [each for each in tmp_path.rglob("*") if each.is_file()]
    assert "mine" == path.read_text()
