"""What is not written yet is found all the same, and a flush writes it as the engine would have."""

from pathlib import PurePosixPath

from themekit.engine import Ask, Engine, MemoryHost, MemoryStore
from themekit.studio.updating.drafts import DraftEngine
from themekit.studio.updating.late_store import LateStore


def _upper(ask: Ask, path: str) -> str:
    return (ask.read(path) or b"").decode().upper()


def test_nothing_is_written_before_the_flush():
    host, store = MemoryHost({"a": "x"}), MemoryStore()
    late = LateStore(store)
    assert "X" == Engine(host, late, code="1").get(_upper, "a")
    again = Engine(host, late, code="1")
    assert "X" == again.get(_upper, "a")
    assert [] == again.ran
    other = Engine(host, store, code="1")
    assert "X" == other.get(_upper, "a")
    assert ["_upper"] == other.ran


def test_the_flush_writes_what_waits_and_keeps_nothing():
    host, store = MemoryHost({"a": "x"}), MemoryStore()
    late = LateStore(store)
    engine = Engine(host, late, code="1")
    for text in ("x", "y", "z"):
        host.write("a", text)
        engine.forget([PurePosixPath("a")])
        assert text.upper() == engine.get(_upper, "a")
    late.flush()
    assert ({}, {}, []) == (late._blobs, late._traces, late._waiting)
    for text in ("x", "y", "z"):
        host.write("a", text)
        other = Engine(host, store, code="1")
        assert text.upper() == other.get(_upper, "a")
        assert [] == other.ran


def test_a_draft_is_seen_by_its_engine_alone():
    host = MemoryHost({"a": "x", "b": "saved"})
    draft = DraftEngine(host)
    for text in ("one", "two", "one"):
        assert text.upper() == draft.with_contents({PurePosixPath("a"): text.encode()}).get(_upper, "a")
    assert "SAVED" == draft.engine.get(_upper, "b")
    host.write("b", "later")
    draft.engine.forget([PurePosixPath("b")])
    assert "LATER" == draft.engine.get(_upper, "b")
    assert "OTHER" == draft.with_contents({PurePosixPath("b"): b"other"}).get(_upper, "b")
    assert "X" == draft.engine.get(_upper, "a"), "what is no part of a draft any more is as it is saved"
    assert "X" == Engine(host, MemoryStore(), code="1").get(_upper, "a")
