"""The engine by its log: which tasks ran, and which did not."""

import json
import types
from pathlib import PurePosixPath

import pytest

from themekit.diagnostics import Diagnostic, Severity
from themekit.engine import Ask, Engine, Kind, MemoryHost, MemoryStore, Question, TaskCycle, UnreadableInput, recomputed
from themekit.engine import graph as graph_module
from themekit.engine.encoding import EncodingError
from themekit.engine.task import find_task, load_task, task_name

HINT = Diagnostic("unused-key", Severity.WARNING, "`unused` is not used")
FILES = {
    "brands/acme/brand.json": '{"name": "Acme", "color": "#00f"}',
    "brands/zeta/brand.json": '{"name": "Zeta", "color": "#f00"}',
    "docs/index.md": "Hello",
}


def brand(ask: Ask, brand_id: str) -> tuple[tuple[str, str], ...]:
    text = ask.read(PurePosixPath("brands", brand_id, "brand.json"))
    given = json.loads(text or b"{}")
    if "unused" in given:
        ask.report(HINT)
    return tuple((key, value) for key, value in given.items() if key != "comment")


def tokens(ask: Ask, brand_id: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in ask(brand, brand_id) if key in {"name", "color"})


def css(ask: Ask, brand_id: str) -> str:
    return "".join(f"--{key}: {value};" for key, value in ask(tokens, brand_id))


def page(ask: Ask, brand_id: str) -> str:
    text = (ask.read("docs/index.md") or b"").decode()
    footer = ask.environment("FOOTER") or ""
    return f"{text} {dict(ask(tokens, brand_id)).get('name')} {footer}"


def ids(ask: Ask) -> tuple[str, ...]:
    return tuple(name.rstrip("/") for name in ask.list("brands"))


def site(ask: Ask) -> tuple[str, ...]:
    return tuple(ask(css, name) + ask(page, name) for name in ask(ids))


@pytest.fixture
def host():
    return MemoryHost(FILES)


@pytest.fixture
def engine(host):
    """Built once: what a test does next is the second build."""
    built = Engine(host, MemoryStore(), code="1")
    built.get(site)
    built.refresh()
    return built


def test_tasks_run_once_each_and_after_what_they_ask(host):
    engine = Engine(host, MemoryStore(), code="1")
    assert 2 == len(engine.get(site))
    assert ["ids", "brand", "tokens", "css", "page", "brand", "tokens", "css", "page", "site"] == engine.ran
    engine.get(site)
    assert 10 == len(engine.ran)


def test_a_second_build_runs_nothing(engine):
    assert "--name: Acme;--color: #00f;Hello Acme " == engine.get(site)[0]
    assert [] == engine.ran


def test_another_engine_over_the_same_store_runs_nothing(host):
    store = MemoryStore()
    first = Engine(host, store, code="1")
    first.get(site)
    second = Engine(host, store, code="1")
    assert first.get(site) == second.get(site)
    assert [] == second.ran


def test_an_edit_that_leaves_the_value_stops_at_the_reader(engine, host):
    host.write("brands/acme/brand.json", '{"comment": "x", "name": "Acme",   "color": "#00f"}')
    engine.get(site)
    assert ["brand"] == engine.ran


def test_an_unused_key_stops_at_the_resolver(engine, host):
    host.write("brands/acme/brand.json", '{"name": "Acme", "color": "#00f", "unused": "1"}')
    engine.get(site)
    assert ["brand", "tokens"] == engine.ran


def test_reordered_keys_run_everything_after_them(engine, host):
    """Emitters write in input order, so a digest that sorted first would leave stale output."""
    host.write("brands/acme/brand.json", '{"color": "#00f", "name": "Acme"}')
    assert engine.get(site)[0].startswith("--color: #00f;--name: Acme;")
    assert ["brand", "tokens", "css", "page", "site"] == engine.ran


def test_a_file_nobody_read_runs_nothing(engine, host):
    host.write("docs/other.md", "…")
    engine.get(site)
    assert [] == engine.ran


def test_a_new_brand_runs_its_own_tasks_only(engine, host):
    host.write("brands/beta/brand.json", '{"name": "Beta"}')
    assert 3 == len(engine.get(site))
    assert ["ids", "brand", "tokens", "css", "page", "site"] == engine.ran


def test_a_missing_file_is_an_input(host):
    host.delete("docs/index.md")
    engine = Engine(host, MemoryStore(), code="1")
    engine.get(page, "acme")
    engine.refresh()
    host.write("docs/index.md", "Back")
    assert "Back Acme " == engine.get(page, "acme")
    assert ["page"] == engine.ran


def test_an_environment_variable_is_an_input(host):
    store = MemoryStore()
    Engine(host, store, code="1").get(page, "acme")
    changed = Engine(MemoryHost(FILES, variables={"FOOTER": "(c)"}), store, code="1")
    assert "Hello Acme (c)" == changed.get(page, "acme")
    assert ["page"] == changed.ran


def test_an_empty_file_is_not_a_missing_one(engine, host):
    host.write("docs/index.md", "")
    engine.get(page, "acme")
    host.delete("docs/index.md")
    engine.refresh()
    engine.get(page, "acme")
    assert ["page"] == engine.ran


def test_going_back_to_an_earlier_state_runs_nothing(engine, host):
    host.write("docs/index.md", "Other")
    engine.get(site)
    host.write("docs/index.md", "Hello")
    engine.refresh()
    assert engine.get(site)[0].endswith("Hello Acme ")
    assert [] == engine.ran


def test_other_code_runs_everything_again(host):
    store = MemoryStore()
    Engine(host, store, code="1").get(site)
    other = Engine(host, store, code="2")
    other.get(site)
    assert 10 == len(other.ran)


def test_one_build_sees_one_version_of_an_input(host):
    """FAULT-28: a file edited during the build must not give half of the outputs the old and half the new text."""
    engine = Engine(host, MemoryStore(), code="1")
    engine.get(page, "acme")
    host.write("docs/index.md", "Edited")
    assert "Hello Zeta " == engine.get(page, "zeta")
    engine.refresh()
    assert ("Edited Acme ", "Edited Zeta ") == (engine.get(page, "acme"), engine.get(page, "zeta"))


def test_diagnostics_are_stored_and_replayed(engine, host):
    host.write("brands/acme/brand.json", '{"name": "Acme", "color": "#00f", "unused": "1"}')
    assert (HINT,) == engine.diagnostics(site)
    engine.refresh()
    assert (HINT,) == engine.diagnostics(site)
    assert () == engine.diagnostics(css, "zeta")
    assert [] == engine.ran


def test_diagnostics_come_in_the_order_asked_and_once_each(host):
    for name in ("acme", "zeta"):
        host.write(f"brands/{name}/brand.json", "{}")
    engine = Engine(host, MemoryStore(), code="1")
    assert ["zeta", "acme", "report"] == [found.message for found in engine.diagnostics(report)]


def complain(ask: Ask, brand_id: str) -> None:
    ask.report(Diagnostic("a", Severity.ERROR, brand_id))


def report(ask: Ask) -> None:
    ask.report(Diagnostic("a", Severity.ERROR, "report"))
    for brand_id in ("zeta", "acme", "zeta"):
        ask(complain, brand_id)
    ask.report(Diagnostic("a", Severity.ERROR, "zeta"))


def test_leaves_are_the_list_to_watch(engine):
    assert {
        Question(Kind.FOLDER, "brands"),
        Question(Kind.FILE, "brands/acme/brand.json"),
        Question(Kind.FILE, "brands/zeta/brand.json"),
        Question(Kind.FILE, "docs/index.md"),
        Question(Kind.ENVIRONMENT, "FOOTER"),
    } == set(engine.leaves(site))


def touchy(ask: Ask) -> tuple[bytes | None, bytes | None, tuple[str, ...]]:
    return ask.read("../secret"), ask.read("../secret"), ask.list("/etc")


def test_an_unreadable_input_is_a_diagnostic_and_no_value(host):
    engine = Engine(host, MemoryStore(), code="1")
    assert (None, None, ()) == engine.get(touchy)
    messages = [found.message for found in engine.diagnostics(touchy)]
    assert [
        "`../secret` cannot be read: it leaves the project",
        "`/etc` cannot be read: it leaves the project",
    ] == messages
    found = engine.diagnostics(touchy)[0]
    assert ("unreadable-input", "../secret", 1, 1) == (
        found.code,
        str(found.place.path),
        found.place.line,
        found.place.column,
    )
    engine.refresh()
    assert 2 == len(engine.diagnostics(touchy))
    assert [] == engine.ran


def test_an_input_that_becomes_readable_is_read(host):
    class Locked(MemoryHost):
        locked = True

        def read(self, path):
            if self.locked:
                raise UnreadableInput(path, "permission denied")
            return super().read(path)

    host = Locked(FILES)
    engine = Engine(host, MemoryStore(), code="1")
    assert " Acme" not in engine.get(page, "acme")
    host.locked = False
    engine.refresh()
    assert "Hello Acme " == engine.get(page, "acme")
    assert () == engine.diagnostics(page, "acme")


def ping(ask: Ask, count: int) -> int:
    return ask(pong, count)


def pong(ask: Ask, count: int) -> int:
    return ask(ping, count)


def test_a_circle_of_tasks_is_an_error_that_names_it(host):
    engine = Engine(host, MemoryStore(), code="1")
    for _ in range(2):
        with pytest.raises(TaskCycle, match="ping → pong → ping") as caught:
            engine.get(ping, 1)
        assert ("ping", "pong", "ping") == caught.value.chain


def countdown(ask: Ask, count: int) -> int:
    return ask(countdown, count - 1) + 1 if count else 0


def test_a_task_may_ask_itself_with_other_arguments(host):
    assert 5 == Engine(host, MemoryStore(), code="1").get(countdown, 5)


def kind(ask: Ask, value: object) -> str:
    del ask
    return type(value).__name__


def test_arguments_that_python_takes_for_equal_stay_apart(host):
    engine = Engine(host, MemoryStore(), code="1")
    assert ["int", "bool", "float"] == [engine.get(kind, value) for value in (1, True, 1.0)]


def fails(ask: Ask) -> str:
    if ask.read("docs/index.md") == b"Hello":
        raise ValueError("our bug")
    return "fine"


def test_an_exception_passes_and_nothing_is_stored(host):
    engine = Engine(host, MemoryStore(), code="1")
    for _ in range(2):
        with pytest.raises(ValueError, match="our bug"):
            engine.get(fails)
    host.write("docs/index.md", "x")
    engine.refresh()
    assert "fine" == engine.get(fails)


def listed(ask: Ask) -> list[str]:
    return [str(ask)]


def test_a_value_that_cannot_be_stored_names_its_task(host):
    with pytest.raises(EncodingError, match=r"test_graph:listed`: `builtins\.list`"):
        Engine(host, MemoryStore(), code="1").get(listed)


stamped = 0


@recomputed
def stamp(ask: Ask, brand_id: str) -> bytes:
    global stamped  # noqa: PLW0603  # counts the runs
    stamped += 1
    return ask(page, brand_id).encode() * 3


def size(ask: Ask) -> int:
    return len(ask(stamp, "acme"))


def test_a_recomputed_value_is_known_by_its_digest_and_made_again_when_wanted(host):
    store = MemoryStore()
    first = Engine(host, store, code="1")
    value = first.get(stamp, "acme")
    second = Engine(host, store, code="1")
    assert first.digest(stamp, "acme") == second.digest(stamp, "acme")
    assert [] == second.ran
    assert value == second.get(stamp, "acme")
    assert ["stamp"] == second.ran


def test_a_recomputed_value_still_stops_what_is_above_it(host):
    store = MemoryStore()
    assert 33 == Engine(host, store, code="1").get(size)
    second = Engine(host, store, code="1")
    assert 33 == second.get(size)
    assert [] == second.ran


def test_values_beyond_the_limit_are_read_again(host, monkeypatch):
    monkeypatch.setattr(graph_module, "KEPT_VALUES_BYTES", 1)
    engine = Engine(host, MemoryStore(), code="1")
    expected = Engine(host, MemoryStore(), code="1").get(site)
    assert [expected, expected] == [engine.get(site), engine.get(site)]
    assert 10 == len(engine.ran)


def test_named_arguments_are_refused(engine):
    with pytest.raises(TypeError, match="positional"):
        engine.get(css, brand_id="acme")


@pytest.mark.parametrize(
    "task",
    [lambda ask: ask, str.upper, len, MemoryHost, types.FunctionType],
    ids=lambda task: task.__qualname__,
)
def test_only_functions_of_ask_are_tasks(task):
    with pytest.raises(TypeError, match="is no task"):
        task_name(task)


@pytest.mark.parametrize(
    "name",
    [
        "themekit.engine.installation:code_digest",
        "themekit.gone:css",
        "themekit.engine.task:gone",
        "themekit.engine.task:Path",
        "os:system",
        "antigravity:geohash",
        "themekit.__main__:css",
        "",
    ],
)
def test_a_name_from_the_store_leads_to_tasks_only(name):
    assert find_task(name) is None
    with pytest.raises(LookupError):
        load_task(name or "gone:gone")


def test_tasks_are_found_by_their_name():
    assert css is find_task(task_name(css))


def local_tasks(word: str):
    def inner(ask: Ask) -> str:
        return word + (ask.read("docs/index.md") or b"").decode()

    def outer(ask: Ask) -> str:
        return ask(inner)

    return outer


def test_a_task_that_cannot_be_found_again_makes_its_asker_run(host):
    """Such as one that was renamed: the trace names it, and nothing answers to the name."""
    store = MemoryStore()
    assert "aHello" == Engine(host, store, code="1").get(local_tasks("a"))
    host.write("docs/index.md", "!")
    assert "a!" == Engine(host, store, code="1").get(local_tasks("a"))


def broad(ask: Ask) -> str:
    return (ask.read("a") or b"?").decode() + (ask(broad_tail) if ask.read("a") else "")


def broad_tail(ask: Ask) -> str:
    return (ask.read("b") or b"?").decode()


def test_checking_stops_at_the_first_mismatch():
    """What a task would no longer ask must not be run for it."""
    host = MemoryHost({"a": "1", "b": "2"})
    engine = Engine(host, MemoryStore(), code="1")
    assert "12" == engine.get(broad)
    host.delete("a")
    host.write("b", "3")
    engine.refresh()
    assert "?" == engine.get(broad)
    assert ["broad"] == engine.ran


def test_forgetting_keeps_what_lies_above_no_change():
    """Of two files only one is another: the task above the other is not looked at, and no old value stays in memory."""
    host = MemoryHost({"a": "1", "b": "2"})
    engine = Engine(host, MemoryStore(), code="1")
    assert (b"1", b"2") == (engine.get(_content, "a"), engine.get(_content, "b"))
    size = engine._values_bytes
    host.write("a", "3")
    forgotten = engine.forget([PurePosixPath("a"), PurePosixPath("b"), PurePosixPath("never-asked")])
    assert {engine.question(_content, "a")} == forgotten
    assert b"3" == engine.get(_content, "a")
    assert ["_content"] == engine.ran
    assert size == engine._values_bytes


def test_forgetting_a_folder_forgets_what_is_in_it():
    host = MemoryHost({"a/b/c": "1"})
    engine = Engine(host, MemoryStore(), code="1")
    assert b"1" == engine.get(_content, "a/b/c")
    host.write("a/b/c", "2")
    assert engine.forget([PurePosixPath("a")])
    assert b"2" == engine.get(_content, "a/b/c")


def _content(ask: Ask, path: str) -> bytes | None:
    return ask.read(path)
