"""A double of Kong that runs the emitted Lua in a real LuaJIT, and stands in for Kong's own plugins and router.

It is no Kong: its router, its plugins and its PDK do what Kong's documentation and its sources say of the settings
that are emitted. Only the functions, the keys' signatures and the JSON are the real things.
"""

import base64
import contextlib
import json
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from tests.gateway.real_envoy import token_text

LUAJIT = shutil.which("luajit")
ORDER = {
    "pre-function": 1_000_000,
    "cors": 2000,
    "jwt": 1450,
    "request-size-limiting": 951,
    "rate-limiting": 910,
    "file-log": 9,
    "request-termination": 2,
    "post-function": -1000,
}
"""Kong's priorities of its plugins: the greater first."""
RESERVED = set(b"!*'();:@&=+$,/?%#[]")
WINDOW_S = {"second": 1, "minute": 60, "hour": 3600}


def has_luajit():
    if LUAJIT is None:
        return False
    return subprocess.run([LUAJIT, "-e", "require 'cjson.safe'"], check=False, capture_output=True).returncode == 0


class Lua:
    """A LuaJIT with the double of the PDK."""

    def __init__(self):
        program = Path(__file__).with_name("double.lua")
        self.process = subprocess.Popen(
            [LUAJIT, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(self, command, **given):
        self.process.stdin.write(json.dumps({"command": command, **given}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()


@contextlib.contextmanager
def running_lua():
    lua = Lua()
    try:
        yield lua
    finally:
        lua.close()


@dataclass
class Result:
    """`sent` is what the API gets: None, or its headers by name."""

    status: int
    sent: dict | None = None
    answer: dict = field(default_factory=dict)
    reason: str = ""
    log: dict = field(default_factory=dict)


class Kong:
    """What a Kong does with a declarative file."""

    def __init__(self, lua, declarative):
        self.lua = lua
        self.routes = [(service, route) for service in declarative["services"] for route in service["routes"]]
        self.keys = {
            secret["key"]: (consumer["username"], secret)
            for consumer in declarative["consumers"]
            for secret in consumer["jwt_secrets"]
        }
        self.counts = {}
        self.loaded = set()

    def send(self, request, *, now, text=None):
        headers = given_headers(request, text)
        found = self.route(request, headers)
        if found is None:
            return Result(404, reason="no route")
        service, route = found
        plugins = {plugin["name"]: plugin for plugin in (*service["plugins"], *route["plugins"])}
        ordered = sorted(plugins.values(), key=lambda plugin: -ORDER[plugin["name"]])
        self.sent = headers
        self.lua(
            "start",
            request={
                "method": request.method,
                "target": request.target,
                "path": normalized(request.target),
                "host": request.host.partition(":")[0].lower(),
                "source": request.source,
                "headers": headers,
                "route": route["name"],
                "now": now,
            },
        )
        result = Result(0)
        for plugin in ordered:
            if ended := getattr(self, f"_{plugin['name'].replace('-', '_')}")(plugin["config"], request, route, now):
                result = ended
                break
        if not result.status:
            result.sent = self.sent
        return self._finished(result, plugins, request)

    def _finished(self, result, plugins, request):
        answer = {"server": "an API", "x-powered-by": "a program"} if result.sent is not None else dict(result.answer)
        origin = request.value("origin")
        if "cors" in plugins and not result.answer and origin:
            answer |= allowed(plugins["cors"]["config"], origin)
        self.lua("set", answer=answer, status=result.status or 200)
        name = self._load(plugins["post-function"]["config"]["header_filter"][0])
        result.answer = self.lua("run", name=name, phase="header_filter")["answer"] or {}
        if "file-log" in plugins:
            for field_name, code in plugins["file-log"]["config"]["custom_fields_by_lua"].items():
                said = self.lua("run", name=self._load(f"return function() {code} end"), phase="log").get("result")
                if said is not None:
                    result.log[field_name] = said
        return result

    def route(self, request, headers):
        """The route of most attributes, patterns before plain paths, the greatest priority first."""
        path, host = normalized(request.target), request.host.partition(":")[0].lower()
        fitting = [each for each in self.routes if fits(each[1], request.method, path, host=host, headers=headers)]
        return max(fitting, key=lambda each: weight(each[1]), default=None)

    def _load(self, code):
        if code not in self.loaded:
            answer = self.lua("load", name=code, code=code)
            assert not answer, answer
            self.loaded.add(code)
        return code

    def _function(self, code):
        answer = self.lua("run", name=self._load(code), phase="access")
        if "status" in answer:
            return Result(answer["status"], reason=answer.get("fault") or answer["body"]["message"])
        self.sent = answer["headers"] or {}
        return None

    def _pre_function(self, config, *_):
        return self._function(config["access"][0])

    def _post_function(self, config, *_):
        return self._function(config["access"][0])

    def _cors(self, config, request, *_):
        origin, wanted = request.value("origin"), request.value("access-control-request-method")
        if request.method != "OPTIONS" or not origin or not wanted or config["preflight_continue"]:
            return None
        answer = allowed(config, origin)
        answer["access-control-allow-headers"] = ",".join(config["headers"]) or "all"
        answer["access-control-allow-methods"] = ",".join(config["methods"])
        return Result(200, answer=answer, reason="preflight")

    def _jwt(self, config, request, _, now):
        if request.method == "OPTIONS" and not config["run_on_preflight"]:
            return None
        fault = self._token_fault(config, now)
        return None if not fault or config["anonymous"] else Result(401, reason=fault)

    def _token_fault(self, config, now):
        assert ["authorization"] == config["header_names"]
        shown = self.sent.get("authorization", "")
        match = re.search(r"\s*[Bb]earer\s+(.+)", shown if isinstance(shown, str) else shown[0])
        if not match:
            return "Unauthorized"
        parts = match[1].split(".")
        try:
            header, claims = (json.loads(decoded(part)) for part in parts[:2])
        except ValueError:
            return "Bad token"
        name = config["key_claim_name"]
        known = self.keys.get(claims.get(name) or header.get(name))
        if known is None:
            return "No credentials found"
        consumer, secret = known
        if header.get("alg") != secret["algorithm"]:
            return "Invalid algorithm"
        if not is_signed(secret, ".".join(parts[:2]).encode(), decoded(parts[2])):
            return "Invalid signature"
        for claim in config["claims_to_verify"]:
            if not isinstance(claims.get(claim), int | float) or (claim == "exp" and claims[claim] <= now):
                return "token expired"
        self.lua("set", consumer={"username": consumer})
        return ""

    def _request_size_limiting(self, config, request, *_):
        assert "bytes" == config["size_unit"]
        return Result(413, reason="size") if request.body_bytes > config["allowed_payload_size"] else None

    def _rate_limiting(self, config, request, route, now):
        assert "header" == config["limit_by"]
        who = str(self.sent.get(config["header_name"].lower(), request.source))
        windows = [
            ((route["name"], who, period, now // seconds), config[period])
            for period, seconds in WINDOW_S.items()
            if config[period] is not None
        ]
        if any(self.counts.get(window, 0) >= most for window, most in windows):
            return Result(config["error_code"], reason=config["error_message"])
        for window, _ in windows:
            self.counts[window] = self.counts.get(window, 0) + 1
        return None

    def _request_termination(self, config, *_):
        return Result(config["status_code"], reason="terminated")

    def _file_log(self, *_):
        return None


cached_text = cache(token_text)
"""Signing is what takes the time."""


def given_headers(request, text):
    """By name, each a list of its values."""
    found = {}
    for name, value in request.headers:
        found.setdefault(name, []).append(value)
    if request.token is not None or text is not None:
        found["authorization"] = [f"Bearer {text or cached_text(request.token)}"]
    return found


def normalized(target):
    """The path as Kong's router sees it: RFC 3986 section 6, without double slashes."""
    path = target.partition("?")[0].encode()

    def plain(match):
        byte = int(match[1], 16)
        return match[0].upper() if byte in RESERVED else bytes([byte])

    parts = []
    pieces = re.sub(rb"%([0-9A-Fa-f]{2})", plain, path).split(b"/")[1:]
    for piece in pieces:
        if piece == b"..":
            parts = parts[:-1]
        elif piece not in {b"", b"."}:
            parts.append(piece)
    is_folder = pieces[-1] in {b"", b".", b".."} if pieces else True
    return (b"/" + b"/".join(parts) + (b"/" if is_folder and parts else b"")).decode("latin-1")


def fits(route, method, path, *, host, headers):
    if host not in route["hosts"] or method not in route.get("methods", [method]):
        return False
    for name, wanted in route.get("headers", {}).items():
        given = headers.get(name, [])
        if not {value.lower() for value in given} & {value.lower() for value in wanted}:
            return False
    return any(re.match(each[1:], path) if each.startswith("~") else path.startswith(each) for each in route["paths"])


def weight(route):
    attributes = sum(name in route for name in ("hosts", "methods", "paths", "headers"))
    is_pattern = route["paths"][0].startswith("~")
    return attributes, is_pattern, route["regex_priority"]


def allowed(config, origin):
    """The header of Kong's `cors`: with one plain origin it names that one, whoever asks."""
    origins = config["origins"]
    if origins == ["*"]:
        return {"access-control-allow-origin": "*"}
    if len(origins) == 1 and re.fullmatch(r"[A-Za-z0-9.:/-]+", origins[0]):
        return {"access-control-allow-origin": origins[0]}
    plain = [each for each in origins if re.fullmatch(r"[A-Za-z0-9.:/-]+", each)]
    patterns = [each for each in origins if each not in plain]
    if origin in plain or any(re.fullmatch(each.strip("^$"), origin) for each in patterns):
        return {"access-control-allow-origin": origin}
    return {}


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(secret, message, signature):
    """With the key as it was emitted: what is no PEM is no key."""
    key = load_pem_public_key(secret["rsa_public_key"].encode())
    digest = {"256": hashes.SHA256, "384": hashes.SHA384, "512": hashes.SHA512}.get(secret["algorithm"][2:])
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, message, padding.PKCS1v15(), digest())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            half = len(signature) // 2
            numbers = (int.from_bytes(part) for part in (signature[:half], signature[half:]))
            key.verify(utils.encode_dss_signature(*numbers), message, ec.ECDSA(digest()))
        else:
            key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
