"""A store that machines share: what the second need not make, and that whatever happens to the store costs nothing."""

import re
import socket
import subprocess
import sys
import textwrap
import threading
import uuid
from pathlib import Path

import fsspec
import pytest

from themekit.diagnostics import Diagnostic, Severity
from themekit.engine import Ask, Engine, MemoryHost, heavy
from themekit.engine.encoding import digest_bytes, encode
from themekit.engine.fsspec_store import Objects, UnusableStoreUrl, check_store_url
from themekit.engine.shared_store import SharedStore
from themekit.engine.trace import Kind, Read, Trace

KEY = "ab" * 32


def light(ask: Ask) -> str:
    return (ask.read("a") or b"").decode()


@heavy
def render(ask: Ask) -> str:
    ask.report(Diagnostic("slow", Severity.WARNING, "this took a while"))
    return ask(light) * 2


def both(ask: Ask) -> str:
    return ask(render) + "!"


def folded(ask: Ask) -> str:
    """The same for texts that differ in case alone."""
    return ask(light).lower()


@heavy
def render_folded(ask: Ask) -> str:
    return ask(folded) * 2


def machine(cache: Path, url: str, *, text: str = "x") -> Engine:
    """An engine of another machine, after a build there."""
    engine = Engine(MemoryHost({"a": text}), SharedStore(cache, url), code="1")
    assert f"{text * 2}!" == engine.get(both)
    assert ["slow"] == [each.code for each in engine.diagnostics(both)]
    return engine


def objects(url: str, kind: str = "") -> list[str]:
    """The paths of all objects of a kind, as fsspec names them."""
    system, root = fsspec.core.url_to_fs(url)
    system.invalidate_cache()
    return sorted(path for path in system.find(root) if f"/{kind}" in path)


def trace(number: int) -> Trace:
    return Trace((Read(Kind.FILE, "a", b"", str(number)),), (), digest_bytes(encode(number)))


def test_a_second_machine_makes_nothing_heavy(url, tmp_path):
    assert ["light", "render", "both"] == machine(tmp_path / "one", url).ran
    second = machine(tmp_path / "two", url)
    assert ["both"] == second.ran
    assert [] == second.store.problems
    assert [] == machine(tmp_path / "two", url).ran
    assert ["render"] == [name for name in machine(tmp_path / "two", url, text="y").ran if name == "render"]
    assert ["both"] == machine(tmp_path / "three", url).ran  # two machines, two states of the inputs
    assert "render" not in machine(tmp_path / "three", url, text="y").ran


def test_a_value_that_stays_as_it_was_is_told_for_the_new_files(url, tmp_path):
    """Two machines take turns; the first finds its value good for the third text, which no machine has rendered."""
    for number, (folder, text) in enumerate((("one", "x"), ("two", "y"), ("one", "X"))):
        engine = Engine(MemoryHost({"a": text}), SharedStore(tmp_path / folder, url), code="1")
        assert text.lower() * 2 == engine.get(render_folded)
        assert (number < 2) is ("render_folded" in engine.ran)
    later = Engine(MemoryHost({"a": "X"}), SharedStore(tmp_path / "three", url), code="1")
    assert "xx" == later.get(render_folded)
    assert [] == later.ran


def test_a_value_that_is_made_of_the_same_files_is_not_told_again(url, tmp_path):
    machine(tmp_path / "one", url)
    again = machine(tmp_path / "one", url)
    assert [] == again.ran
    assert [] == again.store.shared


def test_only_what_is_heavy_is_shared(url, tmp_path):
    machine(tmp_path / "one", url)
    assert 1 == len(objects(url, "values"))
    assert 1 == len(objects(url, "traces"))


@pytest.mark.parametrize("kind", ["values", "traces"])
@pytest.mark.parametrize("damage", [lambda _: b"", lambda data: data[:-1], lambda data: data[:-1] + b"?"])
def test_damage_is_found_made_good_and_said(url, tmp_path, kind, damage):
    machine(tmp_path / "one", url)
    system, _ = fsspec.core.url_to_fs(url)
    (path,) = objects(url, kind)
    whole = system.cat_file(path)
    system.pipe_file(path, damage(whole))
    second = machine(tmp_path / "two", url)
    assert "render" in second.ran
    assert [True] == [problem.endswith("is damaged, so its value is made again") for problem in second.store.problems]
    assert whole == system.cat_file(path)
    third = machine(tmp_path / "three", url)
    assert "render" not in third.ran
    assert [] == third.store.problems


@pytest.mark.parametrize("kind", ["values", "traces"])
def test_what_a_rule_of_the_bucket_deletes_is_made_again(url, tmp_path, kind):
    machine(tmp_path / "one", url)
    system, _ = fsspec.core.url_to_fs(url)
    system.rm_file(objects(url, kind)[0])
    second = machine(tmp_path / "two", url)
    assert "render" in second.ran
    assert [] == second.store.problems
    assert "render" not in machine(tmp_path / "three", url).ran


def test_a_value_is_there_before_the_trace_that_names_it(url, tmp_path, monkeypatch):
    written = []
    put = Objects.put
    monkeypatch.setattr(Objects, "put", lambda self, name, content: written.append(name) or put(self, name, content))
    machine(tmp_path / "one", url)
    assert ["values", "traces"] == [name.partition("/")[0] for name in written]


def test_writers_at_one_time_undo_nothing(url, tmp_path):
    """Each has another trace for the same key: all of them are found, by all."""
    stores = [SharedStore(tmp_path / str(number), url) for number in range(4)]
    threads = [
        threading.Thread(
            target=store.record, args=(KEY, trace(number), encode(number)), kwargs={"shared": trace(number)}
        )
        for number, store in enumerate(stores)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reader = SharedStore(tmp_path / "reader", url)
    assert {trace(number) for number in range(4)} == set(reader.traces(KEY, is_heavy=True))
    assert [encode(2)] == [reader.blob(trace(2).digest, is_heavy=True)]
    assert 8 == len(objects(url))  # and nothing beside them


def test_many_are_fetched_at_once(url, tmp_path):
    writer, keys = SharedStore(tmp_path / "one", url), [f"{number:02}" * 32 for number in range(20)]
    for number, key in enumerate(keys):
        writer.record(key, trace(number), encode(number), shared=trace(number))
    assert keys == writer.shared
    reader = SharedStore(tmp_path / "two", url)
    reader.prefetch([*keys, KEY])
    assert [encode(number) for number in range(20)] == [reader.blob(trace(number).digest) for number in range(20)]


def test_pruning_stays_on_the_disk(url, tmp_path):
    store = machine(tmp_path / "one", url).store
    before = objects(url)
    assert store.prune(max_bytes=0) > 0
    assert before == objects(url)


@pytest.mark.parametrize(
    ("user", "said"),
    [
        (("AKIAREADER", "a-reader-of-tests"), "refuses to be written (PermissionError)"),
        (("AKIAWRITER", "a-wrong-secret"), "cannot be read (PermissionError)"),
        (("AKIANOBODY", "an-unknown-secret"), "cannot be read (PermissionError)"),
    ],
)
def test_a_store_that_refuses_loses_nothing(s3, tmp_path, monkeypatch, user, said):
    """The build goes on with the disk, and says so once, without a key or a secret."""
    for name, value in s3.environment(user).items():
        monkeypatch.setenv(name, value)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    url = "s3://brands/refused"
    engine = machine(tmp_path / "one", url)
    (problem,) = engine.store.problems
    assert said in problem
    assert not re.search("AKIA|secret|of-tests", problem)
    assert [] == machine(tmp_path / "one", url).ran


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # aiobotocore leaves its failed connection to the collector
def test_a_store_that_is_away_is_asked_once(s3, tmp_path, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    store = machine(tmp_path / "one", "s3://brands/away").store
    (problem,) = store.problems
    assert "cannot be read (EndpointConnectionError)" in problem or "ConnectError" in problem
    assert s3.url


def test_a_folder_that_cannot_be_written_loses_nothing(tmp_path):
    (tmp_path / "shared").write_text("a file is in the way")
    store = machine(tmp_path / "one", f"file://{tmp_path}/shared").store
    assert ["refuses to be written (NotADirectoryError ENOTDIR)"] == [
        problem.partition(": ")[2].partition(",")[0] for problem in store.problems
    ]


def test_a_store_that_refused_once_is_not_asked_again(tmp_path, monkeypatch):
    """Each refusal may cost seconds, and a build has hundreds of things to put."""
    tried = []

    def refused(_self, _system, path, _content):
        tried.append(path)
        raise PermissionError

    monkeypatch.setattr(Objects, "_write", refused)
    store = SharedStore(tmp_path, f"memory://{uuid.uuid4().hex}")
    for number in range(3):
        store.record(KEY, trace(number), encode(number), shared=trace(number))
    assert 1 == len(tried)
    assert 1 == len(store.problems)
    assert encode(2) == store.blob(trace(2).digest)


def test_a_protocol_that_nobody_knows_loses_nothing(tmp_path):
    assert "cannot be read (ValueError)" in machine(tmp_path, "nowhere://bucket").store.problems[0]


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    """On a file system, where an object is not written at once."""
    url = f"file://{tmp_path}/shared"
    system, _ = fsspec.core.url_to_fs(url)

    def full(_path, _other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(system, "mv", full)
    store = machine(tmp_path / "one", url).store
    assert "OSError ENOSPC" in store.problems[0]
    assert [] == objects(url)


def test_a_build_that_changes_nothing_asks_no_store(tmp_path):
    """Not even fsspec is imported, which costs more than the build."""
    url = f"file://{tmp_path}/shared"
    script = f"""
        import sys
        sys.path.insert(0, {str(Path(__file__).parent)!r})
        from test_shared_store import Path, machine

        cache = Path({str(tmp_path / "one")!r})
        machine(cache, {url!r})
        for name in [name for name in sys.modules if name.startswith("fsspec")]:
            del sys.modules[name]
        assert [] == machine(cache, {url!r}).ran
        assert not any(name.startswith("fsspec") for name in sys.modules)
    """
    assert 0 == subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False).returncode


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("build/shared", "a store is a URL"),
        ("s3:bucket", "a store is a URL"),
        ("", "a store is a URL"),
        ("s3://AKIAWRITER:secret@bucket/folder", "has a password in it"),
        ("sftp://user:secret@host/folder", "has a password in it"),
        ("gs://bucket/folder", "needs `gcsfs`"),
        ("foo://bar", "no file system is known as `foo`$"),
        ("fiel:///shared", "did you mean `file`"),
    ],
)
def test_urls_that_are_refused(url, said):
    with pytest.raises(UnusableStoreUrl, match=said) as refused:
        check_store_url(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["s3://bucket", "file:///shared", "memory://a", "sftp://user@host/folder"])
def test_urls_that_are_taken(url):
    assert url == check_store_url(url)
