"""Whole files and parts of them, to those who may have them; nothing to anybody else."""

import hashlib

import pytest

from tests.downloads.conftest import CONTENT, publish_by_hand
from themekit.downloads.tokens import Tokens

FILE = "/d/acme/acme-1.0.0.zip"
TAG = f'"{hashlib.sha256(CONTENT).hexdigest()}"'


def test_a_file_comes_whole_with_its_digest_as_etag(client):
    answer = client.ask(FILE)
    assert (200, CONTENT, TAG) == (answer.status, answer.body, answer.headers["etag"])
    assert 'attachment; filename="acme-1.0.0.zip"' == answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=5-99999999999", 206, slice(5, None)),
        ("bytes=1048576-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=9-3", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("bytes=a-b", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
    ],
)
def test_ranges(client, asked, status, part):
    answer = client.ask(FILE, headers={"Range": asked})
    assert status == answer.status
    if status != 416:
        assert CONTENT[part] == answer.body
    else:
        assert f"bytes */{len(CONTENT)}" == answer.headers["content-range"]


def test_head_says_what_get_would(client):
    head, got = client.ask(FILE, "HEAD"), client.ask(FILE)
    assert b"" == head.body
    for name in ("content-length", "etag", "content-type", "accept-ranges"):
        assert got.headers[name] == head.headers[name]


def test_conditions(client):
    assert 304 == client.ask(FILE, headers={"If-None-Match": f'"x", W/{TAG}'}).status
    assert 200 == client.ask(FILE, headers={"If-None-Match": '"x"'}).status
    assert 412 == client.ask(FILE, headers={"If-Match": '"x"'}).status
    assert 206 == client.ask(FILE, headers={"Range": "bytes=1-2", "If-Range": TAG}).status
    assert CONTENT == client.ask(FILE, headers={"Range": "bytes=1-2", "If-Range": f"W/{TAG}"}).body


def test_what_is_not_yours_looks_as_if_it_was_not_there(client):
    foreign, absent = client.ask("/d/volt/volt-1.0.0.zip"), client.ask("/d/nobody/x.zip")
    assert (404, absent.body, absent.headers) == (
        foreign.status,
        foreign.body,
        foreign.headers | {"date": absent.headers["date"]},
    )


def test_the_index_lists_own_brands_only(client):
    assert b"acme" in client.ask("/d/").body
    assert b"volt" not in client.ask("/d/").body


def test_a_file_that_is_not_as_the_index_says_is_not_sent(client, published):
    (published / "acme" / "acme-1.0.0.zip").write_bytes(CONTENT + b"x")
    assert 404 == client.ask(FILE).status
    (published / "acme" / "acme-1.1.0.zip").unlink()
    (published / "acme" / "acme-1.1.0.zip").symlink_to("/etc/passwd")
    assert 404 == client.ask("/d/acme/acme-1.1.0.zip").status
    (published / "acme" / "stray.zip").write_bytes(b"x")
    assert 404 == client.ask("/d/acme/stray.zip").status


def test_a_new_release_is_there_at_once(client, published):
    publish_by_hand(published, "acme", {"acme-2.0.0.zip": b"new"})
    assert b"new" == client.ask("/d/acme/acme-2.0.0.zip").body


def test_metrics_are_for_their_token(client, tmp_path):
    assert 404 == client.ask("/metrics").status
    client.ask(FILE)
    text, _ = Tokens(tmp_path / "state").add("ops", ["metrics"], now_s=0, expires_s=2**40)
    page = client.ask("/metrics", token=text).body.decode()
    assert f"themekit_downloads_sent_bytes_total {len(CONTENT)}\n" in page
    assert 'themekit_downloads_refusals_total{reason="path"} 1' in page
    assert 404 == client.ask(FILE, token=text).status


def test_transfers_are_logged_before_and_after(client):
    client.ask(FILE, headers={"Range": "bytes=5-9"})
    begin, end = client.log(2)
    assert ("begin", "end", 5, 5, "whole", "1.0.0", "acme-inc") == (
        begin["event"], end["event"], end["start"], end["sent"], end["detail"], end["version"], end["partner"]
    )  # fmt: skip
    assert begin["transfer"] == end["transfer"]
    secret = client.token.rpartition("_")[2]
    assert secret not in (client.state / "downloads.jsonl").read_text()
