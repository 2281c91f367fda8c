"""A program for whoever runs Kong, as text: it fetches the issuers' keys, which are unknown when files are made.

It is a file of its own on other people's machines, so it has nothing but the standard library, and its tests run it
against servers of theirs.
"""

from __future__ import annotations

ROTATION = r'''#!/usr/bin/env python3
"""Fills the issuers' keys into Kong's declarative file: `rotate-keys.py kong.json --output kong.keys.json`.

Made by themekit. It needs Python 3.9 or newer and nothing else. `issuers.json` beside it says whose keys are fetched
and from where, over HTTPS only. The output is replaced in one step, and only if all issuers gave keys that can be
used; else nothing is written, and the exit code is 1. With `--keep-hours` keys that an issuer no longer shows stay for
that time, if the output that is there has them.
"""

import argparse
import base64
import json
import os
import re
import ssl
import sys
import tempfile
import textwrap
import time
import urllib.error
import urllib.parse
import urllib.request

MOST_BYTES, TIMEOUT_S, LEAST_RSA_BITS, MOST_KEYS = 1 << 20, 10, 2048, 50
PRIVATE = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}
RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
CURVES = {
    "P-256": ("ES256", "2a8648ce3d030107", 2**256 - 2**224 + 2**192 + 2**96 - 1,
              0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B),
    "P-384": ("ES384", "2b81040022", 2**384 - 2**128 - 2**96 + 2**32 - 1,
              0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF),
    "P-521": ("ES512", "2b81040023", 2**521 - 1,
              int("0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF"
                  "073573DF883D2C34F1EF451FD46B503F00", 16)),
}
"""Of each curve: its algorithm, its name in DER, its prime and its coefficient b (SP 800-186, section 3.2.1)."""
UNUSED = "unused: tokens are checked with the public key"
SEEN = re.compile(r"seen-(\d{1,12})")


class Refused(Exception):
    """Why nothing is written."""


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect could lead to anyone."""

    def redirect_request(self, request, *_):
        raise Refused(f"{request.full_url} answers with a redirect")


def fetch(url, authorities):
    if urllib.parse.urlsplit(url).scheme != "https":
        raise Refused(f"{url} is not https")
    context = ssl.create_default_context(cafile=authorities)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), NoRedirects())
    try:
        with opener.open(url, timeout=TIMEOUT_S) as answer:
            content = answer.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Refused(f"{url} cannot be read: {fault}") from fault
    if len(content) > MOST_BYTES:
        raise Refused(f"{url} is longer than {MOST_BYTES} bytes")
    try:
        return json.loads(content)
    except ValueError as fault:
        raise Refused(f"{url} is no JSON") from fault


def usable_keys(jwks, url):
    """Algorithm and PEM by id. Keys of other kinds are passed over and named; a wrong one refuses the whole set."""
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(keys, list) or not all(isinstance(each, dict) for each in keys) or len(keys) > MOST_KEYS:
        raise Refused(f"{url} has no list of at most {MOST_KEYS} `keys`")
    found = {}
    for key in keys:
        if PRIVATE & set(key):
            raise Refused(f"{url} shows private keys")
        if key.get("use", "sig") != "sig" or key.get("kty") not in {"RSA", "EC"}:
            print(f"passed over a key of {url}: only RSA and EC keys for signatures are used", file=sys.stderr)
            continue
        name = key.get("kid")
        if not isinstance(name, str) or not re.fullmatch(r"[\x21-\x7e]{1,120}", name):
            raise Refused(f"{url} has a key without a usable `kid`")
        if name in found:
            raise Refused(f"{url} has two keys of the id {name}")
        found[name] = checked(key, f"the key {name} of {url}")
    if not found:
        raise Refused(f"{url} has no key that can be used")
    return found


def checked(key, what):
    if key["kty"] == "RSA":
        algorithm = key.get("alg", "RS256")
        modulus, exponent = (number(key, name, what) for name in ("n", "e"))
        if algorithm not in RSA or modulus.bit_length() < LEAST_RSA_BITS or not modulus & 1:
            raise Refused(f"{what} is no RSA key of {LEAST_RSA_BITS} bits or more for {algorithm}")
        if exponent < 3 or not exponent & 1:
            raise Refused(f"{what} has an exponent that is even or too small")
        numbers = b"".join(integer(each) for each in (modulus, exponent))
        return algorithm, pem(tlv(6, bytes.fromhex("2a864886f70d010101")) + tlv(5, b""), tlv(0x30, numbers))
    if key.get("crv") not in CURVES:
        raise Refused(f"{what} is on a curve that Kong does not know")
    algorithm, oid, prime, b = CURVES[key["crv"]]
    x, y = (number(key, name, what) for name in ("x", "y"))
    if key.get("alg", algorithm) != algorithm or max(x, y) >= prime or (y * y - x * x * x + 3 * x - b) % prime:
        raise Refused(f"{what} is no point of its curve for {algorithm}")
    size = (prime.bit_length() + 7) // 8
    kind = tlv(6, bytes.fromhex("2a8648ce3d0201")) + tlv(6, bytes.fromhex(oid))
    return algorithm, pem(kind, b"\x04" + x.to_bytes(size, "big") + y.to_bytes(size, "big"))


def number(key, name, what):
    text = key.get(name)
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9_-]{1,2000}", text) or len(text) % 4 == 1:
        raise Refused(f"{what} has no usable `{name}`")
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def integer(value):
    return tlv(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def tlv(kind, content):
    size = len(content)
    if size < 128:
        return bytes((kind, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((kind, 128 | len(length))) + length + content


def pem(kind, key):
    content = base64.b64encode(tlv(0x30, tlv(0x30, kind) + tlv(3, b"\0" + key))).decode()
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *textwrap.wrap(content, 64), "-----END PUBLIC KEY-----", ""])


def kept(earlier, consumer, *, since):
    """Keys of the last output that were seen since then, by id."""
    for each in earlier.get("consumers", []):
        if each.get("username") == consumer:
            for secret in each.get("jwt_secrets", []):
                seen = [int(match[1]) for match in map(SEEN.fullmatch, secret.get("tags", [])) if match]
                if seen and max(seen) >= since:
                    yield secret["key"], secret


def fill(declarative, issuers, *, keys_of, earlier, now, keep_s):
    """The declarative file with the keys of all issuers; an id may stand for one key only."""
    by_name = {each["username"]: each for each in declarative["consumers"]}
    taken = {key["key"]: name for name, each in by_name.items() for key in each["jwt_secrets"]}
    fetched = {each["consumer"] for each in issuers}
    taken = {key: name for key, name in taken.items() if name not in fetched}
    for issuer in issuers:
        name = issuer["consumer"]
        secrets = dict(kept(earlier, name, since=now - keep_s)) if keep_s else {}
        for key, (algorithm, public) in keys_of[name].items():
            tags = [*issuer["tags"], f"seen-{now}"]
            secrets[key] = {
                "key": key, "algorithm": algorithm, "rsa_public_key": public, "secret": UNUSED, "tags": tags,
            }
        for key in secrets:
            if taken.setdefault(key, name) != name:
                raise Refused(f"{taken[key]} and {name} both have a key of the id {key}")
        by_name[name]["jwt_secrets"] = [secrets[key] for key in sorted(secrets)]
    return declarative


def write(path, text):
    """Replaces the file in one step: whoever reads it finds the old one or the new one."""
    folder = os.path.dirname(os.path.abspath(path))
    handle, name = tempfile.mkstemp(dir=folder, prefix=".keys-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", help="kong.json or deck.json, as themekit made it")
    parser.add_argument("--output", required=True, help="the file with keys, which Kong reads")
    parser.add_argument("--issuers", default=os.path.join(here, "issuers.json"))
    parser.add_argument("--keep-hours", type=float, default=0, help="how long a key stays that is shown no more")
    parser.add_argument("--authorities", help="certificates to trust in place of the system's, in PEM")
    options = parser.parse_args()
    try:
        issuers, declarative = read(options.issuers), read(options.file)
        earlier = read(options.output) if options.keep_hours and os.path.exists(options.output) else {}
        keys_of = {
            each["consumer"]: usable_keys(fetch(each["jwks"], options.authorities), each["jwks"]) for each in issuers
        }
        filled = fill(
            declarative, issuers, keys_of=keys_of, earlier=earlier, now=int(time.time()),
            keep_s=options.keep_hours * 3600,
        )
        text = json.dumps(filled, ensure_ascii=False, indent=1) + "\n"
        write(options.output, text.replace("${{", "\\u0024{{"))
    except (Refused, OSError, KeyError, ValueError) as fault:
        print(f"nothing was written: {fault}", file=sys.stderr)
        return 1
    print(f"wrote {options.output} with {sum(map(len, keys_of.values()))} keys")
    return 0


if __name__ == "__main__":
    sys.exit(main())
'''
