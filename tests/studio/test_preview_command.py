"""`themekit preview` without a browser: its address, its port, its brand, and its end."""

import asyncio
import socket
import threading
import urllib.error
import urllib.request

import pytest
from click.testing import CliRunner

from themekit.cli.main import command
from themekit.studio import preview as preview_module
from themekit.studio.preview import PortTaken, serve_preview
from themekit.studio.serving.guard import Origins
from themekit.studio.updating.live import Live


@pytest.fixture
def run(project, monkeypatch):
    """Runs the command with a server that ends at once; what it was asked for is in `run.asked`."""
    opened = []
    monkeypatch.setattr("click.launch", opened.append)

    def served(_project, *, port, ready, prometheus):
        assert prometheus is None
        run.asked.append(port)
        if port in run.taken:
            raise PortTaken("Address already in use")
        ready(Origins(port or 4711, 4712, "T"))

    monkeypatch.setattr(preview_module, "run_preview", served)

    def run(*arguments):
        return CliRunner().invoke(command, ["preview", "--project", str(project.root), *arguments])

    run.asked, run.opened, run.taken = [], opened, set()
    return run


def test_the_address_is_printed_and_opened(run):
    done = run("acme")
    assert "http://127.0.0.1:8350/?token=T&brand=acme" == done.stdout.strip()
    assert [done.stdout.strip()] == run.opened


def test_nothing_is_opened_if_not_wanted(run):
    assert 0 == run("--no-open", "--port", "4800").exit_code
    assert ([4800], []) == (run.asked, run.opened)


def test_a_taken_port_is_replaced_unless_it_was_named(run):
    run.taken = {8350, 4800}
    assert "http://127.0.0.1:4711/?token=T" == run().stdout.strip()
    assert [8350, 0] == run.asked
    done = run("--port", "4800")
    assert 2 == done.exit_code
    assert "port 4800 cannot be used: address already in use" in done.stderr


def test_a_brand_that_is_not_there(run):
    done = run("acmi")
    assert 2 == done.exit_code
    assert "no brand is named `acmi`; did you mean `acme`?" in done.stderr


def test_both_servers_answer_until_the_end(project):
    """Also while somebody listens to the stream of events."""
    origins, loops, streams = [], [], []

    async def serve():
        over = asyncio.Event()
        loops.append((asyncio.get_running_loop(), over))
        await serve_preview(project, port=0, ready=origins.append, over=over)

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    while not origins and thread.is_alive():
        thread.join(0.01)
    try:
        streams.append(urllib.request.urlopen(origins[0].pages_url() + "@events", timeout=60))
        assert streams[0].readline().startswith(b"retry")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{origins[0].studio()}/api/project", timeout=60)
        assert 401 == refused.value.code
        refused.value.close()
    finally:
        loops[0][0].call_soon_threadsafe(loops[0][1].set)
        thread.join(60)
    assert not thread.is_alive()
    streams[0].close()


def test_whoever_waits_for_a_page_at_the_end_is_told_so(project, monkeypatch, capfd):
    """A render that takes long is given up at once, and nothing of it is printed."""
    origins, answers, loops, begun = [], [], [], threading.Event()

    async def never(_self, _due):
        begun.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(Live, "_make", never)

    async def serve():
        loops.append((asyncio.get_running_loop(), asyncio.Event()))
        await serve_preview(project, port=0, ready=origins.append, over=loops[0][1])

    def ask():
        asked = urllib.request.Request(f"{origins[0].pages_url()}acme/", headers={"X-Themekit-Wait": "1"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked, timeout=60)
        answers.append(refused.value.code)
        refused.value.close()

    serving = threading.Thread(target=lambda: asyncio.run(serve()))
    serving.start()
    while not origins and serving.is_alive():
        serving.join(0.01)
    asking = threading.Thread(target=ask)
    asking.start()
    assert begun.wait(60)
    loops[0][0].call_soon_threadsafe(loops[0][1].set)
    for thread in (asking, serving):
        thread.join(60)
    assert [503] == answers
    assert ("", "") == tuple(capfd.readouterr())


def test_a_port_that_is_taken(project):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(PortTaken):
            asyncio.run(serve_preview(project, port=other.getsockname()[1], ready=lambda _: None))
