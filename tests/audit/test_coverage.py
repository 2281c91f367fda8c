"""Coverage counts what readers have: text at L1, parameters and answers at L2, examples and errors at L3."""

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from tests.site.reference.made_apis import api_of
from themekit.diagnostics import Span
from themekit.model.api_types import Docs
from themekit.model.outline import OperationId
from themekit.source.api import read_api
from themekit.source.audit.coverage import LEVELS, Evidence, cover
from themekit.source.audit.report import coverage_diagnostics, coverage_json, coverage_text, is_passed

ROOT = Path(__file__).parents[2]
NOTHING = Docs()


def levels(operation, evidence=None):
    api = replace(api_of(), operations=(operation,))
    (found,) = cover(api, evidence or Evidence()).operations
    return [level for level in LEVELS if found.reaches(level)], [each.what for each in found.missing]


def whole():
    """An operation that has everything."""
    return api_of().operations[0]


def test_an_operation_with_everything_reaches_all_levels():
    assert (["L1", "L2", "L3"], []) == levels(whole())


def test_without_text_no_level_is_reached():
    assert ([], ["a summary or description"]) == levels(replace(whole(), docs=NOTHING))


def test_a_parameter_without_text_is_missed_at_l2():
    operation = whole()
    first, *others = operation.parameters
    changed = replace(operation, parameters=(replace(first, docs=NOTHING), *others))
    assert (["L1"], ["a description of the parameter `id`"]) == levels(changed)


def test_an_answer_without_text_is_missed_at_l2():
    operation = whole()
    first, *others = operation.responses
    changed = replace(operation, responses=(replace(first, docs=NOTHING), *others))
    assert (["L1"], ["a description of the answer 200"]) == levels(changed)


def test_without_errors_l3_is_missed():
    operation = whole()
    assert (["L1", "L2"], ["a description of its errors"]) == levels(
        replace(operation, responses=operation.responses[:1])
    )


def test_without_an_example_of_an_answer_l3_is_missed():
    operation = whole()
    answer, problem = operation.responses
    bare = replace(answer, contents=tuple(replace(each, examples=()) for each in answer.contents))
    api = replace(api_of(), operations=(replace(operation, responses=(bare, problem)),))
    api = replace(api, types=tuple(without_examples(each) for each in api.types))
    (found,) = cover(api, Evidence()).operations
    assert ["an example of the answer 200"] == [each.what for each in found.missing]


def without_examples(declaration):
    changed = replace(declaration, docs=NOTHING)
    fields = getattr(changed, "fields", None)
    return changed if fields is None else replace(changed, fields=tuple(replace(each, docs=NOTHING) for each in fields))


def test_examples_of_all_required_fields_are_an_example():
    """`name` is the only field that is always there, and has one."""
    operation = whole()
    answer, problem = operation.responses
    bare = replace(answer, contents=tuple(replace(each, examples=()) for each in answer.contents))
    api = replace(api_of(), operations=(replace(operation, responses=(bare, problem)),))
    thing = replace(api.types[0], docs=NOTHING)
    (found,) = cover(replace(api, types=(thing, *api.types[1:])), Evidence()).operations
    assert () == found.missing


@pytest.mark.parametrize(
    ("evidence", "what"),
    [
        (Evidence(shown=frozenset()), "a place on a page of the built site"),
        (Evidence(samples={}, languages=("go",)), "a sample in go that was compiled"),
        (
            Evidence(samples={OperationId("getThing"): {"go": "fails"}}, languages=("go",)),
            "a sample in go that compiles",
        ),
    ],
)
def test_what_nobody_can_find_or_use_counts_for_nothing(evidence, what):
    assert ([], [what]) == levels(whole(), evidence)


def test_with_a_page_and_samples_that_work_it_counts():
    id_ = OperationId("getThing")
    evidence = Evidence(frozenset({id_}), {id_: {"go": "works"}}, ("go",))
    assert (["L1", "L2", "L3"], []) == levels(whole(), evidence)


def test_a_sample_that_nobody_compiled_is_told_of_if_others_were():
    api = api_of()
    known = {OperationId("getThing"): {"go": "works"}}
    found = coverage_diagnostics(cover(api, Evidence(samples=known, languages=("go", "java"))), "L1")
    assert [api.operations[1].path] == [
        each.message.split("`")[1].split()[1] for each in found if "in go" in each.message
    ]
    assert [] == [each for each in found if "in java" in each.message]


def test_tags_are_tallied():
    api = api_of()
    one, two = api.operations
    api = replace(api, operations=(replace(one, tags=("A", "B")), replace(two, tags=("B",), docs=NOTHING)))
    coverage = cover(api, Evidence())
    assert [("A", 1, 100.0), ("B", 2, 50.0)] == [(tag.name, tag.count, tag.percent("L1")) for tag in coverage.tags]
    assert (2, 50.0) == (coverage.total.count, coverage.total.percent("L2"))


def test_the_gate_is_at_the_share_and_not_above_it():
    api = api_of()
    api = replace(api, operations=(api.operations[0], replace(api.operations[1], docs=NOTHING)))
    coverage = cover(api, Evidence())
    assert is_passed(coverage, level="L1", minimum=50)
    assert not is_passed(coverage, level="L1", minimum=50.1)


def test_the_report_names_levels_places_and_the_verdict():
    api = api_of()
    bare = replace(api.operations[0], docs=NOTHING)
    coverage = cover(replace(api, operations=(bare,)), Evidence())
    text = coverage_text(coverage, level="L2", minimum=95)
    assert "  GET /things/{id}" in text
    assert "0.0 % of 1 operations reach L2, 95 % is the least: too little\n" in text
    (found,) = coverage_diagnostics(coverage, "L2")
    assert "`GET /things/{id}` has not a summary or description, which L1 asks for" == found.message
    assert "/paths/~1things~1{id}/get" == found.place.pointer
    place = Span(PurePosixPath("openapi.yaml"), 7, 5)
    document = json.loads(coverage_json(coverage, level="L2", minimum=95, places={found.place: place}))
    assert not document["passed"]
    expected = {"level": "L1", "what": "a summary or description", "file": "openapi.yaml", "line": 7, "column": 5}
    assert [expected] == document["operations"][0]["missing"]


def test_diagnostics_are_those_of_the_level_and_below():
    api = api_of()
    bare = replace(api.operations[0], responses=api.operations[0].responses[:1])
    coverage = cover(replace(api, operations=(bare,)), Evidence())
    assert () == coverage_diagnostics(coverage, "L2")
    assert 1 == len(coverage_diagnostics(coverage, "L3"))


def test_the_sample_api_is_documented_whole():
    """The portal promises what its own API keeps."""
    path = PurePosixPath("docs_src/api/openapi.yaml")
    api, _ = read_api(path, (ROOT / path).read_bytes(), read=lambda _: None)
    total = cover(api, Evidence()).total
    assert total.count > 50
    assert (total.count,) * 3 == total.reached
