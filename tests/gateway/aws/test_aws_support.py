"""Nothing that a policy asks for is lost on the way to AWS: it is in the files, or it is refused at its line."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gateway.aws.aws_samples import BY_NAME, FORMS, SAMPLE, accepting
from tests.gateway.sample_policy import API, JWK, changed, read_policy
from themekit.gateway.aws.refusals import waf_capacity
from themekit.gateway.aws.waf import _alternatives as alternatives
from themekit.gateway.requests import path_pattern
from themekit.gateway.support import judge, uses
from themekit.model.gateway import Exactness, Feature

TARGETS = list(BY_NAME)
CERTIFICATES = {"banks": {"authority": "env:CLIENT_CA", "names": ["spiffe://acme.example/bank"]}}
ALL_CERTIFIED = {
    f"routes.{name}.access": {"tokens": ["main"], "certificates": ["banks"]}
    for name in ("read", "write", "cancel", "token")
}
USES = {
    Feature.JWKS: {"tokens.main.keys": None, "tokens.main.jwks": "https://id.acme.example/other.json"},
    Feature.KEYS: {},
    Feature.SCOPES: {},
    Feature.CLAIMS: {},
    Feature.API_KEYS: {
        "apiKeys": {"partners": {"header": "X-Api-Key", "consumers": {"bank": "env:BANK"}}},
        "routes.cancel.access": {"apiKeys": ["partners"]},
    },
    Feature.CERTIFICATES: {"certificates": CERTIFICATES, **ALL_CERTIFIED},
    Feature.AUTHORITIES: {
        "certificates": {**CERTIFICATES, "shops": {"authority": "env:SHOP_CA", "names": ["shop.example"]}},
        **ALL_CERTIFIED,
    },
    Feature.RATES: {},
    Feature.TIERS: {"rates.reads.tiers": {"claim": "plan", "rates": {"gold": {"requests": 50, "period": "second"}}}},
    Feature.QUOTAS: {"rates.reads.period": "day"},
    Feature.ADDRESSES: {"addresses.allow": ["203.0.113.0/24"]},
    Feature.CORS: {"cors.origins": ["https://other.acme.example"]},
    Feature.BODY_SIZE: {"routes.write.maxBodyBytes": 33_333},
    Feature.VALIDATION: {"validation": "openapi"},
    Feature.TIMEOUTS: {"routes.write.timeoutS": 7.5},
    Feature.PORT: {"listen.port": 9443},
    Feature.CONNECTIONS: {"upstream.connectTimeoutS": 1, "upstream.idleTimeoutS": 9},
    Feature.RETRIES: {"retries": {"attempts": 2, "on": ["connect-failure"]}},
    Feature.REQUEST_HEADERS: {"requestHeaders.set": {"X-From": {"value": "gateway"}, "X-Plan": {"claim": "plan"}}},
    Feature.RESPONSE_HEADERS: {"responseHeaders.set": {"X-Frame-Options": "DENY"}},
    Feature.TLS: {
        "listen.plainText": None,
        "listen.tls": {"certificate": "env:CHAIN", "key": "env:KEY", "minimum": "1.2"},
    },
    Feature.LOGGING: {"logging": {"fields": ["time", "agent", "address"], "redact": ["agent"]}},
}
"""For each feature a policy that uses it in a way of its own."""
TRACES = {
    Feature.JWKS: "https://id.acme.example/other.json",
    Feature.KEYS: '"kid": "k1"',
    Feature.SCOPES: '"payments:write", "admin"',
    Feature.CLAIMS: '"tier": ["gold"]',
    Feature.API_KEYS: '"ApiKeyValue0"',
    Feature.CERTIFICATES: "spiffe://acme.example/bank",
    Feature.RATES: '"ThrottlingBurstLimit": 50',
    Feature.ADDRESSES: "203.0.113.0/24",
    Feature.CORS: "https://other.acme.example",
    Feature.BODY_SIZE: '"Size": 33333',
    Feature.TIMEOUTS: '"timeoutInMillis": 7500',
    Feature.REQUEST_HEADERS: "context.authorizer.claim0",
    Feature.RESPONSE_HEADERS: "x-frame-options",
    Feature.TLS: "TLS_1_2",
    Feature.LOGGING: '\\"agent\\": \\"[redacted]\\"',
}
"""What is in the files for it, and would not be there by itself."""
IN_APP_ONLY = {
    Feature.TIERS,
    Feature.QUOTAS,
    Feature.VALIDATION,
    Feature.RETRIES,
    Feature.AUTHORITIES,
}


def sample(target, changes, forms):
    policy, diagnostics = read_policy(
        changed({"targets": [target], "accept": accepting(target, forms), **changes}, SAMPLE)
    )
    assert policy is not None, diagnostics
    return policy


def refusals(policy):
    """The judge's errors, each by the feature that it names in its second pair of backticks, and its hint."""
    return [(each.message.split("`")[3:4], each) for each in judge(policy, BY_NAME) if each.code == "not-expressible"]


def text_of(policy, target):
    files = {each.path.name: each.content.decode() for each in BY_NAME[target].emit(policy)}
    plain = [json.dumps(json.loads(files[name])) for name in ("template.json", "access.json")]
    return "\n".join([*plain, files["terraform.tf.json"]])


@pytest.mark.parametrize("target", TARGETS)
def test_the_sample_needs_what_it_accepts_and_no_more(target):
    assert () == judge(sample(target, {}, FORMS[target]), BY_NAME)
    for name in FORMS[target]:
        others = {key: form for key, form in FORMS[target].items() if key != name}
        found = refusals(sample(target, {}, others))
        assert found
        assert all([name] == named for named, _ in found)


@pytest.mark.parametrize("feature", Feature)
@pytest.mark.parametrize("target", TARGETS)
def test_each_feature_is_in_the_files_or_refused(target, feature):
    support = BY_NAME[target].support(feature)
    forms = {name: form for name, form in FORMS[target].items() if name != feature}
    policy = sample(target, USES[feature], forms)
    assert feature in {use.feature for use in uses(policy)}
    found = [each for named, each in refusals(policy) if [feature] == named]
    if support.exactness is not Exactness.EXACT:
        assert found
        for form in support.forms:
            if form.name in found[-1].hint:
                accepted = sample(target, USES[feature], {**forms, feature: form.name})
                others = [named for named, _ in refusals(accepted) if [feature] == named]
                assert ([] == others) or feature is Feature.RATES
        if not support.forms:
            assert "accept" not in found[0].hint
            return
        policy = sample(target, USES[feature], {**forms, feature: support.forms[-1].name})
    elif feature not in {Feature.REQUEST_HEADERS, Feature.PORT}:
        assert [] == found
    if feature in TRACES and not (feature is Feature.BODY_SIZE and target == "aws-http"):
        assert TRACES[feature] in text_of(policy, target)
    else:
        assert "in-app" in {form.name for form in support.forms} or feature in {
            *IN_APP_ONLY,
            Feature.PORT,
            Feature.CONNECTIONS,
        }


def test_the_traces_are_not_there_by_themselves():
    plain = {Feature.KEYS, Feature.SCOPES, Feature.CLAIMS, Feature.RATES, Feature.TLS}
    for target in TARGETS:
        text = text_of(sample(target, {}, FORMS[target]), target)
        assert set() == {feature for feature in TRACES if TRACES[feature] in text} - plain - {Feature.REQUEST_HEADERS}


BIG_API = API + "".join(f"  /things{n}:\n    get: {{operationId: thing{n}, tags: [Payments]}}\n" for n in range(300))
ODD_API = API + "  /a{b}c:\n    get: {operationId: odd, tags: [Payments]}\n"
TRACE_API = API + "  /traced:\n    trace: {operationId: traced, tags: [Payments]}\n"
TWO_NAMES = API + "  /payments/{id}/refunds:\n    get: {operationId: refunds, tags: [Payments]}\n"
TWO_PAGES = {"routes.cancel.cors": {"origins": ["https://x.example"]}}
NETWORKS = [f"2001:db8:{n:x}:1::/64" for n in range(1, 257)]

REFUSALS = {
    "another port": ("both", {"listen.port": 9443, "accept": "no port"}, "on port 443, and not on 9443", API),
    "an algorithm": ("both", {"tokens.main.keys": [{"jwk": JWK}]}, "not EdDSA", API),
    "proxies and networks": ("both", {"addresses.trustedHops": 1}, "what proxies before it tell", API),
    "a timeout": ("both", {"routes.write.timeoutS": 31}, "may take 31 s", API),
    "certificates for some": (
        "both",
        {"certificates": CERTIFICATES, "routes.cancel.access": {"certificates": ["banks"]}},
        "asks every caller of a domain name",
        API,
    ),
    "the query": ("both", {"logging.fields": ["time", "query"]}, "its log has no query", API),
    "the method TRACE": ("both", {}, "no method TRACE", TRACE_API),
    "part of a segment": ("both", {}, "no part of a path", ODD_API),
    "many operations": ("both", {}, "and AWS allows 300", BIG_API),
    "a caller's rate": ("both", {"accept": "best-effort"}, "knows no callers", API),
    "a header that is reserved": ("aws-http", {"requestHeaders.remove": ["Via"]}, "`via` is reserved", API),
    "a header that is reserved, of answers": (
        "aws-http",
        {"responseHeaders.set": {"X-Amz-Id": "1"}},
        "`x-amz-id` is reserved",
        API,
    ),
    "a value that is read": ("aws-http", {"responseHeaders.set": {"X-A": "$context.x"}}, "reads as its own", API),
    "a value that is looked up": (
        "both",
        {"responseHeaders.set": {"X-A": "{{resolve:ssm:x}}"}},
        "reads as its own",
        API,
    ),
    "a value with a quote": ("aws-rest", {"requestHeaders.set": {"X-A": {"value": "it's"}}}, "reads as its own", API),
    "TLS 1.3": (
        "aws-http",
        {**USES[Feature.TLS], "listen.tls": {"certificate": "env:A", "key": "env:B", "minimum": "1.3"}},
        "cannot refuse TLS 1.2",
        API,
    ),
    "two rules for pages": ("aws-http", TWO_PAGES, "the policy has 2", API),
    "two rules for pages of a path": ("aws-rest", TWO_PAGES, "the policy has 2", API),
    "pages of some operations": (
        "aws-http",
        {"routes.token.cors": {"origins": []}},
        "all of its operations, or none",
        API,
    ),
    "a body that is not seen": ("aws-rest", {"maxBodyBytes": 65_537}, "the first 64 KB", API),
    "many networks": ("aws-rest", {"addresses.deny": NETWORKS, "addresses.allow": NETWORKS}, "AWS allows 8192", API),
    "a slow rate": (
        "aws-rest",
        {"rates.tokens": {"by": "address", "requests": 1, "period": "hour"}, "accept": "best-effort"},
        "no fewer than 10 requests",
        API,
    ),
    "keys in another header": (
        "aws-rest",
        {**USES[Feature.API_KEYS], "apiKeys.partners.header": "Key"},
        "and not in `key`",
        API,
    ),
    "two kinds of keys": (
        "aws-rest",
        {
            **USES[Feature.API_KEYS],
            "apiKeys.others": {"header": "X-Api-Key", "consumers": {"shop": "env:SHOP"}},
            "routes.token.access": {"apiKeys": ["others"]},
        },
        "opens all operations",
        API,
    ),
    "two names at one place": ("aws-rest", {}, "stand at one place", TWO_NAMES),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_value_beyond_a_limit_is_refused_at_its_line(name):
    where, changes, message, api = REFUSALS[name]
    for target in TARGETS if where == "both" else [where]:
        forms = {**FORMS[target], **({"api-keys": "usage-plan"} if "keys" in name else {})}
        if changes.get("accept") == "no port":
            del forms["port"]
        if changes.get("accept") == "best-effort":
            forms["rates"] = "best-effort"
        rest = {key: value for key, value in changes.items() if key != "accept"}
        text = changed({"targets": [target], "accept": accepting(target, forms), **rest}, SAMPLE)
        policy, diagnostics = read_policy(text, api=api)
        assert policy is not None, diagnostics
        found = [each for _, each in refusals(policy) if message in each.message]
        assert found
        assert all(each.place is not None for each in found)


def test_a_timeout_is_refused_at_the_route_that_decides_it():
    """It pointed at the route that decides the access, which may not say a word about time."""
    changes = {"routes.slow": {"operation": "createPayment", "timeoutS": 31}}
    for target in TARGETS:
        ((_, found),) = refusals(sample(target, changes, FORMS[target]))
        assert "/routes/slow/timeoutS" == found.place.pointer
        ((_, found),) = refusals(sample(target, {"timeoutS": 31}, FORMS[target]))[:1]
        assert "/timeoutS" == found.place.pointer


def test_a_form_of_a_refusal_is_accepted_and_not_called_needless():
    changes = {"routes.write.timeoutS": 31}
    for target in TARGETS:
        assert () == judge(sample(target, changes, {**FORMS[target], "timeouts": "capped"}), BY_NAME)
        codes = [each.code for each in judge(sample(target, {}, {**FORMS[target], "timeouts": "capped"}), BY_NAME)]
        assert ["unused-acceptance"] == codes


def test_a_choice_is_not_called_needless():
    changes = {"addresses": {}, **USES[Feature.JWKS]}
    forms = {name: form for name, form in FORMS["aws-http"].items() if name != "addresses"}
    assert () == judge(sample("aws-http", changes, {**forms, "jwks": "native-jwt"}), BY_NAME)


PARAMETERS = """\
  /reports:
    get:
      operationId: report
      tags: [Payments]
      parameters:
        - {name: day, in: query, required: true, schema: {type: string}}
        - {name: page, in: query, schema: {type: string}}
        - {name: API-Version, in: header, required: true, schema: {type: string}}
        - {name: session, in: cookie, required: true, schema: {type: string}}
"""


@pytest.mark.parametrize("form", ["presence", "in-app"])
def test_required_parameters_are_looked_for_where_that_is_accepted(form):
    forms = {**FORMS["aws-rest"], "validation": form}
    accept = accepting("aws-rest", forms)
    text = changed({"targets": ["aws-rest"], "accept": accept, "validation": "openapi"}, SAMPLE)
    policy, _ = read_policy(text, api=API + PARAMETERS)
    assert () == judge(policy, BY_NAME)
    files = {
        each.path.name: json.loads(each.content)
        for each in BY_NAME["aws-rest"].emit(policy)
        if each.path.suffix == ".json"
    }
    body = files["template.json"]["Resources"]["Api"]["Properties"]["Body"]
    validators = body.get("x-amazon-apigateway-request-validators")
    operation = body["paths"]["/reports"]["get"]
    if form == "in-app":
        assert (None, None) == (validators, operation.get("parameters"))
        return
    assert {"presence": {"validateRequestParameters": True, "validateRequestBody": False}} == validators
    assert "presence" == operation["x-amazon-apigateway-request-validator"]
    assert [("query", "day"), ("header", "API-Version")] == [
        (each["in"], each["name"]) for each in operation["parameters"]
    ]
    assert "x-amazon-apigateway-request-validator" not in body["paths"]["/payments"]["get"]


def test_the_capacity_of_a_web_acl():
    """As AWS counts: 3 for an expression and 10 for each transformation, 1 for a size, 2 for a rate."""
    policy = sample("aws-rest", {}, FORMS["aws-rest"])
    files = {each.path.name: each.content for each in BY_NAME["aws-rest"].emit(policy)}
    assert 2 + 3 + 23 + 1 + 2 == waf_capacity(json.loads(files["template.json"]))


@pytest.mark.parametrize(
    ("limit", "message"), [("MAX_TEMPLATE_BYTES", "the template would have"), ("MAX_WAF_CAPACITY", "a capacity of 31")]
)
def test_what_would_be_too_much_for_aws(monkeypatch, limit, message):
    monkeypatch.setattr(f"themekit.gateway.aws.refusals.{limit}", 30)
    targets = TARGETS if limit == "MAX_TEMPLATE_BYTES" else ["aws-rest"]
    for target in targets:
        found = judge(sample(target, {}, FORMS[target]), BY_NAME)
        assert [message in each.message for each in found] == [True]


@given(
    paths=st.lists(
        st.lists(st.sampled_from(["payments", "a.b", "x" * 90, "{id}"]), min_size=1, max_size=5),
        min_size=1,
        max_size=40,
    )
)
def test_expressions_for_the_web_acl_match_their_paths_and_no_more(paths):
    templates = ["/" + "/".join(parts) for parts in paths if len("/".join(parts)) < 400]
    found = alternatives([path_pattern(template) for template in templates]) if templates else []
    assert all(len(each) <= 512 for each in found)
    for template in templates:
        path = template.replace("{id}", "p1")
        for shown in (path, f"/live{path}"):
            assert any(re.search(each, shown) for each in found)
        assert not any(re.search(each, "/x" * 10 + path) for each in found)


@pytest.mark.parametrize(
    ("cors", "headers"),
    [
        ({"origins": ["*"]}, {"Allow-Origin": "'*'"}),
        ({"origins": ["https://a.example"], "credentials": True}, {"Allow-Credentials": "'true'"}),
    ],
)
def test_preflights_of_a_rest_api(cors, headers):
    files = {
        each.path.name: each for each in BY_NAME["aws-rest"].emit(sample("aws-rest", {"cors": cors}, FORMS["aws-rest"]))
    }
    body = json.loads(files["template.json"].content)["Resources"]["Api"]["Properties"]["Body"]
    answer = body["paths"]["/payments"]["options"]["x-amazon-apigateway-integration"]["responses"]["default"]
    said = answer["responseParameters"]
    assert headers.items() <= {key.rpartition("Access-Control-")[2]: value for key, value in said.items()}.items()
    assert ("https://a.example" in answer["responseTemplates"]["application/json"]) == ("credentials" in cors)


def test_without_pages_there_is_no_preflight():
    for target in TARGETS:
        forms = {name: form for name, form in FORMS[target].items() if name != "cors"}
        policy = sample(target, {"cors": None}, forms)
        assert () == judge(policy, BY_NAME)
        assert "x-amazon-apigateway-cors" not in text_of(policy, target)
        assert "preflight" not in text_of(policy, target)


def test_a_program_without_source_is_told(monkeypatch):
    monkeypatch.setattr("themekit.gateway.aws.access.PROGRAM", "math")
    with pytest.raises(ModuleNotFoundError, match="no source"):
        BY_NAME["aws-http"].emit(sample("aws-http", {}, FORMS["aws-http"]))
