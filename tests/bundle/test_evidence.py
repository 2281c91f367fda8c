"""What `verify` says of a bundle and what stands beside it: which checks held, and which attacks are refused."""

import base64
import json
from dataclasses import replace

import pytest
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

from tests.bundle.forge import FILES, artifact, good_bundle, manifest
from tests.bundle.signed import BUILDER, NOW_S, SBOM, WITH_SBOM, Signed, key, signed, trusting
from themekit.bundle.envelope import InvalidEnvelopeError, parse_envelope
from themekit.bundle.evidence import Trust
from themekit.bundle.keys import SigningKey
from themekit.bundle.provenance import InvalidProvenanceError, parse_statement
from themekit.bundle.trusted_keys import Revocation, TrustedKey

HELD = dict.fromkeys(("checksum", "manifest", "sbom", "signature", "provenance"), "held")


def resealed(change, signer: SigningKey | None = None) -> Signed:
    """A good bundle whose statement was changed, and signed again by who has a key."""
    from themekit.bundle.envelope import sealed

    good = signed()
    document = json.loads(parse_envelope(good.beside.envelope).payload)
    change(document)
    return good.but(envelope=sealed(json.dumps(document).encode(), key=signer or key()))


def test_all_checks_hold():
    assert (HELD, []) == signed().weighed()[:2]


def test_without_a_key_nothing_is_said_of_who_signed():
    states, codes, _ = signed().weighed(Trust(None, NOW_S))
    assert (HELD | {"signature": "unchecked", "provenance": "unchecked"}, []) == (states, codes)


def test_without_a_key_nothing_need_stand_beside():
    alone = signed().but(sums=None, minisig=None, envelope=None)
    states, codes, _ = alone.weighed(Trust(None, NOW_S))
    absent = dict.fromkeys(("checksum", "signature", "provenance"), "absent")
    assert (HELD | absent, []) == (states, codes)


@pytest.mark.parametrize(("file", "check", "code"), [
    ("minisig", "signature", "bundle-signature"),
    ("envelope", "provenance", "bundle-provenance"),
])  # fmt: skip
def test_what_is_taken_away_is_missed(file, check, code):
    states, codes, _ = signed().but(**{file: None}).weighed()
    assert (HELD | {check: "failed"}, [code]) == (states, codes)


def test_a_signature_of_another_bundle_is_refused():
    other = signed(content=good_bundle((*WITH_SBOM[:-1], artifact("theme/mark.png", b"other", "image/png"))))
    states, codes, found = signed().but(minisig=other.beside.minisig).weighed()
    assert (HELD | {"signature": "failed"}, ["bundle-signature"]) == (states, codes)
    assert f"the signature is not of this file by the key {key().public.id}" == found[0].message


def test_provenance_of_another_bundle_is_refused_even_without_a_key():
    other = signed(content=good_bundle((*WITH_SBOM[:-1], artifact("theme/mark.png", b"other", "image/png"))))
    for trust in (None, Trust(None, NOW_S)):
        states, codes, _ = signed().but(envelope=other.beside.envelope).weighed(trust)
        assert ("failed", ["bundle-provenance"]) == (states["provenance"], codes)


@pytest.mark.parametrize(("change", "message"), [
    (lambda it: it.update(predicateType="https://slsa.dev/provenance/v0.2"), "is not SLSA provenance v1"),
    (lambda it: it.update(_type="https://in-toto.io/Statement/v0.1"), "is not an in-toto statement v1"),
    (lambda it: it["subject"][0].update(digest={"md5": "1" * 32}), "has no subject with a SHA-256"),
    (lambda it: it.update(subject=[]), "has no subject with a SHA-256"),
    (lambda it: it["predicate"]["buildDefinition"].update(buildType="x"),
     "is not provenance of a build by `themekit package`"),
    (lambda it: it["predicate"]["buildDefinition"]["externalParameters"].update(version="0.9.0"),
     "names another brand or version than the manifest"),
    (lambda it: it["predicate"]["buildDefinition"]["internalParameters"].update(tree="0" * 64),
     "names another tree digest than the manifest"),
    (lambda it: it["predicate"]["runDetails"].pop("builder"), "has no `builder`"),
])  # fmt: skip
def test_a_downgraded_statement_is_refused_although_it_is_signed(change, message):
    _, codes, found = resealed(change).weighed()
    assert (["bundle-provenance"], f"the provenance {message}") == (codes, found[0].message)


def test_a_statement_that_names_a_trusted_key_and_is_not_signed_by_it_is_refused():
    document = json.loads(signed(key("second")).beside.envelope)
    document["signatures"][0]["keyid"] = key().public.id
    _, codes, found = signed().but(envelope=json.dumps(document).encode()).weighed()
    assert (["bundle-provenance"], True) == (codes, "is not signed by the key" in found[0].message)


def test_an_edited_payload_is_refused():
    document = json.loads(signed().beside.envelope)
    payload = base64.b64decode(document["payload"]).replace(BUILDER.encode(), b"https://ci.example/evil")
    document["payload"] = base64.b64encode(payload).decode()
    assert ["bundle-provenance"] == signed().but(envelope=json.dumps(document).encode()).weighed()[1]


def test_a_key_that_nobody_trusts_is_refused():
    states, codes, _ = signed(key("second")).weighed()
    assert (["bundle-key-refused"] * 2, "failed") == (codes, states["signature"])


@pytest.mark.parametrize(("times", "words"), [
    ({"revoked": Revocation(NOW_S - 60, "laptop lost")}, "was revoked at 2027-01-15T07:59:00Z: laptop lost"),
    ({"until_s": NOW_S}, "was trusted until 2027-01-15T08:00:00Z only"),
    ({"from_s": NOW_S + 1}, "is trusted from 2027-01-15T08:00:01Z on only"),
])  # fmt: skip
def test_a_key_out_of_its_time_is_refused(times, words):
    _, codes, found = signed().weighed(trusting(TrustedKey(key().public, **times)))
    assert (["bundle-key-refused"] * 2, True) == (codes, words in found[0].message)


def test_a_key_is_trusted_up_to_its_last_second_and_beside_others():
    known = (TrustedKey(key("second").public), TrustedKey(key().public, NOW_S, NOW_S + 1))
    assert [] == signed().weighed(trusting(*known))[1]


def test_damage_fails_the_manifest_and_all_that_rests_on_it():
    good = signed()
    content = bytearray(good.content)
    content[len(content) // 2] ^= 1
    states, codes, _ = replace(good, content=bytes(content)).weighed()
    assert {"failed"} == set(states.values())
    assert {"bundle-checksum", "bundle-signature", "bundle-provenance"} < set(codes)


def test_a_bundle_without_a_bill_of_materials_says_so():
    bare = signed(of=manifest(), content=good_bundle())
    assert (HELD | {"sbom": "absent"}, []) == bare.weighed()[:2]


@pytest.mark.parametrize("text", [
    b"{", b"[]", SBOM.replace(b'"1.6"', b'"1.2"'), SBOM.replace(b'"acme"', b'"volt"'),
    SBOM.replace(b'"purl"', b'"url"'), b"[" * 100_000,
])  # fmt: skip
def test_a_bill_of_materials_of_something_else_is_refused(text):
    files = (artifact(".themekit/sbom.cdx.json", text, "application/json"), *FILES)
    found = signed(of=manifest(files), content=good_bundle(files)).weighed()
    assert (HELD | {"sbom": "failed"}, ["bundle-sbom"]) == found[:2]


@pytest.mark.parametrize("text", [
    b"", b"{}", b"[]", b"\xff", b"[" * 100_000, b'{"payload":1,"payloadType":"a","signatures":[]}', b"{}\n{}\n",
    b'{"payload":"","payloadType":"application/vnd.in-toto+json","signatures":[]}',
    b'{"payload":"e30=","payloadType":"application/vnd.in-toto+json","signatures":[{"keyid":1,"sig":""}]}',
    b'{"payload":"?","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":""}]}',
    b'{"payload":"e30=","payloadType":"text/plain","signatures":[{"sig":""}]}', b" " * (8 * 1024 * 1024 + 1),
])  # fmt: skip
def test_what_is_no_envelope_is_refused(text):
    with pytest.raises(InvalidEnvelopeError):
        parse_envelope(text)


@pytest.mark.parametrize("text", [b"", b"[]", b"null", b"{}", b'{"_type":[]}', b"[" * 100_000])
def test_what_is_no_statement_is_refused(text):
    with pytest.raises(InvalidProvenanceError):
        parse_statement(text)


def test_others_read_our_envelope():
    """securesystemslib, which in-toto and TUF use, verifies the signature by the bare Ed25519 key."""
    public = key().public
    theirs = SSlibKey(public.id, "ed25519", "ed25519", {"public": public.raw.hex()})
    document = json.loads(signed().beside.envelope)
    document["signatures"] = [{"keyid": each["keyid"], "sig": each["sig"]} for each in document["signatures"]]
    envelope = Envelope.from_dict(document)
    assert {public.id} == set(envelope.verify([theirs], 1))
