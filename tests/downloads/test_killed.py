"""Client and server are killed at some byte; what is fetched afterwards is the file, and the log is whole."""

import hashlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time

import pytest

from tests.publish.channels import Repository, bundle_of
from themekit.downloads.download_log import DownloadLog, log_faults, read_records
from themekit.downloads.tokens import Tokens

PYTHON = [sys.executable, "-m", "themekit.cli"]
BUNDLE = bundle_of(text=random.Random(1).randbytes(24_000_000))  # noqa: S311  # what no compression makes small


@pytest.fixture
def place(tmp_path):
    repository = Repository(tmp_path / "place").begin()
    repository.publish(BUNDLE)
    (tmp_path / "root.json").write_bytes(repository.root)
    (tmp_path / "state").mkdir(mode=0o700)
    return tmp_path


def start_server(place, port=0):
    command = [
        *PYTHON,
        "downloads",
        "serve",
        str(place / "place"),
        "--state",
        str(place / "state"),
        "--port",
        str(port),
    ]
    server = subprocess.Popen(
        [*command, "--rate", "1000"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    address = server.stdout.readline().strip()
    assert address, "the server did not start"
    return server, int(address.rpartition(":")[2].split("/")[0])


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    process.wait(60)
    if process.stdout:
        process.stdout.close()


def fetch(place, port, token):
    url = f"http://127.0.0.1:{port}/d"
    command = [*PYTHON, "fetch", url, "acme", "--into", str(place / "got"), "--root", str(place / "root.json")]
    return subprocess.Popen(command, env={**os.environ, "THEMEKIT_DOWNLOAD_TOKEN": token}, stderr=subprocess.PIPE)


def test_the_server_is_killed_at_any_byte_and_the_bytes_are_equal(place):
    """A client that reads slowly sees the server die; it goes on with Range and If-Range at the next one."""
    token, _ = Tokens(place / "state").add("one", ["acme"], now_s=0, expires_s=2**40)
    generator, got, tag, kills = random.Random(7), bytearray(), "", 0  # noqa: S311
    server, port = start_server(place)
    try:
        while len(got) < len(BUNDLE.content):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            headers = {"Authorization": f"Bearer {token}"}
            if got:
                headers |= {"Range": f"bytes={len(got)}-", "If-Range": tag}
            connection.request("GET", "/d/acme/acme-1.0.0.zip", headers=headers)
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            answer = connection.getresponse()
            assert (206 if got else 200) == answer.status
            tag = answer.headers["etag"]
            until = len(got) + generator.randrange(1, 2_000_000)
            try:
                while chunk := answer.read(min(65536, until - len(got))) if kills < 4 and until > len(got) else b"":
                    got += chunk
                if kills < 4:
                    kill(server)
                    kills += 1
                while chunk := answer.read(65536):
                    got += chunk
            except (ConnectionError, http.client.IncompleteRead) as error:
                got += getattr(error, "partial", b"")
            connection.close()
            if server.returncode is not None:
                server, port = start_server(place)
        assert 4 == kills
        assert hashlib.sha256(BUNDLE.content).digest() == hashlib.sha256(got).digest()
    finally:
        kill(server)
    log = DownloadLog(place / "state")
    log.open()
    assert () == log_faults(place / "state")
    assert 5 == sum(record.event.event == "begin" for record in read_records(place / "state"))


def test_the_client_is_killed_and_the_next_one_goes_on(place):
    token, _ = Tokens(place / "state").add("one", ["acme"], now_s=0, expires_s=2**40)
    server, port = start_server(place)
    part = place / "got" / "acme" / "parts" / hashlib.sha256(BUNDLE.content).hexdigest()
    try:
        for _ in range(2):
            client = fetch(place, port, token)
            before = part.stat().st_size if part.exists() else 0
            while client.poll() is None and (not part.exists() or part.stat().st_size <= before):
                time.sleep(0.002)
            kill(client)
            client.stderr.close()
        client = fetch(place, port, token)
        said = client.communicate(timeout=120)[1]
        assert 0 == client.returncode, said
    finally:
        kill(server)
    folder = place / "got" / "acme"
    assert BUNDLE.content == (folder / "bundles" / "acme-1.0.0.zip").read_bytes()
    assert b"<p>Hello</p>\n" * 40 == (folder / "current" / "site" / "index.html").read_bytes()
    assert not part.exists()
