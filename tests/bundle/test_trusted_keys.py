"""The file of trusted keys: what it says, and that a file with a mistake in it trusts nobody."""

import json
from pathlib import PurePosixPath

import pytest

from tests.bundle.signed import NOW_S, key
from themekit.bundle.trusted_keys import Revocation, TrustedKey, TrustedKeys, parse_trusted_keys

PATH = PurePosixPath("trusted.json")


def parsed(document: object) -> tuple[TrustedKeys, list[tuple[int, str]]]:
    text = document if isinstance(document, bytes) else json.dumps(document, indent=1).encode()
    keys, found = parse_trusted_keys(PATH, text)
    return keys, [(each.place.line, each.message) for each in found]


def file(**members: object) -> dict[str, object]:
    return {"format": "themekit-keys/1", "keys": [{"publicKey": key().public.text, **members}]}


def test_what_is_written_is_read():
    keys = TrustedKeys((
        TrustedKey(key().public, NOW_S, NOW_S + 5, Revocation(NOW_S + 1, "lost „Laptop“")),
        TrustedKey(key("second").public),
    ))  # fmt: skip
    assert (keys, []) == parsed(keys.to_json().encode())


@pytest.mark.parametrize(("document", "expected"), [
    ({}, [(1, "the format is not `themekit-keys/1`, the only one known here"),
          (1, "`keys` is no list of at most 1000 keys")]),
    (file(publicKey="RW"), [(5, "this is no public key of minisign")]),
    (file(validUntil="tomorrow"), [(6, "`validUntil` is no time such as `2026-11-27T00:00:00Z`")]),
    (file(validuntil="2026-11-27T00:00:00Z"), [(6, "`validuntil` is no member known here")]),
    (file(revoked={"reason": "lost"}), [(6, "a revoked key needs the time `at` which it was revoked")]),
    (file(revoked=True), [(6, "an object is due here")]),
    ({"format": "themekit-keys/1", "keys": [1]}, [(4, "an object is due here")]),
])  # fmt: skip
def test_mistakes_are_told_at_their_place_and_nobody_is_trusted(document, expected):
    assert (TrustedKeys(), expected) == parsed(document)


def test_a_key_is_listed_once():
    twice = file()
    twice["keys"] *= 2
    keys, found = parsed(twice)
    assert (TrustedKeys(), [f"the key {key().public.id} is listed twice"]) == (keys, [each for _, each in found])


@pytest.mark.parametrize("text", [b"", b"\xff", b"[" * 100_000, b'{"format":1,"format":2}', b"1e999"])
def test_what_is_no_json_is_told(text):
    keys, found = parse_trusted_keys(PATH, text)
    assert (TrustedKeys(), True) == (keys, bool(found))


def test_a_shorter_time_stays():
    """A key that ends in a day does not live longer because it is replaced."""
    keys = TrustedKeys((TrustedKey(key().public, until_s=10),))
    assert [10, 5] == [keys.until(key().public.id, end).find(key().public.id).until_s for end in (20, 5)]
