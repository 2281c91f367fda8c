"""The page on gateway policies says of Envoy what Envoy's own declaration says, and its sample is a policy."""

import json
from pathlib import PurePosixPath

from tests.docs.markdown_pages import code_words, handbook_page
from tests.gateway.sample_policy import API, read_policy
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.envoy.emit import FLAGS
from themekit.gateway.support import judge
from themekit.model.gateway import Exactness
from themekit.source.policy_fields import POLICY

PAGE = handbook_page("gateway")


def rows(head):
    return [row for table in PAGE.tables() if table[0][0] == head for row in table[1:]]


def test_what_envoy_cannot_do():
    inexact = [each for each in GATEWAY.supports if each.exactness is not Exactness.EXACT]
    said = {code_words(row[0])[0]: row for row in rows("feature")[:-1]}
    assert {str(each.feature) for each in inexact} == set(said)
    for each in inexact:
        _, how, forms = said[each.feature]
        assert how.startswith(str(each.exactness))
        assert [form.name for form in each.forms] == code_words(forms)


def test_answers_that_differ():
    assert (("wrong-audience", 403), ("foreign-origin", 200)) == GATEWAY.answers
    text = " ".join(PAGE.prose)
    assert "403 instead of 401" in text
    assert "200 instead of 403" in text


def test_files_and_flag():
    policy, _ = read_policy()
    listed = {name for row in rows("file") for name in code_words(row[0])}
    assert {artifact.path.name for artifact in GATEWAY.emit(policy)} == listed
    assert FLAGS[0] in " ".join(PAGE.prose)


def test_keys_of_access():
    access = POLICY.by_name["routes"].kind.item.by_name["access"].kind
    assert [field.name for field in access.fields] == [code_words(row[0])[0] for row in rows("key")]


def test_the_sample_is_a_policy():
    (sample,) = [block for block in PAGE.blocks if block.title]
    assert PurePosixPath("brands/acme/policy.json") == PurePosixPath(sample.title)
    api = API.partition("  /oauth/token")[0]
    policy, diagnostics = read_policy(json.loads(sample.text), api=api)
    assert () == diagnostics
    assert () == judge(policy, {"envoy": GATEWAY})
