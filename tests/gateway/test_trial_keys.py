"""Tokens of test keys verify by the public keys that the gateway is told, and those of strangers do not."""

import base64
import json

import pytest

pytest.importorskip("cryptography", reason="cryptography is not installed")

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils

from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.attacks import Shot
from themekit.gateway.requests import Request, Token
from themekit.source.public_keys import ALGORITHMS
from themekit.trial.keys import UnusableKey, fresh_key, read_key, signed, tampered, with_keys
from themekit.trial.signing import CannotSign, GivenToken, KeySigner, NoSigner

SHOT = Shot(Request("GET", "/", "x", "127.0.0.1"), "main")


def parts(text):
    return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in text.split(".")]


def verify(key, text):
    message = text.rpartition(".")[0].encode()
    signature = parts(text)[2]
    public, digest = key.private.public_key(), {"6": hashes.SHA256(), "4": hashes.SHA384(), "2": hashes.SHA512()}
    if key.algorithm == "EdDSA":
        public.verify(signature, message)
        return
    chosen = digest[key.algorithm[-1]]
    if key.algorithm.startswith("ES"):
        half = len(signature) // 2
        r, s = int.from_bytes(signature[:half]), int.from_bytes(signature[half:])
        public.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(chosen))
    elif key.algorithm.startswith("PS"):
        public.verify(signature, message, padding.PSS(padding.MGF1(chosen), padding.PSS.DIGEST_LENGTH), chosen)
    else:
        public.verify(signature, message, padding.PKCS1v15(), chosen)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_signatures_of_every_algorithm(algorithm):
    key, stranger = fresh_key(algorithm, "k1"), fresh_key(algorithm)
    token = Token((("sub", "alice"), ("scope", ("a", "b"))), "k1", algorithm)
    text = signed(token, key)
    verify(key, text)
    assert {"alg": algorithm, "typ": "JWT", "kid": "k1"} == json.loads(parts(text)[0])
    assert {"sub": "alice", "scope": ["a", "b"]} == json.loads(parts(text)[1])
    forged = Token(token.claims, "k1", algorithm, is_genuine=False)
    for bad in (signed(forged, key, stranger=stranger), tampered(text)):
        with pytest.raises(InvalidSignature):
            verify(key, bad)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_the_policy_reader_takes_the_public_keys(algorithm):
    public = fresh_key(algorithm, "k1").public
    jwk = {**dict(public.members), "kid": public.id, "alg": public.algorithm}
    found, diagnostics = read_policy(changed({"tokens.main.keys": [{"jwk": jwk}]}))
    assert () == diagnostics
    assert (public,) == found.token("main").keys


def pem(key):
    return key.private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def test_a_key_of_the_policy_has_its_id_and_algorithm():
    policy, _ = read_policy()
    key = fresh_key("RS256", "their-id")
    policy = with_keys(policy, {"main": (key,)})
    found = read_key(pem(key), policy.token("main"))
    assert ("their-id", "RS256") == (found.id, found.algorithm)


def test_keys_that_cannot_be_used():
    policy, _ = read_policy()
    issuer = policy.token("main")
    with pytest.raises(UnusableKey, match="no key of the issuer `main` that is this one"):
        read_key(pem(fresh_key("ES256")), issuer)
    with pytest.raises(UnusableKey, match="no private key"):
        read_key(b"hello", issuer)


def test_attackers_tokens():
    signer = KeySigner({"main": (fresh_key("RS256", "k1"),)})
    token = Token((("sub", "a"),), "k1")
    assert signer.text(Token((), algorithm="none"), SHOT).endswith(".")
    shared = signer.text(Token((), "k1", "HS256"), SHOT)
    assert "HS256" == json.loads(parts(shared)[0])["alg"]
    assert "no.token" == signer.text(Token((), is_well_formed=False), SHOT)
    assert signer.text(token, SHOT) is signer.text(token, SHOT)
    with pytest.raises(CannotSign):
        signer.text(token, Shot(SHOT.request, "other"))


def test_with_one_token_others_are_not_made_up():
    token = Token((("sub", "a"), ("exp", 1)), "k1", "RS256")
    given = GivenToken(token, signed(token, fresh_key("RS256")))
    assert given.written == given.text(token, SHOT)
    with pytest.raises(CannotSign):
        given.text(Token((("sub", "b"),), "k1"), SHOT)
    with pytest.raises(CannotSign):
        NoSigner().text(token, SHOT)
