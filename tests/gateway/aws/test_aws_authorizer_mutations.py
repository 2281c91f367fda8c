"""Each check of the authorizer, taken out one at a time, is noticed by the requests that guard it."""

import time
from dataclasses import replace

import pytest

from tests.gateway.aws.aws_samples import aws_policy
from tests.gateway.aws.certificates import client_certificate
from tests.gateway.aws.lambda_events import asked, http_event, installed, rest_event
from tests.gateway.aws.test_aws_authorizer import bad_tokens, day_claims, operation_of, request
from tests.gateway.made_tokens import STRANGER, signed
from themekit.gateway.aws import authorizer

POLICY = {
    "certificates": {"banks": {"authority": "env:CLIENT_CA", "names": ["spiffe://acme.example/bank"]}},
    "routes.cancel.access": {"tokens": ["main"], "claims": {"tier": ["gold"]}, "certificates": ["banks"]},
    "addresses.allow": ["203.0.113.0/24", "198.51.0.0/16"],
    "requestHeaders.set": {"X-Consumer": {"claim": "sub"}, "X-Plan": {"claim": "plan"}},
}

MUTATIONS = {
    "any operation": (
        "if operation is None:",
        "if operation is None:\n        operation = rules['operations']['POST /payments']\n    if False:",
    ),
    "any address": ("if not is_allowed_address(", "if False and not is_allowed_address("),
    "denied networks": ("if any(found in ipaddress.ip_network(each) for each in deny):", "if False:"),
    "allowed networks": ("return not allow or any(", "return True or any("),
    "no consumer": ("if not isinstance(consumer, str) or not PLAIN.fullmatch(consumer):", "if False:"),
    "an empty consumer": ("PLAIN.fullmatch(consumer)", "PRINTABLE.fullmatch(consumer)"),
    "claims with line ends": ("if not all(PRINTABLE.fullmatch(text) for text in texts):", "if False:"),
    "claims and scopes": ("        check_claims(", "        0 and check_claims("),
    "one scope of a set": ("scopes.issuperset(group)", "scopes & set(group)"),
    "scopes in part": (
        "not any(scopes.issuperset(group) for group in groups)",
        "not all(each in str(said) for each in groups[0])",
    ),
    "any value of a claim": ("isinstance(each, str) and each in values", "isinstance(each, str)"),
    "certificates": ("if (known := operation", "if 0 and (known := operation"),
    "names in part": (
        'not set(certificate_names(context)) & set(cast("list[str]", known))',
        "not any(name.startswith(each) for name in certificate_names(context) for each in known)",
    ),
    "several headers": ("if len(values) > 1 or scheme", "if scheme"),
    "any scheme": ('scheme.lower() != "bearer"', "False"),
    "any issuer": ('each["issuer"] == claims.get("iss")', "True"),
    "any time": ("    check_times(", "    0 and check_times("),
    "no expiry": ("if not is_number(expiry):", "if expiry is None:\n        return\n    if not is_number(expiry):"),
    "old tokens": ('cast("float", expiry) + skew_s < now_s', "False"),
    "no skew": ('cast("float", expiry) + skew_s < now_s', 'cast("float", expiry) < now_s'),
    "future tokens": ('cast("float", start) - skew_s > now_s', "False"),
    "without end": (' and abs(value) != float("inf")', ""),
    "truth for a time": (" and not isinstance(value, bool)", ""),
    "any audience": ("if not any(isinstance(each, str) and each in cast", "if not any(each or each in cast"),
    "something critical": ('"crit" in header or ', ""),
    "any key": ('[key for key in cast("list[Object]", issuer["keys"]) if key.get("kid") == key_id]', 'issuer["keys"]'),
    "no signature": ("if not any(is_signed(key", "if False and not any(is_signed(key"),
    "no algorithm of the key": ('key.get("alg", algorithm) != algorithm or ', ""),
    "a short signature": ("len(signature) != length or ", ""),
    "a signature past the modulus": ("len(signature) != length or value >= modulus", "False"),
    "the digest at the end": (
        "pow(value, exponent, modulus).to_bytes(length) == expected",
        "pow(value, exponent, modulus).to_bytes(length).endswith(expected[-32:])",
    ),
    "the digest anywhere": (
        "pow(value, exponent, modulus).to_bytes(length) == expected",
        "digest in pow(value, exponent, modulus).to_bytes(length)",
    ),
    "a name twice": ("if len({name for name, _ in pairs}) != len(pairs):", "if False:"),
    "other texts of the same bytes": (
        'if base64.urlsafe_b64encode(content).rstrip(b"=").decode() != text:',
        "if False:",
    ),
    "faults that open": (
        'return answer(arn, "Deny", shown={"reason": "not-understood"',
        'return answer(arn, "Allow", shown={"reason": "x"',
    ),
    "a policy for all": ('"Resource": arn}', '"Resource": arn.partition("/")[0] + "/*"}'),
}


@pytest.fixture(scope="module")
def policy():
    return aws_policy("aws-http", POLICY, forms={"certificates": "whole-domain"})


@pytest.fixture(scope="module")
def probes(policy):
    """Events and the status that each is to have. Their tokens hold for a day."""
    create, read, cancel = (operation_of(policy, name) for name in ("createPayment", "listPayments", "cancelPayment"))
    now_s = int(time.time())

    def event(operation=create, **changes):
        options = {
            name: changes.pop(name) for name in ("certificate", "source", "scheme", "headers") if name in changes
        }
        said = {name: value for name, value in {**day_claims(), **changes}.items() if value is not None}
        sent = request(operation, source=options.get("source", "203.0.113.7"), headers=options.get("headers", ()))
        text = f"{options.get('scheme', 'Bearer')} {signed(said)}"
        return http_event(operation, sent, text=text, certificate=options.get("certificate"))

    bank = client_certificate(["spiffe://acme.example/bank"], subject="x")
    denied = [
        event(replace(create, path="/nowhere")),
        event(source="198.51.100.3"),
        event(source="192.0.2.1"),
        event(sub=None),
        event(sub=""),
        event(sub=7),
        event(plan="a\nb"),
        event(scope="payments:read"),
        event(scope="xpayments:write"),
        event(read, scope="admin"),
        event(read, scope="payments:reader"),
        event(cancel, tier="silver", certificate=bank),
        event(cancel),
        event(
            cancel,
            certificate=client_certificate(["spiffe://acme.example/other"], subject="spiffe://acme.example/bank"),
        ),
        event(cancel, certificate=client_certificate(["spiffe://acme.example/bank2"], subject="x")),
        event(scheme="Basic"),
        event(headers=[("authorization", f"Bearer {signed(day_claims())}")]),
        event(iss="https://evil.example/"),
        event(exp=None),
        event(exp=now_s - 600),
        event(exp=True),
        event(nbf=now_s + 600),
        event(nbf=False),
        event(aud="x"),
        event(aud=None),
        http_event(create, request(create), text=f"Bearer {signed(day_claims(), key=STRANGER)}"),
        *(http_event(create, request(create), text=f"Bearer {token}") for token in bad_tokens().values()),
        {**event(), "headers": 7},
    ]
    allowed = [
        event(),
        event(exp=now_s - 10),
        event(plan="gold"),
        event(read, scope="payments:write admin"),
        event(cancel, certificate=bank),
        event(aud=["x", "https://api.acme.example"]),
    ]
    twice = request(create, headers=[("authorization", f"Bearer {signed(day_claims())}")])
    unauthorized = [
        rest_event(create, twice, text=f"Bearer {signed(day_claims())}"),
        rest_event(create, request(create)),
    ]
    return [(each, 401) for each in unauthorized] + [(each, 403) for each in denied] + [(each, 0) for each in allowed]


def first_difference(program, probes):
    """The first probe that is answered otherwise than it has to be, or None."""
    for number, (event, expected) in enumerate(probes):
        try:
            found = asked(program, event)[0]
        except AssertionError:
            return number  # it is for more than what was called
        if found != expected:
            return number
    return None


def test_the_program_as_emitted_passes(policy, probes, tmp_path):
    assert None is first_difference(installed(policy, "aws-http", tmp_path), probes)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_check_that_is_missing_is_noticed(policy, probes, tmp_path, name):
    old, new = MUTATIONS[name]
    program = installed(policy, "aws-http", tmp_path, rewrite=lambda text: changed_text(text, old, new))
    assert program.__doc__ == authorizer.__doc__
    assert None is not first_difference(program, probes)


def changed_text(text, old, new):
    assert 1 == text.count(old)
    return text.replace(old, new)
