"""The page on Kong says of it what its own declaration says, and lists the files that are made."""

import pytest

from tests.docs.markdown_pages import code_words, handbook_page
from tests.gateway.kong.kong_cases import ALL, files, policy_of
from themekit.gateway.kong import GATEWAY
from themekit.gateway.kong.node import settings
from themekit.gateway.kong.values import variable
from themekit.model.gateway import Exactness, Feature
from themekit.model.policy import Secret

PAGE = handbook_page("gateway/kong")


def rows(head):
    return [row for table in PAGE.tables() if table[0][0] == head for row in table[1:]]


def test_what_kong_cannot_do():
    inexact = [each for each in GATEWAY.supports if each.exactness is not Exactness.EXACT]
    said = {code_words(row[0])[0]: row for row in rows("feature")[:-1]}
    assert [str(each.feature) for each in inexact] == list(said)
    for each in inexact:
        _, how, forms = said[each.feature]
        assert how.startswith(str(each.exactness))
        assert [form.name for form in each.forms] == code_words(forms)


def test_files():
    assert set(files(ALL)) == {name for row in rows("file") for name in code_words(row[0])}


@pytest.mark.parametrize("secret", [Secret("vault", "pki/api", "private_key"), Secret("aws-sm", "name")])
def test_variables_of_secrets(secret):
    assert variable(secret) in " ".join(PAGE.prose)


def test_the_setting_without_which_nothing_runs():
    name, value = "untrusted_lua_sandbox_requires", "cjson.safe"
    assert value == dict(settings(policy_of(ALL)))[name]
    assert f"{name} = {value}" in " ".join(PAGE.prose)


def test_exact_features_are_not_listed():
    exact = {str(each.feature) for each in GATEWAY.supports if each.exactness is Exactness.EXACT}
    listed = {code_words(row[0])[0] for row in rows("feature")[:-1]}
    assert exact | listed == set(map(str, Feature))
    assert set() == exact & listed
