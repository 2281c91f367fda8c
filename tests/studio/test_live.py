"""What an edit tells those who look at a brand: without a browser, a portal or pictures."""

import asyncio
import json
import time
from pathlib import PurePosixPath

import pytest

from themekit.model import BrandId
from themekit.studio.updating import bench as bench_module
from themekit.studio.updating import live as live_module
from themekit.studio.updating.live import Live
from themekit.studio.updating.shelf import TOKENS_SHEET

pytestmark = pytest.mark.anyio

ACME = BrandId("acme")
FILE = PurePosixPath("brands/acme/brand.json")
FILE = PurePosixPath("brands/acme/brand.json")
GOOD = {"name": "Acme", "color": {"primary": "#0b5fff"}}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def opened(project, monkeypatch):
    """A live project of which somebody looks at acme's components."""
    monkeypatch.setattr(Live, "_draw_later", lambda *_: None)
    write(project, GOOD)
    live = Live(project)
    assert await live.shown(ACME, lambda _: True)
    yield live
    await live.close()


def write(project, value):
    text = value if isinstance(value, str) else json.dumps(value)
    (project.root / FILE).write_text(text)


async def told(live, value, *, until):
    """The events of an edit, up to the first of this kind."""
    heard, found = live.events.subscribe(), []
    write(live.project, value)
    await live.changed({FILE})
    while not found or found[-1]["kind"] != until:
        event = await asyncio.wait_for(heard.get(), 60)
        found.append(event[0])
    live.events.leave(heard)
    return found


async def test_a_colour_is_told_as_declarations(opened):
    events = await told(opened, {**GOOD, "color": {"primary": "#0b62ff"}}, until="file")
    assert ["sheet", "sheet", "sheet", "file"] == [event["kind"] for event in events]
    sheet, dark, rest, file = events
    assert ("acme", "assets/brand/tokens.css", 1) == (sheet["brand"], sheet["path"], sheet["serial"])
    assert sheet.get("text") or any("--tk-color-primary-9" in changed for _, changed in sheet["rules"])
    light_rules, dark_rules, rest_rules = ({index for index, _ in one["rules"]} for one in (sheet, dark, rest))
    assert 0 in light_rules, "light mode comes first"
    assert dark_rules
    assert set() == light_rules & dark_rules
    assert rest_rules - light_rules - dark_rules, "high contrast last"
    of_the_rest = {name for index, changed in rest["rules"] if index in light_rules for name in changed}
    assert [] == [name for name in of_the_rest if name.startswith("--tk-color-")]
    assert (str(FILE), 16) == (file["path"], len(file["version"]))
    assert {"acme": 4} == opened.state()["serials"]


async def test_a_text_is_told_to_pages(opened):
    events = await told(opened, {**GOOD, "name": "Other"}, until="file")
    assert [{"kind": "pages", "paths": None, "brand": "acme", "serial": 1}] == events[:-1]


async def test_white_space_is_told_to_nobody_but_the_studio(opened):
    events = await told(opened, json.dumps(GOOD, indent=7), until="file")
    assert ["file"] == [event["kind"] for event in events]


async def test_a_mistake_is_told_when_it_lasts_and_that_it_is_gone(opened):
    events = await told(opened, '{"name": "Acme", "color": {"primary": }}', until="problems")
    (problem,) = events[-1]["diagnostics"]
    assert (str(FILE), 1, "error") == (problem["path"], problem["line"], problem["severity"])
    assert problem["excerpt"]
    assert [problem] == opened.state()["problems"]["acme"]
    events = await told(opened, GOOD, until="problems")
    assert [] == events[-1]["diagnostics"]
    assert "sheet" not in [event["kind"] for event in events]


async def test_a_mistake_that_was_there_before_anybody_looked_is_told(opened):
    (opened.project.root / "brands" / "wrong").mkdir()
    (opened.project.root / "brands" / "wrong" / "brand.json").write_text(
        '{"name": "Wrong", "color": {"primary": "blu"}}'
    )
    await opened.changed({PurePosixPath("brands"), PurePosixPath("brands/wrong")})
    heard = opened.events.subscribe()
    assert await opened.file(BrandId("wrong"), PurePosixPath("index.html")) is None
    event = (await asyncio.wait_for(heard.get(), 60))[0]
    assert ("problems", "wrong") == (event["kind"], event["brand"])
    assert "brands/wrong/brand.json" in {each["path"] for each in event["diagnostics"]}
    assert opened.has_errors(BrandId("wrong"))
    assert not opened.has_errors(ACME)


async def test_a_brand_that_comes_or_goes_is_told(opened):
    await opened.brands()
    for ids in (["acme", "lagoon", "other"], ["acme", "lagoon"]):
        heard, folder = opened.events.subscribe(), opened.project.root / "brands" / "other"
        if "other" in ids:
            folder.mkdir()
            (folder / "brand.json").write_text(json.dumps(GOOD))
        else:
            (folder / "brand.json").unlink()
            folder.rmdir()
        await opened.changed({PurePosixPath("brands"), PurePosixPath("brands/other")})
        event = (await asyncio.wait_for(heard.get(), 60))[0]
        assert {"kind": "brands", "ids": ids} == event
        opened.events.leave(heard)


async def test_an_edit_while_the_last_one_is_painted_is_told(opened, monkeypatch):
    """Its first effect came, and somebody saves again before the rest of it was looked at."""
    heard, again = opened.events.subscribe(), []

    def repaint(engine, told, *, tell):
        if not again:
            again.append(True)
            write(opened.project, {**GOOD, "color": {"primary": "#777777"}})
            opened.touched({FILE})
            time.sleep(0.05)
        return real(engine, told, tell=tell)

    real = live_module.repaint
    monkeypatch.setattr(live_module, "repaint", repaint)
    write(opened.project, {**GOOD, "color": {"primary": "#1a4fd0"}})
    await opened.changed({FILE})
    seen = []
    while not seen or seen[-1]["kind"] != "file":
        seen.append((await asyncio.wait_for(heard.get(), 60))[0])
    sheets = json.dumps([event for event in seen if event["kind"] == "sheet"])
    assert sheets.index("#1a4fd0") < sheets.rindex("#777")


async def test_half_a_file_is_told_to_nobody(opened, monkeypatch):
    """It is whole when it is looked at again."""
    heard = opened.events.subscribe()
    whole = {**GOOD, "color": {"primary": "#1a4fd0"}}
    monkeypatch.setattr(live_module, "HALF_WRITTEN_S", 0)
    after = live_module.after_repaint

    def finished(*arguments, **named):
        found = after(*arguments, **named)
        write(opened.project, whole)
        return found

    monkeypatch.setattr(live_module, "after_repaint", finished)
    write(opened.project, json.dumps(whole)[:30])
    await opened.changed({FILE})
    kinds = []
    while "sheet" not in kinds:
        kinds.append((await asyncio.wait_for(heard.get(), 60))[0]["kind"])
    assert "problems" not in kinds


async def test_a_draft_is_painted_and_not_written(opened):
    before = (opened.project.root / FILE).read_bytes()
    draft = await opened.draft(ACME, {FILE: json.dumps({**GOOD, "color": {"primary": "#1a4fd0"}}).encode()})
    assert not draft.sheets["assets/brand/tokens.css"].is_empty
    assert () == tuple(each for each in draft.diagnostics if each.is_error)
    wrong = await opened.draft(ACME, {FILE: b'{"name": "Acme", "color": {"primary": "#00ffzz"}}'})
    assert {} == wrong.sheets
    assert any(each.is_error for each in wrong.diagnostics)
    assert (await opened.draft(ACME, {FILE: json.dumps(GOOD).encode()})).sheets["assets/brand/tokens.css"].is_empty
    assert before == (opened.project.root / FILE).read_bytes()


async def test_what_was_read_is_watched(opened):
    watched = asyncio.get_running_loop().create_future()
    opened.on_read = lambda questions: watched.done() or watched.set_result({each.name for each in questions})
    opened._soon()
    assert {str(FILE), "brands/lagoon/brand.json"} <= await asyncio.wait_for(watched, 60)


async def sheet(live):
    """The tokens as a page gets them that is opened now."""
    found = await live.shown(ACME, lambda engine: live._bench.file(engine, ACME, path=TOKENS_SHEET))
    return found.content.decode()


async def test_a_brand_whose_file_is_away_for_a_moment_is_there(opened, monkeypatch):
    """Some tools save by taking the file away first; a page is not loaded again for that, and loses no sheet."""
    monkeypatch.setattr(bench_module, "AWAY_S", 600)
    await opened.brands()
    heard = opened.events.subscribe()
    (opened.project.root / FILE).unlink()
    waiting = asyncio.create_task(opened.changed({FILE, FILE.parent}))
    await asyncio.wait([waiting], timeout=0.5)
    assert {ACME} == opened._bench.away.keys()
    assert ACME in await opened.brands()
    assert "#0b5fff" in await sheet(opened)
    write(opened.project, {**GOOD, "color": {"primary": "#1a4fd0"}})
    await opened.changed({FILE, FILE.parent})
    await waiting
    kinds = []
    while not kinds or kinds[-1] != "sheet":
        kinds.append((await asyncio.wait_for(heard.get(), 60))[0]["kind"])
    assert not {"brands", "problems"} & set(kinds)
    assert {} == opened._bench.away


async def test_a_brand_that_is_gone_for_good_is_told_to_those_who_come_later(opened):
    await opened.brands()
    assert ("acme", "lagoon") == opened.state()["ids"]
    (opened.project.root / FILE).unlink()
    await opened.changed({FILE, FILE.parent})
    assert ("lagoon",) == opened.state()["ids"]


async def test_a_page_that_is_opened_while_the_file_is_wrong_shows_what_was_told_last(opened):
    """What is told when it is mended is what differs from that: nothing, if it is as before."""
    assert "#0b5fff" in await sheet(opened)
    await told(opened, {**GOOD, "color": {"primary": "#1a4fd0"}}, until="file")
    await told(opened, '{"name": "Acme", "color": }', until="problems")
    shown = await sheet(opened)
    assert "#1a4fd0" in shown
    assert "#0b5fff" not in shown
    assert await told(opened, {**GOOD, "color": {"primary": "#1a4fd0"}}, until="problems")
    assert "#1a4fd0" in await sheet(opened)


async def test_a_page_that_is_opened_while_an_edit_is_half_told_shows_that_half(opened, monkeypatch):
    """What it was served is what the rest goes on from, even if the edit is taken back before."""
    seen = []

    def between(engine, told, *, mode, tell):
        real(engine, told, mode=mode, tell=tell)
        seen.append(opened._bench.file(engine, ACME, path=TOKENS_SHEET).content.decode())

    real = live_module.repaint_first
    monkeypatch.setattr(live_module, "repaint_first", between)
    before = await sheet(opened)
    await told(opened, {**GOOD, "color": {"primary": "#a01020"}}, until="file")
    light, dark = seen
    after = await sheet(opened)
    assert 4 == len({before, light, dark, after})
    assert 0 < light.count("#a01020") < dark.count("#a01020")
