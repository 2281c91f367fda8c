"""A bundle's site as a partner's host would serve it: whole, in parts, zipped, or not again."""

import gzip
import json
import shutil
import urllib.request
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bundle.forge import artifact, good_bundle
from themekit.bundle.verify import verify_bundle
from themekit.trial.bundle_host import Answer, Site, bundle_app
from themekit.trial.serving import serving

PAGE = b"<p>Hello</p>\n" * 40
ASKED = {"always": {"Content-Security-Policy": "default-src 'self'"}, "paths": {"data": {"Content-Type": "text/plain"}}}
FILES = (
    artifact("hosting/headers.json", json.dumps(ASKED).encode(), "application/json"),
    artifact("secret/key.txt", b"not part of the site"),
    artifact("site/404.html", b"<p>Not found</p>\n" * 9, "text/html"),
    artifact("site/data", b"plain", "application/octet-stream"),
    artifact("site/guide/index.html", PAGE, "text/html"),
    artifact("site/index.html", PAGE, "text/html"),
    artifact("site/mark.png", bytes(range(256)), "image/png"),
)
BUNDLE = good_bundle(FILES)
MANIFEST = verify_bundle(BUNDLE)[0].manifest
SITE = Site.of(BUNDLE, MANIFEST)
TAG = f'"{sha256(bytes(range(256))).hexdigest()}"'


def ask(path: str, method: str = "GET", **headers: str) -> tuple[Answer, dict[str, str]]:
    answer = SITE.answer(method, path, {name.replace("_", "-"): value for name, value in headers.items()})
    return answer, dict(answer.headers)


def test_a_folder_is_its_index_and_has_one_address():
    assert [(200, PAGE)] * 3 == [(it.status, it.body) for it, _ in map(ask, ("/", "/guide/", "/guide/index.html"))]
    answer, headers = ask("/guide?x=1")
    assert (308, "/guide/") == (answer.status, headers["location"])


def test_a_redirect_stays_on_this_host():
    answer, headers = ask("//guide")
    assert (404, None) == (answer.status, headers.get("location"))
    assert "/guide/" == ask("/guide")[1]["location"]


@pytest.mark.parametrize("path", ["/nothing", "/../secret/key.txt", "/%2e%2e/secret/key.txt", "/..%5csecret", "/a%00b",
                                  "/%", "/guide/../../hosting/headers.json", "//etc/passwd", "/" * 5000])  # fmt: skip
def test_what_is_not_there_has_the_page_for_it(path):
    answer, headers = ask(path)
    assert (404, "text/html; charset=utf-8") == (answer.status, headers["content-type"])
    assert answer.body.startswith(b"<p>Not found")


def test_headers_that_the_bundle_asks_for_are_sent():
    assert "default-src 'self'" == ask("/")[1]["content-security-policy"]
    assert "default-src 'self'" == ask("/nothing")[1]["content-security-policy"]
    assert ["text/plain"] == [value for name, value in ask("/data")[0].headers if name == "content-type"]
    assert "image/png" == ask("/mark.png")[1]["content-type"]
    assert "text/html; charset=utf-8" == ask("/")[1]["content-type"]


def test_a_zipped_answer_is_the_page():
    for accepted in ("gzip", "br, gzip;q=0.5", "GZIP"):
        answer, headers = ask("/", accept_encoding=accepted)
        assert ("gzip", PAGE) == (headers["content-encoding"], gzip.decompress(answer.body))
    for accepted in ("", "br", "gzip;q=0", "gzip;q=0.000", "identity"):
        assert PAGE == ask("/", accept_encoding=accepted)[0].body
    assert ask("/")[1]["etag"] != ask("/", accept_encoding="gzip")[1]["etag"]
    assert "content-encoding" not in ask("/mark.png", accept_encoding="gzip")[1]


@pytest.mark.parametrize(("asked", "status", "part"), [
    ("bytes=0-0", 206, (0, 1)), ("bytes=10-19", 206, (10, 20)), ("bytes=250-999", 206, (250, 256)),
    ("bytes=-6", 206, (250, 256)), ("bytes=100-", 206, (100, 256)), ("bytes=-999", 206, (0, 256)),
    ("bytes=256-", 416, (0, 0)), ("bytes=9-8", 416, (0, 0)), ("bytes=-0", 416, (0, 0)),
    ("bytes=0-1,3-4", 200, (0, 256)), ("bytes=-", 200, (0, 256)), ("lines=0-1", 200, (0, 256)),
    (f"bytes={'9' * 4000}-", 416, (0, 0)),
])  # fmt: skip
def test_parts(asked, status, part):
    answer, headers = ask("/mark.png", range=asked)
    assert (status, bytes(range(256))[slice(*part)]) == (answer.status, answer.body)
    if status == 206:
        assert f"bytes {part[0]}-{part[1] - 1}/256" == headers["content-range"]
    if status == 416:
        assert "bytes */256" == headers["content-range"]


def test_a_part_of_another_version_is_answered_with_all():
    assert [206, 200] == [ask("/mark.png", range="bytes=0-1", if_range=tag)[0].status for tag in (TAG, '"other"')]


def test_what_the_client_has_is_not_sent_again():
    for condition in (TAG, f'"a", W/{TAG}', "*"):
        assert (304, b"") == (ask("/mark.png", if_none_match=condition)[0].status, ask("/x", "POST")[0].body)
    assert 200 == ask("/mark.png", if_none_match='"a"')[0].status


def test_other_methods_are_refused():
    assert (405, "GET, HEAD") == (ask("/", "POST")[0].status, ask("/", "POST")[1]["allow"])


@given(st.text(max_size=40), st.dictionaries(
    st.sampled_from(["range", "if-range", "if-none-match", "accept-encoding"]), st.text(max_size=30)))  # fmt: skip
def test_any_request_is_answered(path, headers):
    assert SITE.answer("GET", f"/{path}", headers).status in {200, 206, 304, 308, 404, 416}


def test_over_http():
    """Also what a client sees of HEAD, and of a bundle that asks for no headers."""
    bare = good_bundle(FILES[1:])
    site = Site.of(bare, verify_bundle(bare)[0].manifest)
    with serving(bundle_app(site)) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/guide", timeout=20) as answer:
            assert (f"http://127.0.0.1:{port}/guide/", PAGE) == (answer.url, answer.read())
        head = urllib.request.Request(f"http://127.0.0.1:{port}/mark.png", method="HEAD")
        with urllib.request.urlopen(head, timeout=20) as answer:
            assert ("256", b"", TAG) == (answer.headers["content-length"], answer.read(), answer.headers["etag"])


def test_curl_resumes(tmp_path):
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("there is no curl")
    import subprocess

    (tmp_path / "mark.png").write_bytes(bytes(range(100)))
    with serving(bundle_app(SITE)) as port:
        command = [curl, "-sS", "-C", "-", "-o", "mark.png", f"http://127.0.0.1:{port}/mark.png"]
        subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    assert bytes(range(256)) == (tmp_path / "mark.png").read_bytes()
