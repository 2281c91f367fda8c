"""Real descriptions: every operation is there, and the model keeps its laws."""

import json
import os
from pathlib import Path, PurePosixPath

import pytest

from tests.source.api.model_laws import broken_laws
from themekit.model.api_types import Reference
from themekit.model.outline import METHODS
from themekit.source.api import read_api
from themekit.source.yaml_text import read_yaml

ROOT = Path(__file__).parents[3]
SPECS = Path(os.environ.get("THEMEKIT_SHARED", ROOT.parent / "shared")) / "specs"
FILES = sorted(SPECS.glob("*.json")) + sorted(SPECS.glob("*.yaml"))
SAMPLE = ROOT / "docs_src" / "api" / "openapi.yaml"


def value_of(path):
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    document, _ = read_yaml(PurePosixPath(path.name), path.read_bytes())
    return document.value


def model_of(path):
    model, found = read_api(PurePosixPath(path.name), path.read_bytes(), read=lambda _: None)
    assert [] == [each.message for each in found if each.is_error]
    return model, found


@pytest.mark.skipif(not FILES, reason="the real descriptions of ../shared/specs are not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_operation_is_lost(path):
    model, _ = model_of(path)
    paths = value_of(path)["paths"]
    described = [(url, key) for url, item in paths.items() for key in item if key.upper() in METHODS]
    assert len(described) == len(model.operations)
    assert [key.upper() for _, key in described] == [each.method for each in model.operations]
    assert [] == broken_laws(model)


@pytest.fixture(scope="module")
def sample():
    model, found = model_of(SAMPLE)
    assert () == found
    return model


def test_the_sample_is_what_its_pages_promise(sample):
    assert [] == broken_laws(sample)
    by_name = {f"{'_'.join(each.group)}.{'_'.join(each.name)}": each for each in sample.operations}
    promised = """payments.create payments.retrieve payments.list payments.confirm payments.capture refunds.create
    customers.list_payment_methods balance.retrieve events.stream files.upload files.download payment_methods.create"""
    assert set() == set(promised.split()) - set(by_name)
    assert ["payments", "payment_methods", "refunds"] == ["_".join(each.name) for each in sample.groups[:3]]
    assert "Idempotency-Key" == by_name["payments.create"].idempotency
    assert ["file_model", "event"] == [
        by_name["files.upload"].responses[0].contents[0].type.id,
        by_name["events.stream"].responses[0].contents[0].type.id,
    ]


def test_every_list_of_the_sample_goes_on(sample):
    lists = [each for each in sample.operations if each.name[0] in ("list", "search")]
    assert len(lists) > 10
    found = [each.pagination for each in lists]
    expected = ("cursor", ("data",), "starting_after", ("next_cursor",), ("has_more",), "limit")
    assert {expected} == {(each.kind, each.items, each.parameter, each.next, each.more, each.size) for each in found}


def test_the_alternatives_of_the_sample_are_told_apart(sample):
    method = sample.declarations()["payment_method"]
    assert "type" == method.discriminator
    assert [("card",), ("sepa_debit",), ("ideal",), ("wallet",)] == [each.tags for each in method.variants]


def test_the_events_of_the_sample_hold_one_object_each(sample):
    declared = sample.declarations()
    (data,) = [each for each in declared["payment_succeeded_event"].fields if each.wire == "data"]
    (held,) = [each for each in declared[data.type.id].fields if each.wire == "object"]
    assert Reference("payment") == held.type


def test_the_license_of_the_sample(sample):
    assert ("Apache-2.0", 64) == (sample.license_name, len(sample.digest))
