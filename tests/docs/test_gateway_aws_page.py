"""The page on AWS says what the targets declare, what they make, and what whoever deploys has to say."""

import json

from tests.docs.markdown_pages import code_words, handbook_page
from tests.gateway.aws.aws_samples import BY_NAME
from tests.gateway.aws.test_aws_check import MUTATIONS
from tests.gateway.aws.test_aws_templates import CASES, emitted
from themekit.gateway.aws import refusals
from themekit.gateway.aws.authorizer import FRESH_S, RSA_HASHES, STALE_S
from themekit.model.gateway import Exactness, Feature, Form

PAGE = handbook_page("gateway/aws")
PROSE = " ".join(PAGE.prose)


def rows(*head):
    return [row for table in PAGE.tables() if tuple(table[0][: len(head)]) == head for row in table[1:]]


def test_what_is_weaker():
    said = {code_words(row[0])[0]: row for row in rows("feature", "`aws-http`")[:-1]}
    gateways = list(BY_NAME.values())
    exact = {f for f in Feature if all(g.support(f).exactness is Exactness.EXACT for g in gateways)}
    assert {str(feature) for feature in Feature} - {str(each) for each in exact} == set(said)
    for feature, (_, *how, forms) in said.items():
        supports = [gateway.support(Feature(feature)) for gateway in gateways]
        assert all(text.startswith(str(each.exactness)) for text, each in zip(how, supports, strict=True))
        names = {form.name for each in supports if each.exactness is not Exactness.EXACT for form in each.forms}
        assert names == set(code_words(forms))


def test_forms_for_values():
    named = {(code_words(feature)[0], code_words(form)[0]) for feature, form, _ in rows("feature", "form")}
    forms = {each.name for each in vars(refusals).values() if isinstance(each, Form)}
    assert forms - {"in-app", "emptied"} == {form for _, form in named}
    assert "`native-jwt`" in PROSE


def test_files_and_parameters():
    made, asked = set(), set()
    for case in CASES:
        files = emitted(*case)[1]
        made |= {each.path.name for each in files.values()}
        asked |= set(json.loads(files[f"gateway/{case[0]}/template.json"].content)["Parameters"])
    assert made == {name for row in rows("file") for name in code_words(row[0])}
    assert asked == {name for row in rows("parameter") for name in code_words(row[0])}


def test_answers_that_differ():
    assert {"unknown-host": 403, "bad-api-key": 403} == dict(BY_NAME["aws-rest"].answers)
    http = dict(BY_NAME["aws-http"].answers)
    assert {401, 403, 204} >= set(http.values())
    assert 204 == http["preflight"] == http["foreign-origin"]
    assert "a bad token with 403 in place of 401" in PROSE
    assert "a preflight with 204" in PROSE


def test_numbers():
    assert f"Of {len(MUTATIONS)} faults" in PROSE
    assert (300, 3600) == (FRESH_S, STALE_S)
    assert "five minutes" in PROSE
    assert "for an hour" in PROSE
    assert all(f"`{name}`" in PROSE for name in (*RSA_HASHES, "ES256"))
    assert (300, 8192) == (refusals.MAX_ROUTES, refusals.MAX_POLICY_BYTES)
    assert (30, 29) == tuple(int(form.summary.split(" than ")[1].split()[0]) for form in CAPPED)


CAPPED = (refusals.CAPPED_HTTP, refusals.CAPPED_REST)
