"""Our own check of an emitted template notices each fault that opens the API, breaks it, or that AWS refuses.

Measured once: of these 103 faults it notices 103, and cfn-lint 1.58.0 notices 16 in the same templates. The faults and
the check have one author: the first number says that no fault of the list is forgotten, and not that there is no other.
"""

import copy
import json
from dataclasses import replace

import pytest

from tests.gateway.aws.test_aws_templates import CASES, emitted, loaded
from themekit.gateway.aws import REST as REST_API
from themekit.gateway.aws.check_resources import faults

HTTP, NATIVE = ("aws-http", "sample"), ("aws-http", "native")
REST, RICH, KEYS = ("aws-rest", "sample"), ("aws-rest", "rich"), ("aws-rest", "keys")
HTTP_RICH = ("aws-http", "rich")
INTEGRATION = "x-amazon-apigateway-integration"
GET = "Api.Body.paths./payments.get"
BASED = "Api.Body.paths./v1/payments.get"
BEARER = "Api.Body.components.securitySchemes.bearer.x-amazon-apigateway-authorizer"
JWT = "Api.Body.components.securitySchemes.jwt_main.x-amazon-apigateway-authorizer"


def inner(template, path, *, above=0):
    """The value at a path of keys below the resources; a resource's properties are meant by its name."""
    parts = path.split(".")
    value = template["Resources"][parts[0]]["Properties"]
    for part in parts[1 : len(parts) - above]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value


def put(path, new):
    """Another value at a path, or a new one."""

    def change(template):
        inner(template, path, above=1)[path.rpartition(".")[2]] = new

    return change


def without(path):
    def change(template):
        del inner(template, path, above=1)[path.rpartition(".")[2]]

    return change


def changed_header(name, value):
    def change(template):
        inner(template, f"{GET}.{INTEGRATION}")["requestParameters"][name] = value

    return change


def no(*names):
    """Resources left out."""

    def change(template):
        for name in names:
            del template["Resources"][name]

    return change


def logged(name, text):
    """Another field in the log; None for none."""

    def change(template):
        stage = template["Resources"]["Stage"]["Properties"]
        log = stage.get("AccessLogSettings") or stage["AccessLogSetting"]
        fields = {**json.loads(log["Format"]), name: text}
        log["Format"] = json.dumps({key: value for key, value in fields.items() if value is not None})

    return change


def rule(number, path, new):
    def change(template):
        value = template["Resources"]["WebAcl"]["Properties"]["Rules"][number]
        *parents, last = path.split(".")
        for part in parents:
            value = value[int(part)] if isinstance(value, list) else value[part]
        value[last] = new

    return change


def body_rule(path, new):
    """The last rule, which is about bodies."""
    return rule(-1, f"Statement.SizeConstraintStatement.{path}", new)


def acl_of_rest(template):
    rest = loaded(*REST, "template.json")["Resources"]
    template["Resources"]["WebAcl"] = {"Type": rest["WebAcl"]["Type"], "Properties": {**rest["WebAcl"]["Properties"]}}
    template["Resources"]["WebAcl"]["Properties"]["Rules"] = [rest["WebAcl"]["Properties"]["Rules"][-1]]


def any_page(template):
    options = inner(template, f"Api.Body.paths./payments.options.{INTEGRATION}.responses.default.responseParameters")
    options["method.response.header.Access-Control-Allow-Origin"] = "'*'"
    options["method.response.header.Access-Control-Allow-Credentials"] = "'true'"


def plain_key(template):
    inner(template, "ApiKey0")["Value"] = "aVeryLongKeyInClearText"


def waiting_for_nothing(template):
    template["Resources"]["Authorizer"]["DependsOn"].append("Ghost")


def two_requirements(template):
    inner(template, GET)["security"].append({"caller": []})


MUTATIONS = {
    # the document
    "an unknown security scheme": (HTTP, put(f"{GET}.security", [{"ghost": []}])),
    "nothing said of who may call": (HTTP, without(f"{GET}.security")),
    "nothing said of who may call, in a REST API": (REST, without(f"{GET}.security")),
    "open without a reason": (REST, put(f"{GET}.security", [])),
    "an empty requirement": (REST, put(f"{GET}.security", [{}])),
    "two requirements": (HTTP, two_requirements),
    "scopes that nobody looks at": (HTTP, put(f"{GET}.security", [{"bearer": ["payments:read"]}])),
    "eleven scopes": (
        NATIVE,
        put("Api.Body.paths./payments.post.security", [{"jwt_main": [f"s{n}" for n in range(11)]}]),
    ),
    "nothing answers": (HTTP, without(f"{GET}.{INTEGRATION}")),
    "a timeout that is too long": (HTTP, put(f"{GET}.{INTEGRATION}.timeoutInMillis", 30_001)),
    "a timeout that is too long, in a REST API": (REST, put(f"{GET}.{INTEGRATION}.timeoutInMillis", 29_001)),
    "an unknown kind of integration": (HTTP, put(f"{GET}.{INTEGRATION}.type", "http_proxi")),
    "a mock in an HTTP API": (HTTP, put(f"{GET}.{INTEGRATION}.type", "mock")),
    "another payload format": (HTTP, put(f"{GET}.{INTEGRATION}.payloadFormatVersion", "2.0")),
    "clear text over the Internet": (
        HTTP,
        put(f"{GET}.{INTEGRATION}.uri", "http://payments.internal.example/payments"),
    ),
    "a link without its id": (RICH, without(f"{BASED}.{INTEGRATION}.connectionId")),
    "a header as the client wrote it": (
        HTTP,
        changed_header("overwrite:header.x-consumer", "$request.header.x-consumer"),
    ),
    "a value without quotes": (REST, changed_header("integration.request.header.x-a", "yes")),
    "a parameter that is lost": (
        REST,
        put(f"Api.Body.paths./payments/{{payment_id}}.get.{INTEGRATION}.requestParameters", {}),
    ),
    "a parameter that is not described": (REST, without("Api.Body.paths./payments/{payment_id}.get.parameters")),
    "a reference to nothing": (REST, put(f"{GET}.responses.200", {"$ref": "#/components/responses/Ghost"})),
    "no OpenAPI": (HTTP, put("Api.Body.openapi", "2.0")),
    "no path": (HTTP, put("Api.Body.paths", {})),
    "an unknown method": (HTTP, put("Api.Body.paths./payments.trace", {"security": []})),
    "an unknown validator": (REST, put(f"{GET}.x-amazon-apigateway-request-validator", "ghost")),
    "no function": (HTTP, without(f"{BEARER}.authorizerUri")),
    "decisions that are kept": (HTTP, put(f"{BEARER}.authorizerResultTtlInSeconds", 300)),
    "decisions that are kept, in a REST API": (REST, put(f"{BEARER}.authorizerResultTtlInSeconds", 300)),
    "events in another form": (HTTP, put(f"{BEARER}.authorizerPayloadFormatVersion", "1.0")),
    "simple answers": (HTTP, put(f"{BEARER}.enableSimpleResponses", True)),
    "an unknown kind of authorizer": (REST, put(f"{BEARER}.type", "oidc")),
    "an authorizer of tokens in a REST API": (REST, put(f"{BEARER}.type", "jwt")),
    "no authorizer": (HTTP, without(BEARER)),
    "tokens of any issuer": (NATIVE, without(f"{JWT}.jwtConfiguration.issuer")),
    "tokens for anybody": (NATIVE, put(f"{JWT}.jwtConfiguration.audience", [])),
    "no rules for tokens": (NATIVE, without(f"{JWT}.jwtConfiguration")),
    "an issuer that is looked up": (NATIVE, put("Api.Body.components.securitySchemes.jwt_main.type", "openIdConnect")),
    "tokens from elsewhere": (NATIVE, put(f"{JWT}.identitySource", "$request.querystring.token")),
    "pages of any origin with cookies": (
        HTTP,
        put("Api.Body.x-amazon-apigateway-cors", {"allowOrigins": ["*"], "allowCredentials": True}),
    ),
    "pages of any origin with cookies, in a REST API": (REST, any_page),
    "a resource policy that denies nobody": (
        REST,
        put("Api.Body.x-amazon-apigateway-policy.Statement", [{"Effect": "Allow", "Principal": "*"}]),
    ),
    "a way around the domain names": (HTTP, put("Api.DisableExecuteApiEndpoint", False)),
    "warnings that are passed over": (REST, without("Api.FailOnWarnings")),
    "an authorizer that AWS takes for none": (REST, without("Api.Body.components.securitySchemes.bearer.type")),
    "no method for the API": (HTTP, without(f"{GET}.{INTEGRATION}.httpMethod")),
    "an unknown link": (REST, put(f"{GET}.{INTEGRATION}.connectionType", "VPC")),
    "rules for pages without an origin": (HTTP, put("Api.Body.x-amazon-apigateway-cors", {"allowMethods": ["GET"]})),
    # around it
    "no API": (HTTP, no("Api")),
    "no stage": (REST, no("Stage")),
    "a fact of nothing": (HTTP, put("Authorizer.Role", {"Fn::GetAtt": ["Ghost", "Arn"]})),
    "waiting for nothing": (REST, waiting_for_nothing),
    "a field that is lost": (HTTP, logged("status", None)),
    "no domain": (REST, no("Domain0", "Mapping0")),
    "a size of bodies that there is not": (
        REST,
        put("WebAcl.AssociationConfig.RequestBody.API_GATEWAY.DefaultSizeInspectionLimit", "KB_128"),
    ),
    "a rule without a priority": (REST, rule(0, "Priority", "first")),
    "a reference to no parameter": (HTTP, put("Domain0.DomainName", {"Ref": "Ghost"})),
    "a text with a reference to nothing": (HTTP, put("AuthorizerPermission.SourceArn", {"Fn::Sub": "${Ghost.Arn}"})),
    "no permission": (HTTP, no("AuthorizerPermission")),
    "permission for everybody": (REST, without("AuthorizerPermission.SourceArn")),
    "an authorizer that takes too long": (REST, put("Authorizer.Timeout", 30)),
    "a secret for the authorizer": (REST, put("Authorizer.Environment", {"Variables": {"KEY": "x"}})),
    "no access log": (HTTP, without("Stage.AccessLogSettings")),
    "no access log, in a REST API": (REST, without("Stage.AccessLogSetting")),
    "a redacted field in the log": (RICH, logged("address", "$context.identity.sourceIp")),
    "a field that the policy does not name": (RICH, logged("agent", "$context.identity.userAgent")),
    "a log with tokens": (HTTP, logged("path", "$context.authorizer.authorizationToken")),
    "a log that is no JSON": (HTTP, put("Stage.AccessLogSettings.Format", "$context.requestId")),
    "a negative rate": (HTTP, put("Stage.RouteSettings.GET /payments.ThrottlingRateLimit", -1)),
    "a rate without a burst": (REST, without("Stage.MethodSettings.1.ThrottlingBurstLimit")),
    "a text for a rate": (REST, put("Stage.MethodSettings.1.ThrottlingRateLimit", "fast")),
    "old TLS": (REST, put("Domain0.SecurityPolicy", "TLS_1_0")),
    "a typing error in TLS": (HTTP, put("Domain0.DomainNameConfigurations.0.SecurityPolicy", "TLS_1_22")),
    "no TLS policy": (REST, without("Domain0.SecurityPolicy")),
    "no certificate": (REST, without("Domain0.RegionalCertificateArn")),
    "a truststore that is not in S3": (
        HTTP_RICH,
        put("Domain0.MutualTlsAuthentication.TruststoreUri", "https://x/a.pem"),
    ),
    "a domain that leads nowhere": (HTTP, no("Mapping0")),
    "a domain of any name": (REST, put("Domain0.DomainName", "*.acme.example")),
    "a key in clear text": (KEYS, plain_key),
    "a key of another type": (KEYS, put("PlanKey0.KeyType", "APIKEY")),
    "a plan for nothing": (KEYS, put("Plan.ApiStages", [])),
    "a quota for each hour": (KEYS, put("Plan.Quota", {"Limit": 10, "Period": "HOUR"})),
    "a web ACL before an HTTP API": (HTTP, acl_of_rest),
    "a web ACL before nothing": (REST, no("WebAclAssociation")),
    "a scope of CloudFront": (REST, put("WebAcl.Scope", "CLOUDFRONT")),
    "sets of CloudFront": (REST, put("DeniedV4.Scope", "CLOUDFRONT")),
    "two rules of one priority": (REST, rule(0, "Priority", 1)),
    "a rule that stops nothing": (REST, rule(0, "Action", {"Count": {}})),
    "a rule without an action": (REST, rule(0, "Action", {})),
    "a rule that says nothing": (REST, rule(0, "Statement", {})),
    "no network": (REST, put("DeniedV4.Addresses", ["300.1.1.1/99"])),
    "a network of the other version": (REST, put("DeniedV4.Addresses", ["2001:db8::/32"])),
    "a limit that is too low": (REST, rule(1, "Statement.RateBasedStatement.Limit", 9)),
    "a window that there is not": (REST, rule(1, "Statement.RateBasedStatement.EvaluationWindowSec", 90)),
    "a rule that matches parts": (
        REST,
        rule(
            1,
            "Statement.RateBasedStatement.ScopeDownStatement.AndStatement.Statements.1.RegexMatchStatement.RegexString",
            "/oauth",
        ),
    ),
    "large bodies that pass": (REST, body_rule("FieldToMatch.Body.OversizeHandling", "CONTINUE")),
    "a size beyond what is seen": (REST, body_rule("Size", 70_000)),
    "small bodies that are stopped": (REST, body_rule("ComparisonOperator", "LT")),
    "less of bodies seen": (
        RICH,
        put("WebAcl.AssociationConfig.RequestBody.API_GATEWAY.DefaultSizeInspectionLimit", "KB_16"),
    ),
    "no alarm for errors": (REST, no("ClientErrors")),
    "no alarm for latency": (HTTP, no("SlowAnswers")),
    "no alarm for throttling": (HTTP, no("Throttled")),
    "an alarm that nobody hears": (HTTP, without("SlowAnswers.AlarmActions")),
    "no dashboard": (REST, no("Dashboard")),
}


@pytest.fixture(scope="module")
def good():
    return {case: (emitted(*case)[0].logging, loaded(*case, "template.json")) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_nothing_is_wrong_with_what_is_emitted(good, case):
    logging, template = good[case]
    assert () == faults(template, logging)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_fault_is_noticed(good, name):
    case, change = MUTATIONS[name]
    logging, template = good[case]
    changed = copy.deepcopy(template)
    change(changed)
    assert changed != template
    found = faults(changed, logging)
    assert found
    assert all(each.place.startswith("Resources") and each.message for each in found)


def test_a_template_with_a_fault_is_not_written():
    """It would be our own mistake: no policy that is read has such a host."""
    policy, _ = emitted(*REST)
    anything = replace(policy, listen=replace(policy.listen, hosts=("*.acme.example",)))
    with pytest.raises(AssertionError, match="it is any name"):
        REST_API.emit(anything)
