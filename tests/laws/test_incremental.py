"""The law of the engine: after any edits, an incremental build equals a clean one, and building again runs nothing."""

import json
import uuid
from pathlib import PurePosixPath

from hypothesis import given, settings
from hypothesis import strategies as st

from themekit.diagnostics import Diagnostic, Severity
from themekit.engine import Ask, DiskStore, Engine, MemoryHost, MemoryStore, heavy, recomputed
from themekit.engine.shared_store import SharedStore
from themekit.model import Artifact

IDS = ("a", "b", "c")
KEYS = ("name", "color", "extends", "unused", "on")

# A small pipeline with the shapes of the real one: parsing, inheritance, listings, conditions, missing files,
# outputs in input order, values that are not stored, diagnostics.


def ids(ask: Ask) -> tuple[str, ...]:
    folders = (name[:-1] for name in ask.list("brands") if name.endswith("/"))
    return tuple(name for name in folders if ask.read(f"brands/{name}/brand.json") is not None)


def brand(ask: Ask, brand_id: str) -> tuple[tuple[str, str], ...]:
    text = ask.read(PurePosixPath("brands", brand_id, "brand.json"))
    if text is None:
        ask.report(Diagnostic("missing", Severity.ERROR, brand_id))
        return ()
    given = json.loads(text)
    if "unused" in given:
        ask.report(Diagnostic("unused", Severity.WARNING, brand_id))
    base = dict(ask(brand, given["extends"])) if "extends" in given and given["extends"] > brand_id else {}
    return tuple((base | given).items())


def tokens(ask: Ask, brand_id: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, value in ask(brand, brand_id) if key in {"name", "color"})


@heavy
def css(ask: Ask, brand_id: str) -> tuple[Artifact, ...]:
    lines = [f"--{key}: {value};" for key, value in ask(tokens, brand_id)]
    return (Artifact.text(f"{brand_id}/tokens.css", lines),)


@heavy
def template(ask: Ask) -> tuple[bytes, ...]:
    pages = [name for name in ask.list("docs") if name.endswith(".md")]
    return tuple(b"%s:%s" % (name.encode(), ask.read(f"docs/{name}")) for name in pages)


@recomputed
def stamp(ask: Ask, brand_id: str) -> tuple[Artifact, ...]:
    name = dict(ask(tokens, brand_id)).get("name", "").encode()
    overlay = ask.read(f"brands/{brand_id}/docs/index.md")
    parts = ask(template) if dict(ask(brand, brand_id)).get("on") else ()
    return (Artifact(PurePosixPath(brand_id, "site.html"), b"|".join((name, overlay or b"-", *parts)), "text/html"),)


def everything(ask: Ask) -> tuple[Artifact, ...]:
    return tuple(artifact for brand_id in ask(ids) for artifact in (*ask(css, brand_id), *ask(stamp, brand_id)))


brands = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", "x", "a", "b", "c"])).flatmap(
    lambda given: st.permutations(list(given.items())).map(lambda items: json.dumps(dict(items)))
)
texts = st.sampled_from(["", "one", "two"])
paths = st.one_of(
    st.sampled_from(IDS).map(lambda name: f"brands/{name}/brand.json"),
    st.sampled_from(IDS).map(lambda name: f"brands/{name}/docs/index.md"),
    st.sampled_from(["docs/a.md", "docs/b.md", "docs/c.txt", "docs/d/e.md", "other"]),
)
writes = paths.flatmap(lambda path: st.tuples(st.just(path), brands if path.endswith("brand.json") else texts))
deletes = paths.map(lambda path: (path, None))
renames = st.tuples(st.sampled_from(IDS), st.sampled_from(IDS))
reorders = st.sampled_from(IDS)
edits = st.lists(st.one_of(writes, writes, deletes, renames, reorders), max_size=8)


def apply(host: MemoryHost, files: dict[str, str], edit) -> None:
    """One edit: a brand whose keys are reordered, a brand's folder renamed, a file written or deleted."""
    before = dict(files)
    if isinstance(edit, str):
        path = f"brands/{edit}/brand.json"
        if path in files:
            files[path] = json.dumps(dict(reversed(json.loads(files[path]).items())))
    elif edit[0] in IDS:
        moved = {path: text for path, text in files.items() if path.startswith(f"brands/{edit[0]}/")}
        for path in moved:
            del files[path]
        files |= {path.replace(f"brands/{edit[0]}/", f"brands/{edit[1]}/"): text for path, text in moved.items()}
    elif edit[1] is None:
        files.pop(edit[0], None)
    else:
        files[edit[0]] = edit[1]
    for path in before.keys() - files.keys():
        host.delete(path)
    for path, text in files.items():
        host.write(path, text)


def outcome(engine: Engine) -> tuple[object, ...]:
    return (
        engine.get(everything),
        engine.digest(everything),
        engine.diagnostics(everything),
        engine.leaves(everything),
        *(engine.get(stamp, brand_id) for brand_id in IDS),
    )


@settings(max_examples=150)
@given(st.lists(edits, min_size=1, max_size=5))
def test_incremental_equals_clean(rounds):
    host, files = MemoryHost(), {}
    kept, shared = Engine(host, MemoryStore(), code="1"), MemoryStore()
    for round_ in rounds:
        for edit in round_:
            apply(host, files, edit)
        kept.refresh()
        clean = outcome(Engine(MemoryHost(files), MemoryStore(), code="1"))
        assert clean == outcome(kept)
        assert clean == outcome(Engine(host, shared, code="1"))


@settings(max_examples=60)
@given(edits)
def test_building_again_runs_only_what_is_not_stored(edits_):
    host, files, store = MemoryHost(), {}, MemoryStore()
    for edit in edits_:
        apply(host, files, edit)
    first = Engine(host, store, code="1")
    first.get(everything)
    second = Engine(host, store, code="1")
    assert first.get(everything) == second.get(everything)
    assert [] == second.ran


@settings(max_examples=25)
@given(st.lists(edits, min_size=1, max_size=3))
def test_the_store_on_disk_gives_the_same(tmp_path_factory, rounds):
    host, files, folder = MemoryHost(), {}, tmp_path_factory.mktemp("cache")
    for round_ in rounds:
        for edit in round_:
            apply(host, files, edit)
        clean = outcome(Engine(MemoryHost(files), MemoryStore(), code="1"))
        assert clean == outcome(Engine(host, DiskStore(folder), code="1"))
    again = Engine(host, DiskStore(folder), code="1")
    assert clean[0] == again.get(everything)
    assert [] == again.ran


@settings(max_examples=25, deadline=None)
@given(st.lists(edits, min_size=1, max_size=3))
def test_a_store_that_machines_share_gives_the_same(tmp_path_factory, rounds):
    """They take turns, each over a disk of its own; one that comes last, with an empty one, makes nothing heavy."""
    host, files, url = MemoryHost(), {}, f"memory://{uuid.uuid4().hex}"
    folders = [tmp_path_factory.mktemp("cache") for _ in range(3)]
    for turn, round_ in enumerate(rounds):
        for edit in round_:
            apply(host, files, edit)
        clean = outcome(Engine(MemoryHost(files), MemoryStore(), code="1"))
        assert clean == outcome(Engine(host, SharedStore(folders[turn % 2], url), code="1"))
    last = Engine(host, SharedStore(folders[2], url), code="1")
    assert clean == outcome(last)
    assert not {"css", "template"} & {*last.ran}
    assert [] == last.store.problems


@settings(max_examples=150)
@given(st.lists(edits, min_size=1, max_size=5), st.booleans())
def test_forgetting_what_changed_equals_beginning_anew(rounds, looks_at_all):
    """After any edits; and what lies above no change is not even looked at again."""
    host, files = MemoryHost(), {}
    kept, refreshed = Engine(host, MemoryStore(), code="1"), Engine(host, MemoryStore(), code="1")
    for round_ in rounds:
        before, known = dict(files), dict(kept._traces)
        for edit in round_:
            apply(host, files, edit)
        paths = before.keys() | files.keys()
        changed = {PurePosixPath(path) for path in paths if looks_at_all or before.get(path) != files.get(path)}
        forgotten = kept.forget(changed)
        refreshed.refresh()
        clean = outcome(Engine(MemoryHost(files), MemoryStore(), code="1"))
        assert all(kept._traces[each] is trace for each, trace in known.items() if each not in forgotten)
        assert clean == outcome(kept)
        assert clean == outcome(refreshed)


@settings(max_examples=60)
@given(st.lists(edits, min_size=2, max_size=4))
def test_an_engine_that_forgets_may_not_be_asked_everything_each_time(rounds):
    """Tasks that nobody asked after one change are right after the next."""
    host, files = MemoryHost(), {}
    kept = Engine(host, MemoryStore(), code="1")
    for number, round_ in enumerate(rounds):
        before = dict(files)
        for edit in round_:
            apply(host, files, edit)
        kept.forget(map(PurePosixPath, before.keys() | files.keys()))
        kept.get(css, IDS[number % len(IDS)])
    assert outcome(Engine(MemoryHost(files), MemoryStore(), code="1")) == outcome(kept)
