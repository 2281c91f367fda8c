"""The sandbox in a real Chromium: through a service worker, and without a server from a file."""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.sandbox.sample_requests import requests_of
from tests.sandbox.sandbox_calls import SAMPLE
from themekit.sandbox.portal import portal_files
from themekit.trial.sandbox_engine import engine_sources

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed"),
]

BASES = ("https://api.acme.example/pay/v3", "https://sandbox.acme.example")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
PAGE = '<!doctype html><title>A page</title><script src="{up}sandbox.js" data-base="{bases}"></script>'
CALL = """async ([url, method, headers, body]) => {
    const answer = await fetch(url, { method, headers, body: body || undefined });
    return { status: answer.status, text: await answer.text(), type: answer.headers.get("content-type") };
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory, sample_data):
    """A portal's files, with a page at the root and one below."""
    folder = tmp_path_factory.mktemp("portal")
    for file in portal_files(sample_data, engine_sources()):
        (folder / file.path).write_bytes(file.content)
    (folder / "api").mkdir()
    for path, up in (("index.html", ""), ("api/index.html", "../")):
        (folder / path).write_text(PAGE.format(up=up, bases=" ".join(BASES)), encoding="utf-8")
    (folder / "api" / "frame.html").write_text("<!doctype html><iframe src='inner.html'></iframe>", encoding="utf-8")
    (folder / "api" / "inner.html").write_text("<!doctype html>", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def ready(page, url):
    page.goto(url)
    return page.evaluate("apiSandbox.ready")


def call(page, path, method="GET", body="", base=BASES[0], **headers):
    return page.evaluate(CALL, [base + path, method, {"authorization": "Bearer sk_test_1", **headers}, body])


@pytest.mark.parametrize("place", ["worker", "page"])
def test_every_operation_is_answered(page, site, address, place):
    """At both addresses of a brand whose paths are not those of the description."""
    assert place == ready(page, f"{address}/api/" if place == "worker" else (site / "api" / "index.html").as_uri())
    sent = requests_of(SAMPLE)
    got = []
    for number, each in enumerate(sent):
        body, base = each.body.decode("latin-1"), BASES[number % 2]
        got.append((each.operation, call(page, each.path, each.method, body, base, **each.headers)))
        if each.method == "DELETE":  # what is gone is gone for this reader
            page.evaluate("apiSandbox.reset()")
    assert [] == [(name, answer) for name, answer in got if not 200 <= answer["status"] < 300]
    assert 54 == len(got)


def test_the_first_visit_needs_no_reload(page, address):
    assert "worker" == ready(page, f"{address}/index.html")
    assert 200 == call(page, "/payments")["status"]


def test_a_page_in_a_frame_is_answered(page, address):
    ready(page, f"{address}/")
    page.goto(f"{address}/api/frame.html")
    inner = page.frames[1]
    assert 200 == call(inner, "/payments", base=BASES[1])["status"]


def test_what_was_made_outlives_the_worker(page, address):
    """A browser ends a worker that has nothing to do; here all pages are left, and the engine is made anew."""
    ready(page, f"{address}/")
    made = call(page, "/payments", "POST", '{"amount":500,"currency":"EUR"}', **{"content-type": "application/json"})
    assert 201 == made["status"]
    path = "/payments/" + made["text"].split('"id":"')[1].split('"')[0]
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    page.wait_for_timeout(300)
    assert made["text"] == call(page, path)["text"]
    page.evaluate("apiSandbox.reset()")
    assert made["text"] != call(page, path)["text"]


@pytest.mark.parametrize("place", ["worker", "page"])
def test_what_the_reader_deletes_is_gone_and_what_belongs_to_it(page, site, address, place):
    """A browser has one client, so an example of the description is no exception, until all is forgotten."""
    ready(page, f"{address}/" if place == "worker" else (site / "index.html").as_uri())
    path = "/customers/cus_9Rt3Vn6YhLc1Mf5D"
    paths = (path, f"{path}/payment_methods")
    assert [200, 200] == [call(page, each)["status"] for each in paths]
    assert 204 == call(page, path, "DELETE")["status"]
    assert [404, 404] == [call(page, each)["status"] for each in paths]
    assert path.rpartition("/")[2] not in call(page, "/customers")["text"]
    page.evaluate("apiSandbox.reset()")
    assert [200, 200] == [call(page, each)["status"] for each in paths]


@pytest.mark.parametrize("place", ["worker", "page"])
def test_live_requests_leave_the_browser(page, site, address, place):
    """The address of this brand leads nowhere, so who asks there hears nothing."""
    ready(page, f"{address}/" if place == "worker" else (site / "index.html").as_uri())
    page.evaluate("apiSandbox.use('live')")
    assert "live" == page.evaluate("apiSandbox.mode")
    assert "refused" == page.evaluate(f"fetch('{BASES[0]}/payments').then(() => 'answered', () => 'refused')")
    page.evaluate("apiSandbox.use('sandbox')")
    assert 200 == call(page, "/payments")["status"]


def test_other_addresses_are_left_alone(page, address):
    ready(page, f"{address}/")
    assert 404 == page.evaluate("fetch('/v1/payments').then((answer) => answer.status)")
    outside = BASES[0].replace("/v3", "/v33")
    assert "refused" == page.evaluate(f"fetch('{outside}/payments').then(() => 'answered', () => 'refused')")


def test_a_stream_and_bytes(page, address):
    ready(page, f"{address}/")
    got = call(page, "/events/stream", accept="text/event-stream")
    assert ("text/event-stream", 3) == (got["type"], got["text"].count("\ndata: {"))
    assert call(page, "/files/file_0Lp5Xd9SzFk3Wt7Y/content")["text"].startswith("%PDF-")


def test_the_workers_code_is_small(site):
    """A bar of the platform: at most 20 kB for the worker, compressed; the data comes besides."""
    import gzip

    code = b"".join((site / name).read_bytes() for name in ("sandbox-worker.js", "sandbox-engine.js"))
    assert len(gzip.compress(code, 9)) <= 20_000
    assert b"themekit" not in code + (site / "sandbox.js").read_bytes()
