"""The authorizer, run as Lambda runs it: it lets through what the policy's meaning lets through, and nothing else."""

import hashlib
import json
import time
from dataclasses import replace
from functools import cache

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.gateway.aws.aws_samples import aws_policy
from tests.gateway.aws.certificates import client_certificate
from tests.gateway.aws.lambda_events import asked, http_event, installed, rest_event
from tests.gateway.made_tokens import ISSUER, KEY_ID, encoded, jwk, rs256, signed
from themekit.gateway.aws import authorizer
from themekit.gateway.meaning import Context, Reason, decide
from themekit.gateway.requests import Request, Token

TARGETS = ["aws-http", "aws-rest"]
GOOD = {
    "iss": "https://id.acme.example/",
    "aud": "https://api.acme.example",
    "sub": "alice",
    "scope": "payments:write",
    "tier": "gold",
}
SOURCE = "203.0.113.7"


def now_claims(**changes):
    said = {**GOOD, "exp": int(time.time()) + 600, **changes}
    return {name: value for name, value in said.items() if value is not None}


def request(operation, *, token=None, source=SOURCE, headers=()):
    target = operation.path.replace("{payment_id}", "p1")
    return Request(operation.method, target, "api.acme.example", source, headers=tuple(headers), token=token)


def operation_of(policy, name):
    return next(each for each in policy.operations if each.id == name)


@pytest.fixture(scope="module", params=TARGETS)
def subject(request, tmp_path_factory):
    policy = aws_policy(request.param)
    program = installed(policy, request.param, tmp_path_factory.mktemp("authorizer"))
    return policy, program, http_event if request.param == "aws-http" else rest_event


def status(subject, name, text, **options):
    policy, program, event = subject
    operation = operation_of(policy, name)
    return asked(program, event(operation, request(operation), text=text, **options))


def refused(subject):
    """The status for a token that is no good."""
    return 403 if subject[2] is http_event else 401


names = st.sampled_from(["listPayments", "createPayment", "retrievePayment", "cancelPayment", "createToken"])
scopes = st.lists(st.sampled_from(["payments:read", "payments:write", "admin", "xpayments:read"]), max_size=3)


@st.composite
def tokens(draw):
    now_s = int(time.time())
    said = {
        "iss": draw(st.sampled_from([GOOD["iss"]] * 6 + ["https://id.acme.example", "", None])),
        "aud": draw(st.sampled_from([GOOD["aud"]] * 6 + ["x", None, ("x", GOOD["aud"]), ()])),
        "sub": draw(st.sampled_from(["alice", "bob@acme.example", "a b", "", None, " a", 7, "ü"])),
        "exp": draw(st.sampled_from([now_s + 600] * 6 + [now_s - 600, now_s - 10, None, True, "9999999999"])),
        "nbf": draw(st.sampled_from([None] * 6 + [now_s - 60, now_s + 600, "x"])),
        "scope": draw(scopes.map(" ".join) | scopes.map(tuple) | st.none()),
        "tier": draw(st.sampled_from(["gold", "silver", None, ("gold",), ("a", "gold"), 1])),
    }
    return Token(
        claims=tuple((name, value) for name, value in said.items() if value is not None),
        key=draw(st.sampled_from(["k1"] * 6 + ["k2"])),
        algorithm=draw(st.sampled_from(["RS256"] * 6 + ["none", "HS256"])),
        is_genuine=draw(st.sampled_from([True] * 6 + [False])),
        is_well_formed=draw(st.sampled_from([True] * 6 + [False])),
    )


@given(
    name=names, token=st.none() | tokens() | tokens(), source=st.sampled_from([SOURCE, "198.51.100.3", "2001:db8::1"])
)
def test_it_decides_as_the_policy_means(subject, name, token, source):
    """Networks are the web ACL's matter before a REST API."""
    policy, program, event = subject
    if event is rest_event:
        source = SOURCE
    operation = operation_of(policy, name)
    sent = request(operation, token=token, source=source)
    decision = decide(policy, sent, context=Context(time.time()))
    found, answer = asked(program, event(operation, sent))
    expected = 0 if decision.reason is Reason.FORWARDED else decision.status
    assert (403 if expected == 401 and event is http_event else expected) == found, decision
    if answer is not None and found == 0:
        shown = [answer["context"][f"claim{number}"] for number in range(1)]
        assert [dict(decision.set).get("x-consumer", "")] == shown
        assert (answer["context"]["consumer"] == "-") == (operation.id == "createToken")


def test_a_good_token_is_let_in_and_named(subject):
    found, answer = status(subject, "createPayment", f"Bearer {signed(now_claims())}")
    assert (0, "alice") == (found, answer["principalId"])
    assert {"reason": "allowed", "consumer": "alice", "claim0": "alice"} == answer["context"]


def remade(token, *, header=None, payload=None, signature=None):
    parts = token.split(".")
    parts[0] = parts[0] if header is None else encoded(header)
    parts[1] = parts[1] if payload is None else encoded(payload)
    parts[2] = parts[2] if signature is None else encoded(signature)
    return ".".join(parts)


def resigned(header, payload):
    message = f"{encoded(header)}.{encoded(payload)}"
    return f"{message}.{encoded(rs256(ISSUER, message.encode()))}"


def padded(digest, filler=b"\xff"):
    return b"\x00\x01" + filler * (256 - len(digest) - 3) + b"\x00" + digest


def raw_signature(block):
    return pow(int.from_bytes(block), ISSUER[1], ISSUER[0]).to_bytes(256)


def day_claims():
    return now_claims(exp=int(time.time()) + 86_400)


HEADER = json.dumps({"alg": "RS256", "kid": KEY_ID}).encode()
PREFIX = bytes.fromhex("3031300d060960864801650304020105000420")


def signed_by_rs512(claims):
    message = f"{encoded(HEADER.replace(b'RS256', b'RS512'))}.{encoded(json.dumps(claims).encode())}"
    digest = bytes.fromhex(authorizer.DIGEST_INFO["sha512"]) + hashlib.sha512(message.encode()).digest()
    return f"{message}.{encoded(raw_signature(padded(digest)))}"


@cache
def bad_tokens():
    """They hold for a day, as all but one thing of each has to be good whenever it is sent."""
    good, payload = signed(day_claims()), json.dumps(day_claims()).encode()
    message = good.rpartition(".")[0].encode()
    digest = PREFIX + hashlib.sha256(message).digest()
    text = good.rpartition(".")[2]
    value = int.from_bytes(rs256(ISSUER, message))
    return {
        "nothing": "",
        "no parts": "abc",
        "a fourth part": f"{good}.x",
        "padding": f"{good}==",
        "a space": f" {good}",
        "another text of the same bytes": f"{good.rpartition('.')[0]}.{text[:-1]}{chr(ord(text[-1]) + 1)}",
        "a list for claims": resigned(HEADER, b"[]"),
        "a list for a header": resigned(b"[]", payload),
        "no JSON": resigned(HEADER, b"{"),
        "no UTF-8": resigned(HEADER, b'{"iss": "\xff"}'),
        "a name twice": resigned(HEADER, payload[:-1] + b', "sub": "mallory"}'),
        "no number": resigned(HEADER, payload.replace(b'"exp": ', b'"exp": NaN, "was": ')),
        "without end": resigned(HEADER, payload.replace(b'"exp": ', b'"exp": 1e999, "was": ')),
        "no key id": signed(day_claims(), key_id=""),
        "unknown key": signed(day_claims(), key_id="k9"),
        "something critical": resigned(b'{"alg": "RS256", "kid": "k1", "crit": ["x"], "x": 1}', payload),
        "none": signed(day_claims(), algorithm="none"),
        "none, with a signature": resigned(b'{"alg": "none", "kid": "k1"}', payload),
        "the key as a secret": signed(day_claims(), algorithm="HS256"),
        "another hash than the key's": resigned(b'{"alg": "RS512", "kid": "k1"}', payload),
        "another algorithm than the key's": signed_by_rs512(day_claims()),
        "other claims": remade(good, payload=payload.replace(b"alice", b"admin")),
        "no signature": remade(good, signature=b""),
        "a short signature": remade(good, signature=rs256(ISSUER, message)[1:]),
        "a long signature": remade(good, signature=b"\x00" + rs256(ISSUER, message)),
        "a signature past the modulus": remade(good, signature=(value + ISSUER[0]).to_bytes(257)),
        "zero": remade(good, signature=bytes(256)),
        "one": remade(good, signature=(1).to_bytes(256)),
        "another filler": remade(good, signature=raw_signature(padded(digest, b"\xfe"))),
        "text after the digest": remade(good, signature=raw_signature(padded(digest + b"x"))),
        "no algorithm in the digest": remade(good, signature=raw_signature(padded(digest[19:]))),
        "little filler": remade(good, signature=raw_signature((b"\x00\x01\xff\x00" + digest).ljust(256, b"\x00"))),
    }


@pytest.mark.parametrize("name", bad_tokens())
def test_a_token_that_is_no_good_is_refused(subject, name):
    assert refused(subject) == status(subject, "createPayment", f"Bearer {bad_tokens()[name]}")[0]


@pytest.mark.parametrize(
    "text", ["", "Bearer", "Basic dXNlcg==", "Bearer  ", "bearer\t{}", "{}", "Bearer {}, Bearer {}"]
)
def test_only_one_bearer_token_will_do(subject, text):
    assert refused(subject) == status(subject, "createPayment", text.replace("{}", signed(now_claims())))[0]


def test_two_authorization_headers_are_refused(subject):
    policy, program, event = subject
    operation = operation_of(policy, "createPayment")
    token = f"Bearer {signed(now_claims())}"
    sent = request(operation, headers=[("authorization", token)])
    assert 0 == asked(program, event(operation, sent))[0]
    assert refused(subject) == asked(program, event(operation, sent, text=token))[0]


def test_what_no_operation_answers_is_refused(subject):
    policy, program, event = subject
    operation = replace(operation_of(policy, "searchPayments"), method="DELETE")
    assert 403 == asked(program, event(operation, request(operation), text=f"Bearer {signed(now_claims())}"))[0]


@pytest.mark.parametrize("broken", [{}, {"requestContext": None}, {"headers": 7, "multiValueHeaders": 7}])
def test_an_event_that_is_not_understood_is_refused(subject, broken):
    policy, program, event = subject
    operation = operation_of(policy, "createPayment")
    whole = event(operation, request(operation), text=f"Bearer {signed(now_claims())}")
    changed = {**whole, **broken} if broken else {key: whole[key] for key in whole if key.endswith("Arn")}
    assert 403 == asked(program, changed)[0]


def test_data_that_is_gone_lets_nobody_in(tmp_path):
    policy = aws_policy("aws-http")
    program = installed(policy, "aws-http", tmp_path)
    (tmp_path / "access.json").unlink()
    operation = operation_of(policy, "createPayment")
    text = f"Bearer {signed(now_claims())}"
    assert 403 == asked(program, http_event(operation, request(operation), text=text))[0]


@pytest.mark.parametrize(("algorithm", "hashed"), [("RS256", SHA256()), ("RS384", SHA384()), ("RS512", SHA512())])
def test_rsa_signatures_of_another_implementation(algorithm, hashed):
    key = rsa.generate_private_key(65537, 2048)
    public = key.public_key().public_numbers()
    jwk_of = {"kty": "RSA", "alg": algorithm, "n": encoded(public.n.to_bytes(256)), "e": "AQAB"}
    signature = key.sign(b"message", PKCS1v15(), hashed)
    assert authorizer.is_signed(jwk_of, algorithm, message=b"message", signature=signature)
    assert not authorizer.is_signed(jwk_of, algorithm, message=b"massage", signature=signature)


def p256_signature(key, message):
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(SHA256())))
    return r.to_bytes(32) + s.to_bytes(32)


@settings(max_examples=15)
@given(message=st.binary(max_size=100))
def test_p256_signatures_of_another_implementation(message):
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_numbers()
    jwk_of = {"kty": "EC", "crv": "P-256", "x": encoded(point.x.to_bytes(32)), "y": encoded(point.y.to_bytes(32))}
    signature = p256_signature(key, message)
    order = authorizer.N.to_bytes(32)

    def is_signed(changed=jwk_of, text=message, sign=signature):
        return authorizer.is_signed(changed, "ES256", message=text, signature=sign)

    assert is_signed()
    assert not is_signed(text=message + b"x")
    assert not is_signed(sign=bytes(64))
    assert not is_signed(sign=signature[:32] + bytes(32))
    assert not is_signed(sign=order + signature[32:])
    assert not is_signed(sign=signature + b"x")
    assert not is_signed(changed={**jwk_of, "x": encoded((point.x ^ 1).to_bytes(32))})
    assert not is_signed(changed={**jwk_of, "alg": "ES384"})


@pytest.mark.parametrize(
    "change",
    [
        {"use": "enc"},
        {"alg": "RS512"},
        {"kty": "oct"},
        {"e": "AQ"},
        {"e": "Ag"},
        {"n": encoded(ISSUER[0].to_bytes(256)[:64])},
    ],
)
def test_a_key_that_is_not_for_this_is_not_used(change):
    signature = rs256(ISSUER, b"message")
    assert authorizer.is_signed(jwk(), "RS256", message=b"message", signature=signature)
    assert not authorizer.is_signed({**jwk(), **change}, "RS256", message=b"message", signature=signature)


CERTIFICATES = {
    "certificates": {"banks": {"authority": "env:CLIENT_CA", "names": ["spiffe://acme.example/bank", "bank.example"]}},
    "routes.cancel.access": {"tokens": ["main"], "certificates": ["banks"]},
}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["spiffe://acme.example/bank"], 0),
        (["x.example", "bank.example"], 0),
        (["spiffe://acme.example/bank2"], 403),
        (["xbank.example"], 403),
        ([], 403),
        (None, 403),
    ],
)
@pytest.mark.parametrize("target", TARGETS)
def test_names_in_certificates(target, names, expected, tmp_path):
    """The names are those of the extension, and never the subject's."""
    policy = aws_policy(target, CERTIFICATES, forms={"certificates": "whole-domain"})
    program = installed(policy, target, tmp_path)
    operation = operation_of(policy, "cancelPayment")
    event = http_event if target == "aws-http" else rest_event
    certificate = None if names is None else client_certificate(names, subject="bank.example")
    text = f"Bearer {signed(now_claims())}"
    assert expected == asked(program, event(operation, request(operation), text=text, certificate=certificate))[0]
