"""The files for AWS: as reviewed, the same each time, free of what linters find, and alike in both languages."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from tests.gateway.aws.aws_samples import BY_NAME, RICH, aws_policy
from themekit.gateway.aws import kinds
from themekit.gateway.aws.terraform import METHOD_SETTINGS, configuration, named
from themekit.gateway.aws.values import Kind, Stack
from themekit.gateway.secret_scan import scan

GOLDEN = Path(__file__).parents[2] / "golden" / "gateway"
KEYS = {
    "apiKeys": {"partners": {"header": "X-API-Key", "consumers": {"bank": "env:BANK", "shop": "aws-sm:prod/shop"}}},
    "routes.cancel.access": {"apiKeys": ["partners"]},
}
RICH_FORMS = {"certificates": "whole-domain", "logging": "connection-address"}
CASES = {
    ("aws-http", "sample"): ({}, {}),
    ("aws-http", "rich"): (RICH, RICH_FORMS),
    ("aws-http", "native"): (
        {"addresses": {}, "tokens.main.keys": None, "tokens.main.jwks": "https://id.acme.example/jwks.json"},
        {"jwks": "native-jwt"},
    ),
    ("aws-rest", "sample"): ({}, {}),
    ("aws-rest", "rich"): ({**RICH, "listen.tls.minimum": "1.3"}, RICH_FORMS),
    ("aws-rest", "keys"): (KEYS, {"api-keys": "usage-plan"}),
}


def emitted(target, case):
    changes, forms = CASES[target, case]
    policy = aws_policy(target, changes, forms=forms)
    return policy, {str(each.path): each for each in BY_NAME[target].emit(policy)}


def loaded(target, case, name):
    return json.loads(emitted(target, case)[1][f"gateway/{target}/{name}"].content)


@pytest.mark.parametrize("target", BY_NAME)
def test_files(target, golden):
    """The program is the same for every policy, and is no golden file."""
    for path, artifact in emitted(target, "sample")[1].items():
        if not path.endswith(".py"):
            name = path.removeprefix(f"gateway/{target}/")
            golden(GOLDEN / target / "sample" / name, artifact.content.decode())


@pytest.mark.parametrize(("target", "case"), CASES)
def test_the_same_bytes_each_time_and_no_secret(target, case):
    policy, files = emitted(target, case)
    assert files == emitted(target, case)[1]
    assert () == scan(files.values())
    assert {"template.json", "terraform.tf.json"} <= {each.path.name for each in files.values()}
    assert policy.listen.tls is None or all(str(each.content).count("vault") <= 1 for each in files.values())


def test_who_deploys_is_told_which_secrets_are_meant():
    """The references stand in the descriptions of what they are to be brought into, and nowhere else."""
    for target in ("aws-http", "aws-rest"):
        _, files = emitted(target, "rich")
        parameters = json.loads(files[f"gateway/{target}/template.json"].content)["Parameters"]
        told = {name: each["Description"].rpartition(": ")[2] for name, each in parameters.items()}
        assert "`env:CHAIN`, imported with the key `vault:pki/acme#private_key`" == told["CertificateArn"]
        assert "`env:CLIENT_CA`" == told["TruststoreUri"]


def test_cfn_lint_finds_nothing(tmp_path):
    paths = []
    for number, (target, case) in enumerate(CASES):
        path = tmp_path / f"{number}.json"
        path.write_bytes(emitted(target, case)[1][f"gateway/{target}/template.json"].content)
        paths.append(str(path))
    command = [str(Path(sys.executable).with_name("cfn-lint")), "--format", "parseable", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ("", 0) == (done.stdout + done.stderr, done.returncode)


@pytest.mark.parametrize(("target", "case"), CASES)
def test_the_document_is_openapi(target, case):
    body = loaded(target, case, "template.json")["Resources"]["Api"]["Properties"]["Body"]
    plain = json.loads(json.dumps(without_references(body)))
    assert [] == list(OpenAPIV30SpecValidator(plain).iter_errors())
    assert all(each.get("security") is not None for _, each in operations(body))


def operations(body):
    for path, item in body["paths"].items():
        for method, each in item.items():
            if method != "parameters":
                yield (method, path), each


def without_references(value):
    """References of both languages as one sign, and JSON in texts as what it says."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)) in {"Ref", "Fn::GetAtt", "Fn::Sub"}:
            text = value.get("Fn::Sub", "${x}")
            return without_references(re.sub(r"\$\{(?!!)[^}]*\}", "<>", text))
        return {key: without_references(each) for key, each in value.items()}
    if isinstance(value, list):
        return [without_references(each) for each in value]
    if isinstance(value, str):
        text = re.sub(r"(?<!\$)\$\{[^}]*\}", "<>", value)
        if text.startswith(('{"', "[{")):
            return without_references(json.loads(text))
        return re.sub(r"\{\{resolve:[^}]*\}\}", "<>", text)
    return value


def leaves(value):
    """Every scalar and every key, as the languages name keys differently."""
    if isinstance(value, dict):
        return {leaf for key, each in value.items() for leaf in {key, *leaves(each)}}
    if isinstance(value, list):
        return {leaf for each in value for leaf in leaves(each)}
    return {(type(value).__name__, value)} if not isinstance(value, str) else {value}


def scalars(value):
    if isinstance(value, dict):
        return {leaf for each in value.values() for leaf in scalars(each)}
    if isinstance(value, list):
        return {leaf for each in value for leaf in scalars(each)}
    return {(type(value).__name__, value)} if not isinstance(value, str) else {value}


TERRAFORM_TYPES = {each.cloudformation: each.terraform for each in vars(kinds).values() if isinstance(each, Kind)}


@pytest.mark.parametrize(("target", "case"), CASES)
def test_terraform_says_what_the_template_says(target, case):
    """Every value of every resource; only where the authorizer's folder lies is said by each in its own way."""
    template = loaded(target, case, "template.json")
    terraform = loaded(target, case, "terraform.tf.json")
    count = 0
    for key, resource in template["Resources"].items():
        twin = terraform["resource"][TERRAFORM_TYPES[resource["Type"]]][named(key)]
        if "MethodSettings" in resource["Properties"]:
            settings = resource["Properties"].pop("MethodSettings")
            count += len(settings)
            found = list(terraform["resource"][METHOD_SETTINGS].values())
            for one, other in zip(settings, found, strict=True):
                path = one.pop("ResourcePath")[1:].replace("~1", "/").strip("/")
                assert f"{path}/{one.pop('HttpMethod')}" == other["method_path"]
                assert scalars(one) == scalars(other["settings"])
        resource["Properties"].pop("Code", None)
        assert set() == scalars(without_references(resource["Properties"])) - leaves(without_references(twin)), key
        count += 1
    assert count == sum(len(each) for each in terraform["resource"].values())
    if body := template["Resources"]["Api"]["Properties"].get("Body"):
        (api,) = terraform["resource"][TERRAFORM_TYPES[template["Resources"]["Api"]["Type"]]].values()
        assert without_references(body) == without_references(api["body"])


@pytest.mark.parametrize(("target", "case"), CASES)
def test_terraform_refers_to_what_there_is(target, case):
    terraform = loaded(target, case, "terraform.tf.json")
    text = json.dumps(terraform)
    for expression in re.findall(r"(?<!\$)\$\{([^}]*)\}", text):
        first, second, *rest = expression.split(".")
        if first == "var":
            assert second in terraform["variable"]
        elif first == "data":
            assert rest[0] in terraform["data"][second]
        elif first != "path":
            assert second in terraform["resource"][first]
    assert text.count("${") > 10
    secret = {name for name, each in terraform["variable"].items() if each.get("sensitive")}
    assert secret == ({"api_key_value0", "api_key_value1"} if case == "keys" else set())


def test_texts_that_look_like_references_stay_texts():
    """What a policy says is text in both languages, and in texts of JSON."""
    changes = {"routes.token.access": {"public": 'Say "${AWS::Region}" or %{ if true } ${path.module}'}}
    files = {each.path.name: each for each in BY_NAME["aws-rest"].emit(aws_policy("aws-rest", changes))}
    (api,) = json.loads(files["terraform.tf.json"].content)["resource"]["aws_api_gateway_rest_api"].values()
    assert 'Say \\"$${AWS::Region}\\" or %%{ if true } $${path.module}' in api["body"]


def test_keys_are_references():
    resources = loaded("aws-rest", "keys", "template.json")
    values = [each["Properties"]["Value"] for key, each in resources["Resources"].items() if key.startswith("ApiKey")]
    assert [{"Ref": "ApiKeyValue0"}, "{{resolve:secretsmanager:prod/shop}}"] == values
    assert {"ApiKeyValue0"} == {key for key, each in resources["Parameters"].items() if each.get("NoEcho")}


def test_the_native_authorizer_is_taken_where_it_can_say_the_same():
    body = loaded("aws-http", "native", "template.json")["Resources"]["Api"]["Properties"]["Body"]
    security = {each["operationId"]: each["security"] for _, each in operations(body)}
    assert [{"jwt_main": ["payments:write"]}] == security["createPayment"]
    assert [{"bearer": []}] == security["listPayments"]  # a set of two scopes
    assert [{"bearer": []}] == security["cancelPayment"]  # a claim
    assert [] == security["createToken"]
    assert [{"caller": []}] == security["closed.delete.payments.search"]
    assert {"bearer", "caller", "jwt_main"} == set(body["components"]["securitySchemes"])


@pytest.mark.parametrize("claim", ["sub${request.header.evil}", "https://acme.example/tenant"])
def test_a_claim_that_aws_could_read_otherwise_goes_through_the_function(claim):
    changes, forms = CASES["aws-http", "native"]
    policy = aws_policy("aws-http", {**changes, "requestHeaders.set.X-T": {"claim": claim}}, forms=forms)
    template = next(each for each in BY_NAME["aws-http"].emit(policy) if each.path.name == "template.json")
    body = json.loads(template.content)["Resources"]["Api"]["Properties"]["Body"]
    assert {"bearer", "caller"} == set(body["components"]["securitySchemes"])
    assert claim.encode() not in template.content


def test_a_text_with_a_dollar_stays_a_text_in_a_rest_api():
    policy = aws_policy("aws-rest", {"requestHeaders.set.X-T": {"value": "$request.header.x ${y}"}})
    template = next(each for each in BY_NAME["aws-rest"].emit(policy) if each.path.name == "template.json")
    assert b"\"'$request.header.x ${y}'\"" in template.content


def test_a_policy_of_open_operations_has_no_function():
    public = {"public": "Everything here is public"}
    changes = {f"routes.{name}.access": public for name in ("read", "write", "cancel")}
    for target in BY_NAME:
        policy = aws_policy(target, {**changes, "addresses": {}, "routes.read.limits": ["all"]})
        names = {each.path.name for each in BY_NAME[target].emit(policy)}
        program = {"authorizer.py", "access.json"}
        assert (program if target == "aws-http" else set()) == program & names  # there it closes what no one answers


def test_a_reference_to_nothing_is_our_own_fault():
    stack = Stack("x", (), (), has_authorizer=False)
    assert {} == configuration(stack)["resource"]
    with pytest.raises(StopIteration):
        stack.kind_of("Ghost")
