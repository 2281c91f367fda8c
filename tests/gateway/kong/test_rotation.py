"""`rotate-keys.py` as its users run it, against servers of these tests: if something is wrong, nothing is written."""

import base64
import contextlib
import datetime as dt
import ipaddress
import json
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

from tests.gateway.kong.documented_settings import faults
from tests.gateway.kong.kong_cases import ALL, files
from tests.gateway.made_tokens import jwk
from themekit.gateway.kong.pem import pem
from themekit.model.policy import PublicKey

HOST = "127.0.0.1"


class Keys(BaseHTTPRequestHandler):
    """Answers with what the server holds at the moment."""

    def do_GET(self):
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", self.server.elsewhere)
        self.send_header("Content-Length", str(len(self.server.content)))
        self.end_headers()
        with contextlib.suppress(ConnectionError, ssl.SSLError):
            self.wfile.write(self.server.content)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for the address, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "keys")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@contextlib.contextmanager
def key_server(certificate=None):
    server = ThreadingHTTPServer((HOST, 0), Keys)
    server.daemon_threads = True
    server.status, server.content, server.elsewhere = 200, b"", ""
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.url = f"http{'s' if certificate else ''}://{HOST}:{server.server_address[1]}/jwks.json"
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def server(certificate):
    with key_server(certificate) as running:
        yield running


class Folder:
    """The emitted files, with the key server's address in place of the policy's."""

    def __init__(self, path, url, authorities):
        self.path, self.authorities = path, authorities
        for name, content in files(ALL).items():
            (path / name).write_text(content.replace("https://other.example/jwks.json", url), encoding="utf-8")

    def run(self, *options, source="kong.json"):
        command = [sys.executable, "rotate-keys.py", source, "--output", "keys.json", *options]
        if self.authorities:
            command += ["--authorities", str(self.authorities)]
        return subprocess.run(command, cwd=self.path, check=False, capture_output=True, text=True, timeout=60)

    @property
    def written(self):
        path = self.path / "keys.json"
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def keys(self, consumer="acme.other"):
        (found,) = [each["jwt_secrets"] for each in self.written["consumers"] if each["username"] == consumer]
        return {each["key"]: each for each in found}


@pytest.fixture
def folder(tmp_path, server, certificate):
    return Folder(tmp_path, server.url, certificate)


def number(value, size=None):
    content = value.to_bytes(size or (value.bit_length() + 7) // 8)
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def rsa_key(name="r1", *, bits=2048, **more):
    numbers = rsa.generate_private_key(65537, bits).public_key().public_numbers()
    return {"kty": "RSA", "kid": name, "n": number(numbers.n), "e": number(numbers.e), **more}


def ec_key(curve, name, *, size, **more):
    numbers = ec.generate_private_key(curve()).public_key().public_numbers()
    where = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}[curve.name]
    return {"kty": "EC", "crv": where, "kid": name, "x": number(numbers.x, size), "y": number(numbers.y, size), **more}


def jwks(*keys):
    return json.dumps({"keys": keys}).encode()


EC_KEYS = [
    ec_key(ec.SECP256R1, "e1", size=32),
    ec_key(ec.SECP384R1, "e2", size=48, alg="ES384"),
    ec_key(ec.SECP521R1, "e3", size=66, use="sig"),
]
GOOD = rsa_key(alg="RS512")


@pytest.mark.parametrize("source", ["kong.json", "deck.json"])
def test_keys_are_filled_in(folder, server, source):
    server.content = jwks(GOOD, *EC_KEYS)
    result = folder.run(source=source)
    assert (0, "") == (result.returncode, result.stderr)
    assert "wrote keys.json with 4 keys" in result.stdout
    found = folder.keys()
    assert {"r1": "RS512", "e1": "ES256", "e2": "ES384", "e3": "ES512"} == {
        key: each["algorithm"] for key, each in found.items()
    }
    before = json.loads((folder.path / source).read_text(encoding="utf-8"))
    after = folder.written
    assert [] == faults({name: value for name, value in after.items() if name != "_info"})
    assert {"k1"} == set(folder.keys("acme.main"))
    for each in (before, after):
        each["consumers"] = [one | {"jwt_secrets": []} for one in each["consumers"]]
    assert before == after


def test_both_writers_of_pem_write_the_same(folder, server):
    """The program's, and the one for keys that stand in the policy; a library reads both."""
    server.content = jwks(GOOD, *EC_KEYS)
    assert 0 == folder.run().returncode
    for key in (GOOD, *EC_KEYS):
        members = tuple((name, value) for name, value in key.items() if name not in {"kid", "alg", "use"})
        ours = pem(PublicKey(key["kid"], folder.keys()[key["kid"]]["algorithm"], members))
        assert ours == folder.keys()[key["kid"]]["rsa_public_key"]
        loaded = serialization.load_pem_public_key(ours.encode())
        formats = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        assert loaded.public_bytes(*formats).decode() == ours


def test_keys_on_edwards_curves_can_stand_in_a_policy():
    public = ed25519.Ed25519PrivateKey.generate().public_key()
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    x = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    key = PublicKey("o1", "EdDSA", (("kty", "OKP"), ("crv", "Ed25519"), ("x", x)))
    assert serialization.load_pem_public_key(pem(key).encode()) == public


WRONG = {
    "no JSON": b"<html>",
    "no list": b'{"keys": {}}',
    "no keys": b'{"keys": []}',
    "no id": jwks({name: value for name, value in GOOD.items() if name != "kid"}),
    "an id with a line feed": jwks({**GOOD, "kid": "a\nb"}),
    "an id twice": jwks(GOOD, GOOD),
    "a private key": jwks({**GOOD, "d": "AQAB"}),
    "a symmetric key": jwks(GOOD, {"kty": "oct", "k": "c2VjcmV0", "kid": "s"}),
    "a small key": jwks(rsa_key(bits=1024)),
    "another algorithm": jwks({**GOOD, "alg": "HS256"}),
    "none": jwks({**GOOD, "alg": "none"}),
    "an algorithm of another curve": jwks({**EC_KEYS[0], "alg": "ES384"}),
    "a point off the curve": jwks({**EC_KEYS[0], "y": EC_KEYS[0]["x"]}),
    "an unknown curve": jwks({**EC_KEYS[0], "crv": "secp256k1"}),
    "an even modulus": jwks({**GOOD, "n": number(2**2047)}),
    "an exponent of one": jwks({**GOOD, "e": "AQ"}),
    "no base64": jwks({**GOOD, "n": "!!"}),
    "only keys of other kinds": jwks({"kty": "OKP", "crv": "Ed25519", "x": "AA", "kid": "o"}),
    "only keys for encryption": jwks({**GOOD, "use": "enc"}),
    "too many": jwks(*({**GOOD, "kid": f"k-{count}"} for count in range(51))),
    "too long": jwks(GOOD) + b" " * (1 << 20),
    "an id of another issuer": jwks({**GOOD, "kid": "k1"}),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_writes_nothing(folder, server, what):
    server.content = WRONG[what]
    result = folder.run()
    assert (1, None) == (result.returncode, folder.written)
    assert "nothing was written: " in result.stderr
    assert "Traceback" not in result.stderr


def test_a_failure_leaves_the_last_keys(folder, server):
    server.content = jwks(GOOD)
    assert 0 == folder.run().returncode
    before = folder.written
    server.status = 500
    assert 1 == folder.run().returncode
    assert before == folder.written
    assert [] == [each.name for each in folder.path.iterdir() if each.name.startswith(".keys-")]


def test_redirects_are_not_followed(folder, server):
    server.status, server.elsewhere, server.content = 302, server.url + "?again", jwks(GOOD)
    result = folder.run()
    assert (1, None) == (result.returncode, folder.written)
    assert "redirect" in result.stderr


def test_clear_text_and_strangers_are_not_asked(tmp_path, certificate):
    with key_server() as plain:
        plain.content = jwks(GOOD)
        result = Folder(tmp_path, plain.url, certificate).run()
        assert (1, True) == (result.returncode, "is not https" in result.stderr)
    with key_server(certificate) as stranger:
        stranger.content = jwks(GOOD)
        result = Folder(tmp_path, stranger.url, None).run()
        assert (1, True) == (result.returncode, "cannot be read" in result.stderr)


def test_old_keys_stay_for_the_time_that_is_asked_for(folder, server):
    server.content = jwks(GOOD)
    assert 0 == folder.run().returncode
    server.content = jwks({**GOOD, "kid": "r2"})
    assert 0 == folder.run("--keep-hours", "1").returncode
    assert {"r1", "r2"} == set(folder.keys())
    aged = folder.written
    (key,) = [key for each in aged["consumers"] for key in each["jwt_secrets"] if key["key"] == "r1"]
    key["tags"] = ["themekit-acme", f"seen-{int(time.time()) - 7200}"]
    (folder.path / "keys.json").write_text(json.dumps(aged), encoding="utf-8")
    assert 0 == folder.run("--keep-hours", "1").returncode
    assert {"r2"} == set(folder.keys())
    server.content = jwks({**GOOD, "kid": "r3"})
    assert 0 == folder.run().returncode
    assert {"r3"} == set(folder.keys())


def test_the_keys_of_the_policy_stay(folder, server):
    server.content = jwks({**jwk(), "kid": "fetched"})
    assert 0 == folder.run().returncode
    assert ({"k1"}, {"fetched"}) == (set(folder.keys("acme.main")), set(folder.keys()))
