"""The authorizer as AWS runs it: its emitted folder, and events in both of API Gateway's forms."""

import importlib.util
import itertools

from tests.gateway.aws.aws_samples import BY_NAME
from tests.gateway.real_envoy import token_text

ACCOUNT = "arn:aws:execute-api:eu-central-1:123456789012:abcdef1234"
_numbers = itertools.count()


def installed(policy, target, folder, *, rewrite=str):
    """The program, loaded from the folder that is packed for AWS; `rewrite` changes its text."""
    for artifact in BY_NAME[target].emit(policy):
        if artifact.path.parent.name == "authorizer":
            text = artifact.content.decode()
            (folder / artifact.path.name).write_text(rewrite(text) if artifact.path.suffix == ".py" else text)
    spec = importlib.util.spec_from_file_location(f"packed_authorizer_{next(_numbers)}", folder / "authorizer.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def http_event(operation, request, *, base="", text=None, certificate=None):
    """Payload format 2.0: several values of a header are one, with commas between them."""
    headers = {}
    for name, value in (*request.headers, *_authorization(request, text)):
        headers[name] = f"{headers[name]},{value}" if name in headers else value
    key = f"{operation.method} {base}{operation.path}"
    path = request.target.partition("?")[0]
    context = {"http": {"method": request.method, "path": path, "sourceIp": request.source}, "routeKey": key}
    if certificate:
        context["authentication"] = {"clientCert": {"clientCertPem": certificate}}
    return {
        "version": "2.0",
        "type": "REQUEST",
        "routeArn": f"{ACCOUNT}/$default/{request.method}{path}",
        "routeKey": key,
        "rawPath": path,
        "headers": headers,
        "requestContext": context,
    }


def rest_event(operation, request, *, base="", text=None, certificate=None):
    """The REQUEST event of a REST API, which keeps several values of a header apart."""
    many = {}
    for name, value in (*request.headers, *_authorization(request, text)):
        many.setdefault(name.title(), []).append(value)
    path = request.target.partition("?")[0]
    identity = {"sourceIp": request.source}
    if certificate:
        identity["clientCert"] = {"clientCertPem": certificate}
    return {
        "type": "REQUEST",
        "methodArn": f"{ACCOUNT}/live/{request.method}{path}",
        "resource": base + operation.path,
        "path": path,
        "httpMethod": operation.method,
        "headers": {name: values[-1] for name, values in many.items()},
        "multiValueHeaders": many,
        "requestContext": {"identity": identity, "resourcePath": base + operation.path},
    }


def _authorization(request, text):
    if text is None and request.token is None:
        return ()
    return (("authorization", text if text is not None else f"Bearer {token_text(request.token)}"),)


def asked(program, event):
    """The status that API Gateway answers with, 0 for none of its own, and what the authorizer says."""
    try:
        answer = program.handler(event)
    except Exception as fault:  # noqa: BLE001 - a REST API reads the text
        return (401, None) if str(fault) == "Unauthorized" else (500, None)
    ((statement),) = answer["policyDocument"]["Statement"]
    assert (event.get("routeArn") or event["methodArn"]) == statement["Resource"]
    assert "execute-api:Invoke" == statement["Action"]
    return {"Allow": 0, "Deny": 403}[statement["Effect"]], answer
