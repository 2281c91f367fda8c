"""The bars of a description with a thousand operations: its pages within 5 s of processor, its audit within one."""

import json
import time
from pathlib import PurePosixPath

import pytest

from tests.bench.sdk.made_api import description
from themekit.site.reference.pages import Reference, reference_pages
from themekit.site.reference.samples import Sample
from themekit.source.api import read_api
from themekit.source.audit.coverage import Evidence, cover
from themekit.source.audit.lint import lint

OPERATIONS = 1000
PATH = PurePosixPath("docs_src/api/openapi.json")
PROGRAM = "\n".join(f"call_number_{number}(first={number}, second='a text of some length')" for number in range(20))


@pytest.fixture(scope="module")
def described():
    value = description(OPERATIONS)
    api, _ = read_api(PATH, json.dumps(value).encode(), read=lambda _: None)
    assert OPERATIONS == len(api.operations)
    return value, api


def test_pages_of_a_thousand_operations_with_samples_in_four_languages(described):
    _, api = described
    few = [Sample(name, name, name, PROGRAM) for name in ("typescript", "python", "java", "go")]
    started = time.process_time()
    pages = reference_pages(Reference.of(api), samples={each.id: few for each in api.operations})
    assert time.process_time() - started < 5
    assert OPERATIONS == sum(page.content.count(b'=== "curl"') for page in pages)


def test_coverage_and_rules_of_a_thousand_operations(described):
    value, api = described
    started = time.process_time()
    coverage = cover(api, Evidence())
    lint(PATH, value)
    assert time.process_time() - started < 1
    assert OPERATIONS == coverage.total.count
