"""Tasks whose value is only put together: never stored, kept a while, and known by what they asked; and batches."""

import pytest

from themekit.engine import Ask, Engine, MemoryHost, MemoryStore, assembled, batch_of, heavy
from themekit.engine.graph import KEPT_ASSEMBLED

NAMES = tuple("abcdefgh")


def letter(ask: Ask, name: str) -> bytes:
    return ask.read(name) or b""


@batch_of(letter)
def letters(asks, arguments):
    seen.append([name for (name,) in arguments])
    return [ask.read(name) or b"" for ask, (name,) in zip(asks, arguments, strict=True)]


@heavy
@assembled
def book(ask: Ask) -> tuple[bytes, ...]:
    return ask.each(letter, [(name,) for name in NAMES])


@assembled
def copy(ask: Ask, name: str) -> tuple[bytes, ...]:
    return (name.encode(), *ask(book))


def size(ask: Ask) -> int:
    return sum(map(len, ask(book)))


seen: list[list[str]] = []


class SharedMemoryStore(MemoryStore):
    is_shared = True

    def record(self, key, trace, blob, *, shared=None):
        self.had = getattr(self, "had", ())
        if shared is not None:
            self.had = (*self.had, (blob, shared))
        super().record(key, trace, blob, shared=shared)


@pytest.fixture
def host():
    seen.clear()
    return MemoryHost({name: name for name in NAMES})


def test_what_must_run_runs_in_one_batch(host):
    engine = Engine(host, MemoryStore(), code="1")
    assert tuple(name.encode() for name in NAMES) == engine.get(book)
    host.write("c", "C")
    host.write("e", "E")
    engine.refresh()
    host.write("g", "G")
    engine.refresh()
    assert (b"C", b"E", b"G") == engine.get(book)[2:7:2]
    assert [list(NAMES), ["e", "g"]] == seen  # "c" ran alone: it is what showed that the book must be made again


def test_a_batch_of_nothing_asks_for_nothing(host):
    engine = Engine(host, MemoryStore(), code="1")
    engine.get(size)
    engine.refresh()
    engine.get(size)
    assert 1 == len(seen)


def test_it_is_put_together_again_and_its_askers_do_not_run(host):
    store = MemoryStore()
    Engine(host, store, code="1").get(size)
    engine = Engine(host, store, code="1")
    assert len(NAMES) == engine.get(size)
    assert [] == engine.ran
    engine.get(book)
    assert ["book"] == engine.ran


def test_a_change_below_runs_what_is_above(host):
    engine = Engine(host, MemoryStore(), code="1")
    engine.get(size)
    host.write("a", "aa")
    engine.refresh()
    assert len(NAMES) + 1 == engine.get(size)
    assert ["letter", "book", "size"] == engine.ran


def test_what_many_are_made_from_is_put_together_once(host):
    """The last few are kept, and what is asked for again and again is among them."""
    engine = Engine(host, MemoryStore(), code="1")
    for name in NAMES:
        engine.get(copy, name)
    assert 1 == engine.ran.count("book")
    engine.ran.clear()
    for name in NAMES[-KEPT_ASSEMBLED + 1 :]:
        engine.get(copy, name)
    assert [] == engine.ran
    engine.get(copy, NAMES[0])
    assert ["copy"] == engine.ran


def test_machines_share_it_if_it_is_heavy(host):
    """A machine that has none of the pieces finds the whole, known by the files alone."""
    store = SharedMemoryStore()
    Engine(host, store, code="1").get(book)
    ((blob, shared),) = store.had
    assert blob
    assert set(NAMES) == {read.name for read in shared.reads}
    assert store.blob(shared.digest) == blob


@pytest.mark.parametrize("arguments", [(1,), (True,), (1.0,), ("1",)])
def test_questions_that_look_alike_are_not_one(host, arguments):
    engine = Engine(host, MemoryStore(), code="1")
    asked = [engine.question(letter, each) for each in (1, True, 1.0, "1")]
    assert 4 == len(set(asked))
    assert engine.question(letter, *arguments) in asked
