"""Kong 3.9's settings as documented: their types, ranges and values, and what of them keeps a gateway shut.

Source: the schemas of Kong's entities and plugins (developer.konghq.com/plugins, and `schema.lua` of each at 3.9). A
setting that is left out is a fault here, even where Kong has a default: no default shall decide anything.
"""

import json
import re

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key

MOST_MS = 2**31 - 2
METHODS = ("HEAD", "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
KEY_KINDS = {"RS": rsa.RSAPublicKey, "PS": rsa.RSAPublicKey, "ES": ec.EllipticCurvePublicKey}


def one_of(*values):
    return lambda value: any(value == each and type(value) is type(each) for each in values)


def number(low, high, *, kind=(int, float)):
    return lambda value: isinstance(value, kind) and not isinstance(value, bool) and low <= value <= high


def maybe(test):
    return lambda value: value is None or test(value)


def listing(test, *, least=0):
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(test, value))


def text(pattern=r"(?s).+"):
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def mapping(test):
    return lambda value: isinstance(value, dict) and all(isinstance(key, str) and test(value[key]) for key in value)


flag = one_of(True, False)
whole = number(1, MOST_MS, kind=int)
code = text(r"(?s).*\breturn\b.*")
chunks = listing(text(r"(?s)local policy = \{.*\nreturn function\(\)\n.*end\n"), least=1)

PLUGINS = {
    "jwt": {
        "header_names": one_of(["authorization"]),  # or a token elsewhere would be another than the one we read
        "uri_param_names": one_of([]),
        "cookie_names": one_of([]),
        "key_claim_name": one_of("kid"),
        "claims_to_verify": one_of(["exp"]),  # Kong checks no expiry unless told
        "maximum_expiration": number(0, 31_536_000),
        "secret_is_base64": one_of(False),
        "run_on_preflight": one_of(True),  # else every OPTIONS passes
        "anonymous": one_of(None),  # else everyone passes
        "realm": maybe(text()),
    },
    "rate-limiting": {
        **{period: maybe(number(1, MOST_MS)) for period in ("second", "minute", "hour", "day", "month", "year")},
        "limit_by": one_of("header"),
        "header_name": text(r"[A-Za-z0-9-]+"),
        "path": one_of(None),
        "policy": one_of("local"),
        "fault_tolerant": one_of(False),  # else there is no limit while the counters fail
        "hide_client_headers": flag,
        "error_code": one_of(429),
        "error_message": text(),
        "sync_rate": number(-1, MOST_MS),
    },
    "request-size-limiting": {
        "allowed_payload_size": whole,
        "size_unit": one_of("bytes"),  # the default is megabytes
        "require_content_length": flag,
    },
    "request-termination": {
        "status_code": number(100, 599, kind=int),
        "message": maybe(text()),
        "content_type": maybe(text()),
        "body": maybe(text()),
        "echo": one_of(False),
        "trigger": one_of(None),  # else it ends only requests that say so
    },
    "cors": {
        "origins": listing(text(r"\*|https?://[A-Za-z0-9.:/-]+"), least=1),  # with any other character it is a pattern
        "methods": listing(one_of(*METHODS), least=1),
        "headers": listing(text(r"[A-Za-z0-9-]+"), least=1),  # an empty list is whatever the page asks for
        "exposed_headers": listing(text(r"[A-Za-z0-9-]+")),
        "credentials": flag,
        "max_age": number(0, MOST_MS),
        "preflight_continue": one_of(False),  # else preflights reach the API without a token
        "private_network": one_of(False),
    },
    "pre-function": {"access": chunks},
    "post-function": {"access": chunks, "header_filter": chunks},
    "file-log": {"path": text(r"/[^\s&%`]*"), "reopen": flag, "custom_fields_by_lua": mapping(code)},
}
SERVICE = {
    "name": text(r"[A-Za-z0-9._~-]+"),
    "enabled": one_of(True),
    "protocol": one_of("http", "https"),
    "host": text(r"[A-Za-z0-9.:-]+"),
    "port": number(1, 65_535, kind=int),
    "connect_timeout": whole,
    "read_timeout": whole,
    "write_timeout": whole,
    "retries": number(0, 32_767, kind=int),
    "tags": listing(text(r"[^,/]+"), least=1),
    "plugins": listing(mapping(lambda _: True)),
    "routes": listing(mapping(lambda _: True), least=1),
}
UPSTREAM_TLS = {"tls_verify": one_of(True), "tls_verify_depth": number(1, 64, kind=int)}
ROUTE = {
    "name": text(r"[A-Za-z0-9._~-]+"),
    "hosts": listing(text(r"[a-z0-9.-]+"), least=1),
    "paths": listing(text(r"/|~/.*\$"), least=1),  # without `$` a path is only how longer ones begin
    "protocols": one_of(["http"], ["https"]),
    "https_redirect_status_code": one_of(426, 301, 302, 307, 308),
    "regex_priority": number(0, MOST_MS, kind=int),
    "strip_path": one_of(False),
    "path_handling": one_of("v0"),
    "preserve_host": one_of(False),
    "request_buffering": flag,
    "response_buffering": flag,
    "tags": listing(text(r"[^,/]+"), least=1),
    "plugins": listing(mapping(lambda _: True)),
}
ROUTE_MORE = {"methods": listing(one_of(*METHODS), least=1), "headers": mapping(listing(text(), least=1))}
PLUGIN = {
    "name": one_of(*PLUGINS),
    "enabled": one_of(True),
    "protocols": one_of(["http", "https"]),
    "tags": listing(text(r"[^,/]+"), least=1),
    "config": mapping(lambda _: True),
}
CONSUMER = {
    "username": text(),
    "tags": listing(text(r"[^,/]+"), least=1),
    "jwt_secrets": listing(mapping(lambda _: True)),
}
KEY = {
    "key": text(r"[\x21-\x7e]+"),
    "algorithm": text(r"(RS|PS|ES)(256|384|512)|EdDSA"),  # HS… would make a secret of a text that all know
    "rsa_public_key": text(r"(?s)-----BEGIN PUBLIC KEY-----\n.*"),
    "secret": text(),
    "tags": listing(text(r"[^,/]+"), least=1),
}
VAULT = text(r"\{vault://env/[a-z0-9-]+\}")
CERTIFICATE = {
    "id": text(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}"),
    "cert": VAULT,
    "key": VAULT,
    "tags": listing(text(r"[^,/]+"), least=1),
    "snis": listing(mapping(lambda _: True), least=1),
}


def faults(declarative):
    """What is wrong with a declarative file, as texts that name the place."""
    found = []
    for service in objects(declarative, "services"):
        where = f"service {service.get('name')}"
        is_tls = service.get("protocol") == "https"
        found += table_faults(service, {**SERVICE, **(UPSTREAM_TLS if is_tls else {})}, where)
        found += plugin_faults(service, where, expected={"pre-function", "post-function"})
        for route in objects(service, "routes"):
            found += route_faults(route)
    for consumer in objects(declarative, "consumers"):
        found += table_faults(consumer, CONSUMER, f"consumer {consumer.get('username')}")
        for key in objects(consumer, "jwt_secrets"):
            found += table_faults(key, KEY, f"key {key.get('key')}") or key_faults(key)
    for certificate in objects(declarative, "certificates"):
        found += table_faults(certificate, CERTIFICATE, "certificate")
    keys = [str(key.get("key")) for each in objects(declarative, "consumers") for key in objects(each, "jwt_secrets")]
    names = [str(route.get("name")) for each in objects(declarative, "services") for route in objects(each, "routes")]
    found += [] if len(set(keys)) == len(keys) else ["two keys have one id"]
    return found + ([] if len(set(names)) == len(names) else ["two routes have one name"])


def objects(entity, name):
    """The objects in a list; that it is one, and has nothing else, is seen by its table."""
    value = entity.get(name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def table_faults(value, table, where):
    missing = [f"{where}: no `{name}`" for name in table if name not in value]
    wrong = [
        f"{where}: `{name}` is {value[name]!r}" for name in table if name in value and not table[name](value[name])
    ]
    return missing + wrong + [f"{where}: unknown `{name}`" for name in value if name not in table]


def route_faults(route):
    where = f"route {route.get('name')}"
    is_preflight = "headers" in route
    is_nothing = "methods" not in route and not is_preflight
    more = {name: test for name, test in ROUTE_MORE.items() if name in route or not (is_nothing or name == "headers")}
    found = table_faults(route, {**ROUTE, **more}, where)
    if is_nothing or is_preflight:
        expected = {"request-termination"} | ({"cors"} if is_preflight else set())
    else:
        expected = {"request-size-limiting"}
    if not is_nothing and route.get("paths") == ["/"]:
        found.append(f"{where}: a path that fits all others")
    return found + plugin_faults(route, where, expected=expected)


def plugin_faults(entity, where, *, expected):
    plugins = objects(entity, "plugins")
    names = [str(each.get("name")) for each in plugins]
    found = [f"{where}: no plugin {name}" for name in sorted(expected - set(names))]
    if len(set(names)) < len(names):
        found.append(f"{where}: a plugin twice")
    for each, name in zip(plugins, names, strict=True):
        place = f"{where}, plugin {name}"
        config = each.get("config") if isinstance(each.get("config"), dict) else {}
        found += table_faults(each, PLUGIN, place)
        found += table_faults(config, PLUGINS.get(name, {}), place)
        if name == "rate-limiting":
            found += rate_faults(config, place)
        if name == "cors" and config.get("credentials") and "*" in str(config.get("origins")):
            found.append(f"{place}: every origin with credentials")
    return found


def rate_faults(config, where):
    """Kong wants one number at least, and none smaller than one of a shorter period."""
    periods = ("second", "minute", "hour", "day", "month", "year")
    numbers = [config[name] for name in periods if isinstance(config.get(name), int)]
    return [] if numbers and numbers == sorted(numbers) else [f"{where}: rates {numbers}"]


def key_faults(key):
    try:
        loaded = load_pem_public_key(key["rsa_public_key"].encode())
    except ValueError:
        return [f"key {key['key']}: no PEM"]
    kind = KEY_KINDS.get(key["algorithm"][:2], ed25519.Ed25519PublicKey)
    return [] if isinstance(loaded, kind) else [f"key {key['key']}: no key for {key['algorithm']}"]


def copied(declarative):
    return json.loads(json.dumps(declarative))
