"""The sandbox: what it costs to make, how large it is, and how soon it answers in a real Chromium.

    .venv/bin/python tests/bench/sandbox/bench_sandbox.py [FILE…]

For each description: CPU seconds to make the data, its bodies, how many of them are the author's, the sizes in bytes
(data, and the code that a worker runs) by gzip -9. Then, for each, a browser that was never there: milliseconds until
the worker is ready, from then until the first answer, and the median of the answers of all operations.
"""

import gzip
import shutil
import statistics
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.sandbox.sample_requests import requests_of
from tests.sandbox.sandbox_calls import SAMPLE, SPECS
from themekit.sandbox.portal import portal_files
from themekit.trial.sandbox import read_sandbox
from themekit.trial.sandbox_engine import engine_sources

BASE = "https://api.bench.example"
PAGE = f'<!doctype html><script src="sandbox.js" data-base="{BASE}"></script>'
TIMES = """async (requests) => {
    const start = performance.now();
    await apiSandbox.ready;
    const ready = performance.now();
    const times = [];
    let bad = 0;
    for (const [url, method, headers, body] of requests) {
        const before = performance.now();
        const answer = await fetch(url, { method, headers, body: body || undefined });
        await answer.text();
        times.push(performance.now() - before);
        if (!answer.ok) bad += 1;
        if (method === "DELETE") await apiSandbox.reset();
    }
    return [ready - start, times, bad];
}"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Say nothing."""


def main(files: list[Path]) -> None:
    print(f"{'description':28}{'ops':>6}{'CPU s':>7}{'bodies':>8}{'own':>6}{'data gz':>9}{'code gz':>9}", end="")
    print(f"{'ready ms':>10}{'first ms':>10}{'median ms':>11}{'failed':>8}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for file in files:
            measure(chromium, file)
        chromium.close()


def measure(chromium, file: Path) -> None:
    before = time.process_time()
    data, _ = read_sandbox(file, file.parent)
    cost = time.process_time() - before
    with tempfile.TemporaryDirectory() as folder:
        sizes = {}
        for made in portal_files(data, engine_sources()):
            Path(folder, made.path).write_bytes(made.content)
            sizes[str(made.path)] = len(gzip.compress(made.content, 9))
        Path(folder, "index.html").write_text(PAGE, encoding="utf-8")
        code = sizes["sandbox-worker.js"] + sizes["sandbox-engine.js"]
        print(f"{file.stem[:27]:28}{data.operations:6}{cost:7.2f}{data.bodies:8}{data.written:6}", end="")
        print(f"{sizes['sandbox-data.js']:9}{code:9}", end="", flush=True)
        ready, times, failed = answered(chromium, folder, file)
    print(f"{ready:10.0f}{times[0]:10.1f}{statistics.median(times):11.1f}{failed:8}")


def answered(chromium, folder: str, file: Path) -> tuple[float, list[float], int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
    sent = [
        [BASE + each.path, each.method, each.headers, each.body.decode("latin-1")]
        for each in requests_of(file)
        if "cookie" not in each.headers and (each.method != "GET" or not each.body)
    ]
    found = page.evaluate(TIMES, sent)
    context.close()
    server.shutdown()
    server.server_close()
    return tuple(found)


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]] or [SAMPLE, *SPECS])
