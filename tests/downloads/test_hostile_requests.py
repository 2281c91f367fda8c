"""The hostile requests of the area `download`, each by its number, and what they must never get."""

import json
import os
import socket
import threading
import time
from contextlib import suppress

import pytest

from tests.downloads.conftest import CONTENT, publish_by_hand, served
from themekit.downloads.download_log import log_faults
from themekit.downloads.limits import Buckets, Running
from themekit.downloads.tokens import Tokens

FILE = "/d/acme/acme-1.0.0.zip"


@pytest.mark.parametrize(
    "path",
    [
        "/d/../../etc/passwd",
        "/d/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/d/..%5c..%5cx",
        "/d/%00",
        "/d/acme/../volt/volt-1.0.0.zip",
        "/d/acme//acme-1.0.0.zip",
        "/d/acme/.htaccess",
        "/d/acme/index.json/",
        "//etc/passwd",
        "/d/acme/download-tokens.json",
        "/d/metadata/../acme/index.json",
    ],
)
def test_01_paths_lead_nowhere_else(client, path):
    answer = client.ask(path)
    assert answer.status in {400, 404}
    assert f"{answer.status}\n".encode() == answer.body


def test_02_another_partners_file(client):
    assert 404 == client.ask("/d/volt/volt-1.0.0.zip").status
    assert 404 == client.ask("/d/volt/").status
    assert 404 == client.ask("/d/metadata/volt.json").status


def test_03_no_token_and_tokens_that_are_none(client, tmp_path):
    tokens = Tokens(tmp_path / "state")
    expired, _ = tokens.add("late", ["acme"], now_s=0, expires_s=1)
    revoked, kept = tokens.add("gone", ["acme"], now_s=0, expires_s=2**40)
    assert 200 == client.ask(FILE, token=revoked).status
    tokens.revoke(kept.id, now_s=5)
    wrong = client.token[:-1] + ("A" if client.token[-1] != "A" else "B")
    bodies = set()
    for token in ("", "nonsense", expired, revoked, wrong, "tk_000000000000_" + "A" * 43):
        answer = client.ask(FILE, token=token)
        assert 401 == answer.status
        assert "Bearer" in answer.headers["www-authenticate"]
        bodies.add(answer.body)
    assert {b"401\n"} == bodies


def test_04_a_token_in_the_query_is_refused_and_written_nowhere(client):
    answer = client.ask(f"{FILE}?token={client.token}", token="")
    assert (400, "no-referrer") == (answer.status, answer.headers["referrer-policy"])
    client.ask(f"{FILE}?token={client.token}")
    written = b"".join(path.read_bytes() for path in client.state.iterdir() if path.is_file())
    assert client.token.rpartition("_")[2].encode() not in written


def test_05_many_ranges_are_one_whole_answer(client):
    ranges = ",".join(f"{n}-{n}" for n in range(1000))
    answer = client.ask(FILE, headers={"Range": f"bytes={ranges}"})
    assert (200, len(CONTENT)) == (answer.status, len(answer.body))


def test_06_if_range_of_an_old_version_gets_the_whole(client):
    answer = client.ask(FILE, headers={"Range": "bytes=100-", "If-Range": '"old"'})
    assert (200, CONTENT) == (answer.status, answer.body)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_07_what_the_client_has_is_not_sent_again(client, method):
    tag = client.ask(FILE, "HEAD").headers["etag"]
    answer = client.ask(FILE, method, {"If-None-Match": tag})
    assert (304, b"", tag) == (answer.status, answer.body, answer.headers["etag"])


def test_08_ranges_beyond_the_end(client):
    answer = client.ask(FILE, headers={"Range": f"bytes={10**17}-"})
    assert (416, b"") == (answer.status, answer.body)
    assert 200 == client.ask(FILE, headers={"Range": f"bytes={'9' * 5000}-"}).status


def test_09_another_host(client):
    answer = client.ask(FILE, host="evil.test")
    assert 421 == answer.status
    assert b"evil.test" not in answer.body + client.ask("/d/").body
    assert 400 == int(client.raw(b"GET / HTTP/1.1\r\n\r\n").split()[1])


def test_10_line_breaks_in_a_name(client):
    answer = client.ask("/d/x%0d%0aSet-Cookie:a=b")
    assert 400 == answer.status
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_11_other_methods(client, method):
    answer = client.ask(FILE, method, {"Content-Length": "0"})
    assert (405, "GET, HEAD") == (answer.status, answer.headers["allow"])


def test_12_slow_clients_are_cut_off_and_others_served(published, tmp_path):
    """Half dribble a head, half ask and take nothing."""
    publish_by_hand(published, "big", {"big-1.0.0.zip": b"x" * 30_000_000})
    with served(published, tmp_path / "state", head_s=1.5, stall_s=1.5) as client:
        client.token, _ = Tokens(tmp_path / "state").add("one", ["acme", "big"], now_s=0, expires_s=2**40)
        whole = (
            f"GET /d/big/big-1.0.0.zip HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n"
            f"Authorization: Bearer {client.token}\r\n\r\n"
        ).encode()
        links = []
        for number in range(200):
            link = socket.socket()
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.connect(("127.0.0.1", client.port))
            link.sendall(whole if number % 2 else b"GET /d/acme")
            links.append(link)
        assert CONTENT == client.ask(FILE).body
        deadline = time.monotonic() + 60
        while client.app.running.total and time.monotonic() < deadline:
            time.sleep(0.1)
        assert 0 == client.app.running.total
        for link in links[::2]:
            link.settimeout(20)
            with suppress(ConnectionResetError):
                assert b"" == link.recv(10)
        assert CONTENT == client.ask(FILE).body
        for link in links:
            link.close()


def test_13_huge_heads(client):
    start = b"GET / HTTP/1.1\r\nHost: x\r\n"
    assert b"431" == client.raw(start + b"X: " + b"a" * 65536 + b"\r\n\r\n").split()[1]
    assert b"414" == client.raw(b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n").split()[1]


@pytest.mark.parametrize(
    "head",
    [
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 5\r\nContent-Length: 6\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"X: a\r\n folded\r\nContent-Length: -1\r\n",
    ],
)
def test_14_smuggled_requests(client, head):
    """Of two requests that a proxy could see as one, only one is answered, or none."""
    hidden = b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    said = client.raw(b"POST /d/ HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s\r\n%s" % (client.port, head, hidden))
    assert 1 == said.count(b"HTTP/1.1 ")
    assert said.split()[1] in {b"400", b"405", b"501"}


def test_15_a_signed_link_after_its_time(published, tmp_path):
    now = [1000.0]
    with served(published, tmp_path / "state", now_s=lambda: now[0]) as client:
        tokens = Tokens(tmp_path / "state")
        _, token = tokens.add("one", ["acme", "volt"], now_s=0, expires_s=5000)
        link = tokens.link(token, "acme/acme-1.0.0.zip", expires_s=1300)
        assert CONTENT == client.ask(f"/signed/{link}").body
        other = link.replace("acme/acme-1.0.0.zip", "volt/volt-1.0.0.zip")
        assert 403 == client.ask(f"/signed/{other}").status
        assert 403 == client.ask(f"/signed/{link.replace('1300', '9999')}").status
        now[0] = 1300.0
        assert 403 == client.ask(f"/signed/{link}").status
        now[0] = 1000.0
        tokens.revoke(token.id, now_s=1)
        assert 403 == client.ask(f"/signed/{link}").status


def test_16_no_folder_is_listed(client):
    assert ["acme"] == [each["name"] for each in json.loads(client.ask("/d/").body)["projects"]]
    assert 404 == client.ask("/d").status
    assert 404 == client.ask("/d/metadata/").status


def test_17_links_and_devices_are_no_files(client, published):
    target = published / "acme" / "acme-1.0.0.zip"
    target.unlink()
    os.mkfifo(target)
    assert 404 == client.ask(FILE).status
    (published / "acme").rename(published / "elsewhere")
    (published / "acme").symlink_to(published / "elsewhere")
    assert 404 == client.ask("/d/acme/acme-1.1.0.zip").status


@pytest.mark.parametrize("path", [FILE, "/d/acme/", "/d/", "/d/none"])
def test_18_nothing_is_guessed_or_run(client, path):
    headers = client.ask(path).headers
    assert "nosniff" == headers["x-content-type-options"]
    assert "sandbox" in headers["content-security-policy"]
    assert "no-referrer" == headers["referrer-policy"]
    assert ("attachment" in headers.get("content-disposition", "")) == (path == FILE)


def test_who_asks_too_often_waits(published, tmp_path):
    with served(published, tmp_path / "state", requests=Buckets(0.001, 3), strangers=Buckets(0.001, 2)) as client:
        client.token, _ = Tokens(tmp_path / "state").add("one", ["acme"], now_s=0, expires_s=2**40)
        assert [200, 200, 200, 429] == [client.ask(FILE, "HEAD").status for _ in range(4)]
        assert [401, 401, 429] == [client.ask(FILE, token="x" * 9).status for _ in range(3)]
        assert int(client.ask(FILE).headers["retry-after"]) > 0


def test_who_takes_too_much_at_once_waits(published, tmp_path):
    publish_by_hand(published, "big", {"big-1.0.0.zip": b"x" * 30_000_000})
    with served(published, tmp_path / "state", running=Running(2)) as client:
        client.token, _ = Tokens(tmp_path / "state").add("one", ["big"], now_s=0, expires_s=2**40)
        links = []
        for _ in range(2):
            link = socket.create_connection(("127.0.0.1", client.port))
            head = f"GET /d/big/big-1.0.0.zip HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n"
            link.sendall(f"{head}Authorization: Bearer {client.token}\r\n\r\n".encode())
            assert link.recv(12) == b"HTTP/1.1 200"
            links.append(link)
        assert 429 == client.ask("/d/big/big-1.0.0.zip").status
        for link in links:
            link.close()


def test_five_hundred_broken_downloads_at_once_lose_nothing(published, tmp_path):
    """Each breaks off once, goes on from there, and has the bytes; the log has all of them, in an unbroken chain."""
    with served(published, tmp_path / "state") as client:
        client.token, _ = Tokens(tmp_path / "state").add("one", ["acme"], now_s=0, expires_s=2**40)
        good, lock = [], threading.Lock()

        def fetch(number):
            at = 1 + number * 2000
            head = client.ask(FILE, headers={"Range": f"bytes=0-{at - 1}"})
            rest = client.ask(FILE, headers={"Range": f"bytes={at}-", "If-Range": head.headers["etag"]})
            with lock:
                good.append(head.body + rest.body == CONTENT)

        threads = [threading.Thread(target=fetch, args=(number,)) for number in range(500)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [True] * 500 == good
        records = client.log(2000)
        assert 1000 == sum(each["event"] == "end" and each["detail"] == "whole" for each in records)
        assert () == log_faults(tmp_path / "state")
