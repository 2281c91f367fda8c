"""Why an artifact is as it is: the chain of reads, and which of them changed."""

from pathlib import PurePosixPath

import pytest

from themekit.engine import Ask, Engine, MemoryHost, MemoryStore
from themekit.engine.explain import State, explain
from themekit.model import Origin
from themekit.site.variant import Variant


def brand(ask: Ask, brand_id: str) -> str:
    return (ask.read(f"brands/{brand_id}/brand.json") or b"").decode() + (ask.environment("CI") or "")


def css(ask: Ask, brand_id: str) -> str:
    return ask(brand, brand_id) + (ask.read("extra.css") or b"").decode()


def bundle(ask: Ask, brand_id: str) -> tuple[str, ...]:
    return (ask(css, brand_id), ask(brand, brand_id), *ask.list("brands"))


@pytest.fixture
def host():
    return MemoryHost({"brands/acme/brand.json": "{}", "extra.css": "a {}"})


@pytest.fixture
def engine(host):
    built = Engine(host, MemoryStore(), code="1")
    built.get(bundle, "acme")
    built.refresh()
    return built


def text(engine: Engine) -> str:
    return "\n".join(explain(engine, bundle, "acme").lines())


def test_nothing_changed(engine):
    assert """\
  task bundle acme: same (76cd6b786aa1)
    task css acme: same (a9a01fcc0554)
      task brand acme: same (1fe6e4af3c25)
        file brands/acme/brand.json: same (44136fa355b3)
        environment CI: same (missing)
      file extra.css: same (9a4487ccbedf)
    task brand acme: same, see above (1fe6e4af3c25)
    folder brands: same (333ce66b9521)""" == text(engine)
    assert [] == list(explain(engine, bundle, "acme").changes())
    assert [] == engine.ran


def test_a_change_is_marked_with_both_digests_and_all_above_it_is_stale(engine, host):
    host.write("brands/acme/brand.json", "{ }")
    host.delete("extra.css")
    host.write("brands/zeta/brand.json", "{}")
    assert """\
* task bundle acme: stale (76cd6b786aa1)
*   task css acme: stale (a9a01fcc0554)
*     task brand acme: stale (1fe6e4af3c25)
*       file brands/acme/brand.json: changed (44136fa355b3 → 257c1be96ae6)
        environment CI: same (missing)
*     file extra.css: vanished (9a4487ccbedf → missing)
*   task brand acme: stale, see above (1fe6e4af3c25)
*   folder brands: changed (333ce66b9521 → 6dde59ac9fca)""" == text(engine)
    assert ["brands/acme/brand.json", "extra.css", "brands"] == [
        read.label for read in explain(engine, bundle, "acme").changes()
    ]
    assert [] == engine.ran


def test_a_file_that_appeared(host):
    host.delete("extra.css")
    engine = Engine(host, MemoryStore(), code="1")
    engine.get(css, "acme")
    host.write("extra.css", "")
    engine.refresh()
    assert [State.APPEARED] == [read.state for read in explain(engine, css, "acme").changes()]


def test_a_task_that_never_ran(engine):
    assert ["* task bundle zeta: never ran"] == list(explain(engine, bundle, "zeta").lines())


def test_an_unreadable_input_is_told_by_its_reason(host):
    engine = Engine(host, MemoryStore(), code="1")
    engine.get(css, "../..")
    assert "file brands/../../brand.json: same (unreadable: it leaves the project)" in "\n".join(
        explain(engine, css, "../..").lines()
    )


def shown(ask: Ask, argument: object) -> int:
    return len((ask.list("brands"), argument))


@pytest.mark.parametrize(
    ("argument", "label"),
    [
        (Variant("en", ("get-started", "guides", "sdks"), ("name",)), "shown variant en: get-started, guides, …"),
        (Variant("de", ("guides",), ()), "shown variant de: guides"),
        (Variant("de", (), ()), "shown variant de"),
        (Origin(PurePosixPath("a/b.json"), "/color"), "shown origin a/b.json"),
        (("a", 1, None), "shown a, 1, …"),
        (("a", ("b", "c", "d")), "shown a, b, c, …"),
        (PurePosixPath("brands/acme"), "shown brands/acme"),
        (b"abc", "shown 3 bytes"),
        ("", "shown"),
        (True, "shown True"),
    ],
)
def test_arguments_are_shown_in_a_few_words(argument, label):
    """Not as Python writes them: a variant has forty texts."""
    engine = Engine(MemoryHost({}), MemoryStore(), code="1")
    engine.get(shown, argument)
    assert label == explain(engine, shown, argument).label
